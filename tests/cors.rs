//! Which origins' pages may call the API; all others may not.

use std::collections::HashSet;

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::json;

use crate::support::{Persona, TestApp, client, over_both_stores};

const LISTED: &str = "https://app.example.org";

/// Origins that only look like the listed one, and others.
const STRANGE: &[&str] = &[
    "https://evil.example",
    "https://app.example.org.evil.example",
    "https://evilapp.example.org",
    "https://app.example.org:444",
    "https://app.example.org:443",
    "http://app.example.org",
    "HTTPS://app.example.org",
    "https://App.example.org",
    "https://app.example.org/",
    "https://app.example.org.",
    "null",
    "*",
    "",
];

fn list(config: &mut munjigi::config::Config) {
    config.cors_origins = HashSet::from([url::Url::parse(LISTED).unwrap().origin()]);
}

/// A request exactly with these headers, and the persona's cookies.
async fn send(
    persona: &Persona,
    app: &TestApp,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, HeaderMap) {
    let mut request = client().request(method, format!("{}{path}", app.url)).body(body.to_owned());
    if let Some(cookie) = persona.cookie("munjigi") {
        request = request.header("cookie", format!("munjigi={cookie}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let reply = request.send().await.unwrap();
    (reply.status().as_u16(), reply.headers().clone())
}

#[track_caller]
fn assert_closed(headers: &HeaderMap, what: &str) {
    let found: Vec<_> = headers.keys().filter(|name| name.as_str().starts_with("access-control-")).collect();
    assert!(found.is_empty(), "{what}: {found:?}");
    assert!(
        headers.contains_key("content-security-policy") && headers.contains_key("x-request-id"),
        "{what}"
    );
}

#[track_caller]
fn assert_opened(headers: &HeaderMap, what: &str) {
    assert_eq!(headers["access-control-allow-origin"], LISTED, "{what}");
    assert_eq!(headers["access-control-allow-credentials"], "true", "{what}");
    let vary: Vec<_> = headers.get_all("vary").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(vary.join(",").contains("Origin"), "{what}: {vary:?}");
    assert!(
        headers.contains_key("content-security-policy") && headers.contains_key("x-request-id"),
        "{what}"
    );
}

over_both_stores![without_the_setting_no_origin_gets_cors_headers,];

async fn without_the_setting_no_origin_gets_cors_headers(app: TestApp) {
    let mina = app.member("mina").await;
    for path in ["/api/auth/check", "/api/posts", "/api/nothing", "/login", "/dashboard"] {
        for method in [Method::GET, Method::OPTIONS] {
            let headers = [("origin", LISTED), ("access-control-request-method", "GET")];
            assert_closed(&send(&mina, &app, method, path, &headers, "").await.1, path);
        }
    }
}

#[tokio::test]
async fn a_listed_origin_reads_and_acts_under_the_api() {
    let app = TestApp::with(list).await;
    let mina = app.member("mina").await;
    for (path, status) in [("/api/auth/check", 200), ("/api/posts", 200), ("/api/nothing", 404)] {
        let (found, headers) = send(&mina, &app, Method::GET, path, &[("origin", LISTED)], "").await;
        assert_eq!(found, status, "{path}");
        assert_opened(&headers, path);
    }
    let headers = [("origin", LISTED), ("sec-fetch-site", "same-site"), ("content-type", "application/json")];
    let body = json!({"title": "T", "body": "B"}).to_string();
    for (headers, body, status) in
        [(&headers[..], body.as_str(), 201), (&headers, "{", 400), (&headers[..2], &body, 415)]
    {
        let (found, headers) = send(&mina, &app, Method::POST, "/api/posts", headers, body).await;
        assert_eq!(found, status);
        assert_opened(&headers, body);
    }
    let (status, found) = send(&mina, &app, Method::POST, "/api/posts", &headers, &"x".repeat(200_000)).await;
    assert_eq!((status, &found["content-type"]), (413, &"application/problem+json".parse().unwrap()));
    assert_opened(&found, "an answer of the middleware");
}

#[tokio::test]
async fn a_preflight_is_answered_for_listed_origins_alone() {
    let app = TestApp::with(list).await;
    let visitor = app.visitor();
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        let asked = [
            ("origin", LISTED),
            ("access-control-request-method", method),
            ("access-control-request-headers", "authorization,content-type,accept-language"),
        ];
        let (status, headers) = send(&visitor, &app, Method::OPTIONS, "/api/auth/user", &asked, "").await;
        assert_eq!((status, &headers["access-control-max-age"]), (200, &"600".parse().unwrap()), "{method}");
        assert_opened(&headers, method);
        for name in ["allow-methods", "allow-headers"] {
            assert_ne!(headers[format!("access-control-{name}")], "*");
        }
    }
    for (name, value) in [("method", "TRACE"), ("method", "x y"), ("headers", "x-forwarded-for")] {
        let name = format!("access-control-request-{name}");
        let asked = [("origin", LISTED), (name.as_str(), value), ("access-control-request-method", "GET")];
        let (status, headers) = send(&visitor, &app, Method::OPTIONS, "/api/posts", &asked, "").await;
        assert!((400..500).contains(&status), "{name} {value}: {status}");
        assert!(!headers.contains_key("access-control-allow-headers"), "{name} {value}");
    }
    for origin in STRANGE {
        let asked = [("origin", *origin), ("access-control-request-method", "POST")];
        let (status, headers) = send(&visitor, &app, Method::OPTIONS, "/api/posts", &asked, "").await;
        assert!((400..500).contains(&status), "{origin}: {status}");
        assert_closed(&headers, origin);
    }
    let asked =
        [("origin", LISTED), ("origin", "https://evil.example"), ("access-control-request-method", "POST")];
    assert_closed(&send(&visitor, &app, Method::OPTIONS, "/api/posts", &asked, "").await.1, "two origins");
}

#[tokio::test]
async fn strange_origins_neither_read_nor_act() {
    let app = TestApp::with(list).await;
    let mina = app.member("mina").await;
    let body = json!({"title": "T", "body": "B"}).to_string();
    for origin in STRANGE {
        let (_, headers) = send(&mina, &app, Method::GET, "/api/auth/check", &[("origin", origin)], "").await;
        assert_closed(&headers, origin);
        assert!(headers.get_all("vary").iter().any(|value| value == "Origin"), "{origin}");
        for kind in ["application/json", "text/plain"] {
            let sent = [("origin", *origin), ("content-type", kind)];
            let (status, headers) = send(&mina, &app, Method::POST, "/api/posts", &sent, &body).await;
            assert_eq!(status, 403, "{origin} {kind}");
            assert_closed(&headers, origin);
        }
    }
    assert_eq!(app.count("posts"), 0);
}

#[tokio::test]
async fn pages_are_never_opened() {
    let app = TestApp::with(list).await;
    let mina = app.member("mina").await;
    for path in ["/", "/login", "/dashboard", "/healthz", "/apix", "/api.html", "//api/posts"] {
        for method in [Method::GET, Method::OPTIONS] {
            let headers = [("origin", LISTED), ("access-control-request-method", "GET")];
            assert_closed(&send(&mina, &app, method, path, &headers, "").await.1, path);
        }
    }
    for path in ["/logout", "/sessions/end-others", "/profile"] {
        for authorization in ["Bearer x", "Token x"] {
            let headers =
                [("origin", LISTED), ("sec-fetch-site", "cross-site"), ("authorization", authorization)];
            assert_eq!(send(&mina, &app, Method::POST, path, &headers, "").await.0, 403, "{path}");
        }
    }
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn only_a_token_that_no_browser_sends_by_itself_passes_the_cross_site_check() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    for (authorization, passes) in [
        ("Bearer abc", true),
        ("bearer abc", true),
        ("Token abc", true),
        ("Basic bWluYTp4", false),
        ("Negotiate abc", false),
        ("", false),
    ] {
        let headers = [("origin", "https://evil.example"), ("authorization", authorization)];
        let (status, headers) = send(&visitor, &app, Method::POST, "/api/posts", &headers, "").await;
        assert_eq!(status != 403, passes, "{authorization}: {status}");
        assert_closed(&headers, authorization);
    }
}
