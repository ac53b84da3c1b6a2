//! A program that uses the API: no cookies, no browser headers.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::{PASSWORD, Reply, TestApp};

/// A client with its latest pair of tokens.
pub struct ApiClient {
    url: String,
    http: Client,
    pub access: String,
    pub refresh: String,
}

impl ApiClient {
    /// A client that has not signed in.
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), http: super::client(), access: String::new(), refresh: String::new() }
    }

    pub async fn send(&self, method: Method, path: &str, credentials: &str, body: Option<Value>) -> Reply {
        self.try_send(method, path, credentials, body).await.unwrap_or_else(|why| panic!("{why}"))
    }

    /// Sends a request with this `Authorization`, or none, and this body, or none. The answer, or why there is none.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        credentials: &str,
        body: Option<Value>,
    ) -> Result<Reply, String> {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .header("user-agent", "walker/1.0")
            .header("accept-language", "en");
        if !credentials.is_empty() {
            request = request.header("authorization", credentials);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.map_err(|error| format!("{error:?}"))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.map_err(|error| format!("{error:?}"))?;
        Ok(Reply { status, headers, body })
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &self.bearer(), None).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, &self.bearer(), None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, &self.bearer(), Some(body)).await
    }

    /// The same without credentials.
    pub async fn post_bare(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, "", Some(body)).await
    }

    pub fn bearer(&self) -> String {
        if self.access.is_empty() { String::new() } else { format!("Bearer {}", self.access) }
    }

    pub async fn sign_in(&mut self, name: &str) {
        let reply = self.post_bare("/api/auth/login", json!({"login": name, "password": PASSWORD})).await;
        self.keep(&reply);
    }

    /// Uses the refresh token; the new pair replaces the old.
    pub async fn renew(&mut self) {
        let reply = self.try_refresh(&self.refresh).await;
        self.keep(&reply);
    }

    pub async fn try_refresh(&self, token: &str) -> Reply {
        self.post_bare("/api/auth/refresh", json!({"refresh_token": token})).await
    }

    #[track_caller]
    pub fn keep(&mut self, reply: &Reply) {
        assert_eq!(reply.status, 200, "{}", reply.body);
        let pair = reply.json();
        self.access = pair["access_token"].as_str().unwrap().to_owned();
        self.refresh = pair["refresh_token"].as_str().unwrap().to_owned();
    }

    /// Whether the access token is valid.
    pub async fn is_signed_in(&self) -> bool {
        match self.get("/api/auth/check").await.status {
            200 => true,
            401 => false,
            other => panic!("the check answered {other}"),
        }
    }
}

impl Reply {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl TestApp {
    pub fn program(&self) -> ApiClient {
        ApiClient::new(&self.url)
    }

    /// A client of a registered user.
    pub async fn client_of(&self, name: &str) -> ApiClient {
        let mut client = self.program();
        client.sign_in(name).await;
        client
    }
}
