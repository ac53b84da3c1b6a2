//! Second factors: which ones an account has, how a code is checked, and what changing them entails.

use diesel::prelude::*;

use crate::identity::accounts::{revocation, user};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{Notice, Outbox, plain_code};
use crate::identity::sessions::{ActiveSession, Id, Method, Rotation, Sessions, trusted_devices};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{KeyPurpose, Keys, Vault};
use crate::platform::schema::users;

use super::passkey_rows::{self, NamedPasskey};
use super::{recovery_codes, totp};

/// No valid input for a code is longer.
const LONGEST: usize = 64;

/// The keys that encrypt and check factors; cheap to clone.
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
    /// Since when an authenticator app has been set up.
    pub totp: Option<Timestamp>,
    pub passkeys: Vec<NamedPasskey>,
    pub recovery_left: i64,
}

pub(super) fn of_user(conn: &mut Conn, user_id: i64) -> Result<Factors, DbError> {
    Ok(Factors {
        totp: totp::since(conn, user_id)?,
        passkeys: passkey_rows::of_user(conn, user_id)?,
        recovery_left: recovery_codes::left(conn, user_id)?,
    })
}

/// Uses up a typed code, from the app or a recovery code.
pub(in crate::identity) fn use_code(
    write: &mut Write<'_>,
    keys: &FactorKeys,
    user_id: i64,
    typed: &str,
) -> Result<Option<Method>, DbError> {
    if typed.len() > LONGEST {
        return Ok(None);
    }
    let typed = plain_code(typed);
    if totp::use_code(write, &keys.vault, user_id, &typed)? {
        return Ok(Some(Method::Totp));
    }
    let used = recovery_codes::use_code(write, &keys.keys.persistent().recovery_codes, user_id, &typed)?;
    Ok(used.then_some(Method::Recovery))
}

/// Replaces the recovery codes.
pub(super) fn set_recovery_codes(
    write: &mut Write<'_>,
    keys: &FactorKeys,
    user_id: i64,
    codes: &[String],
) -> Result<(), DbError> {
    recovery_codes::replace(write, &keys.keys.persistent().recovery_codes, user_id, codes)
}

/// Must be called with every change of factors: stores the time of the change and revokes trusted devices. If no
/// factor is left, the recovery codes are deleted too; the first one deletes the API tokens that were had for the
/// password alone.
pub(super) fn changed(write: &mut Write<'_>, user_id: i64) -> Result<(), DbError> {
    let conn = write.read();
    let has_one = totp::since(conn, user_id)?.is_some() || passkey_rows::count(conn, user_id)? > 0;
    let had_one = users::table.find(user_id).select(users::factors_since.is_not_null()).first(conn)?;
    match (had_one, has_one) {
        (_, false) => recovery_codes::remove(write, user_id)?,
        (false, true) => revocation::delete_password_tokens(write, user_id)?,
        (true, true) => {}
    }
    trusted_devices::remove_all(write, user_id)?;
    let since = users::factors_since.eq(has_one.then_some(write.now()));
    diesel::update(users::table.find(user_id)).set(since).execute(write.user(user_id))?;
    Ok(())
}

/// Removes every factor.
pub(in crate::identity) fn remove_all(write: &mut Write<'_>, user_id: i64) -> Result<(), DbError> {
    totp::remove(write, user_id)?;
    passkey_rows::remove_all(write, user_id)?;
    changed(write, user_id)
}

/// Records a wrong code or passkey.
pub(in crate::identity) async fn record_wrong_code(writer: &Writer, user_id: i64, client: &Client) {
    let client = client.clone();
    let recorded = writer.of_user(user_id).write(System, move |write| {
        write.record(Entry::new(Event::SecondFactorFailed, Some(user_id), &client, write.now()));
        Ok::<_, Failure>(user::record_failure(write, user_id)?)
    });
    if let Err(error) = recorded.await {
        tracing::error!(%error, "a wrong code was not recorded");
    }
}

/// A change of a member's factors.
pub(super) struct FactorChange<'c> {
    pub active: &'c ActiveSession,
    pub client: &'c Client,
    /// The factor that was verified with the change, if any.
    pub authenticated: Option<Method>,
    /// The kind of factor that is removed, if one is.
    pub removed: Option<Method>,
    pub entry: Entry,
}

impl FactorChange<'_> {
    /// Makes the change under a new epoch, which ends all other sessions, and notifies the owner. Returns this
    /// session's new id.
    pub async fn make<E>(
        self,
        sessions: &Sessions,
        outbox: &Outbox,
        change: impl FnOnce(&mut Write<'_>) -> Result<bool, E> + Send + 'static,
    ) -> Result<Id, E>
    where
        E: From<Failure> + From<DbError> + Send + 'static,
    {
        let (id, epoch) = (self.active.user.id, self.active.user.epoch);
        let (outbox, client) = (outbox.clone(), self.client.clone());
        let all_of_it = move |write: &mut Write<'_>| {
            if !change(write)? {
                return Ok(false);
            }
            changed(write, id)?;
            user::notify(write, &outbox, id, Notice::FactorsChanged, Some(&client))?;
            Ok(revocation::revoke_others(write, id, epoch)?)
        };
        let (authenticated, removed) = (self.authenticated, self.removed);
        let rotation = Rotation { epoch: epoch + 1, authenticated, removed };
        sessions.rotate(self.active, rotation, self.entry, all_of_it).await
    }
}
