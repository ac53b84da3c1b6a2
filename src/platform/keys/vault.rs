//! Encryption of secrets that the server must read again (XChaCha20-Poly1305), each bound to its use.

use super::generation::KeyPurpose;
use super::seal::{decrypt, encrypt, open_by, seal_by};
use super::store::Keys;

/// Encrypts for one purpose with the current key and decrypts with every known key.
#[derive(Clone)]
pub struct Vault {
    keys: Keys,
    purpose: KeyPurpose,
}

impl Vault {
    pub fn new(keys: &Keys, purpose: KeyPurpose) -> Self {
        Self { keys: keys.clone(), purpose }
    }

    /// Encrypts `secret` into base64url, prefixed with the number of the key. It decrypts only with the same
    /// `bound_to`.
    pub fn seal(&self, secret: &[u8], bound_to: &str) -> String {
        seal_by(self.keys.ring().current(), self.purpose, secret, bound_to)
    }

    /// Decrypts; none if `bound_to` differs, the key is unknown, or the text was tampered with.
    pub fn open(&self, sealed: &str, bound_to: &str) -> Option<Vec<u8>> {
        open_by(&self.keys.ring(), self.purpose, sealed, bound_to)
    }

    /// Encrypts into bytes, without the number of the key.
    pub fn seal_bytes(&self, secret: &[u8], bound_to: &str) -> Vec<u8> {
        encrypt(self.keys.ring().current().key(self.purpose), secret, bound_to)
    }

    /// Decrypts such bytes with the key that fits.
    pub fn open_bytes(&self, sealed: &[u8], bound_to: &str) -> Option<Vec<u8>> {
        let ring = self.keys.ring();
        ring.generations().iter().find_map(|each| decrypt(each.key(self.purpose), sealed, bound_to))
    }

    /// The prefix of everything that the current key has encrypted; none for keys from before numbers.
    pub fn current_mark(&self) -> Option<String> {
        self.keys.ring().current().marked()
    }
}

#[cfg(test)]
mod tests {
    use super::super::secret::SecretKey;
    use super::*;
    use proptest::prelude::*;

    fn vault(byte: &str) -> Vault {
        let keys = Keys::of_one(&SecretKey::from_hex(&byte.repeat(64)).ok().unwrap());
        Vault::new(&keys, KeyPurpose::SecondFactors)
    }

    #[test]
    fn a_secret_decrypts_for_its_use_and_with_its_key_only() {
        let vault = vault("ab");
        let sealed = vault.seal(b"secret", "totp 1");
        assert_eq!(vault.open(&sealed, "totp 1").as_deref(), Some(&b"secret"[..]));
        assert_ne!(sealed, vault.seal(b"secret", "totp 1"));
        assert_eq!(vault.open(&sealed, "totp 2"), None);
        assert_eq!(self::vault("cd").open(&sealed, "totp 1"), None);
        for place in 0..sealed.len() {
            let mut bent = sealed.clone().into_bytes();
            bent[place] ^= 1;
            assert_eq!(vault.open(&String::from_utf8(bent).unwrap(), "totp 1"), None, "byte {place}");
        }
        let sealed = vault.seal_bytes(b"secret", "a");
        assert!(!sealed.windows(6).any(|bytes| bytes == b"secret"));
        assert_eq!(vault.open_bytes(&sealed, "a").as_deref(), Some(&b"secret"[..]));
        assert!((0..sealed.len()).all(|cut| vault.open_bytes(&sealed[..cut], "a").is_none()));
    }

    proptest! {
        #[test]
        fn decryption_never_panics(text in "([0-9]{1,3}~)?\\PC{0,80}") {
            prop_assert_eq!(vault("ab").open(&text, ""), None);
        }
    }
}
