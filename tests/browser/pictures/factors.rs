//! Second factors: set-up, sign-in and requirement.

use serde_json::json;

use super::Camera;
use crate::support::{Authenticator, PASSWORD, TestApp};

/// The same user, now staff, sets up every factor and signs in with it.
pub async fn second_factors(app: &TestApp, camera: &Camera<'_>, name: &str) {
    let browser = camera.browser;
    let options = json!({
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "automaticPresenceSimulation": true,
    });
    camera.tools.send_raw("WebAuthn.enable", json!({})).await.unwrap();
    camera.tools.send_raw("WebAuthn.addVirtualAuthenticator", json!({"options": options})).await.unwrap();
    sign_in(app, camera, name).await;

    camera.go_and_take(&[("totp", "/security/totp")]).await;
    browser.type_into("#code", "000000").await;
    browser.click("form[action='/security/totp'] button").await;
    browser.find("main [aria-invalid]").await;
    camera.take("totp-refused").await;
    let secret = browser.find("#totp-secret").await.text().await.unwrap();
    let authenticator = Authenticator { secret, recovery: Vec::new() };
    browser.type_into("#code", &authenticator.code_at(app.clock.now())).await;
    browser.click("form[action='/security/totp'] button").await;
    browser.find(".codes").await;
    camera.take("codes").await;
    browser.go("/security/passkeys").await;
    browser.click("form[action='/security/passkeys/new'] button").await;
    browser.find("[data-passkey]:not([hidden])").await;
    camera.take("passkey").await;
    browser.find("#name").await.clear().await.unwrap();
    browser.type_into("#name", "Work laptop of the whole family, kept upstairs").await;
    browser.click("[data-passkey] button").await;
    browser.find(".note[role=status]").await;
    camera.take("passkeys").await;
    camera
        .go_and_take(&[
            ("security-factors", "/security"),
            ("totp-on", "/security/totp"),
            ("new-codes", "/security/recovery-codes"),
        ])
        .await;
    browser.go("/security/passkeys").await;
    browser.click("a[href='/security/passkeys/1/rename']").await;
    browser.find("#name").await.clear().await.unwrap();
    browser.click("main form button").await;
    browser.find("main [aria-invalid]").await;
    camera.take("passkey-name").await;

    app.clock.advance(16 * 60);
    browser.go("/security/totp").await;
    browser.click("form[action='/security/totp/remove'] button").await;
    browser.find("#current_code").await;
    camera.take("confirm-factor").await;
    browser.type_into("#current_code", "000000").await;
    browser.click("main form .acts button").await;
    browser.find("main [aria-invalid]").await;
    camera.take("confirm-factor-refused").await;
    browser.go("/admin/groups/1").await;
    camera.take("group-factor").await;
    browser.click("main form button").await;
    browser.find("#current_code").await;
    camera.take("confirm-either").await;

    // The user's phone is trusted; it is listed with the sessions.
    let phone = app.pending_sign_in(name).await;
    let code = authenticator.next_code(app);
    phone.post("/login/verify", &[("code", &code), ("trust", "yes")]).await.assert_redirect("/dashboard");
    camera.go_and_take(&[("sessions-trusted", "/sessions")]).await;

    browser.driver.delete_all_cookies().await.unwrap();
    browser.go("/register").await;
    browser.driver.delete_all_cookies().await.unwrap();
    camera.tools.send_raw("WebAuthn.disable", json!({})).await.unwrap();
    browser.go("/login").await;
    browser.type_into("#login", name).await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main form button").await;
    browser.arrives_at("/login/verify").await;
    camera.take("verify").await;
    browser.type_into("#code", "000000").await;
    browser.click("main form button").await;
    browser.find("main [aria-invalid]").await;
    camera.take("verify-refused").await;
    browser.find("#code").await.clear().await.unwrap();
    browser.type_into("#code", &authenticator.next_code(app)).await;
    browser.click("main form button").await;
    browser.arrives_at("/dashboard").await;
}

/// With a recent proof again.
async fn sign_in(app: &TestApp, camera: &Camera<'_>, name: &str) {
    let browser = camera.browser;
    app.clock.advance(1);
    browser.driver.delete_all_cookies().await.unwrap();
    browser.sign_in(name, false).await;
}
