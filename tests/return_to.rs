//! Where a browser was going: carried on every way from the sign-in page and back to it, and never followed off the site.

use munjigi::config::{Config, Verification};
use munjigi::platform::mail::smtp::SmtpServer;
use url::Url;

use crate::support::{PASSWORD, Persona, TestApp};

const NEW: &str = "copper lantern 강물 forty";

fn by_mail(config: &mut Config) {
    config.mail.verification = Verification::Required;
    config.mail.sign_in_links = true;
    config.allowed_origins = [Url::parse("https://app.example.org").unwrap().origin()].into();
}

/// Follows the one link of the page that leads to `path`, and returns its address.
async fn link(persona: &Persona, page: &str, path: &str) -> String {
    let page = persona.get(page).await;
    let found = page.attributes(&format!("main a[href^='{path}']"), "href");
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

async fn sign_in(persona: &Persona, page: &str, password: &str) -> String {
    let fields = [("login", "mina"), ("password", password)];
    persona.fill(page, "/login", &fields).await.header("location").to_owned()
}

#[tokio::test]
async fn every_link_of_the_sign_in_page_leads_there_and_back() {
    let app = TestApp::with(|config| {
        by_mail(config);
        // Nothing is sent.
        config.mail.server = Some(SmtpServer::parse("smtp://localhost:9").unwrap());
    })
    .await;
    let visitor = app.visitor();
    for (asked, next) in [
        ("next=%2Fboard%3Fq%3Da%26b", "?next=%2Fboard%3Fq%3Da%26b"),
        (
            "rd=https%3A%2F%2Fapp.example.org%2Fx%3Fy&rm=GET",
            "?next=https%3A%2F%2Fapp%2Eexample%2Eorg%2Fx%3Fy",
        ),
        ("", ""),
    ] {
        for path in ["/register", "/password-reset", "/sign-in-link"] {
            let there = link(&visitor, &format!("/login?{asked}"), path).await;
            assert_eq!(there, format!("{path}{next}"));
            assert_eq!(link(&visitor, &there, "/login").await, format!("/login{next}"), "back from {path}");
        }
        for path in ["/password-reset", "/sign-in-link"] {
            let asking = app.visitor();
            asking.fill(&format!("{path}{next}"), path, &[("login", "mina")]).await;
            let again = link(&asking, &format!("{path}/code"), path).await;
            assert_eq!(again, format!("{path}{next}"), "another mail");
        }
    }
    let long = format!("/login?next=/board%3Fq={}", "x".repeat(2_000));
    assert_eq!(link(&visitor, &long, "/register").await, "/register", "too long to go along");
}

#[tokio::test]
async fn a_registration_leads_to_where_the_browser_was_going() {
    let app = TestApp::with(|config| {
        config.allowed_origins = [Url::parse("https://app.example.org").unwrap().origin()].into();
    })
    .await;
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];
    let mina = app.visitor();
    let refused = mina.fill("/register?next=%2Fboard", "/register", &fields[..2]).await;
    assert_eq!((refused.status, refused.form("/register")["next"].as_deref()), (422, Some("/board")));
    assert_eq!(refused.attributes("main a[href^='/login']", "href"), ["/login?next=%2Fboard"]);
    mina.fill("/register?next=%2Fboard", "/register", &fields).await.assert_redirect("/board");
    assert_eq!(mina.get("/board").await.find(".note[role=status]"), ["Your account is ready."]);
    mina.get("/register?next=%2Fsessions").await.assert_redirect("/login?next=%2Fsessions");
    mina.get("/login?next=%2Fsessions").await.assert_redirect("/sessions");
    mina.get("/register").await.assert_redirect("/dashboard");

    let (noa, wanted) = (app.visitor(), "https://app.example.org/x?a=1&b='\"<script>");
    let page = "/register?rd=https%3A%2F%2Fapp.example.org%2Fx%3Fa%3D1%26b%3D'%22%3Cscript%3E";
    let shown = noa.get(page).await;
    assert_eq!(shown.form("/register")["next"].as_deref(), Some(wanted));
    assert!(shown.header("content-security-policy").contains("form-action 'self' https://app.example.org"));
    let fields = [("username", "noa"), ("email", "noa@example.org"), ("password", PASSWORD)];
    let on = noa.fill(page, "/register", &fields).await;
    on.assert_leads_on("https://app.example.org/x?a=1&b=%27%22%3Cscript%3E");
    assert_eq!(on.find(".note[role=status]"), ["Your account is ready."]);
    assert!(on.text().contains("app.example.org opens in a moment."), "{}", on.text());
    assert!(noa.is_signed_in().await && noa.cookie("munjigi-notice").is_none());

    for (name, evil) in
        [("eve", "https://evil.example/"), ("eva", "//evil.example"), ("evi", "javascript:alert(1)")]
    {
        let (visitor, email) = (app.visitor(), format!("{name}@example.org"));
        let fields = [("username", name), ("email", &email), ("password", PASSWORD), ("next", evil)];
        let made = visitor.post("/register", &fields).await;
        made.assert_redirect("/dashboard");
        assert!(!made.header("content-security-policy").contains("evil"));
    }
}

