//! A browser without a screen: a real cookie jar over several hosts, all on this machine.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::HeaderMap;
use reqwest::{Certificate, Client, Method, RequestBuilder, redirect};

use crate::support::{PASSWORD, choose_tls, encode};

pub struct Surfer {
    client: Client,
    jar: Arc<Jar>,
    port: u16,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Surfer {
    pub fn new(port: u16, authority: &str) -> Self {
        choose_tls();
        let jar = Arc::new(Jar::default());
        let here = SocketAddr::from(([127, 0, 0, 1], port));
        let hosts = ["id.example.test", "app.example.test", "other.example.test"];
        let client = hosts.iter().fold(Client::builder(), |client, host| client.resolve(host, here));
        let client = client
            .tls_certs_only([Certificate::from_pem(authority.as_bytes()).unwrap()])
            .redirect(redirect::Policy::none())
            .cookie_provider(jar.clone())
            .build()
            .unwrap();
        Self { client, jar, port }
    }

    /// As a browser requests a page.
    pub fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.client
            .request(method, url)
            .header("accept", "text/html,*/*;q=0.8")
            .header("accept-language", "en")
    }

    /// Sends a custom request and returns the answer's body.
    pub async fn execute(&self, request: reqwest::Request) -> String {
        self.client.execute(request).await.unwrap().text().await.unwrap()
    }

    pub async fn get(&self, url: &str) -> Answer {
        send(self.request(Method::GET, url)).await
    }

    /// Posts a form to Munjigi as its own page does.
    pub async fn post(&self, place: &str, fields: &[(&str, &str)]) -> Answer {
        let url = format!("https://id.example.test:{}{place}", self.port);
        let request = self.request(Method::POST, &url).header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        send(request.body(encode(fields))).await
    }

    /// The cookies that the browser would send there.
    pub fn cookie(&self, url: &str) -> Option<String> {
        let header = self.jar.cookies(&url.parse().unwrap())?;
        Some(header.to_str().unwrap().to_owned())
    }

    pub async fn sign_in(&self, name: &str) {
        let answer = self.post("/login", &[("login", name), ("password", PASSWORD)]).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/dashboard"));
    }
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.text().await.unwrap() }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Whether the app itself answered.
    pub fn is_of_the_app(&self) -> bool {
        self.headers.contains_key("x-app")
    }

    /// Every value of this header that the app received.
    pub fn received(&self, name: &str) -> Vec<String> {
        let echo: serde_json::Value =
            serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body));
        let headers: Vec<(String, String)> = serde_json::from_value(echo["headers"].clone()).unwrap();
        headers.into_iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect()
    }

    pub fn echo(&self, field: &str) -> serde_json::Value {
        let echo: serde_json::Value =
            serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body));
        echo[field].clone()
    }
}
