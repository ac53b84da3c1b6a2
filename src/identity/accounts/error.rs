//! Why an account was not changed.

use diesel::result::Error;

use crate::identity::invalid::{Invalid, Reason};
use crate::identity::unit_of_work::{Failure, fails_by};
use crate::platform::db::{DbError, violated_unique};

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error("the username is taken")]
    UsernameTaken,
    #[error("the email address is taken")]
    EmailTaken,
    #[error("there is no such account or group")]
    NotFound,
    #[error("not allowed")]
    Forbidden,
    #[error(
        "this is the only staff account that can sign in; give another one staff rights first: \
         munjigi user promote NAME"
    )]
    LastStaff,
    /// An API token has no session in which to authenticate again.
    #[error("only a session may do this")]
    NeedsSession,
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl AccountError {
    /// Turns a unique-constraint violation into an invalid value of its field.
    pub fn taken_as_invalid(self) -> Self {
        match self {
            Self::UsernameTaken => Invalid::one("username", Reason::Taken).into(),
            Self::EmailTaken => Invalid::one("email", Reason::Taken).into(),
            other => other,
        }
    }
}

fails_by!(AccountError: DbError);

impl From<Error> for AccountError {
    fn from(error: Error) -> Self {
        match violated_unique(&error).as_deref() {
            Some("users.username_key") => Self::UsernameTaken,
            Some("users.email_key") => Self::EmailTaken,
            _ => DbError::from(error).into(),
        }
    }
}
