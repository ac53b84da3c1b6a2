//! What signed-in clients get while Redis is stopped, and while it is silent.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::Client;
use tempfile::TempDir;

use super::site::{Carrier, Member, RIVALS, Site, access_token, client, rival, session_cookie};

const LENGTH: Duration = Duration::from_secs(15);
/// How long the return of Redis is watched.
const AFTER: Duration = Duration::from_secs(45);

pub async fn measure() {
    for (what, is_silent) in [("refuses connections", false), ("is silent", true)] {
        let seconds = LENGTH.as_secs();
        println!(
            "\nRedis {what} for {seconds} s; tokens live for a day, copies for 10 s. By status, from its first answer on:"
        );
        one(is_silent).await;
    }
}

async fn one(is_silent: bool) {
    let mut redis = OwnRedis::start();
    let client = client();
    let embedded = Site::start("question", &redis.url(0));
    let ours = Site::start("question-redis", &redis.url(0));
    let (short, long) = (Site::start("rivals-10", &redis.url(1)), Site::start("rivals-86400", &redis.url(1)));
    let mut carriers = Vec::new();
    for (site, names) in [
        (&embedded, ["Munjigi (embedded), session cookie", "Munjigi (embedded), access token"]),
        (&ours, ["Munjigi (Redis), session cookie", "Munjigi (Redis), access token"]),
    ] {
        let (member, cookies) = Member::register(&client, &site.here, 0).await;
        let pair = member.tokens(&client, &site.here).await;
        carriers.push(session_cookie(&site.here, &cookies).named(names[0]));
        carriers.push(access_token(&site.here, &pair).named(names[1]));
    }
    for way in RIVALS {
        let site = if way.1 == "copy" { &short } else { &long };
        let [here, _] = rival(&client, site, way).await;
        carriers.push(here);
    }
    for carrier in carriers.iter().chain(&carriers) {
        assert_eq!(carrier.ask(&client).await.0, 200, "{}", carrier.name);
    }
    redis.interrupt(is_silent);
    let watched = join_all(carriers.iter().map(|carrier| watch(&client, carrier)));
    let resumed = async {
        tokio::time::sleep(LENGTH).await;
        tokio::task::spawn_blocking(move || {
            redis.resume(is_silent);
            redis
        })
        .await
        .expect("Redis is back")
    };
    let (watched, _redis) = tokio::join!(watched, resumed);
    for (carrier, answers) in carriers.iter().zip(&watched) {
        println!("  {}: {}", carrier.name, describe(answers));
    }
}

/// When it was sent, the status and the duration.
type Answers = Vec<(Duration, u16, Duration)>;

async fn watch(client: &Client, carrier: &Carrier) -> Answers {
    let started = Instant::now();
    let mut answers = Vec::new();
    while started.elapsed() < LENGTH + AFTER {
        let sent = started.elapsed();
        let (status, took) = carrier.ask(client).await;
        answers.push((sent, status, took));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    answers
}

/// Runs of one status: from when, the slowest answer.
fn describe(answers: &Answers) -> String {
    let mut runs: Vec<(Duration, u16, Duration, usize)> = Vec::new();
    for (sent, status, took) in answers {
        match runs.last_mut() {
            Some(run) if run.1 == *status => {
                run.2 = run.2.max(*took);
                run.3 += 1;
            }
            _ => runs.push((*sent, *status, *took, 1)),
        }
    }
    let run = |(sent, status, slowest, count): &(Duration, u16, Duration, usize)| {
        format!(
            "{status} from {:.2} s ({count}, slowest {:.0} ms)",
            sent.as_secs_f64(),
            slowest.as_secs_f64() * 1_000.0
        )
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

/// A Redis that saves its data when it is stopped.
struct OwnRedis {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl OwnRedis {
    fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let folder = tempfile::tempdir().expect("a folder");
        let child = run(port, &folder);
        Self { child, port, folder }
    }

    fn url(&self, database: u8) -> String {
        format!("redis://127.0.0.1:{}/{database}", self.port)
    }

    fn interrupt(&mut self, is_silent: bool) {
        if is_silent {
            return self.signal("-STOP");
        }
        let mut connection = connect(self.port).expect("Redis");
        let _ = redis::cmd("SHUTDOWN").arg("SAVE").query::<()>(&mut connection);
        let _ = self.child.wait();
    }

    fn resume(&mut self, is_silent: bool) {
        if is_silent {
            return self.signal("-CONT");
        }
        self.child = run(self.port, &self.folder);
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(port: u16, folder: &TempDir) -> Child {
    let child = Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--dir"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server runs");
    while connect(port).is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

fn connect(port: u16) -> Option<redis::Connection> {
    let mut connection =
        redis::Client::open(format!("redis://127.0.0.1:{port}")).ok()?.get_connection().ok()?;
    redis::cmd("PING").query::<String>(&mut connection).ok()?;
    Some(connection)
}
