//! Connections that are ready to use, of either engine.

use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::R2D2Connection;

use super::error::expect_from;
use super::{Conn, DbError, postgres, sqlite};

/// How long a thread waits for a connection.
pub const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(2);

/// A connection that goes back to the pool when it is dropped.
pub type Pooled = r2d2::PooledConnection<Manager>;

#[derive(Clone)]
pub enum Pool {
    Sqlite(Arc<sqlite::Pool>),
    Postgres(r2d2::Pool<Manager>),
}

impl Pool {
    pub fn get(&self) -> Result<Pooled, DbError> {
        let conn = match self {
            Self::Sqlite(pool) => pool.get()?,
            Self::Postgres(pool) => pool.get().map_err(|_| DbError::busy())?,
        };
        expect_from(&conn);
        Ok(conn)
    }

    /// The same, to write.
    pub fn get_to_write(&self) -> Result<Pooled, DbError> {
        if let Self::Sqlite(pool) = self {
            let conn = pool.get_to_write()?;
            expect_from(&conn);
            return Ok(conn);
        }
        self.get()
    }

    /// Who keeps a connection for long gives it back when this number changes: the file is to be opened again.
    pub fn generation(&self) -> u64 {
        match self {
            Self::Sqlite(pool) => pool.generation(),
            Self::Postgres(_) => 0,
        }
    }
}

/// Makes connections, and tells which of them still work.
pub enum Manager {
    /// The address of a file that is there.
    Sqlite(String),
    /// A URL for libpq.
    Postgres(String),
}

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        match self {
            Self::Sqlite(address) => sqlite::connect(address).map(Conn::Sqlite),
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
pub struct LogErrors;

impl<E: std::error::Error> r2d2::HandleError<E> for LogErrors {
    fn handle_error(&self, error: E) {
        tracing::error!(%error, "database connection");
    }
}
