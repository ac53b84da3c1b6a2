//! Receives every change to a session or a user from Redis (RESP3 `CLIENT TRACKING`), on separate connections: one to
//! each server that holds keys.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use redis::aio::{MultiplexedConnection, SendError};
use redis::{PushInfo, PushKind, RedisResult, Value};

use crate::platform::outage::Outage;
use crate::platform::redis::{Place, Redis, View};

use super::announce::{EVERYONE, GROUP, SESSION, TOPIC, TRACKED, USER};
use super::change::{Change, Topic};
use super::feed::Feed;
use super::lease::Source;

/// How long a heartbeat vouches for the connections; without one the near cache is bypassed.
const TRUST: Duration = Duration::from_secs(1);
const HEARTBEAT_EVERY: Duration = Duration::from_millis(200);
const RECONNECT_AFTER: Duration = Duration::from_millis(100);
/// Heartbeats between checks whether the same servers still hold the keys.
const BEATS_A_LOOK: u32 = 5;

static OUTAGE: Outage = Outage::new(
    "Redis change notifications stopped; the near cache is bypassed",
    "Redis change notifications arrive again",
);

/// Starts the thread that listens to Redis for as long as the feed is used.
pub fn follow(redis: Redis, feed: &Arc<Feed>) -> std::io::Result<()> {
    let feed = Arc::downgrade(feed);
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime.inspect_err(|error| tracing::error!(%error, "Redis cannot be followed"))
        else {
            return;
        };
        runtime.block_on(async {
            while feed.strong_count() > 0 {
                if let Err(error) = listen(&redis, &feed).await {
                    OUTAGE.failed(&error);
                }
                if let Some(feed) = feed.upgrade() {
                    feed.lease.revoke(Source::Redis);
                }
                tokio::time::sleep(RECONNECT_AFTER).await;
            }
        });
    };
    let thread = std::thread::Builder::new().name("redis-tracking".to_owned()).spawn(work);
    thread.map(drop)
}

/// Listens until a connection is lost, keys move to other servers, or the near cache is no longer used.
async fn listen(redis: &Redis, feed: &Weak<Feed>) -> RedisResult<()> {
    let view = redis.view().await?;
    let mut connections =
        try_join_all(view.servers.iter().map(|place| subscribe(redis, place, feed))).await?;
    redis.pin(&view).await;
    if let Some(feed) = feed.upgrade() {
        // Changes from before tracking was enabled were not reported.
        feed.lease.invalidate_all();
    }
    for beat in 1.. {
        let sent_at = Instant::now();
        try_join_all(connections.iter_mut().map(|connection| redis.heartbeat(connection, &view))).await?;
        if beat % BEATS_A_LOOK == 0 {
            check_servers(redis, &view).await?;
        }
        let Some(feed) = feed.upgrade() else { break };
        feed.lease.renew(Source::Redis, sent_at, TRUST);
        OUTAGE.worked();
        drop(feed);
        tokio::time::sleep(HEARTBEAT_EVERY).await;
    }
    Ok(())
}

async fn subscribe(redis: &Redis, place: &Place, feed: &Weak<Feed>) -> RedisResult<MultiplexedConnection> {
    let weak = feed.clone();
    let push = move |push: PushInfo| {
        if let Some(feed) = weak.upgrade() {
            on_push(push, &feed);
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

/// Whether the same servers still hold the keys.
async fn check_servers(redis: &Redis, view: &View) -> RedisResult<()> {
    match redis.view().await {
        Ok(now) if now == *view => Ok(()),
        Ok(_) => Err((redis::ErrorKind::Client, "keys have changed hands").into()),
        // No sentinel or cluster server answers; the heartbeats of the servers themselves decide.
        Err(_) => Ok(()),
    }
}

/// Runs in the connection's reader, so a change is applied before the next reply is read.
fn on_push(push: PushInfo, feed: &Feed) {
    match push.kind {
        PushKind::Invalidate => match push.data.first() {
            Some(Value::Array(keys)) => keys.iter().for_each(|key| publish(key, feed)),
            // FLUSHALL and FLUSHDB report no keys.
            _ => feed.lease.invalidate_all(),
        },
        PushKind::Disconnection => feed.lease.revoke(Source::Redis),
        _ => {}
    }
}

fn publish(key: &Value, feed: &Feed) {
    let name = match key {
        Value::BulkString(bytes) => String::from_utf8_lossy(bytes),
        Value::SimpleString(text) => text.into(),
        _ => return feed.lease.invalidate_all(),
    };
    if let Some(change) = change(&name) {
        feed.publish(&change);
    }
}

/// The change that a key in Redis stands for.
fn change(name: &str) -> Option<Change> {
    if name == EVERYONE {
        return Some(Change::Everyone);
    }
    if let Some(key) = name.strip_prefix(SESSION) {
        return Some(Change::Session(key.to_owned()));
    }
    if let Some(id) = name.strip_prefix(USER) {
        return id.parse().ok().map(Change::User);
    }
    if let Some(id) = name.strip_prefix(GROUP) {
        return id.parse().ok().map(Change::Group);
    }
    name.strip_prefix(TOPIC).and_then(Topic::parse).map(Change::Topic)
}
