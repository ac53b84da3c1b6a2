//! Writes: what is done in one transaction, by whose authority, and what caches must learn of it.

mod authority;
mod changes;
mod failure;
mod observer;
mod write;

pub use authority::{Authority, AuthorityLost, System};
pub use changes::Changes;
pub use failure::Failure;
pub use observer::Observer;
pub use write::{Write, Writer};
