//! The keys of a running server, and how it learns of new generations.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Conn, Db, transaction};
use crate::platform::outage::Outage;

use super::persistent::{self, PersistentKeys};
use super::ring::{Ring, RingError};
use super::rows::{self, GenerationRow};
use super::secret::{SecretKey, Secrets};

/// How often a running server looks for new generations.
const POLL_EVERY: Duration = Duration::from_millis(500);

static LOOKUPS: Outage = Outage::new("new keys cannot be looked up", "new keys are looked up again");
static MISSING: Outage = Outage::severe("new keys were not learnt", "all keys are known again");

/// The keys in use; cheap to clone, and all clones see a rotation.
#[derive(Clone)]
pub struct Keys(Arc<Shared>);

struct Shared {
    ring: RwLock<Arc<Ring>>,
    secrets: Mutex<Secrets>,
    persistent: PersistentKeys,
    clock: Clock,
    max_lifetime: i64,
    /// Whether other nodes may use keys that this one cannot derive.
    is_missing_keys: AtomicBool,
}

impl Keys {
    /// Reads the keys in use; creates the first ones. Signed values live for `max_lifetime` seconds at most.
    pub fn open(
        conn: &mut Conn,
        secrets: Secrets,
        clock: Clock,
        max_lifetime: i64,
    ) -> Result<Self, RingError> {
        let now = clock.now();
        let (ring, persistent) = transaction(conn, |conn| {
            rows::prepare(conn, &secrets, now)?;
            let ring = Ring::derive(rows::all(conn)?, &secrets, max_lifetime)?;
            let persistent = persistent::load_or_create(conn, &ring, &secrets)?;
            Ok::<_, RingError>((ring, persistent))
        })?;
        Ok(Self(Arc::new(Shared {
            ring: RwLock::new(Arc::new(ring)),
            secrets: Mutex::new(secrets),
            persistent,
            clock,
            max_lifetime,
            is_missing_keys: AtomicBool::new(false),
        })))
    }

    /// Keys of one secret that are never rotated.
    pub fn of_one(secret: &SecretKey) -> Self {
        let row = GenerationRow {
            number: 1,
            salt: String::new(),
            secret: secret.fingerprint(),
            made_at: 0,
            used_since: Some(0),
        };
        let secrets = Secrets::of_one(secret.clone());
        let ring = Ring::derive(vec![row], &secrets, 0).unwrap_or_else(|error| panic!("{error}"));
        Self(Arc::new(Shared {
            ring: RwLock::new(Arc::new(ring)),
            persistent: PersistentKeys::legacy(secret),
            secrets: Mutex::new(secrets),
            clock: Clock::default(),
            max_lifetime: 0,
            is_missing_keys: AtomicBool::new(false),
        }))
    }

    pub fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.0.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn persistent(&self) -> &PersistentKeys {
        &self.0.persistent
    }

    pub(super) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// Whether other nodes may use keys that this one cannot derive, so that it should receive no requests.
    pub fn is_missing_keys(&self) -> bool {
        self.0.is_missing_keys.load(Ordering::Relaxed)
    }

    /// Loads new generations from the rows of the database.
    ///
    /// # Errors
    /// If a key cannot be derived; the keys loaded so far remain in use.
    pub fn update(&self, rows: Vec<GenerationRow>) -> Result<(), RingError> {
        let updated = if self.ring().rows() == rows { Ok(()) } else { self.load(rows) };
        self.0.is_missing_keys.store(updated.is_err(), Ordering::Relaxed);
        updated
    }

    fn load(&self, rows: Vec<GenerationRow>) -> Result<(), RingError> {
        let mut secrets = self.0.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        if rows.iter().any(|row| secrets.find(&row.secret).is_none()) {
            *secrets = secrets.read_again()?;
        }
        let ring = Ring::derive(rows, &secrets, self.0.max_lifetime)?;
        *self.0.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
        Ok(())
    }
}

/// Polls for new generations for as long as the server runs. Failures are logged, and the keys loaded so far remain
/// in use.
pub async fn follow(keys: Keys, db: Db) {
    let db = db.internal();
    loop {
        tokio::time::sleep(POLL_EVERY).await;
        let updated = match db.run(rows::all).await {
            Ok(rows) => keys.update(rows),
            Err(error) => Err(error.into()),
        };
        match &updated {
            Err(RingError::Db(error)) => LOOKUPS.failed(error),
            Err(error) => MISSING.failed(error),
            Ok(()) => {
                LOOKUPS.worked();
                MISSING.worked();
            }
        }
    }
}
