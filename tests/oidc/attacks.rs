//! Attacks on the code flow (RFC 9700, OpenID Connect Core 1.0 §16). Each must end here.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use munjigi::identity::oidc::{ClientInput, GrantType, Level};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::relying_party::{
    CALLBACK, RelyingParty, TokenSet, VERIFIER, allow, challenge, claims, decide, destination, input, query,
};
use crate::support::{PASSWORD, Persona, TestApp, encode};

fn error_of(reply: &crate::support::Reply) -> String {
    let answer: Value = serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{}", reply.body));
    answer["error"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn no_answer_goes_to_an_address_that_the_app_has_not_registered() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let wiki = RelyingParty::with(&app, ClientInput { first_party: true, ..input("Wiki") }).await;
    for uri in [
        "https://evil.example/callback?tenant=1",
        "https://app.example.org/callback",
        "https://app.example.org/callback?tenant=1&x=2",
        "https://app.example.org/callback?tenant=1/../../evil",
        "https://app.example.org/callback/?tenant=1",
        "https://app.example.org//callback?tenant=1",
        "https://app.example.org/./callback?tenant=1",
        "https://app.example.org/%63allback?tenant=1",
        "https://app.example.org@evil.example/callback?tenant=1",
        "https://evil.example\\@app.example.org/callback?tenant=1",
        "https://app.example.org.evil.example/callback?tenant=1",
        "https://app.example.org:443/callback?tenant=1",
        "https://APP.example.org/callback?tenant=1",
        "https://app.example.org/callback?tenant=1#fragment",
        "https://app.example.org/callback?tenant=1#",
        "https://app.example.org/callback?tenant=1\r\nSet-Cookie: a=b",
        "http://app.example.org/callback?tenant=1",
        "//app.example.org/callback?tenant=1",
        "/callback",
        "javascript:alert(1)",
        "http://127.0.0.1:80@evil.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://localhost/cb",
        "",
    ] {
        for wrong in [&[][..], &[("response_type", "token")], &[("prompt", "none")], &[("scope", "none")]] {
            let asked: Vec<(&str, &str)> = [("redirect_uri", uri)].iter().chain(wrong).copied().collect();
            for person in [&mina, &app.visitor()] {
                let reply = person.get(&wiki.address(&asked)).await;
                assert_eq!((reply.status, reply.header("location")), (400, ""), "{uri} {wrong:?}");
                assert!(!reply.body.contains("evil.example"), "{uri}");
            }
        }
    }
    // A program on the person's own machine listens on any port.
    let reply = mina.get(&wiki.address(&[("redirect_uri", "http://127.0.0.1:49152/cb")])).await;
    assert!(reply.header("location").starts_with("http://127.0.0.1:49152/cb?code="));
    for person in [&mina, &app.visitor()] {
        let reply = person.get(&wiki.address(&[("client_id", "unknown")])).await;
        assert_eq!((reply.status, reply.header("location")), (400, ""));
    }
}

#[tokio::test]
async fn a_request_that_says_two_things_is_answered_by_none() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    for twice in [("redirect_uri", "https://evil.example/"), ("client_id", "other")] {
        let address = format!("{}&{}", wiki.address(&[]), encode(&[twice]));
        let reply = mina.get(&address).await;
        assert_eq!((reply.status, reply.header("location")), (400, ""), "{twice:?}");
    }
    let reply = mina.get(&format!("{}&state=other", wiki.address(&[]))).await;
    let answer = query(&destination(&reply));
    assert_eq!(answer["error"], "invalid_request");
    for (name, code) in [
        ("request", "request_not_supported"),
        ("request_uri", "request_uri_not_supported"),
        ("registration", "registration_not_supported"),
    ] {
        let reply = mina.get(&wiki.address(&[(name, "https://evil.example/x")])).await;
        let answer = query(&destination(&reply));
        assert_eq!((answer["error"].as_str(), answer["iss"].as_str()), (code, app.url.as_str()));
    }
    for (wrong, code) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("response_type", "code id_token"), "unsupported_response_type"),
        (("response_type", ""), "invalid_request"),
        (("response_mode", "fragment"), "invalid_request"),
        (("scope", "nothing"), "invalid_scope"),
        (("prompt", "none login"), "invalid_request"),
        (("max_age", "-1"), "invalid_request"),
        (("max_age", "soon"), "invalid_request"),
        (("claims", "["), "invalid_request"),
        (("resource", "https://evil.example/"), "invalid_target"),
    ] {
        let reply = mina.get(&wiki.address(&[wrong])).await;
        let answer = query(&destination(&reply));
        assert_eq!((answer["error"].as_str(), answer["state"].as_str()), (code, "a state"), "{wrong:?}");
        assert!(!answer.contains_key("code"));
    }
}

