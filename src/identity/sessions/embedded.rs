//! The embedded store: a table in the database of the users. It needs no other server and survives a restart.

#![expect(clippy::disallowed_methods, reason = "a store of its own, whose triggers tell other processes")]

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::prelude::*;

use crate::platform::clock::Clock;
use crate::platform::db::{Db, Locks, delete_until, in_batches};
use crate::platform::schema::embedded_sessions;
use crate::platform::schema::embedded_sessions::dsl;

use super::id::Key;
use super::last_used::by_time;
use super::record::{LastSeen, PAGE, StoreError, Stored, decode};

/// Sessions whose count is remembered: fewer are counted at no cost.
const MANY: u64 = 10_000;

pub struct EmbeddedStore {
    db: Db,
    clock: Clock,
    /// When sessions were last counted, how long that took, and how many there were.
    counted: Mutex<Option<(Instant, Duration, u64)>>,
}

impl EmbeddedStore {
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, counted: Mutex::new(None) }
    }

    fn expiry(&self, ttl: Duration) -> i64 {
        self.clock.now() + ttl.as_secs() as i64
    }

    pub(super) async fn fetch(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        let (key, now) = (key.clone(), self.clock.now());
        self.db
            .run(move |conn| {
                Ok(embedded_sessions::table
                    .find(key.as_str())
                    .filter(dsl::expires_at.gt(now))
                    .select(dsl::state)
                    .first(conn)
                    .optional()?)
            })
            .await
    }

    pub(super) async fn insert(
        &self,
        key: &Key,
        user_id: Option<i64>,
        record: &[u8],
        ttl: Duration,
    ) -> Result<(), StoreError> {
        let (key, record) = (key.clone(), record.to_owned());
        let (now, expiry) = (self.clock.now(), self.expiry(ttl));
        self.db
            .write_with(Locks::none(), move |conn| {
                diesel::insert_into(embedded_sessions::table)
                    .values((
                        dsl::key.eq(key.as_str()),
                        dsl::user_id.eq(user_id),
                        dsl::state.eq(record),
                        dsl::seen_at.eq(now),
                        dsl::expires_at.eq(expiry),
                    ))
                    .execute(conn)?;
                Ok(())
            })
            .await
    }

    pub(super) async fn replace(&self, key: &Key, record: &[u8], ttl: Duration) -> Result<bool, StoreError> {
        let (key, record) = (key.clone(), record.to_owned());
        let (now, expiry) = (self.clock.now(), self.expiry(ttl));
        self.db
            .write_with(Locks::none(), move |conn| {
                let live = embedded_sessions::table.find(key.as_str()).filter(dsl::expires_at.gt(now));
                let changed = diesel::update(live)
                    .set((dsl::state.eq(record), dsl::expires_at.eq(expiry)))
                    .execute(conn)?;
                Ok(changed > 0)
            })
            .await
    }

    pub(super) async fn prolong(&self, key: &Key, ttl: Duration) -> Result<bool, StoreError> {
        let (key, now, expiry) = (key.clone(), self.clock.now(), self.expiry(ttl));
        self.db
            .write_with(Locks::none(), move |conn| {
                let live = embedded_sessions::table.find(key.as_str()).filter(dsl::expires_at.gt(now));
                Ok(diesel::update(live).set(dsl::expires_at.eq(expiry)).execute(conn)? > 0)
            })
            .await
    }

    pub(super) async fn remove(&self, key: &Key) -> Result<bool, StoreError> {
        let key = key.clone();
        self.db
            .write_with(Locks::none(), move |conn| {
                Ok(diesel::delete(embedded_sessions::table.find(key.as_str())).execute(conn)? > 0)
            })
            .await
    }

    pub(super) async fn of_user(&self, user_id: i64) -> Result<Vec<Stored>, StoreError> {
        let now = self.clock.now();
        let rows: Vec<(String, Vec<u8>, i64)> = self
            .db
            .run(move |conn| {
                embedded_sessions::table
                    .filter(dsl::user_id.eq(user_id).and(dsl::expires_at.gt(now)))
                    .order(dsl::seen_at.desc())
                    .select((dsl::key, dsl::state, dsl::seen_at))
                    .load(conn)
                    .map_err(StoreError::from)
            })
            .await?;
        let stored = rows.into_iter().filter_map(|(key, record, seen_at)| {
            Some(Stored { key: Key(key), state: decode(&record).ok()?, seen_at })
        });
        Ok(stored.collect())
    }

    pub(super) async fn page(&self, after: &str) -> Result<(Vec<Stored>, Option<String>), StoreError> {
        let (after, now) = (after.to_owned(), self.clock.now());
        let rows: Vec<(String, Vec<u8>, i64)> = self
            .db
            .run(move |conn| {
                embedded_sessions::table
                    .filter(dsl::key.gt(after).and(dsl::expires_at.gt(now)))
                    .order(dsl::key)
                    .limit(PAGE as i64 + 1)
                    .select((dsl::key, dsl::state, dsl::seen_at))
                    .load(conn)
                    .map_err(StoreError::from)
            })
            .await?;
        let last = (rows.len() > PAGE).then(|| rows[PAGE - 1].0.clone());
        let stored = rows.into_iter().take(PAGE).filter_map(|(key, record, seen_at)| {
            Some(Stored { key: Key(key), state: decode(&record).ok()?, seen_at })
        });
        Ok((stored.collect(), last))
    }

    pub(super) async fn record_seen(&self, batch: Vec<LastSeen>) -> Result<(), StoreError> {
        let times = by_time(batch.into_iter().map(|LastSeen { key, at, .. }| (key.0, at)));
        // Nodes take turns: the rows are locked in no particular order.
        self.db
            .write_with(Locks::named("last seen", ""), move |conn| {
                for (at, keys) in &times {
                    let seen = embedded_sessions::table.filter(dsl::key.eq_any(keys));
                    diesel::update(seen).set(dsl::seen_at.eq(at)).execute(conn)?;
                }
                Ok(())
            })
            .await
    }

    /// Many are counted again once that costs little beside what has passed since: a hundredth.
    pub(super) async fn count(&self) -> Result<u64, StoreError> {
        let known = *self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, took, count)) = known
            && count >= MANY
            && at.elapsed() < took * 100
        {
            return Ok(count);
        }
        let begun = Instant::now();
        let count = self.count_again().await?;
        *self.counted.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), begun.elapsed(), count));
        Ok(count)
    }

    async fn count_again(&self) -> Result<u64, StoreError> {
        let now = self.clock.now();
        self.db
            .run(move |conn| {
                let live = embedded_sessions::table.filter(dsl::expires_at.gt(now));
                Ok(live.count().get_result::<i64>(conn)?.unsigned_abs())
            })
            .await
    }

    pub(super) async fn ping(&self) -> Result<(), StoreError> {
        self.db.run(|conn| Ok(diesel::sql_query("SELECT 1").execute(conn).map(drop)?)).await
    }

    pub(super) async fn purge(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let over = ("embedded_sessions", "expires_at");
        let batch = async |most| {
            self.db.write_with(Locks::none(), move |conn| Ok(delete_until(conn, over, now, most)?)).await
        };
        in_batches(batch).await
    }
}
