//! Apps behind real proxies, in a real Chromium: sibling hosts by https, with the proxy cookie between them.

use crate::support::{Behind, Chromium, PASSWORD, Proxy, chromium_setup, over_both_proxies};

async fn open(behind: &Behind, scripts: bool) -> Chromium {
    Chromium::open_as(&behind.portal(""), chromium_setup("en", scripts).with_test_hosts()).await
}

/// Opens a page of the app and signs in on the way.
async fn sign_in_on_the_way(browser: &Chromium, behind: &Behind, place: &str) {
    browser.driver.goto(behind.at(place)).await.unwrap();
    browser.arrives_at("/login").await;
    browser.type_into("#login", "mina").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main button").await;
    browser.arrives_at(place.split('?').next().unwrap()).await;
}

async fn url(browser: &Chromium) -> String {
    browser.driver.current_url().await.unwrap().to_string()
}

over_both_proxies![
    from_a_protected_page_through_sign_in_and_back_to_it,
    signing_out_at_the_portal_makes_the_app_ask_again,
    whom_an_app_is_not_for_finds_the_way_back,
    a_form_and_a_web_socket_work_through_the_proxy,
];

async fn from_a_protected_page_through_sign_in_and_back_to_it(behind: Behind) {
    behind.app.member("mina").await;
    for scripts in [true, false] {
        let browser = open(&behind, scripts).await;
        sign_in_on_the_way(&browser, &behind, "/page?a=1&b=2").await;
        assert_eq!(url(&browser).await, behind.at("/page?a=1&b=2"));
        assert_eq!(browser.find("#user").await.text().await.unwrap(), "mina");
        assert_eq!(browser.find("#query").await.text().await.unwrap(), "a=1&b=2");
        browser.close().await;
    }
}

async fn signing_out_at_the_portal_makes_the_app_ask_again(behind: Behind) {
    behind.app.member("mina").await;
    let browser = open(&behind, true).await;
    sign_in_on_the_way(&browser, &behind, "/page").await;
    browser.go("/dashboard").await;
    browser.sign_out().await;
    browser.arrives_at("/").await;
    browser.driver.goto(behind.at("/page")).await.unwrap();
    browser.arrives_at("/login").await;
    assert!(url(&browser).await.starts_with(&behind.portal("/login?rd=")));
    browser.close().await;
}

async fn whom_an_app_is_not_for_finds_the_way_back(behind: Behind) {
    behind.app.member("mina").await;
    let browser = open(&behind, true).await;
    sign_in_on_the_way(&browser, &behind, "/admin/x").await;
    let text = browser.text().await;
    assert!(text.contains("This page isn’t open to you") && text.contains("signed in as mina"), "{text}");
    let style = "return getComputedStyle(document.querySelector('main')).display";
    let display: String = browser.driver.execute(style, vec![]).await.unwrap().convert().unwrap();
    assert_eq!(display, "flex", "its style is there, on another host");
    browser.click("main a").await;
    browser.arrives_at("/dashboard").await;
    assert!(url(&browser).await.starts_with(&behind.portal("")));
    browser.close().await;
}

async fn a_form_and_a_web_socket_work_through_the_proxy(behind: Behind) {
    behind.app.member("mina").await;
    let browser = open(&behind, true).await;
    sign_in_on_the_way(&browser, &behind, "/page").await;
    let script = "const done = arguments[0]; const socket = new WebSocket('wss://' + location.host + '/socket');
        socket.onopen = () => socket.send('hello'); socket.onmessage = e => done(e.data); socket.onerror = () => done('error')";
    let said: String = browser.driver.execute_async(script, vec![]).await.unwrap().convert().unwrap();
    assert_eq!(said, "mina: hello");
    browser.type_into("input[name=text]", "안녕").await;
    browser.click("form button").await;
    browser.arrives_at("/sent").await;
    let body: serde_json::Value =
        serde_json::from_str(&browser.find("pre").await.text().await.unwrap()).unwrap();
    assert_eq!((body["method"].as_str(), body["bytes"].as_u64()), (Some("POST"), Some(23)));
    browser.close().await;

    let anonymous = open(&behind, true).await;
    anonymous.driver.goto(behind.at("/public")).await.unwrap();
    let said: String = anonymous.driver.execute_async(script, vec![]).await.unwrap().convert().unwrap();
    assert_eq!(said, "error", "no socket for anonymous users");
    anonymous.close().await;
}

#[tokio::test]
async fn an_app_of_the_table_needs_no_rule_and_no_setting() {
    let behind = Behind::with(Proxy::Nginx, "", |config| config.allowed_origins.clear()).await;
    let sofia = behind.app.staff("sofia").await;
    behind.app.member("mina").await;
    let browser = open(&behind, true).await;
    browser.driver.goto(behind.at("/page")).await.unwrap();
    assert!(
        browser.text().await.contains("This page isn’t open to you"),
        "no rule and no app: no user is allowed"
    );
    let fields = [("name", "The app"), ("address", &behind.at("/"))];
    sofia.post("/admin/apps", &fields).await.assert_redirect("/admin/apps");
    sign_in_on_the_way(&browser, &behind, "/page?x=1").await;
    assert_eq!(browser.find("#user").await.text().await.unwrap(), "mina");
    browser.go("/dashboard").await;
    browser.click("a.app-link").await;
    browser.arrives_at("/").await;
    assert_eq!(url(&browser).await, behind.at("/"));
    browser.close().await;
}

#[tokio::test]
async fn no_redirect_loop_where_the_cookie_does_not_reach() {
    let behind =
        Behind::with(Proxy::Nginx, crate::support::RULES, |config| config.cookie_domain = None).await;
    behind.app.member("mina").await;
    let browser = open(&behind, true).await;
    browser.driver.goto(behind.at("/page")).await.unwrap();
    browser.type_into("#login", "mina").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main button").await;
    browser.arrives_at("/dashboard").await;
    assert!(browser.find(".note[role=status]").await.text().await.unwrap().contains("the app didn’t notice"));
    browser.close().await;
}
