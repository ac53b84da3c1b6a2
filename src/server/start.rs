//! Starts a server, runs it, and shuts it down in order.

use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_http::HttpService;
use actix_service::{IntoServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, Condition, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::{App, dev};
use url::Url;

use crate::config::Config;
use crate::http::auth::cookies::proxy::set_proxy_cookie;
use crate::http::cors::cors;
use crate::http::middleware::{check_request, respond};
use crate::http::repeated_form::answer_repeated;
use crate::http::{Branding, Site};
use crate::i18n::letters::Letters;
use crate::identity::housekeeping::flush;
use crate::identity::observers;
use crate::identity::oidc::LogoutWorker;
use crate::identity::sessions::FlushMode;
use crate::identity::unit_of_work::Writer;
use crate::identity::{Identity, Parts, is_clock_doubted};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::keys;
use crate::platform::mail::{ClockDoubt, Mailer, Transport, Worker};
use crate::platform::near_cache::{Announce, Feed, follow_redis, follow_sql};
use crate::platform::redis::{Redis, RedisUrl, WriteAccess};

use super::bounded_stream::BoundedStream;
use super::check::{Files, check_settings, default_public_url};
use super::error::StartError;
use super::housekeeping::run_housekeeping;
use super::keys::open_keys;
use super::listen::{HEAD_DEADLINE, KEEP_ALIVE, Listening, SLOW_READERS, bind};
use super::services::Services;
use super::stop::{Connections, Stopper};
use super::{routes, scrape};

/// How long requests in flight may take to finish when the server stops.
const SHUTDOWN_SECONDS: u64 = 30;

/// How long mail and logout tokens in delivery may take when the server stops.
const DELIVERY_DRAIN: Duration = Duration::from_secs(5);

/// How long a start waits for Redis.
const CLAIM_PATIENCE: Duration = Duration::from_secs(1);

/// A server that already listens; it serves once `run` is awaited.
pub struct Server {
    pub address: SocketAddr,
    pub public_url: Url,
    /// The address that serves metrics, if any.
    pub metrics_address: Option<SocketAddr>,
    /// Where sessions are stored, for the start-up line.
    pub store: String,
    /// The services for handlers.
    pub services: Services,
    unclaimed: Option<Unclaimed>,
    mail_worker: Arc<Worker>,
    logout_worker: Arc<LogoutWorker>,
    stopper: Stopper,
    server: dev::Server,
    metrics: Option<dev::Server>,
}

/// Binds the addresses: failure to listen aborts the start before anything else runs.
struct Listeners {
    pages: TcpListener,
    metrics: Option<TcpListener>,
}

impl Listeners {
    fn bind(config: &Config) -> Result<Self, StartError> {
        let pages = bind("MUNJIGI_LISTEN", &config.listen)?;
        let metrics = config.metrics_listen.as_ref().map(|at| bind("MUNJIGI_METRICS_LISTEN", at));
        Ok(Self { pages, metrics: metrics.transpose()? })
    }
}

impl Server {
    /// Opens database and keys, connects the store and binds the address. Must be called within the runtime.
    pub fn start(config: &Config, clock: Clock) -> Result<Server, StartError> {
        let Files { rules, apps } = check_settings(config)?;
        let db = Db::open_with(&config.database, config.pool_size)?;
        let keys = open_keys(config, &db, &clock)?;
        let listeners = Listeners::bind(config)?;
        let address = listeners.pages.local_addr()?;
        let public_url = config.public_url.clone().map_or_else(|| default_public_url(config, address), Ok)?;
        if let Some(apps) = apps {
            let announce = Announce::new(None);
            apps.apply(&Writer::new(
                db.clone(),
                clock.clone(),
                (Feed::new(false), announce),
                observers::all(),
            ))?;
        }
        let target = config.redis()?;
        let redis = target.as_ref().map(Redis::new).transpose().map_err(StartError::Redis)?;
        let installation = keys.persistent().installation.clone();
        let unclaimed = redis.as_ref().map(|redis| claim(redis, installation)).transpose()?.flatten();
        let feed = feed(&db, redis.as_ref())?;
        let mailer = Mailer::new(config.mail.from.clone(), public_url.clone(), &keys);
        let checked_clock: (_, ClockDoubt) = (clock.clone(), is_clock_doubted);
        let mail_worker = Worker::new(db.internal(), checked_clock, mailer.clone(), transport(config));
        if config.mail.server.is_none() {
            tracing::info!("there is no mail server; mail goes to {}", mail_worker.destination());
        }
        let site =
            Site::new(config, public_url.clone(), &keys, clock.clone()).branded(Branding::open(config)?);
        let render = Arc::new(Letters::of(config));
        let readers = db.size().readers;
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let parts =
            Parts { config, public_url: &public_url, db, clock, keys, feed, redis, mailer, render, threads };
        let services = Services::new(site, Identity::open(parts), rules);
        let logout_worker = logout_worker(&services.identity);

        let (connections, listening) = (Connections::default(), Listening::on(&listeners.pages)?);
        let server = serve(listeners.pages, (threads, readers), services.clone(), connections.clone())?;
        let metrics_address = listeners.metrics.as_ref().map(TcpListener::local_addr).transpose()?;
        let metrics = listeners.metrics.map(|listener| scrape::start(listener, &services.identity));
        let drain = Duration::from_secs(config.drain.unsigned_abs());
        let stopper = Stopper {
            handle: server.handle(),
            site: Arc::clone(&services.site),
            connections,
            listening,
            drain,
        };
        Ok(Server {
            address,
            public_url,
            metrics_address,
            store: store(config, target.as_ref()),
            services,
            unclaimed,
            mail_worker: Arc::new(mail_worker),
            logout_worker: Arc::new(logout_worker),
            stopper,
            server,
            metrics: metrics.transpose()?,
        })
    }

    /// Stops the server from another task, including requests in flight.
    pub fn handle(&self) -> dev::ServerHandle {
        self.server.handle()
    }

    /// Stops the server from another task, gracefully.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves until it is stopped, then finishes what is in flight.
    pub async fn run(self) -> Result<(), StartError> {
        let identity = Arc::clone(&self.services.identity);
        let core = &identity.core;
        let housekeeping = actix_web::rt::spawn(run_housekeeping(Arc::clone(&identity)));
        let keys = actix_web::rt::spawn(keys::follow(core.keys.clone(), core.db.clone()));
        let mail_worker = Arc::clone(&self.mail_worker);
        let logout_worker = Arc::clone(&self.logout_worker);
        let mut delivery = actix_web::rt::spawn(async move {
            tokio::join!(mail_worker.run(), logout_worker.run());
        });
        let metrics = self.metrics.map(|server| (server.handle(), actix_web::rt::spawn(server)));
        let handle = self.server.handle();
        let claiming = self.unclaimed.map(|unclaimed| actix_web::rt::spawn(unclaimed.claim(handle)));
        let outcome = self.server.await;
        if let Some((handle, _)) = metrics {
            handle.stop(false).await;
        }
        housekeeping.abort();
        keys.abort();
        self.mail_worker.stop();
        self.logout_worker.stop();
        // The next process retries what is not delivered by then.
        if tokio::time::timeout(DELIVERY_DRAIN, &mut delivery).await.is_err() {
            delivery.abort();
        }
        flush(&identity, FlushMode::Immediate).await;
        if let Some(claiming) = claiming
            && claiming.is_finished()
            && claiming.await.unwrap_or(false)
        {
            return Err(StartError::OtherInstallation);
        }
        Ok(outcome?)
    }
}

fn logout_worker(identity: &Identity) -> LogoutWorker {
    let (core, oidc) = (&identity.core, &identity.oidc);
    LogoutWorker::new(
        (core.db.internal(), core.clock.clone()),
        (Arc::clone(&identity.oidc_clients), Arc::clone(&oidc.signer)),
        oidc.outgoing.clone(),
        &core.feed,
    )
}

/// Refuses a Redis in which another installation stores its sessions: ids of users begin at 1 in each. A Redis that does
/// not answer delays no start.
fn claim(redis: &Redis, installation: String) -> Result<Option<Unclaimed>, StartError> {
    match redis.claim_within(CLAIM_PATIENCE, &installation) {
        Some(WriteAccess::OtherInstallation) => Err(StartError::OtherInstallation),
        Some(_) => Ok(None),
        None => Ok(Some(Unclaimed { redis: redis.clone(), installation })),
    }
}

/// A Redis that did not answer at the start.
struct Unclaimed {
    redis: Redis,
    installation: String,
}

impl Unclaimed {
    /// Stops the server as soon as Redis turns out to belong to another installation; returns whether it does.
    async fn claim(self, server: dev::ServerHandle) -> bool {
        loop {
            tokio::time::sleep(CLAIM_PATIENCE).await;
            match self.redis.claim(&self.installation).await {
                Ok(WriteAccess::OtherInstallation) => break,
                Ok(_) => return false,
                Err(_) => {}
            }
        }
        server.stop(false).await;
        true
    }
}

/// Changes from every node, reported by SQL and Redis.
fn feed(db: &Db, redis: Option<&Redis>) -> Result<Arc<Feed>, StartError> {
    let feed = Feed::new(redis.is_some());
    follow_sql::follow(db, &feed)?;
    if let Some(redis) = redis {
        follow_redis::follow(redis.clone(), &feed).map_err(StartError::Tracking)?;
    }
    Ok(feed)
}

/// Requests pass through the layers from last to first. This is what `HttpServer` does, over streams of our own.
fn serve(
    listener: TcpListener,
    (workers, readers): (usize, u32),
    services: Services,
    connections: Connections,
) -> std::io::Result<dev::Server> {
    let builder = dev::Server::build()
        .workers(workers)
        // All readers of the database may run on one worker, and a search beside them.
        .worker_max_blocking_threads(readers as usize + 1)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals();
    let stop = builder.graceful_shutdown_signal();
    let builder = builder.listen("pages", listener, move || {
        let (stop, connections) = (stop.clone(), connections.clone());
        let app =
            app(services.clone()).into_factory().map_err(|error: actix_web::Error| error.error_response());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stop = stop.clone();
                async move { stop.notified().await }
            })
            .keep_alive(KEEP_ALIVE)
            .client_request_timeout(HEAD_DEADLINE)
            .on_connect_ext(move |_, extensions| connections.count(extensions))
            .h1(map_config(app, |()| AppConfig::default()));
        let bounded = |io: TcpStream| async move {
            // An answer is sent in parts; none waits until the client has acknowledged the one before.
            let _ = io.set_nodelay(true);
            let peer = io.peer_addr().ok();
            Ok((BoundedStream::new(io, SLOW_READERS), peer))
        };
        fn_service(bounded).and_then(http)
    })?;
    Ok(builder.run())
}

fn app(
    services: Services,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let origins = Rc::new(services.site.cors_origins.clone());
    let policy = origins.policy();
    let (has_board, has_proxy_cookie) = (services.site.has_board, services.site.cookie_domain.is_some());
    App::new()
        .configure(|config| services.register(config))
        .configure(move |config| routes::configure(config, has_board))
        .wrap(Condition::new(has_proxy_cookie, from_fn(set_proxy_cookie)))
        .wrap(from_fn(answer_repeated))
        .wrap(Compress::default())
        .wrap(from_fn(check_request))
        .wrap(from_fn(move |req, next| cors(origins.clone(), policy.clone(), req, next)))
        .wrap(from_fn(respond))
}

/// The mail server, or the folder that replaces it.
pub fn transport(config: &Config) -> Transport {
    match &config.mail.server {
        Some(server) => Transport::Smtp(server.clone()),
        None => Transport::Folder(config.data_dir.join("outbox")),
    }
}

fn store(config: &Config, target: Option<&RedisUrl>) -> String {
    match target {
        Some(target) => format!("in Redis ({target})"),
        None => format!("beside the users ({})", config.database),
    }
}
