//! Ended sessions, in SQL: a session recorded here stays ended, whatever happens to the store.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::ended_sessions::{self, dsl};

use super::id::Key;

/// Ending a session within this time after its id changed also ends the new one: both requests were concurrent.
const SUCCESSION_SECONDS: i64 = 60;

/// The end of a session.
pub struct End {
    pub key: Key,
    /// The key under which it continues, if only its id changed.
    pub successor: Option<Key>,
    pub at: Timestamp,
    /// Stored until the session would have expired anyway.
    pub until: Timestamp,
}

pub fn contains(conn: &mut Conn, key: &Key) -> Result<bool, DbError> {
    Ok(diesel::select(diesel::dsl::exists(ended_sessions::table.find(key.as_str()))).get_result(conn)?)
}

/// Whether the session has ended under this key and all keys that it was given since. Checked again inside a write.
pub fn is_over(conn: &mut Conn, key: &Key) -> Result<bool, DbError> {
    let mut key = key.as_str().to_owned();
    loop {
        let found = ended_sessions::table.find(&key).select(dsl::successor).first(conn).optional()?;
        match found {
            None => return Ok(false),
            Some(None) => return Ok(true),
            Some(Some(next)) => key = next,
        }
    }
}

/// The `keys` whose sessions have ended.
pub fn among(conn: &mut Conn, keys: &[Key]) -> Result<Vec<Key>, DbError> {
    let found = ended_sessions::table
        .filter(dsl::key.eq_any(keys.iter().map(Key::as_str)))
        .select(dsl::key)
        .load::<String>(conn)?;
    Ok(found.into_iter().map(Key).collect())
}

/// Stores the end unless it is stored already; returns whether this call was first.
pub fn claim(write: &mut Write<'_>, end: &End) -> Result<bool, DbError> {
    if contains(write.read(), &end.key)? {
        return Ok(false);
    }
    let row = (
        dsl::key.eq(end.key.as_str()),
        dsl::successor.eq(end.successor.as_ref().map(Key::as_str)),
        dsl::at.eq(end.at),
        dsl::until.eq(end.until),
    );
    diesel::insert_into(ended_sessions::table).values(row).execute(write.session(end.key.as_str()))?;
    Ok(true)
}

/// Stores the end of the session and of those that have just replaced it; returns all their keys.
pub fn add(write: &mut Write<'_>, end: End) -> Result<Vec<Key>, DbError> {
    let mut ended = Vec::new();
    let mut next = Some(end.key);
    while let Some(key) = next {
        next = successor(write.read(), &key, end.at)?;
        claim(write, &End { key: key.clone(), successor: None, at: end.at, until: end.until })?;
        ended.push(key);
    }
    Ok(ended)
}

fn successor(conn: &mut Conn, key: &Key, now: Timestamp) -> Result<Option<Key>, DbError> {
    let found: Option<Option<String>> = ended_sessions::table
        .find(key.as_str())
        .filter(dsl::at.gt(now - SUCCESSION_SECONDS))
        .select(dsl::successor)
        .first(conn)
        .optional()?;
    Ok(found.flatten().map(Key))
}

/// Deletes ends that are no longer needed.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("ended_sessions", "until"), write.now(), most)
}
