//! Tokens of apps on two nodes.

use crate::support::relying_party::{CALLBACK, RelyingParty, TokenSet};

use super::*;

fn register(pair: &Pair) -> RelyingParty {
    let words = [
        "app",
        "add",
        "Wiki",
        "--redirect-uri",
        CALLBACK,
        "--id-token-alg",
        "ES256",
        "--first-party",
        "--json",
    ];
    let output = Munjigi::command(&pair.folder.path().join("data")).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let added: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |name: &str| added[name].as_str().unwrap().to_owned();
    RelyingParty {
        url: pair.here.url.clone(),
        client_id: text("client_id"),
        secret: Some(text("client_secret")),
    }
}

/// Tokens that are hot on both nodes.
async fn hot(pair: &Pair, wiki: &RelyingParty, mina: &Persona) -> TokenSet {
    let tokens = wiki.sign_in(mina, &[]).await;
    for url in [&pair.here.url, &pair.there.url, &pair.there.url] {
        assert!(wiki.is_alive_at(url, &tokens).await);
    }
    tokens
}

/// How long after `since` the first check there that said so was sent.
async fn until_inactive(pair: &Pair, wiki: &RelyingParty, tokens: &TokenSet, since: Instant) -> Duration {
    loop {
        let sent = Instant::now();
        if wiki.introspect_at(&pair.there.url, &tokens.access).await["active"] == false {
            assert_eq!(
                crate::support::relying_party::userinfo_at(&pair.there.url, &tokens.access).await.status,
                401
            );
            return sent - since;
        }
        assert!(since.elapsed() < Duration::from_secs(5), "it stays active");
    }
}

#[tokio::test]
async fn a_token_of_an_app_that_ended_on_one_node_is_inactive_on_the_other_at_once() {
    let pair = Pair::start();
    let third = pair.third().await;
    let wiki = register(&pair);
    let mut times = Vec::new();
    for (mina, kind) in people(&pair, &third, "apps", 40).await.iter().zip(0..) {
        let tokens = hot(&pair, &wiki, mina).await;
        match kind % 3 {
            0 => drop(wiki.post("/oauth/revoke", &[("token", &tokens.access)]).await),
            _ => end(kind, mina).await,
        }
        times.push(until_inactive(&pair, &wiki, &tokens, Instant::now()).await);
        let fields = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh.as_ref().unwrap())];
        assert_eq!(wiki.post_at(&pair.there.url, "/oauth/token", &fields).await.status, 400);
    }
    times.sort();
    are_refused_at_once(&times, Duration::from_millis(50));

    let mina = pair.member("mina", 2).await;
    let tokens = hot(&pair, &wiki, &mina).await;
    let disable = ["user", "disable", "mina"];
    assert!(Munjigi::command(&pair.folder.path().join("data")).args(disable).status().unwrap().success());
    assert!(until_inactive(&pair, &wiki, &tokens, Instant::now()).await < Duration::from_secs(1));
}

#[tokio::test]
async fn a_code_from_one_node_is_exchanged_once_on_the_other() {
    let pair = Pair::start();
    let wiki = register(&pair);
    let mina = pair.member("mina", 1).await;
    let code = wiki.code(&mina, &[]).await;
    let there = RelyingParty { url: pair.there.url.clone(), ..wiki.clone() };
    let (one, two) = tokio::join!(wiki.exchange(&code, &[]), there.exchange(&code, &[]));
    let given = [&one, &two].into_iter().filter(|reply| reply.status == 200).count();
    assert!(given <= 1, "{} {}", one.body, two.body);
    let code = wiki.code(&mina, &[]).await;
    let tokens = TokenSet::of(&there.exchange(&code, &[]).await);
    assert!(wiki.is_alive(&tokens).await && there.is_alive(&tokens).await);
}
