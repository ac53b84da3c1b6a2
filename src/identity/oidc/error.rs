//! Why an app was not saved.

use diesel::result::{DatabaseErrorKind, Error};

use crate::identity::invalid::Invalid;
use crate::identity::unit_of_work::{Failure, fails_by};
use crate::platform::db::{DbError, violated_unique};

use super::new_client::ClientProblem;

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error(transparent)]
    Invalid(#[from] Invalid<ClientProblem>),
    #[error("another app has this name")]
    NameTaken,
    #[error("a group does not exist any more")]
    GroupGone,
    #[error("{0:?} cannot be the name of a group")]
    Group(String),
    #[error("it has the client_id {0:?} already; declare that, or remove the app first")]
    OtherId(String),
    #[error("there is no such app")]
    NotFound,
    #[error("this app is declared in the file that MUNJIGI_APPS names; change it there")]
    Declared,
    #[error("this app has no secret: it authenticates by its own key, or not at all")]
    NoSecret,
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(ClientError: DbError);

impl From<Error> for ClientError {
    fn from(error: Error) -> Self {
        match (violated_unique(&error).as_deref(), error) {
            (Some("oidc_clients.name_key"), _) => Self::NameTaken,
            (_, Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => Self::GroupGone,
            (_, other) => DbError::from(other).into(),
        }
    }
}
