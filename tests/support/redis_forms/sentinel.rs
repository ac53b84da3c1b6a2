//! Three sentinels that watch a master and its replica.

use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::process::wait_for_port;
use crate::support::{RedisServer, Tethered, free_port};

/// What the sentinels, and what the servers want to hear from whom they let in.
pub const SENTINEL_PASSWORD: &str = "sentinels only";
pub const PASSWORD: &str = "servers only";

pub struct Sentinels {
    pub master: RedisServer,
    pub replica: RedisServer,
    pub ports: Vec<u16>,
    _sentinels: Vec<(Tethered, TempDir)>,
}

impl Sentinels {
    /// A master counts as dead after this.
    pub const DOWN_AFTER: Duration = Duration::from_secs(1);

    pub async fn start() -> Self {
        let locked = ["--requirepass", PASSWORD, "--masterauth", PASSWORD];
        let credentials = format!(":{}", PASSWORD.replace(' ', "%20"));
        let master = RedisServer::with(&locked).behind(&credentials);
        let of = format!("127.0.0.1 {}", master.port);
        let of = [&locked[..], &["--replicaof", &of]].concat();
        let replica = RedisServer::with(&of).behind(&credentials);
        let watch = |number| sentinel(number, master.port);
        let (ports, sentinels) = (0..3).map(watch).unzip();
        let started = Self { master, replica, ports, _sentinels: sentinels };
        started.wait_until_watched().await;
        started
    }

    pub fn url(&self) -> String {
        let hosts: Vec<_> = self.ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
        let encode = |text: &str| text.replace(' ', "%20");
        format!(
            "redis+sentinel://:{}@{}/mymaster?sentinel_password={}",
            encode(PASSWORD),
            hosts.join(","),
            encode(SENTINEL_PASSWORD)
        )
    }

    /// Runs a command in one of the sentinels.
    pub async fn run(&self, number: usize, words: &[&str]) -> redis::Value {
        let password = SENTINEL_PASSWORD.replace(' ', "%20");
        let client = redis::Client::open(format!("redis://:{password}@127.0.0.1:{}", self.ports[number]));
        let mut connection = client.unwrap().get_multiplexed_async_connection().await.unwrap();
        redis::cmd(words[0]).arg(&words[1..]).query_async(&mut connection).await.unwrap()
    }

    /// Until each knows the two others and the replica, which is in step.
    async fn wait_until_watched(&self) {
        let deadline = Instant::now() + Duration::from_secs(30);
        for number in 0..3 {
            loop {
                let told = self.run(number, &["SENTINEL", "MASTER", "mymaster"]).await;
                let told: std::collections::HashMap<String, String> = redis::from_redis_value(told).unwrap();
                if told["num-other-sentinels"] == "2"
                    && told["num-slaves"] == "1"
                    && told["flags"] == "master"
                {
                    break;
                }
                assert!(Instant::now() < deadline, "sentinel {number}: {told:?}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        while !self.replica.text(&["INFO", "replication"]).await.contains("master_link_status:up") {
            assert!(Instant::now() < deadline, "the replica is not in step");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

fn sentinel(number: usize, master: u16) -> (u16, (Tethered, TempDir)) {
    let (port, folder) = (free_port(), tempfile::tempdir().unwrap());
    let path = folder.path().join("sentinel.conf");
    let text = format!(
        "port {port}\nbind 127.0.0.1\ndir {}\nrequirepass \"{SENTINEL_PASSWORD}\"\n\
         sentinel sentinel-pass \"{SENTINEL_PASSWORD}\"\n\
         sentinel monitor mymaster 127.0.0.1 {master} 2\nsentinel auth-pass mymaster \"{PASSWORD}\"\n\
         sentinel down-after-milliseconds mymaster {}\nsentinel failover-timeout mymaster 3000\n",
        folder.path().display(),
        Sentinels::DOWN_AFTER.as_millis(),
    );
    std::fs::write(&path, text).unwrap();
    let server = Tethered::start(&["redis-server", &path.to_string_lossy(), "--sentinel"]);
    wait_for_port(port, &format!("sentinel {number}"));
    (port, (server, folder))
}
