//! Whether a server is a master.

use redis::aio::MultiplexedConnection;
use redis::{ErrorKind, FromRedisValue, RedisError, RedisResult, Value};

/// A server that has been demoted, or is no master yet, is neither written to nor read.
pub async fn must_be_master(connection: &mut MultiplexedConnection) -> RedisResult<()> {
    let role: Vec<Value> = redis::cmd("ROLE").query_async(connection).await?;
    let role: Option<String> = role.into_iter().next().and_then(|word| String::from_redis_value(word).ok());
    match role.as_deref() {
        Some("master") => Ok(()),
        _ => Err(unclear("the server is not the master")),
    }
}

pub fn unclear(why: &'static str) -> RedisError {
    // As an error of input and output it closes the connection, and the next call looks again.
    RedisError::from((ErrorKind::Io, why))
}
