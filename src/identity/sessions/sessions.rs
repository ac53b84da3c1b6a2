//! Begins, lists and ends sessions, over whichever store there is.

use std::sync::Arc;

use actix_session::storage::SessionStore;
use actix_web::cookie::time::Duration;

use super::auth_method::{Method, Methods};
use super::cache::NearCache;
use super::last_used::{Pace, Uses};
use crate::config::{Lifetime, Lifetimes};
use crate::http::Client;
use crate::identity::accounts::member::Member;
use crate::identity::accounts::user::User;
use crate::identity::sign_in::Authenticated;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Db, DbError};
use crate::platform::metrics;
use crate::platform::near_cache::follow_sql as changes;

use super::ended;
use super::ended::End;
use super::{Id, Key, Kind, Session, Sighting, Store, StoreError, Stored};

/// Sessions that one user may have at once; beyond it, the one unseen longest ends.
pub const MAX_PER_USER: usize = 200;

/// How a session begins.
pub struct Beginning {
    user_id: i64,
    epoch: i64,
    methods: Methods,
    kind: Kind,
    device: String,
    address: String,
}

impl Beginning {
    /// None begins but for somebody who has passed every stage of signing in.
    pub fn of(user: &Authenticated, kind: Kind, client: &Client) -> Self {
        Self {
            user_id: user.id,
            epoch: user.epoch,
            methods: user.methods(),
            kind,
            device: client.device.clone(),
            address: client.address.to_string(),
        }
    }

    /// One in which the operator looks, from the command line, at what a user sees. Whoever can do that reads and writes
    /// the database anyway.
    pub fn by_operator(user: &User, device: &str) -> Self {
        Self {
            user_id: user.id,
            epoch: user.epoch,
            methods: Methods::PASSWORD,
            kind: Kind::Browser,
            device: device.to_owned(),
            address: String::new(),
        }
    }
}

/// A session that holds, with its user as SQL has them now.
#[derive(Clone)]
pub struct Live {
    /// Only a session cookie brings it.
    pub id: Option<Id>,
    pub key: Key,
    pub session: Arc<Session>,
    pub user: Arc<Member>,
    /// Its idle limit was prolonged by this check: a persistent cookie must be sent again.
    pub renewed: bool,
}

/// The store or the database did not answer, so nobody knows. Never a reason to let in or to sign out.
#[derive(Debug, thiserror::Error)]
#[error("whether the session is live is unknown: {0:#}")]
pub struct Unknown(pub(super) anyhow::Error);

impl From<DbError> for Unknown {
    fn from(error: DbError) -> Self {
        Self(error.into())
    }
}

impl From<StoreError> for Unknown {
    fn from(error: StoreError) -> Self {
        Self(error.into())
    }
}

/// Begins, checks and ends sessions. The near cache stands between `check` and the store.
#[derive(Clone)]
pub struct Sessions {
    pub(super) store: Arc<Store>,
    pub(super) db: Db,
    pub(super) clock: Clock,
    lifetimes: Lifetimes,
    /// Whose each session was at its latest sighting, and when that was.
    pub(super) sightings: Arc<Uses<Key, (i64, Timestamp)>>,
    pub(super) near: Arc<NearCache>,
}

impl Sessions {
    pub fn new(store: Store, near: Arc<NearCache>, db: Db, clock: Clock, lifetimes: Lifetimes) -> Self {
        Self { store: Arc::new(store), db, clock, lifetimes, sightings: Arc::default(), near }
    }

