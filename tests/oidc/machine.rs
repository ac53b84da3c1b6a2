//! Programs without people, tokens for APIs, and what endpoints answer to pages of other origins.

use std::collections::BTreeSet;

use jsonwebtoken::jwk::JwkSet;
use munjigi::identity::oidc::{Actor, ClientInput, GrantType};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::relying_party::{RelyingParty, TokenSet, claims, input};
use crate::support::{TestApp, client, get, over_both_stores};

over_both_stores![a_program_gets_a_token_by_its_secret_and_loses_it_with_the_secret];

const API: &str = "https://api.example.org/";

fn program() -> ClientInput {
    ClientInput {
        grants: vec![GrantType::ClientCredentials],
        scopes: vec!["openid".to_owned(), "files:read".to_owned(), "files:write".to_owned()],
        resources: vec![API.to_owned()],
        ..input("Backup")
    }
}

async fn a_program_gets_a_token_by_its_secret_and_loses_it_with_the_secret(app: TestApp) {
    let backup = RelyingParty::with(&app, program()).await;
    let ask = async |fields: &[(&str, &str)]| {
        let all: Vec<_> = [("grant_type", "client_credentials")].iter().chain(fields).copied().collect();
        backup.post("/oauth/token", &all).await
    };
    let tokens = TokenSet::of(&ask(&[]).await);
    assert_eq!(tokens.answer["scope"], "files:read files:write");
    assert!(tokens.refresh.is_none() && tokens.id.is_none());
    let answer = backup.introspect(&tokens.access).await;
    assert_eq!((&answer["active"], &answer["sub"]), (&json!(true), &json!(backup.client_id)));
    assert!(answer.get("username").is_none());
    assert_eq!(backup.userinfo(&tokens.access).await.status, 403, "there is no person");
    assert_eq!(ask(&[("scope", "openid")]).await.status, 400, "nor is there one to speak of");
    assert_eq!(ask(&[("scope", "admin")]).await.status, 400);
    assert_eq!(ask(&[("resource", "https://evil.example/")]).await.status, 400);
    let less = TokenSet::of(&ask(&[("scope", "files:read")]).await);
    assert_eq!(less.answer["scope"], "files:read");
    let for_api = TokenSet::of(&ask(&[("resource", API)]).await);
    assert_eq!(claims(&for_api.access)["aud"], API);
    assert_eq!(backup.introspect(&for_api.access).await["active"], true);
    let revoked = backup.post("/oauth/revoke", &[("token", &tokens.access)]).await;
    assert_eq!(revoked.status, 400);
    assert!(revoked.body.contains("unsupported_token_type"));

    let clients = &app.identity.oidc_clients;
    let mut secret = backup.secret.clone().unwrap();
    for still in [true, false] {
        let client = clients.named("Backup").await.unwrap().unwrap();
        let renewed = clients.rotate_secret(Actor::Operator, &client).await.unwrap();
        secret = renewed.as_str().to_owned();
        let now = RelyingParty { secret: Some(secret.clone()), ..backup.clone() };
        for token in [&tokens.access, &for_api.access] {
            assert_eq!(now.introspect(token).await["active"], still, "two secrets are valid at a time");
        }
    }
    let other = RelyingParty::register(&app, "Other").await;
    let refused = other.post("/oauth/token", &[("grant_type", "client_credentials")]).await;
    assert!(refused.body.contains("unauthorized_client"), "{}", refused.body);
    drop(secret);
}

