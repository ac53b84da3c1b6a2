//! Three sentinels that watch a master and its replica.

use std::time::{Duration, Instant};

use munjigi::platform::redis::TlsFiles;
use tempfile::TempDir;

use super::tls::Certificates;
use crate::support::process::wait_for_port;
use crate::support::{RedisServer, Tethered, free_port};

/// The passwords that the sentinels and the servers require.
const SENTINEL_PASSWORD: &str = "sentinels only";
const PASSWORD: &str = "servers only";

pub struct Sentinels {
    pub master: RedisServer,
    pub replica: RedisServer,
    ports: Vec<u16>,
    tls_ports: Vec<u16>,
    certificates: Option<Certificates>,
    _sentinels: Vec<(Tethered, TempDir)>,
}

impl Sentinels {
    /// A master is considered dead after this.
    pub const DOWN_AFTER: Duration = Duration::from_secs(1);

    pub async fn start() -> Self {
        Self::launch(None).await
    }

    /// The same with TLS between all servers.
    pub async fn by_tls() -> Self {
        Self::launch(Some(Certificates::make("127.0.0.1"))).await
    }

    async fn launch(certificates: Option<Certificates>) -> Self {
        let server = |tls_port: u16, more: &[&str]| {
            let mut arguments: Vec<String> =
                certificates.iter().flat_map(|files| files.arguments_among_servers(tls_port)).collect();
            arguments.extend(["--requirepass", PASSWORD, "--masterauth", PASSWORD].map(str::to_owned));
            arguments.extend(more.iter().map(|word| (*word).to_owned()));
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            RedisServer::with(&arguments).behind(&format!(":{}", encode(PASSWORD)))
        };
        let tls_port = free_port();
        let master = server(tls_port, &[]);
        let watched = if certificates.is_some() { tls_port } else { master.port };
        let replica = server(free_port(), &["--replicaof", &format!("127.0.0.1 {watched}")]);
        let mut started = Self {
            master,
            replica,
            ports: Vec::new(),
            tls_ports: Vec::new(),
            certificates,
            _sentinels: Vec::new(),
        };
        for number in 0..3 {
            started.add_sentinel(number, watched);
        }
        started.wait_until_watched().await;
        started
    }

    pub fn url(&self) -> String {
        let (scheme, ports) = match &self.certificates {
            Some(_) => ("rediss", &self.tls_ports),
            None => ("redis", &self.ports),
        };
        let hosts: Vec<_> = ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
        let (hosts, password, own) = (hosts.join(","), encode(PASSWORD), encode(SENTINEL_PASSWORD));
        format!("{scheme}+sentinel://:{password}@{hosts}/mymaster?sentinel_password={own}")
    }

    pub fn tls_files(&self) -> TlsFiles {
        self.certificates.as_ref().map(Certificates::for_clients).unwrap_or_default()
    }

    /// Runs a command in one of the sentinels.
    pub async fn run(&self, number: usize, words: &[&str]) -> redis::Value {
        let password = encode(SENTINEL_PASSWORD);
        let client = redis::Client::open(format!("redis://:{password}@127.0.0.1:{}", self.ports[number]));
        let mut connection = client.unwrap().get_multiplexed_async_connection().await.unwrap();
        redis::cmd(words[0]).arg(&words[1..]).query_async(&mut connection).await.unwrap()
    }

    /// All sentinels name another master, and the current one is not notified.
    pub async fn proclaim(&self, master: &RedisServer) {
        let port = master.port.to_string();
        for number in 0..3 {
            self.run(number, &["SENTINEL", "REMOVE", "mymaster"]).await;
            self.run(number, &["SENTINEL", "MONITOR", "mymaster", "127.0.0.1", &port, "2"]).await;
            self.run(number, &["SENTINEL", "SET", "mymaster", "auth-pass", PASSWORD]).await;
        }
    }

    fn add_sentinel(&mut self, number: usize, master: u16) {
        let (port, tls_port, folder) = (free_port(), free_port(), tempfile::tempdir().unwrap());
        let path = folder.path().join("sentinel.conf");
        let arguments = self.certificates.iter().flat_map(|files| files.arguments_among_servers(tls_port));
        let arguments: Vec<String> = arguments.collect();
        let tls: String = arguments
            .chunks(2)
            .map(|pair| format!("{} {}\n", pair[0].trim_start_matches('-'), pair[1]))
            .collect();
        let text = format!(
            "{tls}port {port}\nbind 127.0.0.1\ndir {}\nrequirepass \"{SENTINEL_PASSWORD}\"\n\
             sentinel sentinel-pass \"{SENTINEL_PASSWORD}\"\n\
             sentinel monitor mymaster 127.0.0.1 {master} 2\nsentinel auth-pass mymaster \"{PASSWORD}\"\n\
             sentinel down-after-milliseconds mymaster {}\nsentinel failover-timeout mymaster 3000\n",
            folder.path().display(),
            Self::DOWN_AFTER.as_millis(),
        );
        std::fs::write(&path, text).unwrap();
        let server = Tethered::start(&["redis-server", &path.to_string_lossy(), "--sentinel"]);
        wait_for_port(port, &format!("sentinel {number}"));
        self.ports.push(port);
        self.tls_ports.push(tls_port);
        self._sentinels.push((server, folder));
    }

    /// Waits until each knows the two others and the replica, which is in sync.
    async fn wait_until_watched(&self) {
        let deadline = Instant::now() + Duration::from_secs(30);
        for number in 0..3 {
            loop {
                let info = self.run(number, &["SENTINEL", "MASTER", "mymaster"]).await;
                let info: std::collections::HashMap<String, String> = redis::from_redis_value(info).unwrap();
                if info["num-other-sentinels"] == "2"
                    && info["num-slaves"] == "1"
                    && info["flags"] == "master"
                {
                    break;
                }
                assert!(Instant::now() < deadline, "sentinel {number}: {info:?}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        while !self.replica.text(&["INFO", "replication"]).await.contains("master_link_status:up") {
            assert!(Instant::now() < deadline, "the replica is not in step");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

fn encode(text: &str) -> String {
    text.replace(' ', "%20")
}
