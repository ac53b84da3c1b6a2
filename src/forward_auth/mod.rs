//! Forward authentication for proxies in front of apps: which user sends a request, and whether it is allowed.

mod endpoint;
mod request;
mod response;
pub mod rules;
mod service;
mod user;

pub use endpoint::{auth_request, denied, forward_auth};
pub use service::ForwardAuth;
