//! Confirming that it is you, without a password.

use serde_json::json;

use crate::support::provider::{FakeProvider, offer, register_by, sign_in_by};
use crate::support::relying_party::{destination, query};
use crate::support::{Persona, TestApp};

use super::linking::server;
use super::logout::send;

/// A member without a password who signed in an hour ago.
async fn member(fake: &FakeProvider, app: &TestApp) -> Persona {
    fake.person(json!({"sub": "mina", "email": "mina@example.org", "email_verified": true}));
    let mina = app.visitor();
    register_by(&mina, fake, "fake", "mina").await.assert_redirect("/dashboard");
    app.clock.stop();
    app.clock.advance(3600);
    mina
}

#[tokio::test]
async fn a_member_without_a_password_proves_it_at_the_provider() {
    let (fake, app) = server("").await;
    let mina = member(&fake, &app).await;
    let asked = mina.post("/profile/delete", &[("confirm-back", "/profile")]).await;
    assert_eq!(asked.status, 422);
    assert!(asked.find("input[type=password]").is_empty(), "there is none: {}", asked.body);
    assert_eq!(asked.attributes("main .acts a", "href").first().map(String::as_str), Some("/password-reset"));
    let form = asked.form("/sign-in/fake/step-up");
    let back = form["back"].clone().unwrap();
    let send = async || {
        let sent = mina.post("/sign-in/fake/step-up", &[("back", &back)]).await;
        let address = destination(&sent);
        let asked = query(&address);
        assert_eq!((asked["prompt"].as_str(), asked["max_age"].as_str()), ("login", "0"));
        mina.get(&fake.answer(&address)).await
    };
    // It did not ask, or does not say when.
    let now = app.clock.now();
    for auth_time in [json!(null), json!(now - 3600)] {
        fake.person(json!({"sub": "mina", "auth_time": auth_time}));
        send().await.assert_redirect(&back);
        assert_eq!(mina.post("/profile/delete", &[]).await.status, 422);
    }
    // Another person proves it.
    fake.person(json!({"sub": "eve", "auth_time": now}));
    send().await.assert_redirect(&back);
    assert_eq!(mina.post("/profile/delete", &[]).await.status, 422);

    fake.person(json!({"sub": "mina", "auth_time": now}));
    let before = mina.cookie("munjigi");
    send().await.assert_redirect(&back);
    assert_ne!(mina.cookie("munjigi"), before, "with it comes a new session id");
    assert!(mina.get("/security").await.text().contains("Fake confirmed that it’s you"));
    assert_eq!(app.count("audit_events WHERE event = 'provider_confirmed'"), 1);
    assert_eq!(app.count("audit_events WHERE event = 'password_confirmed'"), 0);
    assert_eq!(mina.post("/profile/delete", &[]).await.status, 303);
}

/// Google says when a person has authenticated only where that is switched on, and only if it is asked.
#[tokio::test]
async fn each_kind_proves_it_only_if_it_says_when() {
    for (kind, claims) in [("google", r#"{"id_token":{"auth_time":{"essential":true}}}"#), ("oidc", "")] {
        let fake = FakeProvider::start().await;
        let section = fake.section("fake", kind, "label = \"Fake\"");
        let app = TestApp::with(|config| offer(config, &section)).await;
        fake.follow(&app);
        let mina = app.visitor();
        fake.person(json!({"sub": "mina"}));
        sign_in_by(&mina, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
        let form = "/sign-in/fake/register";
        let fields = [("username", "mina"), ("email", "mina@example.org")];
        mina.fill(form, form, &fields).await.assert_redirect("/dashboard");
        app.clock.stop();
        app.clock.advance(3600);
        let now = app.clock.now();
        for (auth_time, status) in [(json!(null), 422), (json!(now), 303)] {
            fake.person(json!({"sub": "mina", "auth_time": auth_time}));
            let sent = mina.post("/sign-in/fake/step-up", &[("back", "/profile")]).await;
            let address = destination(&sent);
            assert_eq!(query(&address).get("claims").map_or("", String::as_str), claims, "{kind}");
            mina.get(&fake.answer(&address)).await;
            assert_eq!(mina.post("/profile/delete", &[]).await.status, status, "{kind} {auth_time}");
        }
    }
}

#[tokio::test]
async fn the_session_there_that_confirmed_it_ends_the_one_here() {
    let (fake, app) = server("").await;
    fake.person(json!({"sub": "mina", "email": "mina@example.org", "email_verified": true, "sid": "first"}));
    let mina = app.visitor();
    register_by(&mina, &fake, "fake", "mina").await.assert_redirect("/dashboard");
    // Between the two, the session there has ended without a notice and another one has begun.
    fake.person(json!({"sub": "mina", "sid": "second", "auth_time": app.clock.now()}));
    let sent = mina.post("/sign-in/fake/step-up", &[("back", "/security")]).await;
    mina.get(&fake.answer(&destination(&sent))).await.assert_redirect("/security");
    for (sid, goes_on) in [("first", true), ("second", false)] {
        let reply = send(&app, &fake.logout_token(&json!({"sid": sid, "jti": sid}))).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(mina.is_signed_in().await, goes_on, "after the end of {sid}");
    }
}

#[tokio::test]
async fn a_password_is_not_replaced_by_a_provider() {
    let (fake, app) = server("").await;
    let mina = member(&fake, &app).await;
    let id = app.user_id("mina");
    app.write_user(id, format!("UPDATE users SET password_hash = 'x' WHERE id = {id}")).await;
    assert_eq!(mina.post("/sign-in/fake/step-up", &[("back", "/")]).await.status, 404);
    let asked = mina.post("/profile/delete", &[]).await;
    assert_eq!(asked.find("input[type=password]").len(), 1);
    assert!(asked.attributes("form", "action").iter().all(|action| !action.starts_with("/sign-in/")));
}
