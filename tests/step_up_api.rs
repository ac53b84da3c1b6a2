//! Step-up for programs: by its own call or within the sensitive call; and the error when it is missing.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ApiClient, Authenticator, PASSWORD, Persona, Reply, TestApp, over_both_stores};

const NEW: &str = "orchard 계단 velvet seven";

/// A user with an authenticator app, and a program of theirs.
async fn program_with_totp(app: &TestApp, name: &str) -> (ApiClient, Authenticator) {
    let (_, authenticator) = app.member_with_totp(name).await;
    let mut client = app.program();
    let code = authenticator.next_code(app);
    client.keep(
        &client
            .post_bare("/api/auth/login", json!({"login": name, "password": PASSWORD, "code": code}))
            .await,
    );
    (client, authenticator)
}

fn wish() -> Value {
    json!({"name": "a", "scopes": ["posts:read"]})
}

async fn step_up(client: &ApiClient, body: Value) -> Reply {
    client.post("/api/auth/step-up", body).await
}

/// The answer without a recent proof, and the accepted proofs.
#[track_caller]
fn assert_asked(reply: &Reply, field: &str) {
    assert_eq!(reply.status, 401, "{}", reply.body);
    let challenge = "Bearer error=\"insufficient_user_authentication\", max_age=\"600\"";
    assert_eq!(reply.header("www-authenticate"), challenge);
    assert_eq!(reply.json()["errors"][0]["pointer"], format!("#/{field}"), "{}", reply.body);
}

#[track_caller]
fn assert_wrong(reply: &Reply, field: &str) {
    assert_eq!(
        (reply.status, &reply.json()["errors"][0]["pointer"]),
        (422, &json!(format!("#/{field}"))),
        "{}",
        reply.body
    );
}

over_both_stores![
    a_program_steps_up_by_the_password_and_goes_on_with_new_tokens_for_ten_minutes,
    a_program_of_a_user_with_a_second_factor_steps_up_by_a_code,
    of_many_who_step_up_with_one_code_at_once_one_wins,
];

async fn a_program_steps_up_by_the_password_and_goes_on_with_new_tokens_for_ten_minutes(app: TestApp) {
    app.member("mina").await;
    let mut client = app.client_of("mina").await;
    let before = client.get("/api/auth/check").await.json()["session"].clone();
    assert_asked(&client.post("/api/auth/tokens", wish()).await, "current_password");
    app.clock.advance(200);
    let (old_access, old_refresh) = (client.bearer(), client.refresh.clone());
    client.keep(&step_up(&client, json!({"password": PASSWORD})).await);
    let after = client.get("/api/auth/check").await.json()["session"].clone();
    assert!(after["auth_time"].as_i64() >= before["auth_time"].as_i64().map(|at| at + 200), "{after}");
    assert_eq!(
        client.send(Method::GET, "/api/auth/check", &old_access, None).await.status,
        401,
        "from before"
    );
    assert_eq!(client.try_refresh(&old_refresh).await.status, 401, "from before");
    assert_eq!(client.post("/api/auth/tokens", wish()).await.status, 201);
    let email = json!({"email": "new@example.org"});
    let moved = client.send(Method::PATCH, "/api/auth/user", &client.bearer(), Some(email.clone())).await;
    assert_eq!((moved.status, &moved.json()["user"]["email"]), (200, &json!("new@example.org")));
    app.clock.advance(601);
    client.renew().await;
    assert_asked(&client.post("/api/auth/tokens", wish()).await, "current_password");
}

async fn a_program_of_a_user_with_a_second_factor_steps_up_by_a_code(app: TestApp) {
    let (mut client, authenticator) = program_with_totp(&app, "mina").await;
    let password = json!({"current_password": PASSWORD, "new_password": NEW});
    assert_asked(&client.post("/api/auth/password", password.clone()).await, "code");
    assert_asked(
        &client
            .post(
                "/api/auth/tokens",
                json!({"name": "a", "scopes": ["posts:read"], "current_password": PASSWORD}),
            )
            .await,
        "code",
    );
    assert_wrong(&step_up(&client, json!({"password": PASSWORD})).await, "code");
    assert_wrong(&step_up(&client, json!({"code": "000000"})).await, "code");
    client.keep(&step_up(&client, json!({"code": authenticator.next_code(&app)})).await);
    assert_eq!(client.post("/api/auth/tokens", wish()).await.status, 201);
    let session = client.get("/api/auth/check").await.json()["session"].clone();
    assert_eq!(session["amr"], json!(["pwd", "otp", "mfa"]));
    client.keep(&client.post("/api/auth/password", password).await);
    assert!(client.is_signed_in().await);
    client.keep(&step_up(&client, json!({"code": authenticator.recovery[4]})).await);
    assert_eq!(app.count("audit_events WHERE event = 'recovery_code_used'"), 1);
    assert_eq!(app.count("audit_events WHERE event = 'second_factor_confirmed'"), 2);
}

async fn of_many_who_step_up_with_one_code_at_once_one_wins(app: TestApp) {
    let (client, authenticator) = program_with_totp(&app, "mina").await;
    let code = authenticator.next_code(&app);
    let answers = join_all((0..12).map(|_| step_up(&client, json!({"code": code})))).await;
    let statuses: Vec<u16> = answers.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 401, 422, 429].contains(status)), "{statuses:?}");
}

