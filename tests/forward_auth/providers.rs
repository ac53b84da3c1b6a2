//! Rules for people who came by a provider: the groups that it leads to count, and what it says of factors does not.

use munjigi::config::Required;
use serde_json::json;
use url::Url;

use crate::support::provider::{FakeProvider, leave, offer, register_by, sign_in_by};
use crate::support::{TestApp, scratch};

use super::{forward, gated, sent};

const VAULT: &str = "https://app.example.org/vault/x";

/// Someone whose provider says that they are in these groups, and that two factors were checked there.
fn person(fake: &FakeProvider, name: &str, groups: &[&str]) {
    let email = format!("{name}@example.org");
    let amr = ["pwd", "otp", "mfa"];
    fake.person(json!({"sub": name, "email": email, "email_verified": true, "groups": groups, "amr": amr}));
}

#[tokio::test]
async fn groups_of_a_provider_count_and_a_level_of_two_factors_wants_one_of_this_server() {
    let (fake, folder) = (FakeProvider::start().await, scratch());
    let section = fake.section("fake", "oidc", "label = \"Fake\"\ngroup_map = { ops = \"Moderators\" }");
    let app = TestApp::with(|config| {
        gated(&folder)(config);
        config.allowed_origins = [Url::parse(VAULT).unwrap().origin()].into();
        offer(config, &section);
    })
    .await;
    fake.follow(&app);
    app.execute("INSERT INTO groups (name, name_key, created_at) VALUES ('Moderators', 'moderators', 1)");
    let (mina, eve) = (app.visitor(), app.visitor());
    person(&fake, "eve", &["dev"]);
    register_by(&eve, &fake, "fake", "eve").await.assert_redirect("/dashboard");
    person(&fake, "mina", &["ops", "dev"]);
    register_by(&mina, &fake, "fake", "mina").await.assert_redirect("/dashboard");
    for (persona, name, groups, admin) in [(&mina, "mina", "Moderators", 200), (&eve, "eve", "", 403)] {
        let reply = forward(persona, &sent("GET", "/x")).await;
        assert_eq!(reply.status, 200, "{name}");
        let headers = ["remote-user", "remote-email", "remote-email-verified"].map(|name| reply.header(name));
        assert_eq!(headers, [name, &format!("{name}@example.org"), "true"]);
        assert_eq!(reply.headers.get("remote-groups").map_or("", |value| value.to_str().unwrap()), groups);
        assert_eq!(forward(persona, &sent("GET", "/admin/x")).await.status, admin, "{name}");
        let asked = forward(persona, &sent("GET", "/vault/x")).await;
        assert_eq!(asked.status, 302, "{name}: factors of the provider open nothing");
        assert!(asked.header("location").contains("/security/totp?next="), "{}", asked.header("location"));
    }
    let authenticator = app.set_up_totp(&mina).await;
    assert_eq!(forward(&mina, &sent("GET", "/vault/x")).await.header("remote-user"), "mina");

    // In another browser, on the way to the app: by the provider, then the code, then the app.
    let again = app.visitor();
    let asked = forward(&again, &sent("GET", "/vault/x")).await.header("location").to_owned();
    let login = &asked[asked.find("/login?rd=").unwrap()..];
    assert!(login.contains("vault"), "{asked}");
    let address = leave(&again, login, "fake").await;
    let pending_sign_in = again.get(&fake.answer(&address)).await.header("location").to_owned();
    assert!(pending_sign_in.starts_with("/login/verify?"), "{pending_sign_in}");
    assert_eq!(forward(&again, &sent("GET", "/x")).await.status, 302, "half of a sign-in opens no app");
    let code = authenticator.next_code(&app);
    again.fill(&pending_sign_in, "/login/verify", &[("code", &code)]).await.assert_leads_on(VAULT);
    let reply = forward(&again, &sent("GET", "/vault/x")).await;
    assert_eq!((reply.status, reply.header("remote-groups")), (200, "Moderators"));
}

#[tokio::test]
async fn where_everyone_needs_a_second_factor_a_provider_does_not_replace_it() {
    let (fake, folder) = (FakeProvider::start().await, scratch());
    let section = fake.section("fake", "oidc", "label = \"Fake\"");
    let app = TestApp::with(|config| {
        gated(&folder)(config);
        offer(config, &section);
        config.require_second_factor = Required::Everyone;
    })
    .await;
    fake.follow(&app);
    person(&fake, "mina", &[]);
    let mina = app.visitor();
    let registered = register_by(&mina, &fake, "fake", "mina").await;
    assert_eq!(registered.status, 303);
    mina.get("/sessions").await.assert_redirect("/security/totp?next=%2Fsessions");
    assert_eq!(forward(&mina, &sent("GET", "/x")).await.status, 302, "no app before it is set up");
    let page = mina.get("/security/totp").await;
    assert!(page.text().contains("Your account needs two-step verification."), "{}", page.text());
    let authenticator = app.set_up_totp(&mina).await;
    assert_eq!(mina.get("/sessions").await.status, 200);
    assert_eq!(forward(&mina, &sent("GET", "/x")).await.header("remote-user"), "mina");
    // Each sign-in by the provider asks for it, and only with it is there a session.
    let again = app.visitor();
    sign_in_by(&again, &fake, "fake").await.assert_redirect("/login/verify");
    assert!(!again.is_signed_in().await);
    again.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
    assert_eq!(again.get("/sessions").await.status, 200);
    assert_eq!(forward(&again, &sent("GET", "/x")).await.status, 200);
}
