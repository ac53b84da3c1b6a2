//! Which sessions at other providers have ended a short while ago: a sign-in that was under way then starts none here.
//!
//! Each end has a number, higher than those of the provider before. A sign-in notes the highest one before it asks the
//! provider who is there, so clocks do not matter.

use diesel::dsl::max;
use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::{LEEWAY, Timestamp};
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::fingerprint;
use crate::platform::schema::upstream_logouts::{self, dsl};

use super::upstream_sessions::{UpstreamEnd, UpstreamSession};

/// Seconds for which an end is stored: longer than any sign-in takes.
const STORED: i64 = 60 * 60 + 2 * LEEWAY;

/// The name of the row of a provider, or of what has ended there.
fn row(provider: &str, kind: &str, ended: (&str, &str)) -> String {
    fingerprint(&format!("end {provider} {kind} {} {}", ended.0, ended.1))
}

/// The highest number of these. It stands in the column of the time at which the row is deleted, and is no earlier.
fn highest(conn: &mut Conn, names: &[String], now: Timestamp) -> Result<i64, DbError> {
    let rows = upstream_logouts::table.filter(dsl::jti_hash.eq_any(names).and(dsl::expires_at.gt(now)));
    let found: Option<i64> = rows.select(max(dsl::expires_at)).first(conn)?;
    Ok(found.unwrap_or_default())
}

/// The number of the provider's last end.
pub(in crate::identity) fn last(conn: &mut Conn, provider: &str, now: Timestamp) -> Result<i64, DbError> {
    highest(conn, &[row(provider, "any", ("", ""))], now)
}

/// Notes an end. Writes of one provider's ends take turns.
pub(in crate::identity) fn add(
    write: &mut Write<'_>,
    provider: &str,
    end: &UpstreamEnd,
) -> Result<(), DbError> {
    let now = write.now();
    let number = (now + STORED).max(last(write.read(), provider, now)? + 1);
    let (kind, of) = match &end.sid {
        Some(sid) => ("session", sid.as_str()),
        None => ("person", end.subject.as_deref().unwrap_or_default()),
    };
    let names = [row(provider, "any", ("", "")), row(provider, kind, (&end.issuer, of))];
    let conn = write.uncached();
    diesel::delete(upstream_logouts::table.filter(dsl::jti_hash.eq_any(&names))).execute(conn)?;
    for name in names {
        let row = (dsl::jti_hash.eq(name), dsl::expires_at.eq(number));
        diesel::insert_into(upstream_logouts::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Whether the session there has ended since the provider was asked who is there.
pub(in crate::identity) fn is_over(
    conn: &mut Conn,
    upstream: &UpstreamSession,
    now: Timestamp,
) -> Result<bool, DbError> {
    let of = |kind: &str, of: &str| row(&upstream.provider, kind, (&upstream.issuer, of));
    let sid = upstream.sid.as_deref().unwrap_or_default();
    let names = [of("person", &upstream.subject), of("session", sid)];
    Ok(highest(conn, &names, now)? > upstream.ends_seen)
}
