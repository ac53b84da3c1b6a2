//! Why an app gets no tokens (RFC 6749 §5.2, RFC 8628 §3.5, RFC 8707 §2).

use crate::identity::sessions::SessionUnavailable;
use crate::identity::unit_of_work::{AuthorityLost, Failure, fails_by};
use crate::platform::db::DbError;

#[derive(Debug, thiserror::Error)]
pub enum TokenRefusal {
    #[error("{0}")]
    InvalidRequest(&'static str),
    #[error("the app could not prove that it is itself")]
    InvalidClient,
    /// The code or refresh token is wrong, expired, used, or its session has ended.
    #[error("{0}")]
    InvalidGrant(&'static str),
    #[error("{0}")]
    UnauthorizedClient(&'static str),
    #[error("this kind of grant is not supported")]
    UnsupportedGrantType,
    #[error("{0}")]
    InvalidScope(&'static str),
    #[error("the app is not registered for this resource")]
    InvalidTarget,
    #[error("the person has not decided yet")]
    AuthorizationPending,
    #[error("wait five seconds longer between two questions")]
    SlowDown,
    #[error("the person has not allowed it")]
    AccessDenied,
    #[error("the device code has expired")]
    ExpiredToken,
    #[error("name one of the resources that were granted")]
    ManyTargets,
    #[error("tokens of this type cannot be revoked alone; they end with the app's secret")]
    UnsupportedTokenType,
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl TokenRefusal {
    /// The registered code; none for a failure.
    pub fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant(_) | Self::Failed(Failure::AuthorityLost(_)) => "invalid_grant",
            Self::UnauthorizedClient(_) => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope(_) => "invalid_scope",
            Self::InvalidTarget | Self::ManyTargets => "invalid_target",
            Self::UnsupportedTokenType => "unsupported_token_type",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::AccessDenied => "access_denied",
            Self::ExpiredToken => "expired_token",
            Self::Failed(_) => return None,
        })
    }
}

fails_by!(TokenRefusal: DbError, SessionUnavailable, AuthorityLost);
