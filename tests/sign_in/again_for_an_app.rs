//! An app asks that a member without a password authenticate again (`prompt=login`, `max_age`).

use serde_json::json;

use crate::support::provider::{FakeProvider, offer, register_by};
use crate::support::relying_party::{RelyingParty, TokenSet, allow, destination, query};
use crate::support::{Persona, Reply, TestApp};

use super::linking::server;

/// A member who signed in an hour ago, and an app that they have allowed.
async fn member(fake: &FakeProvider, app: &TestApp) -> (Persona, RelyingParty) {
    fake.person(json!({"sub": "mina", "email": "mina@example.org", "email_verified": true}));
    let mina = app.visitor();
    register_by(&mina, fake, "fake", "mina").await.assert_redirect("/dashboard");
    let wiki = RelyingParty::register(app, "Wiki").await;
    wiki.sign_in(&mina, &[]).await;
    app.clock.stop();
    app.clock.advance(3600);
    (mina, wiki)
}

/// Presses the provider's button on the page that asks; the answer of this person there.
async fn prove(person: &Persona, fake: &FakeProvider, asked: &Reply, other: &[(&str, &str)]) -> Reply {
    assert_eq!(asked.status, 200, "{}", asked.header("location"));
    let sent = person.answer(asked, "/sign-in/fake/step-up").await;
    let address = destination(&sent);
    assert_eq!((query(&address)["prompt"].as_str(), query(&address)["max_age"].as_str()), ("login", "0"));
    person.get(&fake.answer_with(&address, other)).await
}

#[tokio::test]
async fn the_provider_asks_and_the_app_learns_when() {
    let (fake, app) = server("").await;
    let (mina, wiki) = member(&fake, &app).await;
    for asks in [("prompt", "login"), ("max_age", "300"), ("max_age", "0")] {
        app.clock.advance(900);
        let now = app.clock.now();
        let address = wiki.address(&[asks]);
        let asked = mina.get(&address).await;
        assert!(asked.find("input[type=password]").is_empty(), "{}", asked.body);

        // Who cancels there, or proves to be another, is asked again, and the app gets nothing.
        let cancelled = prove(&mina, &fake, &asked, &[("code", ""), ("error", "access_denied")]).await;
        let asked = mina.get(cancelled.header("location")).await;
        assert!(asked.text().contains("You cancelled at Fake"), "{}", asked.text());
        fake.person(json!({"sub": "eve", "auth_time": now}));
        let another = prove(&mina, &fake, &asked, &[]).await;
        let asked = mina.get(another.header("location")).await;
        assert_eq!(asked.attributes("form[action='/sign-in/fake/step-up']", "method").len(), 1);
        // Nor does an answer count that the provider gave without asking.
        fake.person(json!({"sub": "mina", "auth_time": now - 3600}));
        let silent = prove(&mina, &fake, &asked, &[]).await;
        let asked = mina.get(silent.header("location")).await;
        assert_eq!(asked.attributes("form[action='/sign-in/fake/step-up']", "method").len(), 1);

        fake.person(json!({"sub": "mina", "auth_time": now}));
        let proved = prove(&mina, &fake, &asked, &[]).await;
        assert!(proved.header("location").starts_with("/oauth/authorize?"), "{}", proved.header("location"));
        let to = destination(&mina.get(proved.header("location")).await);
        let tokens = TokenSet::of(&wiki.exchange(&query(&to)["code"], &[]).await);
        assert_eq!(tokens.claims()["auth_time"], now, "{asks:?}");
    }
    // Without a page there is no way.
    let silent = query(&wiki.authorize(&mina, &[("prompt", "none"), ("max_age", "0")]).await);
    assert_eq!(silent["error"], "login_required");
}

#[tokio::test]
async fn where_no_provider_can_ask_a_mailed_link_or_a_new_password_leads_on() {
    let fake = FakeProvider::start().await;
    let url = &fake.url;
    let text = format!(
        "[[provider]]\nname = \"fake\"\nkind = \"github\"\nclient_id = \"{}\"\nclient_secret = \"x\"\n\
         authorize_url = \"{url}/authorize\"\ntoken_url = \"{url}/token\"\napi_url = \"{url}/api\"\n",
        crate::support::provider::CLIENT_ID
    );
    let app = TestApp::with(|config| {
        offer(config, &text);
        config.mail.sign_in_links = true;
    })
    .await;
    fake.follow(&app);
    let emails = json!([{"email": "mina@example.org", "primary": true, "verified": true}]);
    fake.says().pages.insert("/api/user".to_owned(), json!({"id": 7, "login": "mina"}));
    fake.says().pages.insert("/api/user/emails".to_owned(), emails);
    let (mina, wiki) = member(&fake, &app).await;
    let asked = mina.get(&wiki.address(&[("prompt", "login")])).await;
    assert_eq!(asked.status, 200);
    assert!(asked.attributes("main form", "action").iter().all(|action| !action.ends_with("/step-up")));
    let links = asked.attributes("main a.button", "href");
    assert!(
        links.iter().any(|link| link.starts_with("/password-reset?next=%2Foauth%2Fauthorize")),
        "{links:?}"
    );
    let mailed = links.iter().find(|link| link.starts_with("/sign-in-link?next=")).unwrap();
    mina.fill(mailed, "/sign-in-link", &[("login", "mina")]).await.assert_redirect("/sign-in-link/code");
    let code = app.mail("mina@example.org", 1).await.code();
    let came = mina.fill("/sign-in-link/code", "/sign-in-link/code", &[("code", &code)]).await;
    let place = came.header("location");
    assert!(place.starts_with("/oauth/authorize?") && !place.contains("prompt="), "{} {place}", came.text());
    let to = destination(&allow(&mina, mina.get(place).await).await);
    let claims = TokenSet::of(&wiki.exchange(&query(&to)["code"], &[]).await).claims();
    assert_eq!((&claims["auth_time"], &claims["amr"]), (&json!(app.clock.now()), &json!(["mail"])));
    // For an act on a page it does not: a mailed link is no proof for that.
    app.clock.advance(3600);
    let asked = mina.post("/profile/delete", &[("confirm-back", "/profile")]).await;
    assert!(!asked.attributes("main a.button", "href").iter().any(|link| link.starts_with("/sign-in-link")));
}

#[tokio::test]
async fn a_passkey_or_an_authenticator_app_is_asked_for_first() {
    let (fake, app) = server("").await;
    let (mina, totp) = app.member_with_totp("mina").await;
    let id = app.user_id("mina");
    app.write_user(id, format!("UPDATE users SET password_hash = '!' WHERE id = {id}")).await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    wiki.sign_in(&mina, &[]).await;
    let asked = mina.get(&wiki.address(&[("prompt", "login")])).await;
    assert_eq!(asked.find("input[name=current_code]").len(), 1, "{}", asked.text());
    assert!(asked.find("input[type=password]").is_empty());
    let code = totp.next_code(&app);
    let proved = mina.confirm(&asked, "/oauth/authorize", ("current_code", &code)).await;
    assert!(query(&destination(&proved)).contains_key("code"));
    drop(fake);
}
