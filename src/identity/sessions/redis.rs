//! The Redis store, for production and for more than one node.
//!
//! `munjigi:session:{key}` holds a session and expires with it; `munjigi:user:{id}:sessions` is a sorted set of a
//! user's session keys by the time they were last seen.

use std::time::Duration;

use redis::Cmd;

use crate::platform::clock::Clock;
use crate::platform::redis::Redis;

use super::id::Key;
use super::record::{LastSeen, PAGE, StoreError, Stored, decode, user_of};

/// A user's list of sessions is stored for as long as any session could live after its last use.
const INDEX_SECONDS: i64 = 400 * 24 * 3600;

const SCAN_STEPS: usize = 100;
/// Keys examined in one step.
const SCAN_COUNT: usize = 1_000;
/// Each command concerns one key: in a cluster, two keys may be on different servers.
pub struct RedisStore {
    redis: Redis,
    clock: Clock,
}

impl RedisStore {
    pub fn new(redis: Redis, clock: Clock) -> Self {
        Self { redis, clock }
    }

    pub(super) async fn fetch(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        let name = session(key);
        Ok(self.redis.ask(&name, &Cmd::get(&name)).await?)
    }

    pub(super) async fn insert(
        &self,
        key: &Key,
        user_id: Option<i64>,
        record: &[u8],
        ttl: Duration,
    ) -> Result<(), StoreError> {
        let name = session(key);
        self.redis.ask::<()>(&name, &Cmd::pset_ex(&name, record, milliseconds(ttl))).await?;
        // Last, because listing a user's sessions removes those that do not exist from the list.
        if let Some(user_id) = user_id {
            let list = index(user_id);
            let entry = Cmd::zadd(&list, key.as_str(), self.clock.now());
            let life = Cmd::expire(&list, INDEX_SECONDS);
            self.redis.ask_each::<i64>(&[(list.clone(), entry), (list, life)]).await?;
        }
        Ok(())
    }

    pub(super) async fn replace(&self, key: &Key, record: &[u8], ttl: Duration) -> Result<bool, StoreError> {
        let name = session(key);
        let mut only_if_there = redis::cmd("SET");
        only_if_there.arg(&name).arg(record).arg("XX").arg("PX").arg(milliseconds(ttl));
        let answer: Option<String> = self.redis.ask(&name, &only_if_there).await?;
        Ok(answer.is_some())
    }

    pub(super) async fn prolong(&self, key: &Key, ttl: Duration) -> Result<bool, StoreError> {
        let name = session(key);
        Ok(self.redis.ask(&name, &Cmd::pexpire(&name, milliseconds(ttl) as i64)).await?)
    }

    pub(super) async fn remove(&self, key: &Key) -> Result<bool, StoreError> {
        let name = session(key);
        let record: Option<Vec<u8>> = self.redis.ask(&name, &Cmd::get_del(&name)).await?;
        let Some(record) = record else { return Ok(false) };
        if let Some(user_id) = decode(&record).ok().as_ref().and_then(user_of) {
            let list = index(user_id);
            self.redis.ask::<()>(&list, &Cmd::zrem(&list, key.as_str())).await?;
        }
        Ok(true)
    }

    pub(super) async fn of_user(&self, user_id: i64) -> Result<Vec<Stored>, StoreError> {
        let list = index(user_id);
        let members: Vec<(String, i64)> =
            self.redis.ask(&list, &Cmd::zrevrange_withscores(&list, 0, -1)).await?;
        let keys: Vec<Key> = members.iter().map(|(key, _)| Key(key.clone())).collect();
        let mut gone = Vec::new();
        let mut stored = Vec::new();
        for ((key, seen_at), record) in members.into_iter().zip(self.fetch_each(&keys).await?) {
            match record.map(|bytes| decode(&bytes)) {
                Some(Ok(state)) => stored.push(Stored { key: Key(key), state, seen_at }),
                _ => gone.push(key),
            }
        }
        if !gone.is_empty() {
            self.redis.ask::<()>(&list, &Cmd::zrem(&list, gone)).await?;
        }
        Ok(stored)
    }

