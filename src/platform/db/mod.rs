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
mod pool_size;
mod postgres;
mod sqlite;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod transaction;
mod transfer;
mod url;
mod watch;
mod write_progress;
mod writers;

pub use batches::{delete_until, in_batches};
pub use conn::Conn;
pub use database::{Db, is_standby};
pub use error::{DbError, OpenError, violated_unique};
pub use locks::Locks;
pub use manager::Pooled;
pub use pg::PgConn;
pub use pool_size::PoolSize;
pub use text::{contains, lower};
pub use transaction::{take, transaction, transaction_with};
pub use transfer::{TransferError, transfer};
pub use url::{DatabaseUrl, NoDatabaseUrl};
pub use watch::Watch;