#[tokio::test]
async fn a_code_is_for_one_use_by_one_app_at_one_address_by_one_verifier() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let (wiki, other) =
        (RelyingParty::register(&app, "Wiki").await, RelyingParty::register(&app, "Other").await);
    let code = wiki.code(&mina, &[]).await;
    assert_eq!(error_of(&other.exchange(&code, &[]).await), "invalid_grant", "another app's");
    for wrong in [
        ("code_verifier", ""),
        ("code_verifier", "another-verifier-of-more-than-forty-three-characters-01"),
        ("code_verifier", &challenge(VERIFIER)),
        ("code_verifier", "short"),
        ("redirect_uri", "http://127.0.0.1/cb"),
        ("redirect_uri", "https://app.example.org/callback"),
        ("code", "mjoc_unknown"),
        ("code", "x"),
    ] {
        assert_eq!(error_of(&wiki.exchange(&code, &[wrong]).await), "invalid_grant", "{wrong:?}");
    }
    assert_eq!(error_of(&wiki.exchange(&code, &[("redirect_uri", "")]).await), "invalid_request");
    let tokens = TokenSet::of(&wiki.exchange(&code, &[]).await);
    assert!(wiki.is_alive(&tokens).await);
    let again = wiki.sign_in(&mina, &[]).await;
    assert_eq!(error_of(&wiki.exchange(&code, &[]).await), "invalid_grant", "used before");
    assert!(!wiki.is_alive(&tokens).await, "a second use ends what the first gave");
    assert_eq!(error_of(&wiki.refresh(tokens.refresh.as_ref().unwrap()).await), "invalid_grant");
    assert!(wiki.is_alive(&again).await, "and nothing else");

    let late = wiki.code(&mina, &[]).await;
    app.clock.advance(61);
    assert_eq!(error_of(&wiki.exchange(&late, &[]).await), "invalid_grant", "after a minute");
    let signed_out = wiki.code(&mina, &[]).await;
    mina.post("/logout", &[]).await;
    assert_eq!(error_of(&wiki.exchange(&signed_out, &[]).await), "invalid_grant", "its session has ended");
}

#[tokio::test]
async fn two_exchanges_of_one_code_at_once_leave_no_token_alive() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    for _ in 0..5 {
        let code = wiki.code(&mina, &[]).await;
        let replies = futures_util::future::join_all((0..3).map(|_| wiki.exchange(&code, &[]))).await;
        let given: Vec<_> = replies.iter().filter(|reply| reply.status == 200).collect();
        assert!(given.len() <= 1, "at most one gets tokens");
        for reply in given {
            assert!(!wiki.is_alive(&TokenSet::of(reply)).await);
        }
    }
}

#[tokio::test]
async fn pkce_cannot_be_left_out_or_weakened() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let (public, secret) =
        (RelyingParty::public(&app, "Phone").await, RelyingParty::register(&app, "Wiki").await);
    let plain = [("code_challenge", VERIFIER), ("code_challenge_method", "plain")];
    for (party, asked) in [
        (&public, &[("code_challenge", ""), ("code_challenge_method", "")][..]),
        (&public, &plain),
        (&secret, &plain),
        (&secret, &[("code_challenge_method", "")]),
        (&secret, &[("code_challenge_method", "S512")]),
        (&secret, &[("code_challenge", "")]),
        (&secret, &[("code_challenge", "short")]),
        (&secret, &[("code_challenge", VERIFIER)]),
    ] {
        let answer = query(&destination(&mina.get(&party.address(asked)).await));
        assert_eq!(answer["error"], "invalid_request", "{asked:?}");
    }
    // An app with a secret may leave it out; then a verifier fits nothing (RFC 9700 §4.8.2).
    let code = secret.code(&mina, &[("code_challenge", ""), ("code_challenge_method", "")]).await;
    assert_eq!(error_of(&secret.exchange(&code, &[]).await), "invalid_grant");
    assert_eq!(secret.exchange(&code, &[("code_verifier", "")]).await.status, 200);
    assert!(public.is_public_sign_in_fine(&mina).await);
}

