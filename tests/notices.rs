//! Notifications to the account's owner by mail; and sign-in by mail, if a setting allows it.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Munjigi, PASSWORD, TestApp, mails_in, scratch};

const NEW: &str = "copper lantern 강물 forty";

#[tokio::test]
async fn the_owner_is_notified_once_of_each_new_device() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.clock.advance(3);
    mina.post("/logout", &[]).await;
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    let other = app.another_browser("mina").await;
    let mail = app.mail("mina@example.org", 1).await;
    assert_eq!(mail.subject, "Sign-in from a new device");
    assert!(
        mail.text.contains("Firefox") && mail.text.contains("127.0.0.1") && mail.text.contains("UTC"),
        "{}",
        mail.text
    );
    assert_eq!(mail.path(&app), "/password-reset");
    other.post("/logout", &[]).await;
    other.sign_in("mina").await.assert_redirect("/dashboard");
    other
        .post(
            "/profile",
            &[
                ("display_name", "Mina"),
                ("email", "mina@example.org"),
                ("language", "ko"),
                ("theme", "auto"),
                ("time_zone", "Asia/Seoul"),
            ],
        )
        .await;
    app.another_browser("mina").await;
    let mail = app.mail("mina@example.org", 2).await;
    assert_eq!((mail.subject.as_str(), mail.language.as_str()), ("새 기기에서 로그인", "ko"));
    assert!(mail.text.contains("\nMina 님, 안녕하세요.") && mail.text.contains(" KST ("), "{}", mail.text);
    // A zone of a quarter of an hour, and none.
    for (number, zone, part) in [(3, "Asia/Kathmandu", " +0545 ("), (4, "", " UTC")] {
        mina.post("/profile", &[("language", ""), ("theme", "auto"), ("time_zone", zone)]).await;
        app.another_browser("mina").await;
        let mail = app.mail("mina@example.org", number).await;
        let is_beside = mail.text.contains(" UTC)");
        assert!(mail.text.contains(part) && is_beside != zone.is_empty(), "{zone}: {}", mail.text);
    }
}

#[tokio::test]
async fn the_owner_is_notified_of_a_new_password_and_of_a_new_address() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let change = [("current_password", PASSWORD), ("new_password", NEW)];
    mina.fill("/security/password", "/security", &change).await.assert_redirect("/security");
    let mail = app.mail("mina@example.org", 1).await;
    assert_eq!(mail.subject, "Your password was changed");
    assert!(!mail.text.contains(NEW) && !mail.text.contains("token="), "a notice holds no secret");
    mina.fill("/profile", "/profile", &[("email", "new@example.org")]).await.assert_redirect("/profile");
    assert_eq!(app.mail("mina@example.org", 2).await.subject, "Your email was changed");
    app.visitor().post("/password-reset", &[("login", "mina")]).await;
    let mail = app.mail("new@example.org", 1).await;
    app.visitor()
        .fill(&mail.path(&app), "/password-reset", &[("new_password", PASSWORD)])
        .await
        .assert_redirect("/login");
    assert_eq!(app.mail("new@example.org", 2).await.subject, "Your password was changed");
    app.until_count("outbox", 0).await;
    app.mails("mina@example.org", 2).await;
}

#[tokio::test]
async fn names_that_read_like_links_are_left_out() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for (count, name) in
        ["<a href=//evil.example>win</a>", "https://evil.example", "a\u{202e}b"].into_iter().enumerate()
    {
        let saved = mina.fill("/profile", "/profile", &[("display_name", name)]).await;
        app.visitor().post("/password-reset", &[("login", "mina")]).await;
        let mail = app.mail("mina@example.org", count + 1).await;
        let raw = String::from_utf8_lossy(&mail.raw).into_owned();
        assert!(
            !mail.text.contains("evil") && !mail.html.contains("evil") && !raw.contains("evil"),
            "{}",
            mail.text
        );
        assert!([303, 422].contains(&saved.status));
    }
}

