//! Apps of others that sign users in here, as processes of their own.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use munjigi::identity::oidc::{Actor, ClientInput, NewClient, Setup};
use tempfile::TempDir;
use url::Url;

use super::{TestApp, Tethered, free_port, scratch};

/// An app on `http://localhost:PORT`, which is another site than the server's.
pub struct ForeignApp {
    pub port: u16,
    pub origin: String,
    folder: TempDir,
    process: Option<Tethered>,
}

impl ForeignApp {
    /// On a free port; it is started later.
    pub fn new() -> Self {
        let port = free_port();
        Self { port, origin: format!("http://localhost:{port}"), folder: scratch(), process: None }
    }

    /// Its own folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it has printed.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Starts a command in a folder.
    pub fn run(&mut self, folder: &Path, environment: &[(&str, &str)], command: &[&str]) {
        let folder = folder.to_string_lossy().into_owned();
        let mut words = vec!["env".to_owned(), "-C".to_owned(), folder];
        words.push(format!("LOG={}", self.log_path().display()));
        words.extend(environment.iter().map(|(name, value)| format!("{name}={value}")));
        words.extend(["sh", "-c", r#"exec "$@" >"$LOG" 2>&1"#, "sh"].map(str::to_owned));
        words.extend(command.iter().map(|word| (*word).to_owned()));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.process = Some(Tethered::start(&words));
    }

    /// The same, and waits until it listens.
    pub async fn serve(
        &mut self,
        (folder, patience): (&Path, Duration),
        environment: &[(&str, &str)],
        command: &[&str],
    ) {
        self.run(folder, environment, command);
        let address = format!("localhost:{}", self.port);
        let begun = Instant::now();
        while tokio::net::TcpStream::connect(&address).await.is_err() {
            assert!(begun.elapsed() < patience, "{command:?} does not listen:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until it has printed something with this in it; returns all that it has printed.
    pub async fn prints(&self, text: &str, patience: Duration) -> String {
        let begun = Instant::now();
        loop {
            let log = self.log();
            if log.contains(text) {
                return log;
            }
            assert!(begun.elapsed() < patience, "it never prints {text}:\n{log}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A server with a member `mina`, who is in the group `Readers`.
pub async fn server_with_reader() -> TestApp {
    let server = TestApp::start().await;
    let staff = server.staff("sofia").await;
    staff.post("/admin/groups", &[("name", "Readers")]).await.assert_redirect("/admin/groups/1");
    server.member("mina").await;
    server.join_group(1, server.user_id("mina")).await;
    server
}

/// What an app needs to know.
pub struct Registered {
    pub id: String,
    pub secret: String,
    /// The lines to paste into it.
    pub lines: String,
}

impl Registered {
    pub async fn new(server: &TestApp, input: ClientInput) -> Self {
        let new = NewClient::parse(input, None).unwrap();
        let registration = new.registration.clone();
        let added = server.identity.oidc_clients.add(Actor::Operator, new, vec![]).await.unwrap();
        let secret = added.secret.map(|secret| secret.as_str().to_owned());
        let setup = Setup {
            name: "App",
            client_id: &added.client_id,
            secret: secret.as_deref(),
            issuer: &Url::parse(&server.url).unwrap(),
            registration: &registration,
        };
        let lines = setup.lines().into_iter().map(|paste| paste.text).collect();
        Self { id: added.client_id, secret: secret.unwrap_or_default(), lines }
    }
}
