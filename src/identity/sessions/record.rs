//! What a store holds of a session: its state, and when it was last seen.

use std::collections::HashMap;

use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::platform::metrics::ErrorLabel;

use super::id::Key;

/// A session's fields by name, each as JSON.
pub type State = HashMap<String, String>;

/// Sessions per page of all sessions; Redis may return some more.
pub(super) const PAGE: usize = 50;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// An update found no session; it never creates one.
    #[error("the session has ended")]
    Ended,
    #[error("the session store did not answer in time")]
    TimedOut,
    #[error("the session cannot be encoded: {0}")]
    Codec(#[from] postcard::Error),
    #[error("the session store: {0}")]
    Redis(#[from] ::redis::RedisError),
    #[error("the session store: {0}")]
    Sql(#[from] DbError),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Sql(error.into())
    }
}

impl ErrorLabel for StoreError {
    fn label(&self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::TimedOut => "timed_out",
            Self::Codec(_) | Self::Redis(_) | Self::Sql(_) => "failed",
        }
    }
}

/// A session as listed by the store.
pub struct Stored {
    pub key: Key,
    pub state: State,
    pub seen_at: Timestamp,
}

/// When a session was last used by its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastSeen {
    pub key: Key,
    pub user_id: i64,
    pub at: Timestamp,
}

pub(super) fn user_of(state: &State) -> Option<i64> {
    state.get("user")?.parse().ok()
}

pub(super) fn encode(state: &State) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_stdvec(state)
}

pub(super) fn decode(bytes: &[u8]) -> Result<State, postcard::Error> {
    postcard::from_bytes(bytes)
}
