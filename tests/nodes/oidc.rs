//! Tokens of apps on two nodes.

use crate::support::own_key::{ASSERTION_TYPE, OwnKey};
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
