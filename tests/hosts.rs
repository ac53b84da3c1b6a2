//! The host names that the server answers to: its own, loopback names and listed ones.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::{Munjigi, PASSWORD, TestApp, encode};

/// Sends a request byte by byte, and returns the whole answer.
fn converse(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The answer to a GET with these header lines.
fn get(url: &str, target: &str, lines: &[&str]) -> String {
    let head: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    converse(url, &format!("GET {target} HTTP/1.1\r\n{head}Connection: close\r\n\r\n"))
}

fn post(url: &str, path: &str, lines: &[&str], body: &str) -> String {
    let head: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let kind = match path.starts_with("/api/") {
        true => "application/json",
        false => "application/x-www-form-urlencoded",
    };
    let length = body.len();
    converse(
        url,
        &format!(
            "POST {path} HTTP/1.1\r\n{head}Content-Type: {kind}\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        ),
    )
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// A site on https; its proxy is not one of the trusted ones.
async fn site() -> TestApp {
    TestApp::with(|config| config.public_url = Some("https://id.example.org".parse().unwrap())).await
}

#[tokio::test]
async fn a_name_that_an_attacker_points_at_the_server_acts_for_no_user() {
    for app in [site().await, TestApp::start().await] {
        app.member("mina").await;
        let port = app.url.rsplit(':').next().unwrap();
        let form = |fields: &[(&str, &str)]| encode(fields);
        let newcomer = form(&[("username", "evil"), ("email", "evil@example.org"), ("password", PASSWORD)]);
        let login = form(&[("login", "mina"), ("password", PASSWORD)]);
        let as_json = serde_json::json!({"login": "mina", "password": PASSWORD, "cookies": true}).to_string();
        let signed_in = || app.count("audit_events WHERE event = 'signed_in'");
        let before = signed_in();
        for host in [format!("evil.example:{port}"), "evil.example".to_owned()] {
            let (line, origin) = (format!("Host: {host}"), format!("Origin: http://{host}"));
            for lines in [&[line.as_str(), &origin][..], &[&line], &[&line, "Sec-Fetch-Site: same-origin"]] {
                for (path, body) in [
                    ("/register", newcomer.as_str()),
                    ("/login", &login),
                    ("/language", "language=ko"),
                    ("/api/auth/login", &as_json),
                ] {
                    let answer = post(&app.url, path, lines, body);
                    assert_eq!(status(&answer), 421, "{path} {lines:?}: {answer}");
                    assert!(!answer.to_lowercase().contains("set-cookie"), "{path} {lines:?}: {answer}");
                }
            }
        }
        assert_eq!((app.count("users"), signed_in()), (1, before));
    }
}

#[tokio::test]
async fn a_request_is_answered_under_the_public_name_and_loopback_names_alone() {
    let app = site().await;
    let at = |host: &str| status(&get(&app.url, "/login", &[&format!("Host: {host}")]));
    for host in [
        "id.example.org",
        "ID.Example.ORG",
        "id.example.org.",
        "id.example.org:443",
        "id.example.org:8443",
        "id.example.org.:443",
        "id.example.org:",
        "localhost",
        "LocalHost:1",
        "localhost.",
        "id.localhost:8080",
        "127.0.0.1:99",
        "127.8.9.1",
        "[::1]",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
    ] {
        assert_eq!(at(host), 200, "{host}");
    }
    for host in [
        "evil.example",
        "example.org",
        "app.id.example.org",
        "id.example.org.evil.example",
        "evil-id.example.org",
        "id.example.org..",
        "id%2Eexample.org",
        "user@id.example.org",
        "xn--id-example-org",
        "localhost.evil.example",
        "evil-localhost",
        "127.0.0.1.evil.example",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "10.0.0.5",
        "[::]",
        "[::2]:8080",
        "[::ffff:10.0.0.5]",
        "id.example.org, evil.example",
        "evil.example#id.example.org",
        "evil.example/id.example.org",
        "evil.example\\id.example.org",
    ] {
        assert_eq!(at(host), 421, "{host}");
    }
    for host in [
        "",
        ":443",
        ".",
        "id.example.org:x",
        "id.example.org:80:80",
        "::1",
        "[::1",
        "[::1]x",
        "[id.example.org]",
    ] {
        assert_eq!(at(host), 400, "{host}");
    }
}

#[tokio::test]
async fn every_name_in_a_request_counts_and_none_that_a_proxy_forwards() {
    let app = TestApp::with(|config| {
        config.public_url = Some("https://id.example.org".parse().unwrap());
        config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    for (target, lines, expected) in [
        ("/login", &["Host: id.example.org"][..], 200),
        ("http://id.example.org/login", &["Host: id.example.org"], 200),
        ("https://ID.example.org:443/login", &["Host: id.example.org"], 200),
        ("http://id.example.org/login", &["Host: evil.example"], 421),
        ("http://evil.example/login", &["Host: id.example.org"], 421),
        ("http://id.example.org@evil.example/login", &["Host: id.example.org"], 421),
        ("/login", &["Host: evil.example", "X-Forwarded-Host: id.example.org"], 421),
        ("/login", &["Host: evil.example", "Forwarded: host=id.example.org"], 421),
        ("/login", &["Host: id.example.org", "X-Forwarded-Host: evil.example"], 200),
        ("/login", &["Host: id.example.org", "Host: evil.example"], 400),
        ("/login", &["Host: id.example.org", "Host: id.example.org"], 400),
        ("/login", &[], 400),
    ] {
        let answer = get(&app.url, target, lines);
        assert_eq!(status(&answer), expected, "{target} {lines:?}: {answer}");
    }
}

#[tokio::test]
async fn the_refusal_names_the_setting_and_is_never_cached() {
    let app = TestApp::with(|config| {
        config.public_url = Some("https://id.example.org".parse().unwrap());
        config.cors_origins = [url::Url::parse("https://app.example.org").unwrap().origin()].into();
    })
    .await;
    for (path, language, kind, sentence) in [
        ("/login", "en", "text/html", "doesn’t answer to this host name"),
        ("/login", "ko", "text/html", "호스트 이름"),
        ("/dashboard", "en", "text/html", "doesn’t answer to this host name"),
        ("/nowhere", "en", "text/html", "doesn’t answer to this host name"),
        ("/static/look.css", "en", "text/html", "doesn’t answer to this host name"),
        ("/api/auth/check", "en", "application/problem+json", "doesn’t answer to this host name"),
        ("/.well-known/jwks.json", "ko", "application/problem+json", "호스트 이름"),
    ] {
        let lines = ["Host: evil.example", &format!("Accept-Language: {language}")];
        let answer = get(&app.url, path, &lines);
        assert_eq!(status(&answer), 421, "{path}: {answer}");
        for part in [kind, sentence, "MUNJIGI_ALLOWED_HOSTS", "cache-control: no-store", "x-request-id: "] {
            assert!(answer.contains(part), "{path} lacks {part}: {answer}");
        }
    }
    let preflight = "OPTIONS /api/auth/user HTTP/1.1\r\nHost: evil.example\r\nOrigin: https://app.example.org\r\n\
                     Access-Control-Request-Method: GET\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&converse(&app.url, preflight)), 421);
    let unread =
        "POST /login HTTP/1.1\r\nHost: evil.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    assert_eq!(status(&converse(&app.url, unread)), 421, "the connection does not wait for the rest");
}

#[tokio::test]
async fn probes_and_listed_proxies_ask_under_any_name() {
    let ask =
        ["X-Forwarded-Method: GET", "X-Forwarded-Proto: https", "X-Forwarded-Uri: /x", "Accept: text/html"];
    let at = |app: &TestApp, path: &str, host: &str| {
        let host = format!("Host: {host}");
        let lines = [&[host.as_str(), "X-Forwarded-Host: app.example.org"][..], &ask].concat();
        status(&get(&app.url, path, &lines))
    };
    let listed = TestApp::with(|config| {
        config.public_url = Some("https://id.example.org".parse().unwrap());
        config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let unlisted = site().await;
    for host in ["munjigi", "munjigi:8080", "10.1.2.3:8080", "app.example.org", "id.example.org"] {
        for app in [&listed, &unlisted] {
            assert_eq!((at(app, "/healthz", host), at(app, "/readyz", host)), (200, 200), "{host}");
        }
        assert_eq!(at(&listed, "/api/authz/forward-auth", host), 403, "{host}: no rule and no app allows it");
        assert_eq!(at(&listed, "/api/authz/auth-request", host), 400, "{host}: X-Original-URL is missing");
        assert_eq!(at(&listed, "/api/authz/denied", host), 403, "{host}");
    }
    for path in ["/api/authz/forward-auth", "/api/authz/auth-request", "/api/authz/denied"] {
        assert_eq!(at(&unlisted, path, "munjigi"), 421, "{path}");
        let own = at(&unlisted, path, "id.example.org");
        assert_eq!(own, if path.ends_with("denied") { 403 } else { 400 }, "{path}");
    }
    for path in [
        "/healthz/x",
        "/healthz/../login",
        "/readyz;/login",
        "/%68ealthz",
        "/api/authz",
        "/api/authzx/forward-auth",
        "/API/authz/denied",
        "/%61pi/authz/denied",
    ] {
        assert_eq!(at(&listed, path, "munjigi"), 421, "{path}");
    }
    for path in ["/api/authz/../auth/check", "/api/authz/%2e%2e/auth/check", "/api/authz/..%2fauth%2fcheck"] {
        assert_eq!(at(&listed, path, "munjigi"), 404, "{path} leads nowhere else");
    }
}

#[tokio::test]
async fn apps_call_the_api_under_a_listed_name_and_pages_there_still_may_not_act() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("MUNJIGI_PUBLIC_URL", "https://id.example.org");
    command
        .env("MUNJIGI_ALLOWED_HOSTS", "Munjigi, auth_server.internal., 10.0.0.5, [fd00::5], 아이디.example");
    let server = Munjigi::serve(command);
    let body = serde_json::json!({
        "username": "mina", "email": "mina@example.org", "password": PASSWORD,
    });
    let host = "Host: munjigi:8080";
    assert_eq!(status(&post(&server.url, "/api/auth/register", &[host], &body.to_string())), 201);
    for host in [
        "munjigi",
        "MUNJIGI:8080",
        "munjigi.",
        "auth_server.internal",
        "10.0.0.5:8080",
        "[fd00::5]:8080",
        "[FD00:0:0::5]",
        "xn--2z1bz02a9sb.example",
    ] {
        assert_eq!(
            status(&get(&server.url, "/.well-known/jwks.json", &[&format!("Host: {host}")])),
            200,
            "{host}"
        );
    }
    for host in ["munjigi.evil.example", "a.munjigi", "10.0.0.6", "[fd00::6]", "evil.example"] {
        assert_eq!(
            status(&get(&server.url, "/.well-known/jwks.json", &[&format!("Host: {host}")])),
            421,
            "{host}"
        );
    }
    let form = encode(&[("login", "mina"), ("password", PASSWORD)]);
    for (origin, expected) in [
        ("http://munjigi:8080", 403),
        ("https://munjigi:8080", 403),
        ("http://id.example.org", 403),
        ("https://id.example.org:8443", 403),
        ("https://id.example.org", 303),
    ] {
        let answer = post(&server.url, "/login", &[host, &format!("Origin: {origin}")], &form);
        assert_eq!(status(&answer), expected, "{origin}: {answer}");
    }
    assert_eq!(status(&post(&server.url, "/login", &["Host: evil.example"], &form)), 421);
    let log = server.stop();
    let line = log.lines().find(|line| line.contains("MUNJIGI_ALLOWED_HOSTS"));
    assert!(line.is_some_and(|line| line.contains("evil.example")), "{log}");
}

#[tokio::test]
async fn metrics_are_served_under_any_name_on_their_own_address() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("MUNJIGI_METRICS_LISTEN", "127.0.0.1:0");
    let server = Munjigi::serve(command);
    let address = server.metrics_url.clone().unwrap();
    let address = address.trim_start_matches("http://").trim_end_matches("/metrics");
    assert_eq!(status(&get(address, "/metrics", &["Host: prometheus-target.internal:9464"])), 200);
    assert_eq!(status(&get(&server.url, "/metrics", &["Host: prometheus-target.internal:9464"])), 421);
}
