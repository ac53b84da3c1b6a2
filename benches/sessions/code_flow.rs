//! Code flows: what an app and browsers with live sessions and remembered consent send.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use futures_util::future::join_all;
use futures_util::stream::{StreamExt, iter};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub const CALLBACK: &str = "https://app.example.org/callback";
const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-0123456789";

/// One app and its users' browsers at one server.
pub struct CodeFlow {
    client: Client,
    authorize: String,
    token: String,
    /// Of the browsers, each of which comes in turn.
    cookies: Vec<String>,
    turn: AtomicUsize,
    basic: String,
}

/// S256 of the verifier that every flow has.
pub fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

impl CodeFlow {
    /// `app` has its `id` and `secret`, and the `cookies` of the browsers.
    pub fn new(authorize: &str, token: &str, app: &Value) -> Self {
        let text = |name: &str| app[name].as_str().expect("a text");
        let authorize = format!(
            "{authorize}?client_id={}&redirect_uri=https%3A%2F%2Fapp.example.org%2Fcallback&response_type=code&\
             scope=openid%20profile&state=s&code_challenge={}&code_challenge_method=S256",
            text("id"),
            challenge()
        );
        let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", text("id"), text("secret"))));
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        let cookies = serde_json::from_value(app["cookies"].clone()).expect("cookies");
        Self { client, authorize, token: token.to_owned(), cookies, turn: AtomicUsize::new(0), basic }
    }

    pub async fn authorize(&self) -> Response {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let cookie = &self.cookies[turn % self.cookies.len()];
        let request = self.client.get(&self.authorize).header("cookie", cookie);
        request.send().await.expect("an answer")
    }

    pub async fn code(&self) -> String {
        let answer = self.authorize().await;
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).expect("a redirect");
        let to = url::Url::parse(to).expect("an address");
        let code = to.query_pairs().find(|(name, _)| name == "code");
        code.map(|(_, code)| code.into_owned()).unwrap_or_else(|| panic!("{to} has no code"))
    }

    pub async fn exchange(&self, code: &str) -> Value {
        let body = format!(
            "grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&\
             redirect_uri=https%3A%2F%2Fapp.example.org%2Fcallback"
        );
        let request = self.client.post(&self.token).body(body);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.header("authorization", &self.basic).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        let tokens: Value = serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON");
        for name in ["access_token", "id_token", "refresh_token"] {
            assert!(tokens[name].is_string(), "{tokens}");
        }
        tokens
    }

    /// Exchanges of codes that are there already.
    pub async fn exchanges_a_second(&self, codes: usize, at_once: usize) -> f64 {
        let codes: Vec<String> = iter(0..codes).map(|_| self.code()).buffer_unordered(8).collect().await;
        let begun = Instant::now();
        let given: Vec<Value> =
            iter(&codes).map(|code| self.exchange(code)).buffer_unordered(at_once).collect().await;
        given.len() as f64 / begun.elapsed().as_secs_f64()
    }

    /// Requests and exchanges, one after the other, in so many browsers at once.
    pub async fn flows_a_second(&self, at_once: usize, seconds: u64) -> f64 {
        let (begun, time) = (Instant::now(), Duration::from_secs(seconds));
        let browsers = (0..at_once).map(async |_| {
            let mut flows = 0;
            while begun.elapsed() < time {
                self.exchange(&self.code().await).await;
                flows += 1;
            }
            flows
        });
        let flows: i32 = join_all(browsers).await.into_iter().sum();
        f64::from(flows) / begun.elapsed().as_secs_f64()
    }
}
