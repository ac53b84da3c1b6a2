//! Single claims (OpenID Connect Core 1.0 §5.5), several APIs (RFC 8707), and lifetimes of tokens.

use munjigi::identity::oidc::{ClientInput, TokenLifetimes};
use serde_json::{Value, json};

use crate::support::relying_party::{RelyingParty, TokenSet, allow, claims, destination, input, query};
use crate::support::{PASSWORD, Persona, TestApp, encode};

const API: &str = "https://api.example.org/";
const FILES: &str = "https://files.example.org/";

async fn userinfo(party: &RelyingParty, tokens: &TokenSet) -> Value {
    let reply = party.userinfo(&tokens.access).await;
    assert_eq!(reply.status, 200);
    serde_json::from_str(&reply.body).unwrap()
}

async fn tokens(party: &RelyingParty, person: &Persona, asked: &[(&str, &str)]) -> TokenSet {
    party.sign_in(person, asked).await
}

#[tokio::test]
async fn an_app_gets_the_single_claims_that_the_person_allows_where_it_asks_for_them() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let wanted = json!({
        "id_token": {"email": null, "groups": {"essential": true}, "nickname": null, "sid": null},
        "userinfo": {"name": {"value": "Someone"}, "email_verified": null, "picture": null},
    });
    let wanted = wanted.to_string();
    let asked = [("scope", "openid"), ("claims", wanted.as_str())];
    let page = mina.get(&wiki.address(&asked)).await;
    for seen in ["Your name and username", "mina@example.org", "Your groups"] {
        assert!(page.text().contains(seen), "{seen}: {}", page.text());
    }
    let code = query(&destination(&allow(&mina, page).await)).remove("code").unwrap();
    let first = TokenSet::of(&wiki.exchange(&code, &[]).await);
    let renewed = TokenSet::of(&wiki.refresh(first.refresh.as_ref().unwrap()).await);
    for tokens in [&first, &renewed] {
        let (id, info) = (tokens.claims(), userinfo(&wiki, tokens).await);
        assert_eq!(
            (&id["email"], &id["groups"], &tokens.answer["scope"]),
            (&json!("mina@example.org"), &json!([]), &json!("openid"))
        );
        assert_eq!((&info["name"], &info["email_verified"]), (&json!("mina"), &json!(false)));
        for name in ["name", "preferred_username", "email_verified", "nickname", "picture"] {
            assert!(id.get(name).is_none(), "{name} in the ID token");
        }
        for name in ["email", "groups", "preferred_username", "picture"] {
            assert!(info.get(name).is_none(), "{name} at userinfo");
        }
    }
    // What was allowed is not asked again; what was not is.
    let silent = [&asked[..], &[("prompt", "none")]].concat();
    assert!(query(&destination(&mina.get(&wiki.address(&silent)).await)).contains_key("code"));
    let noa = app.member("noa").await;
    tokens(&wiki, &noa, &[("scope", "openid")]).await;
    let more = query(&destination(&noa.get(&wiki.address(&silent)).await));
    assert_eq!(more["error"], "consent_required", "a claim is no way around consent");

    // An app gets no claim of a scope that it is not registered for.
    let few = ClientInput { scopes: vec!["openid".to_owned()], ..input("Few") };
    let few = RelyingParty::with(&app, few).await;
    let page = mina.get(&few.address(&asked)).await;
    assert!(!page.text().contains("mina@example.org"), "{}", page.text());
    let code = query(&destination(&allow(&mina, page).await)).remove("code").unwrap();
    let got = TokenSet::of(&few.exchange(&code, &[]).await);
    assert!(got.claims().get("email").is_none() && userinfo(&few, &got).await.get("name").is_none());
}

#[tokio::test]
async fn an_app_that_expects_someone_else_gets_no_answer() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    app.member("noa").await;
    tokens(&wiki, &mina, &[("scope", "openid")]).await;
    let (id, other) = (app.user_id("mina").to_string(), app.user_id("noa").to_string());
    for place in ["id_token", "userinfo"] {
        for (sub, expected) in [(&id, None), (&other, Some("login_required"))] {
            let wanted = json!({place: {"sub": {"value": sub}}}).to_string();
            let silent = [("claims", wanted.as_str()), ("prompt", "none"), ("scope", "openid")];
            let answer = query(&destination(&mina.get(&wiki.address(&silent)).await));
            assert_eq!(answer.get("error").map(String::as_str), expected, "{place} {sub}");
        }
    }
    for odd in [r#"{"id_token":5}"#, r#"{"id_token":["email"],"userinfo":null}"#, r#"{"other":{}}"#] {
        let silent = [("claims", odd), ("prompt", "none"), ("scope", "openid")];
        let answer = query(&destination(&mina.get(&wiki.address(&silent)).await));
        assert!(answer.contains_key("code"), "{odd}: {answer:?}");
    }
    for bad in ["[]", "5", "{"] {
        let answer = query(&destination(&mina.get(&wiki.address(&[("claims", bad)])).await));
        assert_eq!(answer["error"], "invalid_request", "{bad}");
    }
}

