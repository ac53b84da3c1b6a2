//! PostgreSQL for tests: one server per run with a database for each test, and separate ones that tests may break.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use munjigi::platform::db::{DatabaseUrl, Db, PgConn};

use super::certificate::Certificate;
use super::process::wait_for_port;
use super::{Tethered, free_port, scratch};

/// Durable only where a test asks for it.
const QUICK: &[&str] = &["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"];

const INITDB: [&str; 7] = [
    "--username=munjigi",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=icu",
    "--icu-locale=en-US",
    "--no-sync",
];

/// PostgreSQL does not run as root.
const UNPRIVILEGED: &str = "nobody";

const TEMPLATE: &str = "munjigi_template";

pub struct PostgresServer {
    pub port: u16,
    folder: PathBuf,
    settings: Vec<String>,
    server: Option<Tethered>,
}

impl PostgresServer {
    /// A server that loses its last writes when it is killed.
    pub fn quick() -> Self {
        Self::start(QUICK)
    }

    /// A server with these settings beside the usual ones.
    pub fn start(settings: &[&str]) -> Self {
        let mut server = Self::prepare(settings);
        server.start_again();
        server
    }

    /// A server that accepts remote clients only over TLS, with passwords, and one role with a certificate of the authority.
    pub fn with_tls(certificate: &Certificate) -> Self {
        let mut server = Self::prepare(QUICK);
        let folder = server.folder.clone();
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        for (content, to) in [
            (read(&certificate.chain), "server.crt"),
            (read(&certificate.key), "server.key"),
            (certificate.authority.clone(), "authority.crt"),
        ] {
            let to = folder.join(to);
            std::fs::write(&to, content).unwrap();
            run(&["chmod", "600", to.to_str().unwrap()]);
            if !unprivileged().is_empty() {
                run(&["chown", UNPRIVILEGED, to.to_str().unwrap()]);
            }
        }
        let rules = "hostnossl all munjigi all trust\nhostssl all munjigi all trust\nhostssl all certified all cert\n\
                     hostssl all all all scram-sha-256\n";
        std::fs::write(folder.join("pg_hba.conf"), rules).unwrap();
        server.settings.extend(["ssl=on", "ssl_ca_file=authority.crt"].map(str::to_owned));
        server.start_again();
        server
    }

    /// Starts it on the same port with the same data.
    pub fn start_again(&mut self) {
        self.server = Some(self.launch(None));
    }

    fn prepare(settings: &[&str]) -> Self {
        let folder = scratch().keep();
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let server = Self { port: free_port(), folder, settings, server: None };
        let folder = server.folder.to_str().unwrap();
        if !unprivileged().is_empty() {
            run(&["chown", UNPRIVILEGED, folder]);
        }
        // Texts sort by a language's rules here, unless a column sets another collation.
        let mut initdb = unprivileged();
        initdb.push(program("initdb"));
        initdb.extend(["--pgdata", folder].map(str::to_owned));
        initdb.extend(INITDB.map(str::to_owned));
        run(&initdb.iter().map(String::as_str).collect::<Vec<_>>());
        server
    }

