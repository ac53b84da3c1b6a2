//! A double click on a form's button, in a real Chromium, while hashing takes as long as in production.

use std::time::Duration;

use crate::support::chromium_setup as setup;
use crate::support::{Chromium, PASSWORD, TestApp, redis_url};

/// Clicks twice, 80 ms apart.
async fn double_click(browser: &Chromium, selector: &str) {
    let button = browser.find(selector).await;
    button.click().await.unwrap();
    tokio::time::sleep(Duration::from_millis(80)).await;
    // The page may be on its way out already.
    let _ = button.click().await;
}

/// The same by script: a driver's click waits for the page that the one before has opened.
async fn double_click_at_once(browser: &Chromium) {
    let clicks = "const button = document.querySelector('main form button:not([type=button])');
                  button.click(); setTimeout(() => button.click(), 80);";
    browser.driver.execute(clicks, vec![]).await.unwrap();
}

async fn app(redis: bool) -> TestApp {
    TestApp::with(|config| {
        config.bcrypt_cost = 12;
        config.redis_url = redis.then(redis_url);
    })
    .await
}

#[tokio::test]
async fn a_double_click_registers_once_and_signs_in() {
    for redis in [false, true] {
        let app = app(redis).await;
        let browser = Chromium::open(&app.url).await;
        browser.go("/register").await;
        browser.type_into("#username", "mina").await;
        browser.type_into("#email", "mina@example.org").await;
        browser.type_into("#password", PASSWORD).await;
        double_click_at_once(&browser).await;
        browser.arrives_at("/dashboard").await;
        assert!(browser.find(".who").await.text().await.unwrap() == "mina");
        assert_eq!(app.count("users"), 1);
        assert_eq!(app.count("audit_events WHERE event = 'signed_in'"), 1);
        browser.close().await;
    }
}

#[tokio::test]
async fn a_double_click_posts_once_and_signs_in_once_without_scripts_too() {
    let app = app(false).await;
    app.member("mina").await;
    let browser = Chromium::open_as(&app.url, setup("ko", false)).await;
    browser.go("/login?next=/board/new").await;
    browser.type_into("#login", "mina").await;
    browser.type_into("#password", PASSWORD).await;
    double_click(&browser, "main button").await;
    browser.arrives_at("/board/new").await;
    browser.type_into("#title", "소풍").await;
    browser.type_into("#body", "도시락을 챙겨 오세요.").await;
    double_click(&browser, "main form button").await;
    browser.arrives_at("/board/1").await;
    assert_eq!(app.count("posts"), 1);
    browser.close().await;
}
