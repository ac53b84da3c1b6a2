//! With Redis, two nodes count as one; without it, each counts by itself, and no limit locks users out or is lifted.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::support::{PASSWORD, Persona, RedisServer, SharedCluster, TestApp, signal};

/// Two nodes with one database and one Redis.
async fn pair(redis_url: String) -> [TestApp; 2] {
    let here = TestApp::with(|config| {
        config.redis_url = Some(redis_url.clone());
        config.trusted_proxies = vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()];
    })
    .await;
    let (database, data_dir) = (here.config.database.clone(), here.config.data_dir.clone());
    let there = TestApp::with(|config| {
        (config.database, config.data_dir, config.redis_url) = (database, data_dir, Some(redis_url));
        config.trusted_proxies = vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()];
    })
    .await;
    // So that the first attempt finds the connection open.
    for app in [&here, &there] {
        assert_eq!(app.visitor().get("/readyz").await.status, 200);
    }
    [here, there]
}

async fn sign_in(persona: &Persona, login: &str, password: &str) -> u16 {
    persona.post("/login", &[("login", login), ("password", password)]).await.status
}

async fn five_failures_lock_both(nodes: &[TestApp; 2], names: [&str; 2]) {
    let [here, there] = nodes;
    let own = here.member(names[0]).await;
    own.post("/logout", &[]).await;
    here.member(names[1]).await;
    for attempt in 0..5 {
        assert_eq!(sign_in(&nodes[attempt % 2].visitor(), names[0], "guess").await, 422, "{attempt}");
    }
    for app in nodes {
        let refused = app.visitor().post("/login", &[("login", names[0]), ("password", PASSWORD)]).await;
        assert_eq!(refused.status, 429);
        let wait: u64 = refused.header("retry-after").parse().unwrap();
        assert!((880..=900).contains(&wait), "{wait}");
    }
    assert_eq!(sign_in(&there.visitor(), names[1], PASSWORD).await, 303, "another account is another matter");
    let device = there.visitor();
    device.set_cookie("munjigi-device", &own.cookie("munjigi-device").unwrap());
    assert_eq!(sign_in(&device, names[0], PASSWORD).await, 303, "the owner's device is judged by itself");
    for app in nodes {
        app.clock.advance(901);
    }
    assert_eq!(sign_in(&here.visitor(), names[0], PASSWORD).await, 303, "after the window");
}

#[tokio::test]
async fn five_failures_spread_over_two_nodes_lock_the_account_on_both() {
    let redis = RedisServer::start();
    five_failures_lock_both(&pair(redis.url()).await, ["mina", "noa"]).await;
    let keys = redis.run(&["KEYS", "munjigi:limit:*"]).await;
    let keys: Vec<String> = redis::from_redis_value(keys).unwrap();
    assert!(!keys.is_empty());
    for key in keys {
        assert!(!key.contains("mina") && !key.contains("127.0.0.1") && key.len() < 60, "{key}");
        let life: i64 = redis::from_redis_value(redis.run(&["TTL", &key]).await).unwrap();
        assert!((1..=3600).contains(&life), "{key} lives for {life} s");
    }
}

#[tokio::test]
async fn the_same_in_a_cluster() {
    let shared = SharedCluster::take().await;
    five_failures_lock_both(&pair(shared.servers().url()).await, ["mina", "noa"]).await;
}

#[tokio::test]
async fn fifty_parallel_guesses_over_two_nodes_get_five_answers() {
    let redis = RedisServer::start();
    let nodes = pair(redis.url()).await;
    nodes[0].member("mina").await;
    let visitors: Vec<_> = (0..50).map(|number| nodes[number % 2].visitor()).collect();
    let statuses = join_all(visitors.iter().map(|visitor| sign_in(visitor, "mina", "guess"))).await;
    let looked_at = statuses.iter().filter(|status| **status == 422).count();
    let refused = statuses.iter().filter(|status| **status == 429).count();
    assert_eq!((looked_at, refused), (5, 45), "{statuses:?}");
}

#[tokio::test]
async fn devices_share_one_count_on_two_nodes() {
    let redis = RedisServer::start();
    let nodes = pair(redis.url()).await;
    let own = nodes[0].member("mina").await;
    own.post("/logout", &[]).await;
    let mut devices = Vec::new();
    for number in 0..8 {
        let device = nodes[number % 2].visitor();
        device.sign_in("mina").await.assert_redirect("/dashboard");
        let there = nodes[(number + 1) % 2].visitor();
        there.set_cookie("munjigi-device", &device.cookie("munjigi-device").unwrap());
        devices.push([device, there]);
    }
    let guesses =
        devices.iter().flatten().flat_map(|device| (0..5).map(move |_| sign_in(device, "mina", "guess")));
    let statuses = join_all(guesses).await;
    let checked = statuses.iter().filter(|status| **status == 422).count();
    let refused = statuses.iter().filter(|status| **status == 429).count();
    assert_eq!((checked, refused), (20, 60), "{statuses:?}");
}

#[tokio::test]
async fn right_passwords_on_both_nodes_are_not_limited() {
    let redis = RedisServer::start();
    let nodes = pair(redis.url()).await;
    nodes[0].member("mina").await;
    let browsers: Vec<_> = (0..30).map(|number| nodes[number % 2].visitor()).collect();
    let statuses = join_all(browsers.iter().map(|browser| sign_in(browser, "mina", PASSWORD))).await;
    assert!(statuses.iter().all(|status| *status == 303), "{statuses:?}");
}

#[tokio::test]
async fn mails_and_new_accounts_are_counted_together_by_address() {
    let redis = RedisServer::start();
    let nodes = pair(redis.url()).await;
    let asked = async |number: usize, from: &str| {
        let mut visitor = nodes[number % 2].visitor();
        visitor.forwarded_for = Some(from.to_owned());
        visitor.post("/password-reset", &[("login", &format!("nobody{number}@example.org"))]).await.status
    };
    for number in 0..20 {
        assert_eq!(asked(number, "203.0.113.7").await, 303, "{number}");
    }
    assert_eq!([asked(20, "203.0.113.7").await, asked(21, "203.0.113.7").await], [429, 429]);
    assert_eq!(asked(22, "203.0.113.8").await, 303);
}

#[tokio::test]
async fn an_outage_of_redis_locks_no_user_out_and_lifts_no_limit() {
    let redis = RedisServer::start();
    let nodes = pair(redis.url()).await;
    nodes[0].member("mina").await;
    nodes[0].member("noa").await;
    let process = redis.process_id().await;
    signal(process, "STOP");
    for attempt in 0..5 {
        let started = Instant::now();
        assert_eq!(sign_in(&nodes[0].visitor(), "mina", "guess").await, 422, "{attempt}");
        assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    }
    assert_eq!(sign_in(&nodes[0].visitor(), "mina", "guess").await, 429, "this node has counted them");
    // Correct passwords without a sign-in, because no session could be stored.
    for _ in 0..10 {
        assert_eq!(sign_in(&nodes[1].visitor(), "noa", PASSWORD).await, 503);
    }
    signal(process, "CONT");
    let since = Instant::now();
    while nodes[1].visitor().get("/readyz").await.status != 200 {
        assert!(since.elapsed() < Duration::from_secs(5));
    }
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(sign_in(&nodes[0].visitor(), "mina", PASSWORD).await, 429);
    for app in &nodes {
        // Attempts in flight when Redis stopped are forgotten after a minute at the latest.
        app.clock.advance(61);
        assert_eq!(sign_in(&app.visitor(), "noa", PASSWORD).await, 303);
    }
}
