//! Two processes of the real binary: tokens revoked on one are revoked on the other, and keys are rotated concurrently.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use crate::support::{ApiClient, Munjigi, PASSWORD, Persona, RedisServer, scratch};

/// Every revoked token is refused within this time.
const BOUND: Duration = Duration::from_secs(1);

/// Two nodes of one service; without Redis they share the database alone.
pub struct Nodes {
    pub here: Munjigi,
    pub there: Munjigi,
    folder: tempfile::TempDir,
    _redis: Option<RedisServer>,
}

impl Nodes {
    pub fn start(redis: Option<RedisServer>) -> Self {
        let folder = scratch();
        let node = || {
            let mut command = Munjigi::command(&folder.path().join("data"));
            command.env("MUNJIGI_PUBLIC_URL", "http://id.localhost").env("MUNJIGI_LOG", "warn");
            if let Some(redis) = &redis {
                command.env("REDIS_URL", redis.url());
            }
            Munjigi::serve(command)
        };
        let (here, there) = (node(), node());
        Self { here, there, folder, _redis: redis }
    }

    fn munjigi(&self, words: &[&str]) -> String {
        let mut command = Munjigi::command(&self.folder.path().join("data"));
        let output = command.args(words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

/// The same tokens, used at another node.
fn at(url: &str, client: &ApiClient) -> ApiClient {
    let mut there = ApiClient::new(url);
    (there.access, there.refresh) = (client.access.clone(), client.refresh.clone());
    there
}

/// The revocation was just acknowledged. A request counts by when it was sent, because the answer may take time.
async fn is_refused_in_time(client: &ApiClient, why: &str) {
    let since = Instant::now();
    loop {
        let sent = since.elapsed();
        if !client.is_signed_in().await {
            break;
        }
        assert!(sent < BOUND, "{why}: it is still accepted");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(client.try_refresh(&client.refresh).await.status, 401, "{why}");
}

async fn walk(nodes: Nodes) {
    let mina = Persona::new(&nodes.here.url);
    mina.register("mina").await;
    let mut clients = Vec::new();
    for _ in 0..4 {
        let mut client = ApiClient::new(&nodes.here.url);
        client.sign_in("mina").await;
        assert!(at(&nodes.there.url, &client).is_signed_in().await, "it is known there");
        clients.push(client);
    }
    let mut rotated = at(&nodes.there.url, &clients[3]);
    rotated.renew().await;
    assert!(at(&nodes.here.url, &rotated).is_signed_in().await, "refreshed there, good here");

    clients[0].send(Method::POST, "/api/auth/logout", &clients[0].bearer(), None).await;
    is_refused_in_time(&at(&nodes.there.url, &clients[0]), "sign-out").await;

    let key = clients[1].get("/api/auth/check").await.json()["session"]["key"].as_str().unwrap().to_owned();
    mina.post(&format!("/sessions/{key}/end"), &[]).await.assert_redirect("/sessions");
    is_refused_in_time(&at(&nodes.there.url, &clients[1]), "ended on the page").await;

    let new = "maple 기차 seventeen";
    mina.post("/security", &[("current_password", PASSWORD), ("new_password", new)])
        .await
        .assert_redirect("/security");
    is_refused_in_time(&at(&nodes.there.url, &clients[2]), "password").await;
    is_refused_in_time(&at(&nodes.there.url, &rotated), "password").await;

    let mut client = ApiClient::new(&nodes.here.url);
    client.keep(&client.post_bare("/api/auth/login", json!({"login": "mina", "password": new})).await);
    let (here, there) = (at(&nodes.here.url, &client), at(&nodes.there.url, &client));
    assert!(there.is_signed_in().await);
    nodes.munjigi(&["user", "disable", "mina"]);
    is_refused_in_time(&there, "disabled").await;
    is_refused_in_time(&here, "disabled").await;
}

#[tokio::test]
async fn what_ends_a_session_ends_its_tokens_on_the_other_node_within_a_second_with_redis() {
    walk(Nodes::start(Some(RedisServer::start()))).await;
}

#[tokio::test]
async fn what_ends_a_session_ends_its_tokens_on_the_other_node_within_a_second_without_redis() {
    walk(Nodes::start(None)).await;
}

#[tokio::test]
async fn a_rotated_key_signs_on_every_node_and_the_one_before_goes_on_verifying() {
    let nodes = Nodes::start(None);
    let mina = Persona::new(&nodes.here.url);
    mina.register("mina").await;
    let mut client = ApiClient::new(&nodes.here.url);
    client.sign_in("mina").await;
    let kids = async |url: &str| {
        let reply = ApiClient::new(url).get("/.well-known/jwks.json").await;
        assert_eq!(reply.header("cache-control"), "public, max-age=300");
        let keys = reply.json()["keys"].as_array().unwrap().clone();
        assert!(keys.iter().all(|key| key["kty"] == "OKP" && key.get("d").is_none()));
        keys.iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = kids(&nodes.here.url).await;
    assert_eq!((first.len(), &first), (2, &kids(&nodes.there.url).await), "the next one is published ahead");

    nodes.munjigi(&["keys", "rotate"]);
    let second = kids(&nodes.there.url).await;
    assert_eq!((second.len(), &second[1], &second[2]), (3, &first[0], &first[1]));
    assert_eq!(second, kids(&nodes.here.url).await);
    let old = at(&nodes.there.url, &client);
    assert!(old.is_signed_in().await, "the key before still verifies");
    client.renew().await;
    let new = at(&nodes.there.url, &client);
    assert!(new.is_signed_in().await);

    nodes.munjigi(&["keys", "rotate"]);
    assert_eq!(kids(&nodes.here.url).await[1], second[0], "the one that was published signs");
    assert!(old.is_signed_in().await && new.is_signed_in().await, "a token lives for five minutes");

    let text = nodes.munjigi(&["keys", "rotate", "--forget-old"]);
    assert!(text.contains("every user signs in again"), "{text}");
    let left = kids(&nodes.there.url).await;
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(!left.iter().any(|kid| second.contains(kid)), "those that were to come have leaked as well");
    assert!(!old.is_signed_in().await && !new.is_signed_in().await);
    client.sign_in("mina").await;
    assert!(at(&nodes.there.url, &client).is_signed_in().await);
}