impl RelyingParty {
    async fn is_public_sign_in_fine(&self, person: &Persona) -> bool {
        self.sign_in(person, &[]).await.id.is_some()
    }
}

#[tokio::test]
async fn an_app_cannot_pass_for_another() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let (wiki, other) =
        (RelyingParty::register(&app, "Wiki").await, RelyingParty::register(&app, "Other").await);
    let public = RelyingParty::public(&app, "Phone").await;
    let code = wiki.code(&mina, &[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let secret = wiki.secret.clone().unwrap();
    for (impostor, status, error) in [
        (RelyingParty { secret: None, ..wiki.clone() }, 401, "invalid_client"),
        (RelyingParty { secret: Some("wrong".to_owned()), ..wiki.clone() }, 401, "invalid_client"),
        (RelyingParty { secret: Some(String::new()), ..wiki.clone() }, 401, "invalid_client"),
        (RelyingParty { secret: other.secret.clone(), ..wiki.clone() }, 401, "invalid_client"),
        (RelyingParty { secret: Some(secret.clone()), ..other.clone() }, 401, "invalid_client"),
        (RelyingParty { secret: Some(secret.clone()), ..public.clone() }, 401, "invalid_client"),
        (RelyingParty { client_id: "unknown".to_owned(), ..wiki.clone() }, 401, "invalid_client"),
        (public.clone(), 400, "invalid_grant"),
    ] {
        let reply = impostor.post("/oauth/token", &form).await;
        assert_eq!((reply.status, error_of(&reply).as_str()), (status, error));
        assert_eq!(reply.header("www-authenticate").starts_with("Basic"), status == 401);
    }
    // An empty secret is none (RFC 6749 §2.3.1).
    let empty = RelyingParty { secret: Some(String::new()), ..public.clone() };
    assert!(empty.sign_in(&mina, &[]).await.id.is_some());
    // Two ways at once.
    let both: Vec<(&str, &str)> = form.iter().copied().chain([("client_secret", secret.as_str())]).collect();
    assert_eq!(error_of(&wiki.post("/oauth/token", &both).await), "invalid_request");
    let ids: Vec<(&str, &str)> =
        form.iter().copied().chain([("client_id", other.client_id.as_str())]).collect();
    assert_eq!(error_of(&wiki.post("/oauth/token", &ids).await), "invalid_request");
    // Either way alone, whichever was registered.
    let posting = RelyingParty { secret: None, ..wiki.clone() };
    let posted: Vec<(&str, &str)> =
        form.iter().copied().chain([("client_secret", secret.as_str())]).collect();
    assert_eq!(posting.post("/oauth/token", &posted).await.status, 200);
}

#[tokio::test]
async fn an_app_may_escape_its_secret_as_a_form_and_once_only() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let access = wiki.sign_in(&mina, &[]).await.access;
    let (id, secret) = (wiki.client_id.clone(), wiki.secret.clone().unwrap());
    let ask = async |id: &str, secret: &str| {
        let pair = STANDARD.encode(format!("{id}:{secret}"));
        let request = crate::support::client()
            .post(format!("{}/oauth/introspect", app.url))
            .header("authorization", format!("Basic {pair}"))
            .header("content-type", "application/x-www-form-urlencoded");
        app.visitor().send(request.body(encode(&[("token", &access)]))).await.status
    };
    let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let some = secret.replace('-', "%2D").replace('_', "%5F");
    assert_eq!(ask(&id, &some).await, 200);
    assert_eq!(ask(&escaped(&id), &escaped(&secret)).await, 200);
    assert_eq!(ask(&id, &escaped(&escaped(&secret))).await, 401, "twice");
    assert_eq!(ask(&id, &format!("{secret}%")).await, 401);
}

