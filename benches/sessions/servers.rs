//! The servers under measurement: the dashboard, reached in different ways.

use std::io::Read;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_session::storage::RedisSessionStore;
use actix_session::{Session, SessionMiddleware};
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{App, Error, HttpMessage, HttpResponse, HttpServer, cookie, error, web};
use jsonwebtoken::Algorithm;
use munjigi::api;
use munjigi::cli::start_log;
use munjigi::config::{Config, Settings};
use munjigi::http::auth::caller::{Caller, Carrier};
use munjigi::http::layout::PageMember;
use munjigi::http::middleware::respond;
use munjigi::identity::Identity;
use munjigi::identity::accounts::Scopes;
use munjigi::identity::audit::Client;
use munjigi::identity::sessions::ActiveSession;
use munjigi::identity::tokens::Grant;
use munjigi::pages::dashboard;
use munjigi::platform::clock::Clock;
use munjigi::platform::lang::Lang;
use munjigi::server::{Server, Services};

use crate::copies::Copies;
use crate::data::{MANY, cookies, sessions, state, warm, write_posts};
use crate::provider;
use crate::rivals;
use crate::tokens::Tokens;
use crate::variant::Variant;

/// Serves a variant until standard input ends: `CODE FOLDER REDIS_URL`.
pub fn serve(words: &[String]) {
    let [code, folder, redis_url] = words else { panic!("CODE FOLDER REDIS_URL") };
    let folder = Path::new(folder);
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    if let Some(seconds) = code.strip_prefix("rivals-").and_then(|seconds| seconds.parse().ok()) {
        return rivals::serve(folder, redis_url, seconds);
    }
    if code == "provider" {
        return provider::serve(folder);
    }
    let Some(variant) = Variant::ALL.iter().copied().find(|variant| variant.code() == *code) else {
        return node(folder, redis_url, code);
    };
    actix_web::rt::System::new().block_on(async {
        let mut config = config(folder, variant.keeps_sessions_in_redis().then_some(redis_url.as_str()));
        if !variant.forwarded().is_empty() {
            let rules = folder.join("rules.toml");
            std::fs::write(&rules, "[[rule]]\nhost = \"app.example.org\"\n").expect("a file");
            config.rules = Some(rules);
            config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
        }
        if variant.logs() {
            start_log(&config);
        }
        let server = Server::start(&config, Clock::default()).expect("the server starts");
        let services = server.services.clone();
        let identity = Arc::clone(&services.identity);
        let count = if variant.has_many_sessions() { MANY } else { 1 };
        let before = resident();
        let ids = sessions(&identity, count).await;
        let active = warm(&identity, &ids).await;
        let cookies = cookies(&services.site, &ids);
        let grown = format!(
            "{} MB resident, {} MB with its sessions hot",
            before / 1_000_000,
            resident() / 1_000_000
        );
        let memory = if count > 1 { grown } else { String::new() };
        let (url, lines) = match variant.path() {
            Some(path) if variant == Variant::AccessTokenCheck => {
                let line = bearer(&identity, &active).await;
                actix_web::rt::spawn(keep_fresh(Arc::clone(&identity), active, folder.to_owned()));
                (format!("http://{}{path}", server.address), vec![line])
            }
            Some(path) if variant == Variant::ApiTokenCheck => {
                let line = api_token(&identity, &active).await;
                (format!("http://{}{path}", server.address), vec![line])
            }
            Some(path) => (format!("http://{}{path}", server.address), cookies),
            None => others(variant, services, active, folder, redis_url).await,
        };
        let script = script(folder, variant, &lines);
        println!("{url}\n{script}\n{memory}");
        server.run().await.expect("the server runs");
    });
}

pub fn config(folder: &Path, redis_url: Option<&str>) -> Config {
    let settings = Settings {
        listen: Some("127.0.0.1:0".to_owned()),
        data_dir: Some(folder.join("data").to_string_lossy().into_owned()),
        redis_url: redis_url.map(str::to_owned),
        ..Settings::default()
    };
    let mut config = Config::from_settings(settings).expect("the settings fit");
    config.bcrypt_cost = 4;
    config
}

