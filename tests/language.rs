use crate::support::TestApp;

#[tokio::test]
async fn the_browsers_language_is_spoken_unless_another_was_chosen() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    visitor.language = "ko-KR,ko;q=0.9,en;q=0.5";
    let page = visitor.get("/login").await;
    assert_eq!(
        (page.attributes("html", "lang"), page.find("h1")),
        (vec!["ko".to_owned()], vec!["로그인".to_owned()])
    );
    visitor
        .post("/language", &[("language", "en"), ("next", "/login?next=/sessions")])
        .await
        .assert_redirect("/login?next=/sessions");
    assert_eq!(visitor.get("/login").await.find("h1"), ["Sign in"]);
}

#[tokio::test]
async fn a_members_choice_goes_along_to_other_browsers() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    mina.post("/language", &[("language", "ko"), ("next", "/security")]).await.assert_redirect("/security");
    assert_eq!(mina.get("/security").await.find("h1"), ["보안"]);
    let elsewhere = app.another_browser("mina").await;
    assert_eq!(elsewhere.get("/security").await.find("h1"), ["보안"]);
    let profile = elsewhere.get("/profile").await;
    assert_eq!(profile.attributes("#language option[selected]", "value"), ["ko"]);
}

#[tokio::test]
async fn the_switch_leads_back_to_pages_of_our_own_only() {
    let app = TestApp::start().await;
    for next in ["https://evil.example/", "//evil.example", ""] {
        app.visitor().post("/language", &[("language", "ko"), ("next", next)]).await.assert_redirect("/");
    }
    for language in ["fr", "", "ko\r\nx: y"] {
        assert_eq!(app.visitor().post("/language", &[("language", language)]).await.status, 400);
    }
}

#[tokio::test]
async fn every_page_has_a_switch_that_marks_the_current_language() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for (persona, path) in [(&app.visitor(), "/"), (&app.visitor(), "/nowhere"), (&mina, "/dashboard")] {
        let page = persona.get(path).await;
        assert_eq!(page.attributes("footer button", "value"), ["en", "ko"], "{path}");
        assert_eq!(page.attributes("footer button[aria-current]", "value"), ["en"], "{path}");
    }
}
