//! The Redis store, for production and for more than one node.
//!
//! `munjigi:session:{key}` holds a session and expires with it; `munjigi:user:{id}:sessions` is a sorted set of a
//! user's session keys by the time they were last seen. `munjigi:version:` holds what is pushed
//! when a user, or a list that many pages show, has changed.

use std::time::Duration as StdDuration;

use actix_web::cookie::time::Duration;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{AsyncCommands, ExistenceCheck, SetExpiry, SetOptions};

use crate::clock::Clock;

use super::store::{PAGE, decode, user_of};
use super::{Key, Sighting, StoreError, Stored};

/// Below the store's deadline, so that a stalled connection is noticed by its own time-out.
const TIMEOUT: StdDuration = StdDuration::from_millis(300);
/// A user's list of sessions outlives its last use by the longest that a session could live.
const INDEX_SECONDS: i64 = 400 * 24 * 3600;

const SCAN_STEPS: usize = 100;
/// Keys that one step looks at.
const SCAN_COUNT: usize = 1_000;
/// An announcement is heard at once or, after a loss of the connection, never: then nothing from before counts anyway.
const ANNOUNCED_SECONDS: i64 = 3600;

pub struct RedisStore {
    connection: ConnectionManager,
    clock: Clock,
}

impl RedisStore {
    /// Connects at the first use, so that an absent Redis delays no start. Must run within the runtime.
    pub fn new(url: &str, clock: Clock) -> Result<Self, StoreError> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT))
            .set_number_of_retries(1)
            .set_max_delay(StdDuration::from_millis(200));
        let connection = ConnectionManager::new_lazy_with_config(redis::Client::open(url)?, config)?;
        Ok(Self { connection, clock })
    }

    pub(super) async fn fetch(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.connection.clone().get(session(key)).await?)
    }

    pub(super) async fn insert(
        &self,
        key: &Key,
        user_id: Option<i64>,
        record: &[u8],
        ttl: Duration,
    ) -> Result<(), StoreError> {
        let mut pipe = redis::pipe();
        pipe.atomic().pset_ex(session(key), record, milliseconds(ttl)).ignore();
        if let Some(user_id) = user_id {
            pipe.zadd(index(user_id), key.as_str(), self.clock.now()).ignore();
            pipe.expire(index(user_id), INDEX_SECONDS).ignore();
        }
        Ok(pipe.query_async(&mut self.connection.clone()).await?)
    }

    pub(super) async fn replace(&self, key: &Key, record: &[u8], ttl: Duration) -> Result<bool, StoreError> {
        let only_if_there = SetOptions::default()
            .conditional_set(ExistenceCheck::XX)
            .with_expiration(SetExpiry::PX(milliseconds(ttl)));
        let answer: Option<String> =
            self.connection.clone().set_options(session(key), record, only_if_there).await?;
        Ok(answer.is_some())
    }

    pub(super) async fn prolong(&self, key: &Key, ttl: Duration) -> Result<bool, StoreError> {
        Ok(self.connection.clone().pexpire(session(key), milliseconds(ttl) as i64).await?)
    }

    pub(super) async fn remove(&self, key: &Key) -> Result<bool, StoreError> {
        let mut connection = self.connection.clone();
        let record: Option<Vec<u8>> = connection.get_del(session(key)).await?;
        let Some(record) = record else { return Ok(false) };
        if let Some(user_id) = decode(&record).ok().as_ref().and_then(user_of) {
            let _: () = connection.zrem(index(user_id), key.as_str()).await?;
        }
        Ok(true)
    }

    pub(super) async fn of_user(&self, user_id: i64) -> Result<Vec<Stored>, StoreError> {
        let mut connection = self.connection.clone();
        let members: Vec<(String, i64)> = connection.zrevrange_withscores(index(user_id), 0, -1).await?;
        if members.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<String> = members.iter().map(|(key, _)| format!("munjigi:session:{key}")).collect();
        let records: Vec<Option<Vec<u8>>> = connection.mget(keys).await?;
        let mut gone = Vec::new();
        let mut stored = Vec::new();
        for ((key, seen_at), record) in members.into_iter().zip(records) {
            match record.map(|bytes| decode(&bytes)) {
                Some(Ok(state)) => stored.push(Stored { key: Key(key), state, seen_at }),
                _ => gone.push(key),
            }
        }
        if !gone.is_empty() {
            let _: () = connection.zrem(index(user_id), gone).await?;
        }
        Ok(stored)
    }

    pub(super) async fn page(&self, after: &str) -> Result<(Vec<Stored>, Option<String>), StoreError> {
        let mut connection = self.connection.clone();
        let mut cursor: u64 = after.parse().unwrap_or(0);
        let mut keys: Vec<String> = Vec::new();
        // SCAN may find nothing for a while among other keys; so many steps are enough for one page.
        for step in 0..SCAN_STEPS {
            let first = step == 0;
            let found: Vec<String>;
            (cursor, found) = redis::cmd("SCAN")
                .arg(cursor)
                .arg("MATCH")
                .arg("munjigi:session:*")
                .arg("COUNT")
                .arg(if keys.is_empty() && !first { SCAN_COUNT } else { PAGE })
                .query_async(&mut connection)
                .await?;
            keys.extend(found);
            if cursor == 0 || keys.len() >= PAGE {
                break;
            }
        }
        keys.sort();
        keys.dedup();
        let mut stored = self.read(&mut connection, keys).await?;
        self.tell_seen(&mut connection, &mut stored).await?;
        Ok((stored, (cursor != 0).then(|| cursor.to_string())))
    }

    async fn read(
        &self,
        connection: &mut ConnectionManager,
        keys: Vec<String>,
    ) -> Result<Vec<Stored>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let records: Vec<Option<Vec<u8>>> = connection.mget(&keys).await?;
        let stored = keys.iter().zip(records).filter_map(|(name, record)| {
            let key = name.strip_prefix("munjigi:session:").and_then(Key::parse)?;
            Some(Stored { key, state: decode(&record?).ok()?, seen_at: 0 })
        });
        Ok(stored.collect())
    }

    /// When each was last seen stands in its user's list.
    async fn tell_seen(
        &self,
        connection: &mut ConnectionManager,
        stored: &mut [Stored],
    ) -> Result<(), StoreError> {
        let mut pipe = redis::pipe();
        for one in stored.iter() {
            pipe.zscore(index(user_of(&one.state).unwrap_or_default()), one.key.as_str());
        }
        if stored.is_empty() {
            return Ok(());
        }
        let scores: Vec<Option<i64>> = pipe.query_async(connection).await?;
        for (one, score) in stored.iter_mut().zip(scores) {
            one.seen_at = score.unwrap_or_default();
        }
        Ok(())
    }

    pub(super) async fn record_seen(&self, batch: Vec<Sighting>) -> Result<(), StoreError> {
        let mut pipe = redis::pipe();
        for Sighting { key, user_id, at } in &batch {
            // XX: a session that has left the list meanwhile does not return to it.
            pipe.cmd("ZADD").arg(index(*user_id)).arg("XX").arg(at).arg(key.as_str()).ignore();
        }
        Ok(pipe.query_async(&mut self.connection.clone()).await?)
    }

    /// A new version of what the key stands for; Redis pushes the change to every node.
    pub(super) async fn announce(&self, key: &str) -> Result<(), StoreError> {
        let mut pipe = redis::pipe();
        pipe.incr(key, 1).ignore().expire(key, ANNOUNCED_SECONDS).ignore();
        Ok(pipe.query_async(&mut self.connection.clone()).await?)
    }

    pub(super) async fn ping(&self) -> Result<(), StoreError> {
        let _: String = redis::cmd("PING").query_async(&mut self.connection.clone()).await?;
        Ok(())
    }

    /// Nothing to do: Redis expires by itself.
    pub(super) async fn purge(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

fn session(key: &Key) -> String {
    format!("munjigi:session:{}", key.as_str())
}

fn index(user_id: i64) -> String {
    format!("munjigi:user:{user_id}:sessions")
}

fn milliseconds(ttl: Duration) -> u64 {
    ttl.whole_milliseconds().clamp(1, i64::MAX.into()) as u64
}
