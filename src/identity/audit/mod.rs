//! The audit trail: what happened to which account, by whom, from where.

mod client;
mod daily;
mod entry;
mod event;
mod lines;
mod log;
mod repeats;
mod search;

pub use client::{Client, rate_limit_subject};
pub use daily::{Counter, DailyCounts, Tally, day_of, start_of};
pub(in crate::identity) use daily::{purge as purge_counts, store as store_counts};
pub use entry::Entry;
pub(in crate::identity) use entry::insert;
pub use event::Event;
pub use lines::{Line, Lines, StoredEntry};
pub use log::{AuditLog, Recorded};
pub use repeats::Repeats;
pub use search::Filter;
