//! Why an app was not saved.

use diesel::result::{DatabaseErrorKind, Error};

use crate::identity::invalid::{ApplicationProblem, Invalid};
use crate::identity::unit_of_work::{Failure, fails_by};
use crate::platform::db::DbError;

#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error("there is no such app")]
    NotFound,
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(ApplicationError: DbError);

impl From<Error> for ApplicationError {
    fn from(error: Error) -> Self {
        match error {
            // A group may be deleted while the form that lists it is open.
            Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => {
                Invalid::one("groups", ApplicationProblem::GroupsGone).into()
            }
            other => DbError::from(other).into(),
        }
    }
}
