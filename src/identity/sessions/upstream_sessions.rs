//! The sessions at other providers that sessions here began with. When one ends there, so does the one here.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::upstream_sessions::{self, dsl};

use super::id::Key;
use super::provider_methods::ProviderMethods;

/// How a provider has signed a person in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpstreamSession {
    /// The provider's name in the settings.
    pub provider: String,
    pub issuer: String,
    pub subject: String,
    /// The provider's name of the session, if it has one.
    pub sid: Option<String>,
    /// When the person last authenticated there, if the provider has signed that.
    pub auth_time: Option<Timestamp>,
    /// How, if the provider says.
    #[serde(default)]
    pub amr: ProviderMethods,
    /// The number of the provider's last end when it was asked who is there.
    #[serde(default)]
    pub ends_seen: i64,
}

/// Which sessions at a provider have ended.
#[derive(Clone, Debug)]
pub struct UpstreamEnd {
    pub issuer: String,
    /// All of this person.
    pub subject: Option<String>,
    /// Or this one alone.
    pub sid: Option<String>,
}

pub(in crate::identity) fn add(
    write: &mut Write<'_>,
    (session, user_id): (&Key, i64),
    upstream: &UpstreamSession,
    until: Timestamp,
) -> Result<(), DbError> {
    let row = (
        dsl::session_key.eq(session.as_str()),
        dsl::user_id.eq(user_id),
        dsl::provider.eq(&upstream.provider),
        dsl::issuer.eq(&upstream.issuer),
        dsl::subject.eq(&upstream.subject),
        dsl::sid.eq(&upstream.sid),
        dsl::expires_at.eq(until),
    );
    diesel::insert_into(upstream_sessions::table).values(row).execute(write.uncached())?;
    Ok(())
}

/// The sessions here that began with one of those, and their users.
pub(in crate::identity) fn of(conn: &mut Conn, end: &UpstreamEnd) -> Result<Vec<(Key, i64)>, DbError> {
    let mut found = upstream_sessions::table.filter(dsl::issuer.eq(&end.issuer)).into_boxed();
    match (&end.sid, &end.subject) {
        (None, None) => return Ok(Vec::new()),
        (Some(sid), None) => found = found.filter(dsl::sid.eq(sid.clone())),
        (None, Some(subject)) => found = found.filter(dsl::subject.eq(subject.clone())),
        (Some(sid), Some(subject)) => {
            found = found.filter(dsl::sid.eq(sid.clone()).and(dsl::subject.eq(subject.clone())));
        }
    }
    let rows: Vec<(String, i64)> = found.select((dsl::session_key, dsl::user_id)).load(conn)?;
    Ok(rows.iter().filter_map(|(key, user_id)| Some((Key::parse(key)?, *user_id))).collect())
}

/// The person has authenticated at the provider again: from then on the session there may have another name.
pub(in crate::identity) fn renew(
    write: &mut Write<'_>,
    session: &Key,
    upstream: &UpstreamSession,
) -> Result<(), DbError> {
    let begun_there = dsl::issuer.eq(&upstream.issuer).and(dsl::subject.eq(&upstream.subject));
    let row = upstream_sessions::table.find(session.as_str()).filter(begun_there);
    diesel::update(row).set(dsl::sid.eq(&upstream.sid)).execute(write.uncached())?;
    Ok(())
}

/// A session continues under another key.
pub(in crate::identity) fn move_session(write: &mut Write<'_>, from: &str, to: &str) -> Result<(), DbError> {
    if from != to {
        let row = upstream_sessions::table.find(from);
        diesel::update(row).set(dsl::session_key.eq(to)).execute(write.uncached())?;
    }
    Ok(())
}

pub(in crate::identity) fn forget(write: &mut Write<'_>, keys: &[String]) -> Result<(), DbError> {
    let ended = upstream_sessions::table.filter(dsl::session_key.eq_any(keys));
    diesel::delete(ended).execute(write.uncached())?;
    Ok(())
}

/// Deletes those of sessions that have expired.
pub(in crate::identity) fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("upstream_sessions", "expires_at"), write.now(), most)
}
