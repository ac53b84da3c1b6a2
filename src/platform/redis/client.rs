//! The client: sends a command to the right server over the right connection.

use std::sync::{Arc, Weak};
use std::time::Duration;

use redis::{Cmd, FromRedisValue, RedisError, RedisResult};
use tokio::sync::oneshot;

use super::access::Access;
use super::cluster::Cluster;
use super::connection::{Connection, FindMaster, Target, gone};
use super::place::Place;
use super::role::unclear;
use super::sentinel::Sentinels;
use super::url::{Form, RedisUrl};

/// How often the sentinels are asked for the master: a master that is cut off from them may not know that it was
/// replaced.
const LOOK_AFTER_MASTER: Duration = Duration::from_secs(1);

/// A client for any topology; cheap to clone. Connections are opened at the first use, so an absent Redis delays no
/// start.
#[derive(Clone)]
pub struct Redis(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub topology: Topology,
    pub access: Access,
    pub(super) io: tokio::runtime::Handle,
    /// Ends the connections' thread with the last clone.
    _end: oneshot::Sender<()>,
}

/// The connections, by topology.
pub(super) enum Topology {
    Single { connection: Arc<Connection>, place: Place },
    Master { connection: Arc<Connection>, sentinels: Sentinels },
    Cluster(Arc<Cluster>),
}

impl Redis {
    pub fn new(url: &RedisUrl) -> RedisResult<Self> {
        let (io, end) = start_thread()?;
        let access = url.access.clone();
        let connection = |target| Connection::new(target, access.clone(), io.clone());
        let topology = match &url.form {
            Form::Single(place) => Topology::Single {
                connection: connection(Target::Server(place.clone())),
                place: place.clone(),
            },
            Form::Sentinel { sentinels, master, access: own } => {
                let sentinels = Sentinels::new(sentinels, master, own, &io);
                Topology::Master {
                    connection: connection(Target::Master(Arc::new(sentinels.clone()))),
                    sentinels,
                }
            }
            Form::Cluster(seeds) => {
                Topology::Cluster(Cluster::new(seeds.clone(), access.clone(), io.clone()))
            }
        };
        let inner = Arc::new(Inner { topology, access, io, _end: end });
        if let Topology::Master { .. } = inner.topology {
            inner.io.spawn(look_after_master(Arc::downgrade(&inner)));
        }
        Ok(Self(inner))
    }

    /// Sends a command to the server that holds `key`, which must be the only key in `command`.
    pub async fn ask<T: FromRedisValue>(&self, key: &str, command: &Cmd) -> RedisResult<T> {
        let answer = match &self.0.topology {
            Topology::Single { connection, .. } | Topology::Master { connection, .. } => {
                connection.ask(command).await?
            }
            Topology::Cluster(cluster) => cluster.ask(key, command).await?,
        };
        Ok(T::from_redis_value(answer)?)
    }

    /// The same for many commands concurrently, in no particular order.
    pub async fn ask_each<T: FromRedisValue>(&self, calls: &[(String, Cmd)]) -> RedisResult<Vec<T>> {
        futures_util::future::try_join_all(calls.iter().map(|(key, command)| self.ask(key, command))).await
    }

    /// Sends a command in the background and ignores its outcome.
    pub fn send_later(&self, key: String, command: Cmd) {
        let redis = self.clone();
        self.0.io.spawn(async move {
            if let Err(error) = redis.ask::<redis::Value>(&key, &command).await {
                tracing::debug!(%error, "a command was not sent to Redis");
            }
        });
    }

    /// The number of servers that hold keys: 1, or the primaries of a cluster.
    pub async fn servers(&self) -> RedisResult<usize> {
        match &self.0.topology {
            Topology::Single { .. } | Topology::Master { .. } => Ok(1),
            Topology::Cluster(cluster) => Ok(cluster.primaries().await?.len()),
        }
    }

    /// Sends a command to one of these servers by index.
    pub async fn ask_server<T: FromRedisValue>(&self, number: usize, command: &Cmd) -> RedisResult<T> {
        let answer = match &self.0.topology {
            Topology::Single { connection, .. } | Topology::Master { connection, .. } => {
                connection.ask(command).await?
            }
            Topology::Cluster(cluster) => {
                let primaries = cluster.primaries().await?;
                let connection = primaries.get(number).ok_or_else(|| unclear("the cluster has shrunk"))?;
                connection.ask(command).await?
            }
        };
        Ok(T::from_redis_value(answer)?)
    }
}

/// A thread for the connections alone: they outlive the worker that opened them, and no handler delays them.
fn start_thread() -> RedisResult<(tokio::runtime::Handle, oneshot::Sender<()>)> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(RedisError::from)?;
    let (io, (end, ended)) = (runtime.handle().clone(), oneshot::channel::<()>());
    let work = move || drop(runtime.block_on(ended));
    let thread = std::thread::Builder::new().name("redis".to_owned()).spawn(work);
    thread.map(|_| (io, end)).map_err(|_| gone())
}

async fn look_after_master(redis: Weak<Inner>) {
    while let Some(inner) = redis.upgrade() {
        if let Topology::Master { connection, sentinels } = &inner.topology
            && let Ok(place) = sentinels.master().await
        {
            connection.keep_only(&place).await;
        }
        drop(inner);
        tokio::time::sleep(LOOK_AFTER_MASTER).await;
    }
}
