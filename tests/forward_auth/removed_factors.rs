//! A second factor that is removed no longer counts in the session that it had begun: at apps, in tokens, on every node.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{Sent, forward, gated, sent};
use crate::support::{Forgery, Persona, RedisServer, SoftPasskey, TestApp, scratch};

fn vault() -> Sent<'static> {
    sent("GET", "/vault/x")
}

/// Two nodes with one database; with a cookie domain, so that there are proxy cookies.
async fn pair(redis_url: Option<String>) -> ([TestApp; 2], tempfile::TempDir) {
    let folder = scratch();
    let start = async |shared: Option<&TestApp>| {
        let change = gated(&folder);
        TestApp::with(|config| {
            change(config);
            config.public_url = Some("https://id.example.org".parse().unwrap());
            config.cookie_domain = Some("example.org".to_owned());
            config.redis_url.clone_from(&redis_url);
            if let Some(app) = shared {
                (config.database, config.data_dir) =
                    (app.config.database.clone(), app.config.data_dir.clone());
            }
        })
        .await
    };
    let here = start(None).await;
    let there = start(Some(&here)).await;
    ([here, there], folder)
}

/// The carriers of one session: the session cookie, and the proxy cookie alone.
fn carriers(app: &TestApp, persona: &Persona) -> Vec<Persona> {
    let names = ["__Host-munjigi", "__Secure-munjigi-proxy"];
    let of = |name: &str| {
        let one = app.visitor();
        one.set_cookie(name, &persona.cookie(name).unwrap());
        one
    };
    names.into_iter().map(of).collect()
}

async fn a_removed_app_no_longer_opens_what_takes_two_factors(redis_url: Option<String>) {
    let ([here, there], _folder) = pair(redis_url).await;
    let mina = here.member("mina").await;
    let authenticator = here.set_up_totp(&mina).await;
    let mina = here.pending_sign_in("mina").await;
    mina.verify(&authenticator.next_code(&here)).await.assert_redirect("/dashboard");
    for app in [&here, &there] {
        for carrier in carriers(app, &mina) {
            assert_eq!(forward(&carrier, &vault()).await.status, 200);
        }
    }
    let old = carriers(&there, &mina);
    mina.fill("/security/totp", "/security/totp/remove", &[]).await.assert_redirect("/security");
    let since = Instant::now();
    while forward(&old[0], &vault()).await.status == 200 || forward(&old[1], &vault()).await.status == 200 {
        assert!(since.elapsed() < Duration::from_secs(1), "the old cookies still open it");
    }
    for app in [&here, &there] {
        for carrier in carriers(app, &mina) {
            assert_eq!(forward(&carrier, &vault()).await.status, 302);
            assert_eq!(forward(&carrier, &sent("GET", "/x")).await.status, 200, "the session goes on");
        }
    }
    let check = mina.get("/api/auth/check").await.json();
    assert_eq!(check["session"]["amr"], json!(["pwd"]));
    here.set_up_totp(&mina).await;
    assert_eq!(forward(&carriers(&here, &mina)[1], &vault()).await.status, 200, "another one counts again");
}

#[tokio::test]
async fn a_removed_app_no_longer_opens_it_without_redis() {
    a_removed_app_no_longer_opens_what_takes_two_factors(None).await;
}

#[tokio::test]
async fn a_removed_app_no_longer_opens_it_with_redis() {
    let redis = RedisServer::start();
    a_removed_app_no_longer_opens_what_takes_two_factors(Some(redis.url())).await;
}