/// A node of its own, for the revocation: no variant, just the server.
fn node(folder: &Path, redis_url: &str, code: &str) {
    actix_web::rt::System::new().block_on(async {
        let has_redis = ["node", "question-redis"].contains(&code);
        let mut config = config(folder, has_redis.then_some(redis_url));
        config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
        if code.starts_with("question") {
            let rules = folder.join("rules.toml");
            std::fs::write(&rules, "[[rule]]\nhost = \"app.example.org\"\n").expect("a file");
            config.rules = Some(rules);
            config.public_url = Some("https://id.example.org".parse().expect("an address"));
            config.cookie_domain = Some("example.org".to_owned());
        }
        if code == "writes" {
            let database = std::env::var("DATABASE_URL").expect("a database");
            config.database = database.parse().expect("a database URL");
        }
        if code == "storm" {
            config.bcrypt_cost = 12;
        }
        let server = Server::start(&config, Clock::default()).expect("the server starts");
        if let Some(posts) = code.strip_prefix("board-").and_then(|count| count.parse().ok()) {
            write_posts(&server.services.identity, posts).await;
        }
        println!("http://{}\n\n", server.address);
        server.run().await.expect("the server runs");
    });
}

/// An access token of this session, as a header's value.
async fn bearer(identity: &Identity, active: &ActiveSession) -> String {
    let grant = Grant {
        user_id: active.user.id,
        epoch: active.user.epoch,
        session: &active.key,
        scopes: Scopes::all(),
        amr: active.amr(),
        authenticated_at: active.session.authenticated_at,
        issued_at: identity.core.clock.now(),
        id: "the bench's".to_owned(),
    };
    let token = identity.tokens.tokens.sign_access(grant);
    let token = token.unwrap_or_else(|error| panic!("a token is granted: {error}"));
    format!("Bearer {token}")
}

/// An API token of this session's user, as a header's value.
async fn api_token(identity: &Identity, active: &ActiveSession) -> String {
    let (device, request_id) = ("wrk".to_owned(), String::new());
    let client = Client { address: Ipv4Addr::LOCALHOST.into(), device, request_id, lang: Lang::En };
    let made = identity.tokens.api.create_for_client(&active.user, "a program", &client).await;
    format!("Bearer {}", made.unwrap_or_else(|error| panic!("a token is made: {error}")).as_str())
}

/// Puts a new token in the list each minute, because a token lives only five minutes.
async fn keep_fresh(identity: Arc<Identity>, active: ActiveSession, folder: PathBuf) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        let line = bearer(&identity, &active).await;
        std::fs::write(folder.join("lines.txt"), line).expect("the list is written");
    }
}

/// Makes wrk send every line as the header that the variant reads.
fn script(folder: &Path, variant: Variant, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let name = if variant.sends_a_token() { "Authorization" } else { "Cookie" };
    let list = folder.join("lines.txt");
    std::fs::write(&list, lines.join("\n")).expect("the list is written");
    let forwarded = variant.forwarded().iter();
    let forwarded: String =
        forwarded.map(|(name, value)| format!("wrk.headers[{name:?}] = {value:?}\n")).collect();
    let script = format!(
        "{forwarded}local lines = {{}}\nfor line in io.lines({:?}) do lines[#lines + 1] = line end\nlocal i = 0\n\
         request = function()\n  i = i % #lines + 1\n  wrk.headers[{name:?}] = lines[i]\n  return wrk.format()\nend\n",
        list.to_string_lossy()
    );
    let path = folder.join("wrk.lua");
    std::fs::write(&path, script).expect("the script is written");
    path.to_string_lossy().into_owned()
}

