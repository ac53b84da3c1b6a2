//! Reads the audit trail, for owners of accounts and for staff.

use std::sync::Arc;

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, Db, DbError, delete_until};
use crate::platform::schema::audit_events::{self, dsl};

use super::daily::{self, Counter, DailyCounts, Tally};
use super::event::Event;
use super::lines::{Line, Lines, StoredEntry, lines};
use super::repeats::{self, Repeats};
use super::search::{Filter, quick_search, search, sign_ins};

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

fn latest(conn: &mut Conn, user_id: i64, count: i64) -> Result<Vec<Recorded>, DbError> {
    let own = audit_events::table.filter(dsl::user_id.eq(user_id));
    let own = own.order((dsl::at.desc(), dsl::id.desc())).limit(count);
    let rows: Vec<StoredEntry> = own.select(StoredEntry::as_select()).load(conn)?;
    let known = lines(conn, rows)?.into_iter().filter_map(|line| {
        let Line { entry: StoredEntry { event, at, actor_id, subject, address, device, .. }, repeats } = line;
        let by_other = actor_id.is_some_and(|actor| actor != user_id);
        Some(Recorded { event: Event::parse(&event)?, at, by_other, subject, address, device, repeats })
    });
    Ok(known.collect())
}
