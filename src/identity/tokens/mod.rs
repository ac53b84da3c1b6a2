//! Tokens: what programs send instead of a session cookie. Each is valid only as long as its session, or its user, is.

pub mod access;
pub mod api_tokens;
pub mod pair;
pub mod refresh;
pub mod signing;
#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod tokens;

pub use pair::Pair;
pub use signing::Jwks;
pub use tokens::Tokens;
