//! API tokens: named, scoped, made by a user for a program, and gone with whatever takes the user's password away.

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::api_tokens;
use crate::platform::schema::api_tokens::dsl;

use crate::identity::accounts::scope::Scopes;

use super::text::TokenHash;

/// Tokens that one user may have at once.
pub const MAX_PER_USER: usize = 50;

/// A token as it is kept in memory with its user: what decides whether it is good, and for what.
#[derive(Clone, Copy, Debug)]
pub struct HeldToken {
    pub id: i64,
    pub scopes: Scopes,
    pub(super) expires_at: Option<Timestamp>,
}

impl HeldToken {
    pub fn is_timely(&self, now: Timestamp) -> bool {
        is_timely(self.expires_at, now)
    }
}

/// A token as its owner sees it.
#[derive(Clone, Debug)]
pub struct ListedToken {
    pub id: i64,
    pub name: String,
    pub scopes: Scopes,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

impl ListedToken {
    pub fn is_timely(&self, now: Timestamp) -> bool {
        is_timely(self.expires_at, now)
    }
}

fn is_timely(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_none_or(|until| now < until)
}

/// A new row, but for its id.
#[derive(Insertable)]
#[diesel(table_name = api_tokens)]
pub(super) struct Row<'a> {
    pub(super) user_id: i64,
    pub(super) hash: String,
    pub(super) name: &'a str,
    pub(super) scope: String,
    pub(super) by_password: bool,
    pub(super) created_at: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
}

/// The tokens of a user, for the near cache.
pub fn held_by(conn: &mut Conn, user_id: i64) -> Result<Vec<HeldToken>, DbError> {
    let rows: Vec<(i64, String, Option<Timestamp>)> = api_tokens::table
        .filter(dsl::user_id.eq(user_id))
        .select((dsl::id, dsl::scope, dsl::expires_at))
        .load(conn)?;
    let held =
        rows.into_iter().map(|(id, scope, expires_at)| HeldToken { id, scopes: read(&scope), expires_at });
    Ok(held.collect())
}

/// The tokens of a user, the newest first.
pub fn of_user(conn: &mut Conn, user_id: i64) -> Result<Vec<ListedToken>, DbError> {
    type Row = (i64, String, String, Timestamp, Option<Timestamp>, Option<Timestamp>);
    let rows: Vec<Row> = api_tokens::table
        .filter(dsl::user_id.eq(user_id))
        .order(dsl::id.desc())
        .select((dsl::id, dsl::name, dsl::scope, dsl::created_at, dsl::expires_at, dsl::last_used_at))
        .load(conn)?;
    let listed = rows.into_iter().map(|(id, name, scope, created_at, expires_at, last_used_at)| {
        let scopes = read(&scope);
        ListedToken { id, name, scopes, created_at, expires_at, last_used_at }
    });
    Ok(listed.collect())
}

/// The id of a token, of its user, and when it was used last.
pub(super) fn find(
    conn: &mut Conn,
    hash: &TokenHash,
) -> Result<Option<(i64, i64, Option<Timestamp>)>, DbError> {
    let row = api_tokens::table.filter(dsl::hash.eq(super::text::stored(hash)));
    Ok(row.select((dsl::id, dsl::user_id, dsl::last_used_at)).first(conn).optional()?)
}

/// Deletes a user's token; its name, or none if they have no such token.
pub fn delete(conn: &mut Conn, user_id: i64, id: i64) -> Result<Option<String>, DbError> {
    let own = api_tokens::table.filter(dsl::id.eq(id).and(dsl::user_id.eq(user_id)));
    Ok(diesel::delete(own).returning(dsl::name).get_result(conn).optional()?)
}

/// Deletes every token of a user.
pub fn delete_all(conn: &mut Conn, user_id: i64) -> Result<(), DbError> {
    diesel::delete(api_tokens::table.filter(dsl::user_id.eq(user_id))).execute(conn)?;
    Ok(())
}

/// Notes when tokens were used last.
pub(super) fn note_uses(conn: &mut Conn, uses: &[(i64, Timestamp)]) -> Result<(), DbError> {
    for (id, at) in uses {
        let earlier = dsl::last_used_at.is_null().or(dsl::last_used_at.lt(at));
        let token = api_tokens::table.find(id).filter(earlier);
        diesel::update(token).set(dsl::last_used_at.eq(at)).execute(conn)?;
    }
    Ok(())
}

/// Whatever stands in the table, no token is for what only a session may do.
fn read(scope: &str) -> Scopes {
    let scopes = Scopes::parse(scope).unwrap_or_default();
    scopes.iter().filter(|scope| scope.is_for_api_tokens()).collect()
}
