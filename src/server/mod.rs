//! The running server: what it is made of, in which order requests pass, and how it stops.

mod listen;
pub mod routes;
mod scrape;
mod stop;

use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, dev, web};
use tokio::time::Instant;
use url::Url;

use crate::board::Newest;
use crate::config::{Config, ConfigError, public_url};
use crate::forward_auth::rules::{Gate, RulesError};
use crate::http::Site;
use crate::http::auth::cookies::proxy::ProxyCookie;
use crate::http::auth::cookies::proxy::accompany;
use crate::http::auth::cookies::session::SessionCookie;
use crate::http::auth::cookies::tokens::TokenCookies;
use crate::http::cors::cors;
use crate::http::middleware::{door, guard};
use crate::identity::Identity;
use crate::identity::credentials::factors::FactorKeys;
use crate::identity::credentials::hasher::Hasher;
use crate::identity::credentials::webauthn::Passkeys;
use crate::identity::sessions::cache::NearCache;
use crate::identity::sessions::last_used::Pace;
use crate::identity::sessions::{Sessions, Store, StoreError};
use crate::identity::sign_in::limits::Limits;
use crate::identity::tokens::Tokens;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError, OpenError, POOL_SIZE};
use crate::platform::keys::{self, KeyPurpose, Keys, RingError, Secrets, Signers};
use crate::platform::mail::{Mailer, Transport, Worker};
use crate::platform::near_cache::follow_redis as tracking;
use crate::platform::near_cache::follow_sql as changes;
use crate::platform::near_cache::{Kept, Topic};
use crate::platform::rate_limit::Shared;
use crate::platform::redis::Redis;

use listen::bind;
pub use stop::{Signals, Stopper};

/// A request's head must be there within this.
const HEAD_DEADLINE: Duration = Duration::from_secs(5);
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Requests in flight get so long to finish when the server stops.
const SHUTDOWN_SECONDS: u64 = 30;

/// A message that is on its way when the server stops gets so long to arrive.
const MAIL_DRAIN: Duration = Duration::from_secs(5);

