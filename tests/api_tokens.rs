//! API tokens: created once, limited to their scopes, and revoked everywhere at once.

mod attacks;
mod documented;
mod hot;
mod new_tokens;
mod obtain;
mod page;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ApiClient, PASSWORD, Persona, RedisServer, Reply, TestApp, over_both_stores};

/// Every scope that an API token may have.
const ALL: [&str; 6] =
    ["profile:read", "profile:write", "sessions:read", "sessions:write", "posts:read", "posts:write"];

impl ApiClient {
    /// Creates an API token in this client's session and returns its id and its text.
    async fn make(&self, name: &str, scopes: &[&str]) -> (i64, String) {
        self.make_with(PASSWORD, name, scopes).await
    }

    async fn make_with(&self, password: &str, name: &str, scopes: &[&str]) -> (i64, String) {
        let wish = json!({"name": name, "scopes": scopes, "current_password": password});
        let reply = self.post("/api/auth/tokens", wish).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        let made = reply.json();
        (made["id"].as_i64().unwrap(), made["token"].as_str().unwrap().to_owned())
    }

    /// The answer of `/api/auth/check` to these credentials.
    async fn check(&self, credentials: &str) -> Reply {
        self.send(Method::GET, "/api/auth/check", credentials, None).await
    }

    /// Whether the API token is valid.
    async fn is_valid(&self, token: &str) -> bool {
        match self.check(&format!("Token {token}")).await.status {
            200 => true,
            401 => false,
            other => panic!("the check answered {other}"),
        }
    }
}

fn pointers(reply: &Reply) -> Vec<Value> {
    reply.json()["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect()
}

over_both_stores![
    a_token_is_made_used_listed_and_deleted,
    a_token_dies_with_what_it_stands_on_but_not_with_sessions,
    an_expired_token_is_refused_from_that_second_on,
];

async fn a_token_is_made_used_listed_and_deleted(app: TestApp) {
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    assert_eq!(phone.get("/api/auth/tokens").await.json(), json!({"tokens": []}));
    let wish = json!({"name": " Backup script ", "scopes": ["posts:write", "profile:read"], "expires_at": null, "current_password": PASSWORD});
    let reply = phone.post("/api/auth/tokens", wish).await;
    assert_eq!((reply.status, reply.header("cache-control")), (201, "no-store"), "{}", reply.body);
    let made = reply.json();
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("mjg_") && token.len() == 40);
    assert_eq!(
        (&made["name"], &made["scopes"]),
        (&json!("Backup script"), &json!(["profile:read", "posts:write"]))
    );
    assert_eq!((&made["expires_at"], &made["last_used_at"]), (&Value::Null, &Value::Null));

    for scheme in ["Token", "Bearer", "token", "BEARER"] {
        let reply = phone.check(&format!("{scheme} {token}")).await;
        assert_eq!(reply.status, 200, "{scheme}");
        let body = reply.json();
        assert_eq!((&body["user"]["username"], &body["session"]), (&json!("mina"), &Value::Null));
        assert_eq!(
            (&body["carrier"], &body["scope"]),
            (&json!("api_token"), &json!("profile:read posts:write"))
        );
    }
    let listed = phone.get("/api/auth/tokens").await.json()["tokens"][0].clone();
    assert!(listed["last_used_at"].is_string() && listed.get("token").is_none());
    assert_eq!(listed["id"], made["id"]);
    assert_eq!(
        app.count(&format!("api_tokens WHERE hash = '{token}' OR name = '{token}'")),
        0,
        "only its hash is stored"
    );

    let place = format!("/api/auth/tokens/{}", made["id"]);
    assert_eq!(phone.delete(&place).await.status, 204);
    assert!(!phone.is_valid(token).await);
    assert_eq!(phone.delete(&place).await.status, 404);
    assert_eq!(
        app.count(
            "audit_events WHERE event IN ('token_created', 'token_deleted') AND subject = 'Backup script'"
        ),
        2
    );
}

async fn a_token_dies_with_what_it_stands_on_but_not_with_sessions(app: TestApp) {
    let browser = app.member("mina").await;
    let phone = app.client_of("mina").await;
    let (_, token) = phone.make("a", &ALL).await;
    assert!(phone.is_valid(&token).await);
    browser.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    assert!(!phone.is_signed_in().await && phone.is_valid(&token).await, "it belongs to no session");

    let new = "maple 기차 seventeen";
    browser
        .post("/security", &[("current_password", PASSWORD), ("new_password", new)])
        .await
        .assert_redirect("/security");
    assert!(!phone.is_valid(&token).await, "a new password");
    assert_eq!(app.count("api_tokens"), 0);

    let mut phone = app.program();
    let reply = phone.post_bare("/api/auth/login", json!({"login": "mina", "password": new})).await;
    phone.keep(&reply);
    let (_, token) = phone.make_with(new, "b", &ALL).await;
    let id = app.user_id("mina");
    let set = async |disabled| app.set_disabled(id, disabled).await;
    assert!(phone.is_valid(&token).await);
    set(true).await;
    assert!(!phone.is_valid(&token).await, "a disabled account");
    set(false).await;
    assert!(!phone.is_valid(&token).await, "nor does it come back");

    let reply = phone.post_bare("/api/auth/login", json!({"login": "mina", "password": new})).await;
    phone.keep(&reply);
    let (_, token) = phone.make_with(new, "c", &ALL).await;
    assert!(phone.is_valid(&token).await);
    let browser = app.visitor();
    browser.post("/login", &[("login", "mina"), ("password", new)]).await.assert_redirect("/dashboard");
    browser.post("/profile/delete", &[("current_password", new)]).await.assert_redirect("/");
    assert!(!phone.is_valid(&token).await, "a deleted account");
    app.execute("DELETE FROM retired_names");
    app.member("mina").await;
    assert!(!phone.is_valid(&token).await, "nor is it that of the next of that name");
    assert_eq!(app.count("api_tokens"), 0);
}

async fn an_expired_token_is_refused_from_that_second_on(app: TestApp) {
    let browser = app.member("mina").await;
    let phone = app.client_of("mina").await;
    let now = app.clock.now();
    let at = |seconds: i64| jiff::Timestamp::from_second(now + seconds).unwrap().to_string();
    let reply = phone.post("/api/auth/tokens", json!({"name": "a", "scopes": ["posts:read"], "expires_at": at(600), "current_password": PASSWORD})).await;
    assert_eq!((reply.status, &reply.json()["expires_at"]), (201, &json!(at(600))));
    let token = reply.json()["token"].as_str().unwrap().to_owned();
    app.clock.advance(590);
    assert!(phone.is_valid(&token).await);
    app.clock.advance(10);
    assert!(!phone.is_valid(&token).await);
    assert!(browser.get("/tokens").await.text().contains("Expired"));
}
