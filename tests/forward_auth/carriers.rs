//! Credentials at a proxy, in every form.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::json;

use super::{forward, sent, start};
use crate::support::{ApiClient, PASSWORD, Persona, Reply, TestApp};

async fn ask(persona: &Persona, credentials: &str) -> Reply {
    let mut sent = sent("GET", "/x");
    sent.push(("authorization", credentials.to_owned()));
    forward(persona, &sent).await
}

#[tokio::test]
async fn an_access_token_opens_apps_until_its_session_ends() {
    let (app, _rules) = start().await;
    app.member("mina").await;
    let (client, program) = (app.client_of("mina").await, app.visitor());
    assert_eq!(ask(&program, &client.bearer()).await.header("remote-user"), "mina");
    for bad in ["Bearer x", "Bearer ", "Basic bWluYTp4", "Token x", "Negotiate x"] {
        assert_eq!(ask(&program, bad).await.status, 401, "{bad}");
    }
    assert_eq!(client.post("/api/auth/logout", json!({})).await.status, 204);
    assert_eq!(ask(&program, &client.bearer()).await.status, 401);
}

#[tokio::test]
async fn a_header_of_the_apps_own_spoils_no_cookie() {
    let (app, _rules) = start().await;
    let mina = app.member("mina").await;
    for own in ["Bearer of.the.app", "Basic YWRtaW46eA=="] {
        assert_eq!(ask(&mina, own).await.header("remote-user"), "mina", "{own}");
        let elsewhere = mina.request(Method::GET, "/api/auth/check").header("authorization", own);
        assert_eq!(mina.send(elsewhere).await.status, 401, "elsewhere the header counts");
    }
}

async fn with_scope(app: &TestApp, scope: &str) -> ApiClient {
    let mut client = app.program();
    let body = json!({"login": "mina", "password": PASSWORD, "scope": scope});
    let reply = client.post_bare("/api/auth/login", body).await;
    client.keep(&reply);
    client
}

#[tokio::test]
async fn apps_receive_the_profile_so_a_token_needs_its_scope() {
    let (app, _rules) = start().await;
    app.member("mina").await;
    let program = app.visitor();
    for (scope, status) in [("profile:read", 200), ("posts:read posts:write", 401)] {
        let client = with_scope(&app, scope).await;
        assert_eq!(ask(&program, &client.bearer()).await.status, status, "{scope}");
    }
}

async fn api_token(client: &ApiClient, scopes: &[&str]) -> (String, String) {
    let made = client
        .post(
            "/api/auth/tokens",
            json!({"name": "A program", "scopes": scopes, "current_password": PASSWORD}),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made = made.json();
    (made["token"].as_str().unwrap().to_owned(), format!("/api/auth/tokens/{}", made["id"]))
}

fn basic(name: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

#[tokio::test]
async fn an_api_token_opens_apps_in_three_spellings_until_it_is_deleted() {
    let (app, _rules) = start().await;
    app.member("mina").await;
    app.member("noa").await;
    let (client, program) = (app.client_of("mina").await, app.visitor());
    let (token, place) = api_token(&client, &["profile:read"]).await;
    let good = [
        format!("Bearer {token}"),
        format!("Token {token}"),
        basic("mina", &token),
        basic("Mina@Example.org", &token),
        format!("basic {}", STANDARD.encode(format!("mina:{token}"))),
    ];
    for credentials in &good {
        assert_eq!(ask(&program, credentials).await.header("remote-user"), "mina", "{credentials}");
    }
    for bad in [
        basic("noa", &token),
        basic("", &token),
        basic("mina", PASSWORD),
        basic("mina", &token[1..]),
        basic(&token, ""),
        format!("Basic {token}"),
        "Basic !!!".to_owned(),
        format!("Basic {}", STANDARD.encode("no colon")),
    ] {
        assert_eq!(ask(&program, &bad).await.status, 401, "{bad}");
    }
    let (narrow, _) = api_token(&client, &["posts:read"]).await;
    assert_eq!(ask(&program, &basic("mina", &narrow)).await.status, 401, "it exposes no profile");
    assert_eq!(client.delete(&place).await.status, 204);
    for credentials in &good {
        assert_eq!(ask(&program, credentials).await.status, 401, "{credentials}");
    }
}

#[tokio::test]
async fn a_browser_whose_app_has_credentials_of_its_own_is_still_sent_to_sign_in() {
    let (app, _rules) = start().await;
    let mut sent = sent("GET", "/x");
    sent.extend([("authorization", basic("admin", "of the app")), ("sec-fetch-mode", "navigate".to_owned())]);
    assert_eq!(forward(&app.visitor(), &sent).await.status, 302);
}
