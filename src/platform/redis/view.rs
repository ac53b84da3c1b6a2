//! Who holds data just now, for whoever listens to all of them.

use redis::aio::{AsyncPushSender, MultiplexedConnection};
use redis::{FromRedisValue, ProtocolVersion, RedisResult, Value};

use super::client::{Reach, Redis};
use super::link::FindMaster;
use super::place::Place;
use super::role::{must_be_master, unclear};
use super::{access, slots};

/// The servers that hold data, as of a moment ago. Another view means that something has changed hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub servers: Vec<Place>,
    /// Of a cluster.
    epoch: Option<u64>,
}

impl Redis {
    /// Asks who holds data: the sentinels, or the cluster.
    pub async fn view(&self) -> RedisResult<View> {
        match &self.0.reach {
            Reach::Single { place, .. } => Ok(View { servers: vec![place.clone()], epoch: None }),
            Reach::Master { sentinels, .. } => {
                Ok(View { servers: vec![sentinels.master().await?], epoch: None })
            }
            Reach::Cluster(cluster) => {
                let chart = cluster.redraw().await?;
                Ok(View { servers: chart.primaries.clone(), epoch: Some(chart.epoch) })
            }
        }
    }

    /// From here on everyone is answered by the servers of this view alone. Whoever heard pushes of one server and kept
    /// answers of another would believe for long what has changed.
    pub async fn settle(&self, view: &View) {
        if let (Reach::Master { link, .. }, [master]) = (&self.0.reach, view.servers.as_slice()) {
            link.keep_only(master).await;
        }
    }

    /// A connection of the caller's own, on which the server may push.
    pub async fn listen(
        &self,
        place: &Place,
        push: impl AsyncPushSender,
    ) -> RedisResult<MultiplexedConnection> {
        let client = self.0.access.client(place, ProtocolVersion::RESP3)?;
        client.get_multiplexed_async_connection_with_config(&access::settings().set_push_sender(push)).await
    }

    /// Whether the server at the other end still holds what the view says. Redis answers in order: what it had pushed
    /// by then has been heard.
    pub async fn heartbeat(&self, connection: &mut MultiplexedConnection, view: &View) -> RedisResult<()> {
        if let Reach::Single { .. } = self.0.reach {
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
