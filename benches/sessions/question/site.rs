//! A site of two nodes for each way to stay signed in, and what a client sends there.

use std::time::{Duration, Instant};

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::load::{Running, this_program};

/// A client gives up after this.
const PATIENCE: Duration = Duration::from_secs(60);

pub const PASSWORD: &str = "walnut tram eleven orchard";

/// One request that shows whether a login is accepted: where to, and with which header.
#[derive(Clone)]
pub struct Carrier {
    pub name: &'static str,
    url: String,
    header: &'static str,
    pub value: String,
}

impl Carrier {
    /// Status and duration of one request. No answer counts as 0.
    pub async fn ask(&self, client: &Client) -> (u16, Duration) {
        let started = Instant::now();
        let request = client.get(&self.url).header(self.header, &self.value);
        let status = forwarded(request).send().await.map_or(0, |answer| answer.status().as_u16());
        (status, started.elapsed())
    }

    pub fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The header line on the wire, with its end.
    pub fn bytes(&self) -> usize {
        self.header.len() + ": \r\n".len() + self.value.len()
    }
}

/// Two nodes of one site.
pub struct Site {
    pub here: Running,
    pub there: Running,
    _folder: TempDir,
}

impl Site {
    /// `code` as for `--serve`.
    pub fn start(code: &str, redis_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_string_lossy().into_owned();
        let node = || {
            let own = tempfile::tempdir().expect("a folder");
            Running::spawn(std::process::Command::new(this_program()), &[code, &path, redis_url], own)
        };
        Self { here: node(), there: node(), _folder: folder }
    }
}

pub fn client() -> Client {
    let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE);
    client.build().expect("a client")
}

/// As a proxy in front of Munjigi sends it. The others ignore it.
fn forwarded(request: RequestBuilder) -> RequestBuilder {
    request
        .header("x-forwarded-method", "GET")
        .header("x-forwarded-proto", "https")
        .header("x-forwarded-host", "app.example.org")
        .header("x-forwarded-uri", "/")
        .header("x-forwarded-for", "10.9.9.9")
}

/// The sign-in of one user at Munjigi: in a browser, or with tokens.
pub struct Member {
    name: String,
    address: String,
}

impl Member {
    /// Registers and returns the browser's cookies.
    pub async fn register(client: &Client, node: &Running, number: usize) -> (Self, Vec<String>) {
        let (name, address) = (format!("member{number}x"), format!("10.1.{}.{}", number / 250, number % 250));
        let member = Self { name, address };
        let email = format!("{}%40example.org", member.name);
        let form = format!("username={}&email={email}&password={}", member.name, PASSWORD.replace(' ', "+"));
        let request = client.post(format!("{}/register", node.url)).body(form);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.header("x-forwarded-for", &member.address).send().await.expect("an answer");
        assert_eq!(answer.status(), 303);
        (member, cookies(&answer))
    }

    /// The tokens of a new session.
    pub async fn tokens(&self, client: &Client, node: &Running) -> Value {
        let body = json!({"login": self.name, "password": PASSWORD});
        let request =
            client.post(format!("{}/api/auth/login", node.url)).header("x-forwarded-for", &self.address);
        let request = request.header("content-type", "application/json").body(body.to_string());
        json_of(request.send().await.expect("an answer")).await
    }
}

pub async fn json_of(answer: Response) -> Value {
    assert!(answer.status().is_success(), "{}", answer.status());
    serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON")
}

fn cookies(answer: &Response) -> Vec<String> {
    let lines = answer.headers().get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    lines.filter_map(|line| line.split(';').next()).map(str::to_owned).collect()
}

/// The session cookie at the API of a node.
pub fn session_cookie(node: &Running, cookies: &[String]) -> Carrier {
    at_api(node, "cookie", "session cookie", with_prefix(cookies, "__Host-munjigi="))
}

/// The cookie for apps behind a proxy, as the proxy asks about it.
pub fn proxy_cookie(node: &Running, cookies: &[String]) -> Carrier {
    let url = format!("{}/api/authz/forward-auth", node.url);
    let value = with_prefix(cookies, "__Secure-munjigi-proxy=");
    Carrier { name: "proxy cookie", url, header: "cookie", value }
}

pub fn access_token(node: &Running, pair: &Value) -> Carrier {
    let token = pair["access_token"].as_str().expect("a token");
    at_api(node, "authorization", "access token", format!("Bearer {token}"))
}

fn at_api(node: &Running, header: &'static str, name: &'static str, value: String) -> Carrier {
    Carrier { name, url: format!("{}/api/auth/check", node.url), header, value }
}

fn with_prefix(cookies: &[String], name: &str) -> String {
    cookies.iter().find(|cookie| cookie.starts_with(name)).expect("the cookie is set").clone()
}

/// What is not Munjigi: name, path, and the header that carries the login.
pub const RIVALS: [(&str, &str, &str); 4] = [
    ("JWT (HS256)", "hs256", "authorization"),
    ("JWT (Ed25519)", "ed25519", "authorization"),
    ("cookie cache", "copy", "cookie"),
    ("actix-session", "actix", "cookie"),
];

/// A new login of such a way, at both nodes.
pub async fn rival(
    client: &Client,
    site: &Site,
    (name, path, header): (&'static str, &str, &'static str),
) -> [Carrier; 2] {
    let answer = client.get(format!("{}/{path}/in", site.here.url)).send().await.expect("an answer");
    let set = cookies(&answer).pop();
    let value = set.unwrap_or(answer.text().await.expect("a body"));
    [&site.here, &site.there].map(|node| Carrier {
        name,
        url: format!("{}/{path}/check", node.url),
        header,
        value: value.clone(),
    })
}

/// Signs such a login out at the first node.
pub async fn sign_out_rival(client: &Client, site: &Site, path: &str, carrier: &Carrier) {
    let request = client.post(format!("{}/{path}/out", site.here.url));
    let answer = request.header(carrier.header, &carrier.value).send().await.expect("an answer");
    assert_eq!(answer.status(), 204);
}