#[tokio::test]
async fn tokens_of_our_own_api_are_nothing_to_apps() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let program = app.client_of("mina").await;
    let wish = json!({"name": "Backup", "scopes": ["profile:read"], "current_password": PASSWORD});
    let made = program.post("/api/auth/tokens", wish).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let api_token = made.json()["token"].as_str().unwrap().to_owned();
    for token in [&program.access, &program.refresh, &api_token] {
        assert_eq!(wiki.userinfo(token).await.status, 401, "{token}");
        assert_eq!(wiki.introspect(token).await, json!({"active": false}), "{token}");
        assert_eq!(wiki.post("/oauth/revoke", &[("token", token)]).await.status, 200, "{token}");
        assert_eq!(error_of(&wiki.refresh(token).await), "invalid_grant", "{token}");
        let reply = mina.get(&wiki.address(&[("id_token_hint", token)])).await;
        assert_eq!(query(&destination(&reply))["error"], "invalid_request", "{token}");
        let reply = mina.get(&format!("/oauth/logout?{}", encode(&[("id_token_hint", token)]))).await;
        assert_eq!(reply.status, 400, "{token}");
    }
    assert!(program.is_signed_in().await && mina.is_signed_in().await, "nothing was revoked");
    assert_eq!(program.try_refresh(&program.refresh).await.status, 200);
    let by_token = program.send(Method::GET, "/api/auth/check", &format!("Token {api_token}"), None).await;
    assert_eq!(by_token.status, 200);
}

#[tokio::test]
async fn tokens_of_one_app_are_nothing_to_another() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let (wiki, other) =
        (RelyingParty::register(&app, "Wiki").await, RelyingParty::register(&app, "Other").await);
    let tokens = wiki.sign_in(&mina, &[]).await;
    let refresh = tokens.refresh.clone().unwrap();
    assert_eq!(other.introspect(&tokens.access).await, json!({"active": false}));
    assert_eq!(other.introspect(&refresh).await, json!({"active": false}));
    assert_eq!(error_of(&other.refresh(&refresh).await), "invalid_grant");
    for token in [&tokens.access, &refresh] {
        assert_eq!(other.post("/oauth/revoke", &[("token", token)]).await.status, 200);
    }
    assert!(wiki.is_alive(&tokens).await, "another app revokes nothing");
    // Nor are they anything to our own API, or its tokens here.
    for token in [&tokens.access, tokens.id.as_ref().unwrap(), &refresh] {
        let reply =
            mina.request(Method::GET, "/api/auth/check").header("authorization", format!("Bearer {token}"));
        assert_eq!(mina.send(reply).await.status, 401);
    }
    assert_eq!(
        wiki.userinfo(tokens.id.as_ref().unwrap()).await.status,
        401,
        "an ID token is no access token"
    );
    assert_eq!(wiki.userinfo(&refresh).await.status, 401);
}

#[tokio::test]
async fn no_forged_token_or_hint_is_believed() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let tokens = wiki.sign_in(&mina, &[]).await;
    let id = tokens.id.clone().unwrap();
    let body = id.split('.').nth(1).unwrap();
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let keys = crate::support::get(&format!("{}/oauth/jwks.json", app.url)).await.unwrap();
    let keys: Value = keys.json().await.unwrap();
    let kid = &keys["keys"][1]["kid"];
    // Signed with the public key as if it were a secret.
    let head = part(json!({"alg": "HS256", "kid": kid, "typ": "JWT"}));
    let message = format!("{head}.{body}");
    let confused = jsonwebtoken::crypto::sign(
        message.as_bytes(),
        &jsonwebtoken::EncodingKey::from_secret(keys["keys"][1]["x"].as_str().unwrap().as_bytes()),
        jsonwebtoken::Algorithm::HS256,
    );
    let confused = format!("{message}.{}", confused.unwrap());
    let none = format!("{}.{body}.", part(json!({"alg": "none", "typ": "JWT"})));
    let nobody = format!("{}.{body}.", part(json!({"alg": "none", "kid": kid, "typ": "at+jwt"})));
    let bent = format!(
        "{}.{}.{}",
        id.split('.').next().unwrap(),
        part(json!({"sub": "1"})),
        id.split('.').nth(2).unwrap()
    );
    for forged in [&none, &nobody, &confused, &bent] {
        assert_eq!(wiki.userinfo(forged).await.status, 401, "{forged}");
        assert_eq!(wiki.introspect(forged).await, json!({"active": false}));
        let reply = mina.get(&wiki.address(&[("id_token_hint", forged)])).await;
        assert_eq!(query(&destination(&reply))["error"], "invalid_request");
        let reply = mina.get(&format!("/oauth/logout?{}", encode(&[("id_token_hint", forged)]))).await;
        assert_eq!(reply.status, 400);
    }
    assert!(mina.is_signed_in().await);
    assert_eq!(claims(&id)["aud"], wiki.client_id.as_str());
}

