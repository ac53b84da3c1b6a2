//! Watching for writes by other processes.

use std::time::{Duration, Instant};

use super::conn::Conn;
use super::error::DbError;
use super::manager::Pooled;
use super::pool::Pool;
use super::{postgres, sqlite};

/// Interval between checks for a change.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// Time after which to query even without a sign of change: silence does not prove that the database is reachable.
const ASK_EVERY: Duration = Duration::from_millis(100);

/// A connection that notices when something may have changed. A broken one is replaced.
pub struct Watch {
    pool: Pool,
    conn: Option<Pooled>,
    version: Option<i32>,
    generation: u64,
}

impl Watch {
    pub(super) fn new(pool: Pool) -> Result<Self, DbError> {
        let mut watch = Self { pool, conn: None, version: None, generation: 0 };
        watch.conn()?;
        Ok(watch)
    }

    /// The connection, for querying what has changed.
    pub fn conn(&mut self) -> Result<&mut Conn, DbError> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => {
                self.generation = self.pool.generation();
                let mut conn = self.pool.get()?;
                if let Conn::Postgres(conn) = &mut *conn {
                    postgres::listen(conn)?;
                }
                conn
            }
        };
        Ok(self.conn.insert(conn))
    }

    /// Waits for a sign of change, or until it is time to query anyway.
    pub fn wait(&mut self) -> Result<(), DbError> {
        let ask_at = Instant::now() + ASK_EVERY;
        while Instant::now() < ask_at {
            std::thread::sleep(LOOK_EVERY);
            if self.is_sign()? {
                break;
            }
        }
        Ok(())
    }

    /// Takes another connection for the next query, in case this one caused an error.
    pub fn replace(&mut self) {
        self.conn = None;
        std::thread::sleep(LOOK_EVERY);
    }

    fn is_sign(&mut self) -> Result<bool, DbError> {
        if self.pool.generation() != self.generation {
            return Err(DbError::Unavailable("it is opened again".to_owned()));
        }
        let before = self.version;
        match self.conn()? {
            Conn::Sqlite(conn) => {
                let version = Some(sqlite::data_version(conn)?);
                self.version = version;
                Ok(version != before)
            }
            Conn::Postgres(conn) => Ok(postgres::has_news(conn)?),
        }
    }
}
