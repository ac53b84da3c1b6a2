//! Sign-in, checks and revocation over Redis with TLS, with sentinels and as a cluster.

use munjigi::config::Config;

use crate::support::{
    RedisCluster, RedisServer, Sentinels, SharedCluster, SharedSentinels, TestApp, TlsRedis,
};

async fn on(url: String) -> TestApp {
    TestApp::with(|config| config.redis_url = Some(url)).await
}

fn by_tls(config: &mut Config, redis: &TlsRedis) {
    config.redis_url = Some(format!("rediss://localhost:{}", redis.port));
    config.redis_tls = redis.certificates.for_clients();
}

/// The settings that a second node shares with the first.
async fn another_node(app: &TestApp) -> TestApp {
    let theirs = app.config.clone();
    TestApp::with(|config| {
        (config.database, config.data_dir) = (theirs.database, theirs.data_dir);
        (config.redis_url, config.redis_tls) = (theirs.redis_url, theirs.redis_tls);
    })
    .await
}

/// The life cycle of sessions on two nodes that share everything.
async fn sessions_live_and_end(here: TestApp) {
    let there = another_node(&here).await;
    let mina = here.member("mina").await;
    let mut browsers = Vec::new();
    for _ in 0..3 {
        browsers.push(here.another_browser("mina").await);
    }
    here.warm().await;
    there.warm().await;
    let follow = |persona: &crate::support::Persona| {
        let follower = there.visitor();
        follower.set_cookie("munjigi", &persona.cookie("munjigi").unwrap());
        follower
    };
    let followers: Vec<_> = browsers.iter().map(follow).collect();
    for follower in &followers {
        assert!(follower.is_signed_in().await && follower.is_signed_in().await, "hot on the other node");
    }
    assert_eq!(mina.get("/sessions").await.find(".session").len(), 4);

    browsers[0].post("/logout", &[]).await.assert_redirect("/");
    refused_soon(&followers[0]).await;
    assert!(followers[1].is_signed_in().await);

    // Directly in Redis: only its push notifies the other node.
    let store = here.identity.sessions.reader.store();
    for stored in store.of_user(here.user_id("mina")).await.unwrap() {
        if browsers.last().is_some_and(|last| is_of(last, &stored.key)) {
            assert!(store.remove(&stored.key).await.unwrap());
        }
    }
    refused_soon(followers.last().unwrap()).await;

    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    refused_soon(&followers[1]).await;
    assert!(mina.is_signed_in().await);
    assert_eq!(mina.get("/sessions").await.find(".session").len(), 1);
    let staff = here.staff("sofia").await;
    assert_eq!(staff.get("/admin/sessions").await.find("tbody tr").len(), 2, "everyone's, wherever they lie");
}

fn is_of(persona: &crate::support::Persona, key: &munjigi::identity::sessions::Key) -> bool {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use sha2::{Digest, Sha256};
    let cookie = persona.cookie("munjigi").unwrap();
    let id = cookie.split('.').next().unwrap();
    URL_SAFE_NO_PAD.encode(Sha256::digest(id)) == key.as_str()
}

async fn refused_soon(persona: &crate::support::Persona) {
    let since = std::time::Instant::now();
    while persona.is_signed_in().await {
        assert!(since.elapsed() < std::time::Duration::from_millis(500), "it lives on");
    }
}

#[tokio::test]
async fn sessions_live_and_end_by_tls() {
    // By default the server refuses clients without a certificate.
    let redis = TlsRedis::with(&[]);
    let own = || Some((redis.certificates.read("cert"), redis.certificates.read("key")));
    let app = TestApp::with(|config| {
        by_tls(config, &redis);
        config.redis_tls.own = own();
    });
    sessions_live_and_end(app.await).await;
    let untrusted = TestApp::with(|config| by_tls(config, &redis)).await;
    assert_eq!(untrusted.visitor().get("/readyz").await.status, 503);
}

#[tokio::test]
async fn sessions_live_and_end_by_sentinels_and_tls() {
    let servers = Sentinels::by_tls().await;
    let app = TestApp::with(|config| {
        config.redis_url = Some(servers.url());
        config.redis_tls = servers.tls_files();
    });
    sessions_live_and_end(app.await).await;
}

#[tokio::test]
async fn sessions_live_and_end_in_a_cluster_by_tls() {
    let cluster = RedisCluster::by_tls().await;
    let app = TestApp::with(|config| {
        config.redis_url = Some(cluster.url());
        config.redis_tls = cluster.tls_files();
    });
    sessions_live_and_end(app.await).await;
}

