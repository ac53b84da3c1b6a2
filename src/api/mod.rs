//! `/api`: the same features for programs: JSON in and out, problems as in RFC 9457.

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
mod user_json;
