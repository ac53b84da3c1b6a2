//! Why a message was not delivered.

#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Failure {
    pub text: String,
    /// A permanent failure (RFC 5321 §4.2.1: 5yz).
    pub for_good: bool,
}

impl Failure {
    pub(super) fn passing(text: impl Into<String>) -> Self {
        Self { text: text.into(), for_good: false }
    }
}
