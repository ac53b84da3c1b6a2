//! Tokens as cookies, for browser apps on the same site.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Persona, Reply, TestApp, over_both_stores};

async fn post(persona: &Persona, path: &str, body: Value) -> Reply {
    let request = persona.request(Method::POST, path).header("content-type", "application/json");
    persona.send(request.body(body.to_string())).await
}

async fn sign_in(persona: &Persona, name: &str) -> Reply {
    post(persona, "/api/auth/login", json!({"login": name, "password": PASSWORD, "cookies": true})).await
}

fn set_cookies(reply: &Reply) -> Vec<String> {
    reply.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned()).collect()
}

over_both_stores![
    a_browser_app_signs_in_goes_on_and_signs_out_without_seeing_a_token,
    an_expired_or_broken_cookie_blocks_no_request,
    signing_out_on_a_page_signs_the_app_out_too_however_old_its_tokens_are,
    anonymous_failures_do_not_lock_out_an_app_that_has_signed_in_before,
    an_act_that_changes_the_session_hands_back_cookies,
    a_refresh_cookie_of_another_session_is_neither_used_nor_used_up,
    of_several_refresh_cookies_the_one_of_this_session_counts,
];

/// A refresh with these cookies, in this order.
async fn refresh_with(app: &TestApp, cookies: &[(&str, &str)]) -> Reply {
    let browser = app.visitor();
    let cookies: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = browser.request(Method::POST, "/api/auth/refresh").header("cookie", cookies.join("; "));
    browser.send(request.header("content-type", "application/json").body("{}")).await
}

/// A browser app of this user, and its access and refresh cookies.
async fn spa_of(app: &TestApp, name: &str) -> (Persona, String, String) {
    let spa = app.visitor();
    assert_eq!(sign_in(&spa, name).await.status, 200);
    let (access, refresh) = (spa.cookie(ACCESS).unwrap(), spa.cookie(REFRESH).unwrap());
    (spa, access, refresh)
}

const ACCESS: &str = "munjigi-access";
const REFRESH: &str = "munjigi-refresh";

fn used_up(app: &TestApp, name: &str) -> i64 {
    app.number(&format!(
        "SELECT CAST(sum(generation) AS BIGINT) AS n FROM refresh_tokens WHERE user_id = {}",
        app.user_id(name)
    ))
}

async fn a_refresh_cookie_of_another_session_is_neither_used_nor_used_up(app: TestApp) {
    app.member("mina").await;
    app.member("evil").await;
    let (mina, access, refresh) = spa_of(&app, "mina").await;
    let (evil, their_access, theirs) = spa_of(&app, "evil").await;
    let (_second, _, other_session) = spa_of(&app, "mina").await;
    for cookies in [
        &[(ACCESS, &*access), (REFRESH, &*theirs)][..],
        &[(ACCESS, &access), (REFRESH, &other_session)],
        &[(ACCESS, &access), (REFRESH, &theirs), (REFRESH, &other_session)],
        // Signed out here: a neighbour must not sign this browser in.
        &[(REFRESH, &theirs)],
        &[(ACCESS, ""), (REFRESH, &theirs)],
        &[(ACCESS, "a.b.c"), (REFRESH, &theirs)],
        &[(REFRESH, &theirs), (REFRESH, &refresh)],
        &[(REFRESH, &refresh), (REFRESH, &theirs)],
        &[(ACCESS, &their_access), (REFRESH, &refresh)],
    ] {
        let reply = refresh_with(&app, cookies).await;
        assert_eq!((reply.status, set_cookies(&reply).len()), (401, 0), "{cookies:?}");
    }
    assert_eq!((used_up(&app, "mina"), used_up(&app, "evil")), (0, 0));
    for spa in [&mina, &evil] {
        assert_eq!(post(spa, "/api/auth/refresh", json!({})).await.status, 200);
        assert_eq!(spa.get("/api/auth/check").await.status, 200);
    }
    assert_eq!(app.count("audit_events WHERE event = 'refresh_reused'"), 0);
}

