//! What the OpenID Foundation's conformance suite checks and no other test does; `conformance.md` has a test for each of its
//! modules.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use munjigi::identity::oidc::ClientInput;
use serde_json::{Value, json};

use crate::support::logout_receiver::LogoutReceiver;
use crate::support::relying_party::{
    AFTER_LOGOUT, CALLBACK, RelyingParty, TokenSet, allow, destination, input, query,
};
use crate::support::{Persona, Reply, TestApp, encode, get};

/// The modules of the four plans.
const MODULES: usize = 52;

#[test]
fn every_module_and_every_attack_has_a_test() {
    let rows: Vec<&str> = include_str!("conformance.md")
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains("::"))
        .collect();
    assert_eq!(rows.iter().filter(|row| row.starts_with("| `oidcc-")).count(), MODULES);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oidc");
    for row in rows {
        let (file, name) = row.rsplit('`').nth(1).unwrap().split_once("::").unwrap();
        let source = std::fs::read_to_string(format!("{folder}/{file}.rs")).unwrap();
        assert!(source.contains(&format!("async fn {name}(")), "there is no such test: {row}");
    }
}

async fn start() -> (TestApp, Persona, RelyingParty) {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let wiki = RelyingParty::with(&app, ClientInput { first_party: true, ..input("Wiki") }).await;
    (app, mina, wiki)
}

fn json_of(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.body);
    serde_json::from_str(&reply.body).unwrap()
}

#[tokio::test]
async fn userinfo_answers_each_way_of_asking() {
    let (_app, mina, wiki) = start().await;
    let tokens = wiki.sign_in(&mina, &[]).await;
    let usual = json_of(&wiki.userinfo(&tokens.access).await);
    assert_eq!(usual["sub"], tokens.claims()["sub"]);
    let form = "application/x-www-form-urlencoded";
    let by_header = crate::support::client()
        .post(format!("{}/oauth/userinfo", wiki.url))
        .header("authorization", format!("Bearer {}", tokens.access));
    let by_body = crate::support::client()
        .post(format!("{}/oauth/userinfo", wiki.url))
        .header("content-type", form)
        .body(encode(&[("access_token", &tokens.access)]));
    for request in [by_header, by_body] {
        assert_eq!(json_of(&Persona::new(&wiki.url).send(request).await), usual);
    }
    // Not by the address, which ends in logs (RFC 6750 §5.3).
    let in_address = format!("/oauth/userinfo?{}", encode(&[("access_token", &tokens.access)]));
    assert_eq!(Persona::new(&wiki.url).get(&in_address).await.status, 401);
}

#[tokio::test]
async fn claims_follow_the_scopes_in_any_order() {
    let (_app, mina, wiki) = start().await;
    let profile = ["name", "preferred_username", "updated_at"];
    let email = ["email", "email_verified"];
    for (scope, with_profile, with_email, with_groups) in [
        ("openid", false, false, false),
        ("openid profile", true, false, false),
        ("email openid", false, true, false),
        ("groups openid", false, false, true),
        ("groups email profile openid", true, true, true),
        ("address phone openid email profile unknown", true, true, false),
    ] {
        let tokens = wiki.sign_in(&mina, &[("scope", scope)]).await;
        let userinfo = json_of(&wiki.userinfo(&tokens.access).await);
        for claims in [&tokens.claims(), &userinfo] {
            let has = |name: &str| claims.get(name).is_some();
            assert!(profile.iter().all(|name| has(name) == with_profile), "{scope}: {claims}");
            assert!(email.iter().all(|name| has(name) == with_email), "{scope}: {claims}");
            assert_eq!(has("groups"), with_groups, "{scope}: {claims}");
            assert!(!has("address") && !has("phone_number"), "{scope}");
        }
        let granted = tokens.answer["scope"].as_str().unwrap_or(scope);
        assert!(!granted.contains("address") && !granted.contains("unknown"), "{granted}");
    }
}

#[tokio::test]
async fn what_an_app_may_leave_out_or_add_changes_nothing() {
    let (_app, mina, wiki) = start().await;
    let claims = wiki.sign_in(&mina, &[("nonce", "")]).await.claims();
    assert_eq!(claims["nonce"], Value::Null);
    for added in [
        ("display", "page"),
        ("display", "popup"),
        ("claims_locales", "se"),
        ("ui_locales", "se"),
        ("acr_values", "1 2"),
        ("acr_values", "urn:munjigi:acr:1fa"),
        ("extra", "foobar"),
        ("login_hint", "someone@example.net"),
        ("code_challenge", ""),
    ] {
        let without_pkce = added.0 == "code_challenge";
        let request = [added, ("code_challenge_method", if without_pkce { "" } else { "S256" })];
        let code = wiki.code(&mina, &request).await;
        let verifier: &[(&str, &str)] = if without_pkce { &[("code_verifier", "")] } else { &[] };
        let tokens = TokenSet::of(&wiki.exchange(&code, verifier).await);
        assert_eq!(tokens.claims()["preferred_username"], "mina", "{added:?}");
        assert_eq!(tokens.claims()["nonce"], "a nonce");
    }
}

