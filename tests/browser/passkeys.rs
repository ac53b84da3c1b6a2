//! Passkeys with Chromium's virtual authenticator.

use serde_json::{Value, json};
use thirtyfour::By;
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
    browser.go("/security/passkeys").await;
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
    browser.sign_out().await;
    browser.arrives_at("/").await;
    browser.go("/login?next=/profile").await;
    browser.arrives_at("/profile").await;

    // By the button, if the browser has not offered it.
    browser.sign_out().await;
    browser.arrives_at("/").await;
    verified(false).await;
    browser.go("/login").await;
    browser.find("[data-passkey]:not([hidden])").await;
    verified(true).await;
    browser.click("[data-passkey] button").await;
    browser.arrives_at("/dashboard").await;

    // As the second factor.
    browser.sign_out().await;
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
    browser.find(".note[role=status]").await;
    assert_eq!(app.count("users WHERE email = 'new@example.org'"), 1);
    browser.go("/security/passkeys").await;
    browser.click("a[href='/security/passkeys/1/rename']").await;
    browser.find("#name").await.clear().await.unwrap();
    browser.type_into("#name", "집 노트북").await;
    browser.click("main form button").await;
    browser.find(".note[role=status]").await;
    assert!(browser.text().await.contains("집 노트북"));
    app.clock.advance(601);
    browser.go("/security/passkeys").await;
    browser.click("form[action^='/security/passkeys/'][action$='/remove'] button").await;
    browser.click("[data-passkey] button").await;
    browser.arrives_at("/security/passkeys").await;
    browser.find(".note[role=status]").await;
    assert_eq!(app.count("passkeys"), 0);
    browser.close().await;
}

/// The sentence under the button, once there is one.
async fn failure(browser: &Chromium) -> String {
    browser.click("[data-passkey] button").await;
    let sentence = browser.find("[data-passkey] [role=alert]:not([hidden])").await;
    let shown = browser.driver.find_all(By::Css("[data-passkey] [role=alert]:not([hidden])")).await.unwrap();
    assert_eq!(shown.len(), 1);
    sentence.text().await.unwrap()
}

async fn open_new(browser: &Chromium) {
    browser.go("/security/passkeys").await;
    browser.click("form[action='/security/passkeys/new'] button").await;
    browser.find("[data-passkey]:not([hidden])").await;
}

/// A button of the page, which answers as the browser's dialog does when it fails.
async fn fail_with(browser: &Chromium, call: &str, error: &str) {
    let script =
        format!("navigator.credentials.{call} = async () => {{ throw new DOMException('', '{error}') }}");
    browser.driver.execute(script, vec![]).await.unwrap();
}

async fn each_failure(language: &'static str, sentences: [&str; 5]) {
    let [known, cancelled, unverified, address, other] = sentences;
    let app = TestApp::with_passkeys().await;
    let browser = Chromium::open_as(&app.url, chromium_setup(language, true)).await;
    browser.register("mina").await;
    let (tools, id) = authenticator(&browser).await;
    open_new(&browser).await;
    browser.type_into("#name", "Laptop").await;
    browser.click("[data-passkey] button").await;
    browser.find(".codes").await;
    open_new(&browser).await;
    assert_eq!(failure(&browser).await, known);
    let state = json!({"authenticatorId": id, "isUserVerified": false});
    tools.send_raw("WebAuthn.setUserVerified", state).await.unwrap();
    assert_eq!(failure(&browser).await, cancelled, "the owner was not recognised");
    // What this browser's virtual authenticator cannot do.
    for (error, sentence) in [
        ("ConstraintError", unverified),
        ("NotSupportedError", unverified),
        ("TimeoutError", cancelled),
        ("SecurityError", address),
        ("UnknownError", other),
    ] {
        fail_with(&browser, "create", error).await;
        assert_eq!(failure(&browser).await, sentence, "{error}");
    }

    // At an address that is not the site's, for which passkeys are made.
    let port = app.url.rsplit(':').next().unwrap();
    browser.driver.goto(format!("http://127.0.0.1:{port}/login")).await.unwrap();
    browser.find("[data-passkey]:not([hidden])").await;
    assert_eq!(failure(&browser).await, address);
    assert_eq!(app.count("audit_events WHERE event LIKE '%failed%'"), 0);
    browser.close().await;
}

#[tokio::test]
async fn each_way_to_fail_has_its_sentence_in_english() {
    each_failure(
        "en",
        [
            "This device already has a passkey for this account.",
            "Cancelled or timed out. Try again, or choose another way.",
            "This device can’t check that it’s you. Set up a screen lock or PIN on it, or use another device.",
            "Passkeys work only at this site’s own address. Open the site there, or choose another way.",
            "That didn’t work. Try again, or choose another way.",
        ],
    )
    .await;
}

