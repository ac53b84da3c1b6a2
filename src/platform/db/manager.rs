//! How pools make their connections, and how many.

use std::time::Duration;

use diesel::r2d2::R2D2Connection;

use super::conn::Conn;

/// Reads at once; more only adds contention. One connection more is for the writer, and one for following changes.
pub const POOL_SIZE: u32 = 4;

/// How long a thread waits for a connection.
pub const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(2);

/// A connection that goes back to the pool when it is dropped.
pub type Pooled = r2d2::PooledConnection<Manager>;

/// Makes connections, and tells which of them still work.
pub struct Manager {
    /// What `connect` takes: the address of an SQLite file that is there, or a URL for libpq.
    pub address: String,
    pub connect: fn(&str) -> Result<Conn, diesel::r2d2::Error>,
}

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        (self.connect)(&self.address)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.ping().map_err(Self::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

#[derive(Debug)]
pub struct LogErrors;

impl<E: std::error::Error> r2d2::HandleError<E> for LogErrors {
    fn handle_error(&self, error: E) {
        tracing::error!(%error, "database connection");
    }
}