#[tokio::test]
async fn a_token_for_an_api_is_a_jwt_that_the_api_verifies_and_nobody_else_takes() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let with_api = ClientInput { resources: vec![API.to_owned()], ..input("Wiki") };
    let wiki = RelyingParty::with(&app, with_api).await;
    let api = ClientInput { resources: vec![API.to_owned()], ..input("The API") };
    let api = RelyingParty::with(&app, api).await;
    let tokens = wiki.sign_in(&mina, &[("resource", API)]).await;
    assert_eq!(tokens.answer["expires_in"], 300);
    let keys: JwkSet = get(&format!("{}/oauth/jwks.json", app.url)).await.unwrap().json().await.unwrap();
    let header = jsonwebtoken::decode_header(&tokens.access).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    let key = jsonwebtoken::DecodingKey::from_jwk(keys.find(&header.kid.unwrap()).unwrap()).unwrap();
    let mut validation = jsonwebtoken::Validation::new(header.alg);
    validation.set_audience(&[API]);
    validation.set_issuer(&[&app.url]);
    let read = jsonwebtoken::decode::<Value>(&tokens.access, &key, &validation).unwrap().claims;
    assert_eq!(read["client_id"], wiki.client_id.as_str());
    assert_eq!(read["sub"], app.user_id("mina").to_string());
    assert_eq!(api.introspect(&tokens.access).await["active"], true, "the API may ask");
    let elsewhere =
        ClientInput { resources: vec!["https://other.example.org/".to_owned()], ..input("Other") };
    let elsewhere = RelyingParty::with(&app, elsewhere).await;
    assert_eq!(elsewhere.introspect(&tokens.access).await, json!({"active": false}), "another may not");
    assert_eq!(wiki.introspect(&tokens.access).await["aud"], API);
    assert_eq!(wiki.userinfo(&tokens.access).await.status, 401, "it is for the API alone");
    let own = mina.request(Method::GET, "/api/auth/check");
    let reply = mina.send(own.header("authorization", format!("Bearer {}", tokens.access))).await;
    assert_eq!(reply.status, 401, "our own API takes our own tokens");
    let renewed = TokenSet::of(&wiki.refresh(tokens.refresh.as_ref().unwrap()).await);
    assert_eq!(claims(&renewed.access)["aud"], API);
    mina.post("/logout", &[]).await;
    assert_eq!(api.introspect(&renewed.access).await["active"], false);
}

#[tokio::test]
async fn pages_of_any_origin_may_call_what_takes_no_cookie() {
    let app = TestApp::start().await;
    let (mina, spa) = (app.member("mina").await, RelyingParty::public(&app, "Spa").await);
    let tokens = spa.sign_in(&mina, &[]).await;
    let origin = "https://spa.example.org";
    for (method, path) in [
        (Method::GET, "/.well-known/openid-configuration"),
        (Method::GET, "/.well-known/oauth-authorization-server"),
        (Method::GET, "/oauth/jwks.json"),
        (Method::GET, "/oauth/userinfo"),
        (Method::POST, "/oauth/userinfo"),
        (Method::POST, "/oauth/token"),
        (Method::POST, "/oauth/revoke"),
    ] {
        let preflight = client()
            .request(Method::OPTIONS, format!("{}{path}", app.url))
            .header("origin", origin)
            .header("access-control-request-method", method.as_str())
            .header("access-control-request-headers", "authorization")
            .send()
            .await
            .unwrap();
        assert_eq!(preflight.status(), 204, "{path}");
        assert_eq!(preflight.headers()["access-control-allow-origin"], "*");
        assert!(
            preflight.headers()["access-control-allow-headers"].to_str().unwrap().contains("Authorization")
        );
        let reply = client()
            .request(method, format!("{}{path}", app.url))
            .header("origin", origin)
            .header("sec-fetch-site", "cross-site")
            .send()
            .await
            .unwrap();
        assert_ne!(reply.status(), 403, "{path}");
        assert_eq!(reply.headers()["access-control-allow-origin"], "*", "{path}, errors included");
        assert!(!reply.headers().contains_key("access-control-allow-credentials"));
    }
    for path in ["/oauth/authorize", "/oauth/introspect", "/oauth/logout", "/login"] {
        let reply = client().get(format!("{}{path}", app.url)).header("origin", origin).send().await.unwrap();
        assert!(!reply.headers().contains_key("access-control-allow-origin"), "{path}");
    }
    let spa_reply = client()
        .post(format!("{}/oauth/userinfo", app.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("access_token={}", tokens.access))
        .send()
        .await
        .unwrap();
    assert_eq!(spa_reply.status(), 200, "a token in a form");
    let both = client()
        .post(format!("{}/oauth/userinfo", app.url))
        .header("authorization", format!("Bearer {}", tokens.access))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("access_token={}", tokens.access));
    assert_eq!(both.send().await.unwrap().status(), 401, "two ways at once");
    assert_eq!(
        spa.post("/oauth/introspect", &[("token", &tokens.access)]).await.status,
        401,
        "it proves nothing"
    );
}

