//! API tokens as rows.

use diesel::prelude::*;

use crate::identity::accounts::Scopes;
use crate::identity::sessions::by_time;
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::api_tokens::{self, dsl};

use super::text::{TokenHash, stored};

/// Tokens per user.
pub const MAX_PER_USER: usize = 50;

/// A token as shown to its owner.
#[derive(Clone, Debug)]
pub struct ListedToken {
    pub id: i64,
    pub name: String,
    pub scopes: Scopes,
    /// A program got it for a name and a password.
    pub by_password: bool,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

impl ListedToken {
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|until| now < until)
    }
}

/// A new row, except for its id.
#[derive(Insertable)]
#[diesel(table_name = api_tokens)]
pub(super) struct ApiTokenRow<'a> {
    pub(super) user_id: i64,
    pub(super) hash: String,
    pub(super) name: &'a str,
    pub(super) scope: String,
    pub(super) by_password: bool,
    pub(super) created_at: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
}

/// The user's tokens, newest first.
pub fn of_user(conn: &mut Conn, user_id: i64) -> Result<Vec<ListedToken>, DbError> {
    type Row = (i64, String, String, bool, Timestamp, Option<Timestamp>, Option<Timestamp>);
    let rows: Vec<Row> = api_tokens::table
        .filter(dsl::user_id.eq(user_id))
        .order(dsl::id.desc())
        .select((
            dsl::id,
            dsl::name,
            dsl::scope,
            dsl::by_password,
            dsl::created_at,
            dsl::expires_at,
            dsl::last_used_at,
        ))
        .load(conn)?;
    let listed =
        rows.into_iter().map(|(id, name, scope, by_password, created_at, expires_at, last_used_at)| {
            let scopes = Scopes::of_api_token(&scope);
            ListedToken { id, name, scopes, by_password, created_at, expires_at, last_used_at }
        });
    Ok(listed.collect())
}

/// The id and user of a token, and when it was last used.
pub(super) fn find(
    conn: &mut Conn,
    hash: &TokenHash,
) -> Result<Option<(i64, i64, Option<Timestamp>)>, DbError> {
    let row = api_tokens::table.filter(dsl::hash.eq(stored(hash)));
    Ok(row.select((dsl::id, dsl::user_id, dsl::last_used_at)).first(conn).optional()?)
}

/// Deletes a user's token; returns its name, or none if the user has no such token.
pub fn delete(write: &mut Write<'_>, user_id: i64, id: i64) -> Result<Option<String>, DbError> {
    let own = api_tokens::table.filter(dsl::id.eq(id).and(dsl::user_id.eq(user_id)));
    Ok(diesel::delete(own).returning(dsl::name).get_result(write.user(user_id)).optional()?)
}

/// Gives an expiry to at most `most` tokens for a name and a password that have none; returns how many.
pub(super) fn limit_lifetimes(write: &mut Write<'_>, lifetime: i64, most: i64) -> Result<usize, DbError> {
    let unlimited = dsl::by_password.and(dsl::expires_at.is_null());
    let unlimited = api_tokens::table.filter(unlimited).limit(most).select((dsl::id, dsl::user_id));
    let found: Vec<(i64, i64)> = unlimited.load(write.read())?;
    let expires_at = dsl::expires_at.eq(write.now() + lifetime);
    for (id, user_id) in &found {
        diesel::update(api_tokens::table.find(id)).set(expires_at).execute(write.user(*user_id))?;
    }
    Ok(found.len())
}

/// Stores when tokens were last used.
pub(super) fn store_uses(write: &mut Write<'_>, uses: &[(i64, Timestamp)]) -> Result<(), DbError> {
    for (at, ids) in by_time(uses.iter().copied()) {
        let earlier = dsl::last_used_at.is_null().or(dsl::last_used_at.lt(at));
        let tokens = api_tokens::table.filter(dsl::id.eq_any(ids)).filter(earlier);
        diesel::update(tokens).set(dsl::last_used_at.eq(at)).execute(write.uncached())?;
    }
    Ok(())
}
