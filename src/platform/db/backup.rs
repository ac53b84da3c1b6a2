//! A copy of the SQLite database while it is in use: complete, checked, and readable by its owner only.

use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

use crate::platform::private_files::Draft;

use super::error::OpenError;
use super::sqlite;
use super::url::DatabaseUrl;

/// How long a copy waits for a lock of another process.
const PATIENCE: &str = "PRAGMA busy_timeout = 10000";

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0} is there already; a backup overwrites nothing")]
    Exists(PathBuf),
    #[error("there is no database {0}")]
    NoDatabase(PathBuf),
    #[error("PostgreSQL has programs of its own for this, such as pg_dump")]
    NotSqlite,
    #[error(transparent)]
    Newer(OpenError),
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    #[error("the database cannot be copied: {0}")]
    Copy(String),
    #[error("the copy is damaged ({0}), so it was removed; the database may be, too")]
    Damaged(String),
}

/// Copies a snapshot of the database into a new file; returns the size of the copy in bytes. Concurrent reads and
/// writes are not blocked.
pub fn back_up(database: &DatabaseUrl, to: &Path) -> Result<u64, BackupError> {
    let DatabaseUrl::Sqlite(database) = database else { return Err(BackupError::NotSqlite) };
    let of_file = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(to.to_owned()),
        _ => BackupError::File(to.to_owned(), error),
    };
    if !database.is_file() {
        return Err(BackupError::NoDatabase(database.to_owned()));
    }
    if to.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    if let Err(newer @ OpenError::Newer(_)) = sqlite::check_version(database) {
        return Err(BackupError::Newer(newer));
    }
    // SQLite accepts an empty file as the target.
    let mut draft = Draft::of(to).map_err(of_file)?;
    copy(database, draft.path())?;
    check(draft.path())?;
    let size = draft.file().metadata().map_err(of_file)?.len();
    draft.create().map_err(of_file)?;
    Ok(size)
}

fn copy(database: &Path, to: &Path) -> Result<(), BackupError> {
    let failed = |why: &dyn ToString| BackupError::Copy(why.to_string());
    let target = to.to_str().ok_or_else(|| failed(&"its path is not UTF-8"))?;
    let mut conn =
        SqliteConnection::establish(&database.to_string_lossy()).map_err(|error| failed(&error))?;
    conn.batch_execute(PATIENCE).map_err(|error| failed(&error))?;
    let copy = diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(target);
    copy.execute(&mut conn).map(drop).map_err(|error| failed(&error))
}

fn check(copy: &Path) -> Result<(), BackupError> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        integrity_check: String,
    }
    let damaged = |why: &dyn ToString| BackupError::Damaged(why.to_string());
    let mut conn = SqliteConnection::establish(&copy.to_string_lossy()).map_err(|error| damaged(&error))?;
    let rows: Vec<Row> =
        diesel::sql_query("PRAGMA integrity_check(1)").load(&mut conn).map_err(|error| damaged(&error))?;
    match rows.as_slice() {
        [row] if row.integrity_check == "ok" => Ok(()),
        rows => Err(damaged(&rows.first().map_or("no answer", |row| &row.integrity_check))),
    }
}
