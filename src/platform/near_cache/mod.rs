//! The near cache: values in memory in front of a store, never stale. It is notified of every change: directly by
//! this process, by Redis, and through SQL by every other process. While one of those does not answer, the cache is
//! bypassed.

mod announce;
mod cached_list;
mod change;
mod feed;
pub mod follow_redis;
pub mod follow_sql;
mod guarded;
mod lease;
mod topics;

pub use announce::Announce;
pub use cached_list::CachedList;
pub use change::{Change, Topic};
pub use feed::{Feed, Subscriber};
pub use guarded::{Footprint, Guarded, Stamp};
pub use lease::{Lease, Source};
pub use topics::{Groups, Topics};
