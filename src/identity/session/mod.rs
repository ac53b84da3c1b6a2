//! The session: one signed-in browser. What it holds, how long it lives, how it begins, is checked and ends.

mod cookie;
mod embedded;
mod redis;
mod sightings;
mod store;

use std::sync::Arc;

use actix_session::storage::{LoadError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::clock::{Clock, Timestamp};
use crate::config::Lifetime;
use crate::db::{Conn, Db};
use crate::schema::ended_sessions;

use super::user::{self, User};

pub use cookie::SessionCookie;
pub use embedded::EmbeddedStore;
pub use redis::RedisStore;
pub use sightings::{Sighting, Sightings};
pub use store::{State, Store, StoreError, Stored};

/// Sessions that one user may have at once; beyond it, the one unseen longest ends.
pub const MAX_PER_USER: usize = 200;

/// How long a typed password counts as recent, in seconds.
const PROOF_IS_RECENT: i64 = 15 * 60;

/// The secret that opens a session: 256 random bits, base64url. Only the browser's cookie holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Id(String);

/// SHA-256 of the id, base64url: the store's key, and what pages show. Knowing it opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Id {
    pub fn random() -> Self {
        Self(URL_SAFE_NO_PAD.encode(crate::keys::random_bytes::<32>()))
    }

    pub fn key(&self) -> Key {
        Key::of(&self.0)
    }

    fn as_session_key(&self) -> SessionKey {
        SessionKey::try_from(self.0.clone()).expect("43 characters are within the limit")
    }
}

impl Key {
    fn of(id: &str) -> Self {
        Self(URL_SAFE_NO_PAD.encode(Sha256::digest(id)))
    }

    /// A key as a path names it, or nothing if it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 43 && URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32);
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the store keeps of a session. The serialised names are short, since Redis holds one of these a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    #[serde(rename = "user")]
    pub user_id: i64,
    /// The user's epoch when this began; another epoch ends it.
    pub epoch: i64,
    #[serde(rename = "since")]
    pub signed_in_at: Timestamp,
    /// The idle limit counts from here; renewed at most twice per idle limit.
    #[serde(rename = "used")]
    pub renewed_at: Timestamp,
    /// When the password was last typed.
    #[serde(rename = "proof")]
    pub proved_at: Timestamp,
    #[serde(rename = "keep")]
    pub remember: bool,
    #[serde(rename = "on")]
    pub device: String,
    #[serde(rename = "from")]
    pub address: String,
}

impl Session {
    fn to_state(&self) -> State {
        let Ok(Value::Object(fields)) = serde_json::to_value(self) else {
            return State::new();
        };
        fields
            .into_iter()
            .map(|(name, value)| (name, value.to_string()))
            .collect()
    }

    fn from_state(state: &State) -> Result<Self, serde_json::Error> {
        let fields = state
            .iter()
            .map(|(name, json)| Ok((name.clone(), serde_json::from_str(json)?)));
        serde_json::from_value(Value::Object(fields.collect::<Result<_, serde_json::Error>>()?))
    }

    /// Seconds that are left of it: until the idle or the absolute limit, whichever is sooner.
    fn seconds_left(&self, limits: Lifetime, now: Timestamp) -> i64 {
        let idle = self.renewed_at + limits.idle;
        let absolute = self.signed_in_at + limits.absolute;
        idle.min(absolute) - now
    }

    /// Past half of the idle limit, unless renewing could not prolong it any more.
    fn wants_renewal(&self, limits: Lifetime, now: Timestamp) -> bool {
        let idle_left = self.renewed_at + limits.idle - now;
        2 * idle_left < limits.idle && self.renewed_at + limits.idle < self.signed_in_at + limits.absolute
    }

    /// Whether the password was typed recently enough for a sensitive act (ASVS 7.5.1).
    pub fn proof_is_recent(&self, now: Timestamp) -> bool {
        now - self.proved_at < PROOF_IS_RECENT
    }
}

/// How a session begins.
pub struct Beginning {
    pub user_id: i64,
    pub epoch: i64,
    pub remember: bool,
    pub device: String,
    pub address: String,
}

/// A session that holds, with its user as SQL has them now.
#[derive(Clone)]
pub struct Live {
    pub id: Id,
    pub session: Session,
    pub user: User,
    /// Its idle limit was prolonged by this check: a persistent cookie must be sent again.
    pub renewed: bool,
}

