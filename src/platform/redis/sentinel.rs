//! Finds the master through sentinels.
//!
//! The sentinel client of the `redis` crate is not used: it accepts the first valid answer in configured order,
//! although that sentinel may have missed a failover, instead of the answer with the highest epoch.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use redis::{Cmd, FromRedisValue, RedisResult, Value};
use tokio::runtime::Handle;

use super::access::Access;
use super::connection::{Connection, FindMaster, Target};
use super::gather::gather;
use super::place::Place;
use super::role::unclear;

/// The sentinels of one master.
#[derive(Clone)]
pub struct Sentinels {
    connections: Vec<Arc<Connection>>,
    master: String,
}

/// A sentinel's report of the master.
struct MasterReport {
    master: Place,
    /// Increases with every failover: of differing reports, the one with the higher epoch is newer.
    epoch: u64,
}

impl Sentinels {
    pub fn new(places: &[Place], master: &str, access: &Access, io: &Handle) -> Self {
        let connection =
            |place: &Place| Connection::new(Target::Server(place.clone()), access.clone(), io.clone());
        Self { connections: places.iter().map(connection).collect(), master: master.to_owned() }
    }
}

impl FindMaster for Sentinels {
    /// The master in the newest report of the sentinels that answer.
    fn master(&self) -> BoxFuture<'static, RedisResult<Place>> {
        let question = redis::cmd("SENTINEL").arg("MASTER").arg(&self.master).clone();
        let asked: Vec<_> = self
            .connections
            .iter()
            .map(|connection| MasterReport::ask(Arc::clone(connection), question.clone()))
            .collect();
        Box::pin(async {
            let latest = gather(asked).await?.into_iter().max_by_key(|report| report.epoch);
            latest.map(|report| report.master).ok_or_else(|| unclear("no sentinel knows the master"))
        })
    }
}

impl MasterReport {
    async fn ask(connection: Arc<Connection>, question: Cmd) -> RedisResult<Self> {
        Self::read(connection.ask(&question).await?)
    }

    fn read(answer: Value) -> RedisResult<Self> {
        let fields: HashMap<String, String> = HashMap::from_redis_value(answer)?;
        let read = || {
            Some(Self {
                master: Place::Tcp {
                    host: fields.get("ip")?.clone(),
                    port: fields.get("port")?.parse().ok()?,
                },
                epoch: fields.get("config-epoch")?.parse().ok()?,
            })
        };
        read().ok_or_else(|| unclear("a sentinel's report is malformed"))
    }
}
