//! Why an operation failed, for reasons that any operation may have.

use crate::platform::db::DbError;
use crate::platform::rate_limit::LimitReached;
use crate::platform::work_queue::Full;

use super::authority::AuthorityLost;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database, the session store or a queue did not answer in time. It implies nothing about the request.
    #[error("unavailable: {0:#}")]
    Unavailable(anyhow::Error),
    #[error("too many attempts")]
    TooManyAttempts { retry_after: u64 },
    #[error(transparent)]
    AuthorityLost(#[from] AuthorityLost),
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl Failure {
    /// The error of a caller that has waited too long in this queue.
    pub fn busy() -> Self {
        Self::Unavailable(anyhow::anyhow!("a queue is full"))
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) => Self::Unavailable(error.into()),
            DbError::Query(_) => Self::Internal(error.into()),
        }
    }
}

impl From<LimitReached> for Failure {
    fn from(reached: LimitReached) -> Self {
        Self::TooManyAttempts { retry_after: reached.retry_after }
    }
}

impl From<Full> for Failure {
    fn from(full: Full) -> Self {
        Self::Unavailable(full.into())
    }
}

/// Lets `?` turn these errors into the `Failed` of an error type.
macro_rules! fails_by {
    ($error:ty: $($cause:ty),+) => {$(
        impl From<$cause> for $error {
            fn from(cause: $cause) -> Self {
                Self::Failed(cause.into())
            }
        }
    )+};
}
pub(crate) use fails_by;
