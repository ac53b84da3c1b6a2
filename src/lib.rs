//! Munjigi, a sign-in server: one session, three carriers, revoked everywhere at once.
//!
//! A request passes `http::middleware`, is matched to its lock and handler in `server::routes`, and is answered by a
//! page or by the API: one file or folder each, named after its path. Handlers use `identity` to identify users.
//! Dependencies point downward only:
//! `cli → server → pages, api, forward_auth, oidc_provider → http::auth → http → i18n → board → identity → config → platform`.

pub mod api;
pub mod board;
pub mod cli;
pub mod config;
pub mod forward_auth;
pub mod http;
pub mod i18n;
pub mod identity;
pub mod oidc_provider;
pub mod pages;
pub mod platform;
pub mod server;
