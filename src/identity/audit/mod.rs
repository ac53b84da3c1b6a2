//! The audit trail: what happened to which account, by whom, from where.

mod entry;
pub mod log;

pub use entry::{Entry, Event, Recorded, is_first_sign_in, latest, purge, record, sign_in_addresses};
