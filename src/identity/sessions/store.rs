//! Where sessions are kept: beside the users or in Redis, behind actix-session's `SessionStore` and one contract.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration as StdDuration;

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration;

use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Db, DbError};
use crate::platform::metrics::{Failing, store_call};
use crate::platform::near_cache::Topic;
use crate::platform::redis::Redis;

use super::embedded::EmbeddedStore;
use super::redis::RedisStore;
use super::{Id, Key};

/// A session's fields by name, each as JSON: the state of actix-session.
pub type State = HashMap<String, String>;

/// Every call to the store answers within this.
const DEADLINE: StdDuration = StdDuration::from_millis(500);

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// An update found nothing to update; it never creates.
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

/// A session as the store lists it.
pub struct Stored {
    pub key: Key,
    pub state: State,
    pub seen_at: Timestamp,
}

/// A session was used by its owner at this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub key: Key,
    pub user_id: i64,
    pub at: Timestamp,
}

/// A session store: embedded or Redis.
pub struct Store {
    kind: Kind,
    calls: AtomicU64,
}

enum Kind {
    Embedded(EmbeddedStore),
    Redis(RedisStore),
}

impl Kind {
    fn name(&self) -> &'static str {
        match self {
            Self::Embedded(_) => "embedded",
            Self::Redis(_) => "redis",
        }
    }
}

/// Passes a call on to the store in use, with the deadline.
macro_rules! ask {
    ($self:ident.$method:ident($($argument:expr),*)) => {
        store_call($self.kind.name(), stringify!($method), within_deadline(async {
            $self.calls.fetch_add(1, Ordering::Relaxed);
            match &$self.kind {
                Kind::Embedded(store) => store.$method($($argument),*).await,
                Kind::Redis(store) => store.$method($($argument),*).await,
            }
        }))
        .await
    };
}

impl Store {
    /// Beside the users.
    pub fn embedded(db: Db, clock: Clock) -> Self {
        Self { kind: Kind::Embedded(EmbeddedStore::new(db, clock)), calls: AtomicU64::new(0) }
    }

    /// In Redis.
    pub fn redis(redis: Redis, clock: Clock) -> Self {
        Self { kind: Kind::Redis(RedisStore::new(redis, clock)), calls: AtomicU64::new(0) }
    }

    /// How often the store has been asked for anything so far.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Ends the session in the store; whether it was there.
    pub async fn remove(&self, key: &Key) -> Result<bool, StoreError> {
        ask!(self.remove(key))
    }

    /// What the store knows of a user's sessions; for display and clean-up, never for a decision.
    pub async fn of_user(&self, user_id: i64) -> Result<Vec<Stored>, StoreError> {
        ask!(self.of_user(user_id))
    }

    /// Some of all sessions, in no order that means anything, from after the place where the page before ended; the place
    /// where this page ends, if there are more. For display, never for a decision.
    pub async fn page(&self, after: &str) -> Result<(Vec<Stored>, Option<String>), StoreError> {
        ask!(self.page(after))
    }

    /// What the store holds under a key.
    pub async fn load_by_key(&self, key: &Key) -> Result<Option<State>, LoadError> {
        let record = self.fetch(key).await.map_err(|error| LoadError::Other(error.into()))?;
        let state = record.map(|bytes| decode(&bytes)).transpose();
        state.map_err(|error| LoadError::Deserialization(error.into()))
    }

    /// Replaces a session's state. It never creates: what has ended stays ended.
    pub async fn update_by_key(&self, key: &Key, state: State, ttl: &Duration) -> Result<(), UpdateError> {
        let record = encode(&state).map_err(|error| UpdateError::Serialization(error.into()))?;
        match ask!(self.replace(key, &record, *ttl)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(UpdateError::Other(StoreError::Ended.into())),
            Err(error) => Err(UpdateError::Other(error.into())),
        }
    }

