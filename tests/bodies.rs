//! Bad input: every form, every field, every kind of error.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::{PASSWORD, TestApp};

/// Every form, with the fields that a good request has.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    ("/register", &[("username", "noa"), ("email", "noa@example.org"), ("password", PASSWORD)]),
    ("/login", &[("login", "mina"), ("password", PASSWORD)]),
    (
        "/profile",
        &[("display_name", "x"), ("email", "mina@example.org"), ("language", "en"), ("theme", "dark")],
    ),
    ("/security", &[("current_password", PASSWORD), ("new_password", "orchard 계단 velvet seven")]),
    ("/language", &[("language", "ko")]),
];

#[tokio::test]
async fn bad_fields_are_a_4xx_with_a_page_and_change_nothing() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let untouched = "users WHERE username = 'mina' AND email = 'mina@example.org' AND display_name = '' AND theme = 'auto' AND language IS NULL";
    for (path, fields) in FORMS {
        for (bad, _) in *fields {
            // An empty display name and an empty language are fine.
            let may_be_empty = matches!(*bad, "display_name") || (*path == "/profile" && *bad == "language");
            let rest: Vec<(&str, &str)> = fields.iter().copied().filter(|(name, _)| name != bad).collect();
            let rest = crate::support::encode(&rest);
            let long = "a".repeat(1_000_000);
            let mut bodies = vec![
                (format!("{rest}&{bad}={long}"), "a megabyte"),
                (format!("{rest}&{bad}=%ff%fe"), "no UTF-8"),
                (format!("{rest}&{bad}=%c0%af"), "an overlong form"),
                (format!("{rest}&{bad}=x&{bad}=x"), "twice"),
            ];
            if !bad.contains("password") {
                bodies.extend([
                    (format!("{rest}&{bad}=a%00b"), "NUL"),
                    (format!("{rest}&{bad}=a%01b%1b%5b31m"), "control characters"),
                    (format!("{rest}&{bad}=a%e2%80%aeb"), "a mark that turns the text"),
                ]);
            }
            if !may_be_empty {
                bodies.extend([
                    (format!("{rest}&{bad}="), "empty"),
                    (rest.clone(), "missing"),
                    (format!("{rest}&{bad}%5B%5D=x&{bad}%5B0%5D=x"), "an array"),
                ]);
            }
            for (body, kind) in bodies {
                let reply = mina.post_raw(path, &body).await;
                assert!((400..500).contains(&reply.status), "{path}, {bad}: {kind} got {}", reply.status);
                if reply.status == 429 {
                    app.clock.advance(901);
                } else {
                    assert_eq!(reply.find("h1").len(), 1, "{path}, {bad}: {kind} has a page");
                }
                assert_eq!(app.count(untouched), 1, "{path}, {bad}: {kind}");
                assert_eq!(app.count("users"), 1, "{path}, {bad}: {kind}");
            }
        }
        mina.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    }
}

#[tokio::test]
async fn bodies_of_another_kind_are_refused() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    for (kind, body) in [
        ("application/json", r#"{"login":"mina","password":"x"}"#),
        ("text/plain", "login=mina&password=x"),
        ("text/xml", "<login>mina</login>"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"login\"\r\n\r\nmina\r\n--x--",
        ),
        ("", "login=mina"),
    ] {
        let request =
            visitor.request(reqwest::Method::POST, "/login").header("content-type", kind).body(body);
        assert_eq!(visitor.send(request).await.status, 415, "{kind}");
    }
}

/// Sends raw bytes and returns the answer until the server closes or `patience` ends.
fn converse(app: &TestApp, bytes: &[u8], patience: Duration) -> (String, Duration) {
    let mut stream = TcpStream::connect(app.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    stream.write_all(bytes).unwrap();
    let (started, mut answer) = (Instant::now(), Vec::new());
    let mut buffer = [0; 4096];
    while started.elapsed() < patience {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => answer.extend_from_slice(&buffer[..count]),
            Err(error)
                if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => break,
        }
    }
    (String::from_utf8_lossy(&answer).into_owned(), started.elapsed())
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test]
async fn a_silent_head_is_closed_within_seconds() {
    let app = TestApp::start().await;
    let (_, took) = converse(&app, b"POST /login HTTP/1.1\r\nHost: localhost\r\n", Duration::from_secs(12));
    assert!(took < Duration::from_secs(8), "{took:?}");
}

