//! Tokens of apps on two nodes.

use crate::support::own_key::{ASSERTION_TYPE, OwnKey};
use crate::support::relying_party::{CALLBACK, RelyingParty, TokenSet};

use super::*;

fn register(pair: &Pair) -> RelyingParty {
    register_with(pair, &[])
}

fn register_with(pair: &Pair, more: &[&str]) -> RelyingParty {
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
    let output = Munjigi::command(&pair.folder.path().join("data")).args(words).args(more).output().unwrap();
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

/// How long after `since` the first check at this node that said so was sent.
async fn until_inactive(url: &str, wiki: &RelyingParty, tokens: &TokenSet, since: Instant) -> Duration {
    loop {
        let sent = Instant::now();
        if wiki.introspect_at(url, &tokens.access).await["active"] == false {
            let userinfo = crate::support::relying_party::userinfo_at(url, &tokens.access).await;
            assert_eq!(userinfo.status, 401);
            return sent - since;
        }
        assert!(since.elapsed() < Duration::from_secs(5), "it stays active");
    }
}

#[tokio::test]
async fn a_token_of_an_app_that_ended_on_one_node_is_inactive_on_the_other_at_once() {
    let pair = Pair::start();
    let third = pair.third().await;
    let sofia = Persona::at(&pair.here.url, &third.staff("sofia").await);
    sofia.post("/admin/groups", &[("name", "Readers")]).await.assert_redirect("/admin/groups/1");
    let wiki = register_with(&pair, &["--group", "Readers"]);
    let mut times = Vec::new();
    for (number, mina) in people(&pair, &third, "apps", 48).await.iter().enumerate() {
        let name = format!("apps{number}");
        let id = third.user_id(&name);
        third.join_group(1, id).await;
        let tokens = hot(&pair, &wiki, mina).await;
        // Each kind on either node.
        let (url, other) = match (number + number / 6) % 2 {
            0 => (&pair.here.url, &pair.there.url),
            _ => (&pair.there.url, &pair.here.url),
        };
        match number % 6 {
            0 => drop(wiki.post_at(url, "/oauth/revoke", &[("token", &tokens.access)]).await),
            kind @ (1 | 2) => end_from_elsewhere(&third, url, (&name, kind == 2)).await,
            3 => {
                let remove = format!("/admin/groups/1/members/{id}/remove");
                Persona::at(url, &sofia).post(&remove, &[]).await.assert_redirect("/admin/groups/1");
            }
            // A new password, the end of the account or of the session, and sign-out.
            4 => end(number / 6, &Persona::at(url, mina)).await,
            _ => end(8, &Persona::at(url, mina)).await,
        }
        times.push(until_inactive(other, &wiki, &tokens, Instant::now()).await);
        let fields = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh.as_ref().unwrap())];
        assert_eq!(wiki.post_at(other, "/oauth/token", &fields).await.status, 400);
    }
    times.sort();
    are_refused_at_once(&times, Duration::from_millis(50));

    let mina = pair.member("mina", 2).await;
    third.join_group(1, third.user_id("mina")).await;
    until_answered(&mina, &wiki.address(&[]), 303, Instant::now()).await;
    let tokens = hot(&pair, &wiki, &mina).await;
    let disable = ["user", "disable", "mina"];
    assert!(Munjigi::command(&pair.folder.path().join("data")).args(disable).status().unwrap().success());
    assert!(until_inactive(&pair.there.url, &wiki, &tokens, Instant::now()).await < Duration::from_secs(1));
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

#[tokio::test]
async fn a_refresh_token_on_two_nodes_at_once_has_one_successor_and_an_old_one_ends_the_grant() {
    let pair = Pair::start();
    let wiki = register(&pair);
    let mina = pair.member("mina", 1).await;
    let there = RelyingParty { url: pair.there.url.clone(), ..wiki.clone() };
    for _ in 0..5 {
        let first = hot(&pair, &wiki, &mina).await.refresh.unwrap();
        let (one, two) = tokio::join!(wiki.refresh(&first), there.refresh(&first));
        let (one, two) = (TokenSet::of(&one), TokenSet::of(&two));
        assert_eq!(one.refresh, two.refresh, "the answer may have been lost");
        let newest = TokenSet::of(&there.refresh(one.refresh.as_ref().unwrap()).await);
        assert!(wiki.is_alive(&newest).await);
        let (one, two) = tokio::join!(wiki.refresh(&first), there.refresh(&first));
        assert_eq!((one.status, two.status), (400, 400), "{} {}", one.body, two.body);
        for node in [&wiki, &there] {
            assert!(until_inactive(&node.url, node, &newest, Instant::now()).await < Duration::from_secs(1));
            assert_eq!(node.refresh(newest.refresh.as_ref().unwrap()).await.status, 400);
        }
        assert!(mina.is_signed_in().await);
    }
}

