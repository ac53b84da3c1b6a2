//! Redis stopped, killed, read-only, full and flushed: no request wrongly accepted, no user is signed out, nothing hangs.

use std::time::{Duration, Instant};

use crate::support::{PASSWORD, Persona, RedisServer, TestApp, signal};

async fn start() -> (RedisServer, TestApp) {
    let redis = RedisServer::start();
    let app = TestApp::with(|config| config.redis_url = Some(redis.url())).await;
    (redis, app)
}

/// Pages that need no session answer quickly whatever Redis does.
async fn public_pages_are_quick(app: &TestApp, mina: &Persona) {
    let style = app.visitor().get("/").await.attributes("link[rel=stylesheet]", "href").remove(0);
    let mut times = Vec::new();
    for _ in 0..25 {
        for path in ["/", "/login", "/healthz", &style] {
            let started = Instant::now();
            let status = mina.get(path).await.status;
            assert!(matches!(status, 200 | 303), "{path}: {status}");
            times.push(started.elapsed());
        }
    }
    times.sort();
    // Other tests run concurrently: a few may be late by a time slice.
    assert!(times[95] <= Duration::from_millis(100), "p95 {:?}", times[95]);
}

/// Every answer comes within a second; a member's page gets 503, and the cookie stays.
async fn members_get_503(mina: &Persona) {
    // A hot session may be accepted until the heartbeat is missed.
    let deadline = Instant::now() + Duration::from_secs(2);
    loop {
        let started = Instant::now();
        let reply = mina.get("/profile").await;
        assert!(started.elapsed() <= Duration::from_secs(1), "{:?}", started.elapsed());
        assert!(reply.headers.get("set-cookie").is_none());
        if reply.status == 503 {
            assert!(!reply.header("retry-after").is_empty());
            return;
        }
        assert!(reply.status == 200 && Instant::now() < deadline, "{}", reply.status);
    }
}

async fn normal_within_two_seconds(mina: &Persona) {
    let since = Instant::now();
    while mina.get("/profile").await.status != 200 {
        assert!(since.elapsed() < Duration::from_secs(2), "service is not normal again");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn no_request_is_accepted_wrongly(app: &TestApp) {
    let thief = app.visitor();
    thief.set_cookie("munjigi", "forged.forged");
    assert_eq!(thief.get("/profile").await.status, 303, "a forged cookie needs no store");
    let started = Instant::now();
    let reply = app.visitor().post("/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    assert!(reply.status == 503 && reply.headers.get("set-cookie").is_none(), "{}", reply.status);
    assert!(started.elapsed() <= Duration::from_secs(1), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_stopped_redis_is_waited_for_calmly() {
    let (redis, app) = start().await;
    let mina = app.member("mina").await;
    let other = app.another_browser("mina").await;
    app.warm().await;
    mina.get("/profile").await;
    let process = redis.process_id().await;
    signal(process, "STOP");
    members_get_503(&mina).await;
    public_pages_are_quick(&app, &mina).await;
    no_request_is_accepted_wrongly(&app).await;
    // Signing out takes effect, because SQL records it.
    let started = Instant::now();
    let cookie = other.cookie("munjigi").unwrap();
    other.post("/logout", &[]).await.assert_redirect("/");
    assert!(started.elapsed() <= Duration::from_secs(1), "{:?}", started.elapsed());
    signal(process, "CONT");
    normal_within_two_seconds(&mina).await;
    let thief = app.visitor();
    thief.set_cookie("munjigi", &cookie);
    assert_eq!(
        thief.get("/profile").await.status,
        303,
        "a session that signed out during the outage stays ended"
    );
}

#[tokio::test]
async fn a_killed_redis_that_comes_back_with_its_data_goes_on() {
    let (mut redis, app) = start().await;
    let mina = app.member("mina").await;
    app.warm().await;
    redis.run(&["SAVE"]).await;
    redis.kill().await;
    members_get_503(&mina).await;
    public_pages_are_quick(&app, &mina).await;
    no_request_is_accepted_wrongly(&app).await;
    redis.start_again();
    normal_within_two_seconds(&mina).await;
}

#[tokio::test]
async fn a_read_only_redis_keeps_live_sessions_going() {
    let (redis, app) = start().await;
    let mina = app.member("mina").await;
    let other = app.another_browser("mina").await;
    redis.run(&["REPLICAOF", "127.0.0.1", "1"]).await;
    for _ in 0..5 {
        assert_eq!(mina.get("/profile").await.status, 200);
    }
    app.clock.advance(4_000);
    assert_eq!(mina.get("/profile").await.status, 200, "a renewal that cannot be written ends no session");
    no_request_is_accepted_wrongly(&app).await;
    let cookie = other.cookie("munjigi").unwrap();
    other.post("/logout", &[]).await.assert_redirect("/");
    let thief = app.visitor();
    thief.set_cookie("munjigi", &cookie);
    assert_eq!(thief.get("/profile").await.status, 303, "signing out holds all the same");
    redis.run(&["REPLICAOF", "NO", "ONE"]).await;
    normal_within_two_seconds(&mina).await;
    app.another_browser("mina").await;
}

#[tokio::test]
async fn a_full_redis_keeps_live_sessions_going() {
    let (redis, app) = start().await;
    let mina = app.member("mina").await;
    redis.run(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]).await;
    redis.run(&["CONFIG", "SET", "maxmemory", "1"]).await;
    for _ in 0..5 {
        assert_eq!(mina.get("/profile").await.status, 200);
    }
    no_request_is_accepted_wrongly(&app).await;
    let cookie = mina.cookie("munjigi").unwrap();
    mina.post("/logout", &[]).await.assert_redirect("/");
    let thief = app.visitor();
    thief.set_cookie("munjigi", &cookie);
    assert_eq!(thief.get("/profile").await.status, 303);
    redis.run(&["CONFIG", "SET", "maxmemory", "0"]).await;
    app.another_browser("mina").await;
}

#[tokio::test]
async fn a_flushed_redis_has_ended_its_sessions() {
    let (redis, app) = start().await;
    let mina = app.member("mina").await;
    app.warm().await;
    for _ in 0..3 {
        assert_eq!(mina.get("/profile").await.status, 200);
    }
    redis.run(&["FLUSHALL"]).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(mina.get("/profile").await.status, 303, "not even from memory");
    mina.sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn an_outage_is_503_to_programs_too_and_uses_no_refresh_token_up() {
    let (redis, app) = start().await;
    app.member("mina").await;
    let mut phone = app.client_of("mina").await;
    let process = redis.process_id().await;
    signal(process, "STOP");
    let deadline = Instant::now() + Duration::from_secs(2);
    while phone.get("/api/auth/check").await.status != 503 {
        assert!(Instant::now() < deadline);
    }
    for reply in [
        phone.get("/api/auth/user").await,
        phone.get("/api/posts").await,
        phone.try_refresh(&phone.refresh).await,
    ] {
        assert_eq!((reply.status, reply.header("content-type")), (503, "application/problem+json"));
        assert!(!reply.header("retry-after").is_empty());
    }
    let forged = phone.send(reqwest::Method::GET, "/api/auth/check", "Bearer forged", None).await;
    assert_eq!(forged.status, 401, "a forged token needs no store");
    signal(process, "CONT");
    let deadline = Instant::now() + Duration::from_secs(2);
    while !matches!(phone.get("/api/auth/check").await.status, 200) {
        assert!(Instant::now() < deadline, "service is not normal again");
    }
    phone.renew().await;
    assert_eq!(app.count("refresh_tokens WHERE generation = 1"), 1);
}
