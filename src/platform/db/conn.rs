//! A connection to either engine.

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// A connection, which holds for a transaction too.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}
