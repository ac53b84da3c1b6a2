//! The OpenID provider: checks of tokens beside checks of sessions, exchanges of codes beside what a core signs, requests with
//! a live session and remembered consent, and whole code flows beside those of npm's `oidc-provider`. Over SQLite, with the
//! embedded store.

use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use munjigi::identity::Identity;
use munjigi::identity::oidc::{Actor, ClientInput, NewClient, SigningAlg, TokenType};
use munjigi::platform::clock::Clock;
use munjigi::platform::db::DbError;
use munjigi::server::Server;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::code_flow::{CALLBACK, CodeFlow};
use crate::data::{cookies, sessions, warm};
use crate::load::{Measured, Redis, Running, on_core, stay_beside_the_load, this_program};
use crate::oidc_provider::OidcProvider;
use crate::servers::config;

const ROUNDS: usize = 5;
const CONNECTIONS: usize = 32;
/// Live sessions, from which code flows come in turn.
const SESSIONS: usize = 2_000;
/// The algorithms of ID tokens, each of an app of its own.
const ALGORITHMS: [SigningAlg; 3] = [SigningAlg::Rs256, SigningAlg::Es256, SigningAlg::EdDsa];
/// Codes that are exchanged.
const CODES: usize = 1_000;
/// Requests a second with a live session, and for how long.
const RATE: u32 = 200;
const SECONDS: u32 = 10;
/// Seconds of code flows in each round.
const FLOWS_FOR: u64 = 4;

/// Serves with sessions and an app for each algorithm, and prints what a client needs to know of them.
pub fn serve(folder: &Path) {
    actix_web::rt::System::new().block_on(async {
        let server = Server::start(&config(folder, None), Clock::default()).expect("the server starts");
        let identity = &server.services.identity;
        let ids = sessions(identity, SESSIONS).await;
        warm(identity, &ids).await;
        let cookies = cookies(&server.services.site, &ids);
        let mut apps = serde_json::Map::new();
        for alg in ALGORITHMS {
            apps.insert(alg.name().to_owned(), app(identity, alg, &cookies).await);
        }
        println!("http://{}\n\n{}", server.address, Value::Object(apps));
        server.run().await.expect("the server runs");
    });
}

/// An app that every user has allowed, and what a core signs for it.
async fn app(identity: &Identity, alg: SigningAlg, cookies: &[String]) -> Value {
    let input = ClientInput {
        name: alg.name().to_owned(),
        redirect_uris: vec![CALLBACK.to_owned()],
        id_token_alg: alg,
        ..ClientInput::default()
    };
    let new = NewClient::parse(input, None).expect("a registration");
    let app = identity.oidc_clients.add(Actor::Operator, new, vec![]).await.expect("an app");
    let consent = "INSERT INTO oidc_consents (user_id, client, scope, created_at)
        SELECT id, (SELECT max(id) FROM oidc_clients), 'openid profile', 1 FROM users";
    let consented = identity.core.db.write(move |conn| {
        diesel::RunQueryDsl::execute(diesel::sql_query(consent), conn).map_err(DbError::from)
    });
    consented.await.expect("consent");
    let keys = identity.oidc.keys.current().await.expect("keys");
    let claims = json!({"iss": "https://id.example.org", "sub": "1", "aud": "wiki", "exp": 1, "iat": 1});
    let (begun, count) = (Instant::now(), 2_000);
    for _ in 0..count {
        keys.sign(alg, TokenType::Id, &claims).expect("a signature");
    }
    let signs = f64::from(count) / begun.elapsed().as_secs_f64();
    let secret = app.secret.map(|secret| secret.as_str().to_owned());
    json!({"cookies": cookies, "id": app.client_id, "secret": secret, "signs": signs})
}

struct Provider {
    server: Running,
    known: Value,
    folder: TempDir,
}

impl Provider {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_string_lossy().into_owned();
        let own = tempfile::tempdir().expect("a folder");
        let server = Running::spawn(on_core("0", &this_program()), &["provider", &path, ""], own);
        let known = serde_json::from_str(server.memory.as_deref().unwrap_or_default()).expect("JSON");
        Self { server, known, folder }
    }

    /// What is known of the app of an algorithm.
    fn app(&self, alg: SigningAlg) -> &Value {
        &self.known[alg.name()]
    }

    fn flow(&self, alg: SigningAlg) -> CodeFlow {
        let at = |path: &str| format!("{}{path}", self.server.url);
        CodeFlow::new(&at("/oauth/authorize"), &at("/oauth/token"), self.app(alg))
    }

    /// A script for wrk.
    fn script(&self, name: &str, method: &str, body: &str, headers: &[(&str, &str)]) -> String {
        let headers: String =
            headers.iter().map(|(name, value)| format!("wrk.headers[{name:?}] = {value:?}\n")).collect();
        let path = self.folder.path().join(format!("{name}.lua"));
        std::fs::write(&path, format!("wrk.method = {method:?}\nwrk.body = {body:?}\n{headers}"))
            .expect("a file");
        path.to_string_lossy().into_owned()
    }
}

