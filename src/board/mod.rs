//! Posts on the board, and the rules for reading and changing them. Independent of pages.

mod draft;
mod error;
mod list_query;
mod post;
mod service;

pub use draft::{Draft, PostProblem};
pub use error::PostError;
pub use list_query::{ListQuery, SIZE, SIZE_MAX, search_text};
pub use post::{BoardRule, Page, Post, PostSummary};
pub use service::{Board, Moderator};
