//! Path tricks, judged by nginx: every path that it would route to a protected page is protected.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Behind, Proxy, over_both_proxies};

/// A part of the app is closed, the rest is public: the easiest set-up to bypass.
const RULES: &str = r#"
[[rule]]
host = "app.example.test"
path = ["/admin", "/비밀"]
groups = "Moderators"

[[rule]]
host = ["app.example.test", "open.example.test"]
level = "none"
"#;

struct Raw {
    status: u16,
    /// How nginx has read the path, if the app answered.
    judge: Option<String>,
}

async fn send(port: u16, target: &str, host: &str) -> Raw {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8_lossy(&bytes);
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let judge = text.lines().find_map(|line| line.strip_prefix("X-Judge: ")).map(str::to_owned);
    let is_of_the_app = text.to_ascii_lowercase().contains("\r\nx-app: ");
    Raw { status, judge: judge.filter(|_| is_of_the_app) }
}

fn is_protected(path: &str) -> bool {
    ["/admin", "/비밀"]
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Spellings of the path to a protected page.
fn tricks() -> Vec<String> {
    let mut tricks: Vec<String> = Vec::new();
    let before = [
        "",
        "/",
        "//",
        "/.",
        "/./.",
        "/%2e",
        "/x/..",
        "/x/%2e%2e",
        "/x/.%2e",
        "/x%2f..",
        "/x/..;",
        "/x;/..",
        "/x/../",
        "/x//..",
        "/x/..//",
        "/open/%2e%2e",
        "/open%2f%2e%2e",
        "/..",
        "/%2e%2e",
        "/x/y/../..",
        "/x\\..",
        "/x%5c..",
        "/%5c",
        "/\\",
        "/x/%252e%252e",
        "/;",
        "/;x",
        "/%3b",
        "/?/..",
        "/#/..",
        "/x?/..",
        "/%20",
        "/%09",
        "/%00",
        "/%0a",
        "/\t",
    ];
    let names = [
        "/admin",
        "/%61dmin",
        "/a%64min",
        "/%61%64%6d%69%6e",
        "/Admin",
        "/ADMIN",
        "/admi%6E",
        "/%2561dmin",
        "%2fadmin",
        "%2Fadmin",
        "/%EB%B9%84%EB%B0%80",
        "/비밀",
        "/%eb%b9%84%eb%b0%80",
        "/ａdmin",
        "/adm\u{200b}in",
    ];
    let after = [
        "",
        "/",
        "/x",
        "//x",
        "/.",
        "/..",
        "/../admin",
        "/x/..",
        "/x/../..",
        "%2fx",
        "%2f",
        ";",
        ";x=1",
        ";/x",
        "/;x",
        ".",
        "%20",
        "%00",
        "?",
        "?/open",
        "#",
        "#/open",
        "%23",
        "%3f",
        "/%2e%2e/open",
        "/..%2fopen",
        "/x/..%2f..%2fopen",
        "\\",
        "%5c",
        "%5cx",
        "~",
        "%2e",
        "%",
        "%2",
        "%zz",
        "&x",
        "%0d%0ax",
        "/..;/open",
    ];
    for name in names {
        for front in before {
            tricks.push(format!("{front}{name}/x"));
        }
        for back in after {
            tricks.push(format!("{name}{back}"));
            tricks.push(format!("/open/..{name}{back}"));
            tricks.push(format!("/open/%2e%2e{name}{back}"));
            tricks.push(format!("//{name}{back}"));
        }
    }
    tricks
}

#[tokio::test]
async fn whatever_nginx_would_route_to_a_protected_path_is_protected() {
    let behind = Behind::with(Proxy::PlainNginx, RULES, |_| ()).await;
    assert_eq!(send(behind.port, "/open", "app.example.test").await.judge.as_deref(), Some("/open"));
    let (mut reached, mut stopped) = (0, 0);
    for trick in tricks() {
        let answer = send(behind.port, &trick, "app.example.test").await;
        match answer.judge {
            Some(path) => {
                assert_eq!(answer.status, 200, "{trick}");
                assert!(!is_protected(&path), "{trick} was allowed as {path}");
                reached += 1;
            }
            None => {
                assert!(matches!(answer.status, 302 | 400 | 404), "{trick} {}", answer.status);
                stopped += 1;
            }
        }
    }
    assert!(reached > 100 && stopped > 1_000, "{reached} reached the app, {stopped} were stopped");
}

over_both_proxies![
    a_path_with_too_many_readings_reaches_the_app_where_all_of_them_may,
    a_path_that_is_refused_for_its_spelling_says_so,
];

/// Written byte by byte, by a client that has not signed in.
async fn anonymous(behind: &Behind, path: &str) -> String {
    let host = format!("app.example.test:{}", behind.port);
    let head =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
    behind.exchange(head).await
}

async fn a_path_with_too_many_readings_reaches_the_app_where_all_of_them_may(behind: Behind) {
    let mina = super::mina(&behind).await;
    for path in ["/job/x/job/feature%252Ffoo/", "/a/b%25252fc", "/a/b%2541"] {
        let answer = mina.get(&behind.at(path)).await;
        assert!(answer.is_of_the_app(), "{path}: {} {}", answer.status, answer.body);
        assert_eq!(answer.echo("uri"), path);
    }
    for (path, is_open) in [
        ("/public/feature%252Ffoo", true),
        ("/public/a%5cb", true),
        ("/public/..%252fadmin/x", false),
        ("/public/%252e%252e/admin/x", false),
        ("/public/..%2fadmin/x", false),
        ("/public/..;/admin/x", false),
        ("/public/..%5cadmin/x", false),
        ("/public/.%2500./admin/x", false),
        ("/public/%c0%ae%c0%ae/admin/x", false),
        ("/%2561dmin/x", false),
        ("/%252561dmin/x", false),
    ] {
        let answer = anonymous(&behind, path).await;
        let status = answer.split(' ').nth(1).unwrap();
        assert_eq!(status, if is_open { "200" } else { "302" }, "{path}: {answer}");
        assert_eq!(answer.to_ascii_lowercase().contains("\r\nx-app: "), is_open, "{path}: {answer}");
    }
}

async fn a_path_that_is_refused_for_its_spelling_says_so(behind: Behind) {
    let mina = super::mina(&behind).await;
    for path in ["/%2561dmin/x", "/%252561dmin/x", "/%ff", "/x/%c0%ae%c0%ae/y", "/a%5c..%5cadmin"] {
        let answer = mina.get(&behind.at(path)).await;
        assert_eq!(answer.status, 403, "{path}: {}", answer.body);
        assert!(answer.body.contains("This address can be read in more than one way"), "{}", answer.body);
    }
    let answer = mina.get(&behind.at("/admin/a%252fb")).await;
    assert!(answer.status == 403 && answer.body.contains("This page isn’t open to you"), "{}", answer.body);
}

#[tokio::test]
async fn a_host_that_only_the_client_names_opens_nothing() {
    let behind = Behind::with(Proxy::PlainNginx, RULES, |_| ()).await;
    for (target, host) in [
        ("http://app.example.test/admin", "open.example.test"),
        ("https://app.example.test/admin", "open.example.test"),
        ("http://APP.example.test./admin", "open.example.test:80"),
        ("/admin", "app.example.test:1"),
        ("/admin", "APP.EXAMPLE.TEST"),
        ("/admin", "app.example.test."),
        ("/admin", "open.example.test@app.example.test"),
        ("/admin", "app.example.test@open.example.test"),
        ("/admin", "app.example.test, open.example.test"),
        ("/admin", "app.example.test\r\nHost: open.example.test"),
        ("/admin", ""),
    ] {
        let answer = send(behind.port, target, host).await;
        assert_eq!(answer.judge, None, "{target} at {host:?}");
    }
}
