//! Stored passkeys: plain functions on a connection.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::passkeys;
use crate::platform::schema::passkeys::dsl;
use crate::platform::schema::used_challenges;

/// Passkeys that one user may have.
pub const MAX_PER_USER: i64 = 20;

/// A passkey as listed for its user.
#[derive(Clone, Queryable)]
pub struct NamedPasskey {
    pub id: i64,
    pub name: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// A passkey as it is verified.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = passkeys)]
pub struct StoredPasskey {
    pub id: i64,
    pub user_id: i64,
    /// JSON.
    pub passkey: String,
}

pub struct NewPasskey {
    pub user_id: i64,
    pub credential_id: String,
    pub name: String,
    pub passkey: String,
}

/// False if the id exists already, for any user, or the user has too many.
pub fn add(write: &mut Write<'_>, new: &NewPasskey) -> Result<bool, DbError> {
    let (now, conn) = (write.now(), write.uncached());
    let same = passkeys::table.filter(dsl::credential_id.eq(&new.credential_id));
    let is_known: bool = diesel::select(diesel::dsl::exists(same)).get_result(conn)?;
    if is_known || count(conn, new.user_id)? >= MAX_PER_USER {
        return Ok(false);
    }
    let row = (
        dsl::user_id.eq(new.user_id),
        dsl::credential_id.eq(&new.credential_id),
        dsl::name.eq(&new.name),
        dsl::passkey.eq(&new.passkey),
        dsl::created_at.eq(now),
    );
    diesel::insert_into(passkeys::table).values(row).execute(conn)?;
    Ok(true)
}

pub fn count(conn: &mut Conn, user_id: i64) -> Result<i64, DbError> {
    Ok(passkeys::table.filter(dsl::user_id.eq(user_id)).count().get_result(conn)?)
}

/// The name of one of the user's passkeys.
pub fn name_of(conn: &mut Conn, user_id: i64, id: i64) -> Result<Option<String>, DbError> {
    let own = passkeys::table.filter(dsl::id.eq(id).and(dsl::user_id.eq(user_id)));
    Ok(own.select(dsl::name).first(conn).optional()?)
}

/// The user's passkeys, oldest first.
pub fn of_user(conn: &mut Conn, user_id: i64) -> Result<Vec<NamedPasskey>, DbError> {
    Ok(passkeys::table
        .filter(dsl::user_id.eq(user_id))
        .order(dsl::id)
        .select((dsl::id, dsl::name, dsl::created_at, dsl::used_at))
        .load(conn)?)
}

/// The ids by which browsers know them.
pub fn credential_ids(conn: &mut Conn, user_id: i64) -> Result<Vec<String>, DbError> {
    let own = passkeys::table.filter(dsl::user_id.eq(user_id)).order(dsl::id);
    Ok(own.select(dsl::credential_id).load(conn)?)
}

pub fn find(conn: &mut Conn, credential_id: &str) -> Result<Option<StoredPasskey>, DbError> {
    let one = passkeys::table.filter(dsl::credential_id.eq(credential_id));
    Ok(one.select(StoredPasskey::as_select()).first(conn).optional()?)
}

/// Stores what a use has changed, above all the counter; false if another use was faster, or the passkey was removed.
pub fn used(write: &mut Write<'_>, before: &StoredPasskey, after: &str) -> Result<bool, DbError> {
    let (now, conn) = (write.now(), write.uncached());
    let same = passkeys::table.find(before.id).filter(dsl::passkey.eq(&before.passkey));
    Ok(diesel::update(same).set((dsl::passkey.eq(after), dsl::used_at.eq(now))).execute(conn)? == 1)
}

/// Renames one of the user's passkeys; returns the previous name, if the passkey exists.
pub fn rename(write: &mut Write<'_>, user_id: i64, id: i64, name: &str) -> Result<Option<String>, DbError> {
    let conn = write.uncached();
    let own = passkeys::table.filter(dsl::id.eq(id).and(dsl::user_id.eq(user_id)));
    let before = own.select(dsl::name).first(conn).optional()?;
    diesel::update(own).set(dsl::name.eq(name)).execute(conn)?;
    Ok(before)
}

/// Removes one of the user's passkeys; returns its name, if it existed.
pub fn remove(write: &mut Write<'_>, user_id: i64, id: i64) -> Result<Option<String>, DbError> {
    let conn = write.uncached();
    let own = passkeys::table.filter(dsl::id.eq(id).and(dsl::user_id.eq(user_id)));
    let name = own.select(dsl::name).first(conn).optional()?;
    diesel::delete(own).execute(conn)?;
    Ok(name)
}

pub fn remove_all(write: &mut Write<'_>, user_id: i64) -> Result<(), DbError> {
    diesel::delete(passkeys::table.filter(dsl::user_id.eq(user_id))).execute(write.uncached())?;
    Ok(())
}

/// Marks a challenge as answered; false if it was answered before.
pub fn use_challenge(write: &mut Write<'_>, id: &str, until: Timestamp) -> Result<bool, DbError> {
    let conn = write.uncached();
    let row = (used_challenges::id.eq(id), used_challenges::until.eq(until));
    let before = used_challenges::table.find(id).count().get_result::<i64>(conn)?;
    if before > 0 {
        return Ok(false);
    }
    diesel::insert_into(used_challenges::table).values(row).execute(conn)?;
    Ok(true)
}

pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("used_challenges", "until"), write.now(), most)
}
