//! Writes: one transaction each, with the authority for it and the changes that caches must learn.

mod authority;
mod changes;
mod failure;
mod write;

pub use authority::{Authority, AuthorityLost, System};
pub use changes::{Changes, MovedSession};
pub use failure::Failure;
pub(crate) use failure::fails_by;
pub use write::{LockingWriter, Observer, Observers, Purge, Write, Writer};
