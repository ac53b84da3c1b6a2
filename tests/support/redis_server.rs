//! A redis-server for one test, which may break it.

use std::process::Command;

use tempfile::TempDir;

use super::process::wait_for_port;
use super::{Tethered, free_port};

pub struct RedisServer {
    pub port: u16,
    folder: TempDir,
    arguments: Vec<String>,
    server: Option<Tethered>,
    /// For the tests' own commands.
    credentials: String,
}

impl RedisServer {
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// One with further arguments.
    pub fn with(arguments: &[&str]) -> Self {
        let mut redis = Self {
            port: free_port(),
            folder: tempfile::tempdir().unwrap(),
            arguments: arguments.iter().map(|word| (*word).to_owned()).collect(),
            server: None,
            credentials: String::new(),
        };
        redis.start_again();
        redis
    }

    /// The same, with `user:password` required.
    pub fn behind(mut self, credentials: &str) -> Self {
        self.credentials = format!("{credentials}@");
        self
    }

    /// Starts it on the same port with its saved data.
    pub fn start_again(&mut self) {
        let (port, folder) = (self.port.to_string(), self.folder.path().to_string_lossy().into_owned());
        let mut command = vec!["redis-server", "--port", &port, "--bind", "127.0.0.1"];
        command.extend(["--save", "", "--appendonly", "no", "--dir", &folder]);
        command.extend(self.arguments.iter().map(String::as_str));
        self.server = Some(Tethered::start(&command));
        wait_for_port(self.port, "redis-server");
    }

    pub fn url(&self) -> String {
        format!("redis://{}127.0.0.1:{}/0", self.credentials, self.port)
    }

    /// Runs a command in it.
    pub async fn run(&self, words: &[&str]) -> redis::Value {
        self.try_run(words).await.unwrap()
    }

    pub async fn try_run(&self, words: &[&str]) -> redis::RedisResult<redis::Value> {
        let client = redis::Client::open(self.url()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await?;
        redis::cmd(words[0]).arg(&words[1..]).query_async(&mut connection).await
    }

    /// What a command answers, as one text.
    pub async fn text(&self, words: &[&str]) -> String {
        redis::from_redis_value(self.run(words).await).unwrap()
    }

    /// Whether it plays this role in replication just now. A change of roles breaks connections off.
    pub async fn is(&self, role: &str) -> bool {
        let info = self
            .try_run(&["INFO", "replication"])
            .await
            .and_then(|info| Ok(redis::from_redis_value::<String>(info)?));
        info.is_ok_and(|info| info.contains(&format!("role:{role}")))
    }

    pub async fn process_id(&self) -> u32 {
        let info = self.text(&["INFO", "server"]).await;
        info.lines().find_map(|line| line.strip_prefix("process_id:")).unwrap().parse().unwrap()
    }

    /// Kills it: unsaved data is lost.
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
