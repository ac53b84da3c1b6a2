//! Moves all data from one engine to the other: every row of every table unchanged, or nothing.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::SqliteConnection;

use super::conn::Conn;
use super::error::DbError;
use super::pg::PgConn;
use super::postgres;
use super::tables::{Table, tables};
use super::transaction::transaction;

/// The table in which every new database has rows.
const NEVER_EMPTY: &str = "key_generations";
/// Rows per statement.
const BATCH: i64 = 500;

#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    #[error("one of the two must be SQLite, the other PostgreSQL")]
    SameEngine,
    #[error("there are {0} in the new database already; it must be empty")]
    NotEmpty(String),
    #[error("{1} of {2} {0} have arrived")]
    Miscounted(String, i64, i64),
    #[error("{0} cannot be moved: {1}")]
    Table(String, diesel::result::Error),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for TransferError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Nullable<BigInt>)]
    n: Option<i64>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    row: String,
}

/// Copies every row while no other process writes to either database; returns the number of rows by table.
pub fn transfer(from: &mut Conn, to: &mut Conn) -> Result<Vec<(String, i64)>, TransferError> {
    let tables = match (&mut *from, &mut *to) {
        (Conn::Sqlite(sqlite), Conn::Postgres(_)) | (Conn::Postgres(_), Conn::Sqlite(sqlite)) => {
            tables(sqlite)?
        }
        _ => return Err(TransferError::SameEngine),
    };
    transaction(from, |from| {
        transaction(to, |to| {
            for side in [&mut *from, &mut *to] {
                if let Conn::Postgres(conn) = side {
                    postgres::be_patient(conn)?;
                }
            }
            for table in tables.iter().filter(|table| table.name != NEVER_EMPTY) {
                if count(to, table)? > 0 {
                    return Err(TransferError::NotEmpty(table.name.clone()));
                }
            }
            to.batch_execute(&format!("DELETE FROM {NEVER_EMPTY}"))?;
            tables.iter().map(|table| Ok((table.name.clone(), copy(table, from, to)?))).collect()
        })
    })
}

fn copy(table: &Table, from: &mut Conn, to: &mut Conn) -> Result<i64, TransferError> {
    let copied = match (&mut *from, &mut *to) {
        (Conn::Sqlite(from), Conn::Postgres(to)) => to_postgres(table, from, to),
        (Conn::Postgres(from), Conn::Sqlite(to)) => to_sqlite(table, from, to),
        _ => return Err(TransferError::SameEngine),
    };
    copied.map_err(|error| TransferError::Table(table.name.clone(), error))?;
    let (sent, arrived) = (count(from, table)?, count(to, table)?);
    if sent == arrived {
        Ok(arrived)
    } else {
        Err(TransferError::Miscounted(table.name.clone(), arrived, sent))
    }
}

fn count(conn: &mut Conn, table: &Table) -> QueryResult<i64> {
    number(conn, &format!("SELECT count(*) AS n FROM {}", table.name)).map(Option::unwrap_or_default)
}

fn number(conn: &mut Conn, query: &str) -> QueryResult<Option<i64>> {
    let found = sql_query(query).get_result::<Number>(conn).optional()?;
    Ok(found.and_then(|number| number.n))
}

fn to_postgres(table: &Table, from: &mut SqliteConnection, to: &mut PgConn) -> QueryResult<()> {
    let select = format!(
        "SELECT rowid AS place, {} AS row FROM {} WHERE rowid > ? ORDER BY rowid LIMIT {BATCH}",
        table.json_of_sqlite(),
        table.name
    );
    let insert = table.insert_into_postgres();
    let mut place = i64::MIN;
    loop {
        let rows: Vec<Row> = sql_query(&select).bind::<BigInt, _>(place).load(from)?;
        let Some(last) = rows.last() else { break };
        place = last.place;
        sql_query(&insert).bind::<Text, _>(list(&rows)).execute(to)?;
    }
    let Some(counter) = &table.counter else { return Ok(()) };
    // Ids are never reused, not even those of deleted rows.
    let query = format!("SELECT seq AS n FROM sqlite_sequence WHERE name = '{}'", table.name);
    if let Some(Number { n: Some(newest) }) = sql_query(query).get_result(from).optional()? {
        let name = &table.name;
        sql_query(format!("SELECT setval(pg_get_serial_sequence('{name}', '{counter}'), {newest})"))
            .execute(to)?;
    }
    Ok(())
}

fn to_sqlite(table: &Table, from: &mut PgConn, to: &mut SqliteConnection) -> QueryResult<()> {
    let name = &table.name;
    from.batch_execute(&format!(
        "DECLARE all_rows NO SCROLL CURSOR FOR SELECT 0::BIGINT AS place, {} AS row FROM {name}",
        table.json_of_postgres(),
    ))?;
    let insert = table.insert_into_sqlite();
    loop {
        let rows: Vec<Row> = sql_query(format!("FETCH {BATCH} FROM all_rows")).load(from)?;
        if rows.is_empty() {
            break;
        }
        sql_query(&insert).bind::<Text, _>(list(&rows)).execute(to)?;
    }
    from.batch_execute("CLOSE all_rows")?;
    let Some(counter) = &table.counter else { return Ok(()) };
    let query = format!(
        "SELECT pg_sequence_last_value(pg_get_serial_sequence('{name}', '{counter}')::regclass) AS n"
    );
    if let Number { n: Some(newest) } = sql_query(query).get_result(from)? {
        to.batch_execute(&format!(
            "DELETE FROM sqlite_sequence WHERE name = '{name}';
             INSERT INTO sqlite_sequence (name, seq) VALUES ('{name}', {newest})"
        ))?;
    }
    Ok(())
}

/// Rows as one JSON array of arrays.
fn list(rows: &[Row]) -> String {
    let rows: Vec<&str> = rows.iter().map(|row| row.row.as_str()).collect();
    format!("[{}]", rows.join(","))
}
