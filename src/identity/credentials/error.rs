//! Why a credential was not changed.

use crate::identity::invalid::Invalid;
use crate::identity::sessions::SessionUnavailable;
use crate::identity::unit_of_work::Failure;
use crate::platform::db::DbError;

#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error("there is no such account or credential")]
    NotFound,
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<DbError> for CredentialError {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<SessionUnavailable> for CredentialError {
    fn from(error: SessionUnavailable) -> Self {
        Self::Failed(error.into())
    }
}
