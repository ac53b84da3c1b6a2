//! Refresh tokens of apps: each is used once, for the next one.

use diesel::prelude::*;

use crate::identity::accounts::user;
use crate::identity::sessions::ended;
use crate::identity::tokens::succession::{SeriesToken, Stored, Succession, Turn};
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::oidc_grants::{self, dsl};

use super::grant::Grant;

/// The state of a grant's series.
#[derive(Queryable)]
struct Series {
    generation: i64,
    hash: Option<String>,
    salt: String,
    refreshed_at: Timestamp,
    epoch: i64,
}

/// The first refresh token of a grant.
pub fn begin(write: &mut Write<'_>, keys: &Succession, grant: i64) -> Result<String, DbError> {
    let token = keys.first(&grant.to_string());
    store(write, grant, &token, "")?;
    Ok(token.as_str().to_owned())
}

fn store(write: &mut Write<'_>, grant: i64, token: &SeriesToken, salt: &str) -> Result<(), DbError> {
    let change = (
        dsl::refresh_generation.eq(token.generation),
        dsl::refresh_hash.eq(token.hash()),
        dsl::refresh_salt.eq(salt),
        dsl::refreshed_at.eq(write.now()),
    );
    diesel::update(oidc_grants::table.find(grant)).set(change).execute(write.uncached())?;
    Ok(())
}

fn series(conn: &mut Conn, grant: i64) -> Result<Option<Series>, DbError> {
    let columns =
        (dsl::refresh_generation, dsl::refresh_hash, dsl::refresh_salt, dsl::refreshed_at, dsl::epoch);
    Ok(oidc_grants::table.find(grant).select(columns).first(conn).optional()?)
}

/// What this token is by what is stored; stores its successor if it is the current one.
pub fn take_turn(
    write: &mut Write<'_>,
    keys: &Succession,
    token: &SeriesToken,
    (grant, unused): (&Grant, i64),
) -> Result<Turn, DbError> {
    let now = write.now();
    let Some(series) = series(write.read(), grant.id)? else { return Ok(Turn::Unknown) };
    // Checked again in the transaction: an app whose session ended concurrently gets no new token.
    let is_over = ended::is_over(write.read(), &grant.session)?;
    if is_over || !user::is_active(write.read(), grant.user_id, series.epoch)? {
        return Ok(Turn::Unknown);
    }
    let Some(hash) = &series.hash else { return Ok(Turn::Unknown) };
    let stored =
        Stored { hash, salt: &series.salt, generation: series.generation, made_at: series.refreshed_at };
    let turn = keys.turn(token, &stored, now);
    match &turn {
        Turn::Current { .. } if now >= series.refreshed_at + unused => return Ok(Turn::Unknown),
        Turn::Current { next, salt } => store(write, grant.id, next, salt)?,
        Turn::Repeated(_) | Turn::Reused | Turn::Unknown => {}
    }
    Ok(turn)
}

/// Whether this is the current refresh token of its grant, and has been unused for less than these seconds.
pub fn is_current(
    conn: &mut Conn,
    (grant, token): (i64, &SeriesToken),
    (unused, now): (i64, Timestamp),
) -> Result<bool, DbError> {
    let (series, hash) = (series(conn, grant)?, token.hash());
    Ok(series.is_some_and(|series| series.hash == Some(hash) && now < series.refreshed_at + unused))
}
