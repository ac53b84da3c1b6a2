//! Reads the audit trail, for owners of accounts and for staff.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, Db, DbError, contains, delete_until};
use crate::platform::schema::audit_events::{self, dsl};
use crate::platform::schema::{audit_repeats, users};

use super::daily::{self, Counter, DailyCounts, Tally};
use super::event::Event;
use super::repeats::{self, Repeats};

/// Entries that a quick search looks through.
const LOOKED_THROUGH: i64 = 5_000;

/// An entry of an account's own trail.
pub struct Recorded {
    pub event: Event,
    pub at: Timestamp,
    /// Another member caused it, so the address and device are that member's and not shown to the owner.
    pub by_other: bool,
    pub subject: String,
    pub address: String,
    pub device: String,
    pub repeats: Repeats,
}

/// Latest sign-ins that are looked through for a known place: most are known by the first few, and a program that has signed
/// in thousands of times elsewhere since is new here.
const FEW_SIGN_INS: i64 = 20;
const MANY_SIGN_INS: i64 = 1_000;

/// Which events to show. An empty filter shows all.
#[derive(Clone, Default)]
pub struct Filter {
    pub event: Option<Event>,
    pub user_id: Option<i64>,
    pub actor_id: Option<i64>,
    /// From this second on, inclusive.
    pub since: Option<Timestamp>,
    /// Up to this second, exclusive.
    pub until: Option<Timestamp>,
}

/// A stored entry, as a row.
#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_events)]
struct Row {
    id: i64,
    at: Timestamp,
    event: String,
    user_id: Option<i64>,
    actor_id: Option<i64>,
    address: String,
    device: String,
    request_id: String,
    subject: String,
}

/// A stored entry.
#[derive(Clone)]
pub struct Line {
    pub id: i64,
    pub at: Timestamp,
    pub event: String,
    pub user_id: Option<i64>,
    pub actor_id: Option<i64>,
    pub address: String,
    pub device: String,
    pub request_id: String,
    pub subject: String,
    pub repeats: Repeats,
}

/// Entries, and usernames by id; deleted users are left out.
pub type Lines = (Vec<Line>, HashMap<i64, String>);

/// Reads the trail, and deletes entries older than the retention time.
pub struct AuditLog {
    db: Db,
    /// Seconds.
    retention: i64,
    tally: Arc<Tally>,
}

impl AuditLog {
    pub fn new(db: Db, retention: i64, tally: Arc<Tally>) -> Self {
        Self { db, retention, tally }
    }

    /// The latest events of one account, newest first.
    pub async fn latest(&self, user_id: i64, count: i64) -> Result<Vec<Recorded>, DbError> {
        self.db.run(move |conn| latest(conn, user_id, count)).await
    }

    /// At most `count` matching entries, newest first, before the entry `before`.
    pub async fn search(&self, filter: Filter, before: Option<i64>, count: i64) -> Result<Lines, DbError> {
        self.db.search(move |conn| search(conn, &filter, before, count)).await
    }

    /// Counts a sign-in that was refused after too many failures.
    pub(in crate::identity) fn count_refused(&self, at: Timestamp) {
        self.tally.count(at, Counter::SignInRefused);
    }

    /// What was counted and is not stored yet.
    pub(in crate::identity) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What was counted on the last `days` days, the oldest first, today included.
    pub async fn daily(&self, days: i64, now: Timestamp) -> Result<Vec<DailyCounts>, DbError> {
        self.db.run(move |conn| daily::last(conn, days, now)).await
    }

    /// At most `count` recent entries of these users, or with this address, request id or subject, newest first. Only the
    /// newest entries are looked through, so that the cost does not grow with the trail.
    pub async fn quick_search(&self, text: String, users: Vec<i64>, count: i64) -> Result<Lines, DbError> {
        self.db.run(move |conn| quick_search(conn, &text, users, count)).await
    }

    /// Whether the user has signed in at most once.
    pub async fn is_first_sign_in(&self, user_id: i64) -> Result<bool, DbError> {
        let two = move |conn: &mut Conn| {
            Ok::<Vec<i64>, DbError>(sign_ins(user_id).limit(2).select(dsl::id).load(conn)?)
        };
        Ok(self.db.run(two).await?.len() <= 1)
    }

    /// Whether one of the user's latest sign-ins since then was with this device and from an address that `is_here`. It
    /// stops at the first such.
    pub async fn has_signed_in_from(
        &self,
        user_id: i64,
        device: String,
        since: Timestamp,
        is_here: impl Fn(&str) -> bool + Send + 'static,
    ) -> Result<bool, DbError> {
        let read = move |conn: &mut Conn| {
            for latest in [FEW_SIGN_INS, MANY_SIGN_INS] {
                let seen: Vec<(String, String)> = sign_ins(user_id)
                    .filter(dsl::at.ge(since))
                    .order(dsl::at.desc())
                    .limit(latest)
                    .select((dsl::device, dsl::address))
                    .load(conn)?;
                if seen.iter().any(|(with, from)| *with == device && is_here(from)) {
                    return Ok(true);
                }
            }
            Ok::<_, DbError>(false)
        };
        self.db.run(read).await
    }

