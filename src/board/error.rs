//! Why a post was not written.

use diesel::result::{DatabaseErrorKind, Error};

use crate::identity::unit_of_work::{Failure, fails_by};
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

fails_by!(PostError: DbError);

impl From<Error> for PostError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Self::AuthorLeft,
            other => DbError::from(other).into(),
        }
    }
}
