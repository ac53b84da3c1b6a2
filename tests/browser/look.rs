//! How pages fit: nothing is wider than the screen, the bar stays low, the icons load, and lists stay short.

use serde_json::json;

use crate::support::chromium_setup as setup;
use crate::support::provider::{offer, several};
use crate::support::{Chromium, TestApp};

const PUBLIC: &[&str] =
    &["/", "/login", "/register", "/password-reset", "/verify-email", "/board", "/nowhere"];
const MEMBER: &[&str] = &[
    "/dashboard",
    "/profile",
    "/profile/delete",
    "/security",
    "/security/activity",
    "/security/password",
    "/security/totp",
    "/security/connected-apps",
    "/sessions",
    "/tokens",
    "/board/new",
];

const STAFF: &[&str] = &[
    "/admin",
    "/admin/search?q=a",
    "/admin/users",
    "/admin/users/1",
    "/admin/groups",
    "/admin/groups/new",
    "/admin/groups/1",
    "/admin/apps",
    "/admin/apps/1",
    "/admin/sessions",
    "/admin/audit",
];

async fn resize(browser: &Chromium, width: u32) {
    let size = json!({"width": width, "height": 720, "deviceScaleFactor": 1, "mobile": false});
    browser.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
}

async fn measured(browser: &Chromium, script: &str) -> u32 {
    browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap()
}

/// At the widths of a small and a usual phone, a tablet and a desk.
async fn fit(browser: &Chromium, paths: &[&str]) {
    for path in paths {
        browser.go(path).await;
        for width in [320, 360, 768, 1440] {
            resize(browser, width).await;
            let wide = measured(browser, "return document.documentElement.scrollWidth").await;
            assert!(wide <= width, "{path} is {wide} wide on a screen of {width}");
        }
        let broken = "return [...document.querySelectorAll('main :is(button, .button)')].filter(it => it.offsetHeight > 48)
            .map(it => it.textContent.trim()).join()";
        let broken: String = browser.driver.execute(broken, vec![]).await.unwrap().convert().unwrap();
        assert!(broken.is_empty(), "on a desk the labels of {broken} at {path} take two lines");
        let icon = "return Math.round(document.querySelector('svg use').getBBox().width)";
        assert!(measured(browser, icon).await > 0, "the policy lets the icons of {path} load");
    }
}

/// German has the longest words.
#[tokio::test]
async fn pages_fit_every_screen_in_german() {
    let app = TestApp::start().await;
    let browser = Chromium::open_as(&app.url, setup("de", true)).await;
    fit(&browser, PUBLIC).await;
    browser.register("mina").await;
    fit(&browser, MEMBER).await;
    resize(&browser, 320).await;
    let bar = measured(&browser, "return document.querySelector('header').offsetHeight").await;
    assert!(bar <= 64, "the bar is {bar} high on a phone");
}

#[tokio::test]
async fn pages_fit_every_screen() {
    // With as many ways in as a site may have.
    let app = TestApp::with(|config| offer(config, &several(7))).await;
    let browser = Chromium::open(&app.url).await;
    fit(&browser, PUBLIC).await;
    browser.register("a-name-of-thirty-two-characters1").await;
    for _ in 0..6 {
        app.another_browser("a-name-of-thirty-two-characters1").await;
    }
    fit(&browser, MEMBER).await;
    let sofia = app.staff("sofia").await;
    let long = [("name", &*"longest-".repeat(7))];
    sofia.post("/admin/groups", &long).await.assert_redirect("/admin/groups/1");
    sofia.post("/admin/groups/1/members", &[("login", "sofia")]).await.assert_redirect("/admin/groups/1");
    let wiki = [("name", "W"), ("address", "https://wiki.example.org/"), ("icon", "")];
    sofia.post("/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    app.make_staff(app.user_id("a-name-of-thirty-two-characters1")).await;
    fit(&browser, STAFF).await;
    resize(&browser, 320).await;
    let bar = measured(&browser, "return document.querySelector('header').offsetHeight").await;
    assert!(bar <= 64, "the bar is {bar} high on a phone");
    browser.go("/sessions").await;
    resize(&browser, 1280).await;
    assert_eq!(measured(&browser, "return document.querySelectorAll('.session').length").await, 7);
    let tall = measured(&browser, "return document.documentElement.scrollHeight").await;
    assert!(tall <= 900, "seven sessions are {tall} high");
    browser.close().await;
}
