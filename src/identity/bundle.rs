//! Who someone is: users, passwords, sessions, and what happened to them. Shows no pages.

use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::web;

use crate::config::Config;
use crate::http::{AppError, Client};
use crate::platform::clock::Clock;
use crate::platform::db::{Conn, Db, DbError};
use crate::platform::keys::{Keys, Signers};
use crate::platform::mail::Mailer;

use super::accounts::user;
use super::applications::Application;
use super::audit::{self, Entry, Event};
use super::credentials::factors::FactorKeys;
use super::credentials::hasher::Hasher;
use super::credentials::webauthn::Passkeys;
use super::credentials::{passkey_rows, reset};
use super::email::token;
use super::sessions::trusted_devices as trusted;
use super::sessions::{Id, Kind, Live, Rotation, Sessions};
use super::sign_in::limits::Limits;
use super::sign_in::pending as stage;
use super::tokens::Tokens;
use super::tokens::refresh;
use crate::http::auth::cookies::proxy::ProxyCookie;
use crate::http::auth::cookies::session::SessionCookie;
use crate::http::auth::cookies::tokens::TokenCookies;
use crate::platform::near_cache::Kept;

/// What handlers work with; one for the process, shared by all workers.
pub struct Identity {
    pub config: Config,
    pub clock: Clock,
    pub db: Db,
    pub hasher: Hasher,
    pub sessions: Sessions,
    pub cookie: SessionCookie,
    pub tokens: Tokens,
    pub token_cookies: TokenCookies,
    pub proxy_cookie: ProxyCookie,
    pub limits: Limits,
    pub factors: FactorKeys,
    /// None where this site is known by an address instead of a name.
    pub passkeys: Option<Passkeys>,
    pub applications: Kept<Vec<Application>>,
    pub mail: Mailer,
    pub keys: Keys,
    pub mail_codes: Signers,
}

/// The handler's argument for it.
pub type App = web::Data<Identity>;

impl Identity {
    /// Notes an event that stands alone. A trail that cannot be written holds nobody up.
    pub async fn audit(&self, event: Event, user_id: Option<i64>, client: &Client) {
        let entry = Entry::new(event, user_id, client, self.clock.now());
        if let Err(error) = self.act(Some(entry), |_| Ok::<_, DbError>(())).await {
            tracing::error!(%error, ?event, "an event was not recorded");
        }
    }

    /// Notes that signing in has failed, with the user if there is one of that name.
    pub async fn audit_failure(&self, user_id: Option<i64>, client: &Client) {
        let now = self.clock.now();
        let Some(id) = user_id else { return self.audit(Event::SignInFailed, None, client).await };
        let entry = Entry::new(Event::SignInFailed, Some(id), client, now);
        if let Err(error) =
            self.change_user(id, Some(entry), move |conn| user::note_failure(conn, id, now)).await
        {
            tracing::error!(%error, "a failed sign-in was not recorded");
        }
    }

    /// Does `work`, which changes a user, and notes it; then every node knows.
    pub async fn change_user<T, E>(
        &self,
        user_id: i64,
        entry: Option<Entry>,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        let done = self.act(entry, work).await?;
        self.sessions.user_changed(user_id).await;
        Ok(done)
    }

    /// Does `work` and notes it, both or neither.
    pub async fn act<T, E>(
        &self,
        entry: Option<Entry>,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        let line = entry.clone();
        let done = self.db.write(move |conn| {
            if let Some(line) = line {
                audit::record(conn, &line)?;
            }
            work(conn)
        });
        let done = done.await?;
        if let Some(entry) = entry {
            entry.log();
        }
        Ok(done)
    }

    /// Does `work`, which says what of it the trail is to tell: all of it, or nothing. What changed nothing has no line.
    pub async fn act_telling<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<(T, Vec<Entry>), E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        let done = self.db.write(move |conn| {
            let (done, lines) = work(conn)?;
            for line in &lines {
                audit::record(conn, line)?;
            }
            Ok::<_, E>((done, lines))
        });
        let (done, lines) = done.await?;
        lines.iter().for_each(Entry::log);
        Ok(done)
    }

    /// The same for what changes a user; then every node knows.
    pub async fn change_user_telling<T, E>(
        &self,
        user_id: i64,
        work: impl FnOnce(&mut Conn) -> Result<(T, Vec<Entry>), E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        let done = self.act_telling(work).await?;
        self.sessions.user_changed(user_id).await;
        Ok(done)
    }

    /// Gives the session a new id, and makes `change` and notes it in the same step: all of it, or nothing because the
    /// session has ended meanwhile.
    pub async fn rotate(
        &self,
        live: &Live,
        rotation: Rotation,
        entry: Entry,
        change: impl FnOnce(&mut Conn) -> Result<bool, DbError> + Send + 'static,
    ) -> Result<Id, AppError> {
        let line = entry.clone();
        let rotated = self.sessions.rotate(live, rotation, move |conn| {
            audit::record(conn, &line)?;
            change(conn)
        });
        let id = rotated.await?.ok_or(AppError::SessionOver)?;
        entry.log();
        self.sessions.user_changed(live.user.id).await;
        Ok(id)
    }

    /// A list that many pages show: from memory, or read anew once it has changed.
    pub async fn kept<T: Send + Sync + 'static>(
        &self,
        list: &Kept<T>,
        read: impl FnOnce(&mut Conn) -> Result<T, DbError> + Send + 'static,
    ) -> Result<Arc<T>, DbError> {
        let near = self.sessions.near_cache();
        // Taken before SQL is asked: a change from here on outdates what it will say.
        let version = list.version(&near.topics, &near.lease);
        if let Some(value) = list.get(version) {
            return Ok(value);
        }
        let value = Arc::new(self.db.run(read).await?);
        list.fill(Arc::clone(&value), version);
        Ok(value)
    }

    /// Removes what has expired.
    pub async fn purge(&self) {
        self.sessions.purge().await;
        let now = self.clock.now();
        let since = now - self.config.audit_retention;
        let purged = self.db.write(move |conn| {
            audit::purge(conn, since)?;
            refresh::purge(conn, now)?;
            token::purge(conn, now)?;
            stage::purge(conn, now)?;
            trusted::purge(conn, now)?;
            passkey_rows::purge(conn, now)?;
            Ok::<_, DbError>(reset::purge(conn, now)?)
        });
        if let Err(error) = purged.await {
            tracing::warn!(%error, "old audit events, links and refresh tokens were not purged");
        }
        if let Err(error) = self.tidy_keys().await {
            tracing::warn!(%error, "older keys were not replaced where they seal something");
        }
    }

    /// The session cookie for `id`.
    pub fn session_cookie(&self, id: &Id, kind: Kind) -> Cookie<'static> {
        self.cookie.issue(id, kind.is_remembered().then_some(self.config.lifetimes.remembered.idle))
    }
}