#[tokio::test]
async fn a_silent_request_tells_nothing_and_shows_no_page() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let silent = async |person: &Persona, other: &[(&str, &str)]| {
        let asked: Vec<(&str, &str)> = [("prompt", "none")].iter().chain(other).copied().collect();
        let reply = person.get(&wiki.address(&asked)).await;
        assert_eq!((reply.status, reply.body.as_str()), (303, ""));
        query(&destination(&reply))
    };
    let of_visitor = silent(&app.visitor(), &[]).await;
    assert_eq!(of_visitor["error"], "login_required");
    assert!(!of_visitor.contains_key("code"));
    assert_eq!(silent(&mina, &[]).await["error"], "consent_required");
    wiki.sign_in(&mina, &[]).await;
    assert!(silent(&mina, &[]).await.contains_key("code"));
    let more = silent(&mina, &[("scope", "openid profile email groups offline_access")]).await;
    assert_eq!(more["error"], "consent_required", "more than was allowed");
    assert_eq!(silent(&mina, &[("max_age", "0")]).await["error"], "login_required");
    let other = app.member("noa").await;
    let hint = wiki.sign_in(&other, &[]).await.id.unwrap();
    assert_eq!(
        silent(&mina, &[("id_token_hint", &hint)]).await["error"],
        "login_required",
        "another person's"
    );
    let claims = r#"{"id_token":{"acr":{"essential":true,"values":["urn:munjigi:acr:2fa"]}}}"#;
    let unmet = silent(&mina, &[("claims", claims)]).await;
    assert_eq!(unmet["error"], "unmet_authentication_requirements");
    // An account that has a factor, and a session that has not used it.
    let id = app.user_id("mina");
    app.write_user(id, format!("UPDATE users SET factors_since = 1 WHERE id = {id}")).await;
    assert_eq!(silent(&mina, &[("claims", claims)]).await["error"], "interaction_required");
}

