//! Accounts that have passkeys.

use serde_json::json;

use crate::support::{Forgery, PASSWORD, SoftPasskey, TestApp, state};

#[tokio::test]
async fn a_passkey_counts_as_two_factors_and_asks_for_itself_after_a_password() {
    let app = TestApp::with_passkeys().await;
    let mina = app.member("mina").await;
    let phone = app.another_browser("mina").await;
    let mut passkey = SoftPasskey::new(3);
    let shown = mina.add_passkey(&mut passkey, &app.url, "Laptop").await;
    let codes = shown.find(".codes code");
    assert!(!shown.text().contains("earlier codes"), "there were none: {}", shown.text());
    assert!(!phone.is_signed_in().await, "a new factor ends every other session");
    let again = mina.add_passkey(&mut SoftPasskey::new(4), &app.url, "Phone").await;
    let said = async || mina.get("/security/passkeys").await.find(".note[role=status]").concat();
    assert_eq!(said().await, "“Phone” was added. You were signed out on all other devices.");
    again.assert_redirect("/security/passkeys");
    let security = mina.get("/security").await;
    assert!(security.text().contains("Laptop") && security.text().contains("Phone"));
    let visitor = app.visitor();
    let (url, none) = (app.url.clone(), Forgery::default());
    visitor
        .show_passkey(&mut passkey, &url, "/login", "/login/passkey", &none)
        .await
        .assert_redirect("/dashboard");
    let session = visitor.get("/api/auth/check").await.json()["session"].clone();
    assert_eq!(session["amr"], json!(["hwk", "mfa"]));
    app.pending_sign_in("mina").await.verify(&codes[0]).await.assert_redirect("/dashboard");
    for number in [1, 2] {
        visitor
            .post(&format!("/security/passkeys/{number}/remove"), &[])
            .await
            .assert_redirect("/security/passkeys");
        let said = visitor.get("/security/passkeys").await.find(".note[role=status]").concat();
        assert!(said.starts_with(["“Laptop” was removed.", "“Phone” was removed."][number - 1]), "{said}");
    }
    assert_eq!((app.count("passkeys"), app.count("recovery_codes")), (0, 0));
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn an_authenticator_after_a_passkey_leaves_the_recovery_codes_as_they_are() {
    let app = TestApp::with_passkeys().await;
    let mina = app.member("mina").await;
    let saved = mina.add_passkey(&mut SoftPasskey::new(3), &app.url, "Laptop").await.find(".codes code");
    let (_, added) = app.try_totp(&mina).await;
    added.assert_redirect("/security");
    assert!(mina.get("/security").await.text().contains("10 of 10 left"));
    app.pending_sign_in("mina").await.verify(&saved[0]).await.assert_redirect("/dashboard");
    assert_eq!(app.count("totp"), 1);
}

#[tokio::test]
async fn passkeys_are_removed_by_their_owner_alone_and_the_last_way_in_stays() {
    let app = TestApp::with_passkeys().await;
    let (mina, eve) = (app.member("mina").await, app.member("eve").await);
    mina.add_passkey(&mut SoftPasskey::new(3), &app.url, "Laptop").await;
    assert_eq!(eve.post("/security/passkeys/1/remove", &[]).await.status, 404);
    assert_eq!(mina.post("/security/passkeys/9/remove", &[]).await.status, 404);
    let id = app.user_id("mina");
    app.write_user(id, format!("UPDATE users SET password_hash = '!' WHERE id = {id}")).await;
    let reply = mina.post("/security/passkeys/1/remove", &[]).await;
    reply.assert_refused_whole("This is your only way in.");
    assert_eq!(app.count("passkeys"), 1);
}

#[tokio::test]
async fn a_passkey_gets_another_name_from_its_owner_alone() {
    let app = TestApp::with_passkeys().await;
    let (mina, eve) = (app.member("mina").await, app.member("eve").await);
    mina.add_passkey(&mut SoftPasskey::new(3), &app.url, "Laptop").await;
    let page = "/security/passkeys/1/rename";
    app.clock.advance(601);
    assert_eq!(
        mina.get("/security/passkeys").await.attributes(&format!("main a[href='{page}']"), "href").len(),
        1
    );
    assert_eq!(mina.get(page).await.form(page)["name"].as_deref(), Some("Laptop"));
    mina.fill(page, page, &[("name", " <b>책상</b> ")]).await.assert_redirect("/security/passkeys");
    let security = mina.get("/security/passkeys").await;
    assert_eq!(security.find(".note[role=status]"), ["Saved “<b>책상</b>”."]);
    assert!(security.find(".rows .name").contains(&"<b>책상</b>".to_owned()));
    let events = mina.get("/security/activity").await.find(".slim .name");
    assert_eq!(events[0], "Passkey renamed: Laptop → <b>책상</b>");
    for name in ["", " ", "\u{200b}", "a\u{202e}b", "a\0b", &"가".repeat(61)] {
        mina.post(page, &[("name", name)]).await.assert_refused("name");
    }
    for _ in 0..2 {
        mina.post(page, &[("name", "<b>책상</b>")]).await.assert_redirect("/security/passkeys");
    }
    assert_eq!(app.count("audit_events WHERE event = 'passkey_renamed'"), 1, "the same name is no change");
    for other in
        [page, "/security/passkeys/9/rename", "/security/passkeys/x/rename", "/security/passkeys/-1/rename"]
    {
        assert_eq!((eve.get(other).await.status, eve.post(other, &[("name", "x")]).await.status), (404, 404));
    }
    assert_eq!(app.count("passkeys WHERE name = '<b>책상</b>'"), 1);
    assert_eq!(app.visitor().post(page, &[("name", "x")]).await.header("location"), "/login");
}

#[tokio::test]
async fn a_disabled_user_signs_in_by_no_passkey() {
    let app = TestApp::with_passkeys().await;
    let mina = app.member("mina").await;
    let mut passkey = SoftPasskey::new(3);
    mina.add_passkey(&mut passkey, &app.url, "Laptop").await;
    app.execute("UPDATE users SET disabled = TRUE");
    let url = app.url.clone();
    let visitor = app.visitor();
    let reply =
        visitor.show_passkey(&mut passkey, &url, "/login", "/login/passkey", &Forgery::default()).await;
    assert_eq!(reply.status, 422);
    assert!(!visitor.is_signed_in().await);
}

#[tokio::test]
async fn a_passkey_that_is_added_too_late_is_no_failure_and_the_page_says_why() {
    for (language, sentence) in
        [("en", "This page was open too long. Try again."), ("ko", "페이지를 너무 오래 열어 두었어요")]
    {
        let app = TestApp::with_passkeys().await;
        let (mut mina, eve) = (app.member("mina").await, app.member("eve").await);
        mina.language = language;
        let mut passkey = SoftPasskey::new(3);
        let page = mina.post("/security/passkeys/new", &[]).await;
        let answer = passkey.create(&page, &app.url, &Forgery::default()).to_string();
        let sealed = state(&page, "passkey");
        let fields = |answer: &str, sealed: &str| {
            [
                ("name", "Laptop"),
                ("passkey", answer),
                ("passkey_state", sealed),
                ("current_password", PASSWORD),
            ]
            .map(|(name, value)| (name, value.to_owned()))
        };
        let late = fields(&answer, &sealed);
        let late = late.each_ref().map(|(name, value)| (*name, value.as_str()));
        app.clock.advance(600);
        let answered = mina.post("/security/passkeys", &late).await;
        answered.assert_refused_whole(sentence);
        // What was never given to this member, or by this server, is no late answer.
        let foreign = eve.post("/security/passkeys", &late).await;
        foreign.assert_refused_whole("This passkey didn’t work.");
        let bent = fields(&answer, &sealed[1..]);
        let bent = bent.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert!(!mina.post("/security/passkeys", &bent).await.text().contains(sentence));
        assert_eq!((app.count("passkeys"), app.count("audit_events WHERE event LIKE '%failed%'")), (0, 0));
        // The page has a new challenge, and what was typed.
        assert_eq!(answered.form("/security/passkeys")["name"].as_deref(), Some("Laptop"));
        let answer = SoftPasskey::new(4).create(&answered, &app.url, &Forgery::default()).to_string();
        let again = fields(&answer, &state(&answered, "passkey"));
        let again = again.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(mina.post("/security/passkeys", &again).await.find(".codes code").len(), 10);
    }
}

#[tokio::test]
async fn a_sign_in_page_that_outlived_its_cookie_says_that_it_was_open_too_long() {
    let app = TestApp::with_passkeys().await;
    let mina = app.member("mina").await;
    let mut passkey = SoftPasskey::new(3);
    mina.add_passkey(&mut passkey, &app.url, "Laptop").await;
    let visitor = app.visitor();
    let page = visitor.get("/login").await;
    let answer = passkey.show(&page, &app.url, &Forgery::default()).to_string();
    app.clock.advance(3_601);
    // A browser that has dropped the cookie of an hour.
    let fields = [("passkey", &*answer), ("passkey_state", &*state(&page, "passkey"))];
    let late = app.visitor();
    late.post("/login/passkey", &fields)
        .await
        .assert_refused_whole("This page was open too long. Try again.");
    assert!(!late.is_signed_in().await);
    assert_eq!(app.count("audit_events WHERE event = 'sign_in_failed'"), 0);
}

/// Browsers have no passkeys for IP addresses.
#[tokio::test]
async fn where_passkeys_cannot_work_none_is_offered() {
    let offered = async |app: TestApp| {
        let page = app.member("mina").await.get("/security").await;
        (
            page.find("main .note"),
            page.attributes("main a", "href").iter().any(|link| link.contains("passkey")),
        )
    };
    let only_app = "Only your password protects this account. Add an authenticator app.";
    assert_eq!(offered(TestApp::start().await).await, (vec![only_app.to_owned()], false));
    let both = "Only your password protects this account. Add a passkey or an authenticator app.";
    assert_eq!(offered(TestApp::with_passkeys().await).await, (vec![both.to_owned()], true));
}