#[tokio::test]
async fn a_second_request_without_a_page_is_about_the_same_sign_in() {
    let (app, mina, wiki) = start().await;
    let first = wiki.sign_in(&mina, &[("max_age", "15000")]).await;
    let hint = first.id.clone().unwrap();
    app.clock.advance(3601);
    for again in [
        &[("prompt", "none")][..],
        &[("prompt", "none"), ("id_token_hint", &hint)],
        &[("max_age", "10000")],
        &[("prompt", "none"), ("max_age", "10000"), ("id_token_hint", &hint)],
    ] {
        let reply = mina.get(&wiki.address(again)).await;
        assert_eq!(reply.status, 303, "{again:?}");
        let code = query(&destination(&reply)).remove("code").unwrap();
        let second = TokenSet::of(&wiki.exchange(&code, &[]).await).claims();
        for name in ["sub", "auth_time", "sid"] {
            assert_eq!(second[name], first.claims()[name], "{again:?}");
        }
        assert!(second["iat"].as_i64() > first.claims()["iat"].as_i64());
    }
}

#[tokio::test]
async fn a_code_that_comes_again_after_half_a_minute_ends_its_tokens() {
    let (app, mina, wiki) = start().await;
    for after in [31, 61] {
        let code = wiki.code(&mina, &[]).await;
        let tokens = TokenSet::of(&wiki.exchange(&code, &[]).await);
        app.clock.advance(after);
        assert!(wiki.is_alive(&tokens).await);
        let again = wiki.exchange(&code, &[]).await;
        assert_eq!(again.status, 400);
        assert_eq!(serde_json::from_str::<Value>(&again.body).unwrap()["error"], "invalid_grant");
        assert!(!wiki.is_alive(&tokens).await, "after {after} s");
    }
}

