//! Takes a screenshot of every page, in several languages, both themes, narrow and wide, into `target/pictures`: people
//! review the pages. Everything that a program can check is checked on the way.

mod board;
mod factors;
mod mail;
mod providers;
mod staff;
mod tokens;

use std::path::PathBuf;

use munjigi::config::Verification;
use serde_json::json;
use thirtyfour::cdp::Cdp;

use super::every_page;
use crate::support::{Chromium, PASSWORD, TestApp, chromium_setup};

const PUBLIC: &[(&str, &str)] = &[
    ("home", "/"),
    ("login", "/login"),
    ("register", "/register"),
    ("error", "/nowhere"),
    ("no-app", "/api/authz/denied"),
];
const MEMBER: &[(&str, &str)] = &[
    ("dashboard", "/dashboard"),
    ("profile", "/profile"),
    ("delete", "/profile/delete"),
    ("sessions", "/sessions"),
    ("security", "/security"),
    ("password", "/security/password"),
    ("activity", "/security/activity"),
    ("passkeys-empty", "/security/passkeys"),
    ("connected-empty", "/security/connected-apps"),
    ("tokens-empty", "/tokens"),
    ("not-for-you", "/api/authz/denied"),
];

struct Camera<'b> {
    browser: &'b Chromium,
    tools: Cdp,
    width: u32,
    prefix: String,
}

impl Camera<'_> {
    async fn show(&self, height: u32) {
        let size = json!({"width": self.width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.tools.send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
        self.tools.send_raw("Emulation.setScrollbarsHidden", json!({"hidden": true})).await.unwrap();
    }

    /// The whole page, however long.
    async fn take(&self, name: &str) {
        self.show(720).await;
        let script =
            "const e = document.documentElement; return [e.scrollWidth, e.clientWidth, e.scrollHeight]";
        let [wide, visible, tall]: [u32; 3] =
            self.browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap();
        assert!(wide <= visible, "{name} is {wide} wide on a screen of {visible}");
        self.show(tall).await;
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
        std::fs::create_dir_all(&folder).unwrap();
        self.browser.driver.screenshot(&folder.join(format!("{}-{name}.png", self.prefix))).await.unwrap();
    }

    async fn go_and_take(&self, pages: &[(&str, &str)]) {
        for (name, path) in pages {
            self.browser.go(path).await;
            self.take(name).await;
        }
    }
}

async fn walk(language: &'static str, theme: &str, width: u32, name: &str) {
    let app = TestApp::named(|config| {
        config.mail.verification = Verification::Optional;
        config.mail.sign_in_links = true;
    })
    .await;
    let browser = Chromium::open_as(&app.url, chromium_setup(language, true)).await;
    let tools = browser.driver.cdp();
    let wish = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
    tools.send_raw("Emulation.setEmulatedMedia", wish).await.unwrap();
    let camera = Camera { browser: &browser, tools, width, prefix: format!("{language}-{theme}-{width}") };
    camera.show(720).await;
    camera.go_and_take(PUBLIC).await;

    browser.go("/register").await;
    browser.type_into("#username", "a b").await;
    browser.type_into("#password", "password1").await;
    browser.click("main button").await;
    camera.take("refused").await;

    browser.register(name).await;
    camera.take("welcome").await;
    others_use_the_account(&app, name).await;
    camera.go_and_take(MEMBER).await;
    tokens::make_tokens(&app, &camera, name).await;
    mail::member_pages(&app, &camera).await;
    board::visit_the_board(&app, &camera, name).await;
    staff::staff_pages(&app, &camera).await;
    factors::second_factors(&app, &camera, name).await;
    staff::staff_tend_apps(&app, &camera, name).await;
    browser.go("/dashboard").await;
    browser.sign_out().await;
    browser.arrives_at("/").await;
    mail::recovery_page(&camera).await;
    mail::visitor_pages(&app, &camera, name).await;
    browser.close().await;
}

/// Content for the pages of sessions and events.
async fn others_use_the_account(app: &TestApp, name: &str) {
    let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
    let tablet = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36";
    for (user_agent, remember) in [(phone, true), (tablet, false)] {
        let mut other = app.visitor();
        other.user_agent = user_agent;
        other.post("/login", &[("login", name), ("password", "mistyped at first")]).await;
        let mut fields = vec![("login", name), ("password", PASSWORD)];
        fields.extend(remember.then_some(("remember", "yes")));
        other.post("/login", &fields).await.assert_redirect("/dashboard");
    }
    let app_of_theirs = app.client_of(name).await;
    assert_eq!(app_of_theirs.try_refresh(&app_of_theirs.refresh).await.status, 200);
}

#[tokio::test]
async fn english_wide_and_light() {
    walk("en", "light", 1000, "mina").await;
}

#[tokio::test]
async fn english_wide_and_dark() {
    walk("en", "dark", 1000, "mina").await;
}

#[tokio::test]
async fn korean_wide_and_dark() {
    walk("ko", "dark", 1280, "민아").await;
}

#[tokio::test]
async fn english_small_and_dark() {
    walk("en", "dark", 320, "a-name-of-thirty-two-characters1").await;
}

#[tokio::test]
async fn korean_small_and_light() {
    walk("ko", "light", 320, "아주길고긴이름을가진사람도있습니다").await;
}

#[tokio::test]
async fn english_on_a_tablet() {
    walk("en", "light", 768, "mina").await;
}

#[tokio::test]
async fn japanese_on_a_phone_and_dark() {
    walk("ja", "dark", 375, "美奈").await;
}

#[tokio::test]
async fn chinese_wide_and_light() {
    walk("zh-Hans", "light", 1600, "米娜").await;
}

/// Every page once more with the content of the checkers: also those on the way to an app, and what refuses or fails.
#[tokio::test]
async fn every_page_of_a_site_with_content() {
    let site = every_page::site().await;
    for (language, theme, width) in [
        ("en", "dark", 1280),
        ("en", "dark", 320),
        ("en", "light", 768),
        ("ko", "dark", 375),
        ("ja", "light", 1600),
    ] {
        let browser = Chromium::open_as(&site.app.url, chromium_setup(language, true)).await;
        let tools = browser.driver.cdp();
        let wish = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
        tools.send_raw("Emulation.setEmulatedMedia", wish).await.unwrap();
        let camera =
            Camera { browser: &browser, tools, width, prefix: format!("page-{language}-{theme}-{width}") };
        let mut number = 0;
        for walk in &site.walks {
            every_page::wear(&browser, &site.app, &walk.who).await;
            for path in &walk.paths {
                browser.go(path).await;
                camera.take(&file_name(number, path)).await;
                number += 1;
            }
        }
        for answer in &site.answers {
            browser.go("/nowhere").await;
            every_page::show(&browser, &answer.html).await;
            camera.take(&file_name(number, answer.name)).await;
            number += 1;
        }
        browser.close().await;
    }
}

/// The name of a page's picture, without the ids and secrets in its address, which differ each time.
fn file_name(number: usize, path: &str) -> String {
    let known = |part: &&str| part.len() <= 20 && !part.is_empty();
    let parts: Vec<&str> = path.split(['/', '?', '&', '=', ' ']).filter(known).take(6).collect();
    format!("{number:03}-{}", parts.join("-"))
}
