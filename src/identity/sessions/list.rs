//! Lists of sessions: of one user, and of the whole site for staff.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::prelude::*;

use crate::config::Lifetimes;
use crate::identity::accounts::User;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::schema::users::{self, dsl};

use super::active::{SessionSummary, SessionUnavailable};
use super::check::LastSeenTracker;
use super::ended;
use super::id::Key;
use super::record::{State, Stored, user_of};
use super::session::Session;
use super::store::Store;
use super::trusted_devices::{self, TrustedDevice};

pub struct SessionDirectory {
    store: Arc<Store>,
    db: Db,
    clock: Clock,
    lifetimes: Lifetimes,
    last_seen: Arc<LastSeenTracker>,
}

impl SessionDirectory {
    pub fn new(
        store: Arc<Store>,
        (db, clock): (Db, Clock),
        lifetimes: Lifetimes,
        last_seen: Arc<LastSeenTracker>,
    ) -> Self {
        Self { store, db, clock, lifetimes, last_seen }
    }

    /// The user's valid sessions, the most recently used first.
    pub async fn list(&self, user: &User) -> Result<Vec<SessionSummary>, SessionUnavailable> {
        let stored = self.store.of_user(user.id).await?;
        let keys: Vec<Key> = stored.iter().map(|stored| stored.key.clone()).collect();
        let ended = self.db.run(move |conn| ended::among(conn, &keys)).await?;
        let not_ended = stored.into_iter().filter(|stored| !ended.contains(&stored.key));
        Ok(self.valid(not_ended, |_| Some(user.epoch)))
    }

    /// The user's sessions and trusted devices.
    pub async fn overview(
        &self,
        user: &User,
    ) -> Result<(Vec<SessionSummary>, Vec<TrustedDevice>), SessionUnavailable> {
        let sessions = self.list(user).await?;
        let (user, now) = (user.clone(), self.clock.now());
        let trusted = self.db.run(move |conn| trusted_devices::of_user(conn, &user, now)).await?;
        Ok((sessions, trusted))
    }

    /// Valid sessions of all users, after the end of the previous page; and where this page ends, if there are more.
    pub async fn page(
        &self,
        after: &str,
    ) -> Result<(Vec<SessionSummary>, Option<String>), SessionUnavailable> {
        let (stored, next) = self.store.page(after).await?;
        let keys: Vec<Key> = stored.iter().map(|stored| stored.key.clone()).collect();
        let ids: Vec<i64> = stored.iter().filter_map(|stored| user_of(&stored.state)).collect();
        let known = self.db.run(move |conn| {
            let ended = ended::among(conn, &keys)?;
            let epochs: Vec<(i64, i64)> = users::table
                .filter(dsl::id.eq_any(ids).and(dsl::disabled.eq(false)))
                .select((dsl::id, dsl::epoch))
                .load(conn)?;
            Ok::<_, DbError>((ended, epochs.into_iter().collect::<HashMap<_, _>>()))
        });
        let (ended, epochs) = known.await?;
        let not_ended = stored.into_iter().filter(|stored| !ended.contains(&stored.key));
        Ok((self.valid(not_ended, |user_id| epochs.get(&user_id).copied()), next))
    }

    /// The user of a session in the store, and its device.
    pub async fn owner(&self, key: &Key) -> Result<Option<(i64, String)>, SessionUnavailable> {
        let state = self.store.load(key).await?;
        let device =
            |state: &State| Session::from_state(state).map(|session| session.device).unwrap_or_default();
        Ok(state.and_then(|state| Some((user_of(&state)?, device(&state)))))
    }

    /// The sessions that are valid by their user's epoch and by their limits, the most recently used first.
    fn valid(
        &self,
        stored: impl Iterator<Item = Stored>,
        epoch_of: impl Fn(i64) -> Option<i64>,
    ) -> Vec<SessionSummary> {
        let now = self.clock.now();
        let valid = |Stored { key, state, seen_at }| {
            let session = Session::from_state(&state).ok()?;
            let limits = session.kind.limits(&self.lifetimes);
            let is_valid =
                epoch_of(session.user_id) == Some(session.epoch) && session.seconds_left(limits, now) > 0;
            let seen_at = self.last_seen.latest(&key).map_or(seen_at, |(_, at)| at);
            is_valid.then_some(SessionSummary { key, session, seen_at })
        };
        let mut summaries: Vec<SessionSummary> = stored.filter_map(valid).collect();
        summaries.sort_by_key(|summary| std::cmp::Reverse(summary.seen_at));
        summaries
    }
}
