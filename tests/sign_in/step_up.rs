//! Confirming that it is you, without a password.

use serde_json::{Value, json};

use crate::support::provider::{FakeProvider, come_by_post, leave, offer, press, register_by, sign_in_by};
use crate::support::relying_party::{destination, query};
use crate::support::{Persona, TestApp, scratch};

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

/// Apple posts the new proof, and asks again only if its page does; without a time its answer proves nothing.
#[tokio::test]
async fn apple_proves_it_by_a_post_that_says_when() {
    let fake = FakeProvider::start().await;
    let folder = scratch();
    let (section, _) = fake.apple(folder.path());
    let app = TestApp::with(|config| offer(config, &section)).await;
    fake.follow(&app);
    let person = |sub: &str, auth_time: Value| {
        fake.person(json!({"sub": sub, "email": "mina@example.org", "email_verified": "true", "auth_time": auth_time}));
    };
    person("001", json!(null));
    let mina = app.visitor();
    let answer = fake.answer(&leave(&mina, "/login", "fake").await);
    let form = "/sign-in/fake/register";
    come_by_post(&app, &mina, &answer).await.assert_redirect(form);
    mina.fill(form, form, &[("username", "mina")]).await.assert_redirect("/dashboard");
    app.clock.stop();
    app.clock.advance(3600);
    let now = app.clock.now();
    let send = async |other: &[(&str, &str)]| {
        let address = destination(&mina.post("/sign-in/fake/step-up", &[("back", "/profile")]).await);
        let asked = query(&address);
        let names = ["prompt", "max_age", "response_mode"].map(|name| asked[name].as_str());
        assert_eq!(names, ["login", "0", "form_post"]);
        come_by_post(&app, &mina, &fake.answer_with(&address, other)).await.assert_redirect("/profile");
        (mina.get("/profile").await.text(), mina.post("/profile/delete", &[]).await.status)
    };
    person("001", json!(now));
    let (page, status) = send(&[("code", ""), ("error", "user_cancelled_authorize")]).await;
    assert!(page.contains("You cancelled at Apple") && status == 422, "{page}");
    for (sub, auth_time, expected) in [
        ("001", json!(null), 422),
        ("001", json!(now - 3600), 422),
        ("001", json!(now.to_string()), 422),
        ("002", json!(now), 422),
        ("001", json!(now), 303),
    ] {
        person(sub, auth_time.clone());
        assert_eq!(send(&[]).await.1, expected, "{sub} {auth_time}");
    }
}

/// At Microsoft a person is a tenant and an object id, and tokens are those of the endpoints whose issuer ends in `/v2.0`.
#[tokio::test]
async fn microsoft_proves_it_by_the_tenant_and_the_object_that_signed_in() {
    let fake = FakeProvider::start().await;
    let (section, issuer) = fake.microsoft();
    let app = TestApp::with(|config| offer(config, &section)).await;
    fake.follow(&app);
    let (tenant, other) = ("11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555");
    let of = |tenant: &str, object: &str| {
        json!({"iss": issuer.replace("{tenantid}", tenant), "tid": tenant, "oid": object, "sub": "pairwise",
               "email": "mina@example.org", "xms_edov": true})
    };
    fake.person(of(tenant, "mina"));
    let mina = app.visitor();
    register_by(&mina, &fake, "fake", "mina").await.assert_redirect("/dashboard");
    app.clock.stop();
    app.clock.advance(3600);
    let now = app.clock.now();
    let first = json!({"iss": format!("{}/{tenant}/", fake.url)});
    for (claims, replaced, expected) in [
        (of(tenant, "mina"), json!({"auth_time": null}), 422),
        (of(tenant, "mina"), json!({"auth_time": now - 3600}), 422),
        (of(other, "mina"), json!({"auth_time": now}), 422),
        (of(tenant, "eve"), json!({"auth_time": now}), 422),
        (of(tenant, "mina"), json!({"auth_time": now, "tid": other}), 422),
        (of(tenant, "mina"), json!({"auth_time": now, "iss": first["iss"]}), 422),
        (of(tenant, "mina"), json!({"auth_time": now}), 303),
    ] {
        let mut claims = claims;
        for (name, value) in replaced.as_object().unwrap() {
            claims[name] = value.clone();
        }
        fake.person(claims);
        let sent = mina.post("/sign-in/fake/step-up", &[("back", "/profile")]).await;
        mina.get(&fake.answer(&destination(&sent))).await.assert_redirect("/profile");
        assert_eq!(mina.post("/profile/delete", &[]).await.status, expected, "{replaced}");
    }
    // The older endpoints publish another issuer, and nothing they say counts.
    let (older, _) = fake.microsoft();
    let path = "/common/v2.0/.well-known/openid-configuration";
    fake.says().pages.get_mut(path).unwrap()["issuer"] = first["iss"].clone();
    let app = TestApp::with(|config| offer(config, &older)).await;
    let person = app.visitor();
    press(&person, "/login", "fake", &[]).await.assert_redirect("/login");
    assert!(person.get("/login").await.text().contains("Signing in with Microsoft didn’t work"));
}
