//! Refresh tokens: opaque, stored as a hash, valid for one use, in one atomic step.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::identity::accounts::Scopes;
use crate::identity::sessions::{Key, ended};
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{KeyPurpose, Keys};
use crate::platform::schema::refresh_tokens::{self, dsl};
use crate::platform::schema::{ended_sessions, users};

use super::succession::{SeriesToken, Stored, Succession, Turn};

/// Keys that sign refresh tokens and derive successors.
#[derive(Clone)]
pub struct RefreshKeys(Succession);

/// A refresh token with a valid signature; the table determines whether it is the current one.
#[derive(Clone)]
pub struct RefreshToken {
    pub session: Key,
    token: SeriesToken,
}

impl RefreshToken {
    fn of(token: SeriesToken) -> Option<Self> {
        Some(Self { session: Key::parse(&token.series)?, token })
    }

    /// As the client receives it.
    pub fn as_str(&self) -> &str {
        self.token.as_str()
    }

    /// Its number in the series.
    pub fn generation(&self) -> i64 {
        self.token.generation
    }

    /// The id of the access token that is issued with it for these scopes.
    pub fn access_id(&self, scopes: Scopes) -> String {
        URL_SAFE_NO_PAD.encode(&Sha256::digest(format!("access {} {scopes}", self.as_str()))[..12])
    }
}

impl RefreshKeys {
    pub fn new(keys: &Keys) -> Self {
        Self(Succession::new(keys, "mjr_", KeyPurpose::RefreshTokens, KeyPurpose::Succession))
    }

    /// The first token of a session.
    fn first(&self, session: &Key) -> RefreshToken {
        RefreshToken { session: session.clone(), token: self.0.first(session.as_str()) }
    }

    /// Parses a received token; none unless this server signed it.
    pub fn parse(&self, text: &str) -> Option<RefreshToken> {
        RefreshToken::of(self.0.parse(text)?)
    }
}

/// What a session's refresh tokens are issued for.
pub struct Series {
    pub session: Key,
    pub user_id: i64,
    /// The maximum scopes of access tokens.
    pub scopes: Scopes,
    /// When the session expires at the latest.
    pub until: Timestamp,
}

/// The first refresh token of a session, valid until it is used.
pub fn begin(write: &mut Write<'_>, keys: &RefreshKeys, series: &Series) -> Result<RefreshToken, DbError> {
    let token = keys.first(&series.session);
    let row = (
        dsl::session_key.eq(series.session.as_str()),
        dsl::user_id.eq(series.user_id),
        dsl::generation.eq(token.token.generation),
        dsl::hash.eq(token.token.hash()),
        dsl::salt.eq(""),
        dsl::scope.eq(series.scopes.to_string()),
        dsl::made_at.eq(write.now()),
        dsl::expires_at.eq(series.until),
    );
    diesel::insert_into(refresh_tokens::table).values(row).execute(write.uncached())?;
    Ok(token)
}

/// The outcome of a presented refresh token.
pub enum RefreshOutcome {
    /// Its successor, created now, or just before if this is a repeat.
    Next(Next),
    /// More was requested than was ever granted; nothing is used up.
    TooMuch,
    /// It was used too long ago for an accident: another client has it (RFC 9700 §4.14.2).
    Reused,
    /// Its session has no refresh tokens any more.
    Gone,
}

pub struct Next {
    pub token: RefreshToken,
    pub made_at: Timestamp,
    /// The scopes of its access token.
    pub scopes: Scopes,
}

/// The row of a session, and what its token depends on, in one round trip.
#[derive(Queryable)]
struct RefreshTokenRow {
    generation: i64,
    hash: String,
    salt: String,
    scope: String,
    made_at: Timestamp,
    /// Of its user.
    epoch: i64,
    disabled: bool,
    /// The session's key, if it has ended under this one.
    ended: Option<String>,
}

fn find(conn: &mut Conn, session: &Key, now: Timestamp) -> Result<Option<RefreshTokenRow>, DbError> {
    let row = (dsl::generation, dsl::hash, dsl::salt, dsl::scope, dsl::made_at);
    let depends_on = (users::epoch, users::disabled, ended_sessions::key.nullable());
    Ok(refresh_tokens::table
        .inner_join(users::table.on(users::id.eq(dsl::user_id)))
        .left_join(ended_sessions::table.on(ended_sessions::key.eq(dsl::session_key)))
        .filter(dsl::session_key.eq(session.as_str()).and(dsl::expires_at.gt(now)))
        .select((row.0, row.1, row.2, row.3, row.4, depends_on.0, depends_on.1, depends_on.2))
        .first(conn)
        .optional()?)
}

/// Uses the token up in one step: concurrent requests with one token all get the same successor. The access token has
/// the granted scopes, or fewer if fewer are requested.
pub fn use_up(
    write: &mut Write<'_>,
    keys: &RefreshKeys,
    token: &RefreshToken,
    asked_for: Option<Scopes>,
    epoch: i64,
) -> Result<RefreshOutcome, DbError> {
    let (now, conn) = (write.now(), write.uncached());
    let Some(row) = find(conn, &token.session, now)? else { return Ok(RefreshOutcome::Gone) };
    // Checked again in the transaction: a client that was signed out concurrently gets no new token.
    let is_over = row.ended.is_some() && ended::is_over(conn, &token.session)?;
    if is_over || row.disabled || row.epoch != epoch {
        return Ok(RefreshOutcome::Gone);
    }
    let granted = Scopes::parse(&row.scope).unwrap_or_default();
    let scopes = asked_for.unwrap_or(granted);
    let stored =
        Stored { hash: &row.hash, salt: &row.salt, generation: row.generation, made_at: row.made_at };
    let (next, made_at) = match keys.0.turn(&token.token, &stored, now) {
        Turn::Reused => return Ok(RefreshOutcome::Reused),
        Turn::Unknown => return Ok(RefreshOutcome::Gone),
        Turn::Current { .. } | Turn::Repeated(_) if !scopes.are_within(granted) => {
            return Ok(RefreshOutcome::TooMuch);
        }
        Turn::Repeated(next) => (next, row.made_at),
        Turn::Current { next, salt } => {
            let change = (
                dsl::generation.eq(next.generation),
                dsl::hash.eq(next.hash()),
                dsl::salt.eq(salt),
                dsl::made_at.eq(now),
            );
            diesel::update(refresh_tokens::table.find(token.session.as_str())).set(change).execute(conn)?;
            (next, now)
        }
    };
    let next = RefreshToken { session: token.session.clone(), token: next };
    Ok(RefreshOutcome::Next(Next { token: next, made_at, scopes }))
}

/// Removes refresh tokens of sessions that have expired.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("refresh_tokens", "expires_at"), write.now(), most)
}
