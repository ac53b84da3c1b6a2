//! The audit trail: what happened to which account, by whom, from where.

mod client;
mod entry;
mod event;
mod log;
mod repeats;

pub use client::{Client, rate_limit_subject};
pub use entry::Entry;
pub(in crate::identity) use entry::insert;
pub use event::Event;
pub use log::{AuditLog, Filter, Line, Lines, Recorded};
pub use repeats::Repeats;