    fn launch(&self, left: Option<&Path>) -> Tethered {
        let mut command = unprivileged();
        command.push(program("postgres"));
        let port = self.port.to_string();
        command.extend(["-D", self.folder.to_str().unwrap(), "-p", &port].map(str::to_owned));
        let usual = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=600"];
        for setting in usual.into_iter().chain(self.settings.iter().map(String::as_str)) {
            command.extend(["-c", setting].map(str::to_owned));
        }
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let server = Tethered::start_and_end_by("INT", &command, left);
        wait_for_port(self.port, "postgres");
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.connect("postgres").is_err() {
            assert!(Instant::now() < deadline, "postgres does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
        server
    }

    /// Starts it again as a standby (hot standby, without a primary).
    pub fn become_standby(&mut self) {
        self.stop();
        let signal = self.folder.join("standby.signal");
        std::fs::write(&signal, "").unwrap();
        if !unprivileged().is_empty() {
            run(&["chown", UNPRIVILEGED, signal.to_str().unwrap()]);
        }
        self.start_again();
    }

    /// Stops it cleanly and disconnects its clients.
    pub fn stop(&mut self) {
        self.server = None;
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://munjigi@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes a database and brings its tables up to date.
    pub fn database(&self, name: &str) -> DatabaseUrl {
        self.run(&format!("CREATE DATABASE {name}"));
        self.url(name).parse().unwrap()
    }

    pub fn run(&self, sql: &str) {
        self.connect("postgres").unwrap().batch_execute(sql).unwrap();
    }

    /// The processes of the server, the one that started the others first.
    pub fn processes(&self) -> Vec<u32> {
        let pid = std::fs::read_to_string(self.folder.join("postmaster.pid")).unwrap();
        let first: u32 = pid.lines().next().unwrap().parse().unwrap();
        let children = Command::new("pgrep").args(["-P", &first.to_string()]).output().unwrap().stdout;
        let children = String::from_utf8(children).unwrap();
        [first].into_iter().chain(children.lines().map(|line| line.parse().unwrap())).collect()
    }

    fn connect(&self, database: &str) -> ConnectionResult<PgConn> {
        PgConn::establish(&format!("{}?connect_timeout=20", self.url(database)))
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        self.server = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The server that the tests of one run share. It is never dropped, so its folder goes with its process.
static SHARED: LazyLock<PostgresServer> = LazyLock::new(|| {
    let mut server = PostgresServer::prepare(QUICK);
    server.server = Some(server.launch(Some(&server.folder)));
    drop(Db::open(&server.database(TEMPLATE)).unwrap());
    server
});
static ADMINISTRATOR: LazyLock<Mutex<PgConn>> =
    LazyLock::new(|| Mutex::new(SHARED.connect("postgres").unwrap()));
static MADE: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

/// The database of a server with this data folder, if the run is over PostgreSQL.
pub fn database_url(data: &Path) -> Option<String> {
    if std::env::var("MUNJIGI_TEST_DATABASE").is_ok_and(|engine| engine == "postgres") {
        Some(fresh_database(data))
    } else {
        None
    }
}

/// The database of a server with this data folder.
pub fn open_database(data: &Path) -> Db {
    Db::open(&database_at(data)).unwrap()
}

/// Where a server with this data folder has its database.
pub fn database_at(data: &Path) -> DatabaseUrl {
    database_url(data)
        .map_or_else(|| DatabaseUrl::from(&*data.join("munjigi.db")), |url| url.parse().unwrap())
}

fn fresh_database(data: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    let name = format!("of_{:x}", hasher.finish());
    if MADE.lock().unwrap().insert(name.clone()) {
        administrate(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"));
    }
    SHARED.url(&name)
}

fn administrate(sql: &str) {
    let mut conn = ADMINISTRATOR.lock().unwrap_or_else(PoisonError::into_inner);
    conn.batch_execute(sql).unwrap();
}

/// Drops an unused database, concurrently with the other tests.
pub fn drop_database(url: &DatabaseUrl) {
    let DatabaseUrl::Postgres(url) = url else { return };
    let name = url.path().trim_start_matches('/').to_owned();
    if MADE.lock().unwrap().remove(&name) {
        std::thread::spawn(move || administrate(&format!("DROP DATABASE {name} WITH (FORCE)")));
    }
}

/// The words before a command that run it as a user other than root.
fn unprivileged() -> Vec<String> {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    if id != b"0\n" {
        return Vec::new();
    }
    ["setpriv", "--reuid", UNPRIVILEGED, "--regid", "nogroup", "--clear-groups"].map(str::to_owned).to_vec()
}

/// Debian has a folder for the programs of each version.
fn program(name: &str) -> String {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        versions.map(|version| version.path().join("bin").join(name)).filter(|path| path.exists()).collect();
    found.sort();
    found.pop().map_or_else(|| name.to_owned(), |path| path.to_string_lossy().into_owned())
}

fn run(command: &[&str]) {
    let output = Command::new(command[0]).args(&command[1..]).current_dir("/").output();
    let output =
        output.unwrap_or_else(|error| panic!("{command:?}: {error}; tests/run installs what tests need"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
