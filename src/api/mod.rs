//! `/api`: the same for programs: JSON in and out, problems as RFC 9457 says.

pub mod account;
pub mod auth;
pub mod posts;
