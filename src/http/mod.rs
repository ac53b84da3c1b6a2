//! How we speak HTTP. Knows no feature and no user.

pub mod assets;
pub mod auth;
mod body;
pub mod client;
pub mod cookie_jar;
pub mod cors;
mod cross_site;
pub mod error;
pub mod flash;
pub mod form;
pub mod guard;
pub mod headers;
pub mod json;
mod json_or_form;
pub mod middleware;
pub mod page;
pub mod problem;
pub mod return_to;
pub mod site;
mod strict_json;

pub use client::Client;
pub use error::AppError;
pub use flash::Notice;
pub use form::Fields;
pub use json::Body;
pub use json_or_form::Either;
pub use page::{Answer, Page};
pub use site::Site;
