//! Sessions of apps that end on one node: how soon the other refuses their tokens, and their app knows.

use crate::support::logout_receiver::{LogoutReceiver, Received};
use crate::support::relying_party::{CALLBACK, RelyingParty, TokenSet, userinfo_at};

use super::*;

/// An app with a logout address, registered by the command line.
pub fn register(data: &std::path::Path, url: &str, receiver: &LogoutReceiver) -> RelyingParty {
    let address = receiver.url();
    let mut command = Munjigi::command(data);
    command.args([
        "app",
        "add",
        "Wiki",
        "--redirect-uri",
        CALLBACK,
        "--id-token-alg",
        "ES256",
        "--first-party",
    ]);
    let output = command.args(["--backchannel-logout-uri", &address, "--json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let added: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |name: &str| added[name].as_str().unwrap().to_owned();
    RelyingParty { url: url.to_owned(), client_id: text("client_id"), secret: Some(text("client_secret")) }
}

/// The tokens among these that tell of the session of an ID token.
pub fn of_session<'r>(received: &'r [Received], tokens: &TokenSet) -> Vec<&'r Received> {
    let sid = &tokens.claims()["sid"];
    received.iter().filter(|received| received.claims()["sid"] == *sid).collect()
}

/// How long each end took, from the answer to the request that ended the session here.
#[derive(Default)]
pub struct Ends {
    /// Until introspection, userinfo and refresh there refuse its tokens.
    pub refused: Vec<Duration>,
    /// Until the app had its logout token.
    pub notified: Vec<Duration>,
}

/// How long after `since` the first check there that all refused was begun.
async fn until_over(pair: &Pair, wiki: &RelyingParty, tokens: &TokenSet, since: Instant) -> Duration {
    loop {
        let (begun, there) = (Instant::now(), &pair.there.url);
        let active = wiki.introspect_at(there, &tokens.access).await["active"] == true;
        if !active && userinfo_at(there, &tokens.access).await.status == 401 {
            let refresh = tokens.refresh.as_ref().unwrap();
            let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
            assert_eq!(wiki.post_at(there, "/oauth/token", &fields).await.status, 400);
            return begun - since;
        }
        assert!(since.elapsed() < Duration::from_secs(5), "it stays active");
    }
}

/// How long after `since` the app had the logout token of these.
async fn until_notified(receiver: &LogoutReceiver, tokens: &TokenSet, since: Instant) -> Duration {
    loop {
        let received = receiver.received();
        if let [first, ..] = of_session(&received, tokens)[..] {
            return first.at.saturating_duration_since(since);
        }
        assert!(since.elapsed() < Duration::from_secs(10), "the app is never notified");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Ends the sessions of these people, one after the other, whose tokens are hot on both nodes.
pub async fn ends(
    pair: &Pair,
    (wiki, receiver): (&RelyingParty, &LogoutReceiver),
    (people, kinds): (&[Persona], Range<usize>),
) -> Ends {
    let mut ends = Ends::default();
    for (mina, kind) in people.iter().zip(kinds.cycle()) {
        receiver.forget();
        let tokens = wiki.sign_in(mina, &[]).await;
        for url in [&pair.here.url, &pair.there.url] {
            assert!(wiki.is_alive_at(url, &tokens).await);
        }
        end(kind, mina).await;
        let since = Instant::now();
        let (refused, notified) =
            tokio::join!(until_over(pair, wiki, &tokens, since), until_notified(receiver, &tokens, since));
        ends.refused.push(refused);
        ends.notified.push(notified);
        assert_eq!(receiver.received().len(), 1, "one token, sent by one node");
    }
    ends
}

#[tokio::test]
async fn an_app_learns_of_an_end_on_either_node_once_and_at_once() {
    let pair = Pair::start();
    let third = pair.third().await;
    let receiver = LogoutReceiver::start();
    let wiki = register(&pair.folder.path().join("data"), &pair.here.url, &receiver);
    let crowd = people(&pair, &third, "notified", 20).await;
    let Ends { mut refused, mut notified } = ends(&pair, (&wiki, &receiver), (&crowd, 0..20)).await;
    refused.sort();
    notified.sort();
    are_refused_at_once(&refused, Duration::from_millis(100));
    are_refused_at_once(&notified, Duration::from_millis(500));

    // The command line sends nothing itself; it wakes the servers.
    receiver.forget();
    let mina = pair.member("mina", 2).await;
    let tokens = wiki.sign_in(&mina, &[]).await;
    let disable = ["user", "disable", "mina"];
    assert!(Munjigi::command(&pair.folder.path().join("data")).args(disable).status().unwrap().success());
    assert!(until_notified(&receiver, &tokens, Instant::now()).await < Duration::from_secs(1));
}
