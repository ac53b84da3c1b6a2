//! Who asks: every way to say so at a proxy.

use reqwest::Method;
use serde_json::json;

use super::{forward, start, told};
use crate::support::{ApiClient, PASSWORD, Persona, Reply, TestApp};

async fn ask(persona: &Persona, credentials: &str) -> Reply {
    let mut told = told("GET", "/x");
    told.push(("authorization", credentials.to_owned()));
    forward(persona, &told).await
}

#[tokio::test]
async fn an_access_token_opens_apps_until_its_session_ends() {
    let (app, _rules) = start().await;
    app.member("mina").await;
    let (client, program) = (app.client_of("mina").await, app.visitor());
    assert_eq!(ask(&program, &client.bearer()).await.header("remote-user"), "mina");
    for bad in ["Bearer x", "Bearer ", "Basic bWluYTp4", "Token x", "Negotiate x"] {
        assert_eq!(ask(&program, bad).await.status, 302, "{bad}");
    }
    assert_eq!(client.post("/api/auth/logout", json!({})).await.status, 204);
    assert_eq!(ask(&program, &client.bearer()).await.status, 302);
}

#[tokio::test]
async fn a_header_of_the_apps_own_spoils_no_cookie() {
    let (app, _rules) = start().await;
    let mina = app.member("mina").await;
    for own in ["Bearer of.the.app", "Basic YWRtaW46eA=="] {
        assert_eq!(ask(&mina, own).await.header("remote-user"), "mina", "{own}");
        let elsewhere = mina.request(Method::GET, "/api/auth/check").header("authorization", own);
        assert_eq!(mina.send(elsewhere).await.status, 401, "elsewhere whoever sends one means it");
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
async fn apps_are_told_whose_profile_it_is_so_a_token_must_be_good_for_that() {
    let (app, _rules) = start().await;
    app.member("mina").await;
    let program = app.visitor();
    for (scope, status) in [("profile:read", 200), ("posts:read posts:write", 302)] {
        let client = with_scope(&app, scope).await;
        assert_eq!(ask(&program, &client.bearer()).await.status, status, "{scope}");
    }
}
