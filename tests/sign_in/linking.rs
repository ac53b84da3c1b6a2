//! Linking an account elsewhere to one here.

use serde_json::json;

use crate::support::provider::{FakeProvider, leave, offer, register_by, sign_in_by};
use crate::support::relying_party::{RelyingParty, allow, destination, query};
use crate::support::{Mail, Persona, Reply, SoftPasskey, TestApp, mails_in, over_both_stores};

over_both_stores![an_address_of_an_account_is_linked_only_by_its_owner];

async fn with(app: &TestApp) -> (FakeProvider, TestApp) {
    let fake = FakeProvider::start().await;
    let section = fake.section("fake", "oidc", "label = \"Fake\"");
    let redis = app.config.redis_url.is_some();
    let here = TestApp::with(|config| {
        config.redis_url = redis.then(crate::support::redis_url);
        offer(config, &section);
    });
    (fake, here.await)
}

pub async fn server(lines: &str) -> (FakeProvider, TestApp) {
    let fake = FakeProvider::start().await;
    let section = fake.section("fake", "oidc", &format!("label = \"Fake\"\n{lines}"));
    let here = TestApp::with(|config| offer(config, &section)).await;
    fake.follow(&here);
    (fake, here)
}

fn mina() -> serde_json::Value {
    json!({"sub": "mina-there", "email": "mina@example.org", "email_verified": true})
}

/// Whom the session pages greet.
pub async fn username(person: &Persona) -> String {
    let reply = person.send(person.request(reqwest::Method::GET, "/api/auth/user")).await;
    let user: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    user["user"]["username"].as_str().or(user["username"].as_str()).unwrap_or_default().to_owned()
}

