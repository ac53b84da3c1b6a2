//! Access and refresh tokens: sign-in, refresh, sign-out; all are revoked with their session.

use reqwest::Method;
use serde_json::json;

use crate::support::{ApiClient, PASSWORD, TestApp, over_both_stores};

over_both_stores![
    a_client_signs_in_goes_on_and_signs_out,
    an_access_token_lives_five_minutes_and_the_refresh_token_goes_on,
    a_repeat_gets_the_same_successor_and_a_later_one_ends_the_session,
    fifty_at_once_with_one_token_get_one_new_pair,
    idle_time_slides_with_use_until_the_absolute_limit,
    every_token_dies_with_what_it_stands_on,
    ending_the_others_leaves_the_client_its_refresh_token_and_makes_none_of_an_access_token,
];

async fn a_client_signs_in_goes_on_and_signs_out(app: TestApp) {
    app.clock.stop();
    app.member("mina").await;
    let mut phone = app.program();
    let reply =
        phone.post_bare("/api/auth/login", json!({"login": "mina@example.org", "password": PASSWORD})).await;
    phone.keep(&reply);
    assert_eq!(reply.header("cache-control"), "no-store");
    let cookies: Vec<_> = reply.headers.get_all("set-cookie").iter().collect();
    assert!(cookies.len() == 1 && cookies[0].to_str().unwrap().starts_with("munjigi-device"), "{cookies:?}");
    let pair = reply.json();
    assert_eq!((&pair["token_type"], &pair["expires_in"]), (&json!("Bearer"), &json!(300)));
    assert_eq!(
        (&pair["refresh_expires_in"], &pair["user"]["username"]),
        (&json!(14 * 86_400), &json!("mina"))
    );

    let check = phone.get("/api/auth/check").await.json();
    assert_eq!((&check["carrier"], &check["session"]["kind"]), (&json!("access_token"), &json!("client")));
    let (first, key) = (phone.refresh.clone(), check["session"]["key"].clone());
    app.clock.advance(240);
    phone.renew().await;
    assert_ne!(phone.refresh, first);
    assert_eq!(
        phone.get("/api/auth/check").await.json()["session"]["key"],
        key,
        "the session stays the same"
    );

    assert_eq!(phone.send(Method::POST, "/api/auth/logout", &phone.bearer(), None).await.status, 204);
    assert!(!phone.is_signed_in().await);
    assert_eq!(phone.try_refresh(&phone.refresh).await.status, 401);
    assert_eq!(
        phone.send(Method::POST, "/api/auth/logout", &phone.bearer(), None).await.status,
        204,
        "again"
    );
}

async fn an_access_token_lives_five_minutes_and_the_refresh_token_goes_on(app: TestApp) {
    app.clock.stop();
    app.member("mina").await;
    let mut phone = app.client_of("mina").await;
    app.clock.advance(299);
    assert!(phone.is_signed_in().await);
    app.clock.advance(1);
    let reply = phone.get("/api/auth/check").await;
    assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer error=\"invalid_token\""));
    phone.renew().await;
    assert!(phone.is_signed_in().await);
}

async fn a_repeat_gets_the_same_successor_and_a_later_one_ends_the_session(app: TestApp) {
    app.clock.stop();
    let browser = app.member("mina").await;
    let mut phone = app.client_of("mina").await;
    let first = phone.refresh.clone();
    let answer = phone.try_refresh(&first).await;
    phone.keep(&answer);
    app.clock.advance(9);
    let repeat = phone.try_refresh(&first).await;
    let (once, again) = (answer.json(), repeat.json());
    assert_eq!(
        (&once["access_token"], &once["refresh_token"]),
        (&again["access_token"], &again["refresh_token"])
    );
    assert_eq!(again["expires_in"], 291);
    let successor = phone.refresh.clone();
    phone.renew().await;
    assert!(phone.is_signed_in().await, "nothing has raised an alarm");

    app.clock.advance(11);
    assert_eq!(phone.try_refresh(&first).await.status, 401, "two behind");
    assert!(!phone.is_signed_in().await, "a stolen token ends the session");
    assert_eq!(phone.try_refresh(&phone.refresh).await.status, 401);
    assert_eq!(phone.try_refresh(&successor).await.status, 401);
    assert_eq!(app.count("audit_events WHERE event = 'refresh_reused'"), 1, "logged once");
    assert!(browser.is_signed_in().await, "no other session is concerned");
    assert!(browser.get("/security").await.text().contains("A token of an app was used twice"));
}

async fn fifty_at_once_with_one_token_get_one_new_pair(app: TestApp) {
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let all = futures_util::future::join_all((0..50).map(|_| phone.try_refresh(&phone.refresh))).await;
    let first = all[0].json();
    for reply in &all {
        assert_eq!(reply.status, 200);
        let pair = reply.json();
        assert_eq!(
            (&pair["access_token"], &pair["refresh_token"]),
            (&first["access_token"], &first["refresh_token"])
        );
    }
    assert_eq!(app.count("refresh_tokens WHERE generation = 1"), 1);
    assert_eq!(app.count("audit_events WHERE event = 'refresh_reused'"), 0, "no false alarm");
    let mut phone = phone;
    phone.keep(&all[49]);
    phone.renew().await;
    assert!(phone.is_signed_in().await);
}

