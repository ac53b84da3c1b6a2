//! From a form on to an app that redirects to another site, in a real Chromium: it checks `form-action` on every redirect
//! that follows a form.

use std::net::TcpListener;

use actix_web::{App, HttpResponse, HttpServer, web};
use munjigi::config::{Config, Required, Verification};
use url::Url;

use crate::support::{Authenticator, Chromium, PASSWORD, TestApp, chromium_setup};

/// Two sites that know nothing of Munjigi: `/a` of the first redirects to `/b` of the second.
struct Sites {
    first: String,
    second: String,
}

impl Sites {
    fn start() -> Self {
        let (first, second) = (listener(), listener());
        let address = |listener: &TcpListener| format!("http://{}", listener.local_addr().unwrap());
        let sites = Self { first: address(&first), second: address(&second) };
        let on = format!("{}/b", sites.second);
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = move || {
                    let on = on.clone();
                    let redirect = move || {
                        let on = on.clone();
                        async move { HttpResponse::Found().insert_header(("location", on)).finish() }
                    };
                    let page =
                        || async { HttpResponse::Ok().content_type("text/html").body("<h1>There</h1>") };
                    App::new().route("/a", web::get().to(redirect)).default_service(web::to(page))
                };
                let server = HttpServer::new(app).workers(1).disable_signals();
                server.listen(first).unwrap().listen(second).unwrap().run().await.unwrap();
            });
        });
        sites
    }

    /// Allows sign-in to lead to the first site.
    fn allow(&self, config: &mut Config) {
        config.allowed_origins = [Url::parse(&self.first).unwrap().origin()].into();
    }

    fn with_next(&self, page: &str) -> String {
        format!("{page}?next={}/a", self.first)
    }

    async fn is_reached_by(&self, browser: &Chromium) {
        browser.arrives_at("/b").await;
        assert_eq!(browser.driver.current_url().await.unwrap().as_str(), format!("{}/b", self.second));
    }
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

async fn send(browser: &Chromium, fields: &[(&str, &str)]) {
    for (selector, text) in fields {
        browser.type_into(selector, text).await;
    }
    browser.click("main form button").await;
}

const SIGN_IN: [(&str, &str); 2] = [("#login", "mina"), ("#password", PASSWORD)];

#[tokio::test]
async fn a_sign_in_leads_on_through_the_redirects_of_the_app() {
    let sites = Sites::start();
    let app = TestApp::with(|config| sites.allow(config)).await;
    app.member("mina").await;
    for (language, scripts) in [("en", true), ("ko", true), ("en", false)] {
        let browser = Chromium::open_as(&app.url, chromium_setup(language, scripts)).await;
        browser.go(&sites.with_next("/login")).await;
        send(&browser, &SIGN_IN).await;
        sites.is_reached_by(&browser).await;
        browser.close().await;
    }
}

#[tokio::test]
async fn a_second_factor_leads_on_through_the_redirects_of_the_app() {
    let sites = Sites::start();
    let app = TestApp::with(|config| sites.allow(config)).await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let browser = Chromium::open_as(&app.url, chromium_setup("en", false)).await;
    browser.go(&sites.with_next("/login")).await;
    send(&browser, &SIGN_IN).await;
    browser.arrives_at("/login/verify").await;
    send(&browser, &[("#code", &authenticator.next_code(&app))]).await;
    sites.is_reached_by(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn a_registration_leads_on_through_the_redirects_of_the_app() {
    let sites = Sites::start();
    let app = TestApp::with(|config| sites.allow(config)).await;
    let browser = Chromium::open_as(&app.url, chromium_setup("en", false)).await;
    browser.go(&sites.with_next("/login")).await;
    browser.click("a[href^='/register']").await;
    let fields = [("#username", "mina"), ("#email", "mina@example.org"), ("#password", PASSWORD)];
    send(&browser, &fields).await;
    sites.is_reached_by(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn a_required_set_up_leads_on_through_the_redirects_of_the_app() {
    let sites = Sites::start();
    let app = TestApp::with(|config| {
        sites.allow(config);
        config.require_second_factor = Required::Everyone;
    })
    .await;
    let browser = Chromium::open_as(&app.url, chromium_setup("en", false)).await;
    browser.go("/register").await;
    let fields = [("#username", "mina"), ("#email", "mina@example.org"), ("#password", PASSWORD)];
    send(&browser, &fields).await;
    browser.arrives_at("/security/totp").await;
    browser.go(&sites.with_next("/register")).await;
    browser.arrives_at("/security/totp").await;
    let secret = browser.find("#totp-secret").await.text().await.unwrap();
    let authenticator = Authenticator { secret, recovery: Vec::new() };
    send(&browser, &[("#code", &authenticator.code_at(app.clock.now()))]).await;
    browser.click("main .acts a.button:last-child").await;
    sites.is_reached_by(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn mailed_codes_lead_on_through_the_redirects_of_the_app() {
    let sites = Sites::start();
    let app = TestApp::with(|config| {
        sites.allow(config);
        config.mail.verification = Verification::Required;
        config.mail.sign_in_links = true;
    })
    .await;
    let browser = Chromium::open_as(&app.url, chromium_setup("en", false)).await;
    let mina = "mina@example.org";
    // The account, confirmed in the same browser.
    browser.go(&sites.with_next("/login")).await;
    browser.click("a[href^='/register']").await;
    send(&browser, &[("#username", "mina"), ("#email", mina), ("#password", PASSWORD)]).await;
    browser.arrives_at("/verify-email").await;
    send(&browser, &[("#code", &app.mail(mina, 1).await.code())]).await;
    browser.arrives_at("/login").await;
    // A new password on the way.
    browser.go(&sites.with_next("/password-reset")).await;
    send(&browser, &[("#login", "mina")]).await;
    browser.arrives_at("/password-reset/code").await;
    send(&browser, &[("#code", &app.mail(mina, 2).await.code())]).await;
    browser.arrives_at("/password-reset").await;
    let new = "copper lantern 강물 forty";
    send(&browser, &[("#new_password", new)]).await;
    browser.arrives_at("/login").await;
    app.mail(mina, 3).await;
    send(&browser, &[("#login", "mina"), ("#password", new)]).await;
    sites.is_reached_by(&browser).await;

    browser.go("/logout").await;
    send(&browser, &[]).await;
    browser.arrives_at("/").await;
    browser.go(&sites.with_next("/login")).await;
    browser.click("a[href^='/sign-in-link']").await;
    send(&browser, &[("#login", "mina")]).await;
    browser.arrives_at("/sign-in-link/code").await;
    send(&browser, &[("#code", &app.mail(mina, 4).await.code())]).await;
    sites.is_reached_by(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn the_language_switch_of_a_sign_in_page_left_open_leads_on() {
    let sites = Sites::start();
    let app = TestApp::with(|config| sites.allow(config)).await;
    app.member("mina").await;
    let browser = Chromium::open_as(&app.url, chromium_setup("en", false)).await;
    browser.go(&sites.with_next("/login")).await;
    let left_open = browser.driver.window().await.unwrap();
    browser.driver.new_tab().await.map(|tab| browser.driver.switch_to_window(tab)).unwrap().await.unwrap();
    browser.sign_in("mina", false).await;
    browser.driver.switch_to_window(left_open).await.unwrap();
    browser.click("button[name=language][value=ko]").await;
    sites.is_reached_by(&browser).await;
    browser.close().await;
}
