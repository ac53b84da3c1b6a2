//! A server within the test process, with a clock that can be moved.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use munjigi::config::{Config, HashPriority, Settings};
use munjigi::http::auth::respond::session_cookies;
use munjigi::identity::accounts::{KnownDevice, User};
use munjigi::identity::audit::Client;
use munjigi::identity::credentials::{Password, key_rotation};
use munjigi::identity::registration::{NewAccount, Registered};
use munjigi::identity::sign_in::{Attempt, Issue};
use munjigi::identity::tokens::Presented;
use munjigi::identity::unit_of_work::{Failure, System};
use munjigi::identity::{Identity, Operator, housekeeping};
use munjigi::platform::clock::Clock;
use munjigi::platform::db::DbError;
use munjigi::platform::db::{DatabaseUrl, Db};
use munjigi::platform::keys::Secrets;
use munjigi::platform::lang::Lang;
use munjigi::platform::private_files;
use munjigi::server::{Server, Services};
use tempfile::TempDir;

use super::postgres_server::{database_url, drop_database};
use super::process::wait_for_port;
use super::{PASSWORD, Persona, Tethered, free_port, scratch};

static REDIS: LazyLock<(u16, Tethered)> = LazyLock::new(|| {
    let port = free_port();
    let text = port.to_string();
    let server = Tethered::start(&[
        "redis-server",
        "--port",
        &text,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--databases",
        "4096",
    ]);
    wait_for_port(port, "redis-server");
    (port, server)
});
/// An SQLite database with nothing but its tables. Making them takes longer than most tests.
static EMPTY_DATABASE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = scratch();
    let path = folder.path().join("munjigi.db");
    drop(Db::open(&DatabaseUrl::Sqlite(path.clone())).unwrap());
    std::fs::read(path).unwrap()
});
static NEXT_REDIS_DATABASE: AtomicUsize = AtomicUsize::new(0);

/// A Redis database that no other test uses.
pub fn redis_url() -> String {
    let database = NEXT_REDIS_DATABASE.fetch_add(1, Ordering::Relaxed);
    format!("redis://127.0.0.1:{}/{database}", REDIS.0)
}

/// Creates the SQLite database, unless it exists.
fn lay_empty_database(path: &Path) {
    if !path.exists() {
        private_files::create_dir(path.parent().unwrap()).unwrap();
        std::fs::write(path, &*EMPTY_DATABASE).unwrap();
    }
}

/// A browser on this machine.
pub fn local_client() -> Client {
    Client {
        address: Ipv4Addr::LOCALHOST.into(),
        device: "Firefox · Linux".to_owned(),
        request_id: String::new(),
        lang: Lang::En,
    }
}

/// A running server with a fresh database. It stops when dropped.
pub struct TestApp {
    pub url: String,
    pub clock: Clock,
    pub config: Config,
    _data: TempDir,
    handle: actix_web::dev::ServerHandle,
    db: OnceLock<Db>,
    /// The services that the server's handlers use.
    pub identity: Arc<Identity>,
    services: Services,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// Over SQLite, whichever database the other tests of the run use.
    pub async fn on_sqlite() -> Self {
        Self::with(|config| config.database = DatabaseUrl::Sqlite(config.data_dir.join("munjigi.db"))).await
    }

    pub async fn on_redis() -> Self {
        Self::with(|config| config.redis_url = Some(redis_url())).await
    }

