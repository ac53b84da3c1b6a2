//! Why a message does not leave.

#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Failure {
    pub text: String,
    /// The server will not take it at any time (RFC 5321 §4.2.1: 5yz).
    pub for_good: bool,
}

impl Failure {
    pub(super) fn passing(text: impl Into<String>) -> Self {
        Self { text: text.into(), for_good: false }
    }
}