#[tokio::test]
async fn an_app_asks_for_several_apis_and_gets_a_token_for_one_at_a_time() {
    let app = TestApp::start().await;
    let apis = vec![API.to_owned(), FILES.to_owned()];
    let wiki = RelyingParty::with(&app, ClientInput { resources: apis, ..input("Wiki") }).await;
    let mina = app.member("mina").await;
    let address = format!("{}&{}", wiki.address(&[]), encode(&[("resource", API), ("resource", FILES)]));
    let page = mina.get(&address).await;
    assert!(page.text().contains(API) && page.text().contains(FILES), "{}", page.text());
    let mut form = page.form("/oauth/authorize");
    form.insert("decision".to_owned(), Some("allow".to_owned()));
    form.remove("resource");
    let mut fields: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    assert_eq!(page.attributes("input[name=resource]", "value"), [API, FILES]);
    fields.extend([("resource", API), ("resource", FILES)]);
    let code = query(&destination(&mina.post("/oauth/authorize", &fields).await)).remove("code").unwrap();
    let refused = |reply: &crate::support::Reply| {
        assert_eq!((reply.status, reply.body.contains("invalid_target")), (400, true), "{}", reply.body);
    };
    let connected = mina.get("/security/connected-apps").await.find("main .row .meta").join(" ");
    assert!(connected.contains(API) && connected.contains(FILES), "{connected}");
    refused(&wiki.exchange(&code, &[]).await);
    refused(&wiki.exchange(&code, &[("resource", "https://evil.example/")]).await);
    let both =
        [("grant_type", "authorization_code"), ("code", &code), ("resource", API), ("resource", FILES)];
    refused(&wiki.post("/oauth/token", &both).await);
    let tokens = TokenSet::of(&wiki.exchange(&code, &[("resource", API)]).await);
    assert_eq!(claims(&tokens.access)["aud"], API);
    let refresh = async |token: &TokenSet, resource: &str| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token.refresh.as_ref().unwrap()),
            ("resource", resource),
        ];
        let fields: Vec<(&str, &str)> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        wiki.post("/oauth/token", &fields).await
    };
    refused(&refresh(&tokens, "").await);
    refused(&refresh(&tokens, "https://evil.example/").await);
    let other = TokenSet::of(&refresh(&tokens, FILES).await);
    assert_eq!(claims(&other.access)["aud"], FILES);
    assert_eq!(wiki.introspect(&other.access).await["aud"], FILES);
    // Both survive the page on which she proves that she is there.
    let asked = mina.get(&format!("{address}&prompt=login")).await;
    let proven = mina.confirm(&asked, "/oauth/authorize", ("current_password", PASSWORD)).await;
    let code = query(&destination(&proven)).remove("code").unwrap();
    refused(&wiki.exchange(&code, &[]).await);
    let third = TokenSet::of(&wiki.exchange(&code, &[("resource", API)]).await);
    assert_eq!(claims(&third.access)["aud"], API);
    mina.post("/logout", &[]).await;
    assert_eq!(wiki.introspect(&third.access).await["active"], false);
}

#[tokio::test]
async fn tokens_live_as_long_as_their_app_is_registered_for() {
    let app = TestApp::start().await;
    app.clock.stop();
    let lifetimes = TokenLifetimes { access: Some(120), id: Some(600), refresh: Some(3_600) };
    let short =
        ClientInput { lifetimes, resources: vec![API.to_owned()], first_party: true, ..input("Wiki") };
    let wiki = RelyingParty::with(&app, short).await;
    let mina = app.member("mina").await;
    let tokens = wiki.sign_in(&mina, &[]).await;
    let times = |claims: &Value| claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert_eq!((&tokens.answer["expires_in"], times(&tokens.claims())), (&json!(120), 600));
    let for_api = wiki.sign_in(&mina, &[("resource", API)]).await;
    assert_eq!((&for_api.answer["expires_in"], times(&claims(&for_api.access))), (&json!(120), 120));
    app.clock.advance(119);
    assert!(wiki.is_alive(&tokens).await);
    app.clock.advance(1);
    assert_eq!(wiki.userinfo(&tokens.access).await.status, 401);
    let renewed = TokenSet::of(&wiki.refresh(tokens.refresh.as_ref().unwrap()).await);
    app.clock.advance(3_599);
    assert_eq!(wiki.introspect(renewed.refresh.as_ref().unwrap()).await["active"], true);
    app.clock.advance(1);
    assert_eq!(wiki.introspect(renewed.refresh.as_ref().unwrap()).await["active"], false);
    assert_eq!(wiki.refresh(renewed.refresh.as_ref().unwrap()).await.status, 400);
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn an_app_learns_the_time_zone_that_a_person_has_chosen() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let of = async |zone: &str| {
        mina.post("/profile", &[("language", ""), ("theme", "auto"), ("time_zone", zone)]).await;
        let tokens = tokens(&wiki, &mina, &[("scope", "openid profile")]).await;
        let (id, info) =
            (tokens.claims()["zoneinfo"].clone(), userinfo(&wiki, &tokens).await["zoneinfo"].clone());
        assert_eq!(id, info);
        id
    };
    assert_eq!(of("").await, Value::Null);
    assert_eq!(of("Asia/Kathmandu").await, "Asia/Kathmandu");
    let tokens = tokens(&wiki, &mina, &[("scope", "openid email")]).await;
    assert!(tokens.claims().get("zoneinfo").is_none(), "it is part of the profile");
}
