//! Writes: refreshes by 32 clients, by one node and by two, on SQLite and on PostgreSQL. On PostgreSQL, against the same
//! statements by pgbench, on the same machine and with a millisecond each way to the server.
//!
//! PostgreSQL needs pgbench, and an empty database whose URL is in BENCH_POSTGRES, such as
//! `postgres://bench@127.0.0.1/bench`.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use munjigi::platform::db::{Db, DbError};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use crate::load::{Running, this_program};

const CLIENTS: usize = 32;
const SECONDS: u64 = 6;
const PASSWORD: &str = "lantern copper forty";
/// What the server waits for in each direction.
const DELAYS: [Duration; 2] = [Duration::ZERO, Duration::from_millis(1)];

pub fn measure() {
    println!(
        "| | refreshes/s, one node | two nodes | p99 ms | CPU used | round trips each | pgbench, the same statements |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    let own = tempfile::tempdir().expect("a folder");
    let file = format!("sqlite://{}", own.path().join("bench.db").display()).parse().expect("a URL");
    let (alone, both) = on_nodes(&file, own.path(), || {});
    println!(
        "| SQLite | {:.0} | {:.0} | {:.1}, {:.1} | {:.0} %, {:.0} % | | |",
        alone.per_second(),
        both.per_second(),
        alone.p99_ms,
        both.p99_ms,
        alone.cpu_percent,
        both.cpu_percent
    );
    let Ok(server) = std::env::var("BENCH_POSTGRES") else {
        return println!("BENCH_POSTGRES names no database; writes on PostgreSQL are not measured");
    };
    let server: Url = server.parse().expect("a URL");
    fill(&server);
    for delay in DELAYS {
        let proxy = Proxy::start(&server, delay);
        let through = proxy.url(&server);
        let mut trips = Vec::new();
        let (alone, both) =
            on_nodes(&through, own.path(), || trips.push(proxy.trips.load(Ordering::Relaxed)));
        let trips = (trips[1] - trips[0]) as f64 / alone.count as f64;
        println!(
            "| {} ms each way | {:.0} | {:.0} | {:.1}, {:.1} | {:.0} %, {:.0} % | {trips:.1} | {:.0} |",
            delay.as_millis(),
            alone.per_second(),
            both.per_second(),
            alone.p99_ms,
            both.p99_ms,
            alone.cpu_percent,
            both.cpu_percent,
            pgbench(&through),
        );
    }
}

/// Refreshes at one node, and at two; `around` is called before and after the first.
fn on_nodes(database: &Url, folder: &std::path::Path, mut around: impl FnMut()) -> (Refreshes, Refreshes) {
    let (one, two) = (node(database, folder), node(database, folder));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut clients = sign_in(&one.url).await;
        around();
        let alone = refresh(&mut clients, &[&one.url]).await;
        around();
        let mut clients = sign_in(&one.url).await;
        (alone, refresh(&mut clients, &[&one.url, &two.url]).await)
    })
}

struct Refreshes {
    count: usize,
    p99_ms: f64,
    /// Of the whole machine, the load and the database server included.
    cpu_percent: f64,
}

/// CPU time of the machine since its start, in ticks: used, and in all (proc(5)).
fn cpu_ticks() -> (f64, f64) {
    let text = std::fs::read_to_string("/proc/stat").expect("Linux");
    let first = text.lines().next().unwrap_or_default();
    // user, nice, system, idle, iowait, irq, softirq, steal; guests are among these.
    let ticks: Vec<f64> = first.split_whitespace().skip(1).take(8).flat_map(str::parse).collect();
    let all = ticks.iter().sum();
    (all - ticks[3] - ticks[4], all)
}

impl Refreshes {
    fn per_second(&self) -> f64 {
        self.count as f64 / SECONDS as f64
    }
}

/// Rows for pgbench: a series of tokens for each client, of users who cannot sign in.
fn fill(server: &Url) {
    let db = Db::open(&server.as_str().parse().expect("a database URL")).expect("an empty database");
    let sql = format!(
        "INSERT INTO users (username, username_key, email, email_key, password_hash, password_changed_at, epoch, created_at)
         SELECT 'bench' || i, 'bench' || i, 'b' || i || '@example.org', 'b' || i || '@example.org', '!', 1, 1, 1
         FROM generate_series(1, {CLIENTS}) AS i;
         INSERT INTO refresh_tokens (session_key, user_id, generation, hash, salt, scope, made_at, expires_at)
         SELECT 'bench' || (i - 1), users.id, 1, '', '', '', 1, 99999999999 FROM generate_series(1, {CLIENTS}) AS i
         JOIN users ON username = 'bench' || i"
    );
    let mut conn = db.conn().expect("a connection");
    diesel::connection::SimpleConnection::batch_execute(&mut *conn, &sql)
        .map_err(DbError::from)
        .expect("rows");
}

/// Nodes of one service share a folder.
fn node(database: &Url, folder: &std::path::Path) -> Running {
    let folder = folder.to_string_lossy().into_owned();
    let mut command = Command::new(this_program());
    command.env("DATABASE_URL", database.as_str());
    Running::spawn(command, &["writes", &folder, "redis://unused"], TempDir::new().expect("a folder"))
}

