//! Generations of keys as stored in the database: numbers, salts and fingerprints, but no secrets.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::key_generations::{self, dsl};

use super::random::random_bytes;
use super::secret::{SecretKey, Secrets};

/// Time within which every running server learns of a new generation.
pub const PROPAGATION: Duration = Duration::from_secs(3);

/// A row of `key_generations`.
#[derive(Clone, PartialEq, Eq, Queryable)]
pub struct GenerationRow {
    pub number: i64,
    pub salt: String,
    /// Fingerprint of the secret that its keys are derived from.
    pub secret: String,
    pub made_at: Timestamp,
    /// When it became current; none for the next generation.
    pub used_since: Option<Timestamp>,
}

/// All generations, the newest first.
pub fn all(conn: &mut Conn) -> Result<Vec<GenerationRow>, DbError> {
    Ok(key_generations::table.order(dsl::number.desc()).load(conn)?)
}

/// Prepares the table at the start: every generation names its secret, one is current, and one is next.
pub(super) fn prepare(conn: &mut Conn, secrets: &Secrets, now: Timestamp) -> Result<(), DbError> {
    let unnamed = key_generations::table.filter(dsl::secret.eq(""));
    diesel::update(unnamed).set(dsl::secret.eq(secrets.oldest().fingerprint())).execute(conn)?;
    let rows = all(conn)?;
    if rows.iter().all(|row| row.used_since.is_none()) {
        add(conn, secrets.newest(), Some(now), now)?;
    }
    if rows.first().is_none_or(|row| row.used_since.is_some()) {
        add(conn, secrets.newest(), None, now)?;
    }
    Ok(())
}

/// Adds a generation, either current since `used_since` or next.
pub fn add(
    conn: &mut Conn,
    secret: &SecretKey,
    used_since: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), DbError> {
    let row = (
        dsl::salt.eq(URL_SAFE_NO_PAD.encode(random_bytes::<32>())),
        dsl::secret.eq(secret.fingerprint()),
        dsl::made_at.eq(now),
        dsl::used_since.eq(used_since),
    );
    diesel::insert_into(key_generations::table).values(row).execute(conn)?;
    Ok(())
}

/// Makes the next generation current and adds another next one.
pub fn rotate(conn: &mut Conn, secret: &SecretKey, now: Timestamp) -> Result<(), DbError> {
    let next = key_generations::table.filter(dsl::used_since.is_null());
    diesel::update(next).set(dsl::used_since.eq(now)).execute(conn)?;
    add(conn, secret, None, now)
}

/// Replaces the next generation.
pub fn replace_next(conn: &mut Conn, secret: &SecretKey, now: Timestamp) -> Result<(), DbError> {
    diesel::delete(key_generations::table.filter(dsl::used_since.is_null())).execute(conn)?;
    add(conn, secret, None, now)
}

/// Deletes generations for good: without its salt, the keys of a generation cannot be derived again.
pub fn remove(conn: &mut Conn, numbers: &[i64]) -> Result<usize, DbError> {
    Ok(diesel::delete(key_generations::table.filter(dsl::number.eq_any(numbers))).execute(conn)?)
}
