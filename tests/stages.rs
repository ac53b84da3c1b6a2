//! Pending sign-ins: they give no access, live five minutes, and are completed once.

use serde_json::json;

use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

over_both_stores![a_right_password_opens_nothing_until_a_code_is_right, a_stage_is_finished_once,];

async fn a_right_password_opens_nothing_until_a_code_is_right(app: TestApp) {
    let (_, authenticator) = app.member_with_totp("mina").await;
    let visitor = app.visitor();
    let reply = visitor
        .post(
            "/login",
            &[("login", "mina"), ("password", PASSWORD), ("next", "/profile"), ("remember", "yes")],
        )
        .await;
    reply.assert_redirect("/login/verify?next=%2Fprofile");
    assert!(visitor.cookie("munjigi").is_none(), "no session has begun");
    for page in ["/dashboard", "/profile", "/sessions", "/security", "/security/totp", "/admin/users"] {
        assert_eq!(visitor.get(page).await.status, 303, "{page}");
    }
    assert_eq!(visitor.get("/api/auth/check").await.status, 401);
    visitor.fill("/login/verify", "/login/verify", &[("code", "000000")]).await.assert_refused("code");
    let code = authenticator.next_code(&app);
    visitor.fill("/login/verify", "/login/verify", &[("code", &code)]).await.assert_redirect("/profile");
    assert!(visitor.is_signed_in().await);
    let check = visitor.get("/api/auth/check").await.json();
    assert_eq!(check["session"]["amr"], json!(["pwd", "otp", "mfa"]));
    assert_eq!(check["session"]["kind"], "remembered", "what was chosen with the password counts");
}

async fn a_stage_is_finished_once(app: TestApp) {
    let (_, authenticator) = app.member_with_totp("mina").await;
    let visitor = app.pending_sign_in("mina").await;
    let copy = Persona::with_cookies_of(&visitor);
    visitor.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
    copy.verify(&authenticator.next_code(&app)).await.assert_redirect("/login");
    assert!(!copy.is_signed_in().await);
}

#[tokio::test]
async fn a_stage_ends_after_five_minutes() {
    let app = TestApp::start().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let (early, late) = (app.pending_sign_in("mina").await, app.pending_sign_in("mina").await);
    app.clock.advance(265);
    early.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
    app.clock.advance(10);
    let code = authenticator.next_code(&app);
    assert_eq!(late.get("/login/verify").await.status, 303);
    late.verify(&code).await.assert_redirect("/login");
    assert!(!late.is_signed_in().await);
    assert_eq!(late.get("/login").await.find(".note[role=status]"), ["That took too long. Sign in again."]);
    app.purge().await;
    assert_eq!(app.count("stages"), 0);
}

#[tokio::test]
async fn a_stage_ends_with_a_new_password_and_with_every_other_session() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let stale = app.pending_sign_in("mina").await;
    let new = "orchard 계단 velvet seven";
    let fields = [("current_password", PASSWORD), ("new_password", new)];
    mina.fill("/security/password", "/security", &fields).await.assert_redirect("/security");
    stale.verify(&authenticator.next_code(&app)).await.assert_redirect("/login");
    let visitor = app.visitor();
    visitor.post("/login", &[("login", "mina"), ("password", new)]).await.assert_redirect("/login/verify");
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    visitor.verify(&authenticator.next_code(&app)).await.assert_redirect("/login");
    visitor.post("/login", &[("login", "mina"), ("password", new)]).await.assert_redirect("/login/verify");
    app.execute("UPDATE users SET disabled = TRUE");
    visitor.verify(&authenticator.next_code(&app)).await.assert_redirect("/login");
    assert!(!visitor.is_signed_in().await && !stale.is_signed_in().await);
}

