//! A recovery that staff start and its owner completes, without JavaScript.

use crate::recovery::{CODE_PAGE, NEW, SUBJECT, people};
use crate::support::{Chromium, PASSWORD, TestApp, chromium_setup};

/// Sofia starts it in one browser, and Mina completes it in another by the code.
async fn walk(language: &'static str, subject: &str) {
    let app = TestApp::start().await;
    people(&app).await;
    app.execute(&format!("UPDATE users SET language = '{language}'"));
    let browser = Chromium::open_as(&app.url, chromium_setup(language, false)).await;
    let sign_in = async |name: &str, password: &str| {
        browser.go("/login").await;
        browser.type_into("#login", name).await;
        browser.type_into("#password", password).await;
        browser.click("main form button").await;
        browser.arrives_at("/dashboard").await;
    };
    sign_in("sofia", PASSWORD).await;
    let place = format!("/admin/users/{}", app.user_id("mina"));
    browser.go(&place).await;
    browser.click("form[action$='/mail-recovery'] button").await;
    browser.find("main .note[role=status]").await;
    browser.sign_out().await;
    browser.arrives_at("/").await;
    let mail = app.mail("mina@example.org", 2).await;
    assert_eq!((mail.subject.as_str(), mail.language.as_str()), (subject, language));
    browser.go(CODE_PAGE).await;
    browser.type_into("#login", "mina").await;
    browser.type_into("#code", &mail.code()).await;
    browser.click("main form button").await;
    browser.arrives_at("/password-reset").await;
    browser.type_into("#new_password", NEW).await;
    browser.click("main form button").await;
    browser.arrives_at("/login").await;
    sign_in("mina", NEW).await;
    browser.close().await;
}

#[tokio::test]
async fn a_recovery_works_in_english_without_javascript() {
    walk("en", SUBJECT).await;
}

#[tokio::test]
async fn a_recovery_works_in_korean_without_javascript() {
    walk("ko", "계정 복구").await;
}
