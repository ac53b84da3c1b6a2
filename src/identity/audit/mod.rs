//! The audit trail: what happened to which account, by whom, from where.

mod client;
mod daily;
mod entry;
mod event;
mod log;
mod repeats;

pub use client::{Client, rate_limit_subject};
pub use daily::{Counter, DailyCounts, Tally, day_of, start_of};
pub(in crate::identity) use daily::{purge as purge_counts, store as store_counts};
pub use entry::Entry;
pub(in crate::identity) use entry::insert;
pub use event::Event;
pub use log::{AuditLog, Filter, Line, Lines, Recorded};
pub use repeats::Repeats;