    /// Deletes at most `most` entries older than the retention time; returns how many.
    pub(in crate::identity) fn purge(
        conn: &mut Conn,
        now: Timestamp,
        retention: i64,
        most: i64,
    ) -> Result<usize, DbError> {
        let since = now - retention;
        let entries = delete_until(conn, ("audit_events", "at"), since - 1, most)?;
        Ok(entries + repeats::purge(conn, since, most)?)
    }

    /// The time of the entry that was added last.
    pub(in crate::identity) fn newest(conn: &mut Conn) -> Result<Option<Timestamp>, DbError> {
        Ok(dsl::audit_events.order(dsl::id.desc()).select(dsl::at).first(conn).optional()?)
    }

    pub fn retention(&self) -> i64 {
        self.retention
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn sign_ins(user_id: i64) -> _ {
    // As its index has it, which a bound value would not fit.
    let signed_in: SqlLiteral<Bool> = sql::<Bool>("event = 'signed_in'");
    dsl::audit_events.filter(dsl::user_id.eq(user_id).and(signed_in))
}

fn latest(conn: &mut Conn, user_id: i64, count: i64) -> Result<Vec<Recorded>, DbError> {
    let own = audit_events::table.filter(dsl::user_id.eq(user_id));
    let own = own.order((dsl::at.desc(), dsl::id.desc())).limit(count);
    let rows: Vec<Row> = own.select(Row::as_select()).load(conn)?;
    let known = lines(conn, rows)?.into_iter().filter_map(|line| {
        let by_other = line.actor_id.is_some_and(|actor| actor != user_id);
        let Line { at, subject, address, device, repeats, .. } = line;
        Some(Recorded { event: Event::parse(&line.event)?, at, by_other, subject, address, device, repeats })
    });
    Ok(known.collect())
}

fn quick_search(conn: &mut Conn, text: &str, users: Vec<i64>, count: i64) -> Result<Lines, DbError> {
    let newest: Option<i64> =
        audit_events::table.select(dsl::id).order(dsl::id.desc()).first(conn).optional()?;
    let recent = dsl::id.gt(newest.unwrap_or_default() - LOOKED_THROUGH);
    let fits = dsl::address.eq(text).or(dsl::request_id.eq(text)).or(contains(dsl::subject, text));
    let fits = fits.or(dsl::user_id.eq_any(users));
    let found = audit_events::table.filter(recent).filter(fits).select(Row::as_select());
    let rows: Vec<Row> = found.order(dsl::id.desc()).limit(count).load(conn)?;
    with_names(conn, rows)
}

fn search(conn: &mut Conn, filter: &Filter, before: Option<i64>, count: i64) -> Result<Lines, DbError> {
    let mut query = audit_events::table.select(Row::as_select()).into_boxed();
    if let Some(event) = filter.event {
        query = query.filter(dsl::event.eq(event.code()));
    }
    if let Some(id) = filter.user_id {
        query = query.filter(dsl::user_id.eq(id));
    }
    if let Some(id) = filter.actor_id {
        query = query.filter(dsl::actor_id.eq(id));
    }
    if let Some(since) = filter.since {
        query = query.filter(dsl::at.ge(since));
    }
    if let Some(until) = filter.until {
        query = query.filter(dsl::at.lt(until));
    }
    if let Some(before) = before {
        // An entry that was deleted since then was older than all that are left.
        let Some(at) = at_of(conn, before)? else { return Ok(Lines::default()) };
        query = query.filter(dsl::at.le(at).and(dsl::at.lt(at).or(dsl::id.lt(before))));
    }
    let rows: Vec<Row> = query.order((dsl::at.desc(), dsl::id.desc())).limit(count).load(conn)?;
    with_names(conn, rows)
}

/// The entries, and who is in them.
fn with_names(conn: &mut Conn, rows: Vec<Row>) -> Result<Lines, DbError> {
    let lines = lines(conn, rows)?;
    let mut ids: Vec<i64> = lines.iter().flat_map(|line| [line.user_id, line.actor_id]).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Vec<(i64, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::username)).load(conn)?;
    Ok((lines, names.into_iter().collect()))
}

/// The time of an entry.
fn at_of(conn: &mut Conn, id: i64) -> Result<Option<Timestamp>, DbError> {
    Ok(audit_events::table.find(id).select(dsl::at).first(conn).optional()?)
}

/// The rows with their counts.
fn lines(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Line>, DbError> {
    let of: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let counted: Vec<(i64, i64, Timestamp)> = audit_repeats::table
        .filter(audit_repeats::event_id.eq_any(of))
        .select((audit_repeats::event_id, audit_repeats::count, audit_repeats::last_at))
        .load(conn)?;
    let counted: HashMap<i64, Repeats> =
        counted.into_iter().map(|(id, count, last_at)| (id, Repeats { count, last_at })).collect();
    let line = |row: Row| Line {
        repeats: counted.get(&row.id).copied().unwrap_or(Repeats::once(row.at)),
        id: row.id,
        at: row.at,
        event: row.event,
        user_id: row.user_id,
        actor_id: row.actor_id,
        address: row.address,
        device: row.device,
        request_id: row.request_id,
        subject: row.subject,
    };
    Ok(rows.into_iter().map(line).collect())
}
