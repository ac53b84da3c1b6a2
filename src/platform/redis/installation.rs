//! Whether Redis takes writes, and whether it belongs to this installation.

use std::time::Duration;

use redis::{Cmd, FromRedisValue, RedisResult, Value};

use super::client::Redis;

/// Holds the id of the installation whose sessions Redis stores. It never expires.
const MARK: &str = "munjigi:installation";

/// What came of an attempt to write to Redis.
#[derive(Debug, PartialEq, Eq)]
pub enum WriteAccess {
    Granted,
    /// The server is a replica; its master takes writes.
    Replica,
    /// No node can write, for this reason: its memory is full, its disk fails, its replicas are gone.
    Refused(String),
    /// Redis stores the sessions of another installation.
    OtherInstallation,
}

impl Redis {
    /// Marks Redis as used by this installation, unless it is marked already.
    ///
    /// # Errors
    /// If Redis does not answer.
    pub async fn claim(&self, installation: &str) -> RedisResult<WriteAccess> {
        if self.is_replica().await? {
            return Ok(WriteAccess::Replica);
        }
        let mut set = redis::cmd("SET");
        set.arg(MARK).arg(installation).arg("NX");
        let set: RedisResult<Option<String>> = self.ask(MARK, &set).await;
        if let Ok(Some(_)) = set {
            return Ok(WriteAccess::Granted);
        }
        let mark: Option<String> = self.ask(MARK, &Cmd::get(MARK)).await?;
        Ok(match (mark, set) {
            (Some(mark), _) if mark != installation => WriteAccess::OtherInstallation,
            (_, Err(error)) => WriteAccess::Refused(error.to_string()),
            _ => WriteAccess::Granted,
        })
    }

    /// Removes the mark of any installation.
    pub async fn unclaim(&self) -> RedisResult<()> {
        self.ask::<Value>(MARK, &Cmd::get_del(MARK)).await.map(drop)
    }

    /// In a cluster, and with sentinels, commands only go to masters.
    async fn is_replica(&self) -> RedisResult<bool> {
        if self.servers().await? != 1 {
            return Ok(false);
        }
        let role: RedisResult<Vec<Value>> = self.ask_server(0, &redis::cmd("ROLE")).await;
        match role {
            Ok(role) => {
                let role = role.into_iter().next().and_then(|word| String::from_redis_value(word).ok());
                Ok(role.as_deref() == Some("slave"))
            }
            // A user without the right to ask.
            Err(error) if matches!(error.kind(), redis::ErrorKind::Server(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The same as `claim`, blocking: for the start. None if Redis does not answer in time.
    pub fn claim_within(&self, patience: Duration, installation: &str) -> Option<WriteAccess> {
        let (redis, installation) = (self.clone(), installation.to_owned());
        let (done, outcome) = std::sync::mpsc::sync_channel(1);
        self.0.io.spawn(async move {
            let _ = done.send(redis.claim(&installation).await);
        });
        outcome.recv_timeout(patience).ok()?.ok()
    }
}
