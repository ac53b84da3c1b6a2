//! Transactions in which to write.

use diesel::connection::TransactionManager;
use diesel::r2d2::R2D2Connection;

use super::conn::Conn;
use super::error::DbError;
use super::locks::Locks;
use super::manager::Pooled;
use super::pool::Pool;
use super::{postgres, sqlite};

/// Runs `work` in a transaction while no other process writes; rolls back on an error.
pub fn transaction<T, E>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
where
    E: From<DbError>,
{
    transaction_with(conn, &Locks::All, work)
}

/// The same, while no other process writes with one of these locks.
pub fn transaction_with<T, E>(
    conn: &mut Conn,
    locks: &Locks,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<DbError>,
{
    begin(conn, locks)?;
    let done = work(conn).and_then(|done| {
        commit(conn)?;
        Ok(done)
    });
    if done.is_err() {
        roll_back(conn);
    }
    done
}

/// Takes further locks until the end of the transaction.
pub fn take(conn: &mut Conn, locks: &Locks) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => Ok(postgres::take(conn, locks)?),
    }
}

/// Begins a transaction on a connection of the pool. One that was lost since its last write is replaced.
pub(super) fn begin_on_any(pool: &Pool, locks: &Locks) -> Result<Pooled, DbError> {
    let mut conn = pool.get_to_write()?;
    match begin(&mut conn, locks) {
        Ok(()) => return Ok(conn),
        Err(error) if matches!(*conn, Conn::Sqlite(_)) || conn.ping().is_ok() => return Err(error),
        Err(_) => drop(conn),
    }
    let mut conn = pool.get()?;
    begin(&mut conn, locks)?;
    Ok(conn)
}

fn begin(conn: &mut Conn, locks: &Locks) -> Result<(), DbError> {
    let begun = match conn {
        Conn::Sqlite(conn) => sqlite::begin(conn),
        Conn::Postgres(conn) => postgres::begin(conn, locks),
    };
    Ok(begun?)
}

pub(super) fn commit(conn: &mut Conn) -> Result<(), DbError> {
    let committed = match conn {
        Conn::Sqlite(conn) => sqlite::commit(conn),
        Conn::Postgres(conn) => postgres::commit(conn),
    };
    Ok(committed?)
}

/// A connection that cannot roll back is not reused.
pub(super) fn roll_back(conn: &mut Conn) {
    let _ = Conn::rollback_transaction(conn);
}

/// Runs `work` within a transaction that has begun. If it reports `false`, what it did is undone, and nothing else.
///
/// # Errors
/// The transaction can no longer be committed: the database has rolled it back, or `work` has left a part of it open.
pub(super) fn nested(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> bool) -> Result<(), DbError> {
    Conn::begin_transaction(conn).map_err(DbError::from)?;
    let before = depth(conn);
    let done = work(conn);
    if depth(conn) != before {
        return Err(DbError::Unavailable("a transaction was left open".to_owned()));
    }
    let ended = if done { Conn::commit_transaction(conn) } else { Conn::rollback_transaction(conn) };
    Ok(ended?)
}

/// How many transactions are open within each other; none if their state is unknown.
fn depth(conn: &mut Conn) -> Option<u32> {
    let status = Conn::transaction_manager_status_mut(conn);
    status.transaction_depth().ok().flatten().map(u32::from)
}
