//! The secret in a link.

use crate::platform::keys::{fingerprint, random_secret};

/// 256 random bits, base64url. Only its hash is stored.
#[derive(Clone)]
pub struct LinkToken(String);

impl LinkToken {
    pub fn random() -> Self {
        Self(random_secret())
    }

    /// As it came back; whether it is valid, the table says.
    pub fn typed(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> String {
        fingerprint(&self.0)
    }
}
