//! Conversions from the errors of other modules.

use crate::board::{PostError, PostProblem};
use crate::identity::access::Rule;
use crate::identity::access::rules::IsAdminUser;
use crate::identity::accounts::{AccountError, GroupError};
use crate::identity::applications::ApplicationError;
use crate::identity::credentials::CredentialError;
use crate::identity::invalid::Invalid;
use crate::identity::oidc::{ClientError, DisconnectError};
use crate::identity::sessions::{SessionError, SessionUnavailable};
use crate::identity::tokens::TokenError;
use crate::identity::tokens::api_tokens::ApiTokenError;
use crate::identity::unit_of_work::{AuthorityLost, Failure};
use crate::identity::upstream::UnlinkError;
use crate::platform::db::DbError;

use super::error::AppError;
use super::problems::Problems;

impl AppError {
    /// A member without the staff flag.
    pub fn not_staff() -> Self {
        Self::Denied { rule: IsAdminUser::name(), hidden: false }
    }
}

impl From<Problems> for AppError {
    fn from(problems: Problems) -> Self {
        Self::Refused(problems)
    }
}

impl From<Invalid> for AppError {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<Invalid<PostProblem>> for AppError {
    fn from(invalid: Invalid<PostProblem>) -> Self {
        Self::InvalidPost(invalid)
    }
}

impl From<UnlinkError> for AppError {
    fn from(error: UnlinkError) -> Self {
        match error {
            UnlinkError::NotFound => Self::NotFound,
            UnlinkError::Invalid(invalid) => invalid.into(),
            UnlinkError::Failed(failure) => failure.into(),
        }
    }
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        Failure::from(error).into()
    }
}

impl From<SessionUnavailable> for AppError {
    fn from(error: SessionUnavailable) -> Self {
        Failure::from(error).into()
    }
}

impl From<Failure> for AppError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unavailable(cause) => Self::Unavailable(cause),
            Failure::TooManyAttempts { retry_after } => Self::TooMany { retry_after },
            Failure::Internal(cause) => Self::Internal(cause),
            Failure::AuthorityLost(AuthorityLost::Session) => Self::SessionOver,
            Failure::AuthorityLost(AuthorityLost::User) => Self::BadToken,
            Failure::AuthorityLost(AuthorityLost::Staff) => Self::not_staff(),
        }
    }
}

impl From<AccountError> for AppError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Invalid(invalid) => invalid.into(),
            AccountError::NotFound | AccountError::UsernameTaken | AccountError::EmailTaken => Self::NotFound,
            AccountError::Forbidden | AccountError::LastStaff => Self::Forbidden,
            AccountError::NeedsSession => Self::NeedsSession,
            AccountError::Failed(failure) => failure.into(),
        }
    }
}

impl From<GroupError> for AppError {
    fn from(error: GroupError) -> Self {
        match error {
            GroupError::Invalid(invalid) => invalid.into(),
            GroupError::NotFound | GroupError::NameTaken => Self::NotFound,
            GroupError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ApplicationError> for AppError {
    fn from(error: ApplicationError) -> Self {
        match error {
            ApplicationError::Invalid(invalid) => invalid.into(),
            ApplicationError::NotFound => Self::NotFound,
            ApplicationError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ClientError> for AppError {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Failed(failure) => failure.into(),
            // No page offers what a declared app, or one without a secret, cannot do.
            _ => Self::NotFound,
        }
    }
}

impl From<CredentialError> for AppError {
    fn from(error: CredentialError) -> Self {
        match error {
            CredentialError::Invalid(invalid) => invalid.into(),
            CredentialError::NotFound => Self::NotFound,
            CredentialError::Failed(failure) => failure.into(),
        }
    }
}

impl From<SessionError> for AppError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::NotFound => Self::NotFound,
            SessionError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ApiTokenError> for AppError {
    fn from(error: ApiTokenError) -> Self {
        match error {
            ApiTokenError::Invalid(invalid) => invalid.into(),
            ApiTokenError::NotFound => Self::NotFound,
            ApiTokenError::Failed(failure) => failure.into(),
        }
    }
}

impl From<DisconnectError> for AppError {
    fn from(error: DisconnectError) -> Self {
        match error {
            DisconnectError::NotFound => Self::NotFound,
            DisconnectError::Failed(failure) => failure.into(),
        }
    }
}

impl From<TokenError> for AppError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Invalid => Self::Unauthorized,
            TokenError::ScopesExceeded => Self::Unprocessable,
            TokenError::Failed(failure) => failure.into(),
        }
    }
}

impl From<PostError> for AppError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Conflict => Self::NotFound,
            PostError::AuthorLeft => Self::SessionOver,
            PostError::Failed(failure) => failure.into(),
        }
    }
}