#[tokio::test]
async fn a_mailed_link_signs_in_once_where_that_is_on() {
    let app = TestApp::with(|config| config.mail.sign_in_links = true).await;
    app.member("mina").await;
    let visitor = app.visitor();
    assert_eq!(visitor.get("/login").await.attributes("main a[href='/sign-in-link']", "href").len(), 1);
    visitor
        .fill("/sign-in-link", "/sign-in-link", &[("login", "mina")])
        .await
        .assert_redirect("/sign-in-link/code");
    let mail = app.mail("mina@example.org", 1).await;
    for _ in 0..3 {
        assert_eq!(app.visitor().get(&mail.path(&app)).await.status, 200);
    }
    let uses = (0..50)
        .map(|_| async { app.visitor().post("/sign-in-link", &[("token", &mail.token())]).await.status });
    let uses = futures_util::future::join_all(uses).await;
    assert_eq!(uses.iter().filter(|status| **status == 303).count(), 1, "{uses:?}");
    assert!(uses.iter().all(|status| [303, 410].contains(status)));

    let notices = app.mails("mina@example.org", 3).await;
    let mut subjects: Vec<&str> = notices.iter().skip(1).map(|mail| mail.subject.as_str()).collect();
    subjects.sort_unstable();
    assert_eq!(subjects, ["Sign-in from a new device", "Your password was removed"]);
    visitor.post("/sign-in-link", &[("login", "mina")]).await;
    let mail = app.mail("mina@example.org", 4).await;
    assert_eq!(mail.subject, "Your sign-in link");
    app.visitor().post("/sign-in-link/code", &[("code", &mail.code())]).await.assert_refused("code");
    visitor
        .fill("/sign-in-link/code", "/sign-in-link/code", &[("code", &mail.code())])
        .await
        .assert_redirect("/dashboard");
    assert!(visitor.is_signed_in().await);
    visitor.post("/sign-in-link/code", &[("code", &mail.code())]).await.assert_refused("code");

    app.visitor().post("/sign-in-link", &[("login", "mina")]).await;
    let mail = app
        .mails("mina@example.org", 6)
        .await
        .into_iter()
        .rfind(|mail| mail.subject == "Your sign-in link")
        .unwrap();
    app.execute("UPDATE users SET disabled = TRUE");
    assert_eq!(app.visitor().post("/sign-in-link", &[("token", &mail.token())]).await.status, 410);
    let off = TestApp::start().await;
    assert_eq!(off.visitor().get("/sign-in-link").await.status, 404);
}

#[tokio::test]
async fn a_mailed_sign_in_returns_only_that_browser_to_the_page_it_requested() {
    let app = TestApp::with(|config| config.mail.sign_in_links = true).await;
    app.member("mina").await;
    let visitor = app.visitor();
    let turned = visitor.get("/sessions").await;
    let login = visitor.get(turned.header("location")).await;
    let ask = login.attributes("main a[href^='/sign-in-link']", "href").remove(0);
    let asked = visitor.fill(&ask, "/sign-in-link", &[("login", "mina")]).await;
    asked.assert_redirect("/sign-in-link/code");
    let mail = app.mail("mina@example.org", 1).await;
    visitor.fill(&mail.path(&app), "/sign-in-link", &[]).await.assert_redirect("/sessions");
    // The notices: that of the password, and that of the device.
    app.mails("mina@example.org", 3).await;

    let thief = app.visitor();
    let trap = [("login", "mina"), ("next", "/profile/delete")];
    thief.post("/sign-in-link", &trap).await.assert_redirect("/sign-in-link/code");
    let mail = app.mail("mina@example.org", 4).await;
    let mina = app.visitor();
    mina.fill(&mail.path(&app), "/sign-in-link", &[]).await.assert_redirect("/dashboard");
    for odd in ["https://evil.example/", "//evil.example", &format!("/{}", "a".repeat(5_000))] {
        let visitor = app.visitor();
        visitor.post("/sign-in-link", &[("login", "noa"), ("next", odd)]).await;
        assert!(!visitor.get("/sign-in-link/code").await.header("content-security-policy").contains("evil"));
    }
}

