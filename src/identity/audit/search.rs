//! Finds entries of the trail. Most entries are sign-ins and what people do to their own accounts, so the indexes by event
//! and by actor hold only the others, and a query says that it asks for these.

use std::cmp::Reverse;

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, contains};
use crate::platform::schema::audit_events::{self, dsl};

use super::event::Event;
use super::lines::{Lines, StoredEntry, with_names};

// As the indexes have it, which bound values would not fit.
const IS_SIGN_IN: &str = "event = 'signed_in'";
const IS_NO_SIGN_IN: &str = "event <> 'signed_in'";
const IS_ON_OTHERS: &str = "user_id IS DISTINCT FROM actor_id";

/// Entries that a quick search looks through.
const LOOKED_THROUGH: i64 = 5_000;

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

impl Filter {
    /// Whose acts these are: what one person did takes a search in each of two indexes.
    fn by(&self) -> Vec<By> {
        match (self.actor_id, self.user_id) {
            (None, _) => vec![By::Anyone],
            (Some(actor), None) => vec![By::Themselves(actor), By::OnOthers(actor)],
            (Some(actor), Some(user)) if actor == user => vec![By::Themselves(actor)],
            (Some(actor), Some(_)) => vec![By::OnOthers(actor)],
        }
    }
}

/// Who did what is searched for.
#[derive(Clone, Copy)]
enum By {
    Anyone,
    /// The user, to their own account.
    Themselves(i64),
    /// Someone, to another account or to none.
    OnOthers(i64),
}

/// The sign-ins of a user.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn sign_ins(user_id: i64) -> _ {
    let is_sign_in: SqlLiteral<Bool> = sql::<Bool>(IS_SIGN_IN);
    dsl::audit_events.filter(dsl::user_id.eq(user_id).and(is_sign_in))
}

pub(super) fn quick_search(
    conn: &mut Conn,
    text: &str,
    users: Vec<i64>,
    count: i64,
) -> Result<Lines, DbError> {
    let newest: Option<i64> =
        audit_events::table.select(dsl::id).order(dsl::id.desc()).first(conn).optional()?;
    let recent = dsl::id.gt(newest.unwrap_or_default() - LOOKED_THROUGH);
    let fits = dsl::address.eq(text).or(dsl::request_id.eq(text)).or(contains(dsl::subject, text));
    let fits = fits.or(dsl::user_id.eq_any(users));
    let found = audit_events::table.filter(recent).filter(fits).select(StoredEntry::as_select());
    let rows: Vec<StoredEntry> = found.order(dsl::id.desc()).limit(count).load(conn)?;
    with_names(conn, rows)
}

/// At most `count` matching entries, newest first, before the entry `before`.
pub(super) fn search(
    conn: &mut Conn,
    filter: &Filter,
    before: Option<i64>,
    count: i64,
) -> Result<Lines, DbError> {
    let mut end = None;
    if let Some(id) = before {
        // An entry that was deleted since then was older than all that are left.
        let Some(at) = at_of(conn, id)? else { return Ok(Lines::default()) };
        end = Some((at, id));
    }
    let mut rows = Vec::new();
    for by in filter.by() {
        rows.extend(find(conn, filter, by, end, count)?);
    }
    rows.sort_unstable_by_key(|row| Reverse((row.at, row.id)));
    rows.truncate(count as usize);
    with_names(conn, rows)
}

fn find(
    conn: &mut Conn,
    filter: &Filter,
    by: By,
    end: Option<(Timestamp, i64)>,
    count: i64,
) -> Result<Vec<StoredEntry>, DbError> {
    let mut query = audit_events::table.select(StoredEntry::as_select()).into_boxed();
    query = match by {
        By::Anyone => query,
        By::Themselves(id) => query.filter(dsl::user_id.eq(id).and(dsl::actor_id.eq(id))),
        By::OnOthers(id) => query.filter(dsl::actor_id.eq(id).and(sql::<Bool>(IS_ON_OTHERS))),
    };
    query = match filter.event {
        None => query,
        Some(Event::SignedIn) => query.filter(sql::<Bool>(IS_SIGN_IN)),
        Some(event) => query.filter(dsl::event.eq(event.code()).and(sql::<Bool>(IS_NO_SIGN_IN))),
    };
    if let Some(id) = filter.user_id {
        query = query.filter(dsl::user_id.eq(id));
    }
    if let Some(since) = filter.since {
        query = query.filter(dsl::at.ge(since));
    }
    if let Some(until) = filter.until {
        query = query.filter(dsl::at.lt(until));
    }
    if let Some((at, id)) = end {
        query = query.filter(dsl::at.le(at).and(dsl::at.lt(at).or(dsl::id.lt(id))));
    }
    Ok(query.order((dsl::at.desc(), dsl::id.desc())).limit(count).load(conn)?)
}

/// The time of an entry.
fn at_of(conn: &mut Conn, id: i64) -> Result<Option<Timestamp>, DbError> {
    Ok(audit_events::table.find(id).select(dsl::at).first(conn).optional()?)
}