#[tokio::test]
async fn a_posted_request_becomes_a_get() {
    let (_app, mina, wiki) = start().await;
    let request = wiki.request(&[]);
    let pairs: Vec<(&str, &str)> = request.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let posted = crate::support::client()
        .post(format!("{}/oauth/authorize", wiki.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://app.example.org")
        .body(encode(&pairs));
    // The browser sends no cookie with it.
    let reply = Persona::new(&wiki.url).send(posted).await;
    assert_eq!(reply.status, 303);
    let reply = mina.get(reply.header("location")).await;
    let to = destination(&allow(&mina, reply).await);
    assert!(to.as_str().starts_with(CALLBACK) && query(&to).contains_key("code"), "{to}");
}

#[tokio::test]
async fn a_wrong_redirect_uri_beside_a_request_object_ends_at_a_page() {
    let (_app, mina, wiki) = start().await;
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let inside = json!({"client_id": wiki.client_id, "redirect_uri": CALLBACK, "response_type": "code"});
    let object = format!("{}.{}.", part(&json!({"alg": "none"})), part(&inside));
    let request = [("request", object.as_str()), ("redirect_uri", "https://app.example.org/other")];
    let reply = mina.get(&wiki.address(&request)).await;
    assert_eq!((reply.status, reply.header("location")), (400, ""));
}

#[tokio::test]
async fn an_essential_claim_is_granted_by_its_scope() {
    let (_app, mina, wiki) = start().await;
    let claims = json!({"userinfo": {"name": {"essential": true}}}).to_string();
    for scope in ["openid profile", "openid"] {
        let tokens = wiki.sign_in(&mina, &[("claims", &claims), ("scope", scope)]).await;
        let userinfo = json_of(&wiki.userinfo(&tokens.access).await);
        assert_eq!(userinfo["name"], "mina", "the person has allowed it by name");
    }
}

#[tokio::test]
async fn discovery_has_what_the_suite_looks_for() {
    let app = TestApp::start().await;
    let reply = get(&format!("{}/.well-known/openid-configuration", app.url)).await.unwrap();
    assert_eq!(reply.headers()["content-type"], "application/json");
    let found: Value = reply.json().await.unwrap();
    assert_eq!(found["issuer"], app.url, "without a slash at its end");
    for name in [
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "end_session_endpoint",
        "introspection_endpoint",
        "revocation_endpoint",
    ] {
        assert!(found[name].as_str().unwrap().starts_with(&app.url), "{name}");
    }
    let lists = |name: &str, value: &str| {
        found[name].as_array().unwrap_or_else(|| panic!("{name}")).iter().any(|known| known == value)
    };
    for (name, value) in [
        ("scopes_supported", "openid"),
        ("response_types_supported", "code"),
        ("grant_types_supported", "authorization_code"),
        ("subject_types_supported", "public"),
        ("id_token_signing_alg_values_supported", "RS256"),
        ("claims_supported", "sub"),
        ("code_challenge_methods_supported", "S256"),
        ("token_endpoint_auth_methods_supported", "client_secret_basic"),
        ("ui_locales_supported", "ko"),
        ("ui_locales_supported", "pt-BR"),
        ("ui_locales_supported", "zh-Hans"),
    ] {
        assert!(lists(name, value), "{name}: {found}");
    }
    assert!(!lists("id_token_signing_alg_values_supported", "none"));
    for name in ["claims_parameter_supported", "backchannel_logout_supported"] {
        assert_eq!(found[name], true, "{name}");
    }
    assert_eq!(found["backchannel_logout_session_supported"], true);
    // Their default is true (OpenID Connect Discovery 1.0 §3).
    assert_eq!(found["request_uri_parameter_supported"], false);
    assert_eq!(found["request_parameter_supported"], false);
    assert!(found.get("registration_endpoint").is_none());
    let keys: Value = get(found["jwks_uri"].as_str().unwrap()).await.unwrap().json().await.unwrap();
    for key in keys["keys"].as_array().unwrap() {
        assert!(key["kid"].is_string() && key["use"] == "sig" && key["alg"].is_string(), "{key}");
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(key.get(private).is_none(), "{private}");
        }
    }
}

/// What a logout request leads to.
#[derive(Debug, PartialEq, Eq)]
enum Leads {
    /// Signed out here, and on to this address.
    Out(&'static str),
    /// To a question.
    Question,
    /// To an error page.
    Refused,
}

#[tokio::test]
async fn what_a_logout_request_has_decides_where_it_leads() {
    let (app, _mina, wiki) = start().await;
    let added = format!("{AFTER_LOGOUT}?foo=bar");
    let unregistered = "https://app.example.org/elsewhere";
    let back = ("post_logout_redirect_uri", AFTER_LOGOUT);
    let eve = app.another_browser("mina").await;
    let whole = wiki.sign_in(&eve, &[]).await.id.unwrap();
    let parts: Vec<&str> = whole.split('.').collect();
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
    for (with_hint, other, leads) in [
        (true, &[back][..], Leads::Out(AFTER_LOGOUT)),
        (true, &[], Leads::Out("/")),
        (true, &[("state", "x")], Leads::Out("/")),
        (false, &[], Leads::Question),
        (false, &[("state", "x")], Leads::Question),
        (false, &[back], Leads::Question),
        (true, &[("post_logout_redirect_uri", unregistered)], Leads::Refused),
        (true, &[("post_logout_redirect_uri", &added)], Leads::Refused),
        // Another's signature, none at all, and a header that says so.
        (
            false,
            &[back, ("id_token_hint", &format!("{}.{}.{}", parts[0], parts[1], "A".repeat(86)))],
            Leads::Refused,
        ),
        (false, &[back, ("id_token_hint", &format!("{none}.{}.", parts[1]))], Leads::Refused),
        (false, &[back, ("id_token_hint", &format!("{none}.{}.{}", parts[1], parts[2]))], Leads::Refused),
    ] {
        let person = app.another_browser("mina").await;
        let hint = wiki.sign_in(&person, &[]).await.id.unwrap();
        let mut fields = other.to_vec();
        if with_hint {
            fields.push(("id_token_hint", &hint));
        }
        let reply = person.get(&format!("/oauth/logout?{}", encode(&fields))).await;
        let signed_in = person.is_signed_in().await;
        assert_eq!(signed_in, !matches!(leads, Leads::Out(_)), "{other:?}");
        match leads {
            Leads::Out(to) => reply.assert_redirect(to),
            Leads::Refused => assert_eq!((reply.status, reply.header("location")), (400, ""), "{other:?}"),
            Leads::Question => {
                let mut form = reply.form("/oauth/logout");
                form.insert("decision".to_owned(), Some("sign-out".to_owned()));
                let sent: Vec<(&str, &str)> = form
                    .iter()
                    .filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?)))
                    .collect();
                let after = person.post("/oauth/logout", &sent).await;
                assert!(!after.header("location").starts_with("https://"), "{other:?}");
                assert!(!person.is_signed_in().await, "{other:?}");
            }
        }
    }
}

#[tokio::test]
async fn signing_out_by_the_app_sends_it_a_logout_token() {
    let app = TestApp::start().await;
    let (mina, receiver) = (app.member("mina").await, LogoutReceiver::start());
    let notified = ClientInput { backchannel_logout_uri: Some(receiver.url()), ..input("Wiki") };
    let wiki = RelyingParty::with(&app, notified).await;
    let tokens = wiki.sign_in(&mina, &[]).await;
    let fields = [
        ("id_token_hint", tokens.id.as_deref().unwrap()),
        ("post_logout_redirect_uri", AFTER_LOGOUT),
        ("state", "x"),
    ];
    mina.get(&format!("/oauth/logout?{}", encode(&fields)))
        .await
        .assert_redirect(&format!("{AFTER_LOGOUT}?state=x"));
    let claims = receiver.until(1).await[0].verified(&app.url, &wiki.client_id).await;
    assert_eq!((&claims["sid"], &claims["sub"]), (&tokens.claims()["sid"], &tokens.claims()["sub"]));
}
