//! Entries of the trail as they are read.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::{audit_events, audit_repeats, users};

use super::repeats::Repeats;

/// A stored entry.
#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_events)]
pub struct StoredEntry {
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

/// A stored entry, and how often it has happened.
pub struct Line {
    pub entry: StoredEntry,
    pub repeats: Repeats,
}

/// Entries, and usernames by id; deleted users are left out.
pub type Lines = (Vec<Line>, HashMap<i64, String>);

/// The entries, and who is in them.
pub(super) fn with_names(conn: &mut Conn, rows: Vec<StoredEntry>) -> Result<Lines, DbError> {
    let lines = lines(conn, rows)?;
    let mut ids: Vec<i64> =
        lines.iter().flat_map(|line| [line.entry.user_id, line.entry.actor_id]).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Vec<(i64, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::username)).load(conn)?;
    Ok((lines, names.into_iter().collect()))
}

/// The rows with their counts.
pub(super) fn lines(conn: &mut Conn, rows: Vec<StoredEntry>) -> Result<Vec<Line>, DbError> {
    let of: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let counted: Vec<(i64, i64, Timestamp)> = audit_repeats::table
        .filter(audit_repeats::event_id.eq_any(of))
        .select((audit_repeats::event_id, audit_repeats::count, audit_repeats::last_at))
        .load(conn)?;
    let counted: HashMap<i64, Repeats> =
        counted.into_iter().map(|(id, count, last_at)| (id, Repeats { count, last_at })).collect();
    let line = |entry: StoredEntry| Line {
        repeats: counted.get(&entry.id).copied().unwrap_or(Repeats::once(entry.at)),
        entry,
    };
    Ok(rows.into_iter().map(line).collect())
}