async fn of_several_refresh_cookies_the_one_of_this_session_counts(app: TestApp) {
    app.clock.stop();
    app.member("mina").await;
    app.member("evil").await;
    let (mina, _, first) = spa_of(&app, "mina").await;
    let (_evil, _, theirs) = spa_of(&app, "evil").await;
    for round in 0..3 {
        for others in [&[&*theirs][..], &[&first], &["junk", &theirs, ""], &["", "x", "y", &theirs]] {
            for ours_is_last in [true, false] {
                let (access, ours) = (mina.cookie(ACCESS).unwrap(), mina.cookie(REFRESH).unwrap());
                let mut values = others.to_vec();
                values.insert(if ours_is_last { others.len() } else { 0 }, &ours);
                let mut cookies = vec![(ACCESS, &*access)];
                cookies.extend(values.iter().map(|value| (REFRESH, *value)));
                let reply = refresh_with(&app, &cookies).await;
                assert_eq!(reply.status, 200, "{round} {others:?}: {}", reply.body);
                assert_eq!(reply.json()["user"]["username"], "mina");
                for line in set_cookies(&reply) {
                    let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
                    mina.set_cookie(name, value);
                }
                // Long enough that a token used again would end the session.
                app.clock.advance(60);
            }
        }
        // The access token has expired, and its keys are no longer used.
        app.clock.advance(86_400);
        app.rotate_keys().await;
    }
    assert_eq!(used_up(&app, "evil"), 0);
    assert_eq!(mina.get("/api/auth/check").await.status, 401);
    assert_eq!(post(&mina, "/api/auth/refresh", json!({})).await.status, 200);
    assert_eq!(mina.get("/api/auth/check").await.status, 200);
}

async fn a_browser_app_signs_in_goes_on_and_signs_out_without_seeing_a_token(app: TestApp) {
    app.clock.stop();
    app.member("mina").await;
    let spa = app.visitor();
    let reply = sign_in(&spa, "mina").await;
    assert_eq!(reply.status, 200);
    let body = reply.json();
    assert!(body.get("access_token").is_none() && body.get("refresh_token").is_none());
    assert_eq!((&body["user"]["username"], &body["expires_in"]), (&json!("mina"), &json!(300)));
    let cookies = set_cookies(&reply);
    let find = |name: &str| {
        cookies.iter().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {cookies:?}"))
    };
    let (access, refresh) = (find("munjigi-access="), find("munjigi-refresh="));
    for line in [access, refresh] {
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
    }
    assert!(access.contains("Path=/;") && refresh.contains("Path=/api/auth;"), "{access} {refresh}");
    assert_eq!(spa.get("/api/auth/check").await.json()["carrier"], "token_cookie");
    assert!(!spa.is_signed_in().await, "pages know nothing of it");

    app.clock.advance(301);
    assert_eq!(spa.get("/api/auth/check").await.status, 401);
    let before = spa.cookie("munjigi-refresh");
    assert_eq!(post(&spa, "/api/auth/refresh", json!({})).await.status, 200);
    assert_ne!(spa.cookie("munjigi-refresh"), before);
    assert_eq!(spa.get("/api/auth/check").await.status, 200);

    let copy = Persona::with_cookies_of(&spa);
    assert_eq!(post(&spa, "/api/auth/logout", json!({})).await.status, 204);
    assert!(spa.cookie("munjigi-access").is_none() && spa.cookie("munjigi-refresh").is_none());
    assert_eq!(copy.get("/api/auth/check").await.status, 401);
    assert_eq!(post(&copy, "/api/auth/refresh", json!({})).await.status, 401);
}

async fn an_expired_or_broken_cookie_blocks_no_request(app: TestApp) {
    app.member("mina").await;
    let spa = app.visitor();
    sign_in(&spa, "mina").await;
    app.clock.advance(301);
    let old = spa.cookie("munjigi-refresh").unwrap();
    for (access, refresh) in [("broken", "broken"), ("", ""), ("a.b.c", old.as_str())] {
        spa.set_cookie("munjigi-access", access);
        spa.set_cookie("munjigi-refresh", refresh);
        spa.set_cookie("munjigi", "broken");
        assert_eq!(sign_in(&spa, "mina").await.status, 200, "{access}");
        assert_eq!(post(&spa, "/api/auth/refresh", json!({})).await.status, 200, "{access}");
        assert_eq!(post(&spa, "/api/auth/logout", json!({})).await.status, 204, "{access}");
    }
    for _ in 0..2 {
        sign_in(&spa, "mina").await;
    }
    assert_eq!(
        spa.get("/api/auth/sessions").await.json()["sessions"].as_array().unwrap().len(),
        2,
        "an app that signs in again ends its old session"
    );
    spa.set_cookie("munjigi-refresh", "broken");
    assert_eq!(post(&spa, "/api/auth/logout", json!({})).await.status, 204);
    assert_eq!(spa.get("/api/auth/check").await.status, 401);
}

