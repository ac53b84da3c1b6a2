//! SQLite: one file, one writer at a time.

mod connection;
mod file;
mod open;
mod pool;

pub use connection::{ask, begin, checkpoint, commit, data_version};
pub use file::{Check, exists};
pub use open::{check_version, open};
pub use pool::Pool;
