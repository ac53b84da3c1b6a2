//! What staff learn of requests that name another address than those that are registered.

use munjigi::identity::oidc::Refusal;

use crate::support::relying_party::{AFTER_LOGOUT, CALLBACK, RelyingParty};
use crate::support::{TestApp, encode};

async fn refusals(app: &TestApp, name: &str) -> Vec<Refusal> {
    let clients = &app.identity.oidc_clients;
    let client = clients.named(name).await.unwrap().unwrap();
    clients.refusals(&client).await.unwrap()
}

#[tokio::test]
async fn staff_learn_the_exact_difference_of_the_last_requests_that_were_refused() {
    let app = TestApp::start().await;
    app.clock.stop();
    let (wiki, _other) =
        (RelyingParty::register(&app, "Wiki").await, RelyingParty::register(&app, "Other").await);
    let visitor = app.visitor();
    let ask = async |uri: &str| {
        let reply = visitor.get(&wiki.address(&[("redirect_uri", uri)])).await;
        assert_eq!((reply.status, reply.header("location")), (400, ""));
        reply
    };
    let slash = "https://app.example.org/callback/?tenant=1";
    let page = ask(slash).await;
    assert!(page.text().contains("Wiki") && !page.text().contains(slash), "{}", page.text());
    app.clock.advance(60);
    let back =
        [("client_id", wiki.client_id.as_str()), ("post_logout_redirect_uri", "https://app.example.org/")];
    assert_eq!(visitor.get(&format!("/oauth/logout?{}", encode(&back))).await.status, 400);
    let [of_logout, of_sign_in] = &refusals(&app, "Wiki").await[..] else { panic!() };
    assert_eq!(
        (of_logout.parameter.as_str(), of_logout.received.as_str()),
        ("post_logout_redirect_uri", back[1].1)
    );
    assert_eq!(of_logout.registered, [AFTER_LOGOUT]);
    assert_eq!((of_sign_in.parameter.as_str(), of_sign_in.received.as_str()), ("redirect_uri", slash));
    assert_eq!(of_sign_in.registered, [CALLBACK, "http://127.0.0.1/cb"]);
    assert_eq!(of_logout.at - of_sign_in.at, 60);

    // The same again is one entry, with the time of the last.
    ask(slash).await;
    assert_eq!(refusals(&app, "Wiki").await.len(), 2);
    ask("").await;
    assert_eq!(refusals(&app, "Wiki").await[0].received, "", "left out");
    // Anyone can send these: neither their number nor their length fills the database.
    for number in 0..40 {
        ask(&format!("https://evil.example/{number}/{}", "x".repeat(1_000))).await;
    }
    let last = refusals(&app, "Wiki").await;
    assert_eq!((last.len(), app.count("oidc_refusals")), (10, 10));
    assert!(last.iter().all(|refusal| refusal.received.chars().count() == 500));
    assert_eq!(visitor.get("/oauth/authorize?client_id=unknown").await.status, 400);
    assert!(refusals(&app, "Other").await.is_empty());
}

#[tokio::test]
async fn no_sender_of_many_hides_the_requests_of_others() {
    let app = TestApp::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let ask = async |from: &str, uri: &str| {
        let mut visitor = app.visitor();
        visitor.forwarded_for = Some(from.to_owned());
        assert_eq!(visitor.get(&wiki.address(&[("redirect_uri", uri)])).await.status, 400);
    };
    for number in 0..40 {
        ask("203.0.113.9", &format!("https://evil.example/{number}")).await;
    }
    let slash = "https://app.example.org/callback/?tenant=1";
    ask("203.0.113.10", slash).await;
    assert_eq!(refusals(&app, "Wiki").await[0].received, slash);
    let back = [("client_id", wiki.client_id.as_str()), ("post_logout_redirect_uri", slash)];
    let mut visitor = app.visitor();
    visitor.forwarded_for = Some("203.0.113.10".to_owned());
    assert_eq!(visitor.get(&format!("/oauth/logout?{}", encode(&back))).await.status, 400);
    assert_eq!(refusals(&app, "Wiki").await[0].parameter, "post_logout_redirect_uri");
}
