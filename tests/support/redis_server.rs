//! A redis-server of one test's own, which can be hurt.

use std::process::Command;

use tempfile::TempDir;

use super::process::wait_for_port;
use super::{Tethered, free_port};

pub struct RedisServer {
    port: u16,
    folder: TempDir,
    server: Option<Tethered>,
}

impl RedisServer {
    pub fn start() -> Self {
        let mut redis = Self { port: free_port(), folder: tempfile::tempdir().unwrap(), server: None };
        redis.start_again();
        redis
    }

    /// Starts it on the same port, with what it had saved.
    pub fn start_again(&mut self) {
        let (port, folder) = (self.port.to_string(), self.folder.path().to_string_lossy().into_owned());
        let command = [
            "redis-server",
            "--port",
            &port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            &folder,
        ];
        self.server = Some(Tethered::start(&command));
        wait_for_port(self.port, "redis-server");
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Runs a command in it.
    pub async fn run(&self, words: &[&str]) -> redis::Value {
        let client = redis::Client::open(self.url()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        redis::cmd(words[0]).arg(&words[1..]).query_async(&mut connection).await.unwrap()
    }

    pub async fn process_id(&self) -> u32 {
        let info = self.run(&["INFO", "server"]).await;
        let info: String = redis::from_redis_value(info).unwrap();
        info.lines().find_map(|line| line.strip_prefix("process_id:")).unwrap().parse().unwrap()
    }

    /// Stops it hard: what it has not saved is lost.
    pub async fn kill(&mut self) {
        signal(self.process_id().await, "KILL");
        self.server = None;
    }
}

pub fn signal(process_id: u32, name: &str) {
    assert!(
        Command::new("kill").args([&format!("-{name}"), &process_id.to_string()]).status().unwrap().success()
    );
}