const SIGHTINGS_EVERY: Duration = Duration::from_secs(10);
const PURGE_EVERY: Duration = Duration::from_secs(600);
/// Those who wait for a server that starts come first.
const FIRST_PURGE: Duration = Duration::from_secs(60);

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Database(#[from] OpenError),
    #[error(transparent)]
    Changes(#[from] DbError),
    #[error(transparent)]
    Rules(#[from] RulesError),
    #[error("MUNJIGI_SECRET_KEY: {0}")]
    Keys(#[from] RingError),
    #[error("REDIS_URL: {0}")]
    Redis(redis::RedisError),
    #[error(transparent)]
    Tracking(StoreError),
    #[error("{0}: {1} cannot be listened on: {2}")]
    Listen(&'static str, String, std::io::Error),
    #[error("the server stopped: {0}")]
    Io(#[from] std::io::Error),
}

/// A server that listens already and serves once `run` is awaited.
pub struct Server {
    pub address: SocketAddr,
    pub public_url: Url,
    /// Where metrics are read, if anywhere.
    pub metrics_address: Option<SocketAddr>,
    /// Where sessions are, for the start-up line.
    pub store: String,
    /// What handlers work with.
    pub identity: web::Data<Identity>,
    mail_worker: Arc<Worker>,
    stopper: Stopper,
    server: dev::Server,
    metrics: Option<dev::Server>,
}

impl Server {
    /// Opens database and key, connects the store and binds the address. Must be called within the runtime.
    pub fn start(config: &Config, clock: Clock) -> Result<Server, StartError> {
        let gate = web::Data::new(Gate::open(config.rules.as_deref())?);
        let db = Db::open(&config.database)?;
        let keys = keys(config, &db, &clock)?;
        let listener = bind("MUNJIGI_LISTEN", &config.listen)?;
        let metrics_listener = config.metrics_listen.as_ref().map(|at| bind("MUNJIGI_METRICS_LISTEN", at));
        let metrics_listener = metrics_listener.transpose()?;
        let address = listener.local_addr()?;
        let public_url = config.public_url.clone().map_or_else(|| default_public_url(config, address), Ok)?;

        let target = config.redis()?;
        let redis = target.as_ref().map(Redis::new).transpose().map_err(StartError::Redis)?;
        let store = match &redis {
            Some(redis) => Store::redis(redis.clone(), clock.clone()),
            None => Store::embedded(db.clone(), clock.clone()),
        };
        let described = match &target {
            Some(target) => format!("in Redis ({target})"),
            None => format!("beside the users ({})", config.database),
        };
        let site = web::Data::new(Site::new(config, public_url.clone(), &keys));
        let near = near_cache(config, &db, redis.as_ref())?;
        let sessions = Sessions::new(store, near, db.clone(), clock.clone(), config.lifetimes);
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        let mail = Mailer::new(config.mail.from.clone(), public_url.clone(), &keys);
        let mail_worker =
            Arc::new(Worker::new(db.internal(), clock.clone(), mail.clone(), transport(config)));
        let identity = web::Data::new(Identity {
            config: config.clone(),
            mail,
            mail_codes: Signers::new(&keys, KeyPurpose::MailCodes),
            hasher: Hasher::start(workers, config.bcrypt_cost, config.hash_wait, config.hash_priority),
            sessions,
            cookie: SessionCookie::new(site.cookies.clone()),
            tokens: Tokens::new(&keys, &public_url),
            token_cookies: TokenCookies::new(site.cookies.clone()),
            proxy_cookie: ProxyCookie::new(
                site.cookies.clone(),
                config.cookie_domain.clone(),
                config.lifetimes.remembered.absolute,
            ),
            limits: Limits::new(&clock, workers, config.hash_wait, redis.map(Shared::new).as_ref()),
            factors: FactorKeys::new(&keys),
            passkeys: Passkeys::new(&keys, &public_url),
            keys,
            applications: Kept::new(Topic::Applications),
            clock,
            db,
        });
        let (shared, newest) = (identity.clone(), web::Data::new(Newest::default()));
        let (known, connections) = (site.clone(), stop::Connections::default());
        let counted = connections.clone();
        let server = HttpServer::new(move || {
            let (origins, policy) = (Rc::new(site.cors_origins.clone()), site.cors_origins.policy());
            App::new()
                .app_data(site.clone())
                .app_data(shared.clone())
                .app_data(newest.clone())
                .app_data(gate.clone())
                .configure(routes::configure)
                .wrap(from_fn(accompany))
                .wrap(Compress::default())
                .wrap(from_fn(guard))
                .wrap(from_fn(move |req, next| cors(origins.clone(), policy.clone(), req, next)))
                .wrap(from_fn(door))
        })
        .workers(workers)
        // There are no more readers than this at once, whichever worker they come from.
        .worker_max_blocking_threads(POOL_SIZE as usize)
        .client_request_timeout(HEAD_DEADLINE)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .on_connect(move |_, extensions| counted.count(extensions))
        .disable_signals()
        .listen(listener)?
        .run();
        let metrics_address = metrics_listener.as_ref().map(TcpListener::local_addr).transpose()?;
        let metrics = metrics_listener.map(|listener| scrape::start(listener, &identity)).transpose()?;
        let drain = Duration::from_secs(config.drain.unsigned_abs());
        let stopper = Stopper { handle: server.handle(), site: known, connections, drain };
        Ok(Server {
            address,
            public_url,
            metrics_address,
            store: described,
            identity,
            mail_worker,
            stopper,
            server,
            metrics,
        })
    }

    /// Stops the server from elsewhere, with whatever is in flight.
    pub fn handle(&self) -> dev::ServerHandle {
        self.server.handle()
    }

    /// Stops the server from elsewhere as it should be stopped.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves until it is stopped, then finishes what is in flight.
    pub async fn run(self) -> Result<(), StartError> {
        let housekeeping = actix_web::rt::spawn(run_housekeeping(self.identity.clone()));
        let learning =
            actix_web::rt::spawn(keys::follow(self.identity.keys.clone(), self.identity.db.clone()));
        if self.identity.config.mail.server.is_none() {
            tracing::info!("there is no mail server; mail goes to {}", self.mail_worker.destination());
        }
        let mail_worker = Arc::clone(&self.mail_worker);
        let mut delivery = actix_web::rt::spawn(async move { mail_worker.run().await });
        let metrics = self.metrics.map(|server| (server.handle(), actix_web::rt::spawn(server)));
        let outcome = self.server.await;
        if let Some((handle, _)) = metrics {
            handle.stop(false).await;
        }
        housekeeping.abort();
        learning.abort();
        self.mail_worker.stop();
        // What does not arrive by then is tried again by the next process.
        if tokio::time::timeout(MAIL_DRAIN, &mut delivery).await.is_err() {
            delivery.abort();
        }
        self.identity.sessions.write_sightings(Pace::AtOnce).await;
        self.identity.write_token_uses(Pace::AtOnce).await;
        Ok(outcome?)
    }
}

async fn run_housekeeping(app: web::Data<Identity>) {
    let mut sightings = tokio::time::interval(SIGHTINGS_EVERY);
    let mut purge = tokio::time::interval_at(Instant::now() + FIRST_PURGE, PURGE_EVERY);
    loop {
        tokio::select! {
            _ = sightings.tick() => {
                app.sessions.write_sightings(Pace::WithoutHaste).await;
                app.write_token_uses(Pace::WithoutHaste).await;
                if let Err(error) = app.db.checkpoint().await {
                    tracing::warn!(%error, "the log of the database was not carried over");
                }
            }
            _ = purge.tick() => app.purge().await,
        }
    }
}

/// The mail server, or the folder that stands in for one.
pub fn transport(config: &Config) -> Transport {
    match &config.mail.server {
        Some(server) => Transport::Smtp(server.clone()),
        None => Transport::Folder(config.data_dir.join("outbox")),
    }
}

/// The near cache, with those who tell it of changes.
fn near_cache(config: &Config, db: &Db, redis: Option<&Redis>) -> Result<Arc<NearCache>, StartError> {
    let (entries, bytes) = (config.near_cache_entries, config.near_cache_bytes);
    let near = Arc::new(NearCache::new(entries, bytes, redis.is_some()));
    changes::follow(db, &near)?;
    if let Some(redis) = redis {
        tracking::follow(redis.clone(), &near).map_err(StartError::Tracking)?;
    }
    Ok(near)
}

/// The keys in use.
pub fn keys(config: &Config, db: &Db, clock: &Clock) -> Result<Keys, StartError> {
    Ok(Keys::open(&mut *db.conn()?, secrets(config)?, clock.clone(), config.longest_life())?)
}

/// The secrets that were set, or those in the data folder, made there at the first start.
pub fn secrets(config: &Config) -> Result<Secrets, ConfigError> {
    if let Some(secrets) = &config.secret_key {
        return Ok(secrets.clone());
    }
    private_files::create_dir(&config.data_dir).map_err(|error| {
        ConfigError::new("MUNJIGI_DATA_DIR", format!("{}: {error}", config.data_dir.display()))
    })?;
    let path = config.data_dir.join("secret.key");
    Secrets::from_file(&path)
        .map_err(|error| ConfigError::new("MUNJIGI_SECRET_KEY", format!("{}: {error}", path.display())))
}

/// Where people get in, as long as nobody says otherwise.
pub fn default_public_url(config: &Config, address: SocketAddr) -> Result<Url, ConfigError> {
    let text = match config.listen.rsplit_once(':') {
        Some((host, _)) => format!("http://{host}:{}", address.port()),
        None => format!("http://{address}"),
    };
    public_url(&text).map_err(|_| {
        ConfigError::new(
            "MUNJIGI_PUBLIC_URL",
            format!(
                "it is needed when listening on {address}; it takes the https:// address that people type"
            ),
        )
    })
}
