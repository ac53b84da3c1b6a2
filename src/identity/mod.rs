//! Who someone is: accounts, credentials, sessions, tokens, and what happened to them. Shows no pages.

pub mod access;
pub mod accounts;
pub mod applications;
pub mod audit;
mod bundle;
pub mod credentials;
pub mod email;
pub mod registration;
pub mod sessions;
pub mod sign_in;
pub mod tokens;

pub use bundle::{App, Identity};
