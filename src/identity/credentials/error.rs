//! Why a credential was not changed.

use crate::identity::invalid::Invalid;
use crate::identity::sessions::SessionUnavailable;
use crate::identity::unit_of_work::{Failure, fails_by};
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

fails_by!(CredentialError: DbError, SessionUnavailable);
