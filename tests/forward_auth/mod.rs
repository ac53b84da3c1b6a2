//! The contract with proxies, tested without one: every request and every answer.

mod addresses;
mod carriers;
mod contract;
mod names;
mod providers;
mod proxy_cookie;
mod rd;
mod removed_factors;
mod rules;
mod store;
mod traefik;

use munjigi::config::Config;
use reqwest::Method;
use tempfile::TempDir;

use crate::support::{Persona, Reply, TestApp, scratch};

const RULES: &str = r#"
[[rule]]
host = "app.example.org"
path = "/public"
level = "none"

[[rule]]
host = "app.example.org"
path = "/local"
networks = "10.0.0.0/8"
level = "none"

[[rule]]
host = "app.example.org"
path = "/admin"
groups = "Moderators"

[[rule]]
host = "app.example.org"
path = "/vault"
level = "two_factor"

[[rule]]
host = "app.example.org"
path = "/closed"
allow = false

[[rule]]
host = "app.example.org"
methods = ["GET", "POST"]
"#;

/// Settings that make this process a trusted proxy and add rules.
fn gated(folder: &TempDir) -> impl FnOnce(&mut Config) + use<> {
    let path = folder.path().join("rules.toml");
    std::fs::write(&path, RULES).unwrap();
    move |config| {
        config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap(), "10.0.0.1/32".parse().unwrap()];
        config.rules = Some(path);
    }
}

type Sent<'t> = Vec<(&'t str, String)>;

fn sent(method: &str, place: &str) -> Sent<'static> {
    vec![
        ("x-forwarded-method", method.to_owned()),
        ("x-forwarded-proto", "https".to_owned()),
        ("x-forwarded-host", "app.example.org".to_owned()),
        ("x-forwarded-uri", place.to_owned()),
        ("accept", "text/html".to_owned()),
    ]
}

async fn forward(persona: &Persona, sent: &Sent<'_>) -> Reply {
    let request = persona.request(Method::GET, "/api/authz/forward-auth");
    persona.send(sent.iter().fold(request, |request, (name, value)| request.header(*name, value))).await
}

async fn by_nginx(persona: &Persona, method: &str, url: &str) -> Reply {
    let request = persona.request(Method::GET, "/api/authz/auth-request").header("accept", "text/html");
    persona.send(request.header("x-original-method", method).header("x-original-url", url)).await
}

/// A server with these rules, and the folder that holds them.
async fn start() -> (TestApp, TempDir) {
    let folder = scratch();
    (TestApp::with(gated(&folder)).await, folder)
}
