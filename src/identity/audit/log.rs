//! Reads the audit trail, for owners of accounts and for staff.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, Db, DbError, delete_until};
use crate::platform::schema::audit_events::{self, dsl};
use crate::platform::schema::{audit_repeats, users};

use super::event::Event;
use super::repeats::{self, Repeats};

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
}

impl AuditLog {
    pub fn new(db: Db, retention: i64) -> Self {
        Self { db, retention }
    }

    /// The latest events of one account, newest first.
    pub async fn latest(&self, user_id: i64, count: i64) -> Result<Vec<Recorded>, DbError> {
        self.db.run(move |conn| latest(conn, user_id, count)).await
    }

    /// At most `count` matching entries, newest first, before the entry `before`.
    pub async fn search(&self, filter: Filter, before: Option<i64>, count: i64) -> Result<Lines, DbError> {
        self.db.run(move |conn| search(conn, &filter, before, count)).await
    }

    /// Whether the user has signed in at most once.
    pub async fn is_first_sign_in(&self, user_id: i64) -> Result<bool, DbError> {
        let count = move |conn: &mut Conn| Ok::<i64, DbError>(sign_ins(user_id).count().get_result(conn)?);
        Ok(self.db.run(count).await? <= 1)
    }

    /// The addresses from which a user has signed in with this kind of device since then.
    pub async fn sign_in_addresses(
        &self,
        user_id: i64,
        device: String,
        since: Timestamp,
    ) -> Result<Vec<String>, DbError> {
        let read = move |conn: &mut Conn| {
            let fitting = sign_ins(user_id).filter(dsl::device.eq(device).and(dsl::at.ge(since)));
            Ok::<_, DbError>(fitting.select(dsl::address).distinct().load(conn)?)
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

    pub(in crate::identity) fn retention(&self) -> i64 {
        self.retention
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn sign_ins(user_id: i64) -> _ {
    let code: &'static str = "signed_in";
    dsl::audit_events.filter(dsl::user_id.eq(user_id).and(dsl::event.eq(code)))
}

fn latest(conn: &mut Conn, user_id: i64, count: i64) -> Result<Vec<Recorded>, DbError> {
    let own = audit_events::table.filter(dsl::user_id.eq(user_id)).order(dsl::id.desc()).limit(count);
    let rows: Vec<Row> = own.select(Row::as_select()).load(conn)?;
    let known = lines(conn, rows)?.into_iter().filter_map(|line| {
        let by_other = line.actor_id.is_some_and(|actor| actor != user_id);
        let Line { at, subject, address, device, repeats, .. } = line;
        Some(Recorded { event: Event::parse(&line.event)?, at, by_other, subject, address, device, repeats })
    });
    Ok(known.collect())
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
        query = query.filter(dsl::id.lt(before));
    }
    let rows: Vec<Row> = query.order(dsl::id.desc()).limit(count).load(conn)?;
    let lines = lines(conn, rows)?;
    let mut ids: Vec<i64> = lines.iter().flat_map(|line| [line.user_id, line.actor_id]).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Vec<(i64, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::username)).load(conn)?;
    Ok((lines, names.into_iter().collect()))
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
