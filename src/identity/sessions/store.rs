//! Where sessions are stored: in the database or in Redis, behind one interface.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::metrics::store_call;
use crate::platform::redis::Redis;

use super::embedded::EmbeddedStore;
use super::id::{Id, Key};
use super::record::{LastSeen, State, StoreError, Stored, decode, encode, user_of};
use super::redis::RedisStore;

/// Time-out of every call to the store.
const DEADLINE: Duration = Duration::from_millis(500);

/// A session store: embedded or Redis.
pub struct Store {
    backend: Backend,
    calls: AtomicU64,
}

enum Backend {
    Embedded(EmbeddedStore),
    Redis(RedisStore),
}

impl Backend {
    fn name(&self) -> &'static str {
        match self {
            Self::Embedded(_) => "embedded",
            Self::Redis(_) => "redis",
        }
    }
}

/// Forwards a call to the store in use, with the deadline.
macro_rules! ask {
    ($self:ident.$method:ident($($argument:expr),*)) => {
        store_call($self.backend.name(), stringify!($method), within_deadline(async {
            $self.calls.fetch_add(1, Ordering::Relaxed);
            match &$self.backend {
                Backend::Embedded(store) => store.$method($($argument),*).await,
                Backend::Redis(store) => store.$method($($argument),*).await,
            }
        }))
        .await
    };
}

impl Store {
    /// In the database.
    pub fn embedded(db: Db, clock: Clock) -> Self {
        Self { backend: Backend::Embedded(EmbeddedStore::new(db, clock)), calls: AtomicU64::new(0) }
    }

    /// In Redis.
    pub fn redis(redis: Redis, clock: Clock) -> Self {
        Self { backend: Backend::Redis(RedisStore::new(redis, clock)), calls: AtomicU64::new(0) }
    }

    /// The number of calls to the store so far.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The state under a key.
    pub async fn load(&self, key: &Key) -> Result<Option<State>, StoreError> {
        let record = ask!(self.fetch(key))?;
        Ok(record.map(|bytes| decode(&bytes)).transpose()?)
    }

    /// Stores a new session under a new id.
    pub async fn save(&self, state: &State, ttl: Duration) -> Result<Id, StoreError> {
        let (id, record) = (Id::random(), encode(state)?);
        ask!(self.insert(&id.key(), user_of(state), &record, ttl))?;
        Ok(id)
    }

    /// Replaces a session's state. It never creates one: an ended session stays ended.
    pub async fn update(&self, key: &Key, state: &State, ttl: Duration) -> Result<(), StoreError> {
        let record = encode(state)?;
        if ask!(self.replace(key, &record, ttl))? { Ok(()) } else { Err(StoreError::Ended) }
    }

    /// Extends a session's life by `ttl` from now.
    pub async fn prolong(&self, key: &Key, ttl: Duration) -> Result<(), StoreError> {
        if ask!(self.prolong(key, ttl))? { Ok(()) } else { Err(StoreError::Ended) }
    }

    /// Removes the session; returns whether it existed.
    pub async fn remove(&self, key: &Key) -> Result<bool, StoreError> {
        ask!(self.remove(key))
    }

    /// A user's sessions; for display and clean-up, never for access decisions.
    pub async fn of_user(&self, user_id: i64) -> Result<Vec<Stored>, StoreError> {
        ask!(self.of_user(user_id))
    }

    /// Some of all sessions, in no particular order, after the end of the previous page; and where this page ends, if
    /// there are more. For display, never for access decisions.
    pub async fn page(&self, after: &str) -> Result<(Vec<Stored>, Option<String>), StoreError> {
        ask!(self.page(after))
    }

    /// Stores when sessions were last used. Sessions that have ended in the meantime stay ended.
    pub async fn record_seen(&self, batch: Vec<LastSeen>) -> Result<(), StoreError> {
        ask!(self.record_seen(batch))
    }

    /// The number of sessions, if counting is cheap: Redis would have to examine every key.
    pub async fn count(&self) -> Option<u64> {
        match &self.backend {
            Backend::Embedded(store) => within_deadline(store.count()).await.ok(),
            Backend::Redis(_) => None,
        }
    }

    /// Whether the store can be reached.
    pub async fn ping(&self) -> Result<(), StoreError> {
        ask!(self.ping())
    }

    /// Removes expired sessions, however long that takes. In Redis they expire by themselves.
    pub async fn purge(&self) -> Result<(), StoreError> {
        match &self.backend {
            Backend::Embedded(store) => store.purge().await,
            Backend::Redis(_) => Ok(()),
        }
    }
}

async fn within_deadline<T>(call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(DEADLINE, call).await.unwrap_or(Err(StoreError::TimedOut))
}
