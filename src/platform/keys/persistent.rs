//! Keys that never change, because what was derived from them cannot be derived again. They are stored in the database,
//! encrypted with keys that do.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::platform::db::{Conn, DbError};
use crate::platform::schema::lasting_keys::{self, dsl};

use super::generation::{Generation, KeyPurpose};
use super::hmac::Signer;
use super::random::random_bytes;
use super::ring::{Ring, RingError};
use super::seal::{open_by, seal_by};
use super::secret::{Key, SecretKey, Secrets};

const RECOVERY_CODES: &str = "recovery codes 1";
const HANDLES: &str = "passkey user handles 1";
const RETIRED_NAMES: &str = "retired names 1";
const INSTALLATION: &str = "installation 1";
const SUBJECTS: &str = "pairwise subjects 1";

pub struct PersistentKeys {
    /// Hashes recovery codes.
    pub recovery_codes: Signer,
    /// Derives the user handles of passkeys.
    pub handles: Signer,
    /// Hashes the names of deleted accounts.
    pub retired_names: Signer,
    /// Derives the names by which apps know people, where each app has its own, and hashes the codes that people type for
    /// their devices.
    pub subjects: Signer,
    /// Names this installation where several could meet. No secret.
    pub installation: String,
}

impl PersistentKeys {
    /// The keys from before they were stored.
    pub(super) fn legacy(secret: &SecretKey) -> Self {
        Self::of(&secret.derive(RECOVERY_CODES), &secret.derive(HANDLES))
    }

    /// The other keys and the name are derived from one of these. Older nodes re-encrypt only the stored keys that they know, so
    /// a further one would be lost if they rotated the keys.
    fn of(recovery_codes: &Key, handles: &Key) -> Self {
        Self {
            recovery_codes: Signer::new(recovery_codes),
            handles: Signer::new(handles),
            retired_names: Signer::new(&derive(recovery_codes, RETIRED_NAMES)),
            subjects: Signer::new(&derive(recovery_codes, SUBJECTS)),
            installation: URL_SAFE_NO_PAD.encode(&derive(recovery_codes, INSTALLATION).as_slice()[..16]),
        }
    }
}

/// Reads the persistent keys; creates those that are missing.
pub(super) fn load_or_create(
    conn: &mut Conn,
    ring: &Ring,
    secrets: &Secrets,
) -> Result<PersistentKeys, RingError> {
    let recovery_codes = load_or_create_one(conn, ring, secrets, RECOVERY_CODES)?;
    Ok(PersistentKeys::of(&recovery_codes, &load_or_create_one(conn, ring, secrets, HANDLES)?))
}

/// A key from which the other cannot be computed.
fn derive(key: &Key, purpose: &str) -> Key {
    let mut derived = Key::default();
    Hkdf::<Sha256>::new(None, key.as_slice())
        .expand(purpose.as_bytes(), derived.as_mut_slice())
        .expect("HKDF outputs up to 8160 bytes");
    derived
}

fn load_or_create_one(
    conn: &mut Conn,
    ring: &Ring,
    secrets: &Secrets,
    name: &'static str,
) -> Result<Key, RingError> {
    if let Some(sealed) =
        lasting_keys::table.find(name).select(dsl::sealed).first::<String>(conn).optional()?
    {
        return open(ring, name, &sealed).ok_or(RingError::PersistentKey(name));
    }
    // Recovery codes and passkeys from before the keys were stored must remain valid.
    let legacy = ring.rows().iter().find(|row| row.salt.is_empty()).and_then(|row| secrets.find(&row.secret));
    let key = legacy.map_or_else(|| Key::new(random_bytes()), |secret| secret.derive(name));
    let row = (dsl::name.eq(name), dsl::sealed.eq(seal(ring.current(), name, key.as_slice())));
    diesel::insert_into(lasting_keys::table).values(row).execute(conn)?;
    Ok(key)
}

fn open(ring: &Ring, name: &str, sealed: &str) -> Option<Key> {
    let key = Zeroizing::new(open_by(ring, KeyPurpose::PersistentKeys, sealed, name)?);
    key.as_slice().try_into().ok().map(Key::new)
}

fn seal(generation: &Generation, name: &str, key: &[u8]) -> String {
    seal_by(generation, KeyPurpose::PersistentKeys, key, name)
}

/// Re-encrypts them with the current key.
pub fn reseal(conn: &mut Conn, ring: &Ring) -> Result<(), RingError> {
    for name in [RECOVERY_CODES, HANDLES] {
        let row = lasting_keys::table.find(name);
        let Some(sealed) = row.select(dsl::sealed).first::<String>(conn).optional()? else { continue };
        let key = open(ring, name, &sealed).ok_or(RingError::PersistentKey(name))?;
        diesel::update(row).set(dsl::sealed.eq(seal(ring.current(), name, key.as_slice()))).execute(conn)?;
    }
    Ok(())
}

/// Deletes them, when the keys that encrypt them are lost.
pub fn discard(conn: &mut Conn) -> Result<(), DbError> {
    diesel::delete(lasting_keys::table).execute(conn)?;
    Ok(())
}
