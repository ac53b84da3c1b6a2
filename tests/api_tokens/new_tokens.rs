//! Input when a token is created.

use super::*;

#[tokio::test]
async fn invalid_input_is_reported_by_field() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let ask = async |mut wish: Value| {
        if let Some(members) = wish.as_object_mut() {
            members.insert("current_password".to_owned(), json!(PASSWORD));
        }
        phone.post("/api/auth/tokens", wish).await
    };
    let nothing = ask(json!({})).await;
    assert_eq!((nothing.status, pointers(&nothing)), (422, vec![json!("#/name"), json!("#/scopes")]));
    let at = |seconds: i64| jiff::Timestamp::from_second(app.clock.now() + seconds).unwrap().to_string();
    let day = 86_400;
    for (field, wish) in [
        ("name", json!({"name": " ", "scopes": ["posts:read"]})),
        ("name", json!({"name": "a".repeat(61), "scopes": ["posts:read"]})),
        ("name", json!({"name": "a\nb", "scopes": ["posts:read"]})),
        ("name", json!({"name": "a\u{0}", "scopes": ["posts:read"]})),
        ("name", json!({"name": "a\u{202e}b", "scopes": ["posts:read"]})),
        ("scopes", json!({"name": "a", "scopes": []})),
        ("scopes", json!({"name": "a", "scopes": ["posts:read", "everything"]})),
        ("scopes", json!({"name": "a", "scopes": ["posts:read posts:write"]})),
        ("scopes", json!({"name": "a", "scopes": ["POSTS:READ"]})),
        ("scopes", json!({"name": "a", "scopes": [""]})),
        ("scopes", json!({"name": "a", "scopes": ["security:read"]})),
        ("scopes", json!({"name": "a", "scopes": ["posts:read", "security:write"]})),
        ("expires_at", json!({"name": "a", "scopes": ["posts:read"], "expires_at": at(0)})),
        ("expires_at", json!({"name": "a", "scopes": ["posts:read"], "expires_at": at(-day)})),
        ("expires_at", json!({"name": "a", "scopes": ["posts:read"], "expires_at": at(3_654 * day)})),
        ("expires_at", json!({"name": "a", "scopes": ["posts:read"], "expires_at": "tomorrow"})),
        ("expires_at", json!({"name": "a", "scopes": ["posts:read"], "expires_at": "2030-01-01"})),
        ("expires_at", json!({"name": "a", "scopes": ["posts:read"], "expires_at": ""})),
    ] {
        let reply = ask(wish.clone()).await;
        assert_eq!((reply.status, pointers(&reply)), (422, vec![json!(format!("#/{field}"))]), "{wish}");
    }
    for odd in [
        json!({"name": 1, "scopes": ["posts:read"]}),
        json!({"name": "a", "scopes": "posts:read"}),
        json!({"name": "a", "scopes": [1]}),
        json!({"name": "a", "scopes": ["posts:read"], "expires_at": 2_000_000_000}),
        json!([]),
    ] {
        assert_eq!(ask(odd.clone()).await.status, 422, "{odd}");
    }
    assert_eq!(app.count("api_tokens"), 0);
    let wish = json!({"name": "가".repeat(60), "scopes": ["posts:read", "posts:read"], "expires_at": at(3_652 * day)});
    assert_eq!(ask(wish).await.json()["scopes"], json!(["posts:read"]));
}

#[tokio::test]
async fn a_token_proves_nothing_and_takes_the_password_along() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let ask = async |password: Option<&str>| {
        let wish = json!({"name": "a", "scopes": ["posts:read"], "current_password": password});
        phone.post("/api/auth/tokens", wish).await
    };
    for (password, status) in [(None, 401), (Some(""), 401), (Some("not this one"), 422)] {
        let reply = ask(password).await;
        assert_eq!((reply.status, pointers(&reply)), (status, vec![json!("#/current_password")]));
    }
    assert_eq!(app.count("audit_events WHERE event = 'password_failed'"), 1);
    assert_eq!(ask(Some(PASSWORD)).await.status, 201);
    for _ in 0..4 {
        assert_eq!(ask(Some("not this one")).await.status, 422);
    }
    let reply = ask(Some(PASSWORD)).await;
    assert_eq!(reply.status, 429, "guesses are limited");
    assert!(!reply.header("retry-after").is_empty());
}

#[tokio::test]
async fn fifty_are_enough_for_anyone() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let all = futures_util::future::join_all((0..60).map(|number| {
        let wish = json!({"name": format!("token {number}"), "scopes": ["posts:read"]});
        let request =
            mina.request(Method::POST, "/api/auth/tokens").header("content-type", "application/json");
        mina.send(request.body(wish.to_string()))
    }));
    let replies = all.await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 50, "however many come at once");
    let refused = replies.iter().find(|reply| reply.status != 201).unwrap();
    assert_eq!((refused.status, pointers(refused)), (422, vec![json!("#")]));
    assert!(refused.json()["errors"][0]["detail"].as_str().unwrap().contains("50 tokens"));
    let page = mina.fill("/tokens", "/tokens", &[("name", "one more"), ("posts:read", "yes")]).await;
    page.assert_refused_whole("You have 50 tokens");
    let reply =
        app.program().post_bare("/api/auth/token", json!({"username": "mina", "password": PASSWORD})).await;
    assert_eq!(reply.status, 400, "none of them is for a program to replace");
    assert!(reply.json()["non_field_errors"][0].as_str().unwrap().contains("50 tokens"));
    assert_eq!(app.count("api_tokens"), 50);
}

#[tokio::test]
async fn a_session_revoked_concurrently_leaves_no_token_behind() {
    let app = TestApp::with(|config| config.bcrypt_cost = 11).await;
    let mina = app.member("mina").await;
    let phone = app.client_of("mina").await;
    let key = phone.get("/api/auth/check").await.json()["session"]["key"].as_str().unwrap().to_owned();
    app.clock.advance(16 * 60);
    let mut phone = phone;
    phone.renew().await;
    let wish = json!({"name": "a", "scopes": ["posts:read"], "current_password": PASSWORD});
    let end = async {
        // While the password is being hashed.
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        mina.post(&format!("/sessions/{key}/end"), &[]).await.assert_redirect("/sessions");
    };
    let (reply, ()) = tokio::join!(phone.post("/api/auth/tokens", wish), end);
    assert_eq!((reply.status, app.count("api_tokens")), (401, 0));
}