#[tokio::test]
async fn the_stage_of_one_user_takes_no_code_of_another() {
    let app = TestApp::start().await;
    let (_, of_mina) = app.member_with_totp("mina").await;
    let (_, of_eve) = app.member_with_totp("eve").await;
    let visitor = app.pending_sign_in("mina").await;
    visitor.verify(&of_eve.next_code(&app)).await.assert_refused("code");
    visitor.verify(&of_eve.recovery[0]).await.assert_refused("code");
    // Eve's own half-finished sign-in beside Mina's session cookie changes nothing about either.
    let eve = app.pending_sign_in("eve").await;
    visitor.set_cookie("munjigi-stage", &eve.cookie("munjigi-stage").unwrap());
    visitor.verify(&of_mina.next_code(&app)).await.assert_refused("code");
    visitor.verify(&of_eve.next_code(&app)).await.assert_redirect("/dashboard");
    assert_eq!(visitor.get("/dashboard").await.find(".who"), ["eve"]);
}

#[tokio::test]
async fn a_forged_stage_is_none_and_the_way_after_sign_in_cannot_be_changed() {
    let app = TestApp::start().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let visitor = app.pending_sign_in("mina").await;
    let sealed = visitor.cookie("munjigi-stage").unwrap();
    let (token, signature) = sealed.split_once('.').unwrap();
    let forger = app.visitor();
    let device = visitor.cookie("munjigi-stage").unwrap();
    for forged in [
        token.to_owned(),
        format!("{token}."),
        format!("{}.{signature}", "A".repeat(token.len())),
        format!("{token}x.{signature}"),
        format!("{device}~"),
        String::new(),
        "x".repeat(4_000),
    ] {
        forger.set_cookie("munjigi-stage", &forged);
        assert_eq!(forger.get("/login/verify").await.status, 303, "{forged}");
        forger.verify(&authenticator.code_at(app.clock.now())).await.assert_redirect("/login");
    }
    // The code is still valid: none of the above used it up.
    let code = authenticator.next_code(&app);
    let fields = [("code", &*code), ("next", "https://evil.example"), ("remember", "yes"), ("user_id", "1")];
    visitor.post("/login/verify", &fields).await.assert_redirect("/dashboard");
    let check = visitor.get("/api/auth/check").await.json();
    assert_eq!(check["session"]["kind"], "browser");
    let elsewhere = app.visitor();
    let fields = [("login", "mina"), ("password", PASSWORD), ("next", "https://evil.example")];
    let asked = elsewhere.post("/login", &fields).await;
    asked.assert_redirect("/login/verify?next=https%3A%2F%2Fevil%2Eexample");
    elsewhere.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn odd_input_is_a_refused_form_and_never_a_server_error() {
    let app = TestApp::start().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    for (number, code) in [
        "",
        " ",
        "12345",
        "1234567",
        "１２３",
        "\0\0\0\0\0\0",
        "-12345",
        "' OR 1=1",
        "𝟙𝟚𝟛𝟜𝟝𝟞",
        &"9".repeat(9_000),
    ]
    .into_iter()
    .enumerate()
    {
        let visitor = app.pending_sign_in("mina").await;
        let reply = visitor.post("/login/verify", &[("code", code)]).await;
        assert!([422, 429].contains(&reply.status), "{code:?}: {}", reply.status);
        if number % 4 == 3 {
            app.clock.advance(901);
        }
    }
    app.clock.advance(901);
    let visitor = app.pending_sign_in("mina").await;
    assert_eq!(visitor.post_raw("/login/verify", "code[]=123456").await.status, 422);
    assert_eq!(visitor.post_raw("/login/verify", "code=1&code=2").await.status, 400);
    assert_eq!(visitor.post_raw("/login/verify", "code=%ff").await.status, 400);
    // Typed with an input method for Korean, and with a space in the middle.
    let code = authenticator.next_code(&app);
    let wide: String = code.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
    visitor.verify(&format!("{}\u{3000}{}", &wide[..9], &wide[9..])).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_password_link_does_not_spare_the_code() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let place = format!("/admin/users/{}", app.user_id("mina"));
    let link = sofia.fill(&place, &format!("{place}/require-password"), &[]).await.find("textarea").remove(0);
    let visitor = app.visitor();
    let new = "copper lantern 강물 forty";
    let path = link.strip_prefix(&app.url).unwrap().to_owned();
    visitor.fill(&path, "/password-reset", &[("new_password", new)]).await.assert_redirect("/login");
    visitor.post("/login", &[("login", "mina"), ("password", new)]).await.assert_redirect("/login/verify");
    assert!(!visitor.is_signed_in().await);
    visitor.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
}
