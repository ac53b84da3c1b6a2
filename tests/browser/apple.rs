//! Sign-in with Apple in a real Chromium: its page, at another site, posts the answer, and no cookie with `SameSite=Lax`
//! comes along.

use serde_json::json;
use tempfile::TempDir;

use crate::support::provider::{FakeProvider, offer};
use crate::support::{Chromium, TestApp, scratch};

const BUTTON: &str = "button[formaction='/sign-in/fake']";

/// The provider is at 127.0.0.1 and the server at localhost, so each is another site to the other.
async fn start() -> (FakeProvider, TestApp, Chromium, TempDir) {
    let (fake, folder) = (FakeProvider::start().await, scratch());
    let (section, _) = fake.apple(folder.path());
    let app = TestApp::named(|config| offer(config, &section)).await;
    fake.follow(&app);
    fake.person(json!({"sub": "001", "email": "mina@example.org", "email_verified": "true"}));
    fake.says().form_post = Some(json!({"user": r#"{"name":{"firstName":"Mina","lastName":"Kim"}}"#}));
    let browser = Chromium::open(&app.url).await;
    (fake, app, browser, folder)
}

#[tokio::test]
async fn an_answer_that_the_page_of_another_site_posts_signs_in() {
    let (fake, app, browser, _folder) = start().await;
    browser.go("/login?next=/sessions").await;
    browser.click(BUTTON).await;
    browser.arrives_at("/sign-in/fake/register").await;
    assert!(browser.text().await.contains("mina@example.org"));
    browser.click("main button").await;
    browser.arrives_at("/sessions").await;
    assert_eq!(app.user("mina").display_name, "Mina Kim");
    // From then on nothing is asked. Apple sends the name once.
    fake.says().form_post = Some(json!({}));
    browser.sign_out().await;
    browser.arrives_at("/").await;
    browser.go("/login").await;
    browser.click(BUTTON).await;
    browser.arrives_at("/dashboard").await;
    assert_eq!(app.count("upstream_attempts"), 0);
    browser.close().await;
}

/// Here the cookie of the session must be there again after the post.
#[tokio::test]
async fn a_member_links_an_account_by_an_answer_that_is_posted() {
    let (fake, app, browser, _folder) = start().await;
    fake.person(json!({"sub": "002", "email": "other@example.org", "email_verified": "true"}));
    browser.register("noa").await;
    browser.go("/security").await;
    browser.click("form[action='/security/providers/fake/link'] button").await;
    browser.find("form[action='/security/providers/fake/unlink']").await;
    assert!(browser.text().await.contains("Your Apple account was linked"), "{}", browser.text().await);
    assert_eq!(app.count("identities"), 1);
    browser.close().await;
}

#[tokio::test]
async fn a_person_who_cancels_comes_to_a_page_with_every_way_in() {
    let (fake, app, browser, _folder) = start().await;
    fake.says().form_post = Some(json!({"code": null, "error": "user_cancelled_authorize"}));
    browser.go("/login?next=/sessions").await;
    browser.click(BUTTON).await;
    let notice = browser.find("[role=status]").await.text().await.unwrap();
    assert_eq!(notice, "You cancelled at Apple. Nothing was changed.");
    browser.arrives_at("/login").await;
    assert_eq!(
        browser.find("input[name=next]").await.prop("value").await.unwrap().as_deref(),
        Some("/sessions")
    );
    browser.find("#password").await;
    assert_eq!((app.count("users"), app.count("upstream_attempts")), (0, 0));
    // They think again.
    fake.says().form_post = Some(json!({}));
    browser.click(BUTTON).await;
    browser.arrives_at("/sign-in/fake/register").await;
    browser.close().await;
}
