//! Signatures under keys that are replaced: new ones bear the number of their generation, and old ones are believed for as
//! long as what they sign may live.

use super::generation::{Purpose, read_mark};
use super::store::Keys;

/// Signs for one purpose with the keys in use.
#[derive(Clone)]
pub struct Signers {
    keys: Keys,
    purpose: Purpose,
}

impl Signers {
    pub fn new(keys: &Keys, purpose: Purpose) -> Self {
        Self { keys: keys.clone(), purpose }
    }

    /// The signature of `parts`, with the number of the key.
    pub fn sign(&self, parts: &[&str]) -> String {
        let ring = self.keys.ring();
        let current = ring.current();
        current.mark(&current.signer(self.purpose).sign(parts))
    }

    pub fn verify(&self, parts: &[&str], signature: &str) -> bool {
        let Some((number, signature)) = read_mark(signature) else { return false };
        let ring = self.keys.ring();
        let generation = ring.believed(number, self.keys.now());
        generation.is_some_and(|generation| generation.signer(self.purpose).verify(parts, signature))
    }

    /// Whether a signature would be another today. Says nothing about whether it is good.
    pub fn is_outdated(&self, signature: &str) -> bool {
        let ring = self.keys.ring();
        let current = ring.current();
        let number = (!current.unnumbered).then_some(current.number);
        read_mark(signature).is_some_and(|(marked, _)| marked != number)
    }

    /// `text` with the number of the key in use, for `sign_like`.
    pub fn mark(&self, text: &str) -> String {
        self.keys.ring().current().mark(text)
    }

    /// The signature by the key that `text` is marked with; none if that is believed no more.
    pub fn sign_like(&self, text: &str, parts: &[&str]) -> Option<String> {
        let ring = self.keys.ring();
        let generation = ring.believed(read_mark(text)?.0, self.keys.now())?;
        Some(generation.mark(&generation.signer(self.purpose).sign(parts)))
    }
}
