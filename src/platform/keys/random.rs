//! Chance from the operating system, and what long texts are known by.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// `N` bytes from the operating system's generator.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A secret of 256 random bits, base64url, for whoever holds it to show again.
pub fn random_secret() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<32>())
}

/// SHA-256, base64url: what is stored of such a secret, and what a long text is known by. Reading it opens nothing.
pub fn fingerprint(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// 96 random bits in 16 characters, for names that must not collide; not a secret.
pub fn random_id() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<12>())
}
