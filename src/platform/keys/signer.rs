//! Signatures with rotating keys: each has the number of its generation, and those of replaced generations are accepted
//! for as long as the signed values may live.

use super::generation::{KeyPurpose, read_mark};
use super::store::Keys;

/// Signs for one purpose with the current key.
#[derive(Clone)]
pub struct Signers {
    keys: Keys,
    purpose: KeyPurpose,
}

impl Signers {
    pub fn new(keys: &Keys, purpose: KeyPurpose) -> Self {
        Self { keys: keys.clone(), purpose }
    }

    /// The signature of `parts`, prefixed with the number of the key.
    pub fn sign(&self, parts: &[&str]) -> String {
        let ring = self.keys.ring();
        let current = ring.current();
        current.mark(&current.signer(self.purpose).sign(parts))
    }

    pub fn verify(&self, parts: &[&str], signature: &str) -> bool {
        let Some((number, signature)) = read_mark(signature) else { return false };
        let ring = self.keys.ring();
        let generation = ring.accepted(number, self.keys.now());
        generation.is_some_and(|generation| generation.signer(self.purpose).verify(parts, signature))
    }

    /// Whether a signature was made by another than the current key. Does not verify it.
    pub fn is_outdated(&self, signature: &str) -> bool {
        let ring = self.keys.ring();
        let current = ring.current();
        let number = (!current.unnumbered).then_some(current.number);
        read_mark(signature).is_some_and(|(marked, _)| marked != number)
    }

    /// `text` prefixed with the number of the current key, for `sign_like`.
    pub fn mark(&self, text: &str) -> String {
        self.keys.ring().current().mark(text)
    }

    /// The signature by the key whose number `text` has; none if that key is no longer accepted.
    pub fn sign_like(&self, text: &str, parts: &[&str]) -> Option<String> {
        let ring = self.keys.ring();
        let generation = ring.accepted(read_mark(text)?.0, self.keys.now())?;
        Some(generation.mark(&generation.signer(self.purpose).sign(parts)))
    }
}
