//! Half-finished sign-ins: the password was right, the second factor is still to come. One lives five minutes, works
//! once, and opens nothing by itself.

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::stages;
use crate::platform::schema::stages::dsl;

/// Seconds.
pub const LIFETIME: i64 = 5 * 60;

/// Half-finished sign-ins that one user may have; beyond it, the oldest ends.
const MAX_PER_USER: i64 = 20;

#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = stages)]
pub struct Stage {
    pub token_hash: String,
    pub user_id: i64,
    /// The user's epoch when the password was right; another epoch ends it.
    pub epoch: i64,
    /// The methods by which it began, as bits.
    pub first: i32,
    pub remember: bool,
    /// Where the visitor wanted to go.
    pub next: String,
    pub expires_at: Timestamp,
}

pub fn begin(conn: &mut Conn, stage: &Stage) -> Result<(), DbError> {
    diesel::insert_into(stages::table).values(stage).execute(conn)?;
    let newest: Vec<String> = stages::table
        .filter(dsl::user_id.eq(stage.user_id))
        .order(dsl::expires_at.desc())
        .limit(MAX_PER_USER)
        .select(dsl::token_hash)
        .load(conn)?;
    let surplus = stages::table.filter(dsl::user_id.eq(stage.user_id).and(dsl::token_hash.ne_all(newest)));
    diesel::delete(surplus).execute(conn)?;
    Ok(())
}

/// The half-finished sign-in, while it lives.
pub fn find(conn: &mut Conn, token_hash: &str, now: Timestamp) -> Result<Option<Stage>, DbError> {
    let live = stages::table.find(token_hash).filter(dsl::expires_at.gt(now));
    Ok(live.select(Stage::as_select()).first(conn).optional()?)
}

/// Ends it; false if it has ended before.
pub fn end(conn: &mut Conn, token_hash: &str) -> Result<bool, DbError> {
    Ok(diesel::delete(stages::table.find(token_hash)).execute(conn)? == 1)
}

pub fn purge(conn: &mut Conn, now: Timestamp) -> QueryResult<()> {
    diesel::delete(stages::table.filter(dsl::expires_at.le(now))).execute(conn).map(drop)
}
