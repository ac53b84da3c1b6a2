//! Re-authentication before a sensitive action: by password or code; for the factors themselves by code only.

use serde_json::json;

use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

over_both_stores![changing_factors_takes_a_code_unless_one_was_given_in_the_last_ten_minutes,];

async fn changing_factors_takes_a_code_unless_one_was_given_in_the_last_ten_minutes(app: TestApp) {
    let (mina, authenticator) = app.member_with_totp("mina").await;
    app.clock.advance(599);
    assert_eq!(mina.post("/security/recovery-codes", &[]).await.find(".codes code").len(), 10);
    app.clock.advance(1);
    let asked = mina.post("/security/recovery-codes", &[]).await;
    assert_eq!(asked.status, 422);
    assert!(asked.find("#current_password").is_empty() && asked.find("h1") == ["Confirm it’s you"]);
    let by_password = mina.post("/security/recovery-codes", &[("current_password", PASSWORD)]).await;
    assert_eq!(by_password.status, 422, "the password alone is not enough");
    let wrong = mina.post("/security/recovery-codes", &[("current_code", "000000")]).await;
    wrong.assert_refused("current_code");
    let stale = Persona::with_cookies_of(&mina);
    let code = authenticator.next_code(&app);
    assert_eq!(mina.post("/security/recovery-codes", &[("current_code", &code)]).await.status, 200);
    assert!(mina.is_signed_in().await && !stale.is_signed_in().await, "the session has a new id");
    app.clock.advance(601);
    let again = mina.post("/security/totp/remove", &[("current_code", &code)]).await;
    again.assert_refused("current_code");
    let code = authenticator.next_code(&app);
    mina.post("/security/totp/remove", &[("current_code", &code)]).await.assert_redirect("/security");
    assert!(mina.is_signed_in().await);
    assert_eq!(app.count("totp"), 0);
}

#[tokio::test]
async fn setting_up_the_first_factor_takes_the_password_and_loses_nothing_on_the_way() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.clock.advance(601);
    let (authenticator, asked) = app.try_totp(&mina).await;
    assert_eq!(asked.status, 422);
    assert_eq!(asked.find("h1"), ["Confirm it’s you"]);
    assert_eq!(app.count("totp"), 0);
    let mut fields = asked.form("/security/totp");
    fields.insert("current_password".to_owned(), Some(PASSWORD.to_owned()));
    let sent: Vec<(&str, &str)> =
        fields.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    let done = mina.post("/security/totp", &sent).await;
    assert_eq!(done.find(".codes code").len(), 10, "{}", done.text());
    app.pending_sign_in("mina")
        .await
        .verify(&authenticator.next_code(&app))
        .await
        .assert_redirect("/dashboard");
}

over_both_stores![
    every_way_does_for_every_act_of_a_member_without_a_second_factor,
    one_step_up_covers_every_sensitive_action,
];

async fn every_way_does_for_every_act_of_a_member_without_a_second_factor(app: TestApp) {
    let mina = app.member("mina").await;
    let email = [("display_name", "M"), ("email", "new@example.org"), ("language", ""), ("theme", "auto")];
    let acts: [(&str, &[(&str, &str)]); 3] = [
        ("/tokens", &[("name", "x"), ("posts:read", "yes"), ("expires_at", "30")]),
        ("/profile", &email),
        ("/profile/delete", &[]),
    ];
    for (path, fields) in acts {
        app.clock.advance(601);
        let asked = mina.post(path, fields).await;
        assert_eq!((asked.status, asked.find("h1")), (422, vec!["Confirm it’s you".to_owned()]), "{path}");
        let done = mina.confirm(&asked, path, ("current_password", PASSWORD)).await;
        assert!([200, 303].contains(&done.status), "{path}: {}", done.text());
    }
    assert_eq!(app.count("users"), 0);
}

async fn one_step_up_covers_every_sensitive_action(app: TestApp) {
    let (mina, authenticator) = app.member_with_totp("mina").await;
    app.clock.advance(601);
    let asked = mina.post("/security/recovery-codes", &[]).await;
    let code = authenticator.next_code(&app);
    let done = mina.confirm(&asked, "/security/recovery-codes", ("current_code", &code)).await;
    assert_eq!(done.find(".codes code").len(), 10);
    app.clock.advance(500);
    let token = [("name", "x"), ("posts:read", "yes"), ("expires_at", "30")];
    assert_eq!(mina.post("/tokens", &token).await.status, 200);
    mina.fill("/profile", "/profile", &[("email", "new@example.org")]).await.assert_redirect("/profile");
    let change = [("current_password", PASSWORD), ("new_password", "orchard 계단 velvet seven")];
    mina.fill("/security/password", "/security", &change).await.assert_redirect("/security");
    mina.fill("/security/totp", "/security/totp/remove", &[]).await.assert_redirect("/security");
    mina.fill("/profile/delete", "/profile/delete", &[]).await.assert_redirect("/");
    assert_eq!(app.count("users"), 0);
}

#[tokio::test]
async fn an_act_of_staff_takes_a_code_or_the_password() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let authenticator = app.set_up_totp(&sofia).await;
    for way in ["current_code", "current_password"] {
        app.clock.advance(601);
        let asked = sofia.post("/admin/groups", &[("name", way)]).await;
        assert_eq!(asked.status, 422);
        let code = authenticator.next_code(&app);
        let typed = if way == "current_code" { &*code } else { PASSWORD };
        let done = sofia.post("/admin/groups", &[("name", way), (way, typed)]).await;
        assert_eq!(done.status, 303, "{way}: {}", done.text());
    }
    let check = sofia.get("/api/auth/check").await.json();
    assert_eq!(check["session"]["amr"], json!(["pwd", "otp", "mfa"]));
}

#[tokio::test]
async fn guessing_codes_in_a_session_is_limited_and_locks_no_one_out_elsewhere() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    app.clock.advance(601);
    for _ in 0..5 {
        mina.post("/security/totp/remove", &[("current_code", "000000")])
            .await
            .assert_refused("current_code");
    }
    let code = authenticator.next_code(&app);
    assert_eq!(mina.post("/security/totp/remove", &[("current_code", &code)]).await.status, 429);
    app.pending_sign_in("mina").await.verify(&code).await.assert_redirect("/dashboard");
}
