//! Secrets that we must be able to read again: encrypted (XChaCha20-Poly1305), each bound to what it is for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::keys::random_bytes;

const NONCE_BYTES: usize = 24;

/// Seals and opens by one key.
#[derive(Clone)]
pub struct Vault(XChaCha20Poly1305);

impl Vault {
    pub fn new(key: [u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&key.into()))
    }

    /// `secret`, encrypted, as base64url. It opens only for the same `purpose`.
    pub fn seal(&self, secret: &[u8], purpose: &str) -> anyhow::Result<String> {
        let nonce = random_bytes::<NONCE_BYTES>();
        let payload = Payload { msg: secret, aad: purpose.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| anyhow::anyhow!("a secret was not encrypted"))?;
        Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// What was sealed for this purpose; nothing if it was not, or by another key.
    pub fn open(&self, sealed: &str, purpose: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, text) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        self.0.decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: purpose.as_bytes() }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_sealed_opens_for_its_purpose_and_by_its_key_only() {
        let vault = Vault::new([1; 32]);
        let sealed = vault.seal(b"secret", "totp 1").unwrap();
        assert_eq!(vault.open(&sealed, "totp 1").as_deref(), Some(&b"secret"[..]));
        assert_ne!(sealed, vault.seal(b"secret", "totp 1").unwrap());
        assert_eq!(vault.open(&sealed, "totp 2"), None);
        assert_eq!(Vault::new([2; 32]).open(&sealed, "totp 1"), None);
        for place in 0..sealed.len() {
            let mut bent = sealed.clone().into_bytes();
            bent[place] ^= 1;
            assert_eq!(vault.open(&String::from_utf8(bent).unwrap(), "totp 1"), None, "byte {place}");
        }
    }

    proptest! {
        #[test]
        fn opening_never_panics(text in "\\PC{0,80}") {
            prop_assert_eq!(Vault::new([1; 32]).open(&text, ""), None);
        }
    }
}
