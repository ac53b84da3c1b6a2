//! What the doctor tells, line by line.

#[derive(Default)]
pub struct Findings {
    /// How much was found wrong.
    pub wrong: usize,
}

impl Findings {
    pub fn fine(&mut self, sentence: &str) {
        println!("fine     {sentence}");
    }

    /// `change` names the line to change, for each proxy that has one.
    pub fn wrong(&mut self, sentence: &str, change: &[&str]) {
        self.wrong += 1;
        println!("WRONG    {sentence}");
        for line in change {
            println!("         → {line}");
        }
    }

    pub fn unchecked(&mut self, what: &str) {
        println!("skipped  {what}");
    }
}
