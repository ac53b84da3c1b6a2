//! Child processes: they end when their owner is dropped, and at the latest with the test binary.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::postgres_server::database_url;

/// A server process tied to this one by a pipe: it ends when the pipe closes, even if the tests are killed.
pub struct Tethered(Child);

impl Tethered {
    /// Starts `command` (words without spaces), with its output thrown away.
    pub fn start(command: &[&str]) -> Self {
        Self::start_and_end_by("TERM", command, None)
    }

    /// The same, ended by its own signal; its folder is deleted with it.
    pub fn start_and_end_by(signal: &str, command: &[&str], left: Option<&Path>) -> Self {
        let script = r#"signal=$1 left=$2; shift 2
            "$@" >/dev/null 2>&1 </dev/null & child=$!
            cat >/dev/null; kill -$signal $child; kill -CONT $child; wait $child
            [ -z "$left" ] || rm -rf "$left""#;
        let child = Command::new("sh")
            .args(["-c", script, "sh", signal])
            .arg(left.unwrap_or(Path::new("")))
            .args(command)
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; tests/run installs what tests need", command[0]));
        Self(child)
    }
}

impl Drop for Tethered {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// A folder for one test, in memory if possible: hundreds of databases that write at once would
/// otherwise measure the disk.
pub fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.or_else(|_| tempfile::tempdir()).unwrap()
}

/// Waits until something listens on a port of this machine.
pub fn wait_for_port(port: u16, what: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < deadline, "{what} does not listen; tests/run installs what tests need");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The real binary, started as an operator would.
pub struct Munjigi {
    child: Child,
    /// Reads the output, so that a full pipe never blocks the server.
    log: Option<JoinHandle<String>>,
    pub url: String,
    pub start_lines: String,
    /// The address of its metrics, if enabled.
    pub metrics_url: Option<String>,
}

impl Munjigi {
    pub fn command(data: &Path) -> Command {
        Self::settle(Command::new(env!("CARGO_BIN_EXE_munjigi")), data)
    }

    /// Gives a command the environment of the tests.
    pub fn settle(mut command: Command, data: &Path) -> Command {
        command
            .env_clear()
            .env("MUNJIGI_DATA_DIR", data)
            .env("MUNJIGI_BCRYPT_COST", "10")
            // The tests use every core.
            .env("MUNJIGI_HASH_PRIORITY", "normal")
            .envs(database_url(data).map(|url| ("DATABASE_URL", url)))
            .env("MUNJIGI_DRAIN", "off")
            .current_dir(data.parent().unwrap());
        command
    }

    /// Over SQLite, whichever database the other tests of the run use.
    pub fn on_sqlite(data: &Path) -> Command {
        let mut command = Self::command(data);
        command.env("DATABASE_URL", format!("sqlite://{}", data.join("munjigi.db").display()));
        command
    }

    /// A script of the shell in which `munjigi` is this binary, over SQLite; it stops at the first failure.
    pub fn shell(script: &str, data: &Path) -> Command {
        let program = Self::on_sqlite(data).get_program().to_owned();
        let folder = Path::new(&program).parent().unwrap().display().to_string();
        let mut shell = Self::settle(Command::new("bash"), data);
        shell
            .args(["-euo", "pipefail", "-c", script])
            .env("PATH", format!("{folder}:{}", std::env::var("PATH").unwrap_or_default()))
            .env("DATABASE_URL", format!("sqlite://{}", data.join("munjigi.db").display()));
        shell
    }

    /// Serves on a free port, and waits for the lines that say so.
    pub fn serve(command: Command) -> Self {
        Self::serve_on(command, 0)
    }

    /// The same on this port.
    pub fn serve_on(mut command: Command, port: u16) -> Self {
        command
            .env("MUNJIGI_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = Vec::new();
            let _ = stderr.read_to_end(&mut log);
            String::from_utf8_lossy(&log).into_owned()
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let Some(first) = lines.next().map(Result::unwrap) else {
            panic!("it did not start: {}", log.join().unwrap());
        };
        let second = lines.next().unwrap().unwrap();
        let listens_on =
            second.strip_prefix("It listens on ").and_then(|rest| rest.split(' ').next()).unwrap();
        let url = format!("http://{listens_on}");
        let metrics = command.get_envs().any(|(name, _)| name == "MUNJIGI_METRICS_LISTEN");
        let third = metrics.then(|| lines.next().unwrap().unwrap());
        let metrics_url = third.map(|line| line.strip_prefix("Metrics are at ").unwrap().to_owned());
        Self { child, log: Some(log), url, start_lines: format!("{first}\n{second}"), metrics_url }
    }

    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Seconds of processor time that it has used.
    pub fn processor_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        // In hundredths of a second, for the user and for the kernel.
        (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
    }

    pub fn signal(&self, name: &str) {
        super::signal(self.child.id(), name);
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Resident memory in bytes.
    pub fn resident_bytes(&self) -> u64 {
        self.bytes("VmRSS")
    }

    /// Memory that is not the program's file, whose size depends on how it was built.
    pub fn anonymous_bytes(&self) -> u64 {
        self.bytes("RssAnon")
    }

    fn bytes(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
    }

    /// Stops it as an operator would, and returns its log.
    pub fn stop(self) -> String {
        self.signal("TERM");
        self.stop_after_term()
    }

    /// The log of a killed server.
    pub fn log_when_over(mut self) -> String {
        self.child.wait().unwrap();
        self.log.take().unwrap().join().unwrap()
    }

    /// Waits for the end of a server that received a signal to stop.
    pub fn stop_after_term(mut self) -> String {
        assert!(self.child.wait().unwrap().success());
        self.log.take().unwrap().join().unwrap()
    }
}

impl Drop for Munjigi {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let (true, Some(log)) = (std::thread::panicking(), self.log.take()) {
            eprintln!("what the server logged:\n{}", log.join().unwrap_or_default());
        }
    }
}
