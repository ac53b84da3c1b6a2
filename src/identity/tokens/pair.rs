//! A client's two tokens: how it gets the first ones, and the next.

use std::sync::Arc;

use crate::http::auth::cookies::device::Device;
use crate::http::{AppError, Client};
use crate::identity::Identity;
use crate::identity::accounts::member::Member;
use crate::identity::audit::Event;
use crate::identity::sessions::{Beginning, Key, Kind, Live};
use crate::identity::sign_in::Authenticated;

use super::access::{Grant, LIFETIME};
use super::refresh;
use super::refresh::{Next, Outcome, Series};
use crate::identity::accounts::scope::Scopes;

/// An access token and the refresh token that comes with it; all times in seconds from now.
pub struct Pair {
    pub access: String,
    pub expires_in: i64,
    pub scopes: Scopes,
    pub refresh: String,
    pub refresh_expires_in: i64,
    /// Whose it is.
    pub user: Arc<Member>,
}

impl Identity {
    /// Signs in a client whose user has passed every stage.
    pub async fn welcome_client(
        &self,
        user: &Authenticated,
        scopes: Scopes,
        device: &Device,
        client: &Client,
    ) -> Result<Pair, AppError> {
        if !device.knows(user.id) {
            self.notify_of_program(user, client).await;
        }
        let beginning = Beginning::of(user, Kind::Client, client);
        let key = self.sessions.begin(beginning).await?.key();
        self.audit(Event::SignedIn, Some(user.id), client).await;
        self.first_pair(&key, user.id, user.epoch, scopes).await
    }

    /// The first pair of a session, or of one that goes on under a new key.
    pub async fn first_pair(
        &self,
        key: &Key,
        user_id: i64,
        epoch: i64,
        scopes: Scopes,
    ) -> Result<Pair, AppError> {
        let (keys, now) = (self.tokens.refresh.clone(), self.clock.now());
        let until = self.sessions.latest_expiry();
        let series = Series { session: key.clone(), user_id, scopes, until };
        let token = self.db.write(move |conn| refresh::begin(conn, &keys, &series, now)).await?;
        let live = self.sessions.check_key(key).await?.filter(|live| live.user.epoch == epoch);
        self.pair(&live.ok_or(AppError::Unauthorized)?, Next { token, made_at: now, scopes }).await
    }

    /// The next pair, for a refresh token; with fewer scopes if asked for. A token that was used before ends its session.
    ///
    /// # Errors
    /// 401 when it is good for nothing, 503 when nobody can tell. None when more scopes are asked for than were granted.
    pub async fn refresh(
        &self,
        text: &str,
        scopes: Option<Scopes>,
        client: &Client,
    ) -> Result<Option<Pair>, AppError> {
        let token = self.tokens.refresh.parse(text).ok_or(AppError::Unauthorized)?;
        let live = self.sessions.check_key(&token.session).await?.ok_or(AppError::Unauthorized)?;
        let _turn = self.limits.turn_to_change(live.user.id).await?;
        let (keys, epoch, now) = (self.tokens.refresh.clone(), live.user.epoch, self.clock.now());
        match self.db.write(move |conn| refresh::use_up(conn, &keys, &token, scopes, epoch, now)).await? {
            Outcome::Next(next) => Ok(Some(self.pair(&live, next).await?)),
            Outcome::TooMuch => Ok(None),
            Outcome::Reused => {
                self.sessions.end(&live.key).await?;
                self.audit(Event::RefreshReused, Some(live.user.id), client).await;
                Err(AppError::Unauthorized)
            }
            Outcome::Gone => Err(AppError::Unauthorized),
        }
    }

    /// The session that a refresh token is for, whether or not it is the one that is good now.
    pub fn session_of_refresh(&self, text: &str) -> Option<Key> {
        self.tokens.refresh.parse(text).map(|token| token.session)
    }

    async fn pair(&self, live: &Live, next: Next) -> Result<Pair, AppError> {
        let Next { token: refresh, made_at, scopes } = next;
        let grant = Grant {
            user_id: live.user.id,
            epoch: live.user.epoch,
            session: &live.key,
            scopes,
            methods: live.session.methods,
            proved_at: live.session.proved_at,
            issued_at: made_at,
            id: refresh.access_id(scopes),
        };
        let now = self.clock.now();
        Ok(Pair {
            access: self.grant(grant).await?,
            expires_in: made_at + LIFETIME - now,
            scopes,
            refresh: refresh.as_str().to_owned(),
            refresh_expires_in: self.sessions.seconds_left(&live.session),
            user: Arc::clone(&live.user),
        })
    }
}
