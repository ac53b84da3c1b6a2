use crate::support::TestApp;

#[tokio::test]
async fn the_first_page_shows_the_apps_and_what_is_new_on_the_board() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let page = mina.get("/dashboard").await;
    for text in ["Apps", "No apps yet", "From the board", "Nothing posted yet."] {
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
