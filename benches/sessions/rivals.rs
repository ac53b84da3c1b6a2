//! The other ways to stay signed in, as a small server: `GET /WAY/in`, `GET /WAY/check` and `POST /WAY/out`.
//!
//! Two of them with one folder and one Redis are two nodes of a site.

use std::path::Path;

use actix_session::storage::{RedisSessionStore, SessionKey, SessionStore};
use actix_session::{Session, SessionMiddleware};
use actix_web::cookie::{self, time::Duration};
use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, error, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;
use jsonwebtoken::Algorithm;

use crate::copies::{Copies, NAME, mac};
use crate::data::state;
use crate::tokens::Tokens;

#[derive(Clone)]
struct Rivals {
    hs256: Tokens,
    ed25519: Tokens,
    store: RedisSessionStore,
    /// What a token and a copy live for, in seconds.
    lifetime: u64,
}

pub fn serve(folder: &Path, redis_url: &str, lifetime: u64) {
    actix_web::rt::System::new().block_on(async {
        let store = RedisSessionStore::new(redis_url).await.expect("Redis");
        let [hs256, ed25519] =
            [Algorithm::HS256, Algorithm::EdDSA].map(|algorithm| Tokens::new(algorithm, folder));
        let rivals = Rivals { hs256, ed25519, store, lifetime };
        let server = HttpServer::new(move || {
            let actix = SessionMiddleware::builder(rivals.store.clone(), cookie::Key::from(&[7; 64]))
                .cookie_secure(false)
                .build();
            App::new()
                .app_data(web::Data::new(rivals.clone()))
                .service(
                    web::scope("/actix")
                        .route("/in", web::get().to(actix_in))
                        .route("/check", web::get().to(actix_check))
                        .route("/out", web::post().to(actix_out))
                        .wrap(actix),
                )
                .route("/copy/in", web::get().to(copy_in))
                .route("/copy/check", web::get().to(copy_check))
                .route("/copy/out", web::post().to(copy_out))
                .route("/{algorithm}/in", web::get().to(token_in))
                .route("/{algorithm}/check", web::get().to(token_check))
                .route("/{algorithm}/out", web::post().to(HttpResponse::NoContent))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a free port");
        println!("http://{}\n\n", server.addrs()[0]);
        server.run().await.expect("the server runs");
    });
}

impl Rivals {
    fn tokens(&self, algorithm: &str) -> &Tokens {
        if algorithm == "hs256" { &self.hs256 } else { &self.ed25519 }
    }
}

async fn token_in(rivals: web::Data<Rivals>, algorithm: web::Path<String>) -> String {
    format!("Bearer {}", rivals.tokens(&algorithm).issue_for(rivals.lifetime))
}

async fn token_check(
    rivals: web::Data<Rivals>,
    algorithm: web::Path<String>,
    req: HttpRequest,
) -> HttpResponse {
    let header = req.headers().get("authorization").and_then(|value| value.to_str().ok());
    let token = header.and_then(|header| header.strip_prefix("Bearer "));
    answer(token.is_some_and(|token| rivals.tokens(&algorithm).is_valid(token)))
}

fn answer(is_signed_in: bool) -> HttpResponse {
    if is_signed_in { HttpResponse::Ok().finish() } else { HttpResponse::Unauthorized().finish() }
}

async fn actix_in(session: Session) -> Result<&'static str, Error> {
    for (name, json) in state(1) {
        session.insert(name, json)?;
    }
    Ok("in")
}

async fn actix_check(session: Session) -> Result<HttpResponse, Error> {
    Ok(answer(session.get::<String>("user")?.is_some()))
}

async fn actix_out(session: Session) -> HttpResponse {
    session.purge();
    HttpResponse::NoContent().finish()
}

/// The session in Redis, and its copy.
async fn copy_in(rivals: web::Data<Rivals>) -> Result<String, Error> {
    let key =
        rivals.store.save(state(1), &Duration::days(7)).await.map_err(error::ErrorInternalServerError)?;
    let key: &str = key.as_ref();
    let signature = URL_SAFE_NO_PAD.encode(mac(key).finalize().into_bytes());
    let copy = Copies.issue(key, i64::try_from(rivals.lifetime).unwrap_or(i64::MAX));
    Ok(format!("session_token={key}.{signature}; {NAME}={copy}"))
}

/// A fresh copy decides; after that, Redis.
async fn copy_check(rivals: web::Data<Rivals>, req: HttpRequest) -> Result<HttpResponse, Error> {
    if Copies.cookie(&req).is_some_and(|copy| Copies.is_fresh(&copy)) {
        return Ok(answer(true));
    }
    let key = session_key(&req)?;
    let found = rivals.store.load(&key).await.map_err(error::ErrorInternalServerError)?;
    Ok(answer(found.is_some()))
}

async fn copy_out(rivals: web::Data<Rivals>, req: HttpRequest) -> Result<HttpResponse, Error> {
    let key = session_key(&req)?;
    rivals.store.delete(&key).await.map_err(error::ErrorInternalServerError)?;
    Ok(HttpResponse::NoContent().finish())
}

fn session_key(req: &HttpRequest) -> Result<SessionKey, Error> {
    let refuse = || error::ErrorUnauthorized("no session");
    let cookies = req.headers().get("cookie").and_then(|value| value.to_str().ok()).ok_or_else(refuse)?;
    let token =
        cookies.split("; ").find_map(|pair| pair.strip_prefix("session_token=")).ok_or_else(refuse)?;
    let (key, signature) = token.split_once('.').ok_or_else(refuse)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| refuse())?;
    mac(key).verify_slice(&signature).map_err(|_| refuse())?;
    SessionKey::try_from(key.to_owned()).map_err(|_| refuse())
}
