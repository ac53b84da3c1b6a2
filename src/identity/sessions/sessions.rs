//! The service that creates, rotates and ends sessions.

use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::config::Lifetimes;
use crate::identity::accounts::{AsUser, StaffActor, User, revocation};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::unit_of_work::{AuthorityLost, Failure, MovedSession, System, Write, Writer, fails_by};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{DbError, Locks};
use crate::platform::metrics;
use crate::platform::near_cache::{Change, Feed, Subscriber};
use crate::platform::outage::Outage;
use crate::platform::rate_limit::{Limiter, Shared};

use super::active::{ActiveSession, NewSession, SessionUnavailable};
use super::auth_method::Method;
use super::authority::AsSession;
use super::cache::SessionCache;
use super::check::LastSeenTracker;
use super::ended::{self, End};
use super::id::{Id, Key};
use super::last_used::FlushMode;
use super::list::SessionDirectory;
use super::record::LastSeen;
use super::rotation::Rotation;
use super::session::Session;
use super::store::Store;
use super::sweeper::Sweeper;
use super::trusted_devices;

/// Sessions per user; beyond this, the least recently used one ends.
pub const MAX_PER_USER: usize = 200;

/// How often a user may end all other sessions per hour.
const ENDS_PER_USER: usize = 60;

/// Why sessions were not ended.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    #[error("there is no such session or device")]
    NotFound,
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(SessionError: DbError, SessionUnavailable);

pub struct Sessions {
    store: Arc<Store>,
    sweeper: Arc<Sweeper>,
    directory: Arc<SessionDirectory>,
    writer: Writer,
    clock: Clock,
    lifetimes: Lifetimes,
    last_seen: Arc<LastSeenTracker>,
    ends: Limiter,
}

impl Sessions {
    pub fn new(
        (store, cache, feed): (Arc<Store>, Arc<SessionCache>, &Feed),
        directory: Arc<SessionDirectory>,
        (writer, clock): (Writer, Clock),
        (lifetimes, last_seen): (Lifetimes, Arc<LastSeenTracker>),
        shared: Option<&Shared>,
    ) -> Self {
        let ends = Limiter::new(ENDS_PER_USER, 3600, clock.clone()).shared("end", shared);
        let sweeper = Arc::new(Sweeper::new(Arc::clone(&store), cache));
        let subscriber: Weak<Sweeper> = Arc::downgrade(&sweeper);
        feed.subscribe(subscriber);
        Self { store, sweeper, directory, writer, clock, lifetimes, last_seen, ends }
    }

