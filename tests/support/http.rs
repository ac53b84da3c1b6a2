//! HTTP clients of the tests.

use std::sync::LazyLock;

use reqwest::{Client, ClientBuilder, Response, redirect};
use rustls::{ClientConfig, RootCertStore};

/// Reading the machine's certificates takes longer than most tests, and hardly a test speaks TLS: one configuration, which
/// trusts no certificate, serves all.
static TLS: LazyLock<ClientConfig> = LazyLock::new(|| {
    choose_tls();
    ClientConfig::builder().with_root_certificates(RootCertStore::empty()).with_no_client_auth()
});

/// Makes ring the provider of those clients that do not bring their own.
pub fn choose_tls() {
    // Another test may have installed the same provider first.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A client for servers on plain http, which follows no redirect.
pub fn client_builder() -> ClientBuilder {
    Client::builder().tls_backend_preconfigured(TLS.clone()).redirect(redirect::Policy::none())
}

pub fn client() -> Client {
    client_builder().build().unwrap()
}

pub async fn get(url: &str) -> reqwest::Result<Response> {
    client().get(url).send().await
}
