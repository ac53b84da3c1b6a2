//! No Debian package contains Traefik: this sends what its documentation says that forwardAuth sends, and reads what it
//! says that it reads from the answer.

use reqwest::Method;

use super::start;
use crate::support::{Persona, Reply, snippets};

/// A client's request as Traefik forwards it: the client's headers, then its own in place of any of the same name.
/// Hop-by-hop headers and the body are dropped; the check is a GET, whatever the client's method.
async fn by_traefik(persona: &Persona, method: &str, place: &str, client: &[(&str, &str)]) -> Reply {
    let own = [
        ("x-forwarded-method", method),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "app.example.org"),
        ("x-forwarded-uri", place),
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-port", "443"),
        ("x-forwarded-server", "traefik"),
        ("x-real-ip", "203.0.113.9"),
    ];
    let hops =
        ["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length"];
    let passed =
        client.iter().filter(|(name, _)| !hops.contains(name) && own.iter().all(|(known, _)| known != name));
    let request = persona.request(Method::GET, "/api/authz/forward-auth").header("accept", "text/html");
    persona
        .send(passed.chain(&own).fold(request, |request, (name, value)| request.header(*name, *value)))
        .await
}

#[tokio::test]
async fn its_subrequest_is_answered_as_documented() {
    let (app, _rules) = start().await;
    let (mina, anonymous) = (app.member("mina").await, app.visitor());
    let reply = by_traefik(&mina, "GET", "/x?y", &[("remote-user", "sofia"), ("upgrade", "websocket")]).await;
    assert_eq!((reply.status, reply.header("remote-user")), (200, "mina"));
    // authResponseHeaders: headers named there are taken only from the answer.
    for name in ["remote-user", "remote-user-id", "remote-groups", "remote-name", "remote-email"] {
        assert!(reply.headers.contains_key(name), "{name}");
    }
    let upload =
        [("content-type", "application/json"), ("content-encoding", "gzip"), ("content-length", "9000000")];
    assert_eq!(by_traefik(&mina, "POST", "/x", &upload).await.status, 200);
    let forged = [("x-forwarded-uri", "/public"), ("x-forwarded-host", "evil.example")];
    let reply = by_traefik(&anonymous, "GET", "/x", &forged).await;
    assert_eq!(reply.status, 302, "any other answer goes to the client as it is");
    assert!(reply.header("location").contains("rd=https://app.example.org/x"));
    let reply = by_traefik(&mina, "GET", "/admin", &[]).await;
    assert!(reply.status == 403 && reply.body.contains("This page isn’t open to you"));
    assert!(reply.headers.get("strict-transport-security").is_none(), "nothing on behalf of another host");
    assert_eq!(by_traefik(&mina, "GET", "/x", &[("remote_user", "sofia")]).await.status, 400);
}

#[tokio::test]
async fn what_the_documentation_shows_asks_where_something_answers_and_takes_every_header() {
    let (app, _rules) = start().await;
    let mina = app.member("mina").await;
    let snippets = snippets("traefik.md", "yaml");
    let asking: Vec<_> =
        snippets.into_iter().filter(|shown| shown.to_lowercase().contains("forwardauth")).collect();
    assert_eq!(asking.len(), 2);
    for shown in asking {
        let path = shown.split("http://munjigi:8080").nth(1).unwrap().split_whitespace().next().unwrap();
        let own = [("method", "GET"), ("proto", "https"), ("host", "app.example.org"), ("uri", "/x")];
        let request = own.iter().fold(mina.request(Method::GET, path), |request, (name, value)| {
            request.header(format!("x-forwarded-{name}"), *value)
        });
        let reply = mina.send(request).await;
        assert_eq!(reply.status, 200, "{path}");
        let taken = shown.split("authResponseHeaders").nth(1).unwrap();
        let sent = reply.headers.keys().filter(|name| name.as_str().starts_with("remote-"));
        let sent: Vec<&str> = sent.map(|name| name.as_str()).collect();
        assert_eq!(sent.len(), 6);
        assert!(sent.iter().all(|name| taken.to_lowercase().contains(name)), "{taken}");
        assert!(!shown.contains("trustForwardHeader"));
    }
}
