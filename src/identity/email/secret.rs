//! The secret in a link.

use crate::platform::keys::{fingerprint, random_secret};

/// 256 random bits, base64url. Only its hash is stored.
#[derive(Clone)]
pub struct LinkToken(String);

impl LinkToken {
    pub fn random() -> Self {
        Self(random_secret())
    }

    /// A token as received; the table determines whether it is valid.
    pub fn typed(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The hash that is stored.
    pub fn hash(&self) -> String {
        fingerprint(&self.0)
    }
}
