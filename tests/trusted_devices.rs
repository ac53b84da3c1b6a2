//! Trusted devices: they skip the code for a while, only for the user who trusted them.

use serde_json::json;

use crate::support::{Authenticator, PASSWORD, Persona, TestApp, over_both_stores};

/// Signs in on a new browser, trusts it, and signs out.
async fn trusted(app: &TestApp, name: &str, authenticator: &Authenticator) -> Persona {
    let laptop = app.pending_sign_in(name).await;
    let code = authenticator.next_code(app);
    laptop.post("/login/verify", &[("code", &code), ("trust", "yes")]).await.assert_redirect("/dashboard");
    laptop.post("/logout", &[]).await.assert_redirect("/");
    laptop
}

over_both_stores![a_trusted_device_is_asked_for_no_code_for_thirty_days,];

async fn a_trusted_device_is_asked_for_no_code_for_thirty_days(app: TestApp) {
    let (_, authenticator) = app.member_with_totp("mina").await;
    let laptop = trusted(&app, "mina", &authenticator).await;
    laptop.sign_in("mina").await.assert_redirect("/dashboard");
    let session = laptop.get("/api/auth/check").await.json()["session"].clone();
    assert_eq!(session["amr"], json!(["pwd", "trusted_device", "mfa"]));
    assert_eq!(
        laptop.post("/security/totp/remove", &[]).await.status,
        422,
        "what concerns the factors asks for a code all the same"
    );
    laptop.post("/logout", &[]).await;
    app.clock.advance(30 * 86_400 + 1);
    laptop.sign_in("mina").await.assert_redirect("/login/verify");
}

#[tokio::test]
async fn trust_is_listed_and_ended_on_the_page_of_sessions_by_its_owner_alone() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let eve = app.member("eve").await;
    let laptop = trusted(&app, "mina", &authenticator).await;
    let page = mina.get("/sessions").await;
    let end = page.attributes("form[action^='/sessions/trusted/']", "action").remove(0);
    assert!(eve.get("/sessions").await.attributes("form[action^='/sessions/trusted/']", "action").is_empty());
    assert_eq!(eve.post(&end, &[]).await.status, 404);
    laptop.sign_in("mina").await.assert_redirect("/dashboard");
    laptop.post("/logout", &[]).await;
    mina.fill("/sessions", &end, &[]).await.assert_redirect("/sessions");
    let said = mina.get("/sessions").await.find(".note[role=status]");
    assert_eq!(said, ["“Firefox on Linux” asks for a code again."]);
    assert_eq!(mina.post(&end, &[]).await.status, 404);
    laptop.sign_in("mina").await.assert_redirect("/login/verify");
    let events = mina.get("/security/activity").await.find(".slim .name");
    assert!(
        events.contains(&"Device trusted".to_owned())
            && events.contains(&"Device no longer trusted".to_owned())
    );
}

#[tokio::test]
async fn the_trust_of_one_user_is_worth_nothing_to_another_and_a_shared_browser_keeps_both() {
    let app = TestApp::start().await;
    let (_, of_mina) = app.member_with_totp("mina").await;
    let (_, of_eve) = app.member_with_totp("eve").await;
    let laptop = trusted(&app, "eve", &of_eve).await;
    laptop.sign_in("mina").await.assert_redirect("/login/verify");
    let code = of_mina.next_code(&app);
    laptop.post("/login/verify", &[("code", &code), ("trust", "yes")]).await.assert_redirect("/dashboard");
    for name in ["mina", "eve"] {
        laptop.post("/logout", &[]).await;
        laptop.sign_in(name).await.assert_redirect("/dashboard");
    }
    let sealed = laptop.cookie("munjigi-trust").unwrap();
    let forger = app.visitor();
    for forged in [&sealed[1..], sealed.split('.').next().unwrap(), &sealed.replace('~', "."), "~~~~~~.x"] {
        forger.set_cookie("munjigi-trust", forged);
        forger.sign_in("mina").await.assert_redirect("/login/verify");
    }
}

#[tokio::test]
async fn trust_ends_with_a_new_password_with_every_session_and_with_a_change_of_factors() {
    let app = TestApp::start().await;
    let (mina, mut authenticator) = app.member_with_totp("mina").await;
    let mut password = PASSWORD;
    for change in ["password", "others", "factors"] {
        let laptop = app.visitor();
        let fields = [("login", "mina"), ("password", password)];
        laptop.post("/login", &fields).await.assert_redirect("/login/verify");
        let code = authenticator.next_code(&app);
        laptop
            .post("/login/verify", &[("code", &code), ("trust", "yes")])
            .await
            .assert_redirect("/dashboard");
        match change {
            "password" => {
                let new = "orchard 계단 velvet seven";
                let fields = [("current_password", password), ("new_password", new)];
                mina.post("/security", &fields).await.assert_redirect("/security");
                password = new;
            }
            "others" => mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions"),
            _ => {
                mina.post("/security/totp/remove", &[]).await.assert_redirect("/security");
                authenticator = app.set_up_totp(&mina).await;
            }
        }
        let fields = [("login", "mina"), ("password", password)];
        laptop.post("/login", &fields).await.assert_redirect("/login/verify");
        assert!(!mina.get("/sessions").await.text().contains("Trusted devices"), "{change}");
    }
}

#[tokio::test]
async fn with_trust_turned_off_none_is_offered_granted_or_stored() {
    let app = TestApp::with(|config| config.trusted_device = 0).await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let laptop = app.pending_sign_in("mina").await;
    assert!(laptop.get("/login/verify").await.find("#trust").is_empty());
    let laptop = trusted(&app, "mina", &authenticator).await;
    assert!(laptop.cookie("munjigi-trust").is_none());
    laptop.sign_in("mina").await.assert_redirect("/login/verify");
    assert_eq!(app.count("trusted_devices"), 0);
}
