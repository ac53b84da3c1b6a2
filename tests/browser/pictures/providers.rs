//! The ways in by other providers: one, some and many of them.

use serde_json::json;

use super::Camera;
use crate::support::provider::{FakeProvider, offer, several};
use crate::support::relying_party::destination;
use crate::support::{Chromium, Persona, TestApp, chromium_setup};

/// A theme and a width.
const VIEWS: &[(&str, u32)] = &[("light", 320), ("dark", 1440)];

/// Takes a picture of pages of one server.
async fn take(browser: &Chromium, language: &str, pages: &[(String, &str)]) {
    for (theme, width) in VIEWS {
        let tools = browser.driver.cdp();
        let wish = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
        tools.send_raw("Emulation.setEmulatedMedia", wish).await.unwrap();
        let camera = Camera { browser, tools, width: *width, prefix: format!("{language}-{theme}-{width}") };
        for (name, url) in pages {
            browser.driver.goto(*url).await.unwrap();
            camera.take(name).await;
        }
    }
}

#[tokio::test]
async fn one_three_and_seven_providers() {
    for count in [1, 3, 7] {
        let app = TestApp::with(|config| {
            offer(config, &several(count));
            config.mail.sign_in_links = count == 3;
        })
        .await;
        for language in ["en", "ko"] {
            let browser = Chromium::open_as(&app.url, chromium_setup(language, true)).await;
            let page = |path: &str| format!("{}{path}", app.url);
            let (login, register) = (page("/login"), page("/register"));
            let pages =
                [(format!("login-by-{count}"), login.as_str()), (format!("register-by-{count}"), &register)];
            take(&browser, language, &pages).await;
            browser.close().await;
        }
    }
}

/// The pages that only some see: a first sign-in, an address that is taken, and a proof by a provider.
#[tokio::test]
async fn people_of_providers() {
    let fake = FakeProvider::start().await;
    let text = format!("{}{}", fake.section("fake", "oidc", "label = \"Example\""), several(2));
    let app = TestApp::with(|config| offer(config, &text)).await;
    fake.follow(&app);
    app.member("noa").await;
    for language in ["en", "ko"] {
        let name = format!("mina-{language}");
        let email = format!("{name}@example.org");
        let browser = Chromium::open_as(&app.url, chromium_setup(language, true)).await;
        let come = async |claims: serde_json::Value| {
            fake.person(claims);
            browser.go("/login").await;
            let person = app.visitor();
            let left = person.post("/sign-in/fake", &[]).await;
            wear(&browser, &app, &person).await;
            browser.go(&fake.answer(&destination(&left))).await;
        };
        let page = |path: &str| format!("{}{path}", app.url);
        let (first, link) = (page("/sign-in/fake/register"), page("/sign-in/fake/link"));
        come(json!({"sub": "x", "email": "noa@example.org", "email_verified": true})).await;
        take(&browser, language, &[("provider-taken".to_owned(), link.as_str())]).await;
        come(json!({"sub": name, "email": email})).await;
        take(&browser, language, &[("provider-unproved".to_owned(), first.as_str())]).await;
        come(json!({"sub": name, "email": email, "email_verified": true})).await;
        take(&browser, language, &[("provider-first".to_owned(), first.as_str())]).await;
        browser.click("main button").await;
        browser.arrives_at("/dashboard").await;
        take(&browser, language, &[("provider-security".to_owned(), &page("/security"))]).await;
        app.clock.advance(3600);
        browser.go("/profile/delete").await;
        browser.click("main form[action='/profile/delete'] button").await;
        browser.find("[action$='step-up']").await;
        for (theme, width) in VIEWS {
            let tools = browser.driver.cdp();
            let wish = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
            tools.send_raw("Emulation.setEmulatedMedia", wish).await.unwrap();
            let prefix = format!("{language}-{theme}-{width}");
            Camera { browser: &browser, tools, width: *width, prefix }.take("provider-confirm").await;
        }
        browser.close().await;
    }
}

/// Gives the browser the cookie of a person who was sent to a provider.
async fn wear(browser: &Chromium, app: &TestApp, person: &Persona) {
    let value = person.cookie("munjigi-provider").unwrap();
    let cookie = json!({"name": "munjigi-provider", "value": value, "url": app.url});
    browser.driver.cdp().send_raw("Network.setCookie", cookie).await.unwrap();
}