#[tokio::test]
async fn a_silent_body_is_answered_and_closed_after_half_a_minute() {
    let app = TestApp::start().await;
    let slow = |path: &str, method: &str| {
        let bytes = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nlogin="
        );
        converse(&app, bytes.as_bytes(), Duration::from_secs(45))
    };
    std::thread::scope(|scope| {
        let waits: Vec<_> = [("/login", "POST"), ("/logout", "POST"), ("/nowhere", "POST"), ("/", "GET")]
            .map(|(path, method)| scope.spawn(move || (path, slow(path, method))))
            .into();
        for wait in waits {
            let (path, (answer, took)) = wait.join().unwrap();
            assert_eq!(status(&answer), "408", "{path}: {answer}");
            assert!((29..40).contains(&took.as_secs()), "{path}: {took:?}");
        }
    });
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let app = TestApp::start().await;
    let chunk = format!("4000\r\n{}\r\n", "a".repeat(0x4000));
    let head = "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (answer, took) =
        converse(&app, format!("{head}{}", chunk.repeat(9)).as_bytes(), Duration::from_secs(20));
    assert_eq!(status(&answer), "413", "{answer}");
    assert!(took < Duration::from_secs(15), "the connection is closed: {took:?}");
}

#[tokio::test]
async fn a_refused_request_does_not_hold_its_connection() {
    let app = TestApp::start().await;
    let request = "POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    let (answer, took) = converse(&app, request.as_bytes(), Duration::from_secs(20));
    assert_eq!(status(&answer), "403", "{answer}");
    assert!(took < Duration::from_secs(15), "{took:?}");
}

#[tokio::test]
async fn a_wish_to_upgrade_brings_no_body() {
    let app = TestApp::start().await;
    let request = "POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nlogin=mina&";
    let (answer, took) = converse(&app, request.as_bytes(), Duration::from_secs(20));
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(took < Duration::from_secs(15), "{took:?}");
}

#[tokio::test]
async fn compressed_bodies_are_refused() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let request = visitor.request(reqwest::Method::POST, "/login").header("content-encoding", "gzip");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body("\u{1f}");
    assert_eq!(visitor.send(request).await.status, 415);
}

#[tokio::test]
async fn ambiguous_framing_is_refused() {
    let app = TestApp::start().await;
    for request in [
        "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
        "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: +5\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: y\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u{16}\u{3}\u{1}",
    ] {
        let (answer, _) = converse(&app, request.as_bytes(), Duration::from_secs(7));
        assert!(matches!(status(&answer), "400" | "none" | "415" | "408"), "{request:?}: {answer}");
    }
    assert_eq!(app.visitor().get("/healthz").await.status, 200);
}

/// A client acknowledges after 40 ms if it has nothing to send: a part of an answer that waited for that would be seen on every
/// page.
#[tokio::test]
async fn no_part_of_an_answer_waits_until_the_client_acknowledges_another() {
    let app = TestApp::start().await;
    let address = app.url.trim_start_matches("http://").to_owned();
    let slow = move |encoding: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        let request =
            format!("GET /login HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encoding}\r\n\r\n");
        let end = if encoding == "gzip" { &b"\r\n0\r\n\r\n"[..] } else { b"</html>" };
        let mut is_slow = |_: &usize| {
            socket2::SockRef::from(&stream).set_tcp_quickack(false).unwrap();
            let asked = Instant::now();
            stream.write_all(request.as_bytes()).unwrap();
            let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
            while !answer.trim_ascii_end().ends_with(end.trim_ascii_end()) {
                let length = stream.read(&mut buffer).unwrap();
                assert_ne!(length, 0);
                answer.extend_from_slice(&buffer[..length]);
            }
            asked.elapsed() > Duration::from_millis(38)
        };
        (0..25).filter(&mut is_slow).count()
    };
    let counts = tokio::task::spawn_blocking(move || {
        let (mut compressed, mut plain) = (0, 0);
        for _ in 0..16 {
            compressed += slow("gzip");
            plain += slow("identity");
        }
        (compressed, plain)
    });
    let (compressed, plain) = counts.await.unwrap();
    assert!(compressed < plain + 20, "slow answers of 400: {compressed} compressed, {plain} plain");
}
