//! Confirmed addresses: at registration, at sign-in, on a change; and attempts with other users' addresses.

use munjigi::config::{Config, Verification};

use crate::support::{PASSWORD, Persona, TestApp};

fn required(config: &mut Config) {
    config.mail.verification = Verification::Required;
}

fn optional(config: &mut Config) {
    config.mail.verification = Verification::Optional;
}

/// Fills in the registration form; the answer asks the user to check their mail.
async fn begin(app: &TestApp, name: &str, email: &str) -> Persona {
    let persona = app.visitor();
    let fields = [("username", name), ("email", email), ("password", PASSWORD)];
    persona.fill("/register", "/register", &fields).await.assert_redirect("/verify-email");
    assert!(!persona.is_signed_in().await);
    persona
}

#[tokio::test]
async fn an_account_is_made_by_the_mailed_link_or_its_code_once() {
    let app = TestApp::with(required).await;
    begin(&app, "mina", "mina@example.org").await;
    let mail = app.mail("mina@example.org", 1).await;
    assert_eq!(mail.subject, "Confirm your email");
    assert!(
        !mail.text.contains("mina") && !mail.html.contains("mina"),
        "the mail holds no text chosen by the user"
    );
    let elsewhere = app.visitor();
    for _ in 0..3 {
        let page = elsewhere.get(&mail.path(&app)).await;
        assert_eq!(page.find(".facts dd"), ["mina", "mina@example.org"], "opening it uses up nothing");
    }
    assert_eq!(app.count("users"), 0);
    assert_eq!(app.visitor().sign_in("mina").await.status, 422, "there is no account yet");
    elsewhere.fill(&mail.path(&app), "/verify-email", &[]).await.assert_redirect("/login");
    assert!(!elsewhere.is_signed_in().await, "a link starts no session");
    elsewhere.sign_in("mina").await.assert_redirect("/dashboard");
    assert_eq!(elsewhere.get(&mail.path(&app)).await.status, 410);
    assert_eq!(app.visitor().post("/verify-email", &[("token", &mail.token())]).await.status, 410);

    let noa = begin(&app, "noa", "noa@example.org").await;
    let code = app.mail("noa@example.org", 1).await.code();
    app.visitor().post("/verify-email", &[("code", &code)]).await.assert_refused("code");
    noa.fill("/verify-email", "/verify-email", &[("code", "0000 0000")]).await.assert_refused("code");
    noa.fill("/verify-email", "/verify-email", &[("code", &code)]).await.assert_redirect("/login");
    noa.post("/verify-email", &[("code", &code)]).await.assert_refused("code");
    noa.sign_in("noa").await.assert_redirect("/dashboard");
    assert_eq!((app.count("users"), app.count("mail_tokens")), (2, 0));
}

#[tokio::test]
async fn only_the_owner_is_notified_of_a_taken_address() {
    let app = TestApp::with(required).await;
    let mina = begin(&app, "mina", "mina@example.org").await;
    let code = app.mail("mina@example.org", 1).await.code();
    mina.post("/verify-email", &[("code", &code)]).await.assert_redirect("/login");
    let (taken, free) = (app.visitor(), app.visitor());
    let mut answers = Vec::new();
    for (who, name, email) in [(&taken, "eve", "Mina@Example.ORG"), (&free, "eva", "eva@example.org")] {
        let fields = [("username", name), ("email", email), ("password", PASSWORD)];
        let answer = who.post("/register", &fields).await;
        answer.assert_redirect("/verify-email");
        let page = who.get("/verify-email").await;
        let refused = who.post("/verify-email", &[("code", "12345678")]).await;
        let bodies = [&answer, &page, &refused].map(|reply| reply.body_without_ids());
        answers.push((bodies, page.status, refused.status));
    }
    assert_eq!(answers[0], answers[1]);
    let mail = app.mail("mina@example.org", 2).await;
    assert_eq!(mail.subject, "You already have an account");
    assert!(!mail.text.contains("token="));
    // Nor does the username being free afterwards reveal it.
    for name in ["eve", "eva"] {
        begin(&app, name, &format!("{name}2@example.org")).await;
    }
    let fields = [("username", "mina"), ("email", "other@example.org"), ("password", PASSWORD)];
    app.visitor().fill("/register", "/register", &fields).await.assert_refused("username");
}

