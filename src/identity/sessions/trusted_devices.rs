//! Trusted devices: browsers that have passed the second factor and may skip it for a while.

use diesel::prelude::*;

use crate::identity::accounts::User;
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::trusted_devices::{self, dsl};

/// Trusted devices per user; beyond this, the oldest is removed.
const MAX_PER_USER: i64 = 20;

/// A trusted device in the user's list.
#[derive(Queryable)]
pub struct TrustedDevice {
    pub id: i64,
    pub device: String,
    pub address: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A device to trust.
pub struct NewTrust {
    pub token_hash: String,
    pub user_id: i64,
    pub epoch: i64,
    pub device: String,
    pub address: String,
    pub now: Timestamp,
    pub until: Timestamp,
}

pub fn add(write: &mut Write<'_>, new: &NewTrust) -> Result<(), DbError> {
    let conn = write.uncached();
    let row = (
        dsl::token_hash.eq(&new.token_hash),
        dsl::user_id.eq(new.user_id),
        dsl::epoch.eq(new.epoch),
        dsl::device.eq(&new.device),
        dsl::address.eq(&new.address),
        dsl::created_at.eq(new.now),
        dsl::expires_at.eq(new.until),
    );
    diesel::insert_into(trusted_devices::table).values(row).execute(conn)?;
    let newest: Vec<i64> = trusted_devices::table
        .filter(dsl::user_id.eq(new.user_id))
        .order(dsl::id.desc())
        .limit(MAX_PER_USER)
        .select(dsl::id)
        .load(conn)?;
    let surplus = trusted_devices::table.filter(dsl::user_id.eq(new.user_id).and(dsl::id.ne_all(newest)));
    diesel::delete(surplus).execute(conn)?;
    Ok(())
}

/// Whether one of these tokens makes the browser a trusted device of this user: the epoch is the same, and no factor
/// has changed since.
pub fn holds(conn: &mut Conn, user: &User, hashes: &[String], now: Timestamp) -> Result<bool, DbError> {
    let Some(since) = user.factors_since else { return Ok(false) };
    let good = trusted_devices::table.filter(
        dsl::token_hash
            .eq_any(hashes)
            .and(dsl::user_id.eq(user.id))
            .and(dsl::epoch.eq(user.epoch))
            .and(dsl::created_at.ge(since))
            .and(dsl::expires_at.gt(now)),
    );
    Ok(diesel::select(diesel::dsl::exists(good)).get_result(conn)?)
}

/// The user's trusted devices, newest first.
pub fn of_user(conn: &mut Conn, user: &User, now: Timestamp) -> Result<Vec<TrustedDevice>, DbError> {
    let live = dsl::user_id.eq(user.id).and(dsl::epoch.eq(user.epoch)).and(dsl::expires_at.gt(now));
    Ok(trusted_devices::table
        .filter(live)
        .order(dsl::id.desc())
        .select((dsl::id, dsl::device, dsl::address, dsl::created_at, dsl::expires_at))
        .load(conn)?)
}

/// Removes one of the user's devices and returns its name; None if there is none with this id.
pub fn remove(write: &mut Write<'_>, user_id: i64, id: i64) -> Result<Option<String>, DbError> {
    let own = trusted_devices::table.filter(dsl::id.eq(id).and(dsl::user_id.eq(user_id)));
    Ok(diesel::delete(own).returning(dsl::device).get_result(write.uncached()).optional()?)
}

pub fn remove_all(write: &mut Write<'_>, user_id: i64) -> Result<(), DbError> {
    diesel::delete(trusted_devices::table.filter(dsl::user_id.eq(user_id))).execute(write.uncached())?;
    Ok(())
}

pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("trusted_devices", "expires_at"), write.now(), most)
}
