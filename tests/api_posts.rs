//! The board for programs: `/api/posts`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Persona, RedisServer, Reply, TestApp, over_both_stores, signal};

async fn send(persona: &Persona, method: Method, path: &str, body: &Value) -> Reply {
    let request = persona.request(method, path).header("content-type", "application/json");
    persona.send(request.body(body.to_string())).await
}

fn read(reply: &Reply) -> Value {
    serde_json::from_str(&reply.body).unwrap_or_else(|error| panic!("{error}: {}", reply.body))
}

over_both_stores![posts_are_written_read_changed_and_deleted, who_may_do_what_is_the_same_as_on_the_pages,];

async fn posts_are_written_read_changed_and_deleted(app: TestApp) {
    let mina = app.member("mina").await;
    let made =
        send(&mina, Method::POST, "/api/posts", &json!({"title": " Picnic ", "body": "On\r\nSunday"})).await;
    assert_eq!((made.status, made.header("location")), (201, "/api/posts/1"), "{}", made.body);
    let post = read(&made);
    assert_eq!(
        (&post["title"], &post["body"], &post["author"], &post["version"], &post["edited_at"]),
        (&json!("Picnic"), &json!("On\nSunday"), &json!("mina"), &json!(1), &Value::Null)
    );
    let visitor = app.visitor();
    assert_eq!(read(&visitor.get("/api/posts/1").await), post, "anyone reads");
    let changed =
        send(&mina, Method::PATCH, "/api/posts/1", &json!({"title": "Picnic!", "version": 1})).await;
    assert_eq!((changed.status, &read(&changed)["body"]), (200, &json!("On\nSunday")), "{}", changed.body);
    let late = send(&mina, Method::PATCH, "/api/posts/1", &json!({"title": "x", "version": 1})).await;
    assert_eq!((late.status, late.header("content-type")), (409, "application/problem+json"));
    let put = send(&mina, Method::PUT, "/api/posts/1", &json!({"title": "New", "body": "All of it"})).await;
    assert_eq!((put.status, &read(&put)["version"]), (200, &json!(3)));
    assert!(mina.get("/board").await.text().contains("New"), "the board is the same");
    assert_eq!(send(&mina, Method::DELETE, "/api/posts/1", &json!({"version": 2})).await.status, 409);
    let gone = mina.send(mina.request(Method::DELETE, "/api/posts/1")).await;
    assert_eq!((gone.status, gone.body.as_str()), (204, ""));
    assert_eq!(visitor.get("/api/posts/1").await.status, 404);
}

async fn who_may_do_what_is_the_same_as_on_the_pages(app: TestApp) {
    let (mina, noa, visitor) = (app.member("mina").await, app.member("noa").await, app.visitor());
    let text = json!({"title": "T", "body": "B"});
    assert_eq!(send(&mina, Method::POST, "/api/posts", &text).await.status, 201);
    let refused = send(&visitor, Method::POST, "/api/posts", &text).await;
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, "Bearer"));
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        assert_eq!(send(&visitor, method.clone(), "/api/posts/1", &text).await.status, 401, "{method}");
        let denied = send(&noa, method.clone(), "/api/posts/1", &text).await;
        assert_eq!((denied.status, &read(&denied)["status"]), (403, &json!(403)), "{method}");
    }
    assert_eq!(app.count("posts WHERE version = 1"), 1, "nothing was changed");
    mina.post("/logout", &[]).await;
    assert_eq!(send(&mina, Method::POST, "/api/posts", &text).await.status, 401);
}

