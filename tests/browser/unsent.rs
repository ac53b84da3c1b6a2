//! A post that is sent after the session has ended in another tab, in a real Chromium.

use crate::support::chromium_setup as setup;
use crate::support::{Chromium, PASSWORD, TestApp};

#[tokio::test]
async fn a_post_written_while_signed_out_elsewhere_is_sent_after_sign_in() {
    for (language, title) in [("en", "Send what you typed?"), ("ko", "입력한 내용을 보낼까요?")] {
        let app = TestApp::start().await;
        app.member("mina").await;
        let browser = Chromium::open_as(&app.url, setup(language, false)).await;
        browser.sign_in("mina", false).await;
        browser.go("/board/new").await;
        let writing = browser.driver.window().await.unwrap();
        let other = browser.driver.new_tab().await.unwrap();
        browser.driver.switch_to_window(other).await.unwrap();
        browser.go("/dashboard").await;
        browser.sign_out().await;
        browser.arrives_at("/").await;
        browser.driver.switch_to_window(writing).await.unwrap();
        browser.type_into("#title", "소풍").await;
        browser.type_into("#body", "first line\n  second line").await;
        browser.click("main form button").await;
        browser.arrives_at("/login").await;
        browser.type_into("#login", "mina").await;
        browser.type_into("#password", PASSWORD).await;
        browser.click("main button").await;
        browser.arrives_at("/unsent").await;
        assert!(browser.text().await.contains(title));
        browser.click("main form button").await;
        browser.arrives_at("/board/1").await;
        assert!(browser.text().await.contains("first line\n  second line"));
        browser.close().await;
    }
}
