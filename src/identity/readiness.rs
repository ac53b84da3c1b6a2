//! Whether this node can serve requests, and whether it can write.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::marks;
use super::sessions::SessionReader;
use super::unit_of_work::{Failure, System, Writer};
use crate::platform::db::{Db, Locks, is_standby};
use crate::platform::keys::Keys;
use crate::platform::outage::Outage;
use crate::platform::redis::{Redis, WriteAccess};

/// How long an attempt to write may take.
const PATIENCE: Duration = Duration::from_secs(1);
/// The database is written to at most this often.
const WRITE_EVERY: Duration = Duration::from_secs(5);
/// A master that was demoted this recently may be about to become the master again.
const DEMOTION: Duration = Duration::from_secs(5);
/// The name of the row that is written.
const MARK: &str = "last_write";

static DATABASE: Outage = Outage::new("the database takes no writes", "the database takes writes again");
static STORE: Outage = Outage::new("Redis takes no writes", "Redis takes writes again");

pub struct Readiness {
    db: Db,
    writer: Writer,
    reader: Arc<SessionReader>,
    keys: Keys,
    redis: Option<Redis>,
    last: Mutex<Last>,
}

/// What the latest attempts to write have shown.
#[derive(Default)]
struct Last {
    /// When the database was last written to, and whether it took that.
    database: Option<(Instant, bool)>,
    /// When Redis last took a write.
    redis: Option<Instant>,
}

/// Whether writes are taken; none if that is not known.
#[derive(Debug, Default)]
pub struct Writable {
    pub database: Option<bool>,
    /// None without Redis.
    pub redis: Option<bool>,
}

impl Readiness {
    pub fn new(
        (db, writer): (Db, Writer),
        reader: Arc<SessionReader>,
        keys: Keys,
        redis: Option<Redis>,
    ) -> Self {
        Self { db, writer, reader, keys, redis, last: Mutex::default() }
    }

    /// Whether the database and the session store answer and are no replicas, and all keys in use are known. What no
    /// node can write, such as a full disk, is only logged: active sessions work.
    pub async fn check(&self) -> Result<(), Failure> {
        if self.db.run(is_standby).await.map_err(|error| Failure::Unavailable(error.into()))? {
            return Err(unavailable("the database is a standby, which takes no writes"));
        }
        let store = self.reader.store();
        store.ping().await.map_err(|error| Failure::Unavailable(error.into()))?;
        if self.keys.is_missing_keys() {
            return Err(unavailable("another server signs with a key that this one lacks"));
        }
        match self.write_to_redis().await {
            Some(WriteAccess::OtherInstallation) => {
                return Err(unavailable("another installation stores its sessions in this Redis"));
            }
            Some(WriteAccess::Replica) if !self.was_master_just_now() => {
                return Err(unavailable("the Redis server is a replica, which takes no writes"));
            }
            _ => {}
        }
        self.write_to_database().await;
        Ok(())
    }

    /// Tries to write.
    pub async fn writable(&self) -> Writable {
        let (redis, database) = tokio::join!(self.write_to_redis(), self.write_to_database());
        Writable { database, redis: redis.map(|access| access == WriteAccess::Granted) }
    }

    async fn write_to_redis(&self) -> Option<WriteAccess> {
        let redis = self.redis.as_ref()?;
        let claimed = timeout(PATIENCE, redis.claim(&self.keys.persistent().installation)).await;
        let access = match claimed {
            Ok(Ok(access)) => access,
            Ok(Err(error)) => WriteAccess::Refused(error.to_string()),
            Err(_) => WriteAccess::Refused("it did not answer in time".to_owned()),
        };
        match &access {
            WriteAccess::Granted => {
                self.last.lock().unwrap_or_else(PoisonError::into_inner).redis = Some(Instant::now());
                STORE.worked();
            }
            WriteAccess::Replica => STORE.failed(&"the server is a replica"),
            WriteAccess::Refused(why) => STORE.failed(why),
            WriteAccess::OtherInstallation => STORE.failed(&"it belongs to another installation"),
        }
        Some(access)
    }

    fn was_master_just_now(&self) -> bool {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.redis.is_some_and(|at| at.elapsed() < DEMOTION)
    }

    async fn write_to_database(&self) -> Option<bool> {
        let known = self.last.lock().unwrap_or_else(PoisonError::into_inner).database;
        if let Some((at, taken)) = known
            && at.elapsed() < WRITE_EVERY
        {
            return Some(taken);
        }
        let writing = self.writer.holding(Locks::named("mark", MARK)).write(System, |write| {
            let now = write.now();
            Ok::<_, Failure>(marks::set(write.uncached(), MARK, now)?)
        });
        // Late because of other writes, it says nothing.
        let written = timeout(PATIENCE, writing).await.ok()?;
        self.last.lock().unwrap_or_else(PoisonError::into_inner).database =
            Some((Instant::now(), written.is_ok()));
        match &written {
            Ok(()) => DATABASE.worked(),
            Err(error) => DATABASE.failed(error),
        }
        Some(written.is_ok())
    }
}

fn unavailable(why: &'static str) -> Failure {
    Failure::Unavailable(anyhow::anyhow!(why))
}