#[tokio::test]
async fn anonymous_requests_do_not_use_up_the_owners_limit() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for _ in 0..8 {
        app.visitor().post("/password-reset", &[("login", "mina")]).await;
    }
    app.mails("mina@example.org", 5).await;
    app.until_count("mail_tokens WHERE user_id IS NULL", 3).await;
    for count in 6..=10 {
        mina.post("/password-reset", &[("login", "mina")]).await;
        app.mails("mina@example.org", count).await;
    }
    mina.post("/password-reset", &[("login", "mina")]).await;
    app.until_count("mail_tokens WHERE user_id IS NULL", 4).await;
}

#[tokio::test]
async fn the_owner_is_notified_of_a_new_program_once_for_each_place() {
    let app = TestApp::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    app.member("mina").await;
    app.clock.advance(3);
    let sign_in = async |address: &str| {
        let mut program = app.visitor();
        program.forwarded_for = Some(address.to_owned());
        let body = serde_json::json!({"login": "mina", "password": PASSWORD});
        let request = program.request(reqwest::Method::POST, "/api/auth/login").json(&body);
        assert_eq!(program.send(request).await.status, 200);
    };
    sign_in("192.0.2.1").await;
    let mail = app.mail("mina@example.org", 1).await;
    assert_eq!(mail.subject, "Sign-in from a new device");
    assert!(mail.text.contains("192.0.2.1"), "{}", mail.text);
    sign_in("192.0.2.1").await;
    sign_in("2001:db8::1").await;
    app.mails("mina@example.org", 2).await;
    sign_in("2001:db8::2").await;
    app.clock.advance(91 * 24 * 3600);
    sign_in("192.0.2.1").await;
    app.mails("mina@example.org", 3).await;
}

#[test]
fn the_owner_is_notified_of_what_the_operator_changes() {
    let data = scratch();
    let folder = data.path().join("data");
    let run = |words: &[&str]| {
        let mut command = Munjigi::command(&folder);
        let mut child = command.args(words).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), format!("{NEW}\n").as_bytes()).unwrap();
        assert!(child.wait().unwrap().success(), "{words:?}");
    };
    run(&["user", "create", "mina", "--email", "mina@example.org"]);
    run(&["user", "password", "mina"]);
    run(&["user", "remove-factors", "mina"]);
    let server = Munjigi::serve(Munjigi::command(&folder));
    let deadline = Instant::now() + Duration::from_secs(20);
    let mails = loop {
        let mails = mails_in(&folder.join("outbox"));
        if mails.len() == 2 {
            break mails;
        }
        assert!(Instant::now() < deadline, "{mails:?}");
        std::thread::sleep(Duration::from_millis(20));
    };
    let mut subjects: Vec<_> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    subjects.sort_unstable();
    assert_eq!(subjects, ["Your password was changed", "Your two-step verification was changed"]);
    assert!(mails.iter().all(|mail| mail.text.contains("By the people who run this site")), "{mails:?}");
    server.stop();
}

#[tokio::test]
async fn the_owner_is_notified_of_changed_factors_and_a_mailed_link_leads_on_to_them() {
    let app = TestApp::with(|config| config.mail.sign_in_links = true).await;
    let (mina, _) = app.member_with_totp("mina").await;
    assert_eq!(app.mail("mina@example.org", 1).await.subject, "Your two-step verification was changed");
    mina.post("/security/recovery-codes", &[]).await;
    assert_eq!(app.mail("mina@example.org", 2).await.subject, "Your two-step verification was changed");

    let visitor = app.visitor();
    visitor.post("/sign-in-link", &[("login", "mina")]).await;
    let mail = app.mail("mina@example.org", 3).await;
    let reply = visitor.post("/sign-in-link", &[("token", &mail.token())]).await;
    reply.assert_redirect("/login/verify");
    assert!(!visitor.is_signed_in().await, "a mailed link is no way around the second step");
}
