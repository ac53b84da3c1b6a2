//! What can go wrong with a database, sorted by whether it may work in a moment.

use std::cell::Cell;
use std::path::PathBuf;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error};

use super::conn::Conn;

thread_local! {
    /// Which engine this thread works with: errors do not tell where they come from.
    static ON_POSTGRES: Cell<bool> = const { Cell::new(false) };
}

/// Errors on this thread come from this connection from now on.
pub(super) fn expect_from(conn: &Conn) {
    ON_POSTGRES.set(matches!(conn, Conn::Postgres(_)));
}

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error(transparent)]
    Query(Error),
    /// It may work in a moment, or once the operator has helped: no connection was free, another process writes, the disk
    /// is full or fails, the server restarts.
    #[error("the database is not available: {0}")]
    Unavailable(String),
}

impl DbError {
    pub(super) fn busy() -> Self {
        Self::Unavailable("it did not answer in time".to_owned())
    }
}

impl From<Error> for DbError {
    fn from(error: Error) -> Self {
        if is_passing(&error) { Self::Unavailable(error.to_string()) } else { Self::Query(error) }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{0} is damaged ({1}); restore it from a backup, or move it away to begin anew")]
    Damaged(PathBuf, String),
    #[error("the database {0} cannot be opened: {1}")]
    Unusable(String, String),
    #[error("the database cannot be migrated: {0}")]
    Migration(String),
}

/// Whether it is the state of the database, and no fault of what was asked.
fn is_passing(error: &Error) -> bool {
    const STATES: [&str; 9] = [
        "database is locked",
        "database table is locked",
        "locking protocol",
        "disk is full",
        "disk I/O error",
        "readonly database",
        "unable to open database file",
        "disk image is malformed",
        "file is not a database",
    ];
    use DatabaseErrorKind::{
        ClosedConnection, ReadOnlyTransaction, SerializationFailure, UnableToSendCommand, Unknown,
    };
    match error {
        Error::BrokenTransactionManager => true,
        Error::RollbackErrorOnCommit { commit_error, .. } => is_passing(commit_error),
        Error::DatabaseError(
            ClosedConnection | ReadOnlyTransaction | SerializationFailure | UnableToSendCommand,
            _,
        ) => true,
        Error::DatabaseError(Unknown, info) => {
            STATES.iter().any(|state| info.message().contains(state))
                || (ON_POSTGRES.get() && is_state(&**info))
        }
        _ => false,
    }
}

/// The column whose UNIQUE constraint refused a row, such as `users.email_key`.
pub fn violated_unique(error: &Error) -> Option<String> {
    let Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = error else { return None };
    match (info.table_name(), info.constraint_name()) {
        (Some(table), Some(constraint)) => constrained(table, constraint),
        _ => info.message().rsplit(": ").next().map(str::to_owned),
    }
}

/// Whether an error of PostgreSQL's that has no kind of its own tells of the server's state: a deadline, a full disk, a deadlock. The words
/// are in the server's language; but where a statement is at fault, the place in it is told.
fn is_state(info: &(dyn DatabaseErrorInformation + Send + Sync)) -> bool {
    info.statement_position().is_none() && info.table_name().is_none()
}

/// The column of a constraint, which bears PostgreSQL's usual name.
fn constrained(table: &str, constraint: &str) -> Option<String> {
    let column = constraint.strip_prefix(table)?.strip_prefix('_')?.strip_suffix("_key")?;
    Some(format!("{table}.{column}"))
}
