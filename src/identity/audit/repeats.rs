//! Repeated failures: those of one client on one account within an hour are one entry of the trail with a count, so that
//! no client fills it. The count stands beside the entry, which is never rewritten.

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, delete_until};
use crate::platform::schema::audit_repeats::{self, dsl};

use super::client::Client;
use super::event::Event;

/// Seconds from an entry's first failure within which it counts further ones.
const PERIOD: i64 = 3600;

/// How often what an entry records has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    pub count: i64,
    pub last_at: Timestamp,
}

impl Repeats {
    pub(super) fn once(at: Timestamp) -> Self {
        Self { count: 1, last_at: at }
    }
}

/// What repeats have in common. A client is who shares a rate limit: it may choose its browser and, within an IPv6
/// network, its address.
pub(super) fn source(event: Event, user_id: Option<i64>, client: &Client) -> String {
    let user = user_id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    format!("{} {user} {}", event.code(), client.rate_limit_subject())
}

/// Counts a failure with the current entry of this source; false if there is none.
pub(super) fn count(conn: &mut Conn, source: &str, now: Timestamp) -> Result<bool, DbError> {
    // An entry from the future, by a wrong clock, counts no failures.
    let current = dsl::at.gt(now - PERIOD).and(dsl::at.le(now));
    let newest = audit_repeats::table.filter(dsl::source.eq(source).and(current)).order(dsl::at.desc());
    let Some(id) = newest.select(dsl::event_id).first::<i64>(conn).optional()? else { return Ok(false) };
    let counted = (dsl::count.eq(dsl::count + 1), dsl::last_at.eq(now));
    Ok(diesel::update(audit_repeats::table.find(id)).set(counted).execute(conn)? == 1)
}

/// Counts the failure of a new entry.
pub(super) fn begin(conn: &mut Conn, event_id: i64, source: &str, at: Timestamp) -> Result<(), DbError> {
    let first = (
        dsl::event_id.eq(event_id),
        dsl::source.eq(source),
        dsl::at.eq(at),
        dsl::count.eq(1),
        dsl::last_at.eq(at),
    );
    diesel::insert_into(audit_repeats::table).values(first).execute(conn)?;
    Ok(())
}

/// Deletes the counts of entries from before `since`.
pub(super) fn purge(conn: &mut Conn, since: Timestamp, most: i64) -> Result<usize, DbError> {
    delete_until(conn, ("audit_repeats", "at"), since - 1, most)
}
