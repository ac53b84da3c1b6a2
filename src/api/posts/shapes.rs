//! The JSON of posts, in requests and responses.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::board::{Post, PostSummary};
use crate::http::json::{from_one, not_null};
use crate::platform::clock::{Timestamp, rfc3339, rfc3339_or_null};

/// One page of the board, newest first.
#[derive(Serialize, ToSchema)]
pub struct PostList {
    pub posts: Vec<PostTeaser>,
    /// Where the next page is; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// A post as lists show it.
#[derive(Serialize, ToSchema)]
pub struct PostTeaser {
    id: i64,
    title: String,
    /// Null once the account is gone.
    #[schema(required)]
    author: Option<String>,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Post)]
pub struct WholePost {
    id: i64,
    title: String,
    body: String,
    /// Null once the account is gone.
    #[schema(required)]
    author_id: Option<i64>,
    #[schema(required)]
    author: Option<String>,
    /// Sent back with a change, it prevents overwriting the change of another user.
    version: i64,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[serde(serialize_with = "rfc3339_or_null")]
    #[schema(value_type = Option<String>, format = DateTime, required)]
    edited_at: Option<Timestamp>,
}

/// A missing text is reported like an empty one.
#[derive(Deserialize, ToSchema)]
pub struct NewPost {
    /// One line, with something to see.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 150)]
    pub title: String,
    /// Plain text, with something to see.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 10_000)]
    pub body: String,
}

/// A post to stand in another's place.
#[derive(Deserialize, ToSchema)]
pub struct PostReplacement {
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 150)]
    title: String,
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 10_000)]
    body: String,
    /// The version that was read; without one, whatever is there is meant.
    #[serde(default, deserialize_with = "from_one")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 4_294_967_295u32)]
    version: Option<NonZeroU32>,
}

/// What is to change of a post; the rest stays.
#[derive(Deserialize, ToSchema)]
pub struct PostChange {
    #[serde(default, deserialize_with = "not_null")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 150)]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 10_000)]
    pub body: Option<String>,
    /// The version that was read; without one, whatever is there is meant.
    #[serde(default, deserialize_with = "from_one")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 4_294_967_295u32)]
    pub version: Option<NonZeroU32>,
}

/// Which version of a post is meant.
#[derive(Deserialize, ToSchema)]
pub struct PostVersion {
    /// The version that was read; without one, whatever is there is meant.
    #[serde(default, deserialize_with = "from_one")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 4_294_967_295u32)]
    pub version: Option<NonZeroU32>,
}

impl From<PostReplacement> for PostChange {
    fn from(PostReplacement { title, body, version }: PostReplacement) -> Self {
        Self { title: Some(title), body: Some(body), version }
    }
}

impl From<Post> for WholePost {
    fn from(post: Post) -> Self {
        let Post { id, author_id, author, title, body, version, created_at, edited_at } = post;
        Self { id, title, body, author_id, author, version, created_at, edited_at }
    }
}

impl From<PostSummary> for PostTeaser {
    fn from(PostSummary { id, author, title, created_at }: PostSummary) -> Self {
        Self { id, title, author, created_at }
    }
}
