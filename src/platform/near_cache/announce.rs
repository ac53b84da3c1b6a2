//! Announces changes to other nodes through Redis, which pushes them to each at once. SQL reports them as well, later.

use std::time::Duration;

use redis::Cmd;

use crate::platform::metrics::{ErrorLabel, store_call};
use crate::platform::redis::Redis;

use super::change::Change;

/// The key that stands for every user.
pub(super) const EVERYONE: &str = "munjigi:version:everyone";

/// What comes before the id of a user who has changed.
pub(super) const USER: &str = "munjigi:version:user:";

/// What comes before a topic's name.
pub(super) const TOPIC: &str = "munjigi:version:topic:";

/// What comes before the key of a stored session.
pub(super) const SESSION: &str = "munjigi:session:";

/// Redis pushes changes to keys with these prefixes. A user's list of sessions is not among them: it is written to all the
/// time.
pub(super) const TRACKED: [&str; 2] = [SESSION, "munjigi:version:"];

/// Every call to Redis must be answered within this.
const DEADLINE: Duration = Duration::from_millis(500);

/// An announcement is heard at once or, after the connection was lost, never: then nothing cached before is used anyway.
const EXPIRES_AFTER: i64 = 3600;

#[derive(Debug, thiserror::Error)]
enum AnnounceError {
    #[error("Redis did not answer in time")]
    TimedOut,
    #[error(transparent)]
    Redis(#[from] redis::RedisError),
}

impl ErrorLabel for AnnounceError {
    fn label(&self) -> &'static str {
        match self {
            Self::TimedOut => "timed_out",
            Self::Redis(_) => "failed",
        }
    }
}

/// Tells other nodes of changes, where they share Redis; cheap to clone.
#[derive(Clone)]
pub struct Announce(Option<Redis>);

impl Announce {
    pub fn new(redis: Option<Redis>) -> Self {
        Self(redis)
    }

    /// A failure is logged: SQL reports the change anyway.
    pub async fn change(&self, change: &Change) {
        let (Some(redis), Some(key)) = (&self.0, key(change)) else { return };
        if let Err(error) = store_call("redis", "announce", announce(redis, &key)).await {
            tracing::warn!(%error, ?change, "a change reaches other nodes by SQL only");
        }
    }
}

/// A new version of what the key stands for; Redis pushes the change to every node.
async fn announce(redis: &Redis, key: &str) -> Result<(), AnnounceError> {
    let calls = [Cmd::incr(key, 1), Cmd::expire(key, EXPIRES_AFTER)].map(|call| (key.to_owned(), call));
    let asked = tokio::time::timeout(DEADLINE, redis.ask_each::<i64>(&calls)).await;
    asked.map_err(|_| AnnounceError::TimedOut)??;
    Ok(())
}

/// Redis knows of sessions by itself, and revoked ones are removed by this node.
fn key(change: &Change) -> Option<String> {
    match change {
        Change::User(id) => Some(format!("{USER}{id}")),
        Change::Everyone => Some(EVERYONE.to_owned()),
        Change::Topic(topic) => Some(format!("{TOPIC}{}", topic.name())),
        Change::Session(_) | Change::Revoked { .. } => None,
    }
}