    /// `after` consists of a server's number and its cursor.
    pub(super) async fn page(&self, after: &str) -> Result<(Vec<Stored>, Option<String>), StoreError> {
        let (server, cursor) = after.split_once('-').unwrap_or(("0", after));
        let (mut server, mut cursor): (usize, u64) =
            (server.parse().unwrap_or(0), cursor.parse().unwrap_or(0));
        let servers = self.redis.servers().await?;
        let mut names: Vec<String> = Vec::new();
        // SCAN may find nothing in several steps; the number of steps per page is limited.
        for step in 0..SCAN_STEPS {
            let mut scan = redis::cmd("SCAN");
            scan.arg(cursor).arg("MATCH").arg("munjigi:session:*").arg("COUNT");
            scan.arg(if names.is_empty() && step > 0 { SCAN_COUNT } else { PAGE });
            if server >= servers {
                break;
            }
            let found: Vec<String>;
            (cursor, found) = self.redis.ask_server(server, &scan).await?;
            names.extend(found);
            server += usize::from(cursor == 0);
            if names.len() >= PAGE {
                break;
            }
        }
        names.sort();
        names.dedup();
        let mut stored = self.read(names).await?;
        self.tell_seen(&mut stored).await?;
        Ok((stored, (server < servers).then(|| format!("{server}-{cursor}"))))
    }

    async fn read(&self, names: Vec<String>) -> Result<Vec<Stored>, StoreError> {
        let keys = names.iter().filter_map(|name| name.strip_prefix("munjigi:session:").and_then(Key::parse));
        let keys: Vec<Key> = keys.collect();
        let records = self.fetch_each(&keys).await?;
        let stored = keys
            .into_iter()
            .zip(records)
            .filter_map(|(key, record)| Some(Stored { key, state: decode(&record?).ok()?, seen_at: 0 }));
        Ok(stored.collect())
    }

    async fn fetch_each(&self, keys: &[Key]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let calls: Vec<_> = keys.iter().map(session).map(|name| (name.clone(), Cmd::get(name))).collect();
        Ok(self.redis.ask_each(&calls).await?)
    }

    /// A user's list stores when each session was last seen.
    async fn tell_seen(&self, stored: &mut [Stored]) -> Result<(), StoreError> {
        let call = |one: &Stored| {
            let list = index(user_of(&one.state).unwrap_or_default());
            let score = Cmd::zscore(&list, one.key.as_str());
            (list, score)
        };
        let calls: Vec<_> = stored.iter().map(call).collect();
        let scores: Vec<Option<i64>> = self.redis.ask_each(&calls).await?;
        for (one, score) in stored.iter_mut().zip(scores) {
            one.seen_at = score.unwrap_or_default();
        }
        Ok(())
    }

    pub(super) async fn record_seen(&self, batch: Vec<LastSeen>) -> Result<(), StoreError> {
        let call = |LastSeen { key, user_id, at }: &LastSeen| {
            let list = index(*user_id);
            // XX: a session that was removed from the list concurrently is not added again.
            let mut seen = redis::cmd("ZADD");
            seen.arg(&list).arg("XX").arg(at).arg(key.as_str());
            (list, seen)
        };
        let calls: Vec<_> = batch.iter().map(call).collect();
        self.redis.ask_each::<i64>(&calls).await?;
        Ok(())
    }

    /// Whether all servers answer: in a cluster, no server replaces the keys of another that is lost.
    pub(super) async fn ping(&self) -> Result<(), StoreError> {
        let servers = self.redis.servers().await?;
        let ping = redis::cmd("PING");
        let asked = (0..servers).map(|number| Box::pin(self.redis.ask_server::<()>(number, &ping)));
        futures_util::future::select_ok(asked).await?;
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
    u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX).clamp(1, i64::MAX as u64)
}
