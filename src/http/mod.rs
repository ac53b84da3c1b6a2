//! HTTP basics: middleware, errors, forms, pages. Contains no features.

pub mod api_path;
pub mod assets;
pub mod auth;
mod body;
pub mod client;
pub mod cookie_jar;
pub mod cors;
pub mod cross_site;
mod ctx;
mod error;
mod error_from;
mod flash;
mod form;
pub mod guard;
pub mod headers;
pub mod json;
mod json_or_form;
pub mod layout;
pub mod middleware;
pub mod page;
pub mod problem;
pub mod problems;
mod provider_path;
pub mod return_to;
pub mod site;
mod strict_json;
mod user_agent;

pub use ctx::{Ctx, service};
pub use error::AppError;
pub use flash::Flash;
pub use form::Fields;
pub use json::Body;
pub use json_or_form::Either;
pub use page::{Answer, Page};
pub use problems::Problems;
pub use site::Site;
