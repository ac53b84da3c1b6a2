//! The page `/tokens` and its form.

use super::*;

#[tokio::test]
async fn a_token_is_shown_once_and_nowhere_else() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    assert!(mina.get("/tokens").await.text().contains("No tokens yet"));
    assert_eq!(mina.get("/security").await.attributes(".side a[href='/tokens']", "href").len(), 1);
    let fields = [("name", "<b>Backup</b>"), ("posts:read", "yes"), ("expires_at", "30")];
    let made = mina.fill("/tokens", "/tokens", &fields).await;
    assert_eq!((made.status, made.header("cache-control")), (200, "no-store"));
    let token = made.find("#token").remove(0);
    assert!(
        made.find("#try")[0].contains(&format!("'Authorization: Bearer {token}' {}/api/auth/check", app.url))
    );
    assert!(made.headers.get("set-cookie").is_none() && made.headers.get("location").is_none());
    let body = app.program().check(&format!("Bearer {token}")).await.json();
    assert_eq!((&body["user_id"], &body["scope"]), (&json!(1), &json!("posts:read")));
    for path in ["/tokens", "/security", "/sessions", "/dashboard"] {
        assert!(!mina.get(path).await.body.contains(&token), "{path}");
    }
    let page = mina.get("/tokens").await;
    assert!(page.find(".token h3")[0] == "<b>Backup</b>" && page.text().contains("Read the board"));
    let names = page.attributes(".token button", "aria-label");
    assert!(names[0].starts_with("Delete: <b>Backup</b>"), "{names:?}");
    assert!(mina.get("/security").await.text().contains("API token created: <b>Backup</b>"));
    let expiry = format!("api_tokens WHERE expires_at = created_at + {}", 30 * 86_400);
    assert_eq!(app.count(&expiry), 1);

    let action = page.attributes(".token form", "action").remove(0);
    let gone = mina.post(&action, &[]).await;
    gone.assert_redirect("/tokens");
    assert!(mina.get("/tokens").await.find(".note[role=status]")[0].starts_with("Deleted “"));
    assert!(!app.program().is_valid(&token).await);
    assert_eq!(mina.post(&action, &[]).await.status, 404);
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_chosen() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let reply = mina
        .fill("/tokens", "/tokens", &[("name", " "), ("sessions:read", "yes"), ("expires_at", "never")])
        .await;
    reply.assert_refused("name");
    let form = reply.form("/tokens");
    assert_eq!(form["sessions:read"].as_deref(), Some("yes"));
    assert_eq!((form["posts:read"].as_deref(), form["expires_at"].as_deref()), (None, Some("never")));
    mina.fill("/tokens", "/tokens", &[("name", "a")]).await.assert_refused("scopes");
    let bent = mina.post("/tokens", &[("name", "a"), ("posts:read", "yes"), ("expires_at", "36500")]).await;
    bent.assert_refused("expires_at");
    let bent = mina.post("/tokens", &[("name", "a"), ("security:write", "yes"), ("expires_at", "30")]).await;
    bent.assert_refused("scopes");
    assert_eq!(app.count("api_tokens"), 0);
}

over_both_stores![an_old_proof_asks_for_the_password_first_and_nothing_typed_is_lost,];

async fn an_old_proof_asks_for_the_password_first_and_nothing_typed_is_lost(app: TestApp) {
    let mina = app.member("mina").await;
    app.clock.advance(16 * 60);
    let fields = [("name", "Backup"), ("posts:read", "yes"), ("posts:write", "yes")];
    let asked = mina.fill("/tokens", "/tokens", &fields).await;
    assert_eq!((asked.status, app.count("api_tokens")), (422, 0));
    let mut form = asked.form("/tokens");
    form.insert("current_password".to_owned(), Some(PASSWORD.to_owned()));
    let before = mina.cookie("munjigi");
    let sent: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    let made = mina.post("/tokens", &sent).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let token = made.find("#token").remove(0);
    assert_eq!(
        app.program().check(&format!("Token {token}")).await.json()["scope"],
        "posts:read posts:write"
    );
    assert!(
        mina.cookie("munjigi") != before && mina.is_signed_in().await,
        "a typed password gives the session a new id"
    );
}
