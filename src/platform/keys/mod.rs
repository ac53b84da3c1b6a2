//! Keys: each is derived from the operator's secret, the salt of its generation, and its purpose (HKDF-SHA-256). A new
//! generation replaces the current one without signing anyone out.

mod generation;
mod hmac;
mod persistent;
mod random;
mod ring;
pub mod rows;
mod seal;
mod secret;
mod signer;
mod store;
mod vault;

pub use generation::{Generation, KeyPurpose};
pub use hmac::Signer;
pub use persistent::{PersistentKeys, discard as discard_persistent, reseal as reseal_persistent};
pub use random::{fingerprint, random_bytes, random_id, random_secret};
pub use ring::{Ring, RingError};
pub use rows::GenerationRow;
pub use secret::{Key, KeyError, SecretKey, Secrets};
pub use signer::Signers;
pub use store::{Keys, follow};
pub use vault::Vault;
