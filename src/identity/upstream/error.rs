//! Why a sign-in by another provider went no further.

use crate::identity::unit_of_work::{Failure, fails_by};
use crate::platform::db::DbError;

#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    #[error("there is no such provider")]
    Unknown,
    /// The answer fits no sign-in that this browser has begun, or one that is over.
    #[error("the answer belongs to no sign-in of this browser")]
    Stale,
    /// The person has cancelled, or the provider refuses them.
    #[error("the provider answered {0}")]
    Refused(String),
    /// What the provider publishes of itself cannot be fetched. For the log.
    #[error("{0}")]
    Unreachable(String),
    /// The provider is slow, or says something that must not be trusted. For the log.
    #[error("{0}")]
    Provider(String),
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl UpstreamError {
    pub(super) fn provider(why: impl Into<String>) -> Self {
        Self::Provider(why.into())
    }
}

fails_by!(UpstreamError: DbError);
