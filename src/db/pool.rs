//! Connections that are ready to use, of either engine.

use std::path::PathBuf;
use std::time::Duration;

use diesel::r2d2::R2D2Connection;

use super::error::expect_from;
use super::{Conn, DbError, POOL_SIZE, postgres, sqlite};

/// How long a thread waits for a connection.
const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(2);

/// A connection that goes back to the pool when it is dropped.
pub type Pooled = r2d2::PooledConnection<Manager>;

#[derive(Clone)]
pub struct Pool(r2d2::Pool<Manager>);

impl Pool {
    /// Keeps at least `ready` connections open, and opens others when they are needed.
    pub fn new(manager: Manager, ready: u32) -> Self {
        let builder = r2d2::Pool::builder()
            .max_size(POOL_SIZE + 2)
            .min_idle(Some(ready))
            .connection_timeout(CHECKOUT_TIMEOUT)
            .error_handler(Box::new(LogErrors));
        Self(builder.build_unchecked(manager))
    }

    pub fn get(&self) -> Result<Pooled, DbError> {
        let conn = self.0.get().map_err(|_| DbError::busy())?;
        expect_from(&conn);
        Ok(conn)
    }
}

/// Makes connections, and tells which of them still work.
pub enum Manager {
    Sqlite(PathBuf),
    /// A URL for libpq.
    Postgres(String),
}

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        match self {
            Self::Sqlite(path) => sqlite::connect(path).map(Conn::Sqlite),
            Self::Postgres(url) => postgres::connect(url).map(Conn::Postgres),
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.ping().map_err(Self::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

#[derive(Debug)]
struct LogErrors;

impl<E: std::error::Error> r2d2::HandleError<E> for LogErrors {
    fn handle_error(&self, error: E) {
        tracing::error!(%error, "database connection");
    }
}
