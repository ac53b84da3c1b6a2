//! API tokens on two nodes.

use reqwest::Method;

use crate::support::ApiClient;

use super::*;

/// Makes an API token on the page.
async fn api_token(mina: &Persona) -> String {
    let fields = [("name", "Backup"), ("posts:read", "yes"), ("expires_at", "never")];
    mina.post("/tokens", &fields).await.find("#token").remove(0)
}

/// How long after `since` the first refused request with the token was sent.
async fn until_token_refused(client: &ApiClient, token: &str, since: Instant) -> Duration {
    loop {
        let sent = Instant::now();
        match client.send(Method::GET, "/api/auth/check", &format!("Token {token}"), None).await.status {
            401 => return sent - since,
            200 => assert!(since.elapsed() < Duration::from_secs(5), "it is not refused"),
            other => panic!("answered {other}"),
        }
    }
}

#[tokio::test]
async fn an_api_token_that_ended_on_one_node_is_refused_on_the_other_at_once() {
    let pair = Pair::start();
    let mina = pair.member("mina", 1).await;
    let nodes = [ApiClient::new(&pair.here.url), ApiClient::new(&pair.there.url)];
    let is_hot = async |token: &str| {
        for node in nodes.iter().chain(&nodes) {
            let reply = node.send(Method::GET, "/api/auth/check", &format!("Token {token}"), None).await;
            assert_eq!(reply.status, 200, "good everywhere at once");
        }
    };
    let mut times = Vec::new();
    for _ in 0..20 {
        let token = api_token(&mina).await;
        is_hot(&token).await;
        let action = mina.get("/tokens").await.attributes(".token form", "action").remove(0);
        mina.post(&action, &[]).await.assert_redirect("/tokens");
        times.push(until_token_refused(&nodes[1], &token, Instant::now()).await);
    }
    times.sort();
    are_refused_at_once(&times, Duration::from_millis(50));

    let token = api_token(&mina).await;
    is_hot(&token).await;
    let new = "orchard velvet seven 계단";
    mina.post("/security", &[("current_password", PASSWORD), ("new_password", new)])
        .await
        .assert_redirect("/security");
    let since = Instant::now();
    for node in &nodes {
        assert!(until_token_refused(node, &token, since).await < Duration::from_secs(1), "a new password");
    }
    let token = api_token(&mina).await;
    is_hot(&token).await;
    let disable = ["user", "disable", "mina"];
    assert!(Munjigi::command(&pair.folder.path().join("data")).args(disable).status().unwrap().success());
    let since = Instant::now();
    for node in &nodes {
        assert!(
            until_token_refused(node, &token, since).await < Duration::from_secs(1),
            "a disabled account"
        );
    }
}
