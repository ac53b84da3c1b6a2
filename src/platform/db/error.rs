//! Database errors, distinguished by whether a retry may succeed.

use std::cell::Cell;
use std::path::PathBuf;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error};

use super::conn::Conn;

thread_local! {
    /// The engine that this thread uses: errors do not say which engine they come from.
    static ON_POSTGRES: Cell<bool> = const { Cell::new(false) };
}

/// Declares that errors on this thread come from this connection from now on.
pub(super) fn expect_from(conn: &Conn) {
    ON_POSTGRES.set(matches!(conn, Conn::Postgres(_)));
}

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error(transparent)]
    Query(Error),
    /// A retry may succeed, perhaps after the operator has acted: no connection was free, another process writes, the
    /// disk is full or fails, the server restarts.
    #[error("the database is not available: {0}")]
    Unavailable(String),
}

impl DbError {
    pub(super) fn busy() -> Self {
        Self::Unavailable("it did not answer in time".to_owned())
    }

    /// The same for others whose write has failed for this reason: theirs may succeed.
    pub(super) fn for_others(&self) -> Self {
        match self {
            Self::Query(error) => Self::Unavailable(error.to_string()),
            Self::Unavailable(why) => Self::Unavailable(why.clone()),
        }
    }
}

impl From<Error> for DbError {
    fn from(error: Error) -> Self {
        if is_passing(&error) { Self::Unavailable(error.to_string()) } else { Self::Query(error) }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{0} is damaged ({1}); restore it from a backup, or move it away to start again")]
    Damaged(PathBuf, String),
    #[error(
        "there is no database at {0}; run the command in the folder of the server, or set MUNJIGI_DATA_DIR or \
         DATABASE_URL as the server has them"
    )]
    Missing(PathBuf),
    #[error("the database {0} cannot be opened: {1}")]
    Unusable(String, String),
    #[error(
        "a later version of Munjigi has brought the database up to date ({0}); start that version, or restore the \
         backup made before"
    )]
    Newer(String),
    #[error("the database cannot be migrated: {0}")]
    Migration(String),
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        Self::Migration(error.to_string())
    }
}

/// Whether the state of the database caused the error, not the query.
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

/// The column whose UNIQUE constraint rejected a row, such as `users.email_key`.
pub fn violated_unique(error: &Error) -> Option<String> {
    let Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = error else { return None };
    match (info.table_name(), info.constraint_name()) {
        (Some(table), Some(constraint)) => constrained(table, constraint),
        _ => info.message().rsplit(": ").next().map(str::to_owned),
    }
}

/// Whether a PostgreSQL error without a kind of its own is due to the server's state: a time-out, a full disk, a
/// deadlock. Its message may be in any language, but errors in a statement have a position.
fn is_state(info: &(dyn DatabaseErrorInformation + Send + Sync)) -> bool {
    info.statement_position().is_none() && info.table_name().is_none()
}

/// The column of a constraint with PostgreSQL's default name.
fn constrained(table: &str, constraint: &str) -> Option<String> {
    let column = constraint.strip_prefix(table)?.strip_prefix('_')?.strip_suffix("_key")?;
    Some(format!("{table}.{column}"))
}
