//! The results of the checks, line by line.

use super::super::output::report;

#[derive(Default)]
pub struct Findings {
    /// The number of problems.
    pub problems: usize,
}

impl Findings {
    pub fn ok(&mut self, sentence: &str) {
        report!("fine     {sentence}");
    }

    /// `change` names the line to change, for each proxy that has one.
    pub fn problem(&mut self, sentence: &str, change: &[&str]) {
        self.problems += 1;
        report!("WRONG    {sentence}");
        for line in change {
            report!("         → {line}");
        }
    }

    pub fn skipped(&mut self, what: &str) {
        report!("skipped  {what}");
    }
}
