//! Devices without a browser that wait for a person (RFC 8628), as rows.

use diesel::prelude::*;

use crate::identity::audit::Client as Caller;
use crate::identity::unit_of_work::{Failure, Write};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{Signer, fingerprint, random_secret};
use crate::platform::schema::oidc_devices::{self, dsl};

use super::grant::AccessRequest;
use super::user_code::UserCode;

/// Seconds for which a person may type the code.
pub const LIFETIME: i64 = 600;
/// Seconds between two questions of a device (§3.2), and how many more after one that came early (§3.5).
pub const PAUSE: i64 = 5;
/// The longest pause.
const LONGEST_PAUSE: i64 = 60;
/// Seconds for which a device learns that its code has expired.
const REMEMBERED: i64 = 3600;
/// Devices of one app that wait at a time, from one address and from all.
const PER_ADDRESS: usize = 100;
const PER_CLIENT: i64 = 10_000;
/// Says in a log or a scan of secrets what this is.
const PREFIX: &str = "mjod_";

/// A device that waits.
#[derive(Clone, Debug)]
pub struct Device {
    pub hash: String,
    /// The row of the app.
    pub client: i64,
    /// Where it asked from.
    pub address: String,
    pub asked: AccessRequest,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pause: i64,
    asked_at: Timestamp,
    /// What the person decided.
    pub allowed: Option<bool>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_devices)]
struct DeviceRow {
    hash: String,
    client: i64,
    address: String,
    request: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    pause: i64,
    asked_at: Timestamp,
    allowed: Option<bool>,
}

impl DeviceRow {
    fn read(self) -> Option<Device> {
        Some(Device {
            hash: self.hash,
            client: self.client,
            address: self.address,
            asked: serde_json::from_str(&self.request).ok()?,
            created_at: self.created_at,
            expires_at: self.expires_at,
            pause: self.pause,
            asked_at: self.asked_at,
            allowed: self.allowed,
        })
    }
}

/// Adds a device; returns its own code, and the one that the person types.
pub fn add(
    write: &mut Write<'_>,
    (client, asked): (i64, &AccessRequest),
    from: &Caller,
    hashes: &Signer,
) -> Result<(String, UserCode), Failure> {
    let (now, counted_as) = (write.now(), from.rate_limit_subject());
    if let Some(retry_after) = full(write.read(), client, &counted_as, now)? {
        return Err(Failure::TooManyAttempts { retry_after });
    }
    let text = format!("{PREFIX}{}", random_secret());
    let user_code = unused(write.read(), hashes)?;
    let row = (
        dsl::hash.eq(fingerprint(&text)),
        dsl::user_code.eq(hash_of(hashes, &user_code)),
        dsl::client.eq(client),
        dsl::address.eq(from.address.to_string()),
        dsl::counted_as.eq(counted_as),
        dsl::request.eq(serde_json::to_string(asked).unwrap_or_default()),
        dsl::created_at.eq(now),
        dsl::expires_at.eq(now + LIFETIME),
        dsl::pause.eq(PAUSE),
        dsl::asked_at.eq(now - PAUSE),
    );
    diesel::insert_into(oidc_devices::table).values(row).execute(write.uncached()).map_err(DbError::from)?;
    Ok((text, user_code))
}

/// Seconds until the app may have another device, if it has too many.
fn full(conn: &mut Conn, client: i64, counted_as: &str, now: Timestamp) -> Result<Option<u64>, DbError> {
    let waiting = oidc_devices::table.filter(dsl::client.eq(client).and(dsl::expires_at.gt(now)));
    let of_address = waiting.filter(dsl::counted_as.eq(counted_as)).order(dsl::expires_at);
    let ends: Vec<Timestamp> = of_address.select(dsl::expires_at).limit(PER_ADDRESS as i64).load(conn)?;
    if let (Some(first), true) = (ends.first(), ends.len() >= PER_ADDRESS) {
        return Ok(Some((first - now).max(1) as u64));
    }
    let all: i64 = waiting.count().get_result(conn)?;
    Ok((all >= PER_CLIENT).then_some(PAUSE as u64))
}

fn unused(conn: &mut Conn, hashes: &Signer) -> Result<UserCode, DbError> {
    loop {
        let code = UserCode::random();
        let same = oidc_devices::table.filter(dsl::user_code.eq(hash_of(hashes, &code)));
        if !diesel::select(diesel::dsl::exists(same)).get_result::<bool>(conn)? {
            return Ok(code);
        }
    }
}

fn hash_of(hashes: &Signer, code: &UserCode) -> String {
    hashes.sign(&["user code", code.as_str()])
}

/// The device with this code of its own.
pub fn find(conn: &mut Conn, text: &str) -> Result<Option<Device>, DbError> {
    if !text.starts_with(PREFIX) {
        return Ok(None);
    }
    let device = oidc_devices::table.find(fingerprint(text));
    let row: Option<DeviceRow> = device.select(DeviceRow::as_select()).first(conn).optional()?;
    Ok(row.and_then(DeviceRow::read))
}

/// The device whose code a person typed, if it waits for them.
pub fn waiting(
    conn: &mut Conn,
    code: &UserCode,
    hashes: &Signer,
    now: Timestamp,
) -> Result<Option<Device>, DbError> {
    let waiting = oidc_devices::table
        .filter(dsl::user_code.eq(hash_of(hashes, code)))
        .filter(dsl::expires_at.gt(now).and(dsl::allowed.is_null()));
    let row: Option<DeviceRow> = waiting.select(DeviceRow::as_select()).first(conn).optional()?;
    Ok(row.and_then(DeviceRow::read))
}

/// Stores what the person decided; false if it was decided before, or too late.
pub fn decide(write: &mut Write<'_>, hash: &str, allowed: bool) -> Result<bool, DbError> {
    let now = write.now();
    let waiting = oidc_devices::table.find(hash).filter(dsl::expires_at.gt(now).and(dsl::allowed.is_null()));
    Ok(diesel::update(waiting).set(dsl::allowed.eq(allowed)).execute(write.uncached())? == 1)
}

/// Deletes the devices among these codes.
pub fn delete(write: &mut Write<'_>, hashes: &[String]) -> Result<(), DbError> {
    if !hashes.is_empty() {
        let among = oidc_devices::table.filter(dsl::hash.eq_any(hashes));
        diesel::delete(among).execute(write.uncached())?;
    }
    Ok(())
}

/// Notes that the device asked; false if it came before its pause was over, which makes the pause longer.
pub fn ask(write: &mut Write<'_>, hash: &str) -> Result<bool, DbError> {
    let now = write.now();
    let row: Option<DeviceRow> =
        oidc_devices::table.find(hash).select(DeviceRow::as_select()).first(write.read()).optional()?;
    let Some(device) = row.and_then(DeviceRow::read) else { return Ok(true) };
    let is_early = now < device.asked_at + device.pause;
    let pause = if is_early { (device.pause + PAUSE).min(LONGEST_PAUSE) } else { device.pause };
    if !is_early || pause != device.pause {
        let change = (dsl::pause.eq(pause), dsl::asked_at.eq(now));
        diesel::update(oidc_devices::table.find(hash)).set(change).execute(write.uncached())?;
    }
    Ok(!is_early)
}

/// Deletes devices that no longer wait.
pub fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("oidc_devices", "expires_at"), write.now() - REMEMBERED, most)
}
