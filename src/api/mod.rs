//! `/api`: the same for programs: JSON in and out, problems as RFC 9457 says.

pub mod account;
pub mod auth;
pub mod keys;
pub mod openapi;
mod pair;
pub mod posts;
pub mod sign_in;
pub mod step_up;
pub mod tokens;
