//! Grants as the endpoints for tokens need them: found by what an app brings, added, renewed and ended.

use std::sync::Arc;

use crate::identity::accounts::user;
use crate::identity::audit::{Client as Caller, Entry, Event};
use crate::identity::sessions::{Key, Sessions, ended};
use crate::identity::tokens::succession::{SeriesToken, Succession, Turn};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};

use super::client::OidcClient;
use super::code::{self, Code};
use super::grant::{self, Details, Grant, NewGrant};
use super::grant_cache::GrantCache;
use super::logins;
use super::refresh;
use super::registration::GrantType;
use super::scope_set::OPENID;
use super::token_error::TokenRefusal;
use super::unfit;

/// Sessions of their own that one app may have of one user; beyond this, the oldest end.
const OFFLINE_SESSIONS: usize = 20;

/// What became of a code in the transaction.
pub enum Used {
    /// With its first refresh token, if the app gets any.
    Granted(Box<Grant>, Option<String>),
    /// It was used before.
    Again,
    /// Its session has ended since, or the app is no longer open to the user.
    Over,
}

pub struct Grants {
    db: Db,
    writer: Writer,
    clock: Clock,
    sessions: Arc<Sessions>,
    cache: Arc<GrantCache>,
    refresh_keys: Succession,
}

impl Grants {
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        sessions: Arc<Sessions>,
        cache: Arc<GrantCache>,
        refresh_keys: Succession,
    ) -> Self {
        Self { db, writer, clock, sessions, cache, refresh_keys }
    }

    /// A grant of this user, cached.
    pub async fn find(&self, user_id: i64, id: i64) -> Result<Option<Grant>, DbError> {
        self.cache.find(user_id, id).await
    }

    /// What this code was exchanged for, if that has not ended.
    pub async fn of_code(&self, code: &Code) -> Result<Option<Grant>, DbError> {
        let hash = code.hash.clone();
        self.db.run(move |conn| code::grant_of(conn, &hash)).await
    }

    /// A refresh token of this server, and its grant as SQL has it.
    pub async fn find_refresh(&self, text: &str) -> Result<Option<(SeriesToken, Grant)>, DbError> {
        let parsed = self.refresh_keys.parse(text);
        let Some((token, id)) = parsed
            .and_then(|token| Some((token.series.parse::<i64>().ok()?, token)))
            .map(|(id, token)| (token, id))
        else {
            return Ok(None);
        };
        let grant = self.db.run(move |conn| grant::find(conn, id)).await?;
        Ok(grant.map(|grant| (token, grant)))
    }

    /// Whether this is the current refresh token of its grant, and not unused for too long.
    pub async fn is_current(
        &self,
        client: &OidcClient,
        token: &SeriesToken,
        grant: &Grant,
    ) -> Result<bool, DbError> {
        let (id, token, now) = (grant.id, token.clone(), self.clock.now());
        let unused = client.registration.lifetimes.refresh();
        self.db.run(move |conn| refresh::is_current(conn, (id, &token), (unused, now))).await
    }

    /// What this refresh token of a grant is by now; stores its successor if it is the current one.
    pub async fn take_turn(
        &self,
        client: &OidcClient,
        token: SeriesToken,
        grant: &Grant,
    ) -> Result<Turn, Failure> {
        let (keys, grant) = (self.refresh_keys.clone(), grant.clone());
        let unused = client.registration.lifetimes.refresh();
        let turn = self.writer.of_user(grant.user_id).write(System, move |write| {
            Ok::<_, Failure>(refresh::take_turn(write, &keys, &token, (&grant, unused))?)
        });
        turn.await
    }

    /// Uses the code up and adds its grant, in one step.
    pub async fn use_code(
        &self,
        client: &OidcClient,
        code: &Code,
        (session, details): (Key, Details),
    ) -> Result<Used, TokenRefusal> {
        let refresh = client.registration.allows(GrantType::RefreshToken).then(|| self.refresh_keys.clone());
        let (client, until) = (client.id, self.sessions.latest_expiry());
        let new = NewGrant {
            client,
            user_id: code.user_id,
            login: code.session.clone(),
            session,
            sid: code.sid.clone(),
            epoch: code.epoch,
            details,
            expires_at: until,
        };
        let hash = code.hash.clone();
        let used = self.writer.of_user(code.user_id).write(System, move |write| {
            if !code::use_up(write, &hash)? {
                return Ok(Used::Again);
            }
            let conn = write.read();
            if ended::is_over(conn, &new.login)?
                || !user::is_active(conn, new.user_id, new.epoch)?
                || !unfit::is_open(conn, new.client, new.user_id)?
            {
                return Ok(Used::Over);
            }
            let id = grant::add(write, &new)?;
            code::set_grant(write, &hash, id)?;
            if new.details.scope.contains(OPENID) {
                logins::add(write, &new)?;
            }
            let token = match refresh {
                Some(keys) => Some(refresh::begin(write, &keys, id)?),
                None => None,
            };
            let NewGrant { client, user_id, login, session, sid, details, expires_at, .. } = new;
            let grant = Grant { id, client, user_id, login, session, sid, details, expires_at };
            Ok::<_, TokenRefusal>(Used::Granted(Box::new(grant), token))
        });
        used.await
    }

    /// Ends a grant, and the session that its tokens stand on if it is their own.
    pub async fn end(&self, grant: &Grant) -> Result<(), Failure> {
        let (id, user_id) = (grant.id, grant.user_id);
        let own_session = grant.is_offline().then(|| grant.session.as_str().to_owned());
        let ended = self.writer.of_user(user_id).write(System, move |write| {
            if let Some(session) = &own_session {
                // The person goes on at the app: a logout token would end that too.
                logins::forget(write, session)?;
            }
            Ok::<_, Failure>(grant::end(write, id, user_id)?)
        });
        ended.await?;
        if grant.is_offline() {
            self.sessions.end(&grant.session).await?;
        }
        Ok(())
    }

    /// Ends a grant of which a code or a refresh token was used again: one of the two is a thief's. Records it; a failure to
    /// do so is only logged.
    pub async fn end_reused(
        &self,
        grant: &Grant,
        event: Event,
        (client, from): (&OidcClient, &Caller),
    ) -> Result<(), Failure> {
        self.end(grant).await?;
        let (user_id, from, name) = (grant.user_id, from.clone(), client.name.clone());
        let recorded = self.writer.of_user(user_id).write(System, move |write: &mut Write<'_>| {
            write.record(Entry::new(event, Some(user_id), &from, write.now()).about(name));
            Ok::<_, Failure>(())
        });
        if let Err(error) = recorded.await {
            tracing::error!(%error, ?event, "an event was not recorded");
        }
        Ok(())
    }

    /// Ends the oldest sessions that an app has of its own of one user.
    pub async fn end_surplus(&self, newest: &Grant) {
        let (client, user_id) = (newest.client, newest.user_id);
        let grants = self.db.run(move |conn| grant::of_user(conn, user_id)).await.unwrap_or_default();
        let own = grants.iter().rev().filter(|grant| grant.client == client && grant.is_offline());
        for grant in own.skip(OFFLINE_SESSIONS) {
            if let Err(error) = self.end(grant).await {
                tracing::warn!(%error, "an app's session beyond the limit was not ended");
            }
        }
    }
}