    /// Seconds until an unused session expires.
    pub fn seconds_left(&self, session: &Session) -> i64 {
        session.seconds_left(session.kind.limits(&self.lifetimes), self.clock.now()).max(0)
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// When all current sessions will have expired.
    pub fn latest_expiry(&self) -> Timestamp {
        self.clock.now() + self.lifetimes.longest()
    }

    /// Begins a session.
    pub async fn begin(&self, new: NewSession) -> Result<Id, SessionUnavailable> {
        let now = self.clock.now();
        let session = Session {
            user_id: new.user_id,
            epoch: new.epoch,
            signed_in_at: now,
            renewed_at: now,
            authenticated_at: authenticated_at(&new, now),
            second_factor_at: new.methods.were_shown_now().then_some(now),
            reauthenticated: false,
            methods: new.methods,
            provider_methods: new.provider_methods,
            kind: new.kind,
            device: new.device,
            address: new.address,
        };
        let id = self.save(&session).await?;
        metrics::count(|m| m.sessions_begun(session.kind.name()));
        self.end_surplus(session.user_id).await;
        Ok(id)
    }

    async fn save(&self, session: &Session) -> Result<Id, SessionUnavailable> {
        Ok(self.store.save(&session.to_state(), self.ttl(session)).await?)
    }

    fn ttl(&self, session: &Session) -> Duration {
        Duration::from_secs(self.seconds_left(session).max(1).unsigned_abs())
    }

    /// Ends the session permanently, and the one that has just replaced it. Once SQL has recorded the end, it holds
    /// whatever happens to the store.
    pub async fn end(&self, key: &Key) -> Result<(), Failure> {
        let owner = self.directory.owner(key).await.ok().flatten();
        self.end_holding(key, owner.map_or(Locks::All, |(user_id, _)| Locks::user(user_id))).await
    }

    /// Apps and tokens of the session end with it, so it needs the lock of its user.
    async fn end_holding(&self, key: &Key, locks: Locks) -> Result<(), Failure> {
        let end = self.end_of(key, None);
        let ended = self.writer.holding(locks);
        let ended = ended.write(System, move |write| Ok::<_, Failure>(ended::add(write, end)?)).await?;
        metrics::count(|m| m.sessions_ended());
        for key in ended {
            self.sweeper.remove(&key).await;
        }
        Ok(())
    }

    fn end_of(&self, key: &Key, successor: Option<Key>) -> End {
        End { key: key.clone(), successor, at: self.clock.now(), until: self.latest_expiry() }
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

    /// Gives the session a new id, and performs `change` and records it in the same write: all of it, or nothing if
    /// the session was revoked concurrently. `change` returns whether it was made.
    pub(in crate::identity) async fn rotate<E>(
        &self,
        active: &ActiveSession,
        rotation: Rotation,
        entry: Entry,
        change: impl FnOnce(&mut Write<'_>) -> Result<bool, E> + Send + 'static,
    ) -> Result<Id, E>
    where
        E: From<Failure> + From<DbError> + Send + 'static,
    {
        // No client knows the new id until the old one has been claimed.
        let next = rotation.apply(&active.session, self.clock.now());
        let id = self.save(&next).await.map_err(Failure::from)?;
        let end = self.end_of(&active.key, Some(id.key()));
        let user_id = active.user.id;
        let moved = MovedSession {
            from: end.key.as_str().to_owned(),
            to: id.key().as_str().to_owned(),
            epoch: rotation.epoch,
            two_factors: next.methods.are_two_factors(),
        };
        let claimed = self.writer.of_user(user_id).write(System, move |write| {
            write.user(user_id);
            write.record(entry);
            write.move_session(moved);
            match ended::claim(write, &end)? && change(write)? {
                true => Ok(()),
                false => Err(Failure::from(AuthorityLost::Session).into()),
            }
        });
        let claimed = claimed.await;
        self.sweeper.remove(&if claimed.is_ok() { active.key.clone() } else { id.key() }).await;
        claimed.map(|()| id)
    }

    /// Moves a program's session to a later epoch of its user, under the same key: no client knows its id, so a new
    /// one would protect nothing. To be called once the epoch is committed.
    async fn move_to_epoch(&self, active: &ActiveSession, epoch: i64) -> Result<(), SessionUnavailable> {
        let session = Session { epoch, ..(*active.session).clone() };
        Ok(self.store.update(&active.key, &session.to_state(), self.ttl(&session)).await?)
    }

    /// Ends one of the user's own sessions, and returns its device. Others are not found.
    pub async fn end_own(&self, user: &User, key: &str, client: &Client) -> Result<String, SessionError> {
        let key = Key::parse(key).ok_or(SessionError::NotFound)?;
        let own = self.directory.list(user).await?;
        let found = own.into_iter().find(|summary| summary.key == key).ok_or(SessionError::NotFound)?;
        self.end_holding(&key, Locks::user(user.id)).await?;
        self.writer.record(Event::SessionEnded, Some(user.id), client).await;
        Ok(found.session.device.clone())
    }

    /// Ends all sessions but this one by a new epoch, not by a list. A browser's session gets a new id. A program's
    /// continues with its refresh token; access tokens are not replaced, because others may have seen the current
    /// one.
    pub async fn end_others(&self, active: &ActiveSession, client: &Client) -> Result<Option<Id>, Failure> {
        self.ends.acquire(&active.user.id.to_string()).await?;
        let (id, epoch) = (active.user.id, active.user.epoch);
        let entry = Entry::new(Event::OthersEnded, Some(id), client, self.clock.now());
        if active.id.is_some() {
            let rotation = Rotation { epoch: epoch + 1, authenticated: None, removed: None };
            let change =
                move |write: &mut Write<'_>| Ok::<_, Failure>(revocation::revoke_others(write, id, epoch)?);
            return Ok(Some(self.rotate(active, rotation, entry, change).await?));
        }
        let key = active.key.as_str().to_owned();
        let two_factors = active.session.methods.are_two_factors();
        let moved = MovedSession { from: key.clone(), to: key, epoch: epoch + 1, two_factors };
        let ended = self.writer.of_user(id).write(AsSession::of(active), move |write| {
            write.record(entry);
            write.move_session(moved);
            match revocation::advance_epoch(write, id, epoch)? {
                true => Ok(()),
                false => Err(Failure::from(AuthorityLost::Session)),
            }
        });
        ended.await?;
        // Moved first, because the others are removed by their epoch.
        self.move_to_epoch(active, epoch + 1).await?;
        self.sweeper.on_change(&Change::Revoked { user_id: id, live_epoch: Some(epoch + 1) });
        Ok(None)
    }

    /// Ends all sessions, for a caller without one.
    pub async fn end_all(&self, user: &User, client: &Client) -> Result<(), Failure> {
        self.ends.acquire(&user.id.to_string()).await?;
        let (id, client) = (user.id, client.clone());
        let ended = self.writer.of_user(id).write(AsUser::of(user), move |write| {
            write.record(Entry::new(Event::AllEnded, Some(id), &client, write.now()));
            Ok::<_, Failure>(revocation::revoke_all(write, id)?)
        });
        ended.await
    }

    /// Ends any user's session, for staff, and returns its device. Recorded first: a record of a failed end is better
    /// than an end without a record.
    pub async fn end_as_staff(&self, by: StaffActor, key: &Key) -> Result<String, SessionError> {
        let (owner, device) = self.directory.owner(key).await?.ok_or(SessionError::NotFound)?;
        let entry = by.entry(Event::SessionEnded, Some(owner), self.clock.now());
        let recorded = self.writer.of_user(by.id).write(by, move |write| {
            write.record(entry);
            Ok::<_, SessionError>(())
        });
        recorded.await?;
        self.end_holding(key, Locks::user(owner)).await?;
        Ok(device)
    }

    /// Requires the second factor from one of the user's devices again.
    pub async fn forget_device(
        &self,
        user_id: i64,
        id: i64,
        client: &Client,
    ) -> Result<String, SessionError> {
        let client = client.clone();
        let forgotten = self.writer.of_user(user_id).write(System, move |write| {
            write.record(Entry::new(Event::DeviceForgotten, Some(user_id), &client, write.now()));
            trusted_devices::remove(write, user_id, id)?.ok_or(SessionError::NotFound)
        });
        forgotten.await
    }

    /// Stores the gathered last-used times.
    pub async fn flush_last_seen(&self, mode: FlushMode) {
        let seen = |(key, (user_id, at))| LastSeen { key, user_id, at };
        let store = async |batch: Vec<_>| self.store.record_seen(batch.into_iter().map(seen).collect()).await;
        static OUTAGE: Outage = Outage::new(
            "last-used times of sessions are not stored",
            "last-used times of sessions are stored again",
        );
        match self.last_seen.flush(mode, store).await {
            Ok(0) => {}
            Ok(_) => OUTAGE.worked(),
            Err(error) => OUTAGE.failed(&error),
        }
    }
}

/// When the user of a new session last authenticated. Access to a mailbox proves no password, and a provider may sign people
/// in hours after they have typed one: a sensitive action requires a proof of its own.
fn authenticated_at(new: &NewSession, now: Timestamp) -> Timestamp {
    match new.methods {
        methods if methods.contains(Method::Mail) => 0,
        methods if methods.contains(Method::Provider) && !methods.were_shown_now() => {
            new.proven_at.map_or(0, |at| at.min(now))
        }
        _ => now,
    }
}
