//! `/readyz` where nothing can be written: 503 if another node could write, 200 if no node can.

use std::time::{Duration, Instant};

use crate::support::{
    Munjigi, PASSWORD, Persona, PostgresServer, RedisServer, SmallDisk, TestApp, scratch, with_metrics,
};

async fn ready(app: &TestApp) -> u16 {
    app.visitor().get("/readyz").await.status
}

/// Waits until `/readyz` has this status.
async fn becomes(url: &str, status: u16) {
    let visitor = Persona::new(url);
    let since = Instant::now();
    while visitor.get("/readyz").await.status != status {
        assert!(since.elapsed() < Duration::from_secs(10), "it does not become {status}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn replica_of(master: &RedisServer) -> RedisServer {
    let replica = RedisServer::with(&["--replicaof", &format!("127.0.0.1 {}", master.port)]);
    let since = Instant::now();
    while !replica.text(&["INFO", "replication"]).await.contains("master_link_status:up") {
        assert!(since.elapsed() < Duration::from_secs(20), "the replica does not follow");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    replica
}

#[tokio::test]
async fn a_node_that_is_given_a_replica_is_not_ready() {
    let master = RedisServer::start();
    let replica = replica_of(&master).await;
    let app = TestApp::with(|config| config.redis_url = Some(replica.url())).await;
    assert_eq!(ready(&app).await, 503);
    // What is written to it is lost at the next synchronisation.
    replica.run(&["CONFIG", "SET", "replica-read-only", "no"]).await;
    assert_eq!(ready(&app).await, 503);
    replica.run(&["REPLICAOF", "NO", "ONE"]).await;
    assert_eq!(ready(&app).await, 200);
}

#[tokio::test]
async fn a_master_that_is_demoted_for_good_makes_its_node_unready() {
    let (redis, other) = (RedisServer::start(), RedisServer::start());
    let app = TestApp::with(|config| config.redis_url = Some(redis.url())).await;
    let mina = app.member("mina").await;
    assert_eq!(ready(&app).await, 200);
    redis.run(&["REPLICAOF", "127.0.0.1", &other.port.to_string()]).await;
    assert_eq!(ready(&app).await, 200, "it may be the master again in a moment");
    becomes(&app.url, 503).await;
    redis.run(&["REPLICAOF", "NO", "ONE"]).await;
    becomes(&app.url, 200).await;
    drop(mina);
}

#[tokio::test]
async fn a_redis_that_takes_no_writes_leaves_nodes_ready_and_is_reported() {
    let (redis, folder) = (RedisServer::start(), scratch());
    let server = with_metrics(&folder.path().join("data"), Some(&redis.url()));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    becomes(&server.url, 200).await;
    assert_eq!(server.figures().await.of("munjigi_redis_writable"), 1.0);
    // Full, without enough replicas, and unable to save.
    for (on, off) in [
        (["maxmemory", "1"], ["maxmemory", "0"]),
        (["min-replicas-to-write", "1"], ["min-replicas-to-write", "0"]),
    ] {
        redis.run(&["CONFIG", "SET", on[0], on[1]]).await;
        assert_eq!(Persona::new(&server.url).get("/readyz").await.status, 200, "{on:?}");
        assert_eq!(server.figures().await.of("munjigi_redis_writable"), 0.0, "{on:?}");
        assert!(mina.is_signed_in().await, "{on:?}");
        redis.run(&["CONFIG", "SET", off[0], off[1]]).await;
        assert_eq!(server.figures().await.of("munjigi_redis_writable"), 1.0, "{off:?}");
    }
}

#[tokio::test]
async fn the_log_names_the_cause_once() {
    let (redis, folder) = (RedisServer::start(), scratch());
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("REDIS_URL", redis.url());
    let server = Munjigi::serve(command);
    redis.run(&["CONFIG", "SET", "maxmemory", "1"]).await;
    let visitor = Persona::new(&server.url);
    for _ in 0..10 {
        assert_eq!(visitor.get("/readyz").await.status, 200);
    }
    let log = server.stop();
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("Redis takes no writes")).collect();
    assert!(matches!(lines[..], [line] if line.contains("OOM")), "{log}");
}

#[tokio::test]
async fn a_postgres_that_became_a_standby_makes_its_node_unready_until_it_is_promoted() {
    let (mut postgres, folder) = (PostgresServer::quick(), scratch());
    drop(munjigi::platform::db::Db::open(&postgres.database("munjigi")).unwrap());
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("DATABASE_URL", postgres.url("munjigi"));
    let server = Munjigi::serve(command);
    becomes(&server.url, 200).await;
    postgres.become_standby();
    becomes(&server.url, 503).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(Persona::new(&server.url).get("/readyz").await.status, 503, "it answers, but takes no writes");
    postgres.run("SELECT pg_promote()");
    becomes(&server.url, 200).await;
    Persona::new(&server.url).register("mina").await;
}

#[tokio::test]
async fn transactions_that_are_read_only_by_default_do_not_stop_a_node() {
    let (postgres, folder) = (PostgresServer::quick(), scratch());
    drop(munjigi::platform::db::Db::open(&postgres.database("munjigi")).unwrap());
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("DATABASE_URL", postgres.url("munjigi"));
    let server = Munjigi::serve(command);
    postgres.run("ALTER DATABASE munjigi SET default_transaction_read_only = on");
    postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'munjigi'");
    becomes(&server.url, 200).await;
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    mina.post("/logout", &[]).await.assert_redirect("/");
    mina.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_full_disk_leaves_a_node_ready_and_is_reported() {
    let disk = SmallDisk::of_kilobytes(8 * 1024);
    let mut command = disk.munjigi();
    command.env("DATABASE_URL", format!("sqlite://{}", disk.data().join("munjigi.db").display()));
    let server = Munjigi::serve(command);
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    disk.fill();
    assert_eq!(Persona::new(&server.url).get("/readyz").await.status, 200);
    assert!(mina.is_signed_in().await);
    disk.free();
    let log = server.stop();
    assert_eq!(log.matches("the database takes no writes").count(), 1, "{log}");
}
