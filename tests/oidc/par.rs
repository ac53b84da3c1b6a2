//! Authorization requests that apps send ahead (RFC 9126).

use munjigi::identity::oidc::ClientInput;
use serde_json::Value;

use crate::support::relying_party::{CALLBACK, RelyingParty, TokenSet, allow, destination, input, query};
use crate::support::{PASSWORD, Reply, TestApp, encode, get, over_both_stores};

over_both_stores![a_request_that_was_sent_ahead_is_used_once_by_its_app];

fn json_of(reply: &Reply) -> Value {
    serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{} {}", reply.status, reply.body))
}

async fn push(party: &RelyingParty, other: &[(&str, &str)]) -> Reply {
    let request = party.request(other);
    let fields: Vec<(&str, &str)> = request
        .iter()
        .filter(|(name, _)| *name != "client_id" || party.secret.is_some())
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    party.post("/oauth/par", &fields).await
}

async fn name_of(party: &RelyingParty) -> String {
    let reply = push(party, &[]).await;
    assert_eq!((reply.status, reply.header("cache-control")), (201, "no-store"), "{}", reply.body);
    assert_eq!(json_of(&reply)["expires_in"], 90);
    json_of(&reply)["request_uri"].as_str().unwrap().to_owned()
}

fn at(party: &RelyingParty, name: &str) -> String {
    format!("/oauth/authorize?{}", encode(&[("client_id", &party.client_id), ("request_uri", name)]))
}

async fn a_request_that_was_sent_ahead_is_used_once_by_its_app(app: TestApp) {
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let other = RelyingParty::register(&app, "Other").await;
    let discovered: Value =
        get(&format!("{}/.well-known/openid-configuration", app.url)).await.unwrap().json().await.unwrap();
    assert_eq!(discovered["pushed_authorization_request_endpoint"], format!("{}/oauth/par", app.url));
    assert_eq!(discovered["require_pushed_authorization_requests"], false);

    let name = name_of(&wiki).await;
    assert!(name.starts_with("urn:ietf:params:oauth:request_uri:") && name.len() >= 34 + 43, "{name}");
    let foreign = mina.get(&at(&other, &name)).await;
    assert_eq!((foreign.status, foreign.header("location")), (400, ""), "another app's");
    // What stands beside the name changes nothing.
    let beside =
        encode(&[("redirect_uri", "https://evil.example/"), ("state", "other"), ("scope", "openid")]);
    let asked = mina.get(&format!("{}&{beside}", at(&wiki, &name))).await;
    assert!(asked.text().contains("mina@example.org"), "{}", asked.text());
    let to = destination(&allow(&mina, asked).await);
    assert!(to.as_str().starts_with(CALLBACK), "{to}");
    let answer = query(&to);
    assert_eq!(answer["state"], "a state");
    assert_eq!(TokenSet::of(&wiki.exchange(&answer["code"], &[]).await).claims()["nonce"], "a nonce");
    for party in [&wiki, &other] {
        let again = mina.get(&at(party, &name)).await;
        assert_eq!((again.status, again.header("location")), (400, ""), "it was used");
    }

    // A visitor signs in on the way.
    let name = name_of(&wiki).await;
    let visitor = app.visitor();
    let login = visitor.get(&at(&wiki, &name)).await.header("location").to_owned();
    let reply = visitor.fill(&login, "/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    let back = visitor.get(reply.header("location")).await;
    assert!(query(&destination(&allow(&visitor, back).await)).contains_key("code"));

    let name = name_of(&wiki).await;
    app.clock.advance(91);
    assert_eq!(mina.get(&at(&wiki, &name)).await.status, 400, "it has expired");
    app.purge().await;
    assert_eq!(app.count("oidc_pushed"), 0);
}

#[tokio::test]
async fn what_is_wrong_is_refused_before_any_browser_sees_it() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    for (wrong, code) in [
        (("redirect_uri", "https://evil.example/"), "invalid_request"),
        (("redirect_uri", ""), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "nothing"), "invalid_scope"),
        (("prompt", "none login"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("resource", "https://evil.example/"), "invalid_target"),
        (("request", "eyJ"), "request_not_supported"),
        (("request_uri", "urn:ietf:params:oauth:request_uri:x"), "request_uri_not_supported"),
        (("request_uri", "https://evil.example/x"), "request_uri_not_supported"),
        (("client_id", "another"), "invalid_request"),
    ] {
        let reply = push(&wiki, &[wrong]).await;
        assert_eq!((reply.status, json_of(&reply)["error"].as_str()), (400, Some(code)), "{wrong:?}");
    }
    let wrong = RelyingParty { secret: Some("wrong".to_owned()), ..wiki.clone() };
    let silent = RelyingParty { secret: None, ..wiki.clone() };
    for party in [&wrong, &silent] {
        let reply = push(party, &[]).await;
        assert_eq!((reply.status, json_of(&reply)["error"].as_str()), (401, Some("invalid_client")));
    }
    let public = RelyingParty::public(&app, "Phone").await;
    let reply = push(&public, &[("code_challenge", ""), ("code_challenge_method", "")]).await;
    assert_eq!(json_of(&reply)["error"], "invalid_request", "PKCE is required here too");
    name_of(&public).await;
    assert_eq!(app.count("oidc_pushed"), 1);
    // The secret is stored nowhere.
    let with_secret = ClientInput {
        auth_method: Some(munjigi::identity::oidc::AuthMethod::ClientSecretPost),
        ..input("Post")
    };
    let party = RelyingParty::with(&app, with_secret).await;
    let secret = party.secret.clone().unwrap();
    let in_form = RelyingParty { secret: None, ..party.clone() };
    let reply = in_form
        .post(
            "/oauth/par",
            &[
                ("client_secret", &secret),
                ("redirect_uri", CALLBACK),
                ("response_type", "code"),
                ("scope", "openid"),
            ],
        )
        .await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    assert_eq!(app.count(&format!("oidc_pushed WHERE parameters LIKE '%{secret}%'")), 0);
    // Other names are what they were before: refused.
    for uri in [
        "https://evil.example/x",
        "urn:ietf:params:oauth:request_uri:",
        "urn:ietf:params:oauth:request_uri:unknown",
    ] {
        let reply = mina.get(&wiki.address(&[("request_uri", uri)])).await;
        assert!(!reply.header("location").contains("code="), "{uri}");
    }
    let twice = format!("{}&{}", at(&wiki, &name_of(&wiki).await), encode(&[("request_uri", "https://x")]));
    assert_eq!(mina.get(&twice).await.status, 400);
}

#[tokio::test]
async fn no_address_piles_up_requests_of_an_app() {
    let app = TestApp::start().await;
    let (phone, other) =
        (RelyingParty::public(&app, "Phone").await, RelyingParty::register(&app, "Other").await);
    let client = app.number("SELECT id AS n FROM oidc_clients WHERE name = 'Phone'");
    for number in 0..999 {
        let until = app.clock.now() + 80;
        app.execute(&format!(
            "INSERT INTO oidc_pushed VALUES ('{number}', {client}, '127.0.0.1', 'x=1', {until})"
        ));
    }
    name_of(&phone).await;
    let refused = push(&phone, &[]).await;
    assert_eq!(refused.status, 429, "{}", refused.body);
    assert!((1..=90).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    name_of(&other).await;
    app.clock.advance(91);
    name_of(&phone).await;
    assert_eq!(app.count("oidc_pushed"), 1, "expired ones are deleted on the way");
}
