//! A pool of connections of either engine.

use std::sync::Arc;

use super::error::{DbError, expect_from};
use super::manager::{Manager, Pooled, unchecked};
use super::sqlite;

#[derive(Clone)]
pub enum Pool {
    Sqlite(Arc<sqlite::Pool>),
    Postgres(r2d2::Pool<Manager>),
}

impl Pool {
    pub fn get(&self) -> Result<Pooled, DbError> {
        let conn = match self {
            Self::Sqlite(pool) => pool.get()?,
            Self::Postgres(pool) => pool.get().map_err(|_| DbError::busy())?.into(),
        };
        expect_from(&conn);
        Ok(conn)
    }

    /// The same for writing.
    pub fn get_to_write(&self) -> Result<Pooled, DbError> {
        if let Self::Sqlite(pool) = self {
            let conn = pool.get_to_write()?;
            expect_from(&conn);
            return Ok(conn);
        }
        unchecked(|| self.get())
    }

    /// Whether writes that wait are committed together. PostgreSQL runs them side by side, and syncs them together itself.
    pub fn commits_together(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// When this number changes, long-held connections must be returned: the file is being reopened.
    pub fn generation(&self) -> u64 {
        match self {
            Self::Sqlite(pool) => pool.generation(),
            Self::Postgres(_) => 0,
        }
    }
}
