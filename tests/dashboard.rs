use crate::support::TestApp;

#[tokio::test]
async fn the_dashboard_shows_session_security_and_account() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let page = mina.get("/dashboard").await;
    for text in ["Hello, mina", "Firefox · Linux", "127.0.0.1", "None so far", "mina@example.org"] {
        assert!(page.text().contains(text), "{text}: {}", page.text());
    }
}

#[tokio::test]
async fn every_member_page_leads_to_the_others_and_out() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let paths = [
        "/dashboard",
        "/board",
        "/board/new",
        "/profile",
        "/profile/delete",
        "/sessions",
        "/security",
        "/security/connected-apps",
        "/tokens",
    ];
    for path in paths {
        let page = mina.get(path).await;
        assert_eq!(
            page.attributes("header nav a, header .menu a", "href"),
            [
                "/dashboard",
                "/board",
                "/profile",
                "/security",
                "/sessions",
                "/security/connected-apps",
                "/tokens"
            ],
            "{path}"
        );
        assert_eq!(page.attributes("header a[aria-current=page]", "href").len(), 1, "{path}");
        assert_eq!(page.attributes("header form", "action"), ["/logout"], "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert_eq!(page.find("h1").len(), 1, "{path}");
    }
}
