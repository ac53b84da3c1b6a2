//! Addresses that people and programs expect.

use reqwest::Method;
use serde_json::json;

use crate::support::{PASSWORD, Persona, TestApp, client, over_both_stores};

over_both_stores![a_link_to_sign_out_shows_a_button_that_does];

async fn a_link_to_sign_out_shows_a_button_that_does(app: TestApp) {
    let mina = app.member("mina").await;
    let page = mina.get("/logout").await;
    assert_eq!(page.status, 200);
    assert!(mina.is_signed_in().await, "to open it changes nothing");
    assert_eq!(page.find("main form[action='/logout'][method=post] button").len(), 1, "{}", page.body);
    assert_eq!(page.find("main .chip span:last-child"), ["mina"]);
    mina.fill("/logout", "/logout", &[]).await.assert_redirect("/");
    assert!(!mina.is_signed_in().await);
    let visitor = app.visitor();
    assert_eq!(visitor.get("/logout").await.status, 200);
    visitor.fill("/logout", "/logout", &[]).await.assert_redirect("/");
    let mut korean = app.visitor();
    korean.language = "ko";
    assert!(korean.get("/logout").await.text().contains("로그아웃"));
    // Another site may link there, and may not press the button.
    let noa = app.member("noa").await;
    let mut request = noa.request(Method::GET, "/logout").build().unwrap();
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(crate::support::client().execute(request).await.unwrap().status(), 200);
    assert!(noa.is_signed_in().await);
}

#[tokio::test]
async fn password_managers_find_where_to_change_the_password() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for persona in [&mina, &app.visitor()] {
        let reply = persona.get("/.well-known/change-password").await;
        assert_eq!((reply.status, reply.header("location")), (302, "/security/password"));
        let head = persona
            .send(persona.request(Method::HEAD, "/.well-known/change-password?x=//evil.example"))
            .await;
        assert_eq!((head.status, head.header("location")), (302, "/security/password"));
    }
    // They test with this address whether a site says 404 (W3C, A Well-Known URL for Changing Passwords).
    let missing = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200";
    assert_eq!(mina.get(missing).await.status, 404);
}

async fn led(persona: &Persona, method: Method, path: &str) -> (u16, String) {
    let reply = persona.send(persona.request(method, path)).await;
    (reply.status, reply.header("location").to_owned())
}

