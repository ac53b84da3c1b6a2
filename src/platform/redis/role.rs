//! Whether a server is a master.

use redis::aio::MultiplexedConnection;
use redis::{ErrorKind, FromRedisValue, RedisError, RedisResult, Value};

/// Fails unless the server is a master: others are neither written to nor read.
pub async fn must_be_master(connection: &mut MultiplexedConnection) -> RedisResult<()> {
    let role: Vec<Value> = redis::cmd("ROLE").query_async(connection).await?;
    let role: Option<String> = role.into_iter().next().and_then(|word| String::from_redis_value(word).ok());
    match role.as_deref() {
        Some("master") => Ok(()),
        _ => Err(unclear("the server is not the master")),
    }
}

pub fn unclear(why: &'static str) -> RedisError {
    // An I/O error closes the connection, so the next call finds the server again.
    RedisError::from((ErrorKind::Io, why))
}
