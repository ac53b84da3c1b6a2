//! A connection to either engine.

use diesel::sqlite::SqliteConnection;

use super::pg::PgConn;

/// A connection, inside or outside a transaction.
#[derive(diesel::MultiConnection)]
#[expect(clippy::large_enum_variant, reason = "few exist, and they seldom move")]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConn),
}