#[tokio::test]
async fn the_first_to_confirm_gets_the_name_and_the_address() {
    let app = TestApp::with(required).await;
    begin(&app, "mina", "mina@example.org").await;
    begin(&app, "mina", "other@example.org").await;
    let (first, second) = (app.mail("mina@example.org", 1).await, app.mail("other@example.org", 1).await);
    let post = async |token: String| app.visitor().post("/verify-email", &[("token", &token)]).await.status;
    assert_eq!(post(second.token()).await, 303);
    assert_eq!(post(first.token()).await, 410, "the name has been taken since");
    begin(&app, "noa", "noa@example.org").await;
    let token = app.mail("noa@example.org", 1).await.token();
    let uses = futures_util::future::join_all((0..50).map(|_| post(token.clone()))).await;
    assert_eq!(uses.iter().filter(|status| **status == 303).count(), 1, "{uses:?}");
    begin(&app, "late", "late@example.org").await;
    let token = app.mail("late@example.org", 1).await.token();
    app.clock.advance(30 * 60);
    assert_eq!(post(token).await, 410);
    assert_eq!(app.count("users"), 2);
}

#[tokio::test]
async fn who_registered_before_it_was_required_confirms_at_the_next_sign_in() {
    let app = TestApp::with(required).await;
    begin(&app, "mina", "mina@example.org").await;
    let token = app.mail("mina@example.org", 1).await.token();
    app.visitor().post("/verify-email", &[("token", &token)]).await.assert_redirect("/login");
    app.execute("UPDATE users SET email_verified_at = NULL");
    let visitor = app.visitor();
    let wrong = visitor.fill("/login", "/login", &[("login", "mina"), ("password", "not this one")]).await;
    assert_eq!(wrong.status, 422);
    visitor.sign_in("mina").await.assert_redirect("/verify-email");
    assert!(!visitor.is_signed_in().await);
    let api = app.visitor();
    let body = format!(r#"{{"login":"mina","password":"{PASSWORD}"}}"#);
    let request =
        api.request(reqwest::Method::POST, "/api/auth/login").header("content-type", "application/json");
    assert_eq!(api.send(request.body(body)).await.status, 401);
    let code = app.mail("mina@example.org", 2).await.code();
    visitor.fill("/verify-email", "/verify-email", &[("code", &code)]).await.assert_redirect("/login");
    visitor.sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn optional_confirmation_is_requested_but_not_required() {
    let app = TestApp::with(optional).await;
    let mina = app.member("mina").await;
    let first = app.mail("mina@example.org", 1).await;
    assert!(mina.get("/profile").await.text().contains("Not confirmed"));
    let again = mina.post("/verify-email", &[("again", "yes")]).await;
    again.assert_redirect("/verify-email");
    let second = app.mail("mina@example.org", 2).await;
    assert_eq!(mina.get(&first.path(&app)).await.status, 410, "a newer mail replaces it");
    let noa = app.member("noa").await;
    noa.post("/verify-email", &[("code", &second.code())]).await.assert_refused("code");
    mina.fill("/verify-email", "/verify-email", &[("code", &second.code())])
        .await
        .assert_redirect("/profile");
    assert!(!mina.get("/profile").await.text().contains("not confirmed yet"));
    assert_eq!(app.count("users WHERE email_verified_at IS NOT NULL"), 1);
    app.visitor().post("/verify-email", &[("again", "yes")]).await.assert_refused("code");
}

#[tokio::test]
async fn a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_notified() {
    let app = TestApp::with(optional).await;
    let mina = app.member("mina").await;
    app.mail("mina@example.org", 1).await;
    app.verify_address("mina").await;
    let change = [("email", "new@example.org"), ("display_name", "Mina K.")];
    mina.fill("/profile", "/profile", &change).await.assert_redirect("/verify-email");
    let profile = mina.get("/profile").await;
    assert_eq!(profile.form("/profile")["email"].as_deref(), Some("mina@example.org"));
    assert_eq!(profile.form("/profile")["display_name"].as_deref(), Some("Mina K."), "the rest is saved");
    assert_eq!(app.mail("mina@example.org", 2).await.subject, "A change of your email was requested");
    let mail = app.mail("new@example.org", 1).await;
    let reset = {
        app.visitor().post("/password-reset", &[("login", "mina")]).await;
        app.mail("mina@example.org", 3).await
    };
    let noa = app.member("noa").await;
    noa.post("/verify-email", &[("code", &mail.code())]).await.assert_refused("code");
    app.visitor().fill(&mail.path(&app), "/verify-email", &[]).await.assert_redirect("/login");
    assert_eq!(mina.get("/profile").await.form("/profile")["email"].as_deref(), Some("new@example.org"));
    assert_eq!(app.mail("mina@example.org", 4).await.subject, "Your email was changed");
    assert_eq!(
        app.visitor().get(&reset.path(&app)).await.status,
        410,
        "what was mailed to the old one is over"
    );
    assert_eq!(mina.get(&mail.path(&app)).await.status, 410);
}

#[tokio::test]
async fn changing_to_anothers_address_notifies_only_its_owner() {
    let app = TestApp::with(optional).await;
    let (mina, _noa) = (app.member("mina").await, app.member("noa").await);
    let mut pages = Vec::new();
    app.mail("noa@example.org", 1).await;
    for email in ["noa@example.org", "free@example.org"] {
        mina.fill("/profile", "/profile", &[("email", email)]).await.assert_redirect("/verify-email");
        pages.push(mina.get("/verify-email").await.body_without_ids());
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(app.mail("noa@example.org", 2).await.subject, "You already have an account");
    app.mail("free@example.org", 1).await;
    // A password reset cancels what an attacker may have started in a stolen session.
    let link = app.mail("free@example.org", 1).await;
    let change = [("current_password", PASSWORD), ("new_password", "copper lantern 강물 forty")];
    mina.fill("/security/password", "/security", &change).await.assert_redirect("/security");
    assert_eq!(mina.get(&link.path(&app)).await.status, 410);
}

#[tokio::test]
async fn tokens_of_one_purpose_do_nothing_for_another() {
    let app = TestApp::with(|config| {
        optional(config);
        config.mail.sign_in_links = true;
    })
    .await;
    let mina = app.member("mina").await;
    let verify = app.mail("mina@example.org", 1).await;
    let visitor = app.visitor();
    visitor.post("/password-reset", &[("login", "mina")]).await;
    let reset = app.mail("mina@example.org", 2).await;
    let other = app.visitor();
    other.post("/sign-in-link", &[("login", "mina")]).await.assert_redirect("/sign-in-link/code");
    let sign_in = app.mail("mina@example.org", 3).await;
    for (mail, own) in [(&verify, "/verify-email"), (&reset, "/password-reset"), (&sign_in, "/sign-in-link")]
    {
        for path in ["/verify-email", "/password-reset", "/sign-in-link"] {
            let wanted = if path == own { 200 } else { 410 };
            let link = format!("{path}?token={}", mail.token());
            assert_eq!(app.visitor().get(&link).await.status, wanted, "{own} at {path}");
            if path != own {
                let fields = [("token", mail.token()), ("new_password", "copper lantern 강물".to_owned())];
                let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
                assert_eq!(app.visitor().post(path, &fields).await.status, 410, "{own} at {path}");
            }
        }
        for (who, path) in
            [(&visitor, "/password-reset/code"), (&other, "/sign-in-link/code"), (&mina, "/verify-email")]
        {
            if !path.starts_with(own) {
                who.post(path, &[("code", &mail.code())]).await.assert_refused("code");
            }
        }
    }
}

#[tokio::test]
async fn odd_addresses_are_refused_before_anything_is_mailed() {
    let app = TestApp::with(required).await;
    let visitor = app.visitor();
    for odd in [
        "mina@example.org\r\nBcc: x@example.org",
        "a@x.org,b@x.org",
        "<a@x.org>",
        "mіna@example.org",
        "a@b@c.org",
    ] {
        let fields = [("username", "mina"), ("email", odd), ("password", PASSWORD)];
        visitor.post("/register", &fields).await.assert_refused("email");
    }
    let body = format!("username=mina&email[]=mina%40example.org&password={PASSWORD}");
    visitor.post_raw("/register", &body.replace(' ', "+")).await.assert_refused("email");
    assert_eq!(app.count("mail_tokens") + app.count("outbox"), 0);
}
