//! Requests that name one host for Munjigi and another for the app.

use super::mina;
use crate::support::{Behind, Proxy, over_both_proxies};

/// A host without rules of its own server, and a port of the app, are open: the easiest set-up to bypass.
const OPEN_BESIDE: &str = r#"
[[rule]]
host = ["open.example.test", "app.example.test:1"]
level = "none"

[[rule]]
host = "app.example.test"
"#;

/// Request lines and `Host` headers; `{at}` is the app's host and port.
const REQUESTS: &[(&str, &str)] = &[
    ("https://{at}/x", "Host: open.example.test\r\n"),
    ("https://{at}/x", "Host: open.example.test:{port}\r\n"),
    ("http://{at}/x", "Host: open.example.test\r\n"),
    ("https://APP.example.test:{port}/x", "Host: open.example.test\r\n"),
    ("https://app.example.test/x", "Host: open.example.test\r\n"),
    ("https://open.example.test/x", "Host: {at}\r\n"),
    ("https://open.example.test:{port}/x", "Host: {at}\r\n"),
    ("//open.example.test/x", "Host: {at}\r\n"),
    ("/x", "Host: open.example.test\r\n"),
    ("/x", "Host: open.example.test:{port}\r\n"),
    ("/x", "Host: {at}\r\nHost: open.example.test\r\n"),
    ("/x", "Host: open.example.test\r\nHost: {at}\r\n"),
    ("/x", "Host: {at}, open.example.test\r\n"),
    ("/x", "Host: {at} open.example.test\r\n"),
    ("/x", "Host: open.example.test@{at}\r\n"),
    ("/x", "Host: {at}@open.example.test\r\n"),
    ("/x", "Host: {at}/open.example.test\r\n"),
    ("/x", "Host: open.example.test#{at}\r\n"),
    ("/x", "Host: {at}\r\n open.example.test\r\n"),
    ("/x", "Host: open.example.test\r\n {at}\r\n"),
    ("/x", "Host: app.example.test:1\r\n"),
    ("https://app.example.test:1/x", "Host: {at}\r\n"),
    ("https://{at}/x", "Host: app.example.test:1\r\n"),
    ("/x", "Host: app.example.test:1:{port}\r\n"),
    ("/x", "Host: \r\n"),
    ("/x", ""),
    ("https://{at}/x", ""),
    ("https://{at}/x", "Host: \r\n"),
    ("/x", "Host : open.example.test\r\nHost: {at}\r\n"),
    ("/x", "Host\t: open.example.test\r\nHost: {at}\r\n"),
    ("/x", "Host: {at}\r\nX-Forwarded-Host: open.example.test\r\n"),
    ("/x", "Host: {at}\r\nForwarded: host=open.example.test\r\n"),
    ("/x", "Host: {at}\r\nX-Host: open.example.test\r\n:authority: open.example.test\r\n"),
];

/// The value that the app has received in this header, if the app answered.
fn received(answer: &str, name: &str) -> Option<Vec<String>> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    if !head.to_ascii_lowercase().contains("\r\nx-app: ") {
        return None;
    }
    let json = &body[body.find('{')?..=body.rfind('}')?];
    let echo: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|_| panic!("{answer}"));
    let headers: Vec<(String, String)> = serde_json::from_value(echo["headers"].clone()).unwrap();
    Some(headers.into_iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect())
}

async fn ask(behind: &Behind, (target, host): &(&str, &str), version: &str, cookie: &str) -> String {
    let at = format!("app.example.test:{}", behind.port);
    let fill = |text: &str| text.replace("{at}", &at).replace("{port}", &behind.port.to_string());
    let (target, host) = (fill(target), fill(host));
    let head = format!("GET {target} HTTP/{version}\r\n{host}Connection: close\r\nAccept: text/html\r\n");
    behind.exchange(format!("{head}Cookie: {cookie}\r\n\r\n")).await
}

over_both_proxies![the_app_is_asked_for_under_the_host_that_was_authorized];

async fn the_app_is_asked_for_under_the_host_that_was_authorized(behind: Behind) {
    let cookie = mina(&behind).await.cookie(&behind.at("/")).expect("the proxy cookie");
    let at = format!("app.example.test:{}", behind.port);
    let honest = ask(&behind, &("/x", "Host: {at}\r\n"), "1.1", &cookie).await;
    assert_eq!(received(&honest, "host"), Some(vec![at.clone()]), "{honest}");
    assert_eq!(received(&honest, "remote-user"), Some(vec!["mina".to_owned()]));
    for request in REQUESTS {
        for version in ["1.1", "1.0"] {
            let answer = ask(&behind, request, version, &cookie).await;
            let Some(host) = received(&answer, "host") else { continue };
            let forwarded = received(&answer, "x-forwarded-host").unwrap();
            for seen in [host, forwarded] {
                let seen: Vec<String> = seen.iter().map(|host| host.to_ascii_lowercase()).collect();
                assert_eq!(seen, [at.as_str()], "{request:?} {version}");
            }
        }
    }
}

#[tokio::test]
async fn a_host_that_is_open_opens_no_other() {
    for proxy in [Proxy::Nginx, Proxy::Caddy] {
        let behind = Behind::with(proxy, OPEN_BESIDE, |_| ()).await;
        for request in REQUESTS {
            for version in ["1.1", "1.0"] {
                let answer = ask(&behind, request, version, "a=1").await;
                assert_eq!(received(&answer, "host"), None, "{proxy:?} {request:?} {version}: {answer}");
            }
        }
    }
}