#[tokio::test]
async fn what_is_sent_along_counts_for_that_one_call() {
    let app = TestApp::start().await;
    let (client, authenticator) = program_with_totp(&app, "mina").await;
    let with = |mut body: Value, code: &str| {
        body["code"] = json!(code);
        body
    };
    let code = authenticator.next_code(&app);
    assert_wrong(&client.post("/api/auth/tokens", with(wish(), "000000")).await, "code");
    assert_eq!(client.post("/api/auth/tokens", with(wish(), &code)).await.status, 201);
    assert_asked(&client.post("/api/auth/tokens", wish()).await, "code");
    assert_wrong(&client.post("/api/auth/tokens", with(wish(), &code)).await, "code");
    let email = with(json!({"email": "new@example.org"}), &authenticator.recovery[0]);
    let moved = client.send(Method::PATCH, "/api/auth/user", &client.bearer(), Some(email)).await;
    assert_eq!(moved.status, 200, "{}", moved.body);
    let password = json!({"current_password": PASSWORD, "new_password": NEW});
    let code = authenticator.next_code(&app);
    assert_eq!(client.post("/api/auth/password", with(password, &code)).await.status, 200);
}

#[tokio::test]
async fn a_browser_app_steps_up_by_its_session_cookie_and_keeps_it() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let send = async |who: &Persona, path: &str, body: &Value| {
        let request = who.request(Method::POST, path).header("content-type", "application/json");
        who.send(request.body(body.to_string())).await
    };
    assert_eq!(send(&mina, "/api/auth/tokens", &wish()).await.status, 201, "it has shown a code just now");
    app.clock.advance(601);
    assert_asked(&send(&mina, "/api/auth/tokens", &wish()).await, "code");
    let before = Persona::with_cookies_of(&mina);
    let stepped = send(&mina, "/api/auth/step-up", &json!({"code": authenticator.next_code(&app)})).await;
    assert_eq!((stepped.status, stepped.body.as_str()), (204, ""));
    assert!(mina.is_signed_in().await && !before.is_signed_in().await);
    assert_eq!(send(&mina, "/api/auth/tokens", &wish()).await.status, 201);
    assert_eq!(mina.post("/security/recovery-codes", &[]).await.status, 200, "pages and API share it");
    app.clock.advance(601);
    let mut along = wish();
    along["code"] = json!(authenticator.next_code(&app));
    let before = Persona::with_cookies_of(&mina);
    assert_eq!(send(&mina, "/api/auth/tokens", &along).await.status, 201);
    assert!(mina.is_signed_in().await && !before.is_signed_in().await, "a new id by what was sent along");
}

#[tokio::test]
async fn step_up_refuses_anothers_proof_an_api_token_and_a_missing_scope() {
    let app = TestApp::start().await;
    let (client, authenticator) = program_with_totp(&app, "mina").await;
    let (_, of_eve) = app.member_with_totp("eve").await;
    assert_wrong(&step_up(&client, json!({"code": of_eve.next_code(&app)})).await, "code");
    assert_wrong(&step_up(&client, json!({"code": of_eve.recovery[0]})).await, "code");
    assert_wrong(&step_up(&client, json!({})).await, "code");
    let code = authenticator.next_code(&app);
    let made = client
        .post("/api/auth/tokens", json!({"name": "a", "scopes": ["profile:write"], "code": code}))
        .await;
    let token = format!("Token {}", made.json()["token"].as_str().unwrap());
    let code = authenticator.next_code(&app);
    let by_token = client.send(Method::POST, "/api/auth/step-up", &token, Some(json!({"code": code}))).await;
    assert_eq!(by_token.status, 403);
    let mut narrow = app.program();
    let login = json!({"login": "mina", "password": PASSWORD, "code": code, "scope": "profile:write"});
    narrow.keep(&narrow.post_bare("/api/auth/login", login).await);
    assert_eq!(step_up(&narrow, json!({"code": authenticator.next_code(&app)})).await.status, 403);
    assert_eq!(app.program().post_bare("/api/auth/step-up", json!({"password": PASSWORD})).await.status, 401);
}

#[tokio::test]
async fn guessing_is_limited_and_shares_its_count_with_the_pages() {
    let app = TestApp::start().await;
    app.member("noa").await;
    let noa = app.client_of("noa").await;
    for _ in 0..5 {
        assert_wrong(&step_up(&noa, json!({"password": "guess guess"})).await, "password");
    }
    let refused = step_up(&noa, json!({"password": PASSWORD})).await;
    assert_eq!((refused.status, refused.header("retry-after").is_empty()), (429, false));
    app.visitor().sign_in("noa").await.assert_redirect("/dashboard");

    let (mina, authenticator) = app.member_with_totp("mina").await;
    for _ in 0..5 {
        mina.post("/security/totp/remove", &[("current_code", "000000")])
            .await
            .assert_refused("current_code");
    }
    let code = authenticator.next_code(&app);
    let request = mina.request(Method::POST, "/api/auth/step-up").header("content-type", "application/json");
    assert_eq!(mina.send(request.body(json!({"code": code}).to_string())).await.status, 429);
    let page = mina.post("/security/totp/remove", &[("current_code", &code)]).await;
    assert_eq!((page.status, page.header("retry-after").is_empty()), (429, false));
    assert_eq!(page.find("h1"), ["Confirm it’s you"], "nothing is lost, and another way may do");
    app.clock.advance(901);
    let code = authenticator.next_code(&app);
    mina.confirm(&page, "/security/totp/remove", ("current_code", &code)).await.assert_redirect("/security");
}

#[tokio::test]
async fn a_session_that_has_ended_steps_up_no_more() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let client = app.client_of("mina").await;
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    assert_eq!(step_up(&client, json!({"password": PASSWORD})).await.status, 401);
    for odd in [json!([]), json!({"password": 1}), json!({"code": ["1"]}), json!({"code": "9".repeat(9_000)})]
    {
        let request =
            mina.request(Method::POST, "/api/auth/step-up").header("content-type", "application/json");
        assert_eq!(mina.send(request.body(odd.to_string())).await.status, 422, "{odd}");
    }
}
