//! A connection to either engine.

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// A connection, inside or outside a transaction.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}