#[tokio::test]
async fn a_removed_passkey_no_longer_counts_though_an_app_is_left() {
    let folder = scratch();
    let app = TestApp::named(gated(&folder)).await;
    let mina = app.member("mina").await;
    let authenticator = app.set_up_totp(&mina).await;
    let mut passkey = SoftPasskey::new(7);
    mina.add_passkey(&mut passkey, &app.url, "Laptop").await.assert_redirect("/security/passkeys");
    let mina = app.visitor();
    let (page, action) = ("/login", "/login/passkey");
    let reply = mina.show_passkey(&mut passkey, &app.url, page, action, &Forgery::default()).await;
    reply.assert_redirect("/dashboard");
    assert_eq!(forward(&mina, &vault()).await.status, 200);
    mina.post("/security/passkeys/1/remove", &[]).await.assert_redirect("/security/passkeys");
    assert_eq!(forward(&mina, &vault()).await.status, 302);
    assert_eq!(forward(&mina, &sent("GET", "/x")).await.status, 200);
    let check = mina.get("/api/auth/check").await.json();
    assert!(!check["session"]["amr"].as_array().unwrap().contains(&json!("mfa")), "{check}");
    // The place to which the app's proxy leads asks for a factor that is left.
    let asked = mina.get("/security/totp?next=https%3A%2F%2Fapp%2Eexample%2Eorg%2Fvault%2Fx").await;
    let code = authenticator.next_code(&app);
    let shown = mina.confirm(&asked, "/security/totp", ("current_code", &code)).await;
    shown.assert_redirect("/security/totp");
    assert_eq!(mina.get("/security/totp").await.status, 200);
    assert_eq!(forward(&mina, &vault()).await.status, 200);
}

#[tokio::test]
async fn a_trusted_device_no_longer_counts_once_its_factor_is_removed() {
    let folder = scratch();
    let app = TestApp::named(gated(&folder)).await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let mut passkey = SoftPasskey::new(7);
    mina.add_passkey(&mut passkey, &app.url, "Laptop").await.assert_redirect("/security/passkeys");
    let laptop = app.pending_sign_in("mina").await;
    let code = authenticator.next_code(&app);
    laptop.post("/login/verify", &[("code", &code), ("trust", "yes")]).await.assert_redirect("/dashboard");
    laptop.post("/logout", &[]).await;
    laptop.sign_in("mina").await.assert_redirect("/dashboard");
    assert_eq!(forward(&laptop, &vault()).await.status, 200);
    let asked = laptop.post("/security/totp/remove", &[]).await;
    let answer = passkey.show(&asked, &app.url, &Forgery::default()).to_string();
    let state = crate::support::state(&asked, "current_passkey");
    let fields = [("current_passkey", &*answer), ("current_passkey_state", &*state)];
    laptop.post("/security/totp/remove", &fields).await.assert_redirect("/security");
    let amr = laptop.get("/api/auth/check").await.json()["session"]["amr"].clone();
    assert_eq!(amr, json!(["pwd", "hwk", "mfa"]), "the passkey that was just shown is still there");
    assert_eq!(forward(&laptop, &vault()).await.status, 200);
}

#[tokio::test]
async fn however_the_last_factor_goes_sessions_and_tokens_count_as_one_factor() {
    let folder = scratch();
    let app = TestApp::named(gated(&folder)).await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let mut client = app.program();
    let code = authenticator.next_code(&app);
    let body = json!({"login": "mina", "password": crate::support::PASSWORD, "code": code});
    let pair = client.post_bare("/api/auth/login", body).await;
    client.keep(&pair);
    let by_token = app.visitor();
    let opened = async || {
        let request = vault().into_iter().fold(
            by_token.request(reqwest::Method::GET, "/api/authz/forward-auth"),
            |request, (name, value)| request.header(name, value),
        );
        by_token.send(request.header("authorization", client.bearer())).await.status
    };
    assert_eq!(opened().await, 200);
    let id = app.user_id("mina");
    app.write_user(id, format!("DELETE FROM totp WHERE user_id = {id}")).await;
    app.write_user(id, format!("UPDATE users SET factors_since = NULL WHERE id = {id}")).await;
    // As a removal that ends no session would leave it.
    assert_eq!(opened().await, 401);
    assert_eq!(forward(&mina, &vault()).await.status, 302);
    client.renew().await;
    let claims = client.get("/api/auth/check").await.json();
    assert_eq!(claims["session"]["amr"], json!(["pwd"]));
}
