//! Back-channel logout: a provider says that a session there has ended, and so does the one here (OpenID Connect
//! Back-Channel Logout 1.0 §2.6).

use std::sync::Arc;

use diesel::prelude::*;
use serde_json::Value;

use crate::identity::audit::{Client, Entry, Event};
use crate::identity::sessions::{Sessions, UpstreamEnd, upstream_ends, upstream_sessions};
use crate::identity::unit_of_work::{Failure, System, Write, Writer, fails_by};
use crate::platform::clock::{Clock, LEEWAY, Timestamp};
use crate::platform::db::{Conn, Db, DbError, Locks};
use crate::platform::keys::fingerprint;
use crate::platform::schema::upstream_logouts::{self, dsl};

use super::error::UpstreamError;
use super::id_token;
use super::metadata::Metadata;
use super::providers::Providers;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Seconds for which a token may be on its way.
const OLDEST: i64 = 60 * 60;
/// Seconds for which an accepted token is remembered.
const REMEMBERED: i64 = OLDEST + 2 * LEEWAY;

/// Why a logout token ends nothing.
#[derive(Debug, thiserror::Error)]
pub enum LogoutRefusal {
    #[error("there is no such provider")]
    Unknown,
    #[error("{0}")]
    Invalid(String),
    /// What proves the token cannot be fetched from the provider; it may be sent again.
    #[error("{0}")]
    Unavailable(String),
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<UpstreamError> for LogoutRefusal {
    fn from(error: UpstreamError) -> Self {
        match error {
            UpstreamError::Unknown => Self::Unknown,
            UpstreamError::Unreachable(why) => Self::Unavailable(why),
            UpstreamError::Failed(failure) => Self::Failed(failure),
            other => Self::Invalid(other.to_string()),
        }
    }
}

fails_by!(LogoutRefusal: DbError);

pub struct BackchannelLogout {
    providers: Arc<Providers>,
    db: Db,
    writer: Writer,
    clock: Clock,
    sessions: Arc<Sessions>,
}

impl BackchannelLogout {
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        providers: Arc<Providers>,
        sessions: Arc<Sessions>,
    ) -> Self {
        Self { providers, db, writer, clock, sessions }
    }

    /// Ends the sessions that a provider's logout token names.
    pub async fn end_sessions(&self, name: &str, token: &str, client: &Client) -> Result<(), LogoutRefusal> {
        let provider = self.providers.get(name)?;
        let metadata = provider.metadata().await?;
        let token = provider.verified(&metadata, token).await?;
        if !matches!(token.typ.as_str(), "logout+jwt" | "jwt" | "") {
            return Err(LogoutRefusal::Invalid("it is a token of another type".to_owned()));
        }
        let now = self.clock.now();
        let (end, jti) = read(&token.claims, &provider.config.client_id, &metadata, now)
            .map_err(LogoutRefusal::Invalid)?;
        let hash = fingerprint(&format!("{} {jti}", end.issuer));
        let replayed = || LogoutRefusal::Invalid("it was sent before".to_owned());
        let alone = Locks::named("logout token", name);
        let (known, ended, of) = (hash.clone(), end.clone(), name.to_owned());
        let noted = self.writer.holding(alone.clone()).write(System, move |write| {
            match is_known(write.read(), &known)? {
                true => Err(replayed()),
                false => Ok(upstream_ends::add(write, &of, &ended)?),
            }
        });
        noted.await?;
        // A sign-in that is about to start a session notes it first and then looks for the end: one of the two sees the other.
        let found = self.db.run(move |conn| upstream_sessions::of(conn, &end)).await?;
        for (key, _) in &found {
            self.sessions.end(key).await?;
        }
        // Only now: if one of them could not be ended, the provider sends it again.
        let client = client.clone();
        let remembered = self.writer.holding(alone).write(System, move |write| {
            for (_, user_id) in found {
                write.record(Entry::new(Event::ProviderSignedOut, Some(user_id), &client, write.now()));
            }
            // Another node may have got the same token at the same time, and have found nothing left to end.
            let is_new = !is_known(write.read(), &hash)?;
            if is_new {
                remember(write, &hash)?;
            }
            Ok::<_, LogoutRefusal>(is_new)
        });
        if remembered.await? { Ok(()) } else { Err(replayed()) }
    }
}

/// What the token ends, and its id.
fn read(
    claims: &Value,
    client_id: &str,
    metadata: &Metadata,
    now: Timestamp,
) -> Result<(UpstreamEnd, String), String> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let issuer = id_token::issuer(claims, metadata).ok_or("it is of another issuer")?;
    id_token::check_audience(claims, client_id)?;
    let at = |name: &str| claims.get(name).and_then(Value::as_f64).map(|at| at as Timestamp);
    if at("iat").is_none_or(|iat| iat > now + LEEWAY || iat < now - OLDEST) {
        return Err("it was not issued now".to_owned());
    }
    if at("exp").is_some_and(|exp| exp + LEEWAY <= now) {
        return Err("it has expired".to_owned());
    }
    // An ID token is none of these: it has no event, and has a nonce.
    if claims.get("nonce").is_some()
        || !claims.pointer("/events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object)
    {
        return Err("it is no logout token".to_owned());
    }
    let jti = text("jti").ok_or("it has no id")?.to_owned();
    let end =
        UpstreamEnd { issuer, subject: text("sub").map(str::to_owned), sid: text("sid").map(str::to_owned) };
    match end.subject.is_none() && end.sid.is_none() {
        true => Err("it names neither a person nor a session".to_owned()),
        false => Ok((end, jti)),
    }
}

/// Whether the token was accepted before.
fn is_known(conn: &mut Conn, hash: &str) -> Result<bool, DbError> {
    Ok(diesel::select(diesel::dsl::exists(upstream_logouts::table.find(hash))).get_result(conn)?)
}

fn remember(write: &mut Write<'_>, hash: &str) -> Result<(), DbError> {
    let row = (dsl::jti_hash.eq(hash), dsl::expires_at.eq(write.now() + REMEMBERED));
    diesel::insert_into(upstream_logouts::table).values(row).execute(write.uncached())?;
    Ok(())
}

pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("upstream_logouts", "expires_at"), write.now(), most)
}
