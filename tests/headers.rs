use std::collections::BTreeSet;

use reqwest::Method;

use crate::support::{PASSWORD, Persona, TestApp};

async fn secure_app() -> TestApp {
    TestApp::with(|config| {
        config.public_url = Some(url::Url::parse("https://id.example.org").unwrap());
        config.allowed_origins = [url::Url::parse("https://app.example.org").unwrap().origin()].into();
    })
    .await
}

#[tokio::test]
async fn every_answer_carries_every_protection() {
    let app = secure_app().await;
    let visitor = app.visitor();
    let post = |path: &str| {
        visitor.request(Method::POST, path).header("content-type", "application/x-www-form-urlencoded")
    };
    let style = visitor.get("/").await.attributes("link[rel=stylesheet]", "href").remove(0);
    let requests = [
        (200, visitor.request(Method::GET, "/")),
        (200, visitor.request(Method::GET, &style)),
        (200, visitor.request(Method::GET, "/healthz")),
        (303, visitor.request(Method::GET, "/dashboard")),
        (400, post("/login").body("a=1&a=2")),
        (403, visitor.request(Method::POST, "/login").header("sec-fetch-site", "cross-site")),
        (404, visitor.request(Method::GET, "/nowhere")),
        (404, visitor.request(Method::GET, "/static/../Cargo.toml")),
        (405, visitor.request(Method::PUT, "/login")),
        (405, visitor.request(Method::TRACE, "/")),
        (413, post("/login").body("x".repeat(140_000))),
        (415, visitor.request(Method::POST, "/login").header("content-type", "text/plain").body("a=1")),
        (422, post("/login").body("")),
    ];
    for (status, request) in requests {
        let reply = visitor.send(request).await;
        assert_eq!(reply.status, status, "{}", reply.body);
        let policy = reply.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "style-src 'self'",
            "form-action 'self' https://app.example.org;",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{status}: {part} in {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("nonce"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(reply.header(name), value, "{status}: {name}");
        }
        assert!(reply.header("permissions-policy").contains("camera=()"));
        assert_eq!(reply.header("x-request-id").len(), 16);
        assert!(reply.headers.get("server").is_none() && reply.headers.get("x-powered-by").is_none());
        let expected = if status == 200 && reply.header("content-type").starts_with("text/css") {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        };
        assert_eq!(reply.header("cache-control"), expected, "{status}");
    }
}

#[tokio::test]
async fn on_https_every_cookie_is_secure_and_bound_to_this_host() {
    let app = secure_app().await;
    let mina = app.visitor();
    let post = async |persona: &Persona, path: &str, fields: &[(&str, &str)]| {
        let request =
            persona.request(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
        persona.send(request.body(crate::support::encode(fields))).await
    };
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];
    let replies = [
        post(&mina, "/register", &fields).await,
        post(&mina, "/login", &[("login", "mina"), ("password", PASSWORD), ("remember", "yes")]).await,
        post(&mina, "/language", &[("language", "ko")]).await,
        mina.get("/dashboard").await,
        post(&mina, "/logout", &[]).await,
    ];
    let mut names = BTreeSet::new();
    for line in replies.iter().flat_map(|reply| reply.headers.get_all("set-cookie")) {
        let line = line.to_str().unwrap();
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/"] {
            assert!(line.contains(attribute), "{attribute}: {line}");
        }
        assert!(line.starts_with("__Host-") && !line.contains("Domain") && line.len() < 4_096, "{line}");
        names.insert(line.split('=').next().unwrap().to_owned());
    }
    let expected =
        ["__Host-munjigi", "__Host-munjigi-device", "__Host-munjigi-lang", "__Host-munjigi-notice"];
    assert_eq!(names, expected.map(str::to_owned).into());
    assert!(replies.iter().all(|reply| reply.status == 303 || reply.status == 200));
}

#[tokio::test]
async fn plain_http_on_loopback_uses_plain_names_and_no_hsts() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    assert!(mina.cookie("munjigi").is_some());
    assert!(mina.get("/").await.headers.get("strict-transport-security").is_none());
}

#[tokio::test]
async fn an_allowed_origin_may_be_the_destination_of_a_sign_in() {
    let app = secure_app().await;
    let visitor = app.visitor();
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];
    visitor.post("/register", &fields).await.assert_redirect("/dashboard");
    let browser = app.visitor();
    let page = "/login?rd=https%3A%2F%2Fapp.example.org%2Fstart%3Fa%3D1";
    let reply = browser.fill(page, "/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    reply.assert_leads_on("https://app.example.org/start?a=1");
}

#[tokio::test]
async fn the_icons_of_a_page_are_there() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let sprite = mina.get("/dashboard").await.attributes("svg use", "href");
    let (address, _) = sprite[0].split_once('#').unwrap();
    let icons = mina.get(address).await;
    assert_eq!((icons.status, icons.header("content-type")), (200, "image/svg+xml"));
    for page in ["/", "/login", "/register", "/dashboard", "/profile", "/security", "/sessions", "/tokens"] {
        for href in mina.get(page).await.attributes("svg use", "href") {
            let id = href.strip_prefix(&format!("{address}#")).unwrap();
            assert!(icons.body.contains(&format!("<symbol id=\"{id}\"")), "{page}: {id}");
        }
    }
}
