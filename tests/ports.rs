//! Two installations on one machine, and one browser: browsers send cookies to every port of a host.

use reqwest::Client;
use reqwest::redirect::Policy;
use serde_json::json;

use crate::support::{Chromium, PASSWORD, TestApp, client_builder, encode};

/// A client whose jar ignores ports, as those of browsers do.
fn browser() -> Client {
    client_builder().cookie_store(true).redirect(Policy::none()).build().unwrap()
}

async fn post(browser: &Client, app: &TestApp, path: &str, kind: &str, body: String) -> u16 {
    let request = browser.post(format!("{}{path}", app.url)).header("sec-fetch-site", "same-origin");
    request.header("content-type", kind).body(body).send().await.unwrap().status().as_u16()
}

async fn sign_in(browser: &Client, app: &TestApp, name: &str) {
    let fields = encode(&[("login", name), ("password", PASSWORD)]);
    assert_eq!(post(browser, app, "/login", "application/x-www-form-urlencoded", fields).await, 303);
}

async fn sees(browser: &Client, app: &TestApp, path: &str, name: &str) -> bool {
    let answer = browser.get(format!("{}{path}", app.url)).send().await.unwrap();
    answer.status() == 200 && answer.text().await.unwrap().contains(name)
}

#[tokio::test]
async fn signing_in_to_one_port_ends_nothing_on_another() {
    let (a, b) = (TestApp::start().await, TestApp::start().await);
    a.member("mina").await;
    b.member("noa").await;
    let browser = browser();
    sign_in(&browser, &a, "mina").await;
    sign_in(&browser, &b, "noa").await;
    for _ in 0..2 {
        assert!(
            sees(&browser, &a, "/dashboard", "mina").await && sees(&browser, &b, "/dashboard", "noa").await
        );
    }
    let out = post(&browser, &b, "/logout", "application/x-www-form-urlencoded", String::new()).await;
    assert_eq!(out, 303);
    assert!(!sees(&browser, &b, "/dashboard", "noa").await);
    assert!(sees(&browser, &a, "/dashboard", "mina").await, "signing out there signs out only there");
}

#[tokio::test]
async fn token_cookies_of_one_port_replace_none_of_another() {
    let (a, b) = (TestApp::start().await, TestApp::start().await);
    let browser = browser();
    for (app, name) in [(&a, "mina"), (&b, "noa")] {
        app.member(name).await;
        let body = json!({ "login": name, "password": PASSWORD, "cookies": true }).to_string();
        assert_eq!(post(&browser, app, "/api/auth/login", "application/json", body).await, 200);
    }
    for (app, name) in [(&a, "mina"), (&b, "noa"), (&a, "mina")] {
        assert!(sees(&browser, app, "/api/auth/user", name).await, "{name}");
        assert_eq!(post(&browser, app, "/api/auth/refresh", "application/json", "{}".to_owned()).await, 200);
    }
}

#[tokio::test]
async fn a_cookie_of_an_earlier_version_is_read_and_renamed() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let sealed = mina.cookie("munjigi").unwrap();
    let port = app.url.rsplit(':').next().unwrap();
    let ask = async |cookie: String| {
        let request = browser().get(format!("{}/dashboard", app.url)).header("cookie", cookie);
        let answer = request.send().await.unwrap();
        let lines = answer.headers().get_all("set-cookie").iter();
        (answer.status().as_u16(), lines.map(|line| line.to_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    let (status, set) = ask(format!("munjigi={sealed}")).await;
    assert_eq!(status, 200);
    assert!(set.iter().any(|line| line.starts_with(&format!("munjigi-{port}={sealed};"))), "{set:?}");
    assert!(!set.iter().any(|line| line.starts_with("munjigi=")), "{set:?}");
    let (status, set) = ask(format!("munjigi-{port}={sealed}; munjigi=other.installation")).await;
    assert_eq!((status, set), (200, Vec::new()));
    // The cookie of an installation with other keys, on port 8080, is nothing to us: not even to be deleted.
    let (status, set) = ask(format!("munjigi=other.installation; munjigi-{port}9={sealed}")).await;
    assert_eq!(status, 303);
    assert!(!set.iter().any(|line| line.starts_with("munjigi=")), "{set:?}");
}

#[tokio::test]
async fn on_port_8080_and_on_https_names_have_no_port() {
    for (url, session) in
        [("http://localhost:8080", "munjigi="), ("https://id.example.org", "__Host-munjigi=")]
    {
        let app = TestApp::with(|config| config.public_url = Some(url.parse().unwrap())).await;
        app.member("mina").await;
        let browser = browser();
        let request = browser.post(format!("{}/login", app.url)).header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(encode(&[("login", "mina"), ("password", PASSWORD)]));
        let answer = request.send().await.unwrap();
        let lines: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
        assert!(lines.iter().any(|line| line.to_str().unwrap().starts_with(session)), "{lines:?}");
        let document = app.visitor().get("/api/openapi.json").await.json();
        let named = document["components"]["securitySchemes"]["session"]["name"].as_str().unwrap();
        assert_eq!(format!("{named}="), session);
    }
}

#[tokio::test]
async fn a_real_browser_is_signed_in_to_both() {
    let (a, b) = (TestApp::start().await, TestApp::start().await);
    let browser = Chromium::open(&a.url).await;
    browser.register("mina").await;
    browser.driver.goto(format!("{}/register", b.url)).await.unwrap();
    browser.type_into("#username", "noa").await;
    browser.type_into("#email", "noa@example.org").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main form button").await;
    browser.find(".menu a[href='/security']").await;
    browser.go("/dashboard").await;
    browser.arrives_at("/dashboard").await;
    assert!(browser.driver.source().await.unwrap().contains("mina"));
    browser.close().await;
}
