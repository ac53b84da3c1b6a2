//! What a change of keys entails: secrets at rest are re-encrypted, and keys that are no longer needed are deleted.

use crate::identity::accounts::revocation;
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{self, KeyPurpose, Keys, RingError, SecretKey, Vault};

use super::totp;

/// Secrets that are re-encrypted in one write.
const AT_ONCE: i64 = 200;

/// Why keys were not replaced.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    #[error(transparent)]
    Ring(#[from] RingError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// Activates the next keys: from then on they sign and encrypt.
pub fn rotate(write: &mut Write<'_>, keys: &Keys, secret: &SecretKey) -> Result<(), RotationError> {
    let (now, conn) = (write.now(), write.uncached());
    keys::rows::rotate(conn, secret, now)?;
    keys.update(keys::rows::all(conn)?)?;
    Ok(keys::reseal_persistent(conn, &keys.ring())?)
}

/// Revokes everything that older keys have signed, all sessions first, re-encrypts what they have encrypted, and
/// deletes them.
pub(in crate::identity) fn forget_old(write: &mut Write<'_>, keys: &Keys) -> Result<(), RotationError> {
    let vault = Vault::new(keys, KeyPurpose::SecondFactors);
    let mut last = Some(0);
    while let Some(after) = last {
        last = totp::reseal_some(write, &vault, after, AT_ONCE)?;
    }
    let conn = write.uncached();
    crate::platform::mail::reseal(conn, keys)?;
    let ring = keys.ring();
    let older = ring.rows().iter().map(|row| row.number).filter(|number| *number < ring.current().number);
    keys::rows::remove(conn, &older.collect::<Vec<_>>())?;
    revocation::revoke_range(write, i64::MIN, i64::MAX)?;
    Ok(keys.update(keys::rows::all(write.read())?)?)
}

/// Starts over with new keys if the secret of those in use is lost, along with everything that they encrypted.
pub(in crate::identity) fn reset_keys(conn: &mut Conn) -> Result<(), DbError> {
    let all: Vec<i64> = keys::rows::all(conn)?.iter().map(|row| row.number).collect();
    keys::rows::remove(conn, &all)?;
    keys::discard_persistent(conn)
}

/// Re-encrypts in batches what older keys have encrypted, then deletes the keys whose `lifetime` is over.
pub(in crate::identity) async fn tidy(
    writer: &Writer,
    keys: &Keys,
    lifetime: i64,
    now: Timestamp,
) -> Result<(), Failure> {
    let mut last = Some(0);
    while let Some(after) = last {
        let vault = Vault::new(keys, KeyPurpose::SecondFactors);
        let re_encrypted = writer
            .write(System, move |write| Ok::<_, Failure>(totp::reseal_some(write, &vault, after, AT_ONCE)?));
        last = re_encrypted.await?;
    }
    let ring = keys.ring();
    let over = ring.generations().iter().filter(|each| !each.is_accepted(lifetime, now));
    let over: Vec<(i64, Option<String>)> = over.map(|each| (each.number, each.marked())).collect();
    if over.is_empty() {
        return Ok(());
    }
    let forgotten = writer.write(System, move |write| {
        for (number, mark) in over {
            if !totp::is_any_sealed_by(write.read(), mark.as_deref())? {
                keys::rows::remove(write.uncached(), &[number])?;
            }
        }
        Ok::<_, Failure>(())
    });
    forgotten.await
}
