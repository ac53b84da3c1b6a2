//! Tokens are checked from memory, and never wrongly.

use std::time::{Duration, Instant};

use munjigi::identity::sessions::FlushMode;

use crate::support::signal;

use super::*;

async fn a_hot_token_asks_nothing(app: TestApp) {
    app.member("mina").await;
    app.warm().await;
    let phone = app.client_of("mina").await;
    let (id, token) = phone.make("a", &ALL).await;
    let credentials = format!("Bearer {token}");
    assert!(phone.is_valid(&token).await);
    let last_use = || app.count(&format!("api_tokens WHERE id = {id} AND last_used_at IS NOT NULL"));
    assert_eq!(last_use(), 0, "it is gathered in memory");
    app.identity.tokens.api.flush_last_used(FlushMode::Immediate).await;
    app.identity.sessions.sessions.flush_last_seen(FlushMode::Immediate).await;
    assert_eq!(last_use(), 1);
    // By now this process has read its own change from SQL: the user has a new token.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(phone.is_valid(&token).await);
    let changes = app.count("changes");
    let calls = || app.calls();
    let before = calls();
    for _ in 0..50 {
        for path in ["/api/auth/check", "/api/auth/user"] {
            assert_eq!(phone.send(Method::GET, path, &credentials, None).await.status, 200);
        }
    }
    app.identity.tokens.api.flush_last_used(FlushMode::Immediate).await;
    assert_eq!(calls(), before, "neither the store nor SQL, not even for the last use within the minute");
    app.clock.advance(61);
    assert!(phone.is_valid(&token).await);
    app.identity.tokens.api.flush_last_used(FlushMode::Immediate).await;
    assert_eq!(calls().1, before.1 + 1, "one write for it");
    assert_eq!(app.count("changes"), changes, "no node needs this change");
    let later = format!("api_tokens WHERE last_used_at >= {}", app.clock.now() - 5);
    assert_eq!(app.count(&later), 1);
}

#[tokio::test]
async fn a_hot_token_costs_neither_store_nor_sql() {
    a_hot_token_asks_nothing(TestApp::start().await).await;
    // A Redis of its own: a shared one also reports changes in its other databases.
    let redis = RedisServer::start();
    a_hot_token_asks_nothing(TestApp::with(|config| config.redis_url = Some(redis.url())).await).await;
}

over_both_stores![what_is_changed_by_hand_counts_within_moments, no_token_survives_its_end_under_fire,];

async fn what_is_changed_by_hand_counts_within_moments(app: TestApp) {
    app.member("mina").await;
    app.warm().await;
    let phone = app.client_of("mina").await;
    let soon = async || tokio::time::sleep(Duration::from_millis(600)).await;
    let (_, token) = phone.make("a", &ALL).await;
    assert!(phone.is_valid(&token).await);
    app.execute("UPDATE users SET disabled = TRUE");
    soon().await;
    assert!(!phone.is_valid(&token).await, "a disabled account is refused, whatever the table says");
    app.execute("UPDATE users SET disabled = FALSE");
    soon().await;
    assert!(phone.is_valid(&token).await);
    app.execute("UPDATE api_tokens SET expires_at = 1");
    soon().await;
    assert!(!phone.is_valid(&token).await);
    app.execute("UPDATE api_tokens SET expires_at = NULL");
    soon().await;
    assert!(phone.is_valid(&token).await);
    app.execute("DELETE FROM api_tokens");
    soon().await;
    assert!(!phone.is_valid(&token).await);
}

async fn no_token_survives_its_end_under_fire(app: TestApp) {
    app.member("mina").await;
    app.warm().await;
    let phone = app.client_of("mina").await;
    for round in 0..50 {
        let (id, token) = phone.make("a", &ALL).await;
        assert!(phone.is_valid(&token).await, "good at once");
        let place = format!("/api/auth/tokens/{id}");
        let fire = futures_util::future::join_all((0..20).map(|_| phone.is_valid(&token)));
        let (_, gone) = tokio::join!(fire, phone.delete(&place));
        assert_eq!(gone.status, 204);
        assert!(!phone.is_valid(&token).await, "round {round}");
    }
}

#[tokio::test]
async fn without_entries_tokens_work_all_the_same() {
    let app = TestApp::with(|config| config.near_cache_bytes = 0).await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let (id, token) = phone.make("a", &ALL).await;
    assert!(phone.is_valid(&token).await && phone.is_valid(&token).await);
    assert_eq!(phone.delete(&format!("/api/auth/tokens/{id}")).await.status, 204);
    assert!(!phone.is_valid(&token).await);
}

#[tokio::test]
async fn an_outage_is_never_reported_as_a_bad_token() {
    let redis = RedisServer::start();
    let app = TestApp::with(|config| config.redis_url = Some(redis.url())).await;
    app.member("mina").await;
    app.warm().await;
    let phone = app.client_of("mina").await;
    let (_, hot) = phone.make("hot", &ALL).await;
    let (_, cold) = phone.make("cold", &ALL).await;
    assert!(phone.is_valid(&hot).await);
    let process = redis.process_id().await;
    signal(process, "STOP");
    let since = Instant::now();
    while since.elapsed() < Duration::from_millis(1_500) {
        for token in [&hot, &cold] {
            let asked = Instant::now();
            assert!(phone.is_valid(token).await, "a token has no session, so it needs no store");
            assert!(asked.elapsed() < Duration::from_secs(1));
        }
    }
    signal(process, "CONT");

    // All SQL readers are busy: the answer is unknown.
    let db = app.identity.core.db.clone();
    let slow = move || {
        let db = db.clone();
        async move {
            let nap = db.run(|_| {
                std::thread::sleep(Duration::from_millis(3_500));
                Ok::<_, munjigi::platform::db::DbError>(())
            });
            drop(nap.await);
        }
    };
    app.execute("DELETE FROM api_tokens WHERE name = 'hot'");
    let naps = futures_util::future::join_all((0..app.identity.core.db.size().readers).map(|_| slow()));
    let ask = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        let reply = phone.check(&format!("Token {cold}")).await;
        assert_eq!(reply.status, 503, "{}", reply.body);
        assert!(!reply.header("retry-after").is_empty());
    };
    tokio::join!(naps, ask);
    assert!(phone.is_valid(&cold).await && !phone.is_valid(&hot).await);
}
