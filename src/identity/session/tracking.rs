//! Redis tells us of every change to a session or a user (RESP3 `CLIENT TRACKING`), on a connection of its own.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use redis::aio::{MultiplexedConnection, SendError};
use redis::{AsyncConnectionConfig, PushInfo, PushKind, RedisResult, Value};

use crate::identity::near_cache::{NearCache, Source, Topic};

use super::store::{EVERYONE, TOPIC, TRACKED, USER};
use super::{Key, StoreError};

/// A heartbeat vouches for the connection for so long; without one the near cache is bypassed.
const TRUST: Duration = Duration::from_secs(1);
const HEARTBEAT_EVERY: Duration = Duration::from_millis(200);
const TIMEOUT: Duration = Duration::from_millis(500);
const RECONNECT_AFTER: Duration = Duration::from_millis(100);

/// Starts the thread that listens to Redis for as long as anyone uses the near cache.
pub fn follow(url: &str, near: &Arc<NearCache>) -> Result<(), StoreError> {
    let client = redis::Client::open(with_resp3(url))?;
    let near = Arc::downgrade(near);
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime.inspect_err(|error| tracing::error!(%error, "Redis is not listened to"))
        else {
            return;
        };
        runtime.block_on(async {
            while near.strong_count() > 0 {
                if let Err(error) = listen(&client, &near).await {
                    tracing::warn!(%error, "Redis does not tell of changes; the near cache is bypassed");
                }
                if let Some(near) = near.upgrade() {
                    near.lease.lose(Source::Redis);
                }
                tokio::time::sleep(RECONNECT_AFTER).await;
            }
        });
    };
    let thread = std::thread::Builder::new().name("redis-tracking".to_owned()).spawn(work);
    thread.map(drop).map_err(|error| StoreError::Redis(error.into()))
}

/// Listens until the connection is lost, or nobody uses the near cache any more.
async fn listen(client: &redis::Client, near: &Weak<NearCache>) -> RedisResult<()> {
    let told = near.clone();
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(TIMEOUT))
        .set_response_timeout(Some(TIMEOUT))
        .set_push_sender(move |push: PushInfo| {
            if let Some(near) = told.upgrade() {
                hear(push, &near);
            }
            Ok::<_, SendError>(())
        });
    let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
    redis::cmd("CLIENT")
        .arg(&["TRACKING", "ON", "BCAST"])
        .arg(TRACKED.map(|prefix| ["PREFIX", prefix]).concat())
        .query_async::<()>(&mut connection)
        .await?;
    if let Some(near) = near.upgrade() {
        // What changed before tracking was on, nobody has told.
        near.lease.dismiss();
    }
    while near.strong_count() > 0 {
        let sent_at = Instant::now();
        ping(&mut connection).await?;
        if let Some(near) = near.upgrade() {
            // Redis answers in order: what it had pushed by then has been heard.
            near.lease.renew(Source::Redis, sent_at, TRUST);
        }
        tokio::time::sleep(HEARTBEAT_EVERY).await;
    }
    Ok(())
}

async fn ping(connection: &mut MultiplexedConnection) -> RedisResult<()> {
    redis::cmd("PING").query_async::<String>(connection).await.map(drop)
}

/// Runs in the connection's reader, so a change is known before the next answer is.
fn hear(push: PushInfo, near: &NearCache) {
    match push.kind {
        PushKind::Invalidate => match push.data.first() {
            Some(Value::Array(keys)) => keys.iter().for_each(|key| forget(key, near)),
            // FLUSHALL and FLUSHDB name no keys.
            _ => near.lease.dismiss(),
        },
        PushKind::Disconnection => near.lease.lose(Source::Redis),
        _ => {}
    }
}

fn forget(key: &Value, near: &NearCache) {
    let name = match key {
        Value::BulkString(bytes) => String::from_utf8_lossy(bytes),
        Value::SimpleString(text) => text.into(),
        _ => return near.lease.dismiss(),
    };
    if name == EVERYONE {
        near.lease.dismiss();
    } else if let Some(topic) = name.strip_prefix(TOPIC).and_then(Topic::parse) {
        near.topics.changed(topic);
    } else if let Some(key) = name.strip_prefix("munjigi:session:").and_then(Key::parse) {
        near.sessions.invalidate(&key);
    } else if let Some(Ok(user_id)) = name.strip_prefix(USER).map(str::parse) {
        near.users.invalidate(&user_id);
    }
}

/// The same address, asking for RESP3: only there does Redis push.
fn with_resp3(url: &str) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}protocol=resp3")
}
