//! Hot sessions need neither the store nor SQL, and the cache is never wrong.

use munjigi::identity::sessions::FlushMode;

use crate::support::{PASSWORD, Persona, RedisServer, TestApp, over_both_stores};

const HOT: [&str; 3] = ["/dashboard", "/profile", "/api/auth/check"];

async fn hot_pages_ask_nothing(app: TestApp) {
    let mina = app.member("mina").await;
    app.warm().await;
    let phone = app.client_of("mina").await;
    for path in HOT {
        assert_eq!(mina.get(path).await.status, 200);
    }
    assert!(phone.is_signed_in().await);
    let calls = || app.calls();
    // The collected "last seen" times are written now and then; pages do not cause that.
    app.identity.sessions.sessions.flush_last_seen(FlushMode::Immediate).await;
    let before = calls();
    for _ in 0..50 {
        for path in HOT {
            let reply = mina.get(path).await;
            assert_eq!(reply.status, 200);
            assert!(reply.headers.get("set-cookie").is_none(), "nothing changed, so nothing is set");
        }
        assert!(phone.is_signed_in().await, "by an access token");
    }
    assert_eq!(calls(), before);
}

#[tokio::test]
async fn an_ordinary_page_with_a_hot_session_asks_neither_store_nor_sql() {
    hot_pages_ask_nothing(TestApp::start().await).await;
    // A Redis of its own: a shared one also reports changes in its other databases.
    let redis = RedisServer::start();
    hot_pages_ask_nothing(TestApp::with(|config| config.redis_url = Some(redis.url())).await).await;
}

over_both_stores![
    a_change_of_the_user_is_seen_on_the_next_page,
    a_change_made_by_hand_is_seen_within_moments,
    no_limit_is_outlived_in_memory,
    no_session_survives_its_end_under_fire,
];

async fn a_change_of_the_user_is_seen_on_the_next_page(app: TestApp) {
    let mina = app.member("mina").await;
    app.warm().await;
    for round in 0..30 {
        let name = format!("Mina {round}");
        mina.get("/dashboard").await;
        mina.fill("/profile", "/profile", &[("display_name", &name)]).await.assert_redirect("/profile");
        assert!(mina.get("/dashboard").await.find(".who") == [name]);
    }
}

async fn a_change_made_by_hand_is_seen_within_moments(app: TestApp) {
    let mina = app.member("mina").await;
    app.warm().await;
    assert!(mina.is_signed_in().await);
    app.execute("UPDATE users SET disabled = TRUE");
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert!(!mina.is_signed_in().await);
}

async fn no_limit_is_outlived_in_memory(app: TestApp) {
    let mina = app.member("mina").await;
    app.warm().await;
    for _ in 0..3 {
        assert!(mina.is_signed_in().await);
    }
    app.clock.advance(7_201);
    assert!(!mina.is_signed_in().await, "the idle limit");
}

async fn no_session_survives_its_end_under_fire(app: TestApp) {
    app.member("mina").await;
    app.warm().await;
    for round in 0..500 {
        // Delete the sessions of earlier rounds now and then: only two hundred may be active.
        let mina = app.visitor();
        mina.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.assert_redirect("/dashboard");
        let thief = Persona::with_cookies_of(&mina);
        // Past half of the idle limit, every one of these requests writes the session.
        app.clock.advance(3_700);
        let fire = futures_util::future::join_all((0..20).map(|_| thief.get("/profile")));
        let (_, out) = tokio::join!(fire, mina.post("/logout", &[]));
        out.assert_redirect("/");
        assert_eq!(thief.get("/profile").await.status, 303, "round {round}");
    }
}

#[tokio::test]
async fn without_entries_nothing_is_cached_and_all_works() {
    let app = TestApp::with(|config| config.near_cache_bytes = 0).await;
    let mina = app.member("mina").await;
    app.warm().await;
    assert!(mina.is_signed_in().await);
    // Otherwise the server does so at an unknown time.
    app.identity.sessions.sessions.flush_last_seen(FlushMode::Immediate).await;
    let before = app.calls().0;
    for _ in 0..5 {
        assert!(mina.is_signed_in().await);
    }
    assert_eq!(app.calls().0, before + 5);
}

#[tokio::test]
async fn losing_the_change_notifications_is_noticed() {
    let redis = RedisServer::start();
    let app = TestApp::with(|config| config.redis_url = Some(redis.url())).await;
    let mina = app.member("mina").await;
    app.warm().await;
    for round in 0..20 {
        assert!(mina.is_signed_in().await);
        redis.run(&["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]).await;
        // Another node revokes the session without a notification: directly in Redis.
        let session: Vec<String> =
            redis::from_redis_value(redis.run(&["KEYS", "munjigi:session:*"]).await).unwrap();
        redis.run(&["DEL", &session[0]]).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let mut status = mina.get("/profile").await.status;
        // The data connection was cut as well, so "unknown" is also a correct answer.
        for _ in 0..20 {
            if status != 503 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            status = mina.get("/profile").await.status;
        }
        assert_eq!(status, 303, "round {round}");
        mina.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.assert_redirect("/dashboard");
        app.warm().await;
    }
}
