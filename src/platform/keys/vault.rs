//! Secrets that we must be able to read again: encrypted (XChaCha20-Poly1305), each bound to what it is for.

use super::generation::Purpose;
use super::seal::{decrypt, encrypt, open_by, seal_by};
use super::store::Keys;

/// Seals for one purpose by the keys in use, and opens by every key that is not forgotten.
#[derive(Clone)]
pub struct Vault {
    keys: Keys,
    purpose: Purpose,
}

impl Vault {
    pub fn new(keys: &Keys, purpose: Purpose) -> Self {
        Self { keys: keys.clone(), purpose }
    }

    /// `secret`, encrypted, as base64url behind the number of the key. It opens only for what it is bound to.
    pub fn seal(&self, secret: &[u8], bound_to: &str) -> String {
        seal_by(self.keys.ring().current(), self.purpose, secret, bound_to)
    }

    /// What was sealed for this; nothing if it was not, or by a key that is not ours.
    pub fn open(&self, sealed: &str, bound_to: &str) -> Option<Vec<u8>> {
        open_by(&self.keys.ring(), self.purpose, sealed, bound_to)
    }

    /// The same as bytes, without a number.
    pub fn seal_bytes(&self, secret: &[u8], bound_to: &str) -> Vec<u8> {
        encrypt(self.keys.ring().current().key(self.purpose), secret, bound_to)
    }

    /// Opens them by whichever key fits.
    pub fn open_bytes(&self, sealed: &[u8], bound_to: &str) -> Option<Vec<u8>> {
        let ring = self.keys.ring();
        ring.generations().iter().find_map(|each| decrypt(each.key(self.purpose), sealed, bound_to))
    }

    /// How everything begins that the key in use has sealed; none for keys from before there were numbers.
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
        Vault::new(&keys, Purpose::SecondFactors)
    }

    #[test]
    fn what_was_sealed_opens_for_its_purpose_and_by_its_key_only() {
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
        fn opening_never_panics(text in "([0-9]{1,3}~)?\\PC{0,80}") {
            prop_assert_eq!(vault("ab").open(&text, ""), None);
        }
    }
}
