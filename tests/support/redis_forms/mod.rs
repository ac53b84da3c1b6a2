//! Redis as it runs in production: with TLS, with sentinels, as a cluster.

mod cluster;
mod sentinel;
mod tls;

use std::sync::LazyLock;

use tokio::sync::{Mutex, MutexGuard};

pub use cluster::RedisCluster;
pub use sentinel::Sentinels;
pub use tls::TlsRedis;

static SENTINELS: LazyLock<Mutex<Option<Sentinels>>> = LazyLock::new(Mutex::default);
static CLUSTER: LazyLock<Mutex<Option<RedisCluster>>> = LazyLock::new(Mutex::default);

/// Three sentinels, a master and a replica, empty and exclusive to one test at a time.
pub struct SharedSentinels(MutexGuard<'static, Option<Sentinels>>);

/// The same of a cluster.
pub struct SharedCluster(MutexGuard<'static, Option<RedisCluster>>);

impl SharedSentinels {
    pub async fn take() -> Self {
        let mut guard = SENTINELS.lock().await;
        if guard.is_none() {
            *guard = Some(Sentinels::start().await);
        }
        let shared = Self(guard);
        shared.servers().master.run(&["FLUSHALL"]).await;
        shared
    }

    pub fn servers(&self) -> &Sentinels {
        self.0.as_ref().unwrap()
    }
}

impl SharedCluster {
    pub async fn take() -> Self {
        let mut guard = CLUSTER.lock().await;
        if guard.is_none() {
            *guard = Some(RedisCluster::start().await);
        }
        let shared = Self(guard);
        for primary in &shared.servers().primaries {
            primary.run(&["FLUSHALL"]).await;
        }
        shared
    }

    pub fn servers(&self) -> &RedisCluster {
        self.0.as_ref().unwrap()
    }
}
