//! SQLite: one file, one writer at a time.

mod file;
mod pool;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::Error;
use diesel::sqlite::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{OpenError, create_private_dir};

pub use pool::Pool;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Opens the file, makes it where there is none, and brings its tables up to date.
pub fn open(path: &Path) -> Result<Arc<Pool>, OpenError> {
    let unusable = |error: &dyn ToString| OpenError::Unusable(path.display().to_string(), error.to_string());
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_private_dir(folder).map_err(|error| unusable(&error))?;
    // Two nodes may share one folder; only one at a time looks for damage and migrates.
    let lock = File::create(folder.join("munjigi.lock")).map_err(|error| unusable(&error))?;
    lock.lock().map_err(|error| unusable(&error))?;

    file::refuse_damaged(path)?;
    if !path.exists() {
        file::make(path)?;
    }
    let mut first = connect(&file::address(path)).map_err(|error| unusable(&error))?;
    first.run_pending_migrations(MIGRATIONS).map_err(|error| OpenError::Migration(error.to_string()))?;
    file::keep_private(path).map_err(|error| unusable(&error))?;
    Pool::open(path)
}

pub fn connect(address: &str) -> Result<SqliteConnection, Error> {
    let mut conn = SqliteConnection::establish(address).map_err(Error::ConnectionError)?;
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

/// Carries what has been written from the log beside the file into the file itself.
pub fn settle(conn: &mut SqliteConnection) -> QueryResult<()> {
    conn.batch_execute("PRAGMA wal_checkpoint(PASSIVE)")
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