async fn idle_time_slides_with_use_until_the_absolute_limit(app: TestApp) {
    app.clock.stop();
    app.member("mina").await;
    let mut phone = app.client_of("mina").await;
    for day in (13..=78).step_by(13) {
        app.clock.advance(13 * 86_400);
        phone.renew().await;
        assert!(phone.is_signed_in().await, "day {day}");
    }
    app.clock.advance(11 * 86_400);
    phone.renew().await;
    assert!(phone.is_signed_in().await, "day 89");
    app.clock.advance(86_400);
    assert_eq!(phone.try_refresh(&phone.refresh).await.status, 401, "day 90, however often it was used");
    let mut idle = app.client_of("mina").await;
    app.clock.advance(14 * 86_400);
    assert_eq!(idle.try_refresh(&idle.refresh).await.status, 401, "fourteen days unused");
    idle.access.clear();
    assert_eq!(app.program().post_bare("/api/auth/refresh", json!({})).await.status, 401);
}

async fn every_token_dies_with_what_it_stands_on(app: TestApp) {
    let browser = app.member("mina").await;
    let (other, changed, disabled) =
        (app.client_of("mina").await, app.client_of("mina").await, app.client_of("mina").await);
    let dead = async |client: &ApiClient| {
        !client.is_signed_in().await && client.try_refresh(&client.refresh).await.status == 401
    };
    let key = other.get("/api/auth/check").await.json()["session"]["key"].as_str().unwrap().to_owned();
    assert!(browser.get("/sessions").await.text().contains("walker"), "it is listed with the others");
    browser.post(&format!("/sessions/{key}/end"), &[]).await.assert_redirect("/sessions");
    assert!(dead(&other).await && changed.is_signed_in().await);
    let fields = [("current_password", PASSWORD), ("new_password", "maple 기차 seventeen")];
    browser.post("/security", &fields).await.assert_redirect("/security");
    assert!(dead(&changed).await && dead(&disabled).await && browser.is_signed_in().await);
    let last = app
        .program()
        .post_bare("/api/auth/login", json!({"login": "mina", "password": "maple 기차 seventeen"}))
        .await;
    let mut client = app.program();
    client.keep(&last);
    let id = app.user_id("mina");
    app.set_disabled(id, true).await;
    assert!(dead(&client).await);
    let reply = app
        .program()
        .post_bare("/api/auth/login", json!({"login": "mina", "password": "maple 기차 seventeen"}))
        .await;
    assert_eq!(reply.status, 401);
    assert!(reply.json()["errors"][0]["detail"].as_str().unwrap().contains("disabled"), "{}", reply.body);
}

