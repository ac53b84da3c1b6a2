//! The secret of an app.

use crate::platform::keys::{fingerprint, random_secret};

/// 256 random bits in letters, digits, `-` and `_`: apps that encode a secret wrongly cannot change any of these.
#[derive(Clone)]
pub struct ClientSecret(String);

impl ClientSecret {
    pub fn random() -> Self {
        Self(random_secret())
    }

    /// A secret that a file declares.
    pub fn declared(text: String) -> Self {
        Self(text)
    }

    /// To be shown once.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// SHA-256: as random as it is, a slow hash would protect nothing more.
    pub(super) fn hash(&self) -> String {
        fingerprint(&self.0)
    }
}