#[tokio::test]
async fn the_page_in_between_speaks_the_language_of_the_browser() {
    let app = TestApp::with(|config| {
        config.allowed_origins = [Url::parse("https://app.example.org:8443").unwrap().origin()].into();
    })
    .await;
    app.member("mina").await;
    let mut mina = app.visitor();
    mina.language = "ko";
    let fields = [("login", "mina"), ("password", PASSWORD), ("next", "https://APP.example.org:8443/x")];
    let on = mina.post("/login", &fields).await;
    on.assert_leads_on("https://app.example.org:8443/x");
    assert_eq!(on.header("cache-control"), "no-store");
    assert!(on.text().contains("곧 app.example.org:8443 페이지가 열려요."), "{}", on.text());
    for evil in ["https://app.example.org/", "https://evil.example/", "//app.example.org:8443@evil.example/"]
    {
        let fields = [("login", "mina"), ("password", PASSWORD), ("next", evil)];
        app.visitor().post("/login", &fields).await.assert_redirect("/dashboard");
    }
    // Our own page that would send the browser on.
    for page in ["/login/?next=https://app.example.org:8443/", "/%6Cogin?next=https://app.example.org:8443/"]
    {
        let fields = [("login", "mina"), ("password", PASSWORD), ("next", page)];
        app.visitor().post("/login", &fields).await.assert_redirect("/dashboard");
    }
}

#[tokio::test]
async fn mailed_links_and_codes_lead_on_in_the_browser_that_asked_for_them() {
    let app = TestApp::with(by_mail).await;
    let (mina, on) = (app.visitor(), "/login?next=%2Fboard");
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];
    mina.fill("/register?next=%2Fboard", "/register", &fields).await.assert_redirect("/verify-email");
    let mail = app.mail("mina@example.org", 1).await;
    let elsewhere = Persona::with_cookies_of(&app.visitor());
    assert_eq!(elsewhere.get("/verify-email?token=x").await.attributes("main a", "href"), ["/login"]);
    assert_eq!(mina.get("/verify-email?token=x").await.attributes("main a", "href"), [on]);
    mina.fill("/verify-email", "/verify-email", &[("code", &mail.code())]).await.assert_redirect(on);

    // A new password: by the link, then by the code, each in the same browser.
    for (number, by_link) in [(2, true), (4, false)] {
        let mina = app.visitor();
        let asked = mina.fill("/password-reset?next=%2Fboard", "/password-reset", &[("login", "mina")]).await;
        asked.assert_redirect("/password-reset/code");
        let again = "/password-reset?next=%2Fboard";
        let over = mina.get("/password-reset?token=x").await;
        assert_eq!(over.attributes("main a", "href"), [again, on]);
        let mail = app.mail("mina@example.org", number).await;
        let page = match by_link {
            true => mail.path(&app),
            false => {
                let code = mail.code();
                let page = "/password-reset/code";
                mina.fill(page, page, &[("code", &code)]).await.header("location").to_owned()
            }
        };
        mina.fill(&page, "/password-reset", &[("new_password", NEW)]).await.assert_redirect(on);
        assert!(mina.cookie("munjigi-asked").is_none());
        app.mails("mina@example.org", number + 1).await;
    }
    // In another browser the link leads to the default.
    app.visitor().fill("/password-reset?next=%2Fboard", "/password-reset", &[("login", "mina")]).await;
    let page = app.mail("mina@example.org", 6).await.path(&app);
    app.visitor()
        .fill(&page, "/password-reset", &[("new_password", PASSWORD)])
        .await
        .assert_redirect("/login");
}