    /// A server with changed settings.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let data = scratch();
        let settings = Settings {
            listen: Some("127.0.0.1:0".to_owned()),
            data_dir: Some(data.path().join("data").to_string_lossy().into_owned()),
            database_url: database_url(&data.path().join("data")),
            ..Settings::default()
        };
        let mut config = Config::from_settings(settings).unwrap();
        // Cheaper than the real settings allow, so that hundreds of sign-ins fit into a run.
        config.bcrypt_cost = 4;
        // The tests use every core: neither hashing nor a page may time out because of that.
        config.hash_wait = std::time::Duration::from_secs(60);
        config.hash_priority = HashPriority::Normal;
        config.auth_timeout = std::time::Duration::from_secs(10);
        change(&mut config);
        if let DatabaseUrl::Sqlite(path) = &config.database {
            lay_empty_database(path);
        }
        let app = Self::run(config, data).await;
        app.is_warm().await;
        app
    }

    async fn run(config: Config, data: TempDir) -> Self {
        let clock = Clock::default();
        let (started, start) = tokio::sync::oneshot::channel();
        let (server_config, server_clock) = (config.clone(), clock.clone());
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = Server::start(&server_config, server_clock).unwrap();
                let url = format!("http://{}", server.address);
                let _ = started.send((url, server.handle(), server.services.clone()));
                server.run().await.unwrap();
            });
        });
        let (url, handle, services) = start.await.unwrap();
        let identity = Arc::clone(&services.identity);
        Self { url, clock, config, _data: data, handle, db: OnceLock::new(), identity, services }
    }

    /// A server with a host name, because browsers have no passkeys for IP addresses.
    pub async fn with_passkeys() -> Self {
        Self::named(|_| ()).await
    }

    pub async fn named(change: impl FnOnce(&mut Config)) -> Self {
        let mut app = Self::with(|config| {
            config.listen = "localhost:0".to_owned();
            change(config);
        })
        .await;
        let port = app.url.rsplit(':').next().unwrap();
        app.url = format!("http://localhost:{port}");
        app
    }

    /// Waits until the near cache is trusted.
    pub async fn warm(&self) {
        assert!(self.is_warm().await, "the near cache is not trusted");
    }

    /// Whether it is trusted within 2 seconds. Without an available store, it never is.
    async fn is_warm(&self) -> bool {
        let cache = self.identity.sessions.reader.cache();
        for _ in 0..200 {
            if cache.is_trusted() {
                return true;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        false
    }

    pub fn visitor(&self) -> Persona {
        Persona::new(&self.url)
    }

    /// A user who has just registered. Only the form is skipped, because `register` tests it.
    pub async fn member(&self, name: &str) -> Persona {
        self.member_from(Ipv4Addr::LOCALHOST, name).await
    }

    /// The same from an address of their own, because registrations are limited per address.
    pub async fn member_from(&self, address: Ipv4Addr, name: &str) -> Persona {
        let persona = self.visitor();
        let client = Client { address: address.into(), ..local_client() };
        let registration = &self.identity.accounts.registration;
        let (email, password) = (format!("{name}@example.org"), Password::new(PASSWORD.to_owned()));
        let new = NewAccount { username: name.to_owned(), email, password, browser: None };
        let created = registration.create(new, &client).await;
        let Ok(Registered::Now(user)) = created else { panic!("{name} is not registered") };
        let attempt = Attempt {
            client,
            device: KnownDevice::unknown(),
            issue: Issue::Cookie { remember: false },
            presented: Presented::default(),
            return_to: String::new(),
            trust_device: false,
        };
        let signed_in = registration.sign_in(*user, &attempt).await.unwrap().expect("a newcomer");
        for cookie in session_cookies(&self.services.site, &attempt.device, &signed_in) {
            persona.set_cookie(cookie.name(), cookie.value());
        }
        persona
    }

    /// A user who has just registered and was made staff.
    pub async fn staff(&self, name: &str) -> Persona {
        let persona = self.member(name).await;
        self.make_staff(self.user_id(name)).await;
        persona
    }

    pub async fn make_staff(&self, id: i64) {
        self.write_user(id, format!("UPDATE users SET staff = true WHERE id = {id}")).await;
    }

    /// Changes a user's data by SQL, as the services do: the server's caches are invalidated at once.
    pub async fn write_user(&self, id: i64, sql: String) {
        let written = self.identity.core.writer.write(System, move |write| {
            let done = diesel::RunQueryDsl::execute(diesel::sql_query(sql), write.user(id));
            done.map(drop).map_err(|error| Failure::from(DbError::from(error)))
        });
        written.await.unwrap();
    }

    /// Marks the address of an account as verified.
    pub async fn verify_address(&self, name: &str) {
        let id = self.user_id(name);
        self.write_user(id, format!("UPDATE users SET email_verified_at = 1 WHERE id = {id}")).await;
    }

    /// Puts a user into a group.
    pub async fn join_group(&self, group: i64, user: i64) {
        let sql = format!("INSERT INTO group_members (group_id, user_id) VALUES ({group}, {user})");
        self.write_user(user, sql).await;
    }

    /// Removes a user from a group.
    pub async fn leave_group(&self, group: i64, user: i64) {
        let sql = format!("DELETE FROM group_members WHERE group_id = {group} AND user_id = {user}");
        self.write_user(user, sql).await;
    }

    /// Runs an operator's command; returns once the server has applied it.
    pub async fn operate<T: Send + 'static>(&self, work: impl FnOnce(&Operator) -> T + Send + 'static) -> T {
        let operator = Operator::new(self.db(), self.clock.clone());
        tokio::task::spawn_blocking(move || work(&operator)).await.unwrap()
    }

    pub async fn set_disabled(&self, id: i64, disabled: bool) {
        self.operate(move |operator| operator.set_disabled(id, disabled)).await.unwrap();
    }

    /// The account as SQL has it now.
    pub fn user(&self, name: &str) -> User {
        let operator = Operator::new(self.db(), self.clock.clone());
        operator.find(name).unwrap().unwrap_or_else(|| panic!("there is no {name}"))
    }

    /// Deletes what has expired, as if the clock had never jumped.
    pub async fn purge(&self) {
        self.execute("DELETE FROM marks");
        let now = self.clock.now();
        self.execute(&format!("INSERT INTO marks (name, at) VALUES ('cleaned_up', {now})"));
        housekeeping::purge(&self.identity).await;
    }

    /// Calls of the session store and of SQL so far.
    pub fn calls(&self) -> (u64, u64) {
        (self.identity.sessions.reader.store().calls(), self.identity.core.db.calls())
    }

    pub fn user_id(&self, name: &str) -> i64 {
        self.user(name).id
    }

    /// A second browser of the same member.
    pub async fn another_browser(&self, name: &str) -> Persona {
        let persona = self.visitor();
        persona.sign_in(name).await.assert_redirect("/dashboard");
        persona
    }

    /// Rotates keys as `munjigi keys rotate` does, and makes the server reload them.
    pub async fn rotate_keys(&self) {
        let core = &self.identity.core;
        let keys = munjigi::server::open_keys(&self.config, &core.db, &self.clock).unwrap();
        let (operators, secrets) = (keys.clone(), self.secrets());
        let rotated =
            core.writer.write(System, move |write| key_rotation::rotate(write, &operators, secrets.newest()));
        rotated.await.unwrap();
        let number = keys.ring().current().number;
        for _ in 0..500 {
            if core.keys.ring().current().number == number {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("the server does not learn of the new keys");
    }

    pub fn secrets(&self) -> Secrets {
        munjigi::server::secrets(&self.config).unwrap()
    }

    /// The same database, to inspect what pages do not show.
    pub fn db(&self) -> Db {
        self.db.get_or_init(|| Db::open(&self.config.database).unwrap()).clone()
    }

    /// How many rows a query finds.
    pub fn count(&self, query: &str) -> i64 {
        self.number(&format!("SELECT count(*) AS n FROM {query}"))
    }

    /// The number `n` that a query gives.
    pub fn number(&self, query: &str) -> i64 {
        self.numbers(query)[0]
    }

    /// The ids of the rows that a query finds, in its order.
    pub fn ids(&self, query: &str) -> Vec<i64> {
        self.numbers(&format!("SELECT id AS n FROM {query}"))
    }

    fn numbers(&self, query: &str) -> Vec<i64> {
        use diesel::prelude::*;
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            n: i64,
        }
        let rows: Vec<Row> = diesel::sql_query(query).load(&mut *self.db().conn().unwrap()).unwrap();
        rows.into_iter().map(|row| row.n).collect()
    }

    pub fn execute(&self, statement: &str) {
        use diesel::prelude::*;
        diesel::sql_query(statement).execute(&mut *self.db().conn().unwrap()).unwrap();
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // Requests the stop; the server's thread carries it out.
        let _ = futures_util::FutureExt::now_or_never(self.handle.stop(false));
        drop_database(&self.config.database);
    }
}
