//! Answers to forms, stored for seconds where all nodes find them: in Redis, or in SQL without it.

mod redis;
mod sql;
mod store;

pub use sql::purge;
pub use store::{Claim, FormAnswers};
