//! How we speak HTTP. Knows no feature and no user.

pub mod assets;
pub mod auth;
mod body;
pub mod client;
pub mod confirm;
pub mod cookies;
pub mod cors;
mod cross_site;
pub mod door;
mod either;
pub mod error;
pub mod form;
pub mod guard;
pub mod headers;
pub mod json;
pub mod next;
pub mod notice;
pub mod page;
pub mod problem;
pub mod refusal;
pub mod site;
mod strict_json;

pub use client::Client;
pub use either::Either;
pub use error::AppError;
pub use form::Fields;
pub use json::Body;
pub use notice::Notice;
pub use page::{Answer, Page};
pub use site::Site;
