//! The whole way: discovery, authorization, consent, tokens, userinfo.

use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};

use crate::support::relying_party::{CALLBACK, RelyingParty, allow, destination, input, query};
use crate::support::{TestApp, get, over_both_stores};
use munjigi::identity::oidc::{ClientInput, SigningAlg};

over_both_stores![an_app_signs_a_person_in];

async fn json_at(url: &str) -> Value {
    get(url).await.unwrap().json().await.unwrap()
}

async fn an_app_signs_a_person_in(app: TestApp) {
    let mina = app.member("mina").await;
    let grafana = RelyingParty::register(&app, "Grafana").await;
    let discovered = json_at(&format!("{}/.well-known/openid-configuration", app.url)).await;
    assert_eq!(discovered["issuer"], app.url);
    assert_eq!(discovered["authorization_endpoint"], format!("{}/oauth/authorize", app.url));

    let asked = mina.get(&grafana.address(&[])).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    for seen in ["Sign in to Grafana", "mina@example.org", "Your name and username", "app.example.org"] {
        assert!(asked.text().contains(seen), "{seen}: {}", asked.text());
    }
    let to = destination(&allow(&mina, asked).await);
    assert!(to.as_str().starts_with(CALLBACK), "{to}");
    let answer = query(&to);
    assert_eq!((answer["state"].as_str(), answer["iss"].as_str()), ("a state", app.url.as_str()));

    let reply = grafana.exchange(&answer["code"], &[]).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"), "{}", reply.body);
    let tokens = crate::support::relying_party::TokenSet::of(&reply);
    assert_eq!(
        (&tokens.answer["token_type"], &tokens.answer["expires_in"]),
        (&json!("Bearer"), &json!(3600))
    );

    let keys: JwkSet =
        serde_json::from_value(json_at(discovered["jwks_uri"].as_str().unwrap()).await).unwrap();
    let id = tokens.id.clone().unwrap();
    let header = jsonwebtoken::decode_header(&id).unwrap();
    assert_eq!(header.alg, jsonwebtoken::Algorithm::ES256);
    let key = keys.find(&header.kid.unwrap()).unwrap();
    let mut validation = jsonwebtoken::Validation::new(header.alg);
    validation.set_audience(&[&grafana.client_id]);
    validation.set_issuer(&[&app.url]);
    let key = jsonwebtoken::DecodingKey::from_jwk(key).unwrap();
    let claims = jsonwebtoken::decode::<Value>(&id, &key, &validation).unwrap().claims;
    let sub = app.user_id("mina").to_string();
    for (name, value) in [
        ("sub", json!(sub)),
        ("nonce", json!("a nonce")),
        ("preferred_username", json!("mina")),
        ("email", json!("mina@example.org")),
        ("email_verified", json!(false)),
        ("groups", json!([])),
        ("acr", json!("urn:munjigi:acr:1fa")),
        ("amr", json!(["pwd"])),
    ] {
        assert_eq!(claims[name], value, "{name}");
    }
    assert!(claims["sid"].is_string() && claims["at_hash"].is_string() && claims["auth_time"].is_i64());

    let info = grafana.userinfo(&tokens.access).await;
    let info: Value = serde_json::from_str(&info.body).unwrap();
    assert_eq!((&info["sub"], &info["email"]), (&json!(sub), &json!("mina@example.org")));
    let answer = grafana.introspect(&tokens.access).await;
    assert_eq!((&answer["active"], &answer["username"]), (&json!(true), &json!("mina")));
    assert_eq!(answer["client_id"], grafana.client_id);

    // What changes in the profile shows at the next sign-in, with its time.
    app.clock.advance(100);
    mina.fill("/profile", "/profile", &[("display_name", "Mina Kim")]).await.assert_redirect("/profile");
    let renewed = grafana.sign_in(&mina, &[]).await.claims();
    assert_eq!(renewed["name"], "Mina Kim");
    assert!(renewed["updated_at"].as_i64().unwrap() >= claims["updated_at"].as_i64().unwrap() + 100);

    // Remembered: no question, and a redirect.
    let again = mina.get(&grafana.address(&[])).await;
    assert_eq!(again.status, 303);
    assert!(again.header("location").starts_with(CALLBACK));
    let second = grafana.sign_in(&mina, &[]).await;
    assert_eq!(second.claims()["sid"], claims["sid"], "one session has one name");

    mina.post("/logout", &[]).await.assert_redirect("/");
    assert!(!grafana.is_alive(&tokens).await);
    assert!(!grafana.is_alive(&second).await);
}

#[tokio::test]
async fn the_default_algorithm_is_rs256_and_a_first_party_app_asks_nothing() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let own = ClientInput { id_token_alg: SigningAlg::Rs256, first_party: true, ..input("Wiki") };
    let wiki = RelyingParty::with(&app, own).await;
    let reply = mina.get(&wiki.address(&[])).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let code = query(&destination(&reply)).remove("code").unwrap();
    let tokens = crate::support::relying_party::TokenSet::of(&wiki.exchange(&code, &[]).await);
    let header = jsonwebtoken::decode_header(tokens.id.unwrap()).unwrap();
    assert_eq!(header.alg, jsonwebtoken::Algorithm::RS256);
    let keys = json_at(&format!("{}/oauth/jwks.json", app.url)).await;
    let algs: Vec<&str> =
        keys["keys"].as_array().unwrap().iter().map(|key| key["alg"].as_str().unwrap()).collect();
    assert_eq!(algs.first(), Some(&"RS256"));
    assert!(!algs.contains(&"EdDSA"), "no app uses it");
}

#[tokio::test]
async fn keys_are_published_before_they_sign_and_after_they_were_replaced() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let tokens = wiki.sign_in(&mina, &[]).await;
    let kid = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    let published = async || -> Vec<String> {
        let keys: JwkSet =
            serde_json::from_value(json_at(&format!("{}/oauth/jwks.json", app.url)).await).unwrap();
        keys.keys.into_iter().filter_map(|key| key.common.key_id).collect()
    };
    let before = published().await;
    app.rotate_keys().await;
    assert!(wiki.is_alive(&tokens).await, "older tokens stay valid");
    let renewed =
        crate::support::relying_party::TokenSet::of(&wiki.refresh(tokens.refresh.as_ref().unwrap()).await);
    let (old, new) = (kid(tokens.id.as_ref().unwrap()), kid(renewed.id.as_ref().unwrap()));
    assert_ne!(old, new);
    assert!(before.contains(&old) && before.contains(&new), "the next key was known before it signed");
    assert!(published().await.contains(&old), "the one before still verifies");
    let hint = tokens.id.as_ref().unwrap().as_str();
    let address = format!("/oauth/logout?{}", crate::support::encode(&[("id_token_hint", hint)]));
    mina.get(&address).await.assert_redirect("/");
    assert!(!mina.is_signed_in().await, "a hint of an older key counts");
}