async fn sign_in(url: &str) -> Vec<Value> {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
    let client = client.expect("a client");
    let mut tokens = Vec::new();
    for number in 1..=CLIENTS {
        let (name, address) = (format!("person{number}"), format!("10.1.1.{number}"));
        let form =
            format!("username={name}&email={name}@example.org&password={}", PASSWORD.replace(' ', "+"));
        let request = client.post(format!("{url}/register")).header("x-forwarded-for", &address);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        // The second time the name is taken.
        request.send().await.expect("an answer");
        let request = client.post(format!("{url}/api/auth/login")).header("x-forwarded-for", &address);
        let body = json!({"login": name, "password": PASSWORD}).to_string();
        tokens.push(answer(request, body).await["refresh_token"].clone());
    }
    tokens
}

async fn answer(request: reqwest::RequestBuilder, body: String) -> Value {
    let reply =
        request.header("content-type", "application/json").body(body).send().await.expect("an answer");
    let (status, text) = (reply.status(), reply.text().await.expect("an answer"));
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).expect("JSON")
}

/// Every client refreshes its token again and again, each at one of the nodes.
async fn refresh(tokens: &mut [Value], urls: &[&str]) -> Refreshes {
    let end = Instant::now() + Duration::from_secs(SECONDS);
    let (used_before, all_before) = cpu_ticks();
    let loops = tokens.iter_mut().zip(urls.iter().cycle()).map(|(token, url)| async move {
        let client = reqwest::Client::new();
        let mut times = Vec::new();
        while Instant::now() < end {
            let asked = Instant::now();
            let body = json!({ "refresh_token": token }).to_string();
            *token =
                answer(client.post(format!("{url}/api/auth/refresh")), body).await["refresh_token"].clone();
            times.push(asked.elapsed());
        }
        times
    });
    let mut times = futures_util::future::join_all(loops).await.concat();
    let (used, all) = cpu_ticks();
    let cpu_percent = 100.0 * (used - used_before) / (all - all_before);
    times.sort_unstable();
    let p99_ms = times[times.len() * 99 / 100].as_secs_f64() * 1000.0;
    Refreshes { count: times.len(), p99_ms, cpu_percent }
}

/// Transactions a second of what a refresh does in SQL.
fn pgbench(database: &Url) -> f64 {
    let script = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE\\; \
        SELECT pg_advisory_xact_lock_shared(1)\\; SELECT pg_advisory_xact_lock(1000 + :client_id);
        SELECT r.generation, r.hash, r.salt, r.scope, r.made_at, u.epoch, u.disabled, e.key FROM refresh_tokens r \
        JOIN users u ON u.id = r.user_id LEFT JOIN ended_sessions e ON e.key = r.session_key \
        WHERE r.session_key = 'bench' || :client_id AND r.expires_at > 1;
        UPDATE refresh_tokens SET generation = generation + 1, hash = md5(random()::text), salt = md5(random()::text), \
        made_at = made_at + 1 WHERE session_key = 'bench' || :client_id;
        SELECT 1\\; COMMIT;\n";
    let own = tempfile::tempdir().expect("a folder");
    let path = own.path().join("refresh.sql");
    std::fs::write(&path, script.replace("        SELECT", "SELECT").replace("        UPDATE", "UPDATE"))
        .expect("a file");
    let (clients, seconds) = (CLIENTS.to_string(), SECONDS.to_string());
    let output = Command::new(program("pgbench"))
        .args([
            "-n",
            "-j",
            "1",
            "-c",
            &clients,
            "-T",
            &seconds,
            "-f",
            &path.to_string_lossy(),
            database.as_str(),
        ])
        .output()
        .expect("pgbench runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("tps = "));
    let tps = line.and_then(|line| line.split(' ').next()).and_then(|tps| tps.parse().ok());
    tps.unwrap_or_else(|| panic!("{text} {}", String::from_utf8_lossy(&output.stderr)))
}

/// Debian has a folder for the programs of each version.
fn program(name: &str) -> String {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<_> =
        versions.map(|version| version.path().join("bin").join(name)).filter(|path| path.exists()).collect();
    found.sort();
    found.pop().map_or_else(|| name.to_owned(), |path| path.to_string_lossy().into_owned())
}

/// In front of the database server: it delays what passes, and counts what clients send.
struct Proxy {
    port: u16,
    trips: Arc<AtomicU64>,
}

impl Proxy {
    fn start(server: &Url, delay: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let target =
            format!("{}:{}", server.host_str().unwrap_or("127.0.0.1"), server.port().unwrap_or(5432));
        let trips = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&trips);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(&target).expect("the database server");
                for stream in [&client, &server] {
                    stream.set_nodelay(true).expect("an option");
                }
                pass(&client, &server, delay, Some(Arc::clone(&counted)));
                pass(&server, &client, delay, None);
            }
        });
        Self { port, trips }
    }

    fn url(&self, server: &Url) -> Url {
        let mut url = server.clone();
        url.set_port(Some(self.port)).expect("a port");
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.query_pairs_mut().append_pair("sslmode", "disable");
        url
    }
}

/// Passes everything on, later.
fn pass(from: &TcpStream, to: &TcpStream, delay: Duration, counted: Option<Arc<AtomicU64>>) {
    let (mut from, mut to) = (from.try_clone().expect("a socket"), to.try_clone().expect("a socket"));
    let (queue, arrived) = channel::<(Instant, Vec<u8>)>();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            if let Some(trips) = &counted {
                trips.fetch_add(1, Ordering::Relaxed);
            }
            if queue.send((Instant::now() + delay, buffer[..length].to_vec())).is_err() {
                return;
            }
        }
    });
    std::thread::spawn(move || {
        for (due, bytes) in arrived {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&bytes).is_err() {
                return;
            }
        }
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
}
