//! Where sessions are stored: beside the users or in Redis, behind one contract.

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

/// Every call to the store answers within this.
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

/// Passes a call on to the store in use, with the deadline.
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
    /// Beside the users.
    pub fn embedded(db: Db, clock: Clock) -> Self {
        Self { backend: Backend::Embedded(EmbeddedStore::new(db, clock)), calls: AtomicU64::new(0) }
    }

    /// In Redis.
    pub fn redis(redis: Redis, clock: Clock) -> Self {
        Self { backend: Backend::Redis(RedisStore::new(redis, clock)), calls: AtomicU64::new(0) }
    }

    /// How often the store has been asked for anything so far.
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

    /// Replaces a session's state. It never creates: what has ended stays ended.
    pub async fn update(&self, key: &Key, state: &State, ttl: Duration) -> Result<(), StoreError> {
        let record = encode(state)?;
        if ask!(self.replace(key, &record, ttl))? { Ok(()) } else { Err(StoreError::Ended) }
    }

    /// Lets a session live for another `ttl` from now on.
    pub async fn prolong(&self, key: &Key, ttl: Duration) -> Result<(), StoreError> {
        if ask!(self.prolong(key, ttl))? { Ok(()) } else { Err(StoreError::Ended) }
    }

    /// Removes the session; whether it was there.
    pub async fn remove(&self, key: &Key) -> Result<bool, StoreError> {
        ask!(self.remove(key))
    }

    /// A user's sessions; for display and clean-up, never for a decision.
    pub async fn of_user(&self, user_id: i64) -> Result<Vec<Stored>, StoreError> {
        ask!(self.of_user(user_id))
    }

    /// Some of all sessions, in no particular order, from after the place where the page before ended; the place where
    /// this page ends, if there are more. For display, never for a decision.
    pub async fn page(&self, after: &str) -> Result<(Vec<Stored>, Option<String>), StoreError> {
        ask!(self.page(after))
    }

    /// Stores when sessions were last used. Those that have ended in the meantime stay ended.
    pub async fn record_seen(&self, batch: Vec<LastSeen>) -> Result<(), StoreError> {
        ask!(self.record_seen(batch))
    }

    /// How many sessions it holds, where counting them is cheap: Redis would have to look at every key.
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

    /// Removes what has expired. Redis does so by itself.
    pub async fn purge(&self) -> Result<(), StoreError> {
        ask!(self.purge())
    }
}

async fn within_deadline<T>(call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(DEADLINE, call).await.unwrap_or(Err(StoreError::TimedOut))
}