#[tokio::test]
async fn each_way_to_fail_has_its_sentence_in_korean() {
    each_failure(
        "ko",
        [
            "이 기기에는 이미 이 계정의 패스키가 있어요.",
            "취소했거나 시간이 지났어요. 다시 시도하거나 다른 방법을 선택해 주세요.",
            "이 기기에서는 본인을 확인할 수 없어요. 화면 잠금이나 PIN을 설정하거나 다른 기기를 사용해 주세요.",
            "패스키는 이 사이트의 원래 주소에서만 쓸 수 있어요. 그 주소로 접속하거나 다른 방법을 선택해 주세요.",
            "처리하지 못했어요. 다시 시도하거나 다른 방법을 선택해 주세요.",
        ],
    )
    .await;
}

#[tokio::test]
async fn pages_left_open_get_a_new_challenge_before_the_old_one_expires() {
    let app = TestApp::with_passkeys().await;
    let browser = Chromium::open(&app.url).await;
    browser.register("mina").await;
    let (tools, id) = authenticator(&browser).await;
    // The clocks of the server and of this page move on.
    let leave_open = async |seconds: i64| {
        app.clock.advance(seconds);
        let script = format!("const now = Date.now; Date.now = () => now() + {seconds}000");
        browser.driver.execute(script, vec![]).await.unwrap();
    };
    let verified = async |is: bool| {
        let state = json!({"authenticatorId": id, "isUserVerified": is});
        tools.send_raw("WebAuthn.setUserVerified", state).await.unwrap();
    };

    // A page that adds a passkey, and gets no new challenge.
    open_new(&browser).await;
    browser.type_into("#name", "Laptop").await;
    let offline = "window.fetch = async () => { throw new TypeError() }";
    browser.driver.execute(offline, vec![]).await.unwrap();
    leave_open(601).await;
    browser.click("[data-passkey] button").await;
    browser.type_into("#current_password", PASSWORD).await;
    browser.click("main form button:not([type=button])").await;
    let late = browser.find(".note.bad").await.text().await.unwrap();
    assert!(late.contains("This page was open too long. Try again."), "{late}");
    assert_eq!(app.count("passkeys") + app.count("audit_events WHERE event LIKE '%failed%'"), 0);

    // A page that adds a passkey. The password is asked for again, as it was typed too long ago.
    open_new(&browser).await;
    browser.type_into("#name", "Laptop").await;
    leave_open(601).await;
    browser.click("[data-passkey] button").await;
    browser.type_into("#current_password", PASSWORD).await;
    browser.click("main form button:not([type=button])").await;
    browser.find(".codes").await;

    // A page that asks for a passkey again.
    app.clock.advance(601);
    browser.go("/profile").await;
    browser.find("#email").await.clear().await.unwrap();
    browser.type_into("#email", "new@example.org").await;
    browser.click("form[action='/profile'] button").await;
    browser.find("[data-passkey]:not([hidden])").await;
    leave_open(601).await;
    browser.click("[data-passkey] button").await;
    browser.arrives_at("/profile").await;
    browser.find(".note[role=status]").await;

    // The sign-in page: by its button, also after an hour, and by what the browser offers in the field.
    for (seconds, by_button) in [(601, true), (541, true), (3_601, true), (601, false)] {
        browser.sign_out().await;
        browser.arrives_at("/").await;
        verified(false).await;
        browser.go("/login").await;
        browser.find("[data-passkey]:not([hidden])").await;
        leave_open(seconds).await;
        verified(true).await;
        match by_button {
            true => browser.click("[data-passkey] button").await,
            false => {
                let shown = "document.dispatchEvent(new Event('visibilitychange'))";
                browser.driver.execute(shown, vec![]).await.unwrap();
            }
        }
        browser.arrives_at("/dashboard").await;
    }
    assert_eq!(app.count("audit_events WHERE event LIKE '%failed%'"), 0);

    // Without a new challenge, the page says that it was open too long, and no failure is recorded.
    browser.sign_out().await;
    browser.arrives_at("/").await;
    verified(false).await;
    browser.go("/login").await;
    browser.find("[data-passkey]:not([hidden])").await;
    // The page that comes back is only read: on it, the browser would sign in by itself.
    let script = "const send = window.fetch;
        window.fetch = async () => { throw new TypeError() };
        HTMLFormElement.prototype.submit = async function () {
            const body = new URLSearchParams(new FormData(this));
            const answer = await send(this.action, { method: 'post', body });
            const text = await answer.text();
            document.body.id = text.includes('This page was open too long.') ? 'late' : 'other';
        }";
    browser.driver.execute(script, vec![]).await.unwrap();
    leave_open(601).await;
    verified(true).await;
    browser.click("[data-passkey] button").await;
    browser.find("body#late").await;
    assert_eq!(app.count("audit_events WHERE event LIKE '%failed%'"), 0);
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
    browser.go("/security/passkeys").await;
    browser.click("form[action='/security/passkeys/new'] button").await;
    browser.arrives_at("/security/passkeys/new").await;
    assert!(browser.text().await.contains("Passkeys need JavaScript"));
    assert!(!browser.text().await.contains("Create the passkey"));
    browser.close().await;
}
