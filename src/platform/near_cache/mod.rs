//! The near cache: values in memory in front of a store, never stale. It hears of every change: at once from this process,
//! from Redis, and through SQL from every other process. While one of those does not answer, the cache is bypassed.

mod cached_list;
pub mod follow_redis;
pub mod follow_sql;
mod guarded;
mod lease;

pub use cached_list::{Kept, Topic, Topics};
pub use guarded::{Footprint, Guarded, Stamp};
pub use lease::{Lease, Source};
