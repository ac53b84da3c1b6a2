//! Keys: every one in use is derived from a secret that the operator keeps, the salt of its generation, and what it is for
//! (HKDF-SHA-256). Generations follow one another with nobody signed out.

mod generation;
mod lasting;
mod ring;
pub mod rows;
mod secret;
mod signer;
mod vault;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub use generation::{Generation, Purpose};
pub use lasting::{Lasting, give_up as give_up_lasting, reseal as reseal_lasting};
pub use ring::{Keys, Ring, RingError, follow};
pub use rows::Row;
pub use secret::{KeyError, SecretKey, Secrets};
pub use signer::{Signer, Signers};
pub use vault::Vault;

/// A key for one purpose, wiped from memory when dropped.
pub type Key = Zeroizing<[u8; 32]>;

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
