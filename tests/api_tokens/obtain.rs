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
    assert!(
        page.text().contains("Firefox · Linux")
            && page.text().contains("From a program that had your password")
    );
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
    assert_eq!(reply.json(), json!({"password": ["필수 항목이에요."]}));
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
    let reply = program.obtain(json!({"username": "MINA", "password": PASSWORD})).await;
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

const DAY: i64 = 86_400;

/// Gets a token for a name and the password.
async fn obtained(program: &ApiClient) -> String {
    let reply = program.obtain(json!({"username": "mina", "password": PASSWORD})).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()["token"].as_str().unwrap().to_owned()
}

over_both_stores![
    a_token_for_a_password_is_reported_to_the_owner_and_expires,
    the_first_second_factor_ends_tokens_that_the_password_alone_got,
    tokens_of_earlier_versions_get_an_expiry,
];

async fn a_token_for_a_password_is_reported_to_the_owner_and_expires(app: TestApp) {
    let mina = app.member("mina").await;
    let token = obtained(&app.program()).await;
    let mail = app.mail("mina@example.org", 1).await;
    assert_eq!(mail.subject, "A program got an API token");
    assert!(mail.text.contains("127.0.0.1") && !mail.text.contains(&token), "{}", mail.text);
    let page = mina.get("/tokens").await;
    assert!(page.text().contains("From a program that had your password"));
    assert!(!page.find(".token .meta").join(" ").contains("Never expires"), "{}", page.text());
    app.clock.advance(90 * DAY - 60);
    assert!(app.program().is_valid(&token).await);
    app.clock.advance(61);
    assert!(!app.program().is_valid(&token).await);
    for _ in 0..9 {
        obtained(&app.program()).await;
    }
    app.mails("mina@example.org", 6).await;
}

#[tokio::test]
async fn the_operator_sets_how_long_such_a_token_is_valid() {
    for (seconds, valid) in [(0, true), (3600, false)] {
        let app = TestApp::with(|config| config.client_token_lifetime = seconds).await;
        app.member("mina").await;
        let token = obtained(&app.program()).await;
        app.purge().await;
        app.clock.advance(400 * DAY);
        assert_eq!(app.program().is_valid(&token).await, valid, "{seconds}");
    }
}

async fn the_first_second_factor_ends_tokens_that_the_password_alone_got(app: TestApp) {
    let mina = app.member("mina").await;
    let (_, by_hand) = app.client_of("mina").await.make("by hand", &["posts:read"]).await;
    let (stolen, program) = (obtained(&app.program()).await, app.program());
    assert!(program.is_valid(&stolen).await);
    let authenticator = app.set_up_totp(&mina).await;
    assert!(!program.is_valid(&stolen).await, "the password alone is not enough any more");
    assert!(program.is_valid(&by_hand).await, "making it took a step-up");
    let code = authenticator.next_code(&app);
    let body = json!({"username": "mina", "password": PASSWORD, "code": code});
    let reply = program.obtain(body).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let token = reply.json()["token"].as_str().unwrap().to_owned();
    let left = app.count("api_tokens WHERE by_password");
    mina.post("/security/recovery-codes", &[]).await;
    assert!(program.is_valid(&token).await && left == 1, "it was had with both factors");
}

async fn tokens_of_earlier_versions_get_an_expiry(app: TestApp) {
    app.member("mina").await;
    let (id, by_hand) = app.client_of("mina").await.make("by hand", &["posts:read"]).await;
    let (old, program) = (obtained(&app.program()).await, app.program());
    let user = app.user_id("mina");
    app.write_user(user, "UPDATE api_tokens SET expires_at = NULL".to_owned()).await;
    app.clock.stop();
    app.clock.advance(100 * DAY);
    assert!(program.is_valid(&old).await);
    app.purge().await;
    assert_eq!(
        app.number("SELECT expires_at AS n FROM api_tokens WHERE by_password"),
        app.clock.now() + 90 * DAY,
        "counted from the upgrade"
    );
    assert_eq!(app.count(&format!("api_tokens WHERE expires_at IS NULL AND id = {id}")), 1);
    app.clock.advance(90 * DAY + 1);
    assert!(!program.is_valid(&old).await && program.is_valid(&by_hand).await);
}
