//! API tokens.

use super::Camera;
use crate::support::TestApp;

/// A refused form, a token that is shown once, and the list with tokens of every kind.
pub async fn make_tokens(app: &TestApp, camera: &Camera<'_>, name: &str) {
    let browser = camera.browser;
    browser.go("/tokens").await;
    browser.click("main form[action='/tokens'] button").await;
    browser.find("main [aria-invalid]").await;
    camera.take("tokens-refused").await;
    browser.type_into("#name", "백업 스크립트 / Backup script").await;
    browser.click("input[name='profile:read']").await;
    browser.click("input[name='posts:write']").await;
    browser.click("main form[action='/tokens'] button").await;
    let token = browser.find("#token").await.text().await.unwrap();
    camera.take("tokens-made").await;
    let id = app.user_id(name);
    let now = app.clock.now();
    app.execute(&format!(
        "INSERT INTO api_tokens (user_id, hash, name, scope, by_password, created_at, expires_at, last_used_at) VALUES \
         ({id}, 'x', 'Old laptop', 'posts:read', FALSE, {}, {}, {}), \
         ({id}, 'y', '{}', 'profile:read profile:write sessions:read sessions:write posts:read posts:write', TRUE, {}, NULL, NULL)",
        now - 9_000_000,
        now - 90_000,
        now - 400_000,
        "long-".repeat(12),
        now - 7_200,
    ));
    let program = app.program();
    let reply = program.send(reqwest::Method::GET, "/api/auth/check", &format!("Token {token}"), None).await;
    assert_eq!(reply.status, 200);
    camera.go_and_take(&[("tokens", "/tokens")]).await;
    browser.click(".token form button").await;
    browser.find(".note[role=status]").await;
    camera.take("tokens-deleted").await;
}
