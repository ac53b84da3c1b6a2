//! API tokens: named, scoped, created by a user for a program, and deleted with whatever revokes the user's password.

mod authenticate;
mod create;
mod new_token;
mod rows;
mod text;

pub use authenticate::ApiTokens;
pub use create::MakeError;
pub use new_token::{Expiry, NewToken};
pub use rows::{HeldToken, ListedToken, MAX_PER_USER, delete, delete_all, held_by, of_user};
pub use text::{ApiToken, PREFIX, TokenHash};
