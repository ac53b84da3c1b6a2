//! The database, on SQLite or PostgreSQL. Nothing outside this folder knows which.

pub mod backup;
mod batches;
mod conn;
mod database;
mod error;
mod locks;
mod manager;
mod newer;
mod pg;
mod pool;
mod postgres;
mod sqlite;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod transfer;
mod url;
mod watch;
mod write_progress;

pub use batches::{delete_until, in_batches};
pub use conn::Conn;
pub use database::{Db, is_standby, take, transaction, transaction_with};
pub use error::{DbError, OpenError, violated_unique};
pub use locks::Locks;
pub use manager::{POOL_SIZE, Pooled};
pub use pg::PgConn;
pub use text::{contains, lower};
pub use transfer::{TransferError, transfer};
pub use url::{DatabaseUrl, NoDatabaseUrl};
pub use watch::Watch;
