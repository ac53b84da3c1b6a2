//! Reads the audit trail, for owners of accounts and for staff.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, Db, DbError};
use crate::platform::schema::audit_events::{self, dsl};
use crate::platform::schema::users;

use super::event::Event;

/// An entry of an account's own trail.
pub struct Recorded {
    pub event: Event,
    pub at: Timestamp,
    /// Another member caused it, so the address and device are that member's and not shown to the owner.
    pub by_other: bool,
    pub subject: String,
    pub address: String,
    pub device: String,
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

/// A stored entry.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = audit_events)]
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

    /// Deletes entries older than the retention time.
    pub(in crate::identity) fn purge(conn: &mut Conn, now: Timestamp, retention: i64) -> Result<(), DbError> {
        diesel::delete(dsl::audit_events.filter(dsl::at.lt(now - retention))).execute(conn)?;
        Ok(())
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
    type Selected = (String, Timestamp, Option<i64>, String, String, String);
    let rows: Vec<Selected> = dsl::audit_events
        .filter(dsl::user_id.eq(user_id))
        .order(dsl::id.desc())
        .limit(count)
        .select((dsl::event, dsl::at, dsl::actor_id, dsl::subject, dsl::address, dsl::device))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(code, at, actor, subject, address, device)| {
        let by_other = actor.is_some_and(|actor| actor != user_id);
        Some(Recorded { event: Event::parse(&code)?, at, by_other, subject, address, device })
    });
    Ok(known.collect())
}

fn search(conn: &mut Conn, filter: &Filter, before: Option<i64>, count: i64) -> Result<Lines, DbError> {
    let mut query = audit_events::table.select(Line::as_select()).into_boxed();
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
    let lines: Vec<Line> = query.order(dsl::id.desc()).limit(count).load(conn)?;
    let mut ids: Vec<i64> = lines.iter().flat_map(|line| [line.user_id, line.actor_id]).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Vec<(i64, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::username)).load(conn)?;
    Ok((lines, names.into_iter().collect()))
}
