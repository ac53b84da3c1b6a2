//! The id of a session, which grants access, and its key, which does not.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::platform::keys::{fingerprint, random_secret};

/// The secret that grants access to a session: 256 random bits, base64url. Stored only in the browser's cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct Id(pub(super) String);

/// SHA-256 of the id, base64url: the key in the store and on pages. It grants no access.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub(super) String);

impl Id {
    pub fn random() -> Self {
        Self(random_secret())
    }

    pub fn key(&self) -> Key {
        Key::of(&self.0)
    }

    /// As received in a cookie.
    pub fn from_text(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Key {
    /// The key of an id.
    pub fn of(id: &str) -> Self {
        Self(fingerprint(id))
    }

    /// Parses a key in a path; none if it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 43 && URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32);
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_key_is_one() {
        let key = Id::random().key();
        assert_eq!(Key::parse(key.as_str()), Some(key));
        for bad in ["", "x", &"é".repeat(43), &"=".repeat(43), &"A".repeat(44)] {
            assert_eq!(Key::parse(bad), None, "{bad}");
        }
    }
}
