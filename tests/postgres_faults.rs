//! PostgreSQL restarted and stopped under load, with real processes: errors only during the outage, no user is signed out,
//! and every acknowledged account exists.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::support::{Munjigi, PASSWORD, Persona, PostgresServer, Reply, scratch, signal};

const MEMBERS: usize = 6;
/// The `Retry-After` of a 503: errors must end within it.
const BACK_WITHIN: Duration = Duration::from_secs(2);
/// The longest that a page may take on a busy machine, whatever the database does.
const PAGE_WITHIN: Duration = Duration::from_secs(4);
/// The same for a write.
const WRITE_WITHIN: Duration = Duration::from_secs(17);

/// An answer under load.
struct Seen {
    asked: Instant,
    took: Duration,
    status: u16,
    is_write: bool,
}

#[derive(Default)]
struct Load {
    is_over: AtomicBool,
    seen: Mutex<Vec<Seen>>,
    /// Names of accounts that were acknowledged.
    registered: Mutex<Vec<String>>,
    next: AtomicUsize,
}

impl Load {
    async fn time(&self, is_write: bool, answer: impl Future<Output = Reply>) -> Reply {
        let asked = Instant::now();
        let reply = answer.await;
        let seen = Seen { asked, took: asked.elapsed(), status: reply.status, is_write };
        self.seen.lock().unwrap().push(seen);
        assert!(reply.status != 503 || !reply.header("retry-after").is_empty());
        reply
    }

    async fn view(&self, mina: &Persona) {
        while !self.is_over.load(Ordering::Acquire) {
            for path in ["/profile", "/sessions", "/board"] {
                self.time(false, mina.get(path)).await;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn sign_in(&self, url: &str, name: &str) {
        while !self.is_over.load(Ordering::Acquire) {
            let fields = [("login", name), ("password", PASSWORD)];
            self.time(true, Persona::new(url).post("/login", &fields)).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn register(&self, url: &str) {
        while !self.is_over.load(Ordering::Acquire) {
            let name = format!("new{}", self.next.fetch_add(1, Ordering::Relaxed));
            let email = format!("{name}@example.org");
            let fields = [("username", &*name), ("email", &email), ("password", PASSWORD)];
            if self.time(true, Persona::new(url).post("/register", &fields)).await.status == 303 {
                self.registered.lock().unwrap().push(name);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Runs `fault` under load; it returns when the database went down and when it was back.
async fn under_load(
    what: &str,
    fault: impl FnOnce(&mut PostgresServer) -> (Instant, Instant) + Send + 'static,
) {
    let mut server = PostgresServer::start(&[]);
    server.run("CREATE DATABASE id");
    let folder = scratch();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("DATABASE_URL", server.url("id")).env("MUNJIGI_TRUSTED_PROXIES", "127.0.0.1");
    let here = Munjigi::serve(command);
    let members: Vec<Persona> = join_all((0..MEMBERS).map(async |number| {
        let mut persona = Persona::new(&here.url);
        persona.forwarded_for = Some(format!("10.1.0.{number}"));
        persona.register(&format!("mina{number}")).await;
        persona
    }))
    .await;
    let load = Arc::new(Load::default());
    let steer = async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let (server, moments) = tokio::task::spawn_blocking(move || {
            let moments = fault(&mut server);
            (server, moments)
        })
        .await
        .unwrap();
        tokio::time::sleep(Duration::from_secs(5)).await;
        load.is_over.store(true, Ordering::Release);
        (server, moments)
    };
    let views = join_all(members.iter().map(|mina| load.view(mina)));
    let signs = load.sign_in(&here.url, "mina0");
    let registers = load.register(&here.url);
    let ((_server, (gone, back)), _, (), ()) = tokio::join!(steer, views, signs, registers);

    let seen = std::mem::take(&mut *load.seen.lock().unwrap());
    let failed: Vec<&Seen> = seen.iter().filter(|seen| !matches!(seen.status, 200 | 303)).collect();
    let ends = |seen: &Seen| seen.asked + seen.took;
    let last = failed.iter().map(|seen| ends(seen).saturating_duration_since(back)).max().unwrap_or_default();
    let longest =
        |is_write| seen.iter().filter(|seen| seen.is_write == is_write).map(|seen| seen.took).max().unwrap();
    let registered = std::mem::take(&mut *load.registered.lock().unwrap());
    println!(
        "{what}: away for {:?}; of {} answers {} were 503, the last {last:?} after; slowest page {:?}, slowest write {:?}; \
         {} accounts",
        back - gone,
        seen.len(),
        failed.len(),
        longest(false),
        longest(true),
        registered.len()
    );
    for seen in &failed {
        assert_eq!(seen.status, 503, "{:?} after it went", seen.asked.saturating_duration_since(gone));
        assert!(ends(seen) >= gone, "an error before anything was wrong");
        assert!(seen.asked <= back + BACK_WITHIN, "an error {:?} after it was back", seen.asked - back);
    }
    assert!(longest(false) < PAGE_WITHIN && longest(true) < WRITE_WITHIN);
    assert!(
        seen.iter().any(|seen| seen.is_write && seen.status == 303 && seen.asked > back),
        "and it goes on"
    );
    for mina in &members {
        assert!(mina.is_signed_in().await, "no session ended");
    }
    assert!(!registered.is_empty());
    for name in registered {
        let reply =
            Persona::new(&here.url).post("/login", &[("login", &*name), ("password", PASSWORD)]).await;
        assert_eq!(reply.status, 303, "{name} got an account");
    }
}

#[tokio::test]
async fn a_restart_costs_errors_only_while_it_lasts() {
    under_load("a restart", |server| {
        let gone = Instant::now();
        server.stop();
        std::thread::sleep(Duration::from_secs(1));
        server.start_again();
        (gone, Instant::now())
    })
    .await;
}

#[tokio::test]
async fn a_crash_loses_nothing_that_was_acknowledged() {
    under_load("a crash", |server| {
        let gone = Instant::now();
        signal(server.processes()[0], "QUIT");
        std::thread::sleep(Duration::from_millis(500));
        server.start_again();
        (gone, Instant::now())
    })
    .await;
}

#[tokio::test]
async fn a_stopped_server_is_waited_for_calmly() {
    under_load("a stop", |server| {
        let processes = server.processes();
        let gone = Instant::now();
        processes.iter().for_each(|process| signal(*process, "STOP"));
        std::thread::sleep(Duration::from_secs(4));
        processes.iter().for_each(|process| signal(*process, "CONT"));
        (gone, Instant::now())
    })
    .await;
}
