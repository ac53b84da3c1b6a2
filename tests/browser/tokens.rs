//! The page `/tokens` in a browser.

use thirtyfour::By;
use thirtyfour::extensions::query::ElementQueryable;

use crate::support::{Chromium, TestApp, client, over_both_stores};

over_both_stores![a_person_makes_copies_uses_and_deletes_a_token];

async fn a_person_makes_copies_uses_and_deletes_a_token(app: TestApp) {
    let browser = Chromium::open(&app.url).await;
    browser.register("mina").await;
    browser.choose("/tokens").await;
    browser.arrives_at("/tokens").await;
    browser.type_into("#name", "Backup script").await;
    browser.click("input[name='profile:read']").await;
    browser.click("main form[action='/tokens'] button").await;
    let token = browser.find("#token").await.text().await.unwrap();
    // A click selects all of it, ready to copy.
    browser.click("#token").await;
    let script = "const t = document.activeElement; return t.value.slice(t.selectionStart, t.selectionEnd)";
    let selected: String = browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap();
    assert_eq!(selected, token);
    browser.click("[data-copy='token']").await;
    let copied = browser.driver.query(By::Css("[data-copy='token'] span")).with_text("Copied");
    assert!(copied.exists().await.unwrap(), "the button says that it was copied");
    let client = client();
    let ask = async || {
        let request = client.get(format!("{}/api/auth/user", app.url));
        request.header("authorization", format!("Bearer {token}")).send().await.unwrap().status().as_u16()
    };
    assert_eq!(ask().await, 200);
    browser.click("main a[href='/tokens']").await;
    browser.arrives_at("/tokens").await;
    assert!(browser.text().await.contains("just now"), "its last use is shown");
    browser.click(".token form button").await;
    assert!(browser.find(".note[role=status]").await.text().await.unwrap().contains("Deleted"));
    assert_eq!(ask().await, 401);
    browser.driver.back().await.unwrap();
    browser.driver.back().await.unwrap();
    assert!(
        !browser.driver.source().await.unwrap().contains(&token),
        "the back button does not bring it back"
    );
    browser.close().await;
}