/// The same page behind something other than our session. Returns its address and the header lines to send.
async fn others(
    variant: Variant,
    services: Services,
    active: ActiveSession,
    folder: &Path,
    redis_url: &str,
) -> (String, Vec<String>) {
    let tokens = Tokens::new(variant.algorithm().unwrap_or(Algorithm::HS256), folder);
    let token = tokens.issue();
    let copies = Copies;
    let store = RedisSessionStore::new(redis_url).await.expect("Redis");
    let stored = web::Data::new(StoredPage::default());
    let shared = stored.clone();
    let server = HttpServer::new(move || {
        let active = active.clone();
        let assume = move |req: ServiceRequest, next: Next<BoxBody>| {
            req.extensions_mut().insert(PageMember::of(&active.user));
            let caller = Caller::by_session(active.clone(), Carrier::SessionCookie, Scopes::all());
            req.extensions_mut().insert(caller);
            next.call(req)
        };
        let tokens = tokens.clone();
        let verify = move |req: ServiceRequest, next: Next<BoxBody>| {
            let verified = tokens.verify(&req);
            async move {
                verified?;
                next.call(req).await
            }
        };
        let verify_copy = move |req: ServiceRequest, next: Next<BoxBody>| {
            let is_fresh = copies.cookie(&req).is_some_and(|copy| copies.is_fresh(&copy));
            async move {
                if !is_fresh {
                    return Err(error::ErrorUnauthorized("no copy"));
                }
                next.call(req).await
            }
        };
        let check = |path: &str| {
            web::resource(path).route(web::get().to(api::sessions::check)).wrap(from_fn(assume.clone()))
        };
        let actix = SessionMiddleware::builder(store.clone(), cookie::Key::from(&[7; 64]))
            .cookie_secure(false)
            .build();
        let page = |path: &str| {
            web::resource(path).route(web::get().to(dashboard::show)).wrap(from_fn(assume.clone()))
        };
        App::new()
            .configure(|config| services.register(config))
            .app_data(shared.clone())
            .route("/bare", web::get().to(bare))
            .service(page("/page").wrap(Compress::default()).wrap(from_fn(respond)))
            .service(
                page("/token").wrap(from_fn(verify.clone())).wrap(Compress::default()).wrap(from_fn(respond)),
            )
            .service(check("/plain-check").wrap(Compress::default()).wrap(from_fn(respond)))
            .service(
                check("/copy-check")
                    .wrap(from_fn(verify_copy))
                    .wrap(Compress::default())
                    .wrap(from_fn(respond)),
            )
            .service(
                check("/token-check").wrap(from_fn(verify)).wrap(Compress::default()).wrap(from_fn(respond)),
            )
            .service(
                web::scope("/actix")
                    .route("/in", web::get().to(enter))
                    .service(page("/page").wrap(from_fn(signed_in)))
                    .service(check("/check").wrap(from_fn(signed_in)))
                    .wrap(actix)
                    .wrap(Compress::default())
                    .wrap(from_fn(respond)),
            )
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.run());
    match variant {
        Variant::Bare => {
            let page = reqwest::get(format!("{base}/page"))
                .await
                .expect("the page")
                .bytes()
                .await
                .expect("its bytes");
            *stored.0.lock().expect("a lock") = page;
            (format!("{base}/bare"), Vec::new())
        }
        Variant::Page => (format!("{base}/page"), Vec::new()),
        Variant::ActixRedis | Variant::ActixRedisCheck => {
            let reply = reqwest::get(format!("{base}/actix/in")).await.expect("signed in");
            let line = reply.headers()["set-cookie"].to_str().expect("text").to_owned();
            let path = if variant == Variant::ActixRedis { "page" } else { "check" };
            let cookie = line.split(';').next().unwrap_or_default().to_owned();
            (format!("{base}/actix/{path}"), vec![cookie])
        }
        Variant::PlainCheck => (format!("{base}/plain-check"), Vec::new()),
        Variant::CopyCheck => {
            let copy = copies.issue("the bench's", 86_400);
            (format!("{base}/copy-check"), vec![format!("session_data={copy}")])
        }
        Variant::Hs256Check | Variant::Ed25519Check => {
            (format!("{base}/token-check"), vec![format!("Bearer {token}")])
        }
        _ => (format!("{base}/token"), vec![format!("Bearer {token}")]),
    }
}

/// The bytes that the bare handler returns.
#[derive(Default)]
struct StoredPage(Mutex<web::Bytes>);

async fn bare(stored: web::Data<StoredPage>) -> HttpResponse {
    let page = stored.0.lock().map(|page| page.clone()).unwrap_or_default();
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page)
}

async fn enter(session: Session) -> Result<&'static str, Error> {
    for (name, json) in state(1) {
        session.insert(name, json)?;
    }
    Ok("in")
}

/// Looks up the user as a page behind actix-session would.
async fn signed_in(
    session: Session,
    req: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    for name in ["user", "e", "t", "r", "k"] {
        session.get::<String>(name)?.ok_or_else(|| error::ErrorUnauthorized("no session"))?;
    }
    next.call(req).await
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) * 1024
}