#[tokio::test]
async fn sessions_live_and_end_by_sentinels() {
    let shared = SharedSentinels::take().await;
    sessions_live_and_end(on(shared.servers().url()).await).await;
}

#[tokio::test]
async fn sessions_live_and_end_in_a_cluster() {
    let shared = SharedCluster::take().await;
    sessions_live_and_end(on(shared.servers().url()).await).await;
    for primary in &shared.servers().primaries {
        let keys = primary.run(&["DBSIZE"]).await;
        assert!(keys != redis::Value::Int(0), "keys lie on every server");
    }
}

#[tokio::test]
async fn sessions_live_and_end_by_a_socket() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("redis.sock");
    let path = socket.to_string_lossy();
    let _redis = RedisServer::with(&["--unixsocket", &path]);
    sessions_live_and_end(on(format!("unix://{path}?db=3")).await).await;
}

/// Creates a Redis user with the rights that the documentation names.
async fn admit_user(redis: &RedisServer) {
    let page = include_str!("../docs/redis.md");
    let rule = page.lines().find_map(|line| line.strip_prefix("ACL SETUSER munjigi ")).unwrap();
    let rule = rule.replace("PASSWORD", "p@ss:wörd/#");
    let words: Vec<&str> = ["ACL", "SETUSER", "munjigi"].into_iter().chain(rule.split(' ')).collect();
    redis.run(&words).await;
}

const USER: &str = "munjigi:p%40ss%3Aw%C3%B6rd%2F%23@";

#[tokio::test]
async fn a_user_with_no_more_rights_than_documented_is_enough() {
    let redis = RedisServer::start();
    admit_user(&redis).await;
    redis.run(&["ACL", "SETUSER", "default", "off"]).await;
    sessions_live_and_end(on(format!("redis://{USER}127.0.0.1:{}/5", redis.port)).await).await;
    let wrong = on(format!("redis://munjigi:guess@127.0.0.1:{}/5", redis.port)).await;
    assert_eq!(wrong.visitor().get("/readyz").await.status, 503);
}

#[tokio::test]
async fn the_same_user_is_enough_in_a_cluster() {
    let shared = SharedCluster::take().await;
    for server in shared.servers().all() {
        admit_user(server).await;
    }
    let url = shared.servers().url().replacen("://", &format!("://{USER}"), 1);
    sessions_live_and_end(on(url).await).await;
}

#[tokio::test]
async fn a_certificate_of_another_authority_or_for_another_name_is_refused() {
    let redis = TlsRedis::with(&["--tls-auth-clients", "no"]);
    let is_ready = async |change: &dyn Fn(&mut Config)| {
        let app = TestApp::with(|config| {
            by_tls(config, &redis);
            change(config);
        })
        .await;
        app.visitor().get("/readyz").await.status == 200
    };
    assert!(is_ready(&|_| ()).await);
    let untrusted = redis.certificates.read("untrusted");
    assert!(
        !is_ready(&|config| config.redis_tls.authority = Some(untrusted.clone())).await,
        "another authority"
    );
    assert!(
        !is_ready(&|config| config.redis_tls.authority = None).await,
        "an authority that is not a usual one"
    );
    for (url, why) in [
        (format!("rediss://127.0.0.1:{}", redis.port), "another name"),
        (format!("redis://localhost:{}", redis.port), "without TLS"),
        (format!("rediss://localhost:{}", redis.server.port), "no TLS there"),
    ] {
        assert!(!is_ready(&|config| config.redis_url = Some(url.clone())).await, "{why}");
    }
}

#[tokio::test]
async fn sentinels_and_servers_that_are_gone_or_silent_are_not_waited_for() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let absent = format!("127.0.0.1:1,127.0.0.1:{}", silent.local_addr().unwrap().port());
    let (sentinels, cluster) = (SharedSentinels::take().await, SharedCluster::take().await);
    for url in [
        sentinels.servers().url().replacen('@', &format!("@{absent},"), 1),
        cluster.servers().url().replacen("://", &format!("://{absent},"), 1),
    ] {
        let app = on(url).await;
        let since = std::time::Instant::now();
        while app.visitor().get("/readyz").await.status != 200 {
            assert!(since.elapsed() < std::time::Duration::from_secs(1), "still not ready");
        }
        assert!(app.member("mina").await.is_signed_in().await);
        app.warm().await;
    }
}
