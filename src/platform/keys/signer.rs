//! Signatures under keys that are replaced: new ones bear the number of their generation, and old ones are believed for as
//! long as what they sign may live.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Key;
use super::generation::{Purpose, read_mark};
use super::ring::Keys;

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

/// Signs short texts and checks such signatures in constant time (HMAC-SHA-256).
#[derive(Clone)]
pub struct Signer(Hmac<Sha256>);

impl Signer {
    pub fn new(key: &Key) -> Self {
        Self(Hmac::new_from_slice(key.as_slice()).expect("HMAC takes keys of any length"))
    }

    /// The signature of `parts`, base64url. Each part is framed by its length, so parts cannot be shifted.
    pub fn sign(&self, parts: &[&str]) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(parts).finalize().into_bytes())
    }

    pub fn verify(&self, parts: &[&str], signature: &str) -> bool {
        match URL_SAFE_NO_PAD.decode(signature) {
            Ok(bytes) => self.mac(parts).verify_slice(&bytes).is_ok(),
            Err(_) => false,
        }
    }

    fn mac(&self, parts: &[&str]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_own_parts_only() {
        let signer = Signer::new(&Key::new([7; 32]));
        let signature = signer.sign(&["name", "value"]);
        assert!(signer.verify(&["name", "value"], &signature));
        for forged in [&["name", "valuf"][..], &["namev", "alue"], &["namevalue"], &[]] {
            assert!(!signer.verify(forged, &signature));
        }
        for bad in ["", "=", "é", &signature[1..], &format!("{signature}A")] {
            assert!(!signer.verify(&["name", "value"], bad), "{bad}");
        }
    }
}
