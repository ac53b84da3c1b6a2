//! API tokens: named and scoped, created by a user for a program, and deleted when the user's password is revoked.

#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod api_tokens;
mod error;
mod new_token;
mod rows;
mod text;

pub use api_tokens::ApiTokens;
pub use error::ApiTokenError;
pub use new_token::{Expiry, NewToken};
pub use rows::{ListedToken, MAX_PER_USER};
pub use text::{ApiToken, PREFIX};
