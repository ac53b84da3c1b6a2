//! Identity: accounts, credentials, sessions, tokens, and the audit trail. Independent of HTTP and pages: any
//! protocol can use it, and tests need no server.

pub mod access;
pub mod accounts;
pub mod applications;
pub mod audit;
mod bundle;
mod clock_doubt;
pub mod credentials;
pub mod email;
pub mod housekeeping;
pub mod invalid;
mod marks;
pub mod observers;
pub mod oidc;
mod operator;
mod readiness;
pub mod registration;
pub mod sessions;
pub mod sign_in;
pub mod tokens;
pub mod unit_of_work;
pub mod upstream;

pub use bundle::{AccountServices, Core, Identity, Parts, TokenServices};
pub use clock_doubt::is_clock_doubted;
pub use operator::Operator;
pub use readiness::Readiness;
