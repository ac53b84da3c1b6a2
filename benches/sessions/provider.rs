//! The OpenID provider: checks of tokens beside checks of sessions, exchanges of codes beside what a core signs, and requests
//! with a live session and remembered consent. Over SQLite, with the embedded store.

use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use futures_util::stream::{StreamExt, iter};
use munjigi::identity::oidc::{Actor, ClientInput, NewClient, SigningAlg, TokenType};
use munjigi::platform::clock::Clock;
use munjigi::platform::db::DbError;
use munjigi::server::Server;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::data::{cookies, sessions, warm};
use crate::load::{Measured, Running, on_core, this_program};
use crate::servers::config;

const ROUNDS: usize = 5;
const CONNECTIONS: usize = 32;
const CALLBACK: &str = "https://app.example.org/callback";
/// Codes that are exchanged.
const CODES: usize = 2_000;
/// Requests a second with a live session, and for how long.
const RATE: u32 = 200;
const SECONDS: u32 = 10;

/// Serves with one session and one app, and prints what a client needs to know of both.
pub fn serve(folder: &Path) {
    actix_web::rt::System::new().block_on(async {
        let server = Server::start(&config(folder, None), Clock::default()).expect("the server starts");
        let identity = &server.services.identity;
        let ids = sessions(identity, 1).await;
        warm(identity, &ids).await;
        let cookie = cookies(&server.services.site, &ids).remove(0);
        let input = ClientInput {
            name: "Wiki".to_owned(),
            redirect_uris: vec![CALLBACK.to_owned()],
            ..ClientInput::default()
        };
        let new = NewClient::parse(input, None).expect("a registration");
        let app = identity.oidc_clients.add(Actor::Operator, new, vec![]).await.expect("an app");
        let consent = "INSERT INTO oidc_consents (user_id, client, scope, created_at) VALUES (1, 1, 'openid profile', 1)";
        let consented = identity.core.db.write(move |conn| {
            diesel::RunQueryDsl::execute(diesel::sql_query(consent), conn).map_err(DbError::from)
        });
        consented.await.expect("consent");
        let keys = identity.oidc.keys().current().await.expect("keys");
        let claims = json!({"iss": "https://id.example.org", "sub": "1", "aud": "wiki", "exp": 1, "iat": 1});
        let (begun, count) = (Instant::now(), 2_000);
        for _ in 0..count {
            keys.sign(SigningAlg::Rs256, TokenType::Id, &claims).expect("a signature");
        }
        let signs = f64::from(count) / begun.elapsed().as_secs_f64();
        let secret = app.secret.map(|secret| secret.as_str().to_owned());
        let known = json!({"cookie": cookie, "id": app.client_id, "secret": secret, "signs": signs});
        println!("http://{}\n\n{known}", server.address);
        server.run().await.expect("the server runs");
    });
}

struct Provider {
    server: Running,
    known: Value,
    client: Client,
    folder: TempDir,
}

impl Provider {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_string_lossy().into_owned();
        let own = tempfile::tempdir().expect("a folder");
        let server = Running::spawn(on_core("0", &this_program()), &["provider", &path, ""], own);
        let known = serde_json::from_str(server.memory.as_deref().unwrap_or_default()).expect("JSON");
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { server, known, client, folder }
    }

    fn text(&self, name: &str) -> &str {
        self.known[name].as_str().expect("a text")
    }

    fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{}:{}", self.text("id"), self.text("secret"))))
    }

    fn authorize_path(&self) -> String {
        format!(
            "/oauth/authorize?client_id={}&redirect_uri=https%3A%2F%2Fapp.example.org%2Fcallback&response_type=code&scope=openid%20profile&state=s",
            self.text("id")
        )
    }

    async fn authorize(&self) -> Response {
        let request = self.client.get(format!("{}{}", self.server.url, self.authorize_path()));
        request.header("cookie", self.text("cookie")).send().await.expect("an answer")
    }

    async fn code(&self) -> String {
        let answer = self.authorize().await;
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).expect("a redirect");
        let to = url::Url::parse(to).expect("an address");
        let code = to.query_pairs().find(|(name, _)| name == "code");
        code.map(|(_, code)| code.into_owned()).unwrap_or_else(|| panic!("{to} has no code"))
    }

    async fn exchange(&self, code: &str) -> Value {
        let body = format!(
            "grant_type=authorization_code&code={code}&redirect_uri=https%3A%2F%2Fapp.example.org%2Fcallback"
        );
        let request = self.client.post(format!("{}/oauth/token", self.server.url)).body(body);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.header("authorization", self.basic()).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON")
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let provider = Provider::start();
    let tokens = runtime.block_on(async { provider.exchange(&provider.code().await).await });
    checks(&provider, tokens["access_token"].as_str().expect("a token"));
    runtime.block_on(async {
        exchanges(&provider).await;
        requests(&provider).await;
    });
}

fn checks(provider: &Provider, token: &str) {
    let (basic, bearer) = (provider.basic(), format!("Bearer {token}"));
    let form = ("content-type", "application/x-www-form-urlencoded");
    let ways = [
        ("/api/auth/check", provider.script("check", "GET", "", &[("cookie", provider.text("cookie"))])),
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

async fn exchanges(provider: &Provider) {
    let codes: Vec<String> = iter(0..CODES).map(|_| provider.code()).buffer_unordered(8).collect().await;
    let begun = Instant::now();
    let given: Vec<Value> =
        iter(&codes).map(|code| provider.exchange(code)).buffer_unordered(CONNECTIONS).collect().await;
    let rate = given.len() as f64 / begun.elapsed().as_secs_f64();
    let signs = provider.known["signs"].as_f64().unwrap_or_default();
    println!("\nCodes exchanged: {rate:.0} a second; one core signs {signs:.0} ID tokens a second by RS256");
}

/// At a fixed rate, whatever the answers take.
async fn requests(provider: &Provider) {
    let begun = Instant::now();
    let all = (0..RATE * SECONDS).map(async |number| {
        tokio::time::sleep_until((begun + Duration::from_secs(1) / RATE * number).into()).await;
        let sent = Instant::now();
        assert_eq!(provider.authorize().await.status(), 303);
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

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