#[tokio::test]
async fn a_silent_request_names_no_one_to_an_app_that_they_have_allowed_nothing() {
    let app = TestApp::start().await;
    let (mina, sofia) = (app.member("mina").await, app.staff("sofia").await);
    sofia.post("/admin/groups", &[("name", "Family")]).await.assert_redirect("/admin/groups/1");
    let (open, closed) = (
        RelyingParty::register(&app, "Wiki").await,
        RelyingParty::in_groups(&app, input("Private"), vec![1]).await,
    );
    let strict = ClientInput { level: Level::TwoFactor, ..input("Bank") };
    let strict = RelyingParty::with(&app, strict).await;
    let silent = async |party: &RelyingParty, other: &[(&str, &str)]| {
        let asked: Vec<(&str, &str)> = [("prompt", "none")].iter().chain(other).copied().collect();
        query(&destination(&mina.get(&party.address(&asked)).await))["error"].clone()
    };
    let id = app.user_id("mina");
    for sub in [id, id + 1] {
        let claims = format!(r#"{{"id_token":{{"sub":{{"value":"{sub}"}}}}}}"#);
        assert_eq!(silent(&open, &[("claims", &claims)]).await, "consent_required", "{sub}");
        let asked = mina.get(&open.address(&[("claims", &claims)])).await;
        assert_eq!(asked.status, 200, "{sub}: she is asked first");
        let denied = query(&destination(&decide(&mina, asked, "deny").await));
        assert_eq!(denied["error"], "access_denied", "{sub}");
    }
    assert_eq!(silent(&closed, &[]).await, "consent_required", "its groups");
    assert_eq!(silent(&strict, &[]).await, "consent_required", "its level");
    let other = format!(r#"{{"id_token":{{"sub":{{"value":"{}"}}}}}}"#, id + 1);
    let asked = mina.get(&open.address(&[("claims", &other)])).await;
    let allowed = query(&destination(&allow(&mina, asked).await));
    assert_eq!(allowed["error"], "login_required", "she allows it, but it expects another");
    open.sign_in(&mina, &[]).await;
    assert_eq!(silent(&open, &[("claims", &other)]).await, "login_required", "it knows her");
}

#[tokio::test]
async fn a_silent_request_ends_at_the_app_when_something_fails_here() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let tokens = wiki.sign_in(&mina, &[]).await;
    let hint = tokens.id.unwrap();
    let asked = [("prompt", "none"), ("after_form", "1"), ("id_token_hint", hint.as_str())];
    let silent = async || {
        let reply = mina.get(&wiki.address(&asked)).await;
        assert_eq!((reply.status, reply.body.as_str()), (303, ""), "no page, whatever the app adds");
        query(&destination(&reply))
    };
    assert!(silent().await.contains_key("code"));
    for table in ["oidc_codes", "oidc_consents"] {
        app.execute(&format!("ALTER TABLE {table} RENAME TO away"));
        let answer = silent().await;
        assert_eq!(
            (answer["error"].as_str(), answer["state"].as_str()),
            ("temporarily_unavailable", "a state")
        );
        app.execute(&format!("ALTER TABLE away RENAME TO {table}"));
    }
}

#[tokio::test]
async fn consent_to_one_api_is_none_to_another() {
    const NOTES: &str = "https://notes.example.org/api";
    const PHOTOS: &str = "https://photos.example.org/api";
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let of = |name: &str, resources: &[&str]| ClientInput {
        resources: resources.iter().map(|&one| one.to_owned()).collect(),
        ..input(name)
    };
    let editor = RelyingParty::with(&app, of("Editor", &[NOTES])).await;
    let silent = async |party: &RelyingParty, other: &[(&str, &str)]| {
        let asked: Vec<(&str, &str)> = [("prompt", "none")].iter().chain(other).copied().collect();
        query(&destination(&mina.get(&party.address(&asked)).await))
    };
    editor.sign_in(&mina, &[("resource", NOTES)]).await;
    assert!(silent(&editor, &[("resource", NOTES)]).await.contains_key("code"), "remembered");
    editor.change(&app, of("Editor", &[NOTES, PHOTOS])).await;
    for asked in [PHOTOS, &format!("{NOTES} {PHOTOS}")] {
        assert_eq!(silent(&editor, &[("resource", asked)]).await["error"], "consent_required", "{asked}");
    }
    let page = mina.get(&editor.address(&[("resource", PHOTOS)])).await;
    assert!(page.status == 200 && page.text().contains(PHOTOS), "{}", page.text());
    assert!(query(&destination(&allow(&mina, page).await)).contains_key("code"));
    let both = format!("{NOTES} {PHOTOS}");
    assert!(silent(&editor, &[("resource", &both)]).await.contains_key("code"), "the one adds to the other");

    // Consent to an API and nothing more is remembered too.
    let reader = RelyingParty::with(&app, of("Reader", &[NOTES])).await;
    let alone = [("scope", ""), ("resource", NOTES)];
    assert_eq!(silent(&reader, &alone).await["error"], "consent_required");
    reader.sign_in(&mina, &alone).await;
    assert!(silent(&reader, &alone).await.contains_key("code"));
    assert_eq!(silent(&reader, &[]).await["error"], "consent_required", "it was no consent to scopes");

    // A version that knew no resources stored this one.
    app.execute("UPDATE oidc_consents SET resources = ''");
    assert!(silent(&editor, &[]).await.contains_key("code"));
    assert_eq!(silent(&editor, &[("resource", NOTES)]).await["error"], "consent_required");
}

#[tokio::test]
async fn consent_comes_from_our_own_page_seen_by_that_person() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let page = mina.get(&wiki.address(&[])).await;
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    let request = wiki.request(&[]);
    let mut form: Vec<(&str, &str)> = request.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.push(("decision", "allow"));
    for site in ["cross-site", "same-site", ""] {
        let foreign = mina
            .request(Method::POST, "/oauth/authorize")
            .header("content-type", "application/x-www-form-urlencoded");
        let mut foreign = foreign.build().unwrap();
        foreign.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
        match site {
            "" => drop(foreign.headers_mut().remove("sec-fetch-site")),
            site => drop(foreign.headers_mut().insert("sec-fetch-site", site.parse().unwrap())),
        }
        *foreign.body_mut() = Some(encode(&form).into());
        let reply = crate::support::client().execute(foreign).await.unwrap();
        assert_eq!(reply.status(), 403, "{site}");
    }
    assert_eq!(app.count("oidc_codes"), 0);
    assert_eq!(app.count("oidc_consents"), 0);
    // Shown to mina, sent while noa is signed in: noa is asked.
    let noa = app.member("noa").await;
    let reply = decide(&noa, page, "allow").await;
    assert_eq!(reply.status, 200);
    assert!(reply.text().contains("noa@example.org") && app.count("oidc_codes") == 0);
    assert!(!query(&destination(&allow(&noa, reply).await)).is_empty());

    // An app may post its request from its own site, without our cookies: it becomes a GET.
    let request = wiki.request(&[]);
    let form: Vec<(&str, &str)> = request.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let foreign = crate::support::client()
        .post(format!("{}/oauth/authorize", app.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://app.example.org");
    let reply = app.visitor().send(foreign.body(encode(&form))).await;
    assert_eq!(reply.status, 303);
    assert!(reply.header("location").starts_with("/oauth/authorize?client_id="));
}

#[tokio::test]
async fn nothing_that_an_app_sends_reaches_a_header_or_a_page_as_it_is() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let wiki = RelyingParty::with(&app, ClientInput { first_party: true, ..input("Wiki") }).await;
    let state = "x\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>&code=forged#\u{0}가";
    let reply = mina.get(&wiki.address(&[("state", state)])).await;
    assert_eq!(reply.status, 303);
    assert!(reply.headers.get_all("set-cookie").iter().all(|line| !line.to_str().unwrap().starts_with("a=")));
    let answer = query(&destination(&reply));
    assert_eq!(answer["state"], state);
    assert!(answer["code"].starts_with("mjoc_"));
    let posted = mina.get(&wiki.address(&[("state", state), ("response_mode", "form_post")])).await;
    assert_eq!(posted.status, 200);
    assert!(!posted.body.contains("<script>alert"));
    let form = posted.form(CALLBACK);
    assert_eq!(form["iss"].as_deref(), Some(app.url.as_str()));
    assert!(posted.header("content-security-policy").contains("form-action 'self' https: http:"));
    let other = RelyingParty::register(&app, "<script>alert(2)</script>").await;
    let reply = mina.get(&other.address(&[("state", state)])).await;
    assert!(!reply.body.contains("<script>alert"));
    let back = destination(&decide(&mina, reply, "deny").await);
    assert_eq!(query(&back)["error"], "access_denied");
}

#[tokio::test]
async fn twenty_wrong_secrets_close_an_app_for_one_address_only() {
    let app = TestApp::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let ask = async |secret: &str, address: &str| {
        let pair = STANDARD.encode(format!("{}:{secret}", wiki.client_id));
        let request = crate::support::client()
            .post(format!("{}/oauth/introspect", app.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", address)
            .header("authorization", format!("Basic {pair}"));
        app.visitor().send(request.body("token=x")).await
    };
    for _ in 0..20 {
        assert_eq!(ask("wrong", "203.0.113.1").await.status, 401);
    }
    let secret = wiki.secret.clone().unwrap();
    let refused = ask(&secret, "203.0.113.1").await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 800);
    assert_eq!(ask(&secret, "203.0.113.2").await.status, 200, "elsewhere it goes on");
    app.clock.advance(901);
    assert_eq!(ask(&secret, "203.0.113.1").await.status, 200);
}

#[tokio::test]
async fn what_is_taken_from_an_app_is_given_no_longer() {
    const NOTES: &str = "https://notes.example.org/api";
    const PHOTOS: &str = "https://photos.example.org/api";
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let of = |scopes: &str, resources: &[&str]| ClientInput {
        scopes: scopes.split(' ').map(str::to_owned).collect(),
        resources: resources.iter().map(|&one| one.to_owned()).collect(),
        grants: vec![GrantType::AuthorizationCode, GrantType::RefreshToken, GrantType::ClientCredentials],
        ..input("Editor")
    };
    let editor = RelyingParty::with(&app, of("openid email notes:read notes:write", &[NOTES, PHOTOS])).await;
    let asked = [("scope", "openid email notes:read notes:write")];
    let tokens = editor.sign_in(&mina, &asked).await;
    let for_notes = editor.sign_in(&mina, &[asked[0], ("resource", NOTES)]).await;
    let for_photos = editor.sign_in(&mina, &[asked[0], ("resource", PHOTOS)]).await;
    let named = r#"{"userinfo":{"email":null},"id_token":{"email":null}}"#;
    let by_claim = editor.sign_in(&mina, &[("scope", "openid"), ("claims", named)]).await;
    let code = editor.code(&mina, &asked).await;
    let code_for_photos = editor.code(&mina, &[asked[0], ("resource", PHOTOS)]).await;
    let own =
        [("grant_type", "client_credentials"), ("resource", PHOTOS), ("scope", "notes:read notes:write")];
    let own = TokenSet::of(&editor.post("/oauth/token", &own).await);

    editor.change(&app, of("openid notes:read", &[NOTES])).await;
    assert_eq!(editor.introspect(&tokens.access).await["scope"], "notes:read openid");
    assert_eq!(editor.introspect(tokens.refresh.as_ref().unwrap()).await["scope"], "notes:read openid");
    let known: Value = serde_json::from_str(&editor.userinfo(&tokens.access).await.body).unwrap();
    assert!(known.get("email").is_none() && known.get("sub").is_some(), "{known}");
    let known: Value = serde_json::from_str(&editor.userinfo(&by_claim.access).await.body).unwrap();
    assert!(known.get("email").is_none(), "{known}");
    let renewed = TokenSet::of(&editor.refresh(by_claim.refresh.as_ref().unwrap()).await);
    assert!(renewed.claims().get("email").is_none(), "{}", renewed.claims());
    let renewed = TokenSet::of(&editor.refresh(tokens.refresh.as_ref().unwrap()).await);
    assert_eq!(renewed.answer["scope"], "notes:read openid");
    assert!(renewed.claims().get("email").is_none());
    let exchanged = TokenSet::of(&editor.exchange(&code, &[]).await);
    assert_eq!(exchanged.answer["scope"], "notes:read openid");

    assert_eq!(editor.introspect(&for_notes.access).await["scope"], "notes:read openid");
    assert_eq!(editor.introspect(&for_photos.access).await, json!({"active": false}));
    assert_eq!(editor.introspect(&own.access).await, json!({"active": false}));
    assert_eq!(error_of(&editor.refresh(for_photos.refresh.as_ref().unwrap()).await), "invalid_target");
    assert_eq!(error_of(&editor.exchange(&code_for_photos, &[]).await), "invalid_target");
    let renewed = TokenSet::of(&editor.refresh(for_notes.refresh.as_ref().unwrap()).await);
    assert_eq!(
        (&claims(&renewed.access)["scope"], &claims(&renewed.access)["aud"]),
        (&json!("notes:read openid"), &json!(NOTES))
    );
}

#[tokio::test]
async fn an_app_that_may_no_longer_act_while_people_are_away_does_not() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let asked = [("scope", "openid offline_access")];
    let (tokens, code) = (wiki.sign_in(&mina, &asked).await, wiki.code(&mina, &asked).await);
    let without = ClientInput { scopes: vec!["openid".to_owned()], ..input("Wiki") };
    wiki.change(&app, without).await;
    assert!(!wiki.is_alive(&tokens).await);
    assert_eq!(error_of(&wiki.refresh(tokens.refresh.as_ref().unwrap()).await), "invalid_grant");
    let of_browser = TokenSet::of(&wiki.exchange(&code, &[]).await);
    mina.post("/logout", &[]).await;
    assert!(!wiki.is_alive(&of_browser).await, "it stands on the browser's session");
}

#[tokio::test]
async fn a_code_ends_with_the_consent_that_it_stands_on() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let other = RelyingParty::register(&app, "Other").await;
    let (code, of_other) = (wiki.code(&mina, &[]).await, other.code(&mina, &[]).await);
    let path = format!("/security/connected-apps/{}/withdraw", wiki.client_id);
    mina.post(&path, &[]).await.assert_redirect("/security/connected-apps");
    assert_eq!(error_of(&wiki.exchange(&code, &[]).await), "invalid_grant");
    assert_eq!(other.exchange(&of_other, &[]).await.status, 200, "another app's");
}

#[tokio::test]
async fn a_request_beside_the_end_of_its_consent_gets_no_tokens() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let path = format!("/security/connected-apps/{}/withdraw", wiki.client_id);
    for _ in 0..20 {
        wiki.sign_in(&mina, &[]).await;
        let silent = wiki.address(&[("prompt", "none")]);
        let (answer, withdrawn) = tokio::join!(mina.get(&silent), mina.post(&path, &[]));
        withdrawn.assert_redirect("/security/connected-apps");
        if let Some(code) = query(&destination(&answer)).remove("code") {
            assert_eq!(error_of(&wiki.exchange(&code, &[]).await), "invalid_grant");
        }
    }
}
