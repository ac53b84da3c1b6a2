//! The ends of sessions, in SQL: what is written here stays ended, whatever becomes of the store.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::schema::ended_sessions::{self, dsl};

use super::Key;

pub fn contains(conn: &mut Conn, key: &Key) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(ended_sessions::table.find(key.as_str()))).get_result(conn)
}

/// Those of `keys` that have ended.
pub fn among(conn: &mut Conn, keys: &[Key]) -> QueryResult<Vec<Key>> {
    let found = ended_sessions::table
        .filter(dsl::key.eq_any(keys.iter().map(Key::as_str)))
        .select(dsl::key)
        .load::<String>(conn)?;
    Ok(found.into_iter().map(Key).collect())
}

/// Notes an end, to be kept `until` the session could not live any more anyway.
pub fn add(conn: &mut Conn, key: &Key, until: Timestamp) -> QueryResult<()> {
    if contains(conn, key)? {
        return Ok(());
    }
    diesel::insert_into(ended_sessions::table)
        .values((dsl::key.eq(key.as_str()), dsl::until.eq(until)))
        .execute(conn)?;
    Ok(())
}

/// Forgets the ends that nobody needs any more.
pub fn purge(conn: &mut Conn, now: Timestamp) -> QueryResult<()> {
    diesel::delete(ended_sessions::table.filter(dsl::until.le(now))).execute(conn)?;
    Ok(())
}
