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
];

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
