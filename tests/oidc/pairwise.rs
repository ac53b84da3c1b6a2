//! Apps that know a person by a name of their own (OpenID Connect Core 1.0 §8).

use munjigi::identity::oidc::{Actor, ClientInput, NewClient, SubjectType};
use serde_json::{Value, json};

use crate::support::logout_receiver::LogoutReceiver;
use crate::support::relying_party::{RelyingParty, TokenSet, claims, destination, input, query};
use crate::support::{Persona, TestApp, encode};

const API: &str = "https://api.example.org/";
const SHOP: &str = "https://shop.example.org/callback";

fn pairwise(name: &str, uri: &str) -> ClientInput {
    ClientInput {
        subject_type: SubjectType::Pairwise,
        first_party: true,
        redirect_uris: vec![uri.to_owned()],
        resources: vec![API.to_owned()],
        ..input(name)
    }
}

async fn sign_in(party: &RelyingParty, person: &Persona, (uri, resource): (&str, &str)) -> TokenSet {
    let asked = [("redirect_uri", uri), ("resource", resource), ("scope", "openid")];
    let code = party.code(person, &asked).await;
    TokenSet::of(&party.exchange(&code, &[("redirect_uri", uri)]).await)
}

/// Every name of the person that the app learns, which must be one.
async fn sub_of(party: &RelyingParty, tokens: &TokenSet) -> String {
    let sub = tokens.claims()["sub"].as_str().unwrap().to_owned();
    let info: Value = serde_json::from_str(&party.userinfo(&tokens.access).await.body).unwrap();
    assert_eq!(info["sub"], sub.as_str());
    for token in [&tokens.access, tokens.refresh.as_ref().unwrap()] {
        let answer = party.introspect(token).await;
        assert_eq!((&answer["active"], &answer["sub"]), (&json!(true), &json!(sub)));
        assert_eq!(answer["sid"], tokens.claims()["sid"]);
    }
    sub
}

#[tokio::test]
async fn apps_of_different_hosts_cannot_tell_that_they_have_the_same_user() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let at = crate::support::relying_party::CALLBACK;
    let receiver = LogoutReceiver::start();
    let notified = ClientInput { backchannel_logout_uri: Some(receiver.url()), ..pairwise("Wiki", at) };
    let wiki = RelyingParty::with(&app, notified).await;
    let blog = RelyingParty::with(&app, pairwise("Blog", at)).await;
    let shop = RelyingParty::with(&app, pairwise("Shop", SHOP)).await;
    let open = RelyingParty::with(&app, ClientInput { first_party: true, ..input("Open") }).await;
    let tokens = sign_in(&wiki, &mina, (at, "")).await;
    let (sub, in_shop) = (sub_of(&wiki, &tokens).await, sign_in(&shop, &mina, (SHOP, "")).await);
    let public = open.sign_in(&mina, &[]).await;
    assert_eq!(sub, sub_of(&blog, &sign_in(&blog, &mina, (at, "")).await).await, "one host is one sector");
    let id = app.user_id("mina").to_string();
    let others = [sub_of(&shop, &in_shop).await, sub_of(&open, &public).await];
    assert!(!others.contains(&sub) && others[0] != others[1] && others[1] == id && sub.len() >= 43);
    let sids = [tokens.claims(), in_shop.claims(), public.claims()].map(|claims| claims["sid"].clone());
    assert!(sids[0] != sids[1] && sids[1] != sids[2] && sids[0] != sids[2], "nor by the session: {sids:?}");
    assert!(!tokens.access.contains('.'), "nor by reading the token: {}", tokens.access);
    assert!(wiki.introspect(&tokens.access).await.get("username").is_none());

    // For an API the name is the app's as well.
    let for_api = sign_in(&wiki, &mina, (at, API)).await;
    let read = claims(&for_api.access);
    assert_eq!(read["sub"], sub.as_str());
    let jti = read["jti"].as_str().unwrap();
    assert!(jti.starts_with("p.") && !jti.split('.').any(|part| part == id), "{jti}");
    let answer = shop.introspect(&for_api.access).await;
    assert_eq!((&answer["active"], &answer["sub"]), (&json!(true), &json!(sub)));

    // The name outlives the keys, and so do the tokens.
    app.rotate_keys().await;
    assert_eq!(sub_of(&wiki, &tokens).await, sub);
    let renewed = TokenSet::of(&wiki.refresh(tokens.refresh.as_ref().unwrap()).await);
    assert_eq!(sub_of(&wiki, &renewed).await, sub);
    mina.post("/logout", &[]).await;
    let token = receiver.until(1).await[0].verified(&app.url, &wiki.client_id).await;
    assert_eq!(
        (&token["sub"], &token["sid"]),
        (&json!(sub), &tokens.claims()["sid"]),
        "by the names that it knows"
    );
    for (party, token) in [(&wiki, &renewed), (&wiki, &for_api), (&shop, &in_shop)] {
        assert_eq!(party.introspect(&token.access).await, json!({"active": false}));
    }
}

#[tokio::test]
async fn a_hint_of_either_kind_counts_and_no_app_learns_the_other_name_by_asking() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let at = crate::support::relying_party::CALLBACK;
    let wiki = RelyingParty::with(&app, pairwise("Wiki", at)).await;
    let shop = RelyingParty::with(&app, pairwise("Shop", SHOP)).await;
    let first = sign_in(&wiki, &mina, (at, "")).await;
    let foreign = sign_in(&shop, &mina, (SHOP, "")).await;
    let ask = async |name: &str, value: &str| {
        let silent = [("prompt", "none"), (name, value)];
        query(&destination(&mina.get(&wiki.address(&silent)).await))
    };
    let wanted = |sub: &str| json!({"id_token": {"sub": {"value": sub}}}).to_string();
    let id = app.user_id("mina").to_string();
    assert_eq!(
        ask("claims", &wanted(&id)).await["error"],
        "login_required",
        "it would tell which user it is"
    );
    let own = first.claims()["sub"].as_str().unwrap().to_owned();
    assert!(ask("claims", &wanted(&own)).await.contains_key("code"));
    assert_eq!(ask("id_token_hint", foreign.id.as_ref().unwrap()).await["error"], "invalid_request");
    let hint = first.id.clone().unwrap();
    assert!(ask("id_token_hint", &hint).await.contains_key("code"));

    // The app becomes public; what it holds from before still speaks of the same person and session.
    let clients = &app.identity.oidc_clients;
    let client = clients.named("Wiki").await.unwrap().unwrap();
    let public = ClientInput { subject_type: SubjectType::Public, ..pairwise("Wiki", at) };
    let public = NewClient::parse(public, None).unwrap();
    clients.change(Actor::Operator, &client, public, vec![]).await.unwrap();
    assert!(ask("id_token_hint", &hint).await.contains_key("code"));
    let renewed = sign_in(&wiki, &mina, (at, "")).await;
    assert_eq!(renewed.claims()["sub"], id.as_str());
    let noa = app.member("noa").await;
    let silent = noa.get(&wiki.address(&[("prompt", "none"), ("id_token_hint", &hint)])).await;
    assert_eq!(query(&destination(&silent))["error"], "login_required", "someone else");
    noa.get(&format!("/oauth/logout?{}", encode(&[("id_token_hint", &hint)]))).await;
    assert!(noa.is_signed_in().await);
    mina.get(&format!("/oauth/logout?{}", encode(&[("id_token_hint", &hint)]))).await.assert_redirect("/");
    assert!(!mina.is_signed_in().await, "a hint of this session signs out");
}
