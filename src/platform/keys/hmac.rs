//! Signatures with one key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::secret::Key;

/// Signs short texts and verifies their signatures in constant time (HMAC-SHA-256).
#[derive(Clone)]
pub struct Signer(Hmac<Sha256>);

impl Signer {
    pub fn new(key: &Key) -> Self {
        Self(Hmac::new_from_slice(key.as_slice()).expect("HMAC takes keys of any length"))
    }

    /// The signature of `parts` in base64url. The length of each part is signed too, so text cannot move between parts.
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
    fn a_signature_is_valid_for_its_own_parts_only() {
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