/// The store or the database did not answer, so nobody knows. Never a reason to let in or to sign out.
#[derive(Debug, thiserror::Error)]
#[error("whether the session is live is unknown: {0}")]
pub struct Unknown(#[from] pub anyhow::Error);

/// Begins, checks and ends sessions. A near cache has its place between `check` and the store.
#[derive(Clone)]
pub struct Sessions {
    store: Arc<Store>,
    db: Db,
    clock: Clock,
    plain: Lifetime,
    remembered: Lifetime,
    sightings: Sightings,
}

impl Sessions {
    pub fn new(store: Store, db: Db, clock: Clock, plain: Lifetime, remembered: Lifetime) -> Self {
        Self {
            store: Arc::new(store),
            db,
            clock,
            plain,
            remembered,
            sightings: Sightings::default(),
        }
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    fn limits(&self, session: &Session) -> Lifetime {
        if session.remember {
            self.remembered
        } else {
            self.plain
        }
    }

    /// Is there a live session of this id? `None` means ended, for good.
    pub async fn check(&self, id: &Id) -> Result<Option<Live>, Unknown> {
        let state = match self.store.load(&id.as_session_key()).await {
            Ok(Some(state)) => state,
            Ok(None) => return Ok(None),
            // What cannot be read now will not be readable later: such a session has ended.
            Err(LoadError::Deserialization(error)) => {
                tracing::error!(%error, "a session in the store cannot be read");
                return Ok(None);
            }
            Err(LoadError::Other(error)) => return Err(Unknown(error)),
        };
        let Ok(session) = Session::from_state(&state) else {
            return Ok(None);
        };
        let now = self.clock.now();
        if session.seconds_left(self.limits(&session), now) <= 0 {
            return Ok(None);
        }
        let key = id.key();
        let user_id = session.user_id;
        let user = self.db.run({
            let key = key.clone();
            move |conn| {
                if has_ended(conn, &key)? {
                    Ok(None)
                } else {
                    user::find(conn, user_id)
                }
            }
        });
        let Some(user) = user
            .await
            .map_err(|error: crate::db::DbError| Unknown(error.into()))?
        else {
            return Ok(None);
        };
        if user.disabled || user.epoch != session.epoch {
            return Ok(None);
        }
        self.sightings.saw(key, user.id, now);
        self.renew_if_due(
            Live {
                id: id.clone(),
                session,
                user,
                renewed: false,
            },
            now,
        )
        .await
    }

    async fn renew_if_due(&self, mut live: Live, now: Timestamp) -> Result<Option<Live>, Unknown> {
        let limits = self.limits(&live.session);
        if !live.session.wants_renewal(limits, now) {
            return Ok(Some(live));
        }
        let renewed = Session {
            renewed_at: now,
            ..live.session.clone()
        };
        let ttl = Duration::seconds(renewed.seconds_left(limits, now));
        match self
            .store
            .update(live.id.as_session_key(), renewed.to_state(), &ttl)
            .await
        {
            Ok(_) => {
                live.session = renewed;
                live.renewed = true;
                Ok(Some(live))
            }
            Err(UpdateError::Other(error)) if matches!(error.downcast_ref(), Some(StoreError::Ended)) => {
                Ok(None)
            }
            // A store that takes no writes just now does not end what it still holds.
            Err(error) => {
                tracing::warn!(%error, "a session was not renewed");
                Ok(Some(live))
            }
        }
    }

    /// A new session. The caller has checked the password just now.
    pub async fn begin(&self, beginning: Beginning) -> Result<Id, Unknown> {
        let now = self.clock.now();
        let session = Session {
            user_id: beginning.user_id,
            epoch: beginning.epoch,
            signed_in_at: now,
            renewed_at: now,
            proved_at: now,
            remember: beginning.remember,
            device: beginning.device,
            address: beginning.address,
        };
        let id = self.save(&session).await?;
        self.end_surplus(session.user_id).await;
        Ok(id)
    }

    /// The same session under a new id, with its password proved just now, and `epoch`. The old id is dead.
    pub async fn replace(&self, live: &Live, epoch: i64) -> Result<Id, Unknown> {
        let now = self.clock.now();
        let session = Session {
            renewed_at: now,
            proved_at: now,
            epoch,
            ..live.session.clone()
        };
        let id = self.save(&session).await?;
        self.end(&live.id.key()).await?;
        Ok(id)
    }

    async fn save(&self, session: &Session) -> Result<Id, Unknown> {
        let ttl = Duration::seconds(
            session
                .seconds_left(self.limits(session), self.clock.now())
                .max(1),
        );
        let key = self
            .store
            .save(session.to_state(), &ttl)
            .await
            .map_err(|error| Unknown(error.into()))?;
        Ok(Id(key.into()))
    }

    /// Ends the session for good. Once SQL knows of the end it holds, whatever becomes of the store.
    pub async fn end(&self, key: &Key) -> Result<(), Unknown> {
        let until = self.clock.now() + self.plain.absolute.max(self.remembered.absolute);
        let ended = key.clone();
        self.db
            .write(move |conn| record_end(conn, &ended, until))
            .await
            .map_err(|error: crate::db::DbError| Unknown(error.into()))?;
        self.forget(key).await;
        Ok(())
    }

    /// Takes the session out of the store. By now it must be dead by SQL (ended, or another epoch).
    async fn forget(&self, key: &Key) {
        if let Err(error) = self.store.remove(key).await {
            tracing::warn!(%error, "an ended session stays in the store until it expires");
        }
    }

    /// Takes out of the store whatever an epoch's change has ended.
    pub async fn forget_other_epochs(&self, user_id: i64, epoch: Option<i64>) {
        let stored = self.store.of_user(user_id).await.unwrap_or_default();
        for Stored { key, state, .. } in stored {
            if Session::from_state(&state).map(|session| session.epoch).ok() != epoch || epoch.is_none() {
                self.forget(&key).await;
            }
        }
    }

    /// The user's live sessions, the latest seen first.
    pub async fn of_user(&self, user: &User) -> Result<Vec<Listed>, Unknown> {
        let stored = self
            .store
            .of_user(user.id)
            .await
            .map_err(|error| Unknown(error.into()))?;
        let ended = self
            .ended_among(stored.iter().map(|stored| stored.key.clone()).collect())
            .await?;
        let now = self.clock.now();
        let mut listed: Vec<Listed> = stored
            .into_iter()
            .filter(|stored| !ended.contains(&stored.key))
            .filter_map(|Stored { key, state, seen_at }| {
                let session = Session::from_state(&state).ok()?;
                let live =
                    session.epoch == user.epoch && session.seconds_left(self.limits(&session), now) > 0;
                let seen_at = self.sightings.latest(&key).unwrap_or(seen_at);
                live.then_some(Listed {
                    key,
                    session,
                    seen_at,
                })
            })
            .collect();
        listed.sort_by_key(|listed| std::cmp::Reverse(listed.seen_at));
        Ok(listed)
    }

    async fn ended_among(&self, keys: Vec<Key>) -> Result<Vec<Key>, Unknown> {
        let found = self.db.run(move |conn| {
            ended_sessions::table
                .filter(ended_sessions::key.eq_any(keys.iter().map(Key::as_str)))
                .select(ended_sessions::key)
                .load::<String>(conn)
                .map_err(crate::db::DbError::from)
        });
        Ok(found
            .await
            .map_err(|error| Unknown(error.into()))?
            .into_iter()
            .map(Key)
            .collect())
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

    /// Writes the gathered "last seen" times in one batch.
    pub async fn flush_sightings(&self) {
        let batch = self.sightings.take();
        if batch.is_empty() {
            return;
        }
        if let Err(error) = self.store.record_seen(batch).await {
            tracing::warn!(%error, "times of last use were not recorded");
        }
    }

    /// Removes what has expired. Redis does so by itself; SQL waits to be asked.
    pub async fn purge(&self) {
        let now = self.clock.now();
        let purged = self.db.write(move |conn| {
            diesel::delete(ended_sessions::table.filter(ended_sessions::until.le(now)))
                .execute(conn)
                .map_err(crate::db::DbError::from)
        });
        let store_purged = self.store.purge().await;
        if let (Err(error), _) | (_, Err(error)) = (
            purged.await.map_err(anyhow::Error::from),
            store_purged.map_err(anyhow::Error::from),
        ) {
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

fn has_ended(conn: &mut Conn, key: &Key) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(ended_sessions::table.find(key.as_str()))).get_result(conn)
}

fn record_end(conn: &mut Conn, key: &Key, until: Timestamp) -> Result<(), crate::db::DbError> {
    if has_ended(conn, key)? {
        return Ok(());
    }
    diesel::insert_into(ended_sessions::table)
        .values((
            ended_sessions::key.eq(key.as_str()),
            ended_sessions::until.eq(until),
        ))
        .execute(conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Lifetime = Lifetime {
        idle: 100,
        absolute: 250,
    };

    fn session(signed_in_at: i64, renewed_at: i64) -> Session {
        Session {
            user_id: 7,
            epoch: 3,
            signed_in_at,
            renewed_at,
            proved_at: signed_in_at,
            remember: true,
            device: "Firefox · Linux".to_owned(),
            address: "::1".to_owned(),
        }
    }

    #[test]
    fn a_session_survives_its_way_through_the_store() {
        let session = session(10, 20);
        let state = session.to_state();
        assert_eq!(state["user"], "7");
        assert_eq!(Session::from_state(&state).unwrap(), session);
        assert!(Session::from_state(&State::new()).is_err());
    }

    #[test]
    fn the_sooner_limit_counts() {
        assert_eq!(session(0, 0).seconds_left(LIMITS, 30), 70);
        assert_eq!(session(0, 200).seconds_left(LIMITS, 210), 40);
        assert!(session(0, 0).seconds_left(LIMITS, 100) <= 0);
    }

    #[test]
    fn renewal_waits_for_half_of_the_idle_limit_and_stops_before_the_absolute_one() {
        assert!(!session(0, 0).wants_renewal(LIMITS, 50));
        assert!(session(0, 0).wants_renewal(LIMITS, 51));
        assert!(
            !session(0, 150).wants_renewal(LIMITS, 240),
            "the absolute limit is nearer than any renewal"
        );
    }

    #[test]
    fn only_what_can_be_a_key_is_one() {
        let key = Id::random().key();
        assert_eq!(Key::parse(key.as_str()), Some(key));
        for bad in ["", "x", &"é".repeat(43), &"=".repeat(43), &"A".repeat(44)] {
            assert_eq!(Key::parse(bad), None, "{bad}");
        }
    }
}
