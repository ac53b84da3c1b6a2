//! Tokens that programs send instead of a session cookie. Each is valid only as long as its session or its user is.

mod access;
pub mod api_tokens;
mod pair;
mod presented;
pub(in crate::identity) mod refresh;
mod signing;
pub(in crate::identity) mod succession;
#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod tokens;

pub use access::Grant;
pub use pair::TokenPair;
pub use presented::Presented;
pub use signing::{Jwk, Jwks};
pub use tokens::{TokenError, TokenKeys, Tokens};
