//! Requests from proxies, and the answers to anonymous users.

use reqwest::Method;

use super::{by_nginx, forward, gated, sent, start};
use crate::support::{TestApp, scratch};

#[tokio::test]
async fn anonymous_users_are_sent_to_the_portal_as_their_client_expects() {
    let (app, _rules) = start().await;
    let anonymous = app.visitor();
    let portal = |method| format!("{}/login?rd=https://app.example.org/x?y=1%26z&rm={method}", app.url);
    for (method, status) in [("GET", 302), ("POST", 303)] {
        let reply = forward(&anonymous, &sent(method, "/x?y=1&z")).await;
        assert_eq!((reply.status, reply.header("location")), (status, portal(method).as_str()));
        assert!(reply.headers.get("set-cookie").is_none());
        assert_eq!(reply.header("cache-control"), "no-store");
        // Snippets for Authelia name the portal there; this server uses the configured one.
        let elsewhere = "/api/authz/forward-auth?authelia_url=https://evil.example/&rd=https://evil.example/";
        let sent = sent(method, "/x?y=1&z").into_iter();
        let request = sent.fold(anonymous.request(Method::GET, elsewhere), |request, (name, value)| {
            request.header(name, value)
        });
        assert_eq!(anonymous.send(request).await.header("location"), portal(method));
        let reply = by_nginx(&anonymous, method, "https://app.example.org/x?y=1&z").await;
        assert_eq!((reply.status, reply.header("location")), (401, portal(method).as_str()));
        assert_eq!(reply.header("www-authenticate"), "Bearer", "no browser asks for a password by itself");
    }
    for (name, value, status) in [
        ("accept", "application/json", 401),
        ("accept", "application/json, text/html;q=0.9", 302),
        ("accept", "*/*", 302),
        ("accept", "image/avif,*/*;q=0.8", 401),
        ("accept", "", 401),
        ("x-requested-with", "XMLHttpRequest", 401),
        ("sec-fetch-mode", "cors", 401),
        ("sec-fetch-mode", "websocket", 401),
        ("sec-fetch-mode", "navigate", 302),
    ] {
        let mut sent = sent("GET", "/x?y=1&z");
        sent.retain(|(known, _)| *known != name);
        sent.push((name, value.to_owned()));
        let reply = forward(&anonymous, &sent).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (status, portal("GET").as_str()),
            "{name}: {value}"
        );
    }
}

#[tokio::test]
async fn missing_repeated_or_malformed_headers_are_refused() {
    let (app, _rules) = start().await;
    let mina = app.member("mina").await;
    assert_eq!(forward(&mina, &sent("GET", "/x")).await.status, 200);
    for missing in ["x-forwarded-method", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-uri"] {
        let mut sent = sent("GET", "/x");
        sent.retain(|(name, _)| *name != missing);
        assert_eq!(forward(&mina, &sent).await.status, 400, "without {missing}");
    }
    for extra in [
        ("x-forwarded-method", "GET"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "app.example.org"),
        ("x-forwarded-uri", "/x"),
        ("x_forwarded_uri", "/public"),
        ("X_Forwarded-Host", "app.example.org"),
        ("x-forwarded_host", "app.example.org"),
        ("remote_user", "root"),
        ("REMOTE_GROUPS", "staff"),
        ("remote-user_id", "1"),
        ("remote.user", "root"),
        ("Remote~User-Id", "1"),
        ("x.forwarded.uri", "/public"),
        ("x_original_url", "https://app.example.org/public"),
    ] {
        let mut sent = sent("GET", "/x");
        sent.push((extra.0, extra.1.to_owned()));
        assert_eq!(forward(&mina, &sent).await.status, 400, "{extra:?}");
    }
    for (name, value) in [
        ("x-forwarded-method", "GET POST"),
        ("x-forwarded-method", ""),
        ("x-forwarded-proto", "https, https"),
        ("x-forwarded-proto", "gopher"),
        ("x-forwarded-host", "app.example.org, evil.example"),
        ("x-forwarded-host", "mina@app.example.org"),
        ("x-forwarded-host", "app.example.org/"),
        ("x-forwarded-host", ""),
        ("x-forwarded-uri", "x"),
        ("x-forwarded-uri", "https://app.example.org/x"),
        ("x-forwarded-uri", "/x y"),
        ("x-forwarded-uri", ""),
    ] {
        let mut sent = sent("GET", "/x");
        sent.retain(|(known, _)| *known != name);
        sent.push((name, value.to_owned()));
        assert_eq!(forward(&mina, &sent).await.status, 400, "{name}: {value}");
    }
    for url in ["", "/x", "app.example.org/x", "https://a@app.example.org/x"] {
        assert_eq!(by_nginx(&mina, "GET", url).await.status, 400, "{url}");
    }
    let json = mina.request(Method::GET, "/api/authz/forward-auth").header("accept", "application/json");
    let json = mina.send(json).await;
    assert_eq!(json.header("content-type"), "application/problem+json", "no page was asked for");
}

#[tokio::test]
async fn a_proxy_that_is_not_listed_is_not_trusted() {
    let folder = scratch();
    let change = gated(&folder);
    let app = TestApp::with(|config| {
        change(config);
        config.trusted_proxies = vec!["192.0.2.1/32".parse().unwrap()];
    })
    .await;
    let mina = app.member("mina").await;
    for place in ["/x", "/public"] {
        assert_eq!(forward(&mina, &sent("GET", place)).await.status, 400);
        assert_eq!(by_nginx(&mina, "GET", &format!("https://app.example.org{place}")).await.status, 400);
    }
}
