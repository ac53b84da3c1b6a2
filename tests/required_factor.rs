//! Who must have a second factor is led through set-up, and reaches nothing else; and how staff help who has lost theirs.

use munjigi::config::Required;
use serde_json::json;

use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

/// A group that asks for a second factor, with these in it.
async fn group_that_asks(sofia: &Persona, names: &[&str]) {
    sofia.post("/admin/groups", &[("name", "Careful")]).await.assert_redirect("/admin/groups/1");
    for name in names {
        sofia.post("/admin/groups/1/members", &[("login", name)]).await.assert_redirect("/admin/groups/1");
    }
    let fields = [("second_factor", "yes")];
    sofia.fill("/admin/groups/1", "/admin/groups/1", &fields).await.assert_redirect("/admin/groups/1");
}

over_both_stores! {
    async fn a_group_can_ask_for_a_second_factor_and_sessions_that_are_open_already_are_led_to_it(app: TestApp) {
        let sofia = app.staff("sofia").await;
        let (mina, eve) = (app.member("mina").await, app.member("eve").await);
        let client = app.client_of("mina").await;
        group_that_asks(&sofia, &["mina"]).await;
        assert_eq!(sofia.get("/admin/groups/1").await.find("input[name=second_factor][checked]").len(), 1);
        for page in ["/dashboard", "/profile", "/sessions", "/security", "/board/new", "/profile/delete"] {
            mina.get(page).await.assert_redirect("/security/totp");
        }
        mina.post("/sessions/end-others", &[]).await.assert_redirect("/security/totp");
        mina.post("/board/new", &[("title", "x"), ("body", "y")]).await.assert_redirect("/security/totp");
        for path in ["/api/auth/check", "/api/auth/user", "/api/auth/sessions"] {
            assert_eq!(client.get(path).await.status, 403, "{path}");
            assert_eq!(mina.get(path).await.status, 403, "{path}");
        }
        let told = client.get("/api/auth/check").await.json();
        assert!(told["detail"].as_str().unwrap().contains("must have a second factor"), "{told}");
        let body = json!({"login": "mina", "password": PASSWORD});
        assert_eq!(app.program().post_bare("/api/auth/login", body).await.status, 401);
        assert!(eve.is_signed_in().await);
        let page = mina.get("/security/totp").await;
        assert!(page.text().contains("Your account needs a second factor."), "{}", page.text());
        app.set_up_totp(&mina).await;
        assert!(mina.is_signed_in().await);
        assert!(!client.is_signed_in().await);
    }
}

#[tokio::test]
async fn who_lacks_a_required_factor_sets_it_up_right_after_the_password() {
    let app = TestApp::with(|config| config.require_second_factor = Required::Everyone).await;
    let mina = app.visitor();
    mina.register("mina").await;
    assert_eq!(mina.get("/dashboard").await.header("location"), "/security/totp");
    mina.post("/logout", &[]).await.assert_redirect("/");
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    mina.get("/dashboard").await.assert_redirect("/security/totp");
    let authenticator = app.set_up_totp(&mina).await;
    assert!(mina.is_signed_in().await);
    mina.post("/security/totp/remove", &[]).await.assert_redirect("/security");
    mina.get("/security").await.assert_redirect("/security/totp");
    assert_eq!(app.count("totp"), 0);
    assert!(!authenticator.secret.is_empty());
}

#[tokio::test]
async fn staff_can_be_asked_for_it_as_a_whole() {
    let app = TestApp::with(|config| config.require_second_factor = Required::Staff).await;
    let mina = app.member("mina").await;
    assert!(mina.is_signed_in().await);
    app.make_staff(app.user_id("mina")).await;
    mina.get("/admin/users").await.assert_redirect("/security/totp");
    let disable = format!("/admin/users/{}/disable", app.user_id("mina"));
    mina.post(&disable, &[]).await.assert_redirect("/security/totp");
    app.set_up_totp(&mina).await;
    assert_eq!(mina.get("/admin/users").await.status, 200);
}

#[tokio::test]
async fn a_recovery_takes_factors_and_password_away_and_leads_back_by_a_link_alone() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let place = format!("/admin/users/{}", app.user_id("mina"));
    let halfway = app.halfway("mina").await;
    let shown = sofia.fill(&place, &format!("{place}/recover"), &[]).await;
    let link = shown.find("textarea").remove(0).strip_prefix(&app.url).unwrap().to_owned();
    assert!(!mina.is_signed_in().await);
    assert_eq!(app.visitor().sign_in("mina").await.status, 422, "the password alone opens nothing");
    halfway.verify(&authenticator.next_code(&app)).await.assert_redirect("/login");
    halfway.verify(&authenticator.recovery[0]).await.assert_redirect("/login");
    let new = "copper lantern 강물 forty";
    let visitor = app.visitor();
    visitor.fill(&link, "/password-reset", &[("new_password", new)]).await.assert_redirect("/login");
    visitor.post("/login", &[("login", "mina"), ("password", new)]).await.assert_redirect("/dashboard");
    let events = visitor.get("/security").await.find("tbody td:first-child");
    assert!(events.contains(&"Second factors removed, for a recovery".to_owned()), "{events:?}");
    assert_eq!((app.count("totp"), app.count("recovery_codes"), app.count("trusted_devices")), (0, 0, 0));
}

#[tokio::test]
async fn nobody_recovers_themselves_or_fellow_staff_or_without_showing_who_they_are() {
    let app = TestApp::start().await;
    let (sofia, tom) = (app.staff("sofia").await, app.staff("tom").await);
    let (mina, _) = app.member_with_totp("mina").await;
    app.set_up_totp(&tom).await;
    let recover = |name: &str| format!("/admin/users/{}/recover", app.user_id(name));
    assert_eq!(sofia.post(&recover("sofia"), &[]).await.status, 403);
    assert_eq!(sofia.post(&recover("tom"), &[]).await.status, 403);
    assert_eq!(mina.post(&recover("mina"), &[]).await.status, 403);
    app.clock.advance(601);
    assert_eq!(sofia.post(&recover("mina"), &[]).await.status, 422);
    assert_eq!(app.count("totp"), 2);
}