#[tokio::test]
async fn a_slash_too_many_leads_to_the_address_without_it() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for (method, path, location) in [
        (Method::GET, "/login/", "/login"),
        (Method::HEAD, "/login/", "/login"),
        (Method::GET, "/login/?next=%2Fboard&x=//evil.example/", "/login?next=%2Fboard&x=//evil.example/"),
        (Method::GET, "/login/?", "/login?"),
        (Method::GET, "/board/1/edit/", "/board/1/edit"),
        (Method::GET, "/board/%2f/", "/board/%2f"),
        (Method::GET, "/.well-known/change-password/", "/.well-known/change-password"),
        (Method::GET, "/api/auth/user/", "/api/auth/user"),
        (Method::POST, "/api/auth/login/", "/api/auth/login"),
        (Method::POST, "/api/auth/logout/", "/api/auth/logout"),
        (Method::PATCH, "/api/auth/user/?a=b", "/api/auth/user?a=b"),
        (Method::PUT, "/api/posts/1/", "/api/posts/1"),
        (Method::DELETE, "/api/auth/sessions/", "/api/auth/sessions"),
    ] {
        for persona in [&mina, &app.visitor()] {
            assert_eq!(
                led(persona, method.clone(), path).await,
                (308, location.to_owned()),
                "{method} {path}"
            );
        }
    }
    assert_eq!(mina.get("/login/").await.header("cache-control"), "no-store");
    for (method, path) in [
        (Method::GET, "/nowhere/"),
        (Method::GET, "/login//"),
        (Method::GET, "//login/"),
        (Method::GET, "//evil.example/"),
        (Method::GET, "///evil.example//"),
        (Method::GET, "/%2fevil.example/"),
        (Method::GET, "/%5cevil.example/"),
        (Method::GET, "//evil.example/login/"),
        (Method::GET, "//evil.example/board/1/"),
        (Method::GET, "/evil.example/..//login/"),
        (Method::GET, "/static/"),
        (Method::GET, "/api/"),
        // Proxies would pass the redirect on to the browser.
        (Method::GET, "/api/authz/forward-auth/"),
        (Method::GET, "/api/authz/auth-request/"),
        (Method::GET, "/api/authz/denied/"),
        // No program sends forms of pages there.
        (Method::POST, "/login/"),
        (Method::POST, "/profile/delete/"),
        (Method::POST, "/api/nowhere/"),
    ] {
        assert_eq!(led(&mina, method.clone(), path).await, (404, String::new()), "{method} {path}");
    }
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn clients_of_other_frameworks_sign_in_with_a_slash_at_the_end() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let client =
        crate::support::client_builder().redirect(reqwest::redirect::Policy::limited(2)).build().unwrap();
    let body = json!({"login": "mina", "password": PASSWORD}).to_string();
    let request =
        client.post(format!("{}/api/auth/login/", app.url)).header("content-type", "application/json");
    let reply = request.body(body).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    let tokens: serde_json::Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
    assert_eq!(tokens["user"]["username"], "mina");
    // Another site gains nothing by the detour.
    let visitor = app.visitor();
    let mut request = visitor.request(Method::POST, "/api/auth/login/").build().unwrap();
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(crate::support::client().execute(request).await.unwrap().status(), 403);
}

#[tokio::test]
async fn crawlers_are_kept_from_the_api_alone_and_a_browser_finds_an_icon() {
    let app = TestApp::start().await;
    let robots = app.visitor().get("/robots.txt").await;
    assert_eq!(robots.body, "User-agent: *\nDisallow: /api/\n");
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    let icon = client().get(format!("{}/favicon.ico", app.url)).send().await.unwrap();
    assert_eq!(icon.headers()["content-type"], "image/x-icon");
    assert_eq!(icon.headers()["cache-control"], "public, max-age=3600");
    // The signature of an icon file with three pictures.
    assert!(icon.bytes().await.unwrap().starts_with(&[0, 0, 1, 0, 3, 0]));
}

/// RFC 9116: it names contacts, and expires within a year.
#[tokio::test]
async fn who_finds_a_hole_finds_whom_to_tell() {
    let contacts = ["mailto:security@example.org", "https://example.org/security"];
    let app = TestApp::with(|config| {
        config.security_contact = contacts.map(|contact| contact.parse().unwrap()).into();
    })
    .await;
    let reply = app.visitor().get("/.well-known/security.txt").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/plain; charset=utf-8"));
    let lines: Vec<&str> = reply.body.lines().collect();
    let [first, second, expires] = lines[..] else { panic!("{}", reply.body) };
    assert_eq!([first, second], contacts.map(|contact| format!("Contact: {contact}")));
    let expires: jiff::Timestamp = expires.strip_prefix("Expires: ").unwrap().parse().unwrap();
    let days = (expires.as_second() - app.clock.now()) as f64 / 86_400.0;
    assert!((179.0..=180.0).contains(&days), "{days}");
    // An installation with https says which address is the right one.
    let app = TestApp::with(|config| {
        config.security_contact = vec![contacts[0].parse().unwrap()];
        config.public_url = Some("https://id.example.org".parse().unwrap());
    })
    .await;
    let reply = client().get(format!("{}/.well-known/security.txt", app.url)).send().await.unwrap();
    let text = reply.text().await.unwrap();
    assert!(text.ends_with("\nCanonical: https://id.example.org/.well-known/security.txt\n"), "{text}");
}
