//! The cost of a check, and its answer when the store is unavailable.

use munjigi::identity::sessions::FlushMode;

use super::{by_nginx, forward, gated, sent};
use crate::support::{RedisServer, TestApp, scratch, signal};

async fn hot_checks_ask_nothing(app: TestApp) {
    let mina = app.member("mina").await;
    app.warm().await;
    for _ in 0..2 {
        assert_eq!(forward(&mina, &sent("GET", "/x")).await.status, 200);
    }
    app.identity.sessions.sessions.flush_last_seen(FlushMode::Immediate).await;
    let calls = || app.calls();
    let before = calls();
    for _ in 0..100 {
        assert_eq!(forward(&mina, &sent("GET", "/x")).await.status, 200);
        assert_eq!(forward(&mina, &sent("GET", "/admin")).await.status, 403);
        assert_eq!(by_nginx(&mina, "GET", "https://app.example.org/x").await.status, 200);
    }
    assert_eq!(calls(), before);
}

#[tokio::test]
async fn a_check_with_a_hot_session_asks_neither_store_nor_sql() {
    let folder = scratch();
    hot_checks_ask_nothing(TestApp::with(gated(&folder)).await).await;
    let redis = RedisServer::start();
    let change = gated(&folder);
    hot_checks_ask_nothing(
        TestApp::with(|config| {
            change(config);
            config.redis_url = Some(redis.url());
        })
        .await,
    )
    .await;
}

#[tokio::test]
async fn an_unknown_answer_is_503_and_open_places_stay_open() {
    let (folder, redis) = (scratch(), RedisServer::start());
    let change = gated(&folder);
    let app = TestApp::with(|config| {
        change(config);
        config.redis_url = Some(redis.url());
    })
    .await;
    let mina = app.member("mina").await;
    let process = redis.process_id().await;
    signal(process, "STOP");
    // Cached sessions may be accepted until the heartbeat is missed.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    let reply = forward(&mina, &sent("GET", "/x")).await;
    assert_eq!(reply.status, 503);
    assert!(!reply.header("retry-after").is_empty() && reply.headers.get("set-cookie").is_none());
    assert!(reply.body.contains("You stay signed in"), "{}", reply.body);
    assert_eq!(by_nginx(&mina, "GET", "https://app.example.org/x").await.status, 503);
    assert_eq!(
        forward(&app.visitor(), &sent("GET", "/x")).await.status,
        302,
        "an anonymous user needs no store"
    );
    assert_eq!(forward(&mina, &sent("GET", "/public")).await.status, 200);
    assert_eq!(forward(&mina, &sent("GET", "/closed")).await.status, 403);
    signal(process, "CONT");
}
