//! Writes: one transaction each, with the authority for it and the changes that caches must learn.

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
