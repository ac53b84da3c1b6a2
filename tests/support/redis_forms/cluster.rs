//! A cluster of three primaries, each with a replica.

use std::time::{Duration, Instant};

use munjigi::platform::redis::TlsFiles;

use super::tls::Certificates;
use crate::support::{RedisServer, free_port};

const SLOTS: u16 = 16_384;

pub struct RedisCluster {
    pub primaries: Vec<RedisServer>,
    /// In the same order.
    pub replicas: Vec<RedisServer>,
    tls_ports: Vec<u16>,
    certificates: Option<Certificates>,
}

impl RedisCluster {
    /// A server is considered dead after this.
    pub const NODE_TIMEOUT: Duration = Duration::from_secs(1);

    pub async fn start() -> Self {
        Self::launch(None).await
    }

    /// The same with TLS between all servers.
    pub async fn by_tls() -> Self {
        Self::launch(Some(Certificates::make("127.0.0.1"))).await
    }

    async fn launch(certificates: Option<Certificates>) -> Self {
        let tls_ports: Vec<u16> = (0..6).map(|_| free_port()).collect();
        let mut primaries: Vec<_> = tls_ports.iter().map(|port| node(*port, certificates.as_ref())).collect();
        let replicas = primaries.split_off(3);
        let cluster = Self { primaries, replicas, tls_ports, certificates };
        let share = SLOTS / 3;
        for (number, primary) in cluster.primaries.iter().enumerate() {
            let first = number as u16 * share;
            let last = if number == 2 { SLOTS - 1 } else { first + share - 1 };
            // Distinct from the start, so that no election is needed later.
            primary.run(&["CLUSTER", "SET-CONFIG-EPOCH", &(number + 1).to_string()]).await;
            primary.run(&["CLUSTER", "ADDSLOTSRANGE", &first.to_string(), &last.to_string()]).await;
        }
        for other in cluster.all().skip(1) {
            let bus = other.run(&["CONFIG", "GET", "cluster-port"]).await;
            let bus: (String, String) = redis::from_redis_value(bus).unwrap();
            let words = ["CLUSTER", "MEET", "127.0.0.1", &other.port.to_string(), &bus.1];
            cluster.primaries[0].run(&words).await;
        }
        cluster.wait_until("everyone knows everyone", |info| info.contains("cluster_known_nodes:6")).await;
        for (primary, replica) in cluster.primaries.iter().zip(&cluster.replicas) {
            let id = primary.text(&["CLUSTER", "MYID"]).await;
            replica.run(&["CLUSTER", "REPLICATE", &id]).await;
        }
        cluster.wait_until("the cluster works", |info| info.contains("cluster_state:ok")).await;
        let deadline = Instant::now() + Duration::from_secs(30);
        for replica in &cluster.replicas {
            while !replica.text(&["INFO", "replication"]).await.contains("master_link_status:up") {
                assert!(Instant::now() < deadline, "a replica is not in step");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        cluster
    }

    pub fn url(&self) -> String {
        let (scheme, ports): (_, Vec<u16>) = match &self.certificates {
            Some(_) => ("rediss", self.tls_ports[..3].to_vec()),
            None => ("redis", self.primaries.iter().map(|server| server.port).collect()),
        };
        let hosts: Vec<_> = ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
        format!("{scheme}+cluster://{}", hosts.join(","))
    }

    pub fn tls_files(&self) -> TlsFiles {
        self.certificates.as_ref().map(Certificates::for_clients).unwrap_or_default()
    }

    pub fn all(&self) -> impl Iterator<Item = &RedisServer> {
        self.primaries.iter().chain(&self.replicas)
    }

    /// Waits until every server reports this state of the cluster.
    async fn wait_until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(30);
        for server in self.all() {
            loop {
                let info = server.text(&["CLUSTER", "INFO"]).await;
                if holds(&info) {
                    break;
                }
                assert!(Instant::now() < deadline, "{what}: {info}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn node(tls_port: u16, certificates: Option<&Certificates>) -> RedisServer {
    let (bus, timeout) = (free_port().to_string(), RedisCluster::NODE_TIMEOUT.as_millis().to_string());
    let by_tls = certificates.map(|files| files.arguments_among_servers(tls_port)).unwrap_or_default();
    let mut arguments: Vec<&str> = by_tls.iter().map(String::as_str).collect();
    if certificates.is_some() {
        arguments.extend(["--tls-cluster", "yes"]);
    }
    arguments.extend(["--cluster-enabled", "yes", "--cluster-port", &bus]);
    arguments.extend(["--cluster-node-timeout", &timeout, "--cluster-config-file", "nodes.conf"]);
    RedisServer::with(&arguments)
}
