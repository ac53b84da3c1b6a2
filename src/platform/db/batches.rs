//! Deletes many rows a few at a time, so that no write waits long for the others, however many there are.

use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use tokio::time::{Instant, sleep};

use super::conn::Conn;
use super::error::DbError;

/// Rows of the first batch, and at least and most of a later one.
const FIRST: i64 = 1_000;
const LEAST: i64 = 50;
const MOST: i64 = 2_000;

/// A batch that took longer is followed by a smaller one, one that took less by a larger one.
const LONG: Duration = Duration::from_millis(50);
const SHORT: Duration = Duration::from_millis(10);

/// Pause after a batch, if the batch itself took less: other writes come first.
const SHORTEST_PAUSE: Duration = Duration::from_millis(2);

/// Calls `batch` with a number of rows, until it reports that none was left. Each call is a transaction of its own, so
/// what was interrupted continues where it was. One that fails is tried again with fewer rows, since it may have been too
/// much for the time that a write has.
pub async fn in_batches<E>(mut batch: impl AsyncFnMut(i64) -> Result<usize, E>) -> Result<(), E> {
    let mut rows = FIRST;
    loop {
        let begun = Instant::now();
        let done = batch(rows).await;
        let took = begun.elapsed();
        rows = match done {
            Ok(0) => return Ok(()),
            Ok(_) => next(rows, took),
            Err(error) if rows <= LEAST => return Err(error),
            Err(_) => (rows / 4).max(LEAST),
        };
        sleep(took.max(SHORTEST_PAUSE)).await;
    }
}

fn next(rows: i64, took: Duration) -> i64 {
    match took {
        _ if took > LONG => (rows / 2).max(LEAST),
        _ if took < SHORT => (rows * 2).min(MOST),
        _ => rows,
    }
}

/// Deletes at most `most` rows of a table whose time in `column` is `until` or before; returns how many. Rows that another
/// transaction holds are left to it.
pub fn delete_until(
    conn: &mut Conn,
    (table, column): (&'static str, &'static str),
    until: i64,
    most: i64,
) -> Result<usize, DbError> {
    let deleted = match conn {
        Conn::Sqlite(conn) => {
            let some = format!("SELECT rowid FROM {table} WHERE {column} <= ? LIMIT ?");
            diesel::sql_query(format!("DELETE FROM {table} WHERE rowid IN ({some})"))
                .bind::<BigInt, _>(until)
                .bind::<BigInt, _>(most)
                .execute(conn)
        }
        Conn::Postgres(conn) => {
            let some =
                format!("SELECT ctid FROM {table} WHERE {column} <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED");
            diesel::sql_query(format!("DELETE FROM {table} WHERE ctid = ANY (ARRAY({some}))"))
                .bind::<BigInt, _>(until)
                .bind::<BigInt, _>(most)
                .execute(conn)
        }
    };
    Ok(deleted?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_as_large_as_it_is_fast() {
        let sizes = |took: u64| {
            let took = Duration::from_millis(took);
            [LEAST, FIRST, MOST].map(|rows| next(rows, took))
        };
        assert_eq!(sizes(5), [100, 2_000, 2_000]);
        assert_eq!(sizes(30), [50, 1_000, 2_000]);
        assert_eq!(sizes(300), [50, 500, 1_000]);
    }

    #[tokio::test]
    async fn a_batch_that_is_too_much_is_tried_with_fewer_rows_and_a_failure_that_stays_ends_it() {
        let (mut left, mut tries) = (3_000, Vec::new());
        let done: Result<(), ()> = in_batches(async |rows| {
            tries.push(rows);
            if rows > 300 {
                return Err(());
            }
            let deleted = left.min(rows);
            left -= deleted;
            Ok(deleted.unsigned_abs() as usize)
        })
        .await;
        assert_eq!((done, left), (Ok(()), 0));
        assert_eq!(tries[..2], [1_000, 250]);

        let mut tries = Vec::new();
        let failed: Result<(), &str> = in_batches(async |rows| {
            tries.push(rows);
            Err("full")
        })
        .await;
        assert_eq!(failed, Err("full"));
        assert_eq!(tries, [1_000, 250, 62, 50]);
    }
}
