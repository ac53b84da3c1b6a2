//! Passkeys with Chromium's virtual authenticator.

use serde_json::{Value, json};
use thirtyfour::cdp::Cdp;

use crate::support::{Chromium, PASSWORD, TestApp, chromium_setup};

/// Gives the browser an authenticator that verifies its user, such as a laptop's fingerprint reader.
async fn authenticator(browser: &Chromium) -> (Cdp, String) {
    let tools = browser.driver.cdp();
    tools.send_raw("WebAuthn.enable", json!({})).await.unwrap();
    let options = json!({
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": true,
        "hasUserVerification": true,
        "isUserVerified": true,
        "automaticPresenceSimulation": true,
    });
    let made = tools.send_raw("WebAuthn.addVirtualAuthenticator", json!({"options": options})).await.unwrap();
    let id = made["authenticatorId"].as_str().unwrap().to_owned();
    (tools, id)
}

async fn walk(language: &'static str, name: &str) {
    let app = TestApp::with_passkeys().await;
    let browser = Chromium::open_as(&app.url, chromium_setup(language, true)).await;
    browser.register(name).await;
    let (tools, id) = authenticator(&browser).await;
    browser.go("/security").await;
    browser.click("form[action='/security/passkeys/new'] button").await;
    browser.find("[data-passkey]:not([hidden])").await;
    browser.type_into("#name", " 노트북").await;
    browser.click("[data-passkey] button").await;
    browser.find(".codes").await;
    browser.go("/security").await;
    assert!(browser.text().await.contains("노트북"));
    let stored = tools.send_raw("WebAuthn.getCredentials", json!({"authenticatorId": id})).await.unwrap();
    assert_eq!(stored["credentials"][0]["isResidentCredential"], Value::Bool(true));

    // Without a password, and back to the requested page: the browser offers the passkey by itself.
    let verified = async |is: bool| {
        let state = json!({"authenticatorId": id, "isUserVerified": is});
        tools.send_raw("WebAuthn.setUserVerified", state).await.unwrap();
    };
    browser.click("header form button").await;
    browser.arrives_at("/").await;
    browser.go("/login?next=/profile").await;
    browser.arrives_at("/profile").await;

    // By the button, if the browser has not offered it.
    browser.click("header form button").await;
    browser.arrives_at("/").await;
    verified(false).await;
    browser.go("/login").await;
    browser.find("[data-passkey]:not([hidden])").await;
    verified(true).await;
    browser.click("[data-passkey] button").await;
    browser.arrives_at("/dashboard").await;

    // As the second factor.
    browser.click("header form button").await;
    browser.arrives_at("/").await;
    verified(false).await;
    browser.go("/login").await;
    browser.type_into("#login", name).await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main form button.wide:not(.secondary)").await;
    browser.arrives_at("/login/verify").await;
    browser.click("[data-passkey] button").await;
    browser.find("[role=alert]:not([hidden])").await;
    verified(true).await;
    browser.click("[data-passkey] button").await;
    browser.arrives_at("/dashboard").await;

    // For re-authentication; first for an action unrelated to passkeys.
    app.clock.advance(601);
    browser.go("/profile").await;
    browser.find("#email").await.clear().await.unwrap();
    browser.type_into("#email", "new@example.org").await;
    browser.click("form[action='/profile'] button").await;
    browser.click("[data-passkey] button").await;
    browser.find(".notice").await;
    assert_eq!(app.count("users WHERE email = 'new@example.org'"), 1);
    browser.go("/security").await;
    browser.click("a[href='/security/passkeys/1/rename']").await;
    browser.find("#name").await.clear().await.unwrap();
    browser.type_into("#name", "집 노트북").await;
    browser.click("main form button").await;
    browser.find(".notice").await;
    assert!(browser.text().await.contains("집 노트북"));
    app.clock.advance(601);
    browser.go("/security").await;
    browser.click("form[action^='/security/passkeys/'][action$='/remove'] button").await;
    browser.click("[data-passkey] button").await;
    browser.arrives_at("/security").await;
    browser.find(".notice").await;
    assert_eq!(app.count("passkeys"), 0);
    browser.close().await;
}

#[tokio::test]
async fn english_from_the_first_passkey_to_the_last() {
    walk("en", "mina").await;
}

#[tokio::test]
async fn korean_from_the_first_passkey_to_the_last() {
    walk("ko", "민아").await;
}

#[tokio::test]
async fn without_scripts_passkeys_are_not_offered() {
    let app = TestApp::with_passkeys().await;
    app.member("mina").await;
    let browser = Chromium::open_as(&app.url, chromium_setup("en", false)).await;
    browser.sign_in("mina", false).await;
    browser.go("/security").await;
    browser.click("form[action='/security/passkeys/new'] button").await;
    browser.arrives_at("/security/passkeys/new").await;
    assert!(browser.text().await.contains("Passkeys need JavaScript"));
    assert!(!browser.text().await.contains("Create the passkey"));
    browser.close().await;
}