#[tokio::test]
async fn a_device_waits_at_one_node_and_is_allowed_on_the_other_once() {
    let pair = Pair::start();
    let words = ["app", "add", "Television", "--grant", "device_code", "--auth-method", "none", "--json"];
    let output = Munjigi::command(&pair.folder.path().join("data")).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let added: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let client_id = added["client_id"].as_str().unwrap().to_owned();
    let here = RelyingParty { url: pair.here.url.clone(), client_id, secret: None };
    let there = RelyingParty { url: pair.there.url.clone(), ..here.clone() };
    let mina = pair.member("mina", 1).await;
    let elsewhere = Persona::at(&pair.there.url, &mina);
    let reply = here.post("/oauth/device_authorization", &[("scope", "openid")]).await;
    let asked: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    let text = |name: &str| asked[name].as_str().unwrap().to_owned();
    let (device_code, user_code) = (text("device_code"), text("user_code"));
    let page = elsewhere.post("/device", &[("user_code", &user_code)]).await;
    let mut form = page.form("/device");
    form.insert("decision".to_owned(), Some("allow".to_owned()));
    let fields: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    let (one, two) = tokio::join!(elsewhere.post("/device", &fields), mina.post("/device", &fields));
    let allowed = [&one, &two].into_iter().filter(|reply| reply.status == 200).count();
    assert_eq!(allowed, 1, "{} {}", one.text(), two.text());
    let poll =
        [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", &device_code)];
    let (one, two) = tokio::join!(here.post("/oauth/token", &poll), there.post("/oauth/token", &poll));
    let given = [&one, &two].into_iter().filter(|reply| reply.status == 200).count();
    assert!(given <= 1, "{} {}", one.body, two.body);
    // Wrong codes on both nodes count together.
    let mina = pair.member("noa", 1).await;
    let elsewhere = Persona::at(&pair.there.url, &mina);
    for number in 0..10 {
        let person = if number % 2 == 0 { &mina } else { &elsewhere };
        assert_eq!(person.post("/device", &[("user_code", "BCDF-GHJK")]).await.status, 422, "{number}");
    }
    for person in [&mina, &elsewhere] {
        assert_eq!(person.post("/device", &[("user_code", "BCDF-GHJK")]).await.status, 429);
    }
}

#[tokio::test]
async fn a_proof_by_an_apps_own_key_counts_on_one_node_alone() {
    let pair = Pair::start();
    let key = OwnKey::generate(jsonwebtoken::Algorithm::ES256, "one");
    let file = pair.folder.path().join("keys.json");
    std::fs::write(&file, key.set()).unwrap();
    let words = [
        "app",
        "add",
        "Backup",
        "--grant",
        "client_credentials",
        "--auth-method",
        "private_key_jwt",
        "--jwks",
    ];
    let command = &mut Munjigi::command(&pair.folder.path().join("data"));
    let output = command.args(words).arg(&file).args(["--scope", "files:read", "--json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let added: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let client_id = added["client_id"].as_str().unwrap().to_owned();
    let here = RelyingParty { url: pair.here.url.clone(), client_id, secret: None };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
    for number in 0..5 {
        let sign = |url: &str| {
            let jti = serde_json::json!({"jti": format!("the same {number}")});
            key.sign(&OwnKey::claims(&here.client_id, (url, now), jti))
        };
        let post = async |url: &str| {
            let assertion = sign(url);
            let fields = [
                ("grant_type", "client_credentials"),
                ("client_assertion_type", ASSERTION_TYPE),
                ("client_assertion", &assertion),
            ];
            here.post_at(url, "/oauth/token", &fields).await
        };
        let (one, two) = tokio::join!(post(&pair.here.url), post(&pair.there.url));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401], "{} {}", one.body, two.body);
    }
}
