//! A required second factor, set up without JavaScript.

use munjigi::config::Required;

use crate::support::{Authenticator, Chromium, PASSWORD, TestApp, chromium_setup};

/// Registers where a second factor is required, sets it up, continues, and creates new recovery codes.
async fn walk(language: &'static str, required: &str, turned_on: &str) {
    let app = TestApp::with(|config| config.require_second_factor = Required::Everyone).await;
    let browser = Chromium::open_as(&app.url, chromium_setup(language, false)).await;
    browser.go("/register").await;
    browser.type_into("#username", "mina").await;
    browser.type_into("#email", "mina@example.org").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main form button").await;
    browser.arrives_at("/security/totp").await;
    browser.go("/board/new").await;
    browser.arrives_at("/security/totp").await;
    assert!(browser.text().await.contains(required));
    let secret = browser.find("#totp-secret").await.text().await.unwrap();
    let authenticator = Authenticator { secret, recovery: Vec::new() };
    browser.type_into("#code", &authenticator.code_at(app.clock.now())).await;
    browser.click("main form button").await;
    assert_eq!(browser.find("main [role=status]").await.text().await.unwrap(), turned_on);
    browser.click("main .acts a.button:last-child").await;
    browser.arrives_at("/board/new").await;
    browser.go("/security").await;
    browser.click("main a[href='/security/recovery-codes']").await;
    browser.arrives_at("/security/recovery-codes").await;
    browser.click("main form[action='/security/recovery-codes'] button").await;
    browser.find(".codes").await;
    assert_eq!(app.count("recovery_codes"), 10);
    browser.close().await;
}

#[tokio::test]
async fn english_without_scripts() {
    walk(
        "en",
        "Your account needs two-step verification.",
        "Two-step verification is on. You were signed out on all other devices.",
    )
    .await;
}

#[tokio::test]
async fn korean_without_scripts() {
    walk("ko", "2단계 인증이 필요한 계정이에요", "2단계 인증을 켰어요. 다른 기기에서는 모두 로그아웃했어요.")
        .await;
}
