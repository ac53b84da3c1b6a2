//! Processes under measurement, and wrk, which loads them.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::variant::Variant;

const SERVER_CORE: &str = "0";
const LOAD_CORE: &str = "1";

#[derive(Clone, Copy)]
pub struct Measured {
    pub requests_per_second: f64,
    pub p99_ms: f64,
    /// CPU time of the server's process for each request, kernel time included.
    pub cpu_us: f64,
}

/// A server process; it ends when it is dropped, since it reads its standard input.
pub struct Running {
    child: Child,
    _stdin: ChildStdin,
    pub url: String,
    script: Option<String>,
    /// The growth of its memory while the sessions became hot.
    pub memory: Option<String>,
    _folder: TempDir,
}

/// A command on one core of its own.
pub fn on_core(core: &str, program: &str) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", core, program]);
    command
}

/// Moves this process to the core of the load, since it sends requests itself.
pub fn stay_beside_the_load() {
    let this = std::process::id().to_string();
    let moved = Command::new("taskset").args(["-cp", LOAD_CORE, &this]).stdout(Stdio::null()).status();
    assert!(moved.is_ok_and(|status| status.success()), "taskset, of util-linux, runs");
}

impl Running {
    pub fn start(variant: Variant, redis: &Redis) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the run");
        let path = folder.path().to_string_lossy().into_owned();
        let arguments = [variant.code(), &path, &redis.url(variant.redis_database())];
        let mut command = on_core(SERVER_CORE, &this_program());
        if variant.logs() {
            command.stderr(Stdio::null());
        }
        Self::spawn(command, &arguments, folder)
    }

    /// `command` is this program, perhaps on a core; it answers with its address, a script for wrk, and its memory.
    pub fn spawn(mut command: Command, arguments: &[&str], folder: TempDir) -> Self {
        command.arg("--serve").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("taskset, of util-linux, runs");
        let stdin = child.stdin.take().expect("a pipe");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut line = || lines.next().and_then(Result::ok).unwrap_or_default();
        let (url, script, memory) = (line(), line(), line());
        assert!(url.starts_with("http://"), "{arguments:?} does not serve");
        let given = |text: String| (!text.is_empty()).then_some(text);
        Self { child, _stdin: stdin, url, script: given(script), memory: given(memory), _folder: folder }
    }

    /// Loads it for some seconds.
    pub fn load(&self, connections: usize, seconds: u64) -> Measured {
        self.load_path("", connections, seconds)
    }

    /// The same below its address.
    pub fn load_path(&self, path: &str, connections: usize, seconds: u64) -> Measured {
        self.load_elsewhere(&format!("{}{path}", self.url), connections, seconds)
    }

    /// The same with a script of its own.
    pub fn load_by(&self, script: &str, path: &str, connections: usize, seconds: u64) -> Measured {
        self.load_with(&format!("{}{path}", self.url), Some(script), connections, seconds)
    }

    /// The same at an address that leads here through other servers.
    pub fn load_elsewhere(&self, url: &str, connections: usize, seconds: u64) -> Measured {
        self.load_with(url, self.script.as_deref(), connections, seconds)
    }

    fn load_with(&self, url: &str, script: Option<&str>, connections: usize, seconds: u64) -> Measured {
        let before = self.cpu_seconds();
        let output = wrk(url, script, connections, seconds).output().expect("wrk runs");
        let spent = self.cpu_seconds() - before;
        let measured = parse(&String::from_utf8_lossy(&output.stdout));
        let measured =
            measured.unwrap_or_else(|| panic!("{url} {}", String::from_utf8_lossy(&output.stdout)));
        let cpu_us = spent * 1e6 / (measured.requests_per_second * seconds as f64);
        Measured { cpu_us, ..measured }
    }

    /// User and system time so far (proc(5), in ticks of 10 ms).
    fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let ticks =
            after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
        ticks.sum::<f64>() / 100.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn this_program() -> String {
    std::env::current_exe().expect("this program has a path").to_string_lossy().into_owned()
}

pub fn wrk(url: &str, script: Option<&str>, connections: usize, seconds: u64) -> Command {
    let mut command = on_core(LOAD_CORE, "wrk");
    command.args(["-t1", &format!("-c{connections}"), &format!("-d{seconds}s"), "--latency"]);
    if let Some(script) = script {
        command.args(["-s", script]);
    }
    command.arg(url).stdout(Stdio::piped());
    command
}

/// The output of wrk; none if any answer was not 2xx or 3xx.
pub fn parse(output: &str) -> Option<Measured> {
    if output.contains("Non-2xx") || output.contains("Socket errors") {
        return None;
    }
    let value = |mark: &str| output.lines().find_map(|line| line.trim().strip_prefix(mark)).map(str::trim);
    let p99 = value("99%")?;
    let (number, unit) = p99.split_at(p99.find(|c: char| c.is_alphabetic())?);
    let factor = match unit {
        "us" => 0.001,
        "ms" => 1.0,
        _ => 1000.0,
    };
    Some(Measured {
        requests_per_second: value("Requests/sec:")?.parse().ok()?,
        p99_ms: number.parse::<f64>().ok()? * factor,
        cpu_us: 0.0,
    })
}

/// A redis-server for this run.
pub struct Redis {
    child: Child,
    port: u16,
    /// With 4 sessions a user, and with 200.
    pub bytes_per_session: [u64; 2],
}

impl Redis {
    pub fn start() -> Self {
        let mut redis = Self::bare();
        redis.bytes_per_session = [redis.measure_session(62, 4), redis.measure_session(63, 200)];
        redis
    }

    /// One in which no session was measured.
    pub fn bare() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let child = on_core(LOAD_CORE, "redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .args(["--databases", "64"])
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server runs");
        let redis = Self { child, port, bytes_per_session: [0; 2] };
        while redis.used_memory().is_none() {
            std::thread::sleep(Duration::from_millis(20));
        }
        redis
    }

    pub fn url(&self, database: u8) -> String {
        format!("redis://127.0.0.1:{}/{database}", self.port)
    }

    pub fn used_memory(&self) -> Option<u64> {
        let mut connection = redis::Client::open(self.url(0)).ok()?.get_connection().ok()?;
        let info: String = redis::cmd("INFO").arg("memory").query(&mut connection).ok()?;
        info.lines().find_map(|line| line.strip_prefix("used_memory:"))?.trim().parse().ok()
    }

    /// Memory that 100,000 sessions take, divided by their number.
    fn measure_session(&self, database: u8, per_person: usize) -> u64 {
        let before = self.used_memory().unwrap_or_default();
        crate::data::fill_redis(&self.url(database), per_person);
        let bytes = self.used_memory().unwrap_or_default() - before;
        self.empty(database);
        bytes / crate::data::MANY as u64
    }

    fn empty(&self, database: u8) {
        let connection = redis::Client::open(self.url(database)).and_then(|client| client.get_connection());
        let emptied =
            connection.and_then(|mut connection| redis::cmd("FLUSHDB").query::<()>(&mut connection));
        emptied.expect("Redis empties a database");
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