#[tokio::test]
async fn errors_are_reported_field_by_field() {
    let app = TestApp::start().await;
    let mut mina = app.member("mina").await;
    mina.language = "ko";
    let refused =
        send(&mina, Method::POST, "/api/posts", &json!({"title": "", "body": "x".repeat(10_001)})).await;
    assert_eq!((refused.status, refused.header("content-type")), (422, "application/problem+json"));
    let problem = read(&refused);
    let pointers: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(pointers, ["#/title", "#/body"]);
    assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("제목"), "{problem}");
    for (body, status) in [
        ("{", 400),
        ("", 422),
        ("[]", 422),
        ("{\"title\":\"a\",\"title\":\"b\",\"body\":\"c\"}", 422),
        ("{\"title\":[\"a\"],\"body\":\"c\"}", 422),
        ("{\"title\":\"a\\u0000b\",\"body\":\"c\"}", 422),
        ("{\"title\":\"\\ud800\",\"body\":\"c\"}", 400),
    ] {
        let request = mina.request(Method::POST, "/api/posts").header("content-type", "application/json");
        assert_eq!(mina.send(request.body(body)).await.status, status, "{body}");
    }
    let form = mina.post("/api/posts", &[("title", "a"), ("body", "b")]).await;
    assert_eq!(form.status, 415, "a form is no JSON: no other site's form gets in");
    for version in [json!("1"), json!(0), json!(-1), json!(1.5), json!(true), json!(4_294_967_296_u64)] {
        let odd = send(&mina, Method::PATCH, "/api/posts/1", &json!({"version": version})).await;
        assert_eq!(odd.status, 422, "{version}");
    }
    assert_eq!(send(&mina, Method::PATCH, "/api/posts/1", &json!({"version": null})).await.status, 404);
    assert_eq!(app.count("posts"), 0);
}

#[tokio::test]
async fn lists_lead_from_page_to_page_and_odd_sizes_and_ids_are_refused() {
    let app = TestApp::start().await;
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45)
         INSERT INTO posts (title, body, created_at) SELECT 'Post ' || i, 'text', i FROM n",
    );
    let visitor = app.visitor();
    let (mut place, mut seen) = ("/api/posts?q=TEXT".to_owned(), Vec::new());
    loop {
        let list = read(&visitor.get(&place).await);
        seen.extend(list["posts"].as_array().unwrap().iter().map(|post| post["id"].as_i64().unwrap()));
        match list["next"].as_str() {
            Some(next) => place = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, (1..=45).rev().collect::<Vec<_>>());
    for size in ["0", "-1", "101", "9223372036854775808", "x", "1e9", ""] {
        let refused = visitor.get(&format!("/api/posts?size={size}")).await;
        assert_eq!(
            (refused.status, refused.header("content-type")),
            (422, "application/problem+json"),
            "{size}"
        );
    }
    assert_eq!(visitor.get("/api/posts?q=%ff").await.status, 400);
    for id in ["0", "-1", "999", "9223372036854775808", "abc", "1%00"] {
        let reply = visitor.get(&format!("/api/posts/{id}")).await;
        assert_eq!((reply.status, reply.header("content-type")), (404, "application/problem+json"), "{id}");
    }
}

#[tokio::test]
async fn a_cross_site_request_changes_nothing_here_either() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let request = mina
        .request(Method::POST, "/api/posts")
        .header("content-type", "application/json")
        .header("sec-fetch-site", "cross-site")
        .body(json!({"title": "T", "body": "B"}).to_string());
    let reply = mina.send(request).await;
    assert_eq!((reply.status, reply.header("content-type")), (403, "application/problem+json"));
    assert_eq!(app.count("posts"), 0);
}

#[tokio::test]
async fn an_outage_is_no_refusal_for_who_writes() {
    let redis = RedisServer::start();
    let app = TestApp::with(|config| config.redis_url = Some(redis.url())).await;
    let mina = app.member("mina").await;
    let process = redis.process_id().await;
    signal(process, "STOP");
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    let reply = send(&mina, Method::POST, "/api/posts", &json!({"title": "T", "body": "B"})).await;
    assert_eq!((reply.status, reply.header("content-type")), (503, "application/problem+json"));
    assert_eq!(mina.get("/api/posts").await.status, 200, "reading goes on");
    signal(process, "CONT");
}
