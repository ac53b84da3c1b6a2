//! Is this session live? The near cache first, then the store and SQL.

use std::sync::Arc;

use actix_session::storage::{LoadError, UpdateError};
use actix_web::cookie::time::Duration;

use super::cache::Cached;
use crate::identity::accounts::member;
use crate::identity::accounts::member::Member;
use crate::platform::clock::Timestamp;
use crate::platform::near_cache::Topic;

use super::{Id, Key, Live, Session, Sessions, StoreError, Unknown};

impl Sessions {
    /// Is there a live session of this id? `None` means ended, for good.
    pub async fn check(&self, id: &Id) -> Result<Option<Live>, Unknown> {
        let live = self.check_key(&id.key()).await?;
        Ok(live.map(|live| Live { id: Some(id.clone()), ..live }))
    }

    /// The same for who knows its key only. That alone opens nothing: the caller vouches that whoever brought it may.
    pub async fn check_key(&self, key: &Key) -> Result<Option<Live>, Unknown> {
        let Some(cached) = self.session(key).await? else { return Ok(None) };
        let now = self.clock.now();
        let session = &cached.session;
        if session.seconds_left(self.limits(session), now) <= 0 {
            return Ok(None);
        }
        let Some(user) = self.user(session.user_id).await? else { return Ok(None) };
        if user.disabled || user.epoch != session.epoch {
            return Ok(None);
        }
        if cached.seen.is_news(now) {
            self.sightings.note(key.clone(), (user.id, now));
        }
        let session = Arc::clone(&cached.session);
        let live = Live { id: None, key: key.clone(), session, user, renewed: false };
        self.renew_if_due(live, now).await
    }

    /// The session as it is kept, if it has not ended.
    async fn session(&self, key: &Key) -> Result<Option<Arc<Cached>>, Unknown> {
        if let Some(cached) = self.near.sessions.get(key) {
            return Ok(Some(cached));
        }
        // Taken before the store is asked: a change from here on outdates what it will say.
        let stamp = self.near.sessions.stamp(key);
        let state = match self.store.load_by_key(key).await {
            Ok(Some(state)) => state,
            Ok(None) => return Ok(None),
            // What cannot be read now will not be readable later: such a session has ended.
            Err(LoadError::Deserialization(error)) => {
                tracing::error!(%error, "a session in the store cannot be read");
                return Ok(None);
            }
            Err(LoadError::Other(error)) => return Err(Unknown(error)),
        };
        let Ok(session) = Session::from_state(&state) else { return Ok(None) };
        if self.has_ended(key).await? {
            return Ok(None);
        }
        let cached = Arc::new(Cached::new(session));
        self.near.sessions.fill(key.clone(), Arc::clone(&cached), stamp);
        Ok(Some(cached))
    }

    /// The user as SQL has them.
    pub async fn user(&self, user_id: i64) -> Result<Option<Arc<Member>>, Unknown> {
        if let Some(user) = self.near.users.get(&user_id) {
            return Ok(Some(user));
        }
        let stamp = self.near.users.stamp(&user_id);
        let Some(user) = self.db.run(move |conn| member::find(conn, user_id)).await? else { return Ok(None) };
        let user = Arc::new(user);
        self.near.users.fill(user_id, Arc::clone(&user), stamp);
        Ok(Some(user))
    }

    async fn renew_if_due(&self, mut live: Live, now: Timestamp) -> Result<Option<Live>, Unknown> {
        let limits = self.limits(&live.session);
        if !live.session.wants_renewal(limits, now) {
            return Ok(Some(live));
        }
        let renewed = Session { renewed_at: now, ..(*live.session).clone() };
        let ttl = Duration::seconds(renewed.seconds_left(limits, now));
        let updated = self.store.update_by_key(&live.key, renewed.to_state(), &ttl).await;
        self.near.sessions.invalidate(&live.key);
        match updated {
            Ok(()) => {
                live.session = Arc::new(renewed);
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

    /// Everything in memory about this user is outdated, here and on every other node. To be called once the change is
    /// committed.
    pub async fn user_changed(&self, user_id: i64) {
        self.near.users.invalidate(&user_id);
        if let Err(error) = self.store.announce_user(user_id).await {
            tracing::warn!(%error, "a change to a user reaches other nodes by SQL only");
        }
    }

    /// Everything in memory about every user is outdated: a group's permissions have changed.
    pub async fn everyone_changed(&self) {
        self.near.lease.dismiss();
        if let Err(error) = self.store.announce_everyone().await {
            tracing::warn!(%error, "a change to a group reaches other nodes by SQL only");
        }
    }

    /// A kept list is outdated, here and on every other node.
    pub async fn topic_changed(&self, topic: Topic) {
        self.near.topics.changed(topic);
        if let Err(error) = self.store.announce_topic(topic).await {
            tracing::warn!(%error, "a change to a list reaches other nodes by SQL only");
        }
    }
}