    /// Notes when sessions were last used. Those that have ended in the meantime stay ended.
    pub async fn record_seen(&self, batch: Vec<Sighting>) -> Result<(), StoreError> {
        ask!(self.record_seen(batch))
    }

    /// Tells the other nodes that a user has changed.
    pub async fn announce_user(&self, user_id: i64) -> Result<(), StoreError> {
        self.announce(&user_key(user_id)).await
    }

    /// Tells the other nodes that any user may have changed.
    pub async fn announce_everyone(&self) -> Result<(), StoreError> {
        self.announce(EVERYONE).await
    }

    /// Tells the other nodes that a kept list has changed.
    pub async fn announce_topic(&self, topic: Topic) -> Result<(), StoreError> {
        self.announce(&topic_key(topic)).await
    }

    async fn announce(&self, key: &str) -> Result<(), StoreError> {
        match &self.kind {
            // SQL has told them.
            Kind::Embedded(_) => Ok(()),
            Kind::Redis(store) => store_call("redis", "announce", within_deadline(store.announce(key))).await,
        }
    }

    /// How many sessions it holds, where counting them is cheap: Redis would have to look at every key.
    pub async fn count(&self) -> Option<u64> {
        match &self.kind {
            Kind::Embedded(store) => within_deadline(store.count()).await.ok(),
            Kind::Redis(_) => None,
        }
    }

    /// Whether the store can be reached.
    pub async fn ping(&self) -> Result<(), StoreError> {
        ask!(self.ping())
    }

    pub async fn purge(&self) -> Result<(), StoreError> {
        ask!(self.purge())
    }

    async fn fetch(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        ask!(self.fetch(key))
    }
}

/// By session id. The store itself sees the id's hash only.
impl SessionStore for Store {
    async fn load(&self, id: &SessionKey) -> Result<Option<State>, LoadError> {
        self.load_by_key(&Key::of(id.as_ref())).await
    }

    async fn save(&self, state: State, ttl: &Duration) -> Result<SessionKey, SaveError> {
        let id = Id::random();
        let record = encode(&state).map_err(|error| SaveError::Serialization(error.into()))?;
        ask!(self.insert(&id.key(), user_of(&state), &record, *ttl))
            .map_err(|error| SaveError::Other(error.into()))?;
        Ok(id.as_session_key())
    }

    async fn update(&self, id: SessionKey, state: State, ttl: &Duration) -> Result<SessionKey, UpdateError> {
        self.update_by_key(&Key::of(id.as_ref()), state, ttl).await.map(|()| id)
    }

    async fn update_ttl(&self, id: &SessionKey, ttl: &Duration) -> Result<(), anyhow::Error> {
        let key = Key::of(id.as_ref());
        if ask!(self.prolong(&key, *ttl))? { Ok(()) } else { Err(StoreError::Ended.into()) }
    }

    async fn delete(&self, id: &SessionKey) -> Result<(), anyhow::Error> {
        self.remove(&Key::of(id.as_ref())).await?;
        Ok(())
    }
}

async fn within_deadline<T>(call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(DEADLINE, call).await.unwrap_or(Err(StoreError::TimedOut))
}

/// Sessions on a page of all of them; Redis may give some more.
pub(super) const PAGE: usize = 50;

/// The key that stands for every user.
pub(crate) const EVERYONE: &str = "munjigi:version:everyone";

/// Redis pushes what changes below these. A user's list of sessions is not among it: it is written to all the time.
pub(crate) const TRACKED: [&str; 2] = ["munjigi:session:", "munjigi:version:"];

/// What comes before the id of a user whose live state has a new version.
pub(crate) const USER: &str = "munjigi:version:user:";

/// What comes before a topic's name.
pub(crate) const TOPIC: &str = "munjigi:version:topic:";

fn topic_key(topic: Topic) -> String {
    format!("{TOPIC}{}", topic.name())
}

fn user_key(user_id: i64) -> String {
    format!("{USER}{user_id}")
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
