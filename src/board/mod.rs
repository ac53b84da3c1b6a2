//! Posts on the board, and the rule of who may do what. Shows no pages.

mod draft;
mod list_query;
mod newest;
mod post;

pub use draft::Draft;
pub use list_query::Wanted;
pub use newest::Newest;
pub use post::{
    BoardRule, Found, Post, Teaser, WriteError, change, create, delete, find, list, moderation, publish,
    search,
};
