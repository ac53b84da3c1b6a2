//! `/api`: the same for programs: JSON in and out, problems as RFC 9457 says.

pub mod account;
pub mod jwks;
pub mod login;
pub mod openapi;
pub mod posts;
pub mod refusals;
pub mod sessions;
pub mod step_up;
mod token_response;
pub mod tokens;
mod user_shape;
