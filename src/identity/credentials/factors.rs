//! Second factors: what an account has beside its password, and how a code is checked.

use diesel::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::identity::sessions::trusted_devices as trusted;

use super::passkey_rows as passkey;
use super::recovery_codes as recovery;
use super::totp;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{KeyPurpose, Keys, Vault};
use crate::platform::schema::users;

use crate::identity::sessions::auth_method::Method;

/// Nobody types more into the field for codes.
const LONGEST: usize = 64;

/// What factors are kept and checked with.
#[derive(Clone)]
pub struct FactorKeys {
    pub vault: Vault,
    keys: Keys,
}

impl FactorKeys {
    pub fn new(keys: &Keys) -> Self {
        Self { vault: Vault::new(keys, KeyPurpose::SecondFactors), keys: keys.clone() }
    }
}

/// The second factors of an account.
pub struct Factors {
    /// Since when an authenticator app is set up.
    pub totp: Option<Timestamp>,
    pub passkeys: Vec<passkey::Named>,
    pub recovery_left: i64,
}

pub fn of_user(conn: &mut Conn, user_id: i64) -> Result<Factors, DbError> {
    Ok(Factors {
        totp: totp::since(conn, user_id)?,
        passkeys: passkey::of_user(conn, user_id)?,
        recovery_left: recovery::left(conn, user_id)?,
    })
}

/// Uses up a typed code, of the app or for recovery. To be called within a write.
pub fn use_code(
    conn: &mut Conn,
    keys: &FactorKeys,
    user_id: i64,
    typed: &str,
    now: Timestamp,
) -> Result<Option<Method>, DbError> {
    if typed.len() > LONGEST {
        return Ok(None);
    }
    // Full-width digits are what an input method for Korean may give.
    let typed: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
    if totp::use_code(conn, &keys.vault, user_id, &typed, now)? {
        return Ok(Some(Method::Totp));
    }
    let used = recovery::use_code(conn, &keys.keys.persistent().recovery_codes, user_id, &typed)?;
    Ok(used.then_some(Method::Recovery))
}

/// Sets new recovery codes in place of those before.
pub fn set_recovery_codes(
    conn: &mut Conn,
    keys: &FactorKeys,
    user_id: i64,
    codes: &[String],
    now: Timestamp,
) -> Result<(), DbError> {
    recovery::replace(conn, &keys.keys.persistent().recovery_codes, user_id, codes, now)
}

/// To be called with every change of factors: notes it with the user, and ends what trust there was. Whoever has no
/// factor left needs no recovery codes either.
pub fn changed(conn: &mut Conn, user_id: i64, now: Timestamp) -> Result<(), DbError> {
    let has_one = totp::since(conn, user_id)?.is_some() || passkey::count(conn, user_id)? > 0;
    if !has_one {
        recovery::remove(conn, user_id)?;
    }
    trusted::remove_all(conn, user_id)?;
    let since = has_one.then_some(now);
    diesel::update(users::table.find(user_id)).set(users::factors_since.eq(since)).execute(conn)?;
    Ok(())
}

/// Takes every factor away.
pub fn remove_all(conn: &mut Conn, user_id: i64, now: Timestamp) -> Result<(), DbError> {
    totp::remove(conn, user_id)?;
    passkey::remove_all(conn, user_id)?;
    changed(conn, user_id, now)
}
