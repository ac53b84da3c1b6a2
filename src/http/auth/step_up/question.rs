//! The question before an act that takes away what people made, or that others feel.

/// What is asked, what is lost and what stays, in the reader's language.
pub struct Question {
    /// Such as "Disable dohyun?".
    pub title: String,
    pub lead: &'static str,
    pub icon: &'static str,
    pub losses: Vec<String>,
    pub stays: Vec<String>,
    /// The button that does it.
    pub act: &'static str,
    /// The way out, which says what stays.
    pub keep: &'static str,
}