#[tokio::test]
async fn discovery_says_what_is_true() {
    let app = TestApp::start().await;
    let found: Value =
        get(&format!("{}/.well-known/openid-configuration", app.url)).await.unwrap().json().await.unwrap();
    let same: Value = get(&format!("{}/.well-known/oauth-authorization-server", app.url))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(found, same);
    for (name, address) in found.as_object().unwrap() {
        if let Some(address) = address.as_str().filter(|_| name != "issuer") {
            assert_ne!(get(address).await.unwrap().status(), 404, "{name}");
        }
    }
    assert_eq!(found["id_token_signing_alg_values_supported"], json!(["RS256", "ES256"]));
    let eddsa = ClientInput { id_token_alg: munjigi::identity::oidc::SigningAlg::EdDsa, ..input("New") };
    let new = RelyingParty::with(&app, eddsa).await;
    let found: Value =
        get(&format!("{}/.well-known/openid-configuration", app.url)).await.unwrap().json().await.unwrap();
    assert_eq!(found["id_token_signing_alg_values_supported"], json!(["RS256", "ES256", "EdDSA"]));
    let mina = app.member("mina").await;
    let id = new.sign_in(&mina, &[]).await.id.unwrap();
    assert_eq!(jsonwebtoken::decode_header(&id).unwrap().alg, jsonwebtoken::Algorithm::EdDSA);
}

#[tokio::test]
async fn the_key_of_an_algorithm_stays_until_its_last_token_has_expired() {
    let app = TestApp::start().await;
    app.clock.stop();
    let keys = async || {
        let set: Value = get(&format!("{}/oauth/jwks.json", app.url)).await.unwrap().json().await.unwrap();
        let keys = set["keys"].as_array().unwrap().iter().map(|key| key["alg"].as_str().unwrap().to_owned());
        keys.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let eddsa =
        |name| ClientInput { id_token_alg: munjigi::identity::oidc::SigningAlg::EdDsa, ..input(name) };
    let changed = RelyingParty::with(&app, eddsa("Changed")).await;
    assert_eq!(keys().await, ["ES256", "EdDSA", "RS256"]);
    changed.change(&app, input("Changed")).await;
    assert_eq!(keys().await, ["ES256", "EdDSA", "RS256"], "its tokens are valid for up to a day");
    app.clock.advance(23 * 3600);
    let removed = RelyingParty::with(&app, eddsa("Removed")).await;
    removed.remove(&app).await;
    app.clock.advance(24 * 3600);
    assert_eq!(keys().await, ["ES256", "EdDSA", "RS256"], "those of the other app");
    app.clock.advance(3600);
    assert_eq!(keys().await, ["ES256", "RS256"]);
}

#[tokio::test]
async fn requests_for_tokens_and_checks_are_counted() {
    let folder = crate::support::scratch();
    let data = folder.path().join("data");
    let server = crate::support::with_metrics(&data, None);
    let words = ["app", "add", "Backup", "--grant", "client_credentials", "--scope", "files:read", "--json"];
    let output = crate::support::Munjigi::command(&data).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let added: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |name: &str| added[name].as_str().unwrap().to_owned();
    let backup = RelyingParty {
        url: server.url.clone(),
        client_id: text("client_id"),
        secret: Some(text("client_secret")),
    };
    let asked = [("grant_type", "client_credentials")];
    let tokens = TokenSet::of(&backup.post("/oauth/token", &asked).await);
    let impostor = RelyingParty { secret: Some("wrong".to_owned()), ..backup.clone() };
    assert_eq!(impostor.post("/oauth/token", &asked).await.status, 401);
    backup.introspect(&tokens.access).await;
    backup.introspect("x").await;
    let figures = server.figures().await;
    let requests = |outcome: &str| {
        let labels = format!(r#"{{grant="client_credentials",outcome="{outcome}"}}"#);
        figures.of(&format!("munjigi_oidc_token_requests_total{labels}"))
    };
    assert_eq!((requests("issued"), requests("invalid_client"), requests("refused")), (1.0, 1.0, 0.0));
    let checks = |outcome: &str| {
        let labels = format!(r#"{{endpoint="introspection",outcome="{outcome}"}}"#);
        figures.of(&format!("munjigi_oidc_token_checks_total{labels}"))
    };
    assert_eq!((checks("active"), checks("inactive")), (1.0, 1.0));
}