/// Links from the security page; the answer to the browser that comes back.
async fn link(person: &Persona, fake: &FakeProvider) -> Reply {
    let reply = person.fill("/security", "/security/providers/fake/link", &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    person.get(&fake.answer(&destination(&reply))).await
}

async fn an_address_of_an_account_is_linked_only_by_its_owner(app: TestApp) {
    let (fake, here) = with(&app).await;
    let owner = here.member("mina").await;
    here.verify_address("mina").await;
    fake.person(mina());

    // A person who comes with the address is asked to sign in, and stays signed out.
    let visitor = here.visitor();
    sign_in_by(&visitor, &fake, "fake").await.assert_redirect("/sign-in/fake/link");
    assert!(!visitor.is_signed_in().await);
    let page = visitor.get("/sign-in/fake/link").await;
    assert!(
        page.text().contains("mina@example.org") && page.text().contains("sign in to it"),
        "{}",
        page.text()
    );
    assert_eq!(here.count("identities"), 0);
    // Without a session the confirmation does nothing.
    assert_eq!(visitor.post("/sign-in/fake/link/confirm", &[]).await.status, 303);
    assert_eq!(here.count("identities"), 0);

    visitor
        .fill(
            "/login?next=/sign-in/fake/link",
            "/login",
            &[("login", "mina"), ("password", crate::support::PASSWORD)],
        )
        .await
        .assert_redirect("/sign-in/fake/link");
    let asked = visitor.fill("/sign-in/fake/link", "/sign-in/fake/link/confirm", &[]).await;
    asked.assert_redirect("/security");
    assert!(visitor.get("/security").await.text().contains("Your Fake account was linked"));
    let again = here.visitor();
    sign_in_by(&again, &fake, "fake").await.assert_redirect("/dashboard");
    assert_eq!(username(&again).await, "mina");
    // Once only.
    assert_eq!(visitor.post("/sign-in/fake/link/confirm", &[]).await.header("location"), "/login");
    assert!(owner.is_signed_in().await);
}

#[tokio::test]
async fn a_member_links_and_unlinks_and_is_notified_and_it_is_recorded() {
    let (fake, here) = server("").await;
    let person = here.member("mina").await;
    fake.person(mina());
    link(&person, &fake).await.assert_redirect("/security");
    let page = person.get("/security").await;
    assert!(page.text().contains("Your Fake account was linked"), "{}", page.text());
    let events = page.find(".row.slim .name").join("\n");
    assert!(events.contains("Linked an account elsewhere"), "{events}");

    let other = here.visitor();
    sign_in_by(&other, &fake, "fake").await.assert_redirect("/dashboard");
    assert!(other.is_signed_in().await);
    person.fill("/security", "/security/providers/fake/unlink", &[]).await.assert_redirect("/security");
    let page = person.get("/security").await;
    assert!(page.text().contains("Your Fake account was unlinked"), "{}", page.text());
    assert!(!other.is_signed_in().await, "sessions that began with it end");
    assert!(person.is_signed_in().await);
    sign_in_by(&here.visitor(), &fake, "fake").await.assert_redirect("/sign-in/fake/link");

    for subject in ["An account elsewhere was linked", "An account elsewhere was unlinked"] {
        mailed(&here, subject).await;
    }
    for event in ["identity_linked", "identity_unlinked"] {
        let own = format!(
            "audit_events WHERE event = '{event}' AND subject = 'fake: mina@example.org' AND user_id = actor_id"
        );
        assert_eq!(here.count(&own), 1, "{event}");
    }
    // Nothing to unlink any more.
    assert_eq!(person.post("/security/providers/fake/unlink", &[]).await.status, 404);
    assert_eq!(person.post("/security/providers/other/link", &[]).await.status, 404);
}

async fn mailed(app: &TestApp, subject: &str) {
    for _ in 0..500 {
        let mails: Vec<Mail> = mails_in(&app.config.data_dir.join("outbox"));
        if mails.iter().any(|mail| mail.subject == subject) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no mail says {subject:?}");
}

#[tokio::test]
async fn the_last_way_in_stays() {
    let (fake, here) = server("").await;
    let person = here.visitor();
    fake.person(mina());
    register_by(&person, &fake, "fake", "mina").await.assert_redirect("/dashboard");
    let refused = person.fill("/security", "/security/providers/fake/unlink", &[]).await;
    refused.assert_refused_whole("This is your only way in");
    assert_eq!(here.count("identities"), 1);
    // With a password it is not.
    let id = here.user_id("mina");
    here.write_user(id, format!("UPDATE users SET password_hash = 'x' WHERE id = {id}")).await;
    person.fill("/security", "/security/providers/fake/unlink", &[]).await.assert_redirect("/security");
    assert_eq!(here.count("identities"), 0);
}

#[tokio::test]
async fn an_account_has_one_identity_of_a_provider_and_an_identity_one_account() {
    let (fake, here) = server("").await;
    let (person, other) = (here.member("mina").await, here.member("noa").await);
    fake.person(mina());
    link(&person, &fake).await.assert_redirect("/security");
    link(&other, &fake).await.assert_redirect("/security");
    assert!(other.get("/security").await.text().contains("belongs to another account"));
    // The page offers no second one; an older page does.
    fake.person(json!({"sub": "another", "email": "x@example.org"}));
    let sent = person.post("/security/providers/fake/link", &[]).await;
    person.get(&fake.answer(&destination(&sent))).await.assert_redirect("/security");
    assert!(person.get("/security").await.text().contains("has another Fake account linked"));
    assert_eq!(here.count("identities"), 1);
}

#[tokio::test]
async fn a_second_factor_here_still_counts() {
    let (fake, here) = server("").await;
    let person = here.member("mina").await;
    fake.person(mina());
    link(&person, &fake).await.assert_redirect("/security");
    let authenticator = here.set_up_totp(&person).await;
    fake.person(json!({"sub": "mina-there", "amr": ["pwd", "otp", "mfa"]}));
    let again = here.visitor();
    let address = leave(&again, "/login?next=/sessions", "fake").await;
    let reply = again.get(&fake.answer(&address)).await;
    reply.assert_redirect("/login/verify?next=%2Fsessions");
    assert!(!again.is_signed_in().await, "the provider's factors do not count here");
    let code = authenticator.next_code(&here);
    again.fill("/login/verify", "/login/verify", &[("code", &code)]).await.assert_redirect("/sessions");
    let reply = again.send(again.request(reqwest::Method::GET, "/api/auth/check")).await;
    let session: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(session["session"]["amr"], json!(["otp", "fed", "mfa", "pwd"]), "`mfa` is ours");
}

/// An account that has no password, an account elsewhere and a passkey.
async fn with_both(fake: &FakeProvider, here: &TestApp, name: &str) -> Persona {
    let person = here.visitor();
    let claims = json!({"sub": name, "email": format!("{name}@example.org"), "email_verified": true, "auth_time": here.clock.now()});
    fake.person(claims);
    register_by(&person, fake, "fake", name).await.assert_redirect("/dashboard");
    person.add_passkey(&mut SoftPasskey::new(name.len() as u8), &here.url, "Laptop").await;
    assert_eq!(here.count("passkeys"), 1);
    person
}

#[tokio::test]
async fn of_a_passkey_and_an_account_elsewhere_one_stays() {
    let fake = FakeProvider::start().await;
    let section = fake.section("fake", "oidc", "label = \"Fake\"");
    let here = TestApp::named(|config| offer(config, &section)).await;
    fake.follow(&here);
    let only = "This is your only way in";
    let (unlink, remove) = ("/security/providers/fake/unlink", "/security/passkeys/1/remove");
    let mina = with_both(&fake, &here, "mina").await;
    // Both at once: whichever is first, the other is refused.
    let older = Persona::with_cookies_of(&mina);
    let (first, second) = tokio::join!(mina.post(unlink, &[]), older.post(remove, &[]));
    assert!(
        first.status != 303 || second.status != 303 || !second.header("location").starts_with("/security")
    );
    assert_eq!(here.count("identities") + here.count("passkeys"), 1);
    here.execute("DELETE FROM passkeys");
    // One after the other.
    let ada = with_both(&fake, &here, "ada").await;
    let number = here.ids("passkeys").remove(0);
    ada.post(unlink, &[]).await.assert_redirect("/security");
    ada.post(&format!("/security/passkeys/{number}/remove"), &[]).await.assert_refused_whole(only);
    here.execute("DELETE FROM passkeys");
    let noah = with_both(&fake, &here, "noah").await;
    let number = here.ids("passkeys").remove(0);
    noah.post(&format!("/security/passkeys/{number}/remove"), &[])
        .await
        .assert_redirect("/security/passkeys");
    noah.post(unlink, &[]).await.assert_refused_whole(only);
}

/// What is of no use is no way in: here the provider was removed from the settings.
#[tokio::test]
async fn an_account_at_a_provider_that_was_removed_is_no_way_in() {
    let fake = FakeProvider::start().await;
    let section = fake.section("fake", "oidc", "label = \"Fake\"");
    let here = TestApp::named(|config| offer(config, &section)).await;
    fake.follow(&here);
    let mina = with_both(&fake, &here, "mina").await;
    let (database, data) = (here.config.database.clone(), here.config.data_dir.clone());
    let without = TestApp::named(|config| {
        config.database = database;
        config.data_dir = data;
    })
    .await;
    let mina = Persona::at(&without.url, &mina);
    mina.post("/security/passkeys/1/remove", &[]).await.assert_refused_whole("This is your only way in");
    assert_eq!(here.count("passkeys"), 1);
}

#[tokio::test]
async fn an_account_that_is_unlinked_during_a_sign_in_signs_in_no_more() {
    let (fake, here) = server("").await;
    let (owner, authenticator) = here.member_with_totp("mina").await;
    fake.person(mina());
    link(&owner, &fake).await.assert_redirect("/security");
    let other = here.visitor();
    let address = leave(&other, "/login", "fake").await;
    other.get(&fake.answer(&address)).await.assert_redirect("/login/verify");
    owner.post("/security/providers/fake/unlink", &[]).await.assert_redirect("/security");
    let code = authenticator.next_code(&here);
    let reply = other.verify(&code).await;
    assert!(!other.is_signed_in().await, "{} {}", reply.status, reply.text());
    assert_eq!(here.count("upstream_sessions"), 0);
}

/// Who comes from an app, and must link first, is back in the app afterwards.
#[tokio::test]
async fn a_link_on_the_way_to_an_app_leads_on_to_it() {
    let (fake, here) = server("").await;
    here.member("mina").await;
    here.verify_address("mina").await;
    fake.person(mina());
    let wiki = RelyingParty::register(&here, "Wiki").await;
    let visitor = here.visitor();
    let to_login = visitor.get(&wiki.address(&[])).await.header("location").to_owned();
    let address = leave(&visitor, &to_login, "fake").await;
    visitor.get(&fake.answer(&address)).await.assert_redirect("/sign-in/fake/link");
    let login = [("login", "mina"), ("password", crate::support::PASSWORD)];
    visitor.fill("/login?next=/sign-in/fake/link", "/login", &login).await;
    let linked = visitor.fill("/sign-in/fake/link", "/sign-in/fake/link/confirm", &[]).await;
    let place = linked.header("location").to_owned();
    assert!(place.starts_with("/oauth/authorize?"), "{place} {}", linked.text());
    let code = query(&destination(&allow(&visitor, visitor.get(&place).await).await)).remove("code");
    assert!(code.is_some());
}
