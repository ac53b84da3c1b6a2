//! `/api/auth/token`, compatible with Django REST framework's clients.

use super::*;

impl ApiClient {
    async fn obtain(&self, body: Value) -> Reply {
        self.post_bare("/api/auth/token", body).await
    }
}

#[tokio::test]
async fn a_name_and_a_password_get_a_token_as_json_and_as_a_form() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let program = app.program();
    let reply = program.obtain(json!({"username": "mina", "password": PASSWORD})).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    let first = reply.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(reply.json().as_object().unwrap().len(), 1);
    let visitor = app.visitor();
    let reply = visitor.post("/api/auth/token", &[("username", " MINA "), ("password", PASSWORD)]).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert!(reply.headers.get("set-cookie").is_none(), "it starts no session");
    let second = reply.json()["token"].as_str().unwrap().to_owned();
    for token in [&first, &second] {
        let body = program.check(&format!("Token {token}")).await.json();
        assert_eq!((&body["carrier"], &body["scope"]), (&json!("api_token"), &json!(ALL.join(" "))));
    }
    let page = app.another_browser("mina").await.get("/tokens").await;
    assert!(page.text().contains("Firefox · Linux") && page.text().contains("Never"));
}

#[tokio::test]
async fn errors_have_django_rest_frameworks_shape() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let program = app.program();
    let required = "This field is required.";
    let blank = "This field may not be blank.";
    let wrong = json!({"non_field_errors": ["Unable to log in with provided credentials."]});
    for (body, expected) in [
        (json!({}), json!({"username": [required], "password": [required]})),
        (json!({"username": "mina"}), json!({"password": [required]})),
        (json!({"username": " ", "password": ""}), json!({"username": [blank], "password": [blank]})),
        (json!({"username": null, "password": "x"}), json!({"username": ["This field may not be null."]})),
        (
            json!({"username": ["mina"], "password": true}),
            json!({"username": ["Not a valid string."], "password": ["Not a valid string."]}),
        ),
        (json!({"username": "nobody", "password": PASSWORD}), wrong.clone()),
        (json!({"username": "mina", "password": "not this one"}), wrong.clone()),
        (json!({"username": 5, "password": "5"}), wrong.clone()),
    ] {
        let reply = program.obtain(body.clone()).await;
        assert_eq!((reply.status, reply.json()), (400, expected), "{body}");
        assert_eq!(reply.header("content-type"), "application/json");
    }
    let mut korean = app.visitor();
    korean.language = "ko";
    let reply = korean.post("/api/auth/token", &[("username", "mina")]).await;
    assert_eq!(reply.json(), json!({"password": ["필수 항목입니다."]}));
    let request =
        korean.request(Method::POST, "/api/auth/token").header("content-type", "text/plain").body("x");
    assert_eq!(korean.send(request).await.status, 415);
    assert_eq!(korean.post_raw("/api/auth/token", "username=a&username=b&password=c").await.status, 400);
    let id = app.user_id("mina");
    app.set_disabled(id, true).await;
    let reply = program.obtain(json!({"username": "mina", "password": PASSWORD})).await;
    assert_eq!((reply.status, reply.json()), (400, wrong), "a disabled account");
    assert_eq!(app.count("api_tokens"), 0);
}

#[tokio::test]
async fn guesses_are_limited_as_at_sign_in() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let program = app.program();
    for _ in 0..5 {
        assert_eq!(program.obtain(json!({"username": "mina", "password": "not this one"})).await.status, 400);
    }
    let reply = program.obtain(json!({"username": "mina@example.org", "password": PASSWORD})).await;
    assert_eq!(reply.status, 429);
    assert!(reply.header("retry-after").parse::<u64>().unwrap() > 0);
    let sign_in = json!({"login": "mina", "password": PASSWORD});
    assert_eq!(
        program.post_bare("/api/auth/login", sign_in).await.status,
        429,
        "it is one and the same count"
    );
}

#[tokio::test]
async fn repeated_calls_do_not_pile_up() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let (_, by_hand) = phone.make("by hand", &["posts:read"]).await;
    let mut tokens = Vec::new();
    for _ in 0..49 {
        app.clock.advance(1);
        let reply = phone.obtain(json!({"username": "mina", "password": PASSWORD})).await;
        tokens.push(reply.json()["token"].as_str().unwrap().to_owned());
    }
    app.clock.advance(100);
    assert!(phone.is_valid(&tokens[0]).await, "the oldest is in use");
    for _ in 0..2 {
        let reply = phone.obtain(json!({"username": "mina", "password": PASSWORD})).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    assert_eq!(app.count("api_tokens"), 50);
    let mut left = Vec::new();
    for token in &tokens[..4] {
        left.push(phone.is_valid(token).await);
    }
    assert_eq!(left, [true, false, false, true], "those unused longest have made room");
    assert!(phone.is_valid(&by_hand).await, "what was made by hand stays");
    assert_eq!(app.count("audit_events WHERE event = 'token_deleted'"), 2);
}
