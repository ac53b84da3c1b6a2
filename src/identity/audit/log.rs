//! The audit trail as staff read it: filtered, the newest first, with the names of who is still there.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::audit_events;
use crate::platform::schema::audit_events::dsl;

use super::Event;
use crate::identity::accounts::directory;

/// Which events to show. Nothing set shows all.
#[derive(Clone, Default)]
pub struct Filter {
    pub event: Option<Event>,
    pub user_id: Option<i64>,
    pub actor_id: Option<i64>,
    /// From this second on.
    pub since: Option<Timestamp>,
    /// Up to before this second.
    pub until: Option<Timestamp>,
}

/// A line as it is stored.
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

/// Lines, and usernames by id.
pub type Lines = (Vec<Line>, HashMap<i64, String>);

/// At most `count` lines that fit, the newest first, from before the line `before` on.
pub fn read(conn: &mut Conn, filter: &Filter, before: Option<i64>, count: i64) -> Result<Lines, DbError> {
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
    Ok((lines, directory::names(conn, ids)?))
}
