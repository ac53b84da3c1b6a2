//! SQLite: one file, one writer at a time, damage noticed at the start.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::Error;
use diesel::sqlite::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::pool::{Manager, Pool};
use super::{OpenError, POOL_SIZE, create_private_dir};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

pub fn open(path: &Path) -> Result<Pool, OpenError> {
    let unusable = |error: &dyn ToString| OpenError::Unusable(path.display().to_string(), error.to_string());
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_private_dir(folder).map_err(|error| unusable(&error))?;
    // Two nodes may share one folder; only one at a time looks for damage and migrates.
    let lock = File::create(folder.join("munjigi.lock")).map_err(|error| unusable(&error))?;
    lock.lock().map_err(|error| unusable(&error))?;

    refuse_damaged(path)?;
    let mut first = connect(path).map_err(|error| unusable(&error))?;
    first.run_pending_migrations(MIGRATIONS).map_err(|error| OpenError::Migration(error.to_string()))?;
    keep_private(path).map_err(|error| unusable(&error))?;
    Ok(Pool::new(Manager::Sqlite(path.to_owned()), POOL_SIZE + 2))
}

pub fn connect(path: &Path) -> Result<SqliteConnection, Error> {
    let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(Error::ConnectionError)?;
    conn.batch_execute(
        "PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;",
    )
    .map_err(Error::QueryError)?;
    Ok(conn)
}

/// Takes the place of the one writer.
pub fn begin(conn: &mut SqliteConnection) -> QueryResult<()> {
    AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")
}

pub fn commit(conn: &mut SqliteConnection) -> QueryResult<()> {
    AnsiTransactionManager::commit_transaction(conn)
}

/// A number that changes whenever another connection has committed.
pub fn data_version(conn: &mut SqliteConnection) -> QueryResult<i32> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        data_version: i32,
    }
    diesel::sql_query("PRAGMA data_version").get_result::<Row>(conn).map(|row| row.data_version)
}

/// A damaged or emptied database is never replaced by a fresh one.
fn refuse_damaged(path: &Path) -> Result<(), OpenError> {
    let damaged = |why: &str| Err(OpenError::Damaged(path.to_owned(), why.to_owned()));
    let Ok(metadata) = fs::metadata(path) else {
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        return if Path::new(&wal).exists() {
            damaged("its write-ahead log is there, but the file is gone")
        } else {
            Ok(())
        };
    };
    if metadata.len() == 0 {
        return damaged("it is empty");
    }
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        quick_check: String,
    }
    let rows = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(|error| error.to_string())
        .and_then(|mut conn| {
            // Another node may be writing just now.
            conn.batch_execute("PRAGMA busy_timeout = 5000").map_err(|error| error.to_string())?;
            diesel::sql_query("PRAGMA quick_check(1)")
                .load::<Row>(&mut conn)
                .map_err(|error| error.to_string())
        });
    match rows {
        Ok(rows) if rows.iter().all(|row| row.quick_check == "ok") => Ok(()),
        Ok(rows) => damaged(rows.first().map_or("", |row| &row.quick_check)),
        Err(why) => damaged(&why),
    }
}

/// Nobody but the owner reads the database or its log.
fn keep_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    for ending in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{ending}", path.display()));
        if file.exists() {
            fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        }
    }
    Ok(())
}
