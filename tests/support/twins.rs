//! Two nodes of one service behind a real nginx, which are restarted one after the other.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::process::wait_for_port;
use super::{Munjigi, RedisServer, Tethered, free_port, scratch};

pub struct Twins {
    /// Where nginx listens.
    pub url: String,
    nodes: [Option<Munjigi>; 2],
    ports: [u16; 2],
    folder: TempDir,
    redis: Option<RedisServer>,
    _nginx: Tethered,
}

impl Twins {
    /// Without Redis, both share one data directory alone.
    pub fn start(redis: Option<RedisServer>) -> Self {
        let (folder, ports, port) = (scratch(), [free_port(), free_port()], free_port());
        let nginx = start_nginx(&folder, port, ports);
        let url = format!("http://127.0.0.1:{port}");
        let mut twins = Self { url, nodes: [None, None], ports, folder, redis, _nginx: nginx };
        twins.nodes = [Some(twins.node(0)), Some(twins.node(1))];
        wait_for_port(port, "nginx");
        twins
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn command(&self) -> Command {
        let mut command = Munjigi::command(&self.data());
        command.env("MUNJIGI_PUBLIC_URL", &self.url).env("MUNJIGI_TRUSTED_PROXIES", "127.0.0.1");
        command.env("MUNJIGI_DRAIN", "2s");
        command.env("MUNJIGI_LOG", "warn");
        command.envs(self.redis.iter().map(|redis| ("REDIS_URL", redis.url())));
        command
    }

    fn node(&self, which: usize) -> Munjigi {
        Munjigi::serve_on(self.command(), self.ports[which])
    }

    /// Stops a node as an operator would, starts it again, and waits until it is ready. How long the stop took, and what
    /// it had logged.
    pub async fn restart(&mut self, which: usize) -> (Duration, String) {
        let node = self.nodes[which].take().unwrap();
        let begun = Instant::now();
        let log = tokio::task::spawn_blocking(move || node.stop()).await.unwrap();
        let took = begun.elapsed();
        let (command, port) = (self.command(), self.ports[which]);
        let node = tokio::task::spawn_blocking(move || Munjigi::serve_on(command, port)).await.unwrap();
        let ready = format!("{}/readyz", node.url);
        self.nodes[which] = Some(node);
        while !super::get(&ready).await.is_ok_and(|reply| reply.status() == 200) {
            assert!(begun.elapsed() < Duration::from_secs(40), "it is not ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        (took, log)
    }
}

/// As documented, but for two nodes and without TLS.
fn start_nginx(folder: &TempDir, port: u16, ports: [u16; 2]) -> Tethered {
    let folder = folder.path().display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|kind| format!("{kind}_temp_path {folder}/{kind};\n"))
        .collect();
    let upstream = super::snippets("restarts.md", "nginx").join("\n");
    let upstream = upstream
        .replace("10.0.0.1:8080", &format!("127.0.0.1:{}", ports[0]))
        .replace("10.0.0.2:8080", &format!("127.0.0.1:{}", ports[1]));
    let text = format!(
        "daemon off;\nuser root;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n\
         worker_rlimit_nofile 8192;\nevents {{\nworker_connections 4096;\n}}\nhttp {{\naccess_log off;\n{temporary}{upstream}\nserver {{\nlisten 127.0.0.1:{port};\n\
         location / {{\nproxy_pass http://munjigi;\nproxy_http_version 1.1;\nproxy_set_header Connection \"\";\n\
         proxy_set_header Host $http_host;\nproxy_set_header X-Forwarded-For $http_x_forwarded_for;\n\
         proxy_set_header X-Forwarded-Proto $scheme;\n}}\n}}\n}}\n"
    );
    let path = format!("{folder}/nginx.conf");
    std::fs::write(&path, text).unwrap();
    Tethered::start(&["nginx", "-c", &path, "-e", &format!("{folder}/start.log")])
}
