//! The session, for programs: `/api/auth`.

use serde_json::{Value, json};

use crate::support::{Persona, TestApp, over_both_stores};

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

over_both_stores![the_check_returns_the_user_of_a_session_until_it_ends,];

async fn the_check_returns_the_user_of_a_session_until_it_ends(app: TestApp) {
    let mina = app.member("mina").await;
    let copy = Persona::with_cookies_of(&mina);
    let reply = mina.get("/api/auth/check").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    assert_eq!(reply.header("cache-control"), "no-store");
    let body = json_of(&reply.body);
    let created = &body["user"]["created_at"];
    assert_eq!(
        body["user"],
        json!({"id": 1, "username": "mina", "display_name": "", "email": "mina@example.org", "email_verified": false,
            "language": null,
            "theme": "auto", "time_zone": null, "groups": [], "staff": false, "created_at": created})
    );
    assert!(created.as_str().unwrap().ends_with('Z'));
    assert_eq!((&body["carrier"], &body["session"]["kind"]), (&json!("cookie"), &json!("browser")));
    let end = format!("/sessions/{}/end", body["session"]["key"].as_str().unwrap());
    assert!(mina.get("/sessions").await.body.contains(&end), "it is named as on the sessions page");
    assert!(body["session"]["signed_in_at"].as_str().unwrap().ends_with('Z'));
    let cookie = mina.cookie("munjigi").unwrap();
    assert!(!reply.body.contains(cookie.split('.').next().unwrap()), "the id stays in the cookie");

    mina.post("/logout", &[]).await;
    let reply = copy.get("/api/auth/check").await;
    assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer"));
    assert!(reply.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn problems_follow_rfc_9457_in_both_languages() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    for (language, path, status, title) in [
        ("en", "/api/auth/check", 401, "You’re not signed in"),
        ("ko", "/api/auth/check", 401, "로그인이 필요해요"),
        ("en", "/api/nothing", 404, "There’s nothing here"),
        ("ko", "/api", 404, "페이지를 찾을 수 없어요"),
    ] {
        visitor.language = language;
        let reply = visitor.get(path).await;
        assert_eq!((reply.status, reply.header("content-type")), (status, "application/problem+json"));
        let problem = json_of(&reply.body);
        assert_eq!((&problem["status"], &problem["title"]), (&json!(status), &json!(title)));
        assert_eq!(problem["request_id"], reply.header("x-request-id"));
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    }
    let wrong_method = app.member("mina").await.post("/api/auth/check", &[]).await;
    assert_eq!((wrong_method.status, wrong_method.header("allow")), (405, "GET, HEAD"));
    assert_eq!(json_of(&wrong_method.body)["status"], 405);
}

#[tokio::test]
async fn a_forged_or_doubled_cookie_is_401() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let cookie = mina.cookie("munjigi").unwrap();
    let visitor = app.visitor();
    let unsigned = cookie.split('.').next().unwrap();
    for line in [
        format!("munjigi={unsigned}"),
        format!("munjigi={unsigned}."),
        format!("munjigi={cookie}x"),
        format!("munjigi={cookie}; munjigi={cookie}"),
        format!("Munjigi={cookie}"),
        format!("munjigi=\"{cookie}\""),
    ] {
        let request = visitor.request(reqwest::Method::GET, "/api/auth/check").header("cookie", &line);
        assert_eq!(visitor.send(request).await.status, 401, "{line}");
    }
}

over_both_stores![sessions_are_listed_and_ended_as_on_the_pages, signing_out_is_204_whatever_is_brought,];

async fn sessions_are_listed_and_ended_as_on_the_pages(app: TestApp) {
    let mina = app.member("mina").await;
    let (phone, laptop) = (app.another_browser("mina").await, app.another_browser("mina").await);
    let list = json_of(&mina.get("/api/auth/sessions").await.body)["sessions"].as_array().unwrap().clone();
    assert_eq!(list.len(), 3);
    assert_eq!(list.iter().filter(|session| session["current"] == true).count(), 1);
    assert_eq!(list[0]["device"], "Firefox · Linux");
    let key_of = async |persona: &Persona| {
        json_of(&persona.get("/api/auth/check").await.body)["session"]["key"].as_str().unwrap().to_owned()
    };
    let end = async |persona: &Persona, path: &str| {
        persona.send(persona.request(reqwest::Method::DELETE, path)).await.status
    };
    let phones = format!("/api/auth/sessions/{}", key_of(&phone).await);
    let noa = app.member("noa").await;
    assert_eq!(end(&noa, &phones).await, 404, "anyone else's is not there");
    assert_eq!(end(&mina, &phones).await, 204);
    assert!(!phone.is_signed_in().await && laptop.is_signed_in().await);
    assert_eq!(end(&mina, "/api/auth/sessions").await, 204);
    assert!(!laptop.is_signed_in().await && mina.is_signed_in().await && noa.is_signed_in().await);
    let own = format!("/api/auth/sessions/{}", key_of(&mina).await);
    assert_eq!(end(&mina, &own).await, 204);
    assert!(mina.cookie("munjigi").is_none() && !mina.is_signed_in().await);
}

async fn signing_out_is_204_whatever_is_brought(app: TestApp) {
    let mina = app.member("mina").await;
    let copy = Persona::with_cookies_of(&mina);
    let out = async |persona: &Persona| {
        persona.send(persona.request(reqwest::Method::POST, "/api/auth/logout")).await
    };
    assert_eq!(out(&mina).await.status, 204);
    assert!(mina.cookie("munjigi").is_none() && !copy.is_signed_in().await);
    assert_eq!(out(&copy).await.status, 204, "with a session that has ended");
    assert_eq!(out(&app.visitor()).await.status, 204, "with none");
}

#[tokio::test]
async fn the_account_is_returned_to_its_owner() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let body = json_of(&mina.get("/api/auth/user").await.body);
    assert_eq!((&body["user"]["username"], body["user"]["id"].as_i64()), (&json!("mina"), Some(1)));
    assert!(body["user"].get("password_hash").is_none());
    assert_eq!(app.visitor().get("/api/auth/user").await.status, 401);
}
