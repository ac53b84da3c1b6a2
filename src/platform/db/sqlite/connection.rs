//! One connection to an SQLite file: how it is set up, and what is said to it.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::Error;
use diesel::sqlite::SqliteConnection;

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
