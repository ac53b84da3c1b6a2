//! A copy of the SQLite database while it is in use: whole, checked, and its owner's alone.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

use super::url::DatabaseUrl;

/// Seconds that a copy waits for another process to let it read.
const PATIENCE: &str = "PRAGMA busy_timeout = 10000";

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0} is there already; a backup overwrites nothing")]
    Exists(PathBuf),
    #[error("there is no database {0}")]
    NoDatabase(PathBuf),
    #[error("PostgreSQL has programs of its own for this, such as pg_dump")]
    NotSqlite,
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    #[error("the database cannot be copied: {0}")]
    Copy(String),
    #[error("the copy is damaged ({0}), so it was removed; the database may be, too")]
    Damaged(String),
}

/// Copies the database as it stands at one moment, into a file that was not there; the size of the copy in bytes. Who
/// reads and writes meanwhile goes on.
pub fn back_up(database: &DatabaseUrl, to: &Path) -> Result<u64, BackupError> {
    let DatabaseUrl::Sqlite(database) = database else { return Err(BackupError::NotSqlite) };
    let of_file = |error| BackupError::File(to.to_owned(), error);
    if !database.is_file() {
        return Err(BackupError::NoDatabase(database.to_owned()));
    }
    // Made first, so that nobody else ever reads it; SQLite fills a file that is empty.
    make_private(to).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(to.to_owned()),
        _ => of_file(error),
    })?;
    let done = copy(database, to).and_then(|()| check(to)).and_then(|()| keep(to).map_err(of_file));
    if done.is_err() {
        let _ = fs::remove_file(to);
    }
    done
}

fn make_private(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
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

/// Waits until the copy is on the disk; its size.
fn keep(copy: &Path) -> io::Result<u64> {
    let file = File::open(copy)?;
    file.sync_all()?;
    let folder = copy.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(file.metadata()?.len())
}
