//! Redis tells us of every change to a session or a user (RESP3 `CLIENT TRACKING`), on connections of its own: one to each
//! server that holds keys.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use redis::aio::{MultiplexedConnection, SendError};
use redis::{PushInfo, PushKind, RedisResult, Value};

use super::{Source, Topic};
use crate::identity::sessions::cache::NearCache;
use crate::platform::redis::{Place, Redis, View};

use crate::identity::sessions::store::{EVERYONE, TOPIC, TRACKED, USER};
use crate::identity::sessions::{Key, StoreError};

/// A heartbeat vouches for the connections for so long; without one the near cache is bypassed.
const TRUST: Duration = Duration::from_secs(1);
const HEARTBEAT_EVERY: Duration = Duration::from_millis(200);
const RECONNECT_AFTER: Duration = Duration::from_millis(100);
/// After so many heartbeats it is asked whether these are still the servers that hold keys.
const BEATS_A_LOOK: u32 = 5;

/// Starts the thread that listens to Redis for as long as anyone uses the near cache.
pub fn follow(redis: Redis, near: &Arc<NearCache>) -> Result<(), StoreError> {
    let near = Arc::downgrade(near);
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime.inspect_err(|error| tracing::error!(%error, "Redis is not listened to"))
        else {
            return;
        };
        runtime.block_on(async {
            while near.strong_count() > 0 {
                if let Err(error) = listen(&redis, &near).await {
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

/// Listens until a connection is lost or keys change hands, or nobody uses the near cache any more.
async fn listen(redis: &Redis, near: &Weak<NearCache>) -> RedisResult<()> {
    let view = redis.view().await?;
    let mut connections = try_join_all(view.servers.iter().map(|place| track(redis, place, near))).await?;
    redis.settle(&view).await;
    if let Some(near) = near.upgrade() {
        // What changed before tracking was on, nobody has told.
        near.lease.dismiss();
    }
    for beat in 1.. {
        let sent_at = Instant::now();
        try_join_all(connections.iter_mut().map(|connection| redis.heartbeat(connection, &view))).await?;
        if beat % BEATS_A_LOOK == 0 {
            look(redis, &view).await?;
        }
        let Some(near) = near.upgrade() else { break };
        near.lease.renew(Source::Redis, sent_at, TRUST);
        drop(near);
        tokio::time::sleep(HEARTBEAT_EVERY).await;
    }
    Ok(())
}

async fn track(redis: &Redis, place: &Place, near: &Weak<NearCache>) -> RedisResult<MultiplexedConnection> {
    let told = near.clone();
    let push = move |push: PushInfo| {
        if let Some(near) = told.upgrade() {
            hear(push, &near);
        }
        Ok::<_, SendError>(())
    };
    let mut connection = redis.listen(place, push).await?;
    redis::cmd("CLIENT")
        .arg(&["TRACKING", "ON", "BCAST"])
        .arg(TRACKED.map(|prefix| ["PREFIX", prefix]).concat())
        .query_async::<()>(&mut connection)
        .await?;
    Ok(connection)
}

/// Whether the same servers hold the keys as before.
async fn look(redis: &Redis, view: &View) -> RedisResult<()> {
    match redis.view().await {
        Ok(now) if now == *view => Ok(()),
        Ok(_) => Err((redis::ErrorKind::Client, "keys have changed hands").into()),
        // Nobody who could tell answers; the servers themselves do.
        Err(_) => Ok(()),
    }
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
