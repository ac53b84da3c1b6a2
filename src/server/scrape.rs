//! The metrics on an address of their own, for Prometheus. Nothing else is there, and no page leads to them.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::http::header::{ACCEPT, CONTENT_TYPE};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev, web};

use crate::identity::Identity;
use crate::platform::metrics::{self, Snapshot};

/// What the database does not tell by then is left out, so that a stuck one shows in the figures and does not hide them.
const PATIENCE: Duration = Duration::from_millis(500);

/// Begins to count, and serves what is counted.
pub(super) fn start(listener: TcpListener, identity: &web::Data<Identity>) -> std::io::Result<dev::Server> {
    metrics::start();
    let identity = identity.clone();
    let app = move || App::new().app_data(identity.clone()).service(web::resource("/metrics").get(serve));
    let server = HttpServer::new(app)
        .workers(1)
        .disable_signals()
        .client_request_timeout(super::HEAD_DEADLINE)
        .keep_alive(super::KEEP_ALIVE)
        .listen(listener)?;
    Ok(server.run())
}

async fn serve(req: HttpRequest, identity: web::Data<Identity>) -> HttpResponse {
    let accepted = req.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = match accepted.contains("application/openmetrics-text") {
        true => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        false => "text/plain; version=0.0.4; charset=utf-8",
    };
    let text = metrics::text(&snapshot(&identity).await);
    HttpResponse::Ok().insert_header((CONTENT_TYPE, kind)).body(text)
}

async fn snapshot(identity: &Identity) -> Snapshot {
    let near = identity.sessions.near_cache();
    let mail = identity.mail.clone();
    let waiting = identity.db.run(move |conn| mail.waiting(conn));
    let asked = async { tokio::join!(waiting, identity.sessions.store().count()) };
    let (mails_waiting, sessions) = match tokio::time::timeout(PATIENCE, asked).await {
        Ok((waiting, sessions)) => (waiting.ok(), sessions),
        Err(_) => (None, None),
    };
    Snapshot {
        cached_sessions: near.sessions.len() as u64,
        cached_users: near.users.len() as u64,
        cached_bytes: near.sessions.bytes() + near.users.bytes(),
        cache_bypassed: !near.lease.is_alive(),
        mails_waiting,
        sessions,
    }
}
