//! The identity that apps receive: an address only once its owner has confirmed it, and an id that stays.

use super::{Sent, by_nginx, forward, gated, sent};
use crate::support::{Persona, Reply, TestApp, over_both_stores, scratch};

const RULES: &str = r#"
[[rule]]
host = "app.example.org"
path = "/marked"
unverified_email = true

[[rule]]
host = "app.example.org"
path = "/public"
level = "none"

[[rule]]
host = "wiki.example.org"
path = "/quiet"
unverified_email = false

[[rule]]
host = "wiki.example.org"
path = "/part"

[[rule]]
host = "app.example.org"
"#;

const HEADERS: [&str; 6] = [
    "remote-user",
    "remote-user-id",
    "remote-groups",
    "remote-name",
    "remote-email",
    "remote-email-verified",
];

over_both_stores![an_address_is_passed_on_once_its_owner_has_confirmed_it];

async fn confirm(app: &TestApp, name: &str) {
    let id = app.user_id(name);
    app.write_user(id, format!("UPDATE users SET email_verified_at = 1 WHERE id = {id}")).await;
}

/// The address as the app gets it, and what is said about it.
fn address(reply: &Reply) -> (&str, &str) {
    assert_eq!(reply.status, 200, "{}", reply.body);
    for name in HEADERS {
        assert_eq!(reply.headers.get_all(name).iter().count(), 1, "{name}: an empty one clears the client's");
    }
    (reply.header("remote-email"), reply.header("remote-email-verified"))
}

fn at(host: &str, place: &str) -> Sent<'static> {
    let mut sent = sent("GET", place);
    sent[2].1 = host.to_owned();
    sent
}

/// The store comes from `app`; the rules of this file need a server of their own.
async fn an_address_is_passed_on_once_its_owner_has_confirmed_it(app: TestApp) {
    let redis = app.config.redis_url.as_ref().map(|_| crate::support::redis_url());
    drop(app);
    let folder = scratch();
    let change = gated(&folder);
    let app = TestApp::with(|config| {
        change(config);
        config.redis_url = redis;
    })
    .await;
    // Anyone may register anyone's address.
    let chief = app.member("chief").await;
    let token = app.client_of("chief").await.bearer();
    let by_token = app.visitor();
    let with_token = || {
        let mut sent = sent("GET", "/x");
        sent.push(("authorization", token.clone()));
        sent
    };
    for stage in [("", ""), ("chief@example.org", "true"), ("", "")] {
        for _ in 0..2 {
            assert_eq!(address(&forward(&chief, &sent("GET", "/x")).await), stage);
            assert_eq!(address(&forward(&chief, &sent("GET", "/public")).await), stage);
            assert_eq!(address(&by_nginx(&chief, "GET", "https://app.example.org/x").await), stage);
            assert_eq!(address(&forward(&by_token, &with_token()).await), stage);
            assert_eq!(address(&forward(&app.visitor(), &sent("GET", "/public")).await), ("", ""));
        }
        let check = chief.get("/api/auth/check").await.json();
        assert_eq!(check["user"]["email_verified"], !stage.0.is_empty());
        match stage.0 {
            "" => confirm(&app, "chief").await,
            _ => {
                let fields = [("email", "ceo@corp.example")];
                chief.fill("/profile", "/profile", &fields).await.assert_redirect("/profile");
            }
        }
    }
}

async fn start() -> (TestApp, tempfile::TempDir) {
    let folder = scratch();
    let path = folder.path().join("rules.toml");
    std::fs::write(&path, RULES).unwrap();
    let app = TestApp::with(|config| {
        config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        config.rules = Some(path);
    });
    (app.await, folder)
}

async fn seen(persona: &Persona, host: &str, place: &str) -> (String, String) {
    let reply = forward(persona, &at(host, place)).await;
    let (email, verified) = address(&reply);
    (email.to_owned(), verified.to_owned())
}

fn pair(email: &str, verified: &str) -> (String, String) {
    (email.to_owned(), verified.to_owned())
}

#[tokio::test]
async fn staff_let_an_app_have_addresses_that_are_not_confirmed() {
    let (app, _rules) = start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    let (hidden, marked) = (pair("", ""), pair("mina@example.org", "false"));
    let wiki = [("name", "Wiki"), ("address", "https://wiki.example.org/")];
    let telling = [wiki[0], wiki[1], ("unverified_email", "yes")];
    let is_checked = async || {
        let form = sofia.get("/admin/apps/1").await.form("/admin/apps/1");
        form["unverified_email"].is_some()
    };
    sofia.fill("/admin/apps/new/proxy", "/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    assert_eq!(seen(&mina, "wiki.example.org", "/x").await, hidden);
    assert!(!is_checked().await);
    for _ in 0..2 {
        sofia.post("/admin/apps/1", &telling).await.assert_redirect("/admin/apps");
        assert!(is_checked().await);
        assert_eq!(seen(&mina, "wiki.example.org", "/x").await, marked);
        assert_eq!(seen(&mina, "wiki.example.org", "/part/x").await, marked, "a rule that does not say");
        assert_eq!(seen(&mina, "wiki.example.org", "/quiet/x").await, hidden, "a rule that says");
        assert_eq!(seen(&mina, "wiki.example.org", "/x/../quiet").await, hidden, "the strictest reading");
        assert_eq!(seen(&mina, "app.example.org", "/x").await, hidden, "another app");
        sofia.post("/admin/apps/1", &wiki).await.assert_redirect("/admin/apps");
        assert!(!is_checked().await);
        assert_eq!(seen(&mina, "wiki.example.org", "/x").await, hidden);
    }
    assert_eq!(seen(&mina, "app.example.org", "/marked").await, marked, "a rule without an app");
    sofia.post("/admin/apps/1", &telling).await.assert_redirect("/admin/apps");
    sofia.post("/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    assert_eq!(seen(&mina, "wiki.example.org", "/x").await, hidden, "every app at the address must have it");
    sofia.post("/admin/apps/2/delete", &[]).await.assert_redirect("/admin/apps");
    confirm(&app, "mina").await;
    let confirmed = pair("mina@example.org", "true");
    for (host, place) in
        [("wiki.example.org", "/x"), ("wiki.example.org", "/quiet"), ("app.example.org", "/marked")]
    {
        assert_eq!(seen(&mina, host, place).await, confirmed);
    }
}

#[tokio::test]
async fn a_user_keeps_the_id_and_no_other_gets_it() {
    let (app, _rules) = start().await;
    let mina = app.member("mina").await;
    let id = app.user_id("mina");
    let received = async |persona: &Persona| {
        let reply = forward(persona, &at("app.example.org", "/x")).await;
        (reply.header("remote-user").to_owned(), reply.header("remote-user-id").to_owned())
    };
    assert_eq!(received(&mina).await, pair("mina", &id.to_string()));
    assert_eq!(mina.get("/api/auth/check").await.json()["user_id"], id);
    app.execute("UPDATE users SET username = 'minji', username_key = 'minji'");
    app.identity.sessions.reader.cache().users.invalidate(&id);
    assert_eq!(received(&mina).await, pair("minji", &id.to_string()), "whatever the name is");
    app.execute("DELETE FROM users");
    let other = app.member("mina").await;
    let (_, next) = received(&other).await;
    assert!(next.parse::<i64>().unwrap() > id, "{next} after {id}");
}