async fn ending_the_others_leaves_the_client_its_refresh_token_and_makes_none_of_an_access_token(
    app: TestApp,
) {
    let browser = app.member("mina").await;
    let (mut phone, other) = (app.client_of("mina").await, app.client_of("mina").await);
    let reply = phone.delete("/api/auth/sessions").await;
    assert_eq!((reply.status, reply.body.as_str()), (204, ""), "the access token gives no further access");
    assert!(!other.is_signed_in().await && !browser.is_signed_in().await);
    assert_eq!(other.try_refresh(&other.refresh).await.status, 401);
    assert!(!phone.is_signed_in().await, "access tokens of before are dead");
    phone.renew().await;
    assert!(phone.is_signed_in().await, "the session goes on");
    assert_eq!(phone.get("/api/auth/sessions").await.json()["sessions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn bad_credentials_are_reported_by_field_and_never_which_half_was_wrong() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let program = app.program();
    let nothing = program.post_bare("/api/auth/login", json!({})).await;
    assert_eq!(nothing.status, 422);
    let pointers: Vec<_> =
        nothing.json()["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
    assert_eq!(pointers, ["#/login", "#/password"]);
    let unknown =
        program.post_bare("/api/auth/login", json!({"login": "nobody", "password": PASSWORD})).await;
    let wrong =
        program.post_bare("/api/auth/login", json!({"login": "mina", "password": "not this one"})).await;
    assert_eq!((unknown.status, wrong.status), (401, 401));
    assert_eq!(unknown.json()["errors"], wrong.json()["errors"]);
    let scope = program
        .post_bare("/api/auth/login", json!({"login": "mina", "password": PASSWORD, "scope": "all"}))
        .await;
    assert_eq!((scope.status, &scope.json()["errors"][0]["pointer"]), (422, &json!("#/scope")));
    for _ in 0..4 {
        program.post_bare("/api/auth/login", json!({"login": "mina", "password": "not this one"})).await;
    }
    let locked = program.post_bare("/api/auth/login", json!({"login": "mina", "password": PASSWORD})).await;
    assert_eq!(locked.status, 429);
    assert!(locked.header("retry-after").parse::<u64>().unwrap() > 0);
}

#[tokio::test]
async fn a_token_does_no_more_than_its_scopes() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let mut reader = app.program();
    let narrow = json!({"login": "mina", "password": PASSWORD, "scope": "posts:read sessions:read"});
    let reply = reader.post_bare("/api/auth/login", narrow).await;
    reader.keep(&reply);
    assert_eq!(reply.json()["scope"], "sessions:read posts:read");
    for path in ["/api/auth/check", "/api/posts", "/api/auth/sessions"] {
        assert_eq!(reader.get(path).await.status, 200, "{path}");
    }
    let check = reader.get("/api/auth/check").await;
    assert_eq!(
        (&check.json()["user"], &check.json()["user_id"]),
        (&json!(null), &json!(1)),
        "the profile requires profile:read"
    );
    assert!(!check.body.contains("mina"), "{}", check.body);
    let refused = reader.post("/api/posts", json!({"title": "A title", "body": "A body"})).await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        refused.header("www-authenticate"),
        "Bearer error=\"insufficient_scope\", scope=\"posts:write\""
    );
    for path in ["/api/auth/sessions", "/api/posts/1"] {
        assert_eq!(reader.delete(path).await.status, 403, "{path}");
    }
    assert_eq!(reader.get("/api/auth/user").await.status, 403);
    let more = json!({"refresh_token": reader.refresh, "scope": "posts:write"});
    assert_eq!(
        reader.post_bare("/api/auth/refresh", more).await.status,
        422,
        "nothing adds to what was granted"
    );
    let less = json!({"refresh_token": reader.refresh, "scope": "posts:read"});
    let reply = reader.post_bare("/api/auth/refresh", less).await;
    reader.keep(&reply);
    assert_eq!(reader.get("/api/auth/sessions").await.status, 403);
    reader.renew().await;
    assert_eq!(
        reader.get("/api/auth/sessions").await.status,
        200,
        "less for one access token is no less for the next"
    );
}

#[tokio::test]
async fn each_token_is_valid_for_its_own_purpose_only() {
    let app = TestApp::start().await;
    let browser = app.member("mina").await;
    let phone = app.client_of("mina").await;
    assert_eq!(phone.try_refresh(&phone.access).await.status, 401, "an access token refreshes nothing");
    let bearer = format!("Bearer {}", phone.refresh);
    assert_eq!(phone.send(Method::GET, "/api/auth/check", &bearer, None).await.status, 401);
    assert!(phone.is_signed_in().await, "neither did harm");
    for path in ["/dashboard", "/sessions", "/security", "/profile"] {
        let reply = phone.get(path).await;
        assert_eq!(reply.status, 303, "no token opens the page {path}");
    }
    let request = browser.request(Method::GET, "/api/auth/check").header("authorization", "Bearer nonsense");
    assert_eq!(browser.send(request).await.status, 401, "a bad header counts, even beside a good cookie");
    let request = browser.request(Method::GET, "/api/posts").header("authorization", "Bearer nonsense");
    assert_eq!(browser.send(request).await.status, 401, "also where anonymous users may read");
    let request = browser.request(Method::GET, "/dashboard").header("authorization", "Bearer nonsense");
    assert_eq!(browser.send(request).await.status, 200, "pages do not read it");
}

#[tokio::test]
async fn a_token_that_was_seen_by_others_takes_over_no_account() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    for (method, path, body, status) in [
        (Method::POST, "/api/auth/tokens", json!({"name": "mine", "scopes": ["posts:read"]}), 401),
        (Method::PATCH, "/api/auth/user", json!({"email": "thief@example.org"}), 401),
        (Method::POST, "/api/auth/password", json!({"new_password": "maple 기차 seventeen"}), 422),
    ] {
        let reply = phone.send(method, path, &phone.bearer(), Some(body)).await;
        assert_eq!(
            (reply.status, &reply.json()["errors"][0]["pointer"]),
            (status, &json!("#/current_password")),
            "{path}"
        );
    }
    assert_eq!(app.count("api_tokens"), 0);
    assert_eq!(app.count("users WHERE email = 'mina@example.org'"), 1);
}

#[tokio::test]
async fn addresses_of_others_are_found_out_no_faster_than_by_registering() {
    let app = TestApp::start().await;
    app.member("noa").await;
    let mina = app.member("mina").await;
    let mut statuses = Vec::new();
    for _ in 0..110 {
        let request =
            mina.request(Method::PATCH, "/api/auth/user").header("content-type", "application/json");
        statuses.push(mina.send(request.body(json!({"email": "noa@example.org"}).to_string())).await.status);
    }
    assert_eq!((statuses[0], statuses[109]), (422, 429));
}

#[tokio::test]
async fn a_path_in_disguise_is_no_way_around_the_api() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for path in ["/%61pi/auth/check", "/ap%69/auth/user", "/%61%70%69/posts"] {
        assert_eq!(mina.get(path).await.status, 400, "{path}");
    }
}
