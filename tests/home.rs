use crate::support::TestApp;

#[tokio::test]
async fn a_visitor_sees_what_this_is_and_two_ways_in() {
    let app = TestApp::start().await;
    let reply = app.visitor().get("/").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.attributes("main a.button", "href"), ["/login", "/register"]);
    assert_eq!(reply.attributes("main .after a", "href"), ["/board"]);
    assert!(reply.headers.get("set-cookie").is_none(), "nothing is set before anyone did anything");
}

#[tokio::test]
async fn a_member_goes_on_to_the_dashboard() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for path in ["/", "/login", "/register"] {
        mina.get(path).await.assert_redirect("/dashboard");
    }
    mina.get("/login?next=/sessions").await.assert_redirect("/sessions");
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let reply = visitor.send(visitor.request(reqwest::Method::HEAD, "/")).await;
    assert_eq!((reply.status, reply.body.as_str()), (200, ""));
}