async fn signing_out_on_a_page_signs_the_app_out_too_however_old_its_tokens_are(app: TestApp) {
    app.member("mina").await;
    let shared = app.another_browser("mina").await;
    post(&shared, "/api/auth/login", json!({"login": "mina", "password": PASSWORD, "cookies": true})).await;
    shared.sign_in("mina").await.assert_redirect("/dashboard");
    assert_eq!(
        post(&shared, "/api/auth/refresh", json!({})).await.status,
        401,
        "signing in on a page ends the app's"
    );
    post(&shared, "/api/auth/login", json!({"login": "mina", "password": PASSWORD, "cookies": true})).await;
    app.clock.advance(3_600);
    // A browser does not send the refresh cookie there.
    let refresh = shared.cookie("munjigi-refresh").unwrap();
    shared.set_cookie("munjigi-refresh", "");
    shared.post("/logout", &[]).await.assert_redirect("/");
    shared.set_cookie("munjigi-refresh", &refresh);
    assert_eq!(post(&shared, "/api/auth/refresh", json!({})).await.status, 401);
}

async fn anonymous_failures_do_not_lock_out_an_app_that_has_signed_in_before(app: TestApp) {
    app.member("mina").await;
    let spa = app.visitor();
    sign_in(&spa, "mina").await;
    for _ in 0..5 {
        app.program()
            .post_bare("/api/auth/login", json!({"login": "mina", "password": "not this one"}))
            .await;
    }
    assert_eq!(sign_in(&app.visitor(), "mina").await.status, 429);
    assert_eq!(sign_in(&spa, "mina").await.status, 200);
}

async fn an_act_that_changes_the_session_hands_back_cookies(app: TestApp) {
    let browser = app.member("mina").await;
    let spa = app.visitor();
    sign_in(&spa, "mina").await;
    let reply = spa.send(spa.request(Method::DELETE, "/api/auth/sessions")).await;
    assert_eq!((reply.status, set_cookies(&reply).len()), (204, 0));
    assert!(!browser.is_signed_in().await);
    assert_eq!(post(&spa, "/api/auth/refresh", json!({})).await.status, 200);
    let body = json!({"current_password": PASSWORD, "new_password": "maple 기차 seventeen"});
    let reply = post(&spa, "/api/auth/password", body).await;
    assert_eq!((reply.status, set_cookies(&reply).len()), (200, 2));
    assert!(reply.json().get("access_token").is_none());
    assert_eq!(spa.get("/api/auth/check").await.status, 200);
}

#[tokio::test]
async fn on_https_the_names_bear_their_promises() {
    let app = TestApp::with(|config| {
        config.public_url = Some("https://id.example.org".parse().unwrap());
    })
    .await;
    app.member("mina").await;
    let spa = app.visitor();
    let reply = sign_in(&spa, "mina").await;
    let cookies = set_cookies(&reply);
    for name in ["__Host-munjigi-access=", "__Secure-munjigi-refresh="] {
        let line =
            cookies.iter().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{cookies:?}"));
        assert!(line.contains("Secure;") || line.ends_with("Secure"), "{line}");
        assert!(!line.contains("Domain"), "{line}");
    }
    assert_eq!(spa.get("/api/auth/check").await.status, 200);
    assert_eq!(post(&spa, "/api/auth/refresh", json!({})).await.status, 200);
}

#[tokio::test]
async fn another_site_uses_neither_cookie() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let spa = app.visitor();
    sign_in(&spa, "mina").await;
    for path in ["/api/auth/refresh", "/api/auth/logout", "/api/posts"] {
        for site in ["cross-site", "same-site"] {
            let request = spa.request(Method::POST, path).header("content-type", "application/json");
            let mut request = request.body("{}").build().unwrap();
            request.headers_mut().insert("sec-fetch-site", site.parse().unwrap());
            request.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
            let status = crate::support::client().execute(request).await.unwrap().status();
            assert_eq!(status, 403, "{site} {path}");
        }
    }
    assert_eq!(spa.get("/api/auth/check").await.status, 200);
}
