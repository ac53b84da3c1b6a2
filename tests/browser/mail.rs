//! Every flow of mail in a real Chromium without JavaScript, in both languages.

use munjigi::config::Verification;

use crate::support::{Chromium, PASSWORD, TestApp, chromium_setup};

const NEW: &str = "copper lantern 강물 forty";

/// Fills in the form on the page and sends it.
async fn send(browser: &Chromium, fields: &[(&str, &str)]) {
    for (selector, text) in fields {
        browser.type_into(selector, text).await;
    }
    browser.click("main form button").await;
}

async fn sign_out(browser: &Chromium) {
    browser.sign_out().await;
    browser.arrives_at("/").await;
}

/// Registers, resets the password, signs in by mail and changes the address: by codes and by links.
async fn walk(language: &'static str, titles: [&str; 4]) {
    let app = TestApp::with(|config| {
        config.mail.verification = Verification::Required;
        config.mail.sign_in_links = true;
    })
    .await;
    let browser = Chromium::open_as(&app.url, chromium_setup(language, false)).await;
    browser.go("/register").await;
    let mina = "mina@example.org";
    send(&browser, &[("#username", "mina"), ("#email", mina), ("#password", PASSWORD)]).await;
    browser.arrives_at("/verify-email").await;
    let mail = app.mail(mina, 1).await;
    assert_eq!((mail.subject.as_str(), mail.language.as_str()), (titles[0], language));
    send(&browser, &[("#code", &mail.code())]).await;
    browser.arrives_at("/login").await;

    // Without a mail server, the sign-in page does not lead there.
    browser.go("/password-reset").await;
    send(&browser, &[("#login", "mina")]).await;
    browser.arrives_at("/password-reset/code").await;
    let mail = app.mail(mina, 2).await;
    assert_eq!((mail.subject.as_str(), mail.language.as_str()), (titles[1], language));
    send(&browser, &[("#code", &mail.code())]).await;
    browser.arrives_at("/password-reset").await;
    send(&browser, &[("#new_password", NEW)]).await;
    browser.arrives_at("/login").await;
    assert_eq!(app.mail(mina, 3).await.subject, titles[2]);

    browser.click("a[href='/sign-in-link']").await;
    browser.arrives_at("/sign-in-link").await;
    send(&browser, &[("#login", mina)]).await;
    browser.arrives_at("/sign-in-link/code").await;
    let mail = app.mail(mina, 4).await;
    assert_eq!((mail.subject.as_str(), mail.language.as_str()), (titles[3], language));
    browser.go(&mail.path(&app)).await;
    browser.click("main form button").await;
    browser.arrives_at("/dashboard").await;

    browser.go("/profile").await;
    browser.find("#email").await.clear().await.unwrap();
    send(&browser, &[("#email", "new@example.org")]).await;
    // A mailed link does not prove the password, which a change of address requires.
    send(&browser, &[("#current_password", NEW)]).await;
    browser.arrives_at("/verify-email").await;
    let mail = app.mail("new@example.org", 1).await;
    browser.go(&mail.path(&app)).await;
    browser.click("main form button").await;
    browser.arrives_at("/profile").await;
    assert_eq!(browser.find("#email").await.attr("value").await.unwrap().as_deref(), Some("new@example.org"));
    sign_out(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn the_mail_flows_work_in_english_without_javascript() {
    let titles =
        ["Confirm your email", "Choose a new password", "Your password was changed", "Your sign-in link"];
    walk("en", titles).await;
}

#[tokio::test]
async fn the_mail_flows_work_in_korean_without_javascript() {
    walk("ko", ["이메일 확인", "새 비밀번호 정하기", "비밀번호가 바뀌었어요", "로그인 링크"]).await;
}