#[tokio::test]
async fn a_sign_in_that_must_confirm_its_address_first_leads_on_afterwards() {
    let app = TestApp::with(by_mail).await;
    app.clock.stop();
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];
    app.visitor().fill("/register", "/register", &fields).await.assert_redirect("/verify-email");
    let first = app.mail("mina@example.org", 1).await;
    app.visitor().fill(&first.path(&app), "/verify-email", &[]).await.assert_redirect("/login");
    let id = app.user_id("mina");
    app.write_user(id, format!("UPDATE users SET email_verified_at = NULL WHERE id = {id}")).await;
    app.clock.advance(3_600);
    let mina = app.visitor();
    assert_eq!(sign_in(&mina, "/login?next=%2Fboard", PASSWORD).await, "/verify-email");
    let mail = app.mail("mina@example.org", 2).await;
    mina.fill(&mail.path(&app), "/verify-email", &[]).await.assert_redirect("/login?next=%2Fboard");
}

#[tokio::test]
async fn a_second_factor_that_takes_too_long_starts_over_with_the_same_target() {
    let app = TestApp::start().await;
    app.member_with_totp("mina").await;
    let (on, verify) = ("/login?next=%2Fboard", "/login/verify?next=%2Fboard");
    let pending_sign_in = async || {
        let visitor = app.visitor();
        assert_eq!(sign_in(&visitor, on, PASSWORD).await, verify);
        visitor
    };
    let (mina, noa, many) = (pending_sign_in().await, pending_sign_in().await, pending_sign_in().await);
    let page = mina.get(verify).await;
    assert_eq!(page.attributes("main a", "href"), [on]);
    assert_eq!(page.form("/login/verify")["next"].as_deref(), Some("/board"));
    for _ in 0..5 {
        many.fill(verify, "/login/verify", &[("code", "000000")]).await.assert_refused("code");
    }
    many.get(verify).await.assert_redirect(on);
    let again = app.visitor();
    again.set_cookie("munjigi-stage", &many.cookie("munjigi-stage").unwrap_or_default());
    again.post("/login/verify", &[("code", "000000"), ("next", "/board")]).await.assert_redirect(on);
    app.clock.advance(301);
    let late = [("code", "000000"), ("next", "/board")];
    mina.post("/login/verify", &late).await.assert_redirect(on);
    noa.get(verify).await.assert_redirect(on);
    // Where a sign-in leads is decided by its first step, whatever the second one says.
    let odd = [("code", "000000"), ("next", "https://evil.example/")];
    let over = app.visitor().post("/login/verify", &odd).await.header("location").to_owned();
    assert_eq!(over, "/login?next=https%3A%2F%2Fevil%2Eexample%2F");
    assert_eq!(
        sign_in(&app.visitor(), &over, PASSWORD).await,
        "/login/verify?next=https%3A%2F%2Fevil%2Eexample%2F"
    );
}

#[tokio::test]
async fn the_language_switch_of_a_refused_form_keeps_the_target() {
    let app = TestApp::start().await;
    for (page, action) in [("/login", "/login"), ("/register", "/register")] {
        let visitor = app.visitor();
        let first = visitor.get(&format!("{page}?next=%2Fboard")).await;
        assert_eq!(first.form("/language")["next"].as_deref(), Some(&*format!("{page}?next=%2Fboard")));
        let refused = visitor.post(action, &[("next", "/board")]).await;
        assert_eq!(refused.status, 422);
        visitor.get(page).await;
        let again = visitor.post(action, &[("next", "/board")]).await;
        assert_eq!(again.form("/language")["next"].as_deref(), Some(&*format!("{page}?next=%2Fboard")));
    }
}
