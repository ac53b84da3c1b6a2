//! A cluster: every command goes to the primary that holds its key, and follows the key when it moves.
//!
//! The cluster client of the `redis` crate is not used, for two reasons. A time-out does not make it reload the slot
//! map, so it keeps asking a primary that hangs after that was replaced. And it passes on invalidation messages without
//! the server that sent them, and does not enable tracking again on servers that join or reconnect.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use redis::{Cmd, ErrorKind, FromRedisValue, RedisError, RedisResult, ServerErrorKind, Value};
use tokio::runtime::Handle;

use super::access::Access;
use super::connection::{Connection, Target, gone};
use super::gather::gather;
use super::place::Place;
use super::role::unclear;
use super::slots::{self, SlotMap};

/// Attempts per command, redirections included. The caller's deadline applies as well.
const MAX_ATTEMPTS: usize = 6;
const RETRY_DELAY: Duration = Duration::from_millis(40);
/// A slot map younger than this is not loaded again.
const MIN_RELOAD_INTERVAL: Duration = Duration::from_millis(100);
/// The maximum number of servers that are asked for a slot map.
const MAX_ASKED: usize = 12;

pub struct Cluster {
    seeds: Vec<Place>,
    access: Access,
    io: Handle,
    slot_map: RwLock<Option<Arc<SlotMap>>>,
    connections: RwLock<HashMap<Place, Arc<Connection>>>,
    /// When the slot map was last loaded.
    loaded: tokio::sync::Mutex<Option<Instant>>,
}

/// The next attempt at a command.
struct Redirection {
    to: Place,
    asking: bool,
}

impl Cluster {
    pub fn new(seeds: Vec<Place>, access: Access, io: Handle) -> Arc<Self> {
        let (slot_map, connections, loaded) = Default::default();
        Arc::new(Self { seeds, access, io, slot_map, connections, loaded })
    }

    /// Sends a command to the primary that holds `key`.
    pub async fn ask(self: &Arc<Self>, key: &str, command: &Cmd) -> RedisResult<Value> {
        let slot = slots::slot(key.as_bytes());
        let mut next = self.owner(slot).await?;
        let mut attempt = 1;
        loop {
            let connection = self.connection(&next.to);
            let answer = if next.asking {
                connection.ask_moving(command).await
            } else {
                connection.ask(command).await
            };
            let Err(error) = answer else { return answer };
            if attempt == MAX_ATTEMPTS {
                return Err(error);
            }
            attempt += 1;
            next = self.after(error, slot, next).await?;
        }
    }

    /// The next attempt after an error, if the error allows one.
    async fn after(
        self: &Arc<Self>,
        error: RedisError,
        slot: u16,
        next: Redirection,
    ) -> RedisResult<Redirection> {
        use ServerErrorKind::{Ask, BusyLoading, ClusterDown, MasterDown, Moved, ReadOnly, TryAgain};
        let redirection = || {
            let (address, _) = error.redirect_node()?;
            slots::redirection(address, &next.to)
        };
        match error.kind() {
            ErrorKind::Server(Ask) => {
                let to = redirection().ok_or_else(|| error.clone())?;
                Ok(Redirection { to, asking: true })
            }
            ErrorKind::Server(Moved) => {
                let to = redirection().ok_or_else(|| error.clone())?;
                self.reload_soon();
                Ok(Redirection { to, asking: false })
            }
            // The slot is being moved, or a failover is in progress.
            ErrorKind::Server(TryAgain | ClusterDown | MasterDown | BusyLoading | ReadOnly) => {
                self.retry_later(slot).await
            }
            ErrorKind::Server(_) => Err(error),
            // The primary may have been replaced. The caller has waited once and is not made to wait again.
            _ if error.is_timeout() => {
                self.reload_soon();
                Err(error)
            }
            _ => self.retry_later(slot).await,
        }
    }

    async fn retry_later(self: &Arc<Self>, slot: u16) -> RedisResult<Redirection> {
        tokio::time::sleep(RETRY_DELAY).await;
        // If no new slot map can be loaded, the old one remains in use.
        let _ = self.reload().await;
        self.owner(slot).await
    }

    async fn owner(self: &Arc<Self>, slot: u16) -> RedisResult<Redirection> {
        let slot_map = match self.known() {
            Some(slot_map) => slot_map,
            None => self.reload().await?,
        };
        let to = slot_map.owner(slot).ok_or_else(|| unclear("no server of the cluster holds this key"))?;
        Ok(Redirection { to: to.clone(), asking: false })
    }

    fn known(&self) -> Option<Arc<SlotMap>> {
        self.slot_map.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The primaries according to the last slot map.
    pub async fn primaries(self: &Arc<Self>) -> RedisResult<Vec<Arc<Connection>>> {
        let slot_map = match self.known() {
            Some(slot_map) => slot_map,
            None => self.reload().await?,
        };
        Ok(slot_map.primaries.iter().map(|place| self.connection(place)).collect())
    }

    /// A slot map that was loaded within the last moments.
    pub async fn reload(self: &Arc<Self>) -> RedisResult<Arc<SlotMap>> {
        let cluster = Arc::clone(self);
        let loading = self.io.spawn(async move { cluster.load().await });
        loading.await.unwrap_or_else(|_| Err(gone()))
    }

    fn reload_soon(self: &Arc<Self>) {
        let cluster = Arc::clone(self);
        self.io.spawn(async move { cluster.load().await });
    }

    async fn load(self: Arc<Self>) -> RedisResult<Arc<SlotMap>> {
        let mut loaded = self.loaded.lock().await;
        if let (Some(at), Some(slot_map)) = (*loaded, self.known())
            && at.elapsed() < MIN_RELOAD_INTERVAL
        {
            return Ok(slot_map);
        }
        let known = self.known();
        let mut places: Vec<&Place> = known.iter().flat_map(|slot_map| &slot_map.primaries).collect();
        places.extend(&self.seeds);
        let asked = places
            .into_iter()
            .take(MAX_ASKED)
            .map(|place| fetch_slot_map(place.clone(), self.connection(place)));
        let slot_maps = gather(asked.collect());
        let slot_maps = slot_maps.await;
        *loaded = Some(Instant::now());
        let latest = slot_maps?.into_iter().max_by_key(|slot_map| slot_map.epoch);
        let latest = Arc::new(latest.ok_or_else(|| unclear("the cluster has no slot map"))?);
        self.connections
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|place, _| latest.primaries.contains(place) || self.seeds.contains(place));
        *self.slot_map.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&latest));
        Ok(latest)
    }

    fn connection(&self, place: &Place) -> Arc<Connection> {
        if let Some(connection) = self.connections.read().unwrap_or_else(PoisonError::into_inner).get(place) {
            return Arc::clone(connection);
        }
        let mut connections = self.connections.write().unwrap_or_else(PoisonError::into_inner);
        let new = || Connection::new(Target::Server(place.clone()), self.access.clone(), self.io.clone());
        Arc::clone(connections.entry(place.clone()).or_insert_with(new))
    }
}

async fn fetch_slot_map(place: Place, connection: Arc<Connection>) -> RedisResult<SlotMap> {
    let info = String::from_redis_value(connection.ask(redis::cmd("CLUSTER").arg("INFO")).await?)?;
    let slots = connection.ask(redis::cmd("CLUSTER").arg("SLOTS")).await?;
    SlotMap::read(&info, slots, &place).ok_or_else(|| unclear("a server of the cluster has no slot map"))
}
