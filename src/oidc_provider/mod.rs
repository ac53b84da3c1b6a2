//! The OpenID provider's endpoints: apps sign people in here (OpenID Connect Core 1.0, OAuth 2.0).

mod access;
mod authorization_request;
pub mod authorize;
mod client_auth;
pub mod device;
pub mod device_authorization;
pub mod discovery;
pub mod introspect;
pub mod logout;
mod oauth_error;
mod pages;
pub mod par;
mod parameters;
mod progress;
mod respond;
pub mod revoke;
pub mod token;
pub mod userinfo;
