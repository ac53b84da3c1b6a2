//! What a change of keys brings along: secrets at rest are sealed anew, and keys that nothing needs any more are forgotten.

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys;
use crate::platform::keys::{Keys, Purpose, RingError, SecretKey, Vault};

use super::totp;
use crate::identity::Identity;
use crate::identity::accounts::user;

/// Secrets that are sealed anew in one write.
const AT_ONCE: i64 = 200;

/// Puts the next keys in use: from then on they sign and seal.
pub fn rotate(conn: &mut Conn, keys: &Keys, secret: &SecretKey, now: Timestamp) -> Result<(), RingError> {
    keys::rows::rotate(conn, secret, now)?;
    keys.update(keys::rows::all(conn)?)?;
    keys::reseal_persistent(conn, &keys.ring())
}

/// Ends everything that older keys have signed, every session first of all, and forgets them. What they have sealed is
/// sealed anew.
pub fn forget_old(conn: &mut Conn, keys: &Keys) -> Result<(), RingError> {
    let vault = Vault::new(keys, KeyPurpose::SecondFactors);
    let mut last = Some(0);
    while let Some(after) = last {
        last = totp::reseal_some(conn, &vault, after, AT_ONCE)?;
    }
    crate::platform::mail::reseal(conn, keys)?;
    let ring = keys.ring();
    let older = ring.rows().iter().map(|row| row.number).filter(|number| *number < ring.current().number);
    keys::rows::remove(conn, &older.collect::<Vec<_>>())?;
    for user in user::all(conn)? {
        user::end_everything(conn, user.id)?;
    }
    keys.update(keys::rows::all(conn)?)
}

/// Begins with new keys where the secret of those in use is lost, and with it all that they sealed.
pub fn begin_anew(conn: &mut Conn) -> Result<(), DbError> {
    let all: Vec<i64> = keys::rows::all(conn)?.iter().map(|row| row.number).collect();
    keys::rows::remove(conn, &all)?;
    keys::discard_persistent(conn)
}

impl Identity {
    /// Seals anew what older keys have sealed, batch by batch, then forgets the keys whose time is over.
    pub(crate) async fn tidy_keys(&self) -> Result<(), DbError> {
        let mut last = Some(0);
        while let Some(after) = last {
            let vault = self.factors.vault.clone();
            last = self.db.write(move |conn| totp::reseal_some(conn, &vault, after, AT_ONCE)).await?;
        }
        let (ring, now, life) = (self.keys.ring(), self.clock.now(), self.config.longest_life());
        let over = ring.generations().iter().filter(|each| !each.is_accepted(life, now));
        let over: Vec<(i64, Option<String>)> = over.map(|each| (each.number, each.marked())).collect();
        if over.is_empty() {
            return Ok(());
        }
        self.db
            .write(move |conn| {
                for (number, mark) in over {
                    if !totp::is_any_sealed_by(conn, mark.as_deref())? {
                        keys::rows::remove(conn, &[number])?;
                    }
                }
                Ok::<_, DbError>(())
            })
            .await
    }
}
