//! Checks whether a session is valid: in the near cache first, then in the store and SQL.

use std::sync::Arc;
use std::time::Duration;

use crate::config::{Lifetime, Lifetimes};
use crate::identity::accounts::{Member, find_member};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Db, DbError};
use crate::platform::outage::Outage;

use super::active::{ActiveSession, SessionUnavailable};
use super::cache::{Cached, SessionCache};
use super::ended;
use super::id::{Id, Key};
use super::last_used::LastUsedTracker;
use super::record::StoreError;
use super::session::Session;
use super::store::Store;

/// The user of each session at its last use, and the time of that.
pub type LastSeenTracker = LastUsedTracker<Key, (i64, Timestamp)>;

static RENEWALS: Outage = Outage::new("sessions are not renewed", "sessions are renewed again");

/// Checks sessions, on every request.
pub struct SessionReader {
    store: Arc<Store>,
    cache: Arc<SessionCache>,
    db: Db,
    clock: Clock,
    lifetimes: Lifetimes,
    last_seen: Arc<LastSeenTracker>,
}

impl SessionReader {
    pub fn new(
        store: Arc<Store>,
        cache: Arc<SessionCache>,
        (db, clock): (Db, Clock),
        lifetimes: Lifetimes,
        last_seen: Arc<LastSeenTracker>,
    ) -> Self {
        Self { store, cache, db, clock, lifetimes, last_seen }
    }

    pub fn cache(&self) -> &SessionCache {
        &self.cache
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    fn limits(&self, session: &Session) -> Lifetime {
        session.kind.limits(&self.lifetimes)
    }

    /// The valid session with this id. `None` means that it has been permanently revoked or has expired.
    pub async fn check(&self, id: &Id) -> Result<Option<ActiveSession>, SessionUnavailable> {
        let active = self.check_key(&id.key()).await?;
        Ok(active.map(|active| ActiveSession { id: Some(id.clone()), ..active }))
    }

    /// The same by key. A key alone grants no access: the caller has verified the credential that named it.
    pub async fn check_key(&self, key: &Key) -> Result<Option<ActiveSession>, SessionUnavailable> {
        let Some(cached) = self.session(key).await? else { return Ok(None) };
        let now = self.clock.now();
        let session = &cached.session;
        if session.seconds_left(self.limits(session), now) <= 0 {
            return Ok(None);
        }
        let Some(user) = self.member(session.user_id).await? else { return Ok(None) };
        let is_ending = user.ended_until.is_some_and(|until| session.signed_in_at <= until);
        if user.disabled || user.epoch != session.epoch || is_ending {
            return Ok(None);
        }
        if cached.seen.is_due(now) {
            self.last_seen.record(key.clone(), (user.id, now));
        }
        let session = Arc::clone(&cached.session);
        let active = ActiveSession { id: None, key: key.clone(), session, user, renewed: false };
        match active.session.wants_renewal(self.limits(&active.session), now) {
            false => Ok(Some(active)),
            true => Box::pin(self.renew(active, now)).await,
        }
    }

    /// The stored session, if it is not revoked.
    async fn session(&self, key: &Key) -> Result<Option<Arc<Cached>>, SessionUnavailable> {
        match self.cache.sessions.get(key) {
            Some(cached) => Ok(Some(cached)),
            // Boxed, as the other ways of a miss are: every request moves its future, and few of them miss.
            None => Box::pin(self.load_session(key)).await,
        }
    }

    async fn load_session(&self, key: &Key) -> Result<Option<Arc<Cached>>, SessionUnavailable> {
        // Taken before the store is read: any change from here on invalidates the result.
        let stamp = self.cache.sessions.stamp(key);
        let state = match self.store.load(key).await {
            Ok(Some(state)) => state,
            Ok(None) => return Ok(None),
            // A session that cannot be read now will not be readable later: it has ended.
            Err(StoreError::Codec(error)) => {
                tracing::error!(%error, "a session in the store cannot be read");
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let Ok(session) = Session::from_state(&state) else { return Ok(None) };
        if self.has_ended_or_fills_user(key, session.user_id).await? {
            return Ok(None);
        }
        let cached = Arc::new(Cached::new(session));
        self.cache.fill_session(key.clone(), Arc::clone(&cached), stamp);
        Ok(Some(cached))
    }

    /// Whether SQL has recorded the session's end. If not, its user is loaded by the same read, unless they are cached.
    async fn has_ended_or_fills_user(&self, key: &Key, user_id: i64) -> Result<bool, SessionUnavailable> {
        if self.cache.user(user_id).is_some() {
            return self.has_ended(key).await;
        }
        let (key, stamp) = (key.clone(), self.cache.user_stamp(user_id));
        let read = self.db.run(move |conn| match ended::contains(conn, &key)? {
            true => Ok::<_, DbError>((true, None)),
            false => Ok((false, find_member(conn, user_id)?)),
        });
        let (ended, user) = read.await?;
        if let Some(user) = user {
            self.cache.fill_user(Arc::new(user), stamp);
        }
        Ok(ended)
    }

    /// A user as SQL has them.
    pub async fn member(&self, user_id: i64) -> Result<Option<Arc<Member>>, SessionUnavailable> {
        match self.cache.user(user_id) {
            Some(user) => Ok(Some(user)),
            None => Box::pin(self.load_member(user_id)).await,
        }
    }

    async fn load_member(&self, user_id: i64) -> Result<Option<Arc<Member>>, SessionUnavailable> {
        let stamp = self.cache.user_stamp(user_id);
        let Some(user) = self.db.run(move |conn| find_member(conn, user_id)).await? else { return Ok(None) };
        let user = Arc::new(user);
        self.cache.fill_user(Arc::clone(&user), stamp);
        Ok(Some(user))
    }

    /// Whether SQL has recorded the session's end.
    pub async fn has_ended(&self, key: &Key) -> Result<bool, SessionUnavailable> {
        let key = key.clone();
        Ok(self.db.run(move |conn| ended::contains(conn, &key)).await?)
    }

    async fn renew(
        &self,
        mut active: ActiveSession,
        now: Timestamp,
    ) -> Result<Option<ActiveSession>, SessionUnavailable> {
        let limits = self.limits(&active.session);
        let renewed = Session { renewed_at: now, ..(*active.session).clone() };
        let ttl = Duration::from_secs(renewed.seconds_left(limits, now).max(0).unsigned_abs());
        let updated = self.store.update(&active.key, &renewed.to_state(), ttl).await;
        self.cache.sessions.invalidate(&active.key);
        match updated {
            Ok(()) => {
                RENEWALS.worked();
                active.session = Arc::new(renewed);
                active.renewed = true;
                Ok(Some(active))
            }
            Err(StoreError::Ended) => Ok(None),
            // A store that rejects writes now does not end the sessions that it still holds.
            Err(error) => {
                RENEWALS.failed(&error);
                Ok(Some(active))
            }
        }
    }
}