    pub fn near_cache(&self) -> &NearCache {
        &self.near
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub(super) fn limits(&self, session: &Session) -> Lifetime {
        session.kind.limits(&self.lifetimes)
    }

    /// Seconds that the session lives on if nobody uses it.
    pub fn seconds_left(&self, session: &Session) -> i64 {
        session.seconds_left(self.limits(session), self.clock.now()).max(0)
    }

    /// A new session.
    pub async fn begin(&self, beginning: Beginning) -> Result<Id, Unknown> {
        let now = self.clock.now();
        let session = Session {
            user_id: beginning.user_id,
            epoch: beginning.epoch,
            signed_in_at: now,
            renewed_at: now,
            // Whoever reads a mail has shown no password: a sensitive act asks for it.
            proved_at: if beginning.methods.contains(Method::Mail) { 0 } else { now },
            factor_at: beginning.methods.were_shown_now().then_some(now),
            proved_again: false,
            methods: beginning.methods,
            kind: beginning.kind,
            device: beginning.device,
            address: beginning.address,
        };
        let id = self.save(&session).await?;
        metrics::count(|m| m.sessions_begun(session.kind.name()));
        self.end_surplus(session.user_id).await;
        Ok(id)
    }

    pub(super) async fn save(&self, session: &Session) -> Result<Id, Unknown> {
        let ttl = Duration::seconds(self.seconds_left(session).max(1));
        let key = self.store.save(session.to_state(), &ttl).await.map_err(|error| Unknown(error.into()))?;
        Ok(key.into())
    }

    /// Ends the session for good, and the one that has taken its place just now. Once SQL knows of the end it holds,
    /// whatever becomes of the store.
    pub async fn end(&self, key: &Key) -> Result<(), Unknown> {
        let end =
            End { key: key.clone(), successor: None, at: self.clock.now(), until: self.latest_expiry() };
        let ended = self.db.write(move |conn| ended::add(conn, end).map_err(DbError::from)).await?;
        metrics::count(|m| m.sessions_ended());
        for key in ended {
            self.forget(&key).await;
        }
        Ok(())
    }

    /// Whether SQL knows of the session's end.
    pub async fn has_ended(&self, key: &Key) -> Result<bool, Unknown> {
        let key = key.clone();
        Ok(self.db.run(move |conn| ended::contains(conn, &key).map_err(DbError::from)).await?)
    }

    /// By when every session of today is over.
    pub fn latest_expiry(&self) -> Timestamp {
        self.clock.now() + self.lifetimes.longest()
    }

    /// Takes the session out of the store. By now it must be dead by SQL (ended, or another epoch).
    pub(super) async fn forget(&self, key: &Key) {
        self.near.sessions.invalidate(key);
        if let Err(error) = self.store.remove(key).await {
            tracing::warn!(%error, "an ended session stays in the store until it expires");
        }
    }

    /// Clears the store of what a new epoch, or the end of the account, has ended. In the background: by SQL those
    /// sessions are dead already.
    pub fn clear_ended(&self, user_id: i64, live_epoch: Option<i64>) {
        let sessions = self.clone();
        actix_web::rt::spawn(async move {
            for stored in sessions.store.of_user(user_id).await.unwrap_or_default() {
                let epoch = Session::from_state(&stored.state).ok().map(|session| session.epoch);
                // Epochs only grow: a later one is that of a sign-in meanwhile.
                if live_epoch.is_none_or(|live| epoch.is_none_or(|epoch| epoch < live)) {
                    sessions.forget(&stored.key).await;
                }
            }
        });
    }

    /// The user's live sessions, the latest seen first.
    pub async fn of_user(&self, user: &User) -> Result<Vec<Listed>, Unknown> {
        let stored = self.store.of_user(user.id).await?;
        let keys: Vec<Key> = stored.iter().map(|stored| stored.key.clone()).collect();
        let ended = self.db.run(move |conn| ended::among(conn, &keys).map_err(DbError::from)).await?;
        let not_ended = stored.into_iter().filter(|stored| !ended.contains(&stored.key));
        Ok(self.listed(not_ended, |_| Some(user.epoch)))
    }

    /// Those that are live by their user's epoch and by their limits, the latest seen first.
    pub(super) fn listed(
        &self,
        stored: impl Iterator<Item = Stored>,
        epoch_of: impl Fn(i64) -> Option<i64>,
    ) -> Vec<Listed> {
        let now = self.clock.now();
        let live = |Stored { key, state, seen_at }| {
            let session = Session::from_state(&state).ok()?;
            let holds = epoch_of(session.user_id) == Some(session.epoch)
                && session.seconds_left(self.limits(&session), now) > 0;
            let seen_at = self.sightings.latest(&key).map_or(seen_at, |(_, at)| at);
            holds.then_some(Listed { key, session, seen_at })
        };
        let mut listed: Vec<Listed> = stored.filter_map(live).collect();
        listed.sort_by_key(|listed| std::cmp::Reverse(listed.seen_at));
        listed
    }

    async fn end_surplus(&self, user_id: i64) {
        let stored = match self.store.of_user(user_id).await {
            Ok(stored) if stored.len() > MAX_PER_USER => stored,
            _ => return,
        };
        let mut oldest_first = stored;
        oldest_first.sort_by_key(|stored| stored.seen_at);
        let surplus = oldest_first.len() - MAX_PER_USER;
        for stored in oldest_first.iter().take(surplus) {
            if let Err(error) = self.end(&stored.key).await {
                tracing::warn!(%error, "a session beyond the limit was not ended");
            }
        }
    }

    /// Writes the gathered "last seen" times.
    pub async fn write_sightings(&self, pace: Pace) {
        let sighting = |(key, (user_id, at))| Sighting { key, user_id, at };
        let store =
            async |batch: Vec<_>| self.store.record_seen(batch.into_iter().map(sighting).collect()).await;
        if let Err(error) = self.sightings.write(pace, store).await {
            tracing::warn!(%error, "times of last use were not recorded");
        }
    }

    /// Removes what has expired. Redis does so by itself; SQL waits to be asked.
    pub async fn purge(&self) {
        let now = self.clock.now();
        let ends = self
            .db
            .write(move |conn| {
                ended::purge(conn, now).and_then(|()| changes::purge(conn, now)).map_err(DbError::from)
            })
            .await;
        let sessions = self.store.purge().await;
        if let Err(error) = ends.map_err(StoreError::from).and(sessions) {
            tracing::warn!(%error, "expired sessions were not purged");
        }
    }
}

/// A session as the sessions page shows it.
pub struct Listed {
    pub key: Key,
    pub session: Session,
    pub seen_at: Timestamp,
}
