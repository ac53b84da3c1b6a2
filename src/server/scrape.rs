//! Metrics on a separate address, for Prometheus. It serves nothing else, and no page links to it.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{ACCEPT, CONTENT_TYPE};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev, web};

use crate::identity::Identity;
use crate::platform::metrics::{self, Snapshot};

use super::listen::{HEAD_DEADLINE, KEEP_ALIVE};

/// Metrics that the database has not answered by then are omitted, so that a stuck database shows in the
/// metrics instead of blocking them.
const DATABASE_TIMEOUT: Duration = Duration::from_millis(500);

/// Starts counting, and serves the metrics.
pub(super) fn start(listener: TcpListener, identity: &Arc<Identity>) -> std::io::Result<dev::Server> {
    metrics::start();
    let identity = web::Data::from(Arc::clone(identity));
    let app = move || App::new().app_data(identity.clone()).service(web::resource("/metrics").get(scrape));
    let server = HttpServer::new(app)
        .workers(1)
        .disable_signals()
        .client_request_timeout(HEAD_DEADLINE)
        .keep_alive(KEEP_ALIVE)
        .listen(listener)?;
    Ok(server.run())
}

async fn scrape(req: HttpRequest, identity: web::Data<Identity>) -> HttpResponse {
    let accepted = req.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = match accepted.contains("application/openmetrics-text") {
        true => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        false => "text/plain; version=0.0.4; charset=utf-8",
    };
    let text = metrics::text(&snapshot(&identity).await);
    HttpResponse::Ok().insert_header((CONTENT_TYPE, kind)).body(text)
}

async fn snapshot(identity: &Identity) -> Snapshot {
    let (cache, mailer) = (identity.sessions.reader.cache(), identity.core.mailer.clone());
    let waiting = identity.core.db.run(move |conn| mailer.waiting(conn));
    let logouts = identity.oidc_clients.logouts_waiting();
    let all = async { tokio::join!(waiting, logouts, identity.sessions.reader.store().count()) };
    let (mails_waiting, oidc_logouts_waiting, sessions) =
        match tokio::time::timeout(DATABASE_TIMEOUT, all).await {
            Ok((waiting, logouts, sessions)) => (waiting.ok(), logouts.ok(), sessions),
            Err(_) => (None, None, None),
        };
    let writable = identity.readiness.writable().await;
    Snapshot {
        cached_sessions: cache.sessions.len() as u64,
        cached_users: cache.users.len() as u64,
        cached_bytes: cache.sessions.bytes() + cache.users.bytes(),
        cache_bypassed: !cache.is_trusted(),
        mails_waiting,
        oidc_logouts_waiting,
        sessions,
        database_writable: writable.database,
        redis_writable: writable.redis,
    }
}
