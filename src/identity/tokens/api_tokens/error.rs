//! Why an API token was not created or deleted.

use crate::identity::invalid::Invalid;
use crate::identity::unit_of_work::{Failure, fails_by};
use crate::platform::db::DbError;

#[derive(Debug, thiserror::Error)]
pub enum ApiTokenError {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error("there is no such token")]
    NotFound,
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(ApiTokenError: DbError);

impl From<diesel::result::Error> for ApiTokenError {
    fn from(error: diesel::result::Error) -> Self {
        DbError::from(error).into()
    }
}
