//! Why a post was not written.

use diesel::result::{DatabaseErrorKind, Error};

use crate::identity::unit_of_work::Failure;
use crate::platform::db::DbError;

#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// Changed or deleted since it was read.
    #[error("there is no such post, or no longer of this version")]
    Conflict,
    #[error("the author's account was deleted")]
    AuthorLeft,
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<DbError> for PostError {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Error> for PostError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Self::AuthorLeft,
            other => DbError::from(other).into(),
        }
    }
}
