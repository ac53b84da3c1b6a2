//! What proxies in front of apps ask: who sends a request, and whether it may go through.

mod endpoint;
mod request;
mod response;
pub mod rules;
pub mod user;

pub use endpoint::{auth_request, denied, forward_auth};
