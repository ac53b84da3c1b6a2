//! The pages that mails link to, and a mail as a browser shows it.

use super::Camera;
use crate::support::{Mail, TestApp, mails_in};

/// The newest mail that links to `path`, once it has arrived.
async fn letter(app: &TestApp, path: &str) -> Mail {
    let link = format!("{}{path}?token=", app.url);
    for _ in 0..1_000 {
        if let Some(mail) = mails_in(&app.outbox()).into_iter().rfind(|mail| mail.text.contains(&link)) {
            return mail;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no letter leads to {path}");
}

/// The pages of a visitor who has forgotten the password of `name`, or signs in by mail.
pub async fn visitor_pages(app: &TestApp, camera: &Camera<'_>, name: &str) {
    let browser = camera.browser;
    for (path, called) in [("/password-reset", "forgotten"), ("/sign-in-link", "by-mail")] {
        browser.go(path).await;
        browser.click("main button").await;
        camera.take(&format!("{called}-refused")).await;
        browser.go(path).await;
        camera.take(called).await;
        browser.type_into("#login", name).await;
        browser.click("main button").await;
        browser.arrives_at(&format!("{path}/code")).await;
        camera.take(&format!("{called}-code")).await;
        browser.type_into("#code", "1234 5678").await;
        browser.click("main button").await;
        camera.take(&format!("{called}-wrong-code")).await;
        let mail = letter(app, path).await;
        browser.go(&mail.path(app)).await;
        camera.take(&format!("{called}-link")).await;
        browser.go(&format!("{path}?token=x")).await;
        camera.take(&format!("{called}-over")).await;
    }
}

/// The page for a recovery code.
pub async fn recovery_page(camera: &Camera<'_>) {
    camera.go_and_take(&[("recovery-code", "/password-reset/recovery")]).await;
    camera.browser.click("main button").await;
    camera.take("recovery-code-refused").await;
}

/// The pages of a member with an unconfirmed address.
pub async fn member_pages(app: &TestApp, camera: &Camera<'_>) {
    let browser = camera.browser;
    let mail = letter(app, "/verify-email").await;
    browser.go("/verify-email").await;
    camera.take("verify-email").await;
    browser.go(&mail.path(app)).await;
    camera.take("verify-email-link").await;
    let file = app.outbox().join("letter.html");
    std::fs::write(&file, &mail.html).unwrap();
    browser.driver.goto(format!("file://{}", file.display())).await.unwrap();
    camera.take("letter").await;
    browser.go(&mail.path(app)).await;
    browser.click("main button").await;
    browser.arrives_at("/profile").await;
    camera.take("verify-email-done").await;
    browser.go("/verify-email?token=x").await;
    camera.take("verify-email-over").await;
}
