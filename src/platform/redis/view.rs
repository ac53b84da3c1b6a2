//! The servers that hold data, for a subscriber that listens to all of them.

use redis::aio::{AsyncPushSender, MultiplexedConnection};
use redis::{FromRedisValue, ProtocolVersion, RedisResult, Value};

use super::client::{Redis, Topology};
use super::connection::FindMaster;
use super::place::Place;
use super::role::{must_be_master, unclear};
use super::{access, slots};

/// The servers that hold data at a moment. A different view means that data has moved to other servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub servers: Vec<Place>,
    /// The epoch of a cluster.
    epoch: Option<u64>,
}

impl Redis {
    /// Asks the sentinels or the cluster which servers hold data.
    pub async fn view(&self) -> RedisResult<View> {
        match &self.0.topology {
            Topology::Single { place, .. } => Ok(View { servers: vec![place.clone()], epoch: None }),
            Topology::Master { sentinels, .. } => {
                Ok(View { servers: vec![sentinels.master().await?], epoch: None })
            }
            Topology::Cluster(cluster) => {
                let slot_map = cluster.reload().await?;
                Ok(View { servers: slot_map.primaries.clone(), epoch: Some(slot_map.epoch) })
            }
        }
    }

    /// From now on all calls are answered by the servers of this view only. With notifications from one server and
    /// cached answers from another, changes would go unnoticed.
    pub async fn pin(&self, view: &View) {
        if let (Topology::Master { connection, .. }, [master]) = (&self.0.topology, view.servers.as_slice()) {
            connection.keep_only(master).await;
        }
    }

    /// Opens a separate connection, on which the server may push messages.
    pub async fn listen(
        &self,
        place: &Place,
        push: impl AsyncPushSender,
    ) -> RedisResult<MultiplexedConnection> {
        let client = self.0.access.client(place, ProtocolVersion::RESP3)?;
        client.get_multiplexed_async_connection_with_config(&access::settings().set_push_sender(push)).await
    }

    /// Fails unless the server still holds the data of the view. Redis answers in order, so everything that it pushed
    /// before has been received.
    pub async fn heartbeat(&self, connection: &mut MultiplexedConnection, view: &View) -> RedisResult<()> {
        if let Topology::Single { .. } = self.0.topology {
            return redis::cmd("PING").query_async(connection).await;
        }
        must_be_master(connection).await?;
        if let Some(epoch) = view.epoch {
            let info: Value = redis::cmd("CLUSTER").arg("INFO").query_async(connection).await?;
            if slots::epoch(&String::from_redis_value(info)?) != Some(epoch) {
                return Err(unclear("the cluster has changed"));
            }
        }
        Ok(())
    }
}