pub fn measure() {
    stay_beside_the_load();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let provider = Provider::start();
    let flow = provider.flow(SigningAlg::Es256);
    let tokens = runtime.block_on(async { flow.exchange(&flow.code().await).await });
    checks(&provider, tokens["access_token"].as_str().expect("a token"));
    runtime.block_on(async {
        for alg in ALGORITHMS {
            exchanges(&provider, alg).await;
        }
        requests(&flow).await;
        side_by_side(&provider).await;
    });
}

fn checks(provider: &Provider, token: &str) {
    let app = provider.app(SigningAlg::Es256);
    let text = |name: &str| app[name].as_str().expect("a text");
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", text("id"), text("secret"))));
    let bearer = format!("Bearer {token}");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let ways = [
        (
            "/api/auth/check",
            provider.script("check", "GET", "", &[("cookie", app["cookies"][0].as_str().expect("a cookie"))]),
        ),
        ("/oauth/userinfo", provider.script("userinfo", "GET", "", &[("authorization", &bearer)])),
        (
            "/oauth/introspect",
            provider.script(
                "introspect",
                "POST",
                &format!("token={token}"),
                &[("authorization", &basic), form],
            ),
        ),
    ];
    let mut results: Vec<Vec<Measured>> = vec![Vec::new(); ways.len()];
    for _ in 0..ROUNDS {
        for ((path, script), measured) in ways.iter().zip(&mut results) {
            measured.push(provider.server.load_by(script, path, CONNECTIONS, 3));
        }
    }
    println!("\n| check | requests/s | ratio | p99 ms | CPU µs |\n| --- | --- | --- | --- | --- |");
    for ((path, _), measured) in ways.iter().zip(&results) {
        let pairs = measured.iter().zip(&results[0]);
        println!(
            "| {path} | {:.0} | {:.2} | {:.1} | {:.1} |",
            median(measured.iter().map(|this| this.requests_per_second)),
            median(pairs.map(|(this, check)| this.requests_per_second / check.requests_per_second)),
            median(measured.iter().map(|this| this.p99_ms)),
            median(measured.iter().map(|this| this.cpu_us)),
        );
    }
}

async fn exchanges(provider: &Provider, alg: SigningAlg) {
    let flow = provider.flow(alg);
    let rate = flow.exchanges_a_second(CODES, CONNECTIONS).await;
    let signs = provider.app(alg)["signs"].as_f64().unwrap_or_default();
    println!(
        "\nCodes exchanged: {rate:.0} a second; one core signs {signs:.0} ID tokens a second by {}",
        alg.name()
    );
}

/// At a fixed rate, whatever the answers take.
async fn requests(flow: &CodeFlow) {
    let begun = Instant::now();
    let all = (0..RATE * SECONDS).map(async |number| {
        tokio::time::sleep_until((begun + Duration::from_secs(1) / RATE * number).into()).await;
        let sent = Instant::now();
        assert_eq!(flow.authorize().await.status(), 303);
        sent.elapsed()
    });
    let mut times = join_all(all).await;
    times.sort();
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100].as_secs_f64() * 1_000.0;
    println!(
        "Requests with a live session and remembered consent, {RATE} a second: p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        at(50),
        at(99),
        at(100)
    );
}

/// Whole code flows at this server and at npm's, in turn.
async fn side_by_side(provider: &Provider) {
    let redis = Redis::bare();
    println!("\n| code flows a second | Munjigi | oidc-provider, Redis | ratio |\n| --- | --- | --- | --- |");
    for alg in [SigningAlg::Rs256, SigningAlg::Es256] {
        let other = OidcProvider::start(&redis, alg);
        let (ours, theirs) = (provider.flow(alg), other.flow());
        let mut rates = Vec::new();
        for _ in 0..ROUNDS {
            let ours = ours.flows_a_second(CONNECTIONS, FLOWS_FOR).await;
            rates.push((ours, theirs.flows_a_second(CONNECTIONS, FLOWS_FOR).await));
        }
        println!(
            "| {} | {:.0} | {:.0} | {:.1} |",
            alg.name(),
            median(rates.iter().map(|(ours, _)| *ours)),
            median(rates.iter().map(|(_, theirs)| *theirs)),
            median(rates.iter().map(|(ours, theirs)| ours / theirs)),
        );
    }
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
