//! Announces changes to other nodes through Redis, which pushes them immediately. SQL reports them as well, later.

use std::time::Duration;

use redis::Cmd;

use crate::platform::metrics::{ErrorLabel, store_call};
use crate::platform::outage::Outage;
use crate::platform::redis::Redis;

use super::change::Change;

/// The key that stands for every user.
pub(super) const EVERYONE: &str = "munjigi:version:everyone";

/// The prefix before the id of a changed user.
pub(super) const USER: &str = "munjigi:version:user:";

/// The prefix before the id of a changed group. Nodes that do not know it learn of the change from SQL.
pub(super) const GROUP: &str = "munjigi:version:group:";

/// The prefix before a topic's name.
pub(super) const TOPIC: &str = "munjigi:version:topic:";

/// The prefix before the key of a stored session.
pub(super) const SESSION: &str = "munjigi:session:";

/// Redis pushes changes to keys with these prefixes. Users' lists of sessions are not included, because they are
/// written constantly.
pub(super) const TRACKED: [&str; 2] = [SESSION, "munjigi:version:"];

/// Time-out of every call to Redis.
const DEADLINE: Duration = Duration::from_millis(500);

/// An announcement is received at once or, after a lost connection, never: then no earlier cached value is used anyway.
const EXPIRES_AFTER: i64 = 3600;

static OUTAGE: Outage = Outage::new(
    "changes are announced to other nodes through SQL only",
    "changes are announced to other nodes through Redis again",
);

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

/// Announces changes to other nodes if they share Redis; cheap to clone.
#[derive(Clone)]
pub struct Announce(Option<Redis>);

impl Announce {
    pub fn new(redis: Option<Redis>) -> Self {
        Self(redis)
    }

    /// A failure is logged: SQL reports the changes anyway.
    pub async fn changes(&self, changes: &[Change]) {
        let Some(redis) = &self.0 else { return };
        let keys: Vec<String> = changes.iter().filter_map(key).collect();
        if keys.is_empty() {
            return;
        }
        match store_call("redis", "announce", announce(redis, keys)).await {
            Ok(()) => OUTAGE.worked(),
            Err(error) => OUTAGE.failed(&error),
        }
    }
}

/// Sets a new version of what each key stands for; Redis pushes the changes to every node.
async fn announce(redis: &Redis, keys: Vec<String>) -> Result<(), AnnounceError> {
    let calls = keys.into_iter().flat_map(|key| {
        let (raise, expire) = (Cmd::incr(&key, 1), Cmd::expire(&key, EXPIRES_AFTER));
        [(key.clone(), raise), (key, expire)]
    });
    let calls: Vec<_> = calls.collect();
    let asked = tokio::time::timeout(DEADLINE, redis.ask_each::<i64>(&calls)).await;
    asked.map_err(|_| AnnounceError::TimedOut)??;
    Ok(())
}

/// Redis reports changes of sessions itself, and this node removes revoked ones.
fn key(change: &Change) -> Option<String> {
    match change {
        Change::User(id) => Some(format!("{USER}{id}")),
        Change::Everyone => Some(EVERYONE.to_owned()),
        Change::Group(id) => Some(format!("{GROUP}{id}")),
        Change::Topic(topic) => Some(format!("{TOPIC}{}", topic.name())),
        Change::Session(_) | Change::Revoked { .. } => None,
    }
}
