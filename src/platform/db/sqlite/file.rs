//! The SQLite file: created completely or not at all, and checked for damage.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::platform::private_files::Draft;

use super::super::error::OpenError;

pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Bytes of a file that is checked as a whole before it is opened.
const SMALL: u64 = 64 * 1024 * 1024;

/// Characters that are not escaped in SQLite's URIs.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');

/// The URI of an existing file. A connection by path would create an empty file if it is missing.
pub fn address(path: &Path) -> String {
    format!("file:{}?mode=rw", percent_encode(path.as_os_str().as_encoded_bytes(), PLAIN))
}

/// Creates the database with all its tables under another name first: a start that is interrupted, by a full disk or a
/// power cut, leaves nothing that the next start would take for a database.
pub fn make(path: &Path) -> Result<(), OpenError> {
    let unusable = |error: io::Error| OpenError::Unusable(path.display().to_string(), error.to_string());
    let left = beside(path, ".draft");
    remove(&left).map_err(unusable)?;
    let made = Draft::named(path).map_err(unusable).and_then(|draft| {
        fill(draft.path())?;
        draft.replace().map_err(unusable)
    });
    if made.is_err() {
        // If that fails as well, the next start removes it.
        let _ = remove(&left);
    }
    made
}

fn fill(draft: &Path) -> Result<(), OpenError> {
    let unusable = |error: &dyn ToString| OpenError::Unusable(draft.display().to_string(), error.to_string());
    let mut conn = SqliteConnection::establish(&address(draft)).map_err(|error| unusable(&error))?;
    conn.run_pending_migrations(MIGRATIONS).map_err(|error| OpenError::Migration(error.to_string()))?;
    // Last, so that everything is in the file itself and nothing in a log.
    conn.batch_execute("PRAGMA journal_mode = WAL").map_err(|error| unusable(&error))
}

/// Whether there is a database, or what is left of one.
pub fn exists(path: &Path) -> bool {
    path.exists() || log_of(path).exists()
}

/// How much of a file is checked before it is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Whether it is a database with tables.
    Begin,
    /// Every page, which takes seconds for each gigabyte.
    Whole,
}

/// Refuses a damaged, empty or missing database, which must never be replaced by a new one.
pub fn refuse_damaged(path: &Path, check: Check) -> Result<(), OpenError> {
    let damaged = |why: &str| Err(OpenError::Damaged(path.to_owned(), why.to_owned()));
    let Ok(metadata) = fs::metadata(path) else {
        return if log_of(path).exists() {
            damaged("its write-ahead log is there, but the file is gone")
        } else {
            Ok(())
        };
    };
    if metadata.len() == 0 {
        return damaged("it is empty");
    }
    match look_through(path, check) {
        Ok((faults, tables)) if faults == "ok" && tables > 0 => Ok(()),
        Ok((faults, _)) if faults == "ok" => damaged("it has no tables; its write-ahead log may be lost"),
        Ok((faults, _)) => damaged(&faults),
        Err(why) => damaged(&why),
    }
}

/// Whether checking all of it takes no noticeable time, even from a cold disk.
pub fn is_small(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.len() <= SMALL)
}

/// The first error that SQLite finds, or "ok", and the number of tables.
fn look_through(path: &Path, check: Check) -> Result<(String, i64), String> {
    use diesel::dsl::sql;
    use diesel::sql_types::{BigInt, Text};
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        quick_check: String,
    }
    let mut conn = SqliteConnection::establish(&address(path)).map_err(|error| error.to_string())?;
    let look = |conn: &mut SqliteConnection| {
        // Another node may be writing.
        conn.batch_execute("PRAGMA busy_timeout = 5000")?;
        let faults = match check {
            Check::Begin => "ok".to_owned(),
            Check::Whole => {
                let row: Row = diesel::sql_query("PRAGMA quick_check(1)").get_result(conn)?;
                row.quick_check
            }
        };
        let tables =
            diesel::select(sql::<BigInt>("(SELECT count(*) FROM sqlite_schema)")).get_result(conn)?;
        Ok((faults, tables))
    };
    look(&mut conn).map_err(|error: diesel::result::Error| error.to_string())
}

/// Makes the database and its log readable by their owner only.
pub fn keep_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    for file in family(path).into_iter().filter(|file| file.exists()) {
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    Ok(())
}

/// Removes the file and SQLite's files beside it.
fn remove(path: &Path) -> io::Result<()> {
    for file in family(path).into_iter().chain([beside(path, "-journal")]) {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn family(path: &Path) -> [PathBuf; 3] {
    [path.to_owned(), log_of(path), beside(path, "-shm")]
}

/// The write-ahead log.
pub fn log_of(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
