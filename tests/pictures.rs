//! Takes a picture of every page, in both languages and themes, small and wide, into `target/pictures`: pages are judged
//! by eye. What can be checked without eyes is checked on the way.

use std::path::PathBuf;

use munjigi::identity::application::{self, NewApplication};
use munjigi::identity::group;
use munjigi::identity::near_cache::Topic;
use serde_json::json;
use thirtyfour::cdp::Cdp;

use crate::support::{Chromium, PASSWORD, TestApp, chromium_setup};

const PUBLIC: &[(&str, &str)] =
    &[("home", "/"), ("login", "/login"), ("register", "/register"), ("error", "/nowhere")];
const MEMBER: &[(&str, &str)] = &[
    ("dashboard", "/dashboard"),
    ("profile", "/profile"),
    ("delete", "/profile/delete"),
    ("sessions", "/sessions"),
    ("security", "/security"),
];

const STAFF: &[(&str, &str)] = &[
    ("staff-users", "/admin/users"),
    ("staff-users-none", "/admin/users?q=nobody"),
    ("staff-self", "/admin/users/1"),
    ("staff-user", "/admin/users/2"),
    ("staff-groups", "/admin/groups"),
    ("staff-group", "/admin/groups/1"),
    ("staff-sessions", "/admin/sessions"),
    ("staff-audit", "/admin/audit"),
];

struct Camera<'b> {
    browser: &'b Chromium,
    tools: Cdp,
    width: u32,
    prefix: String,
}

impl Camera<'_> {
    async fn show(&self, height: u32) {
        let size = json!({"width": self.width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.tools.send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
    }

    /// The whole page, however long.
    async fn take(&self, name: &str) {
        self.show(720).await;
        let script =
            "const e = document.documentElement; return [e.scrollWidth, e.clientWidth, e.scrollHeight]";
        let [wide, visible, tall]: [u32; 3] =
            self.browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap();
        assert!(wide <= visible, "{name} is {wide} wide on a screen of {visible}");
        self.show(tall).await;
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
        std::fs::create_dir_all(&folder).unwrap();
        self.browser.driver.screenshot(&folder.join(format!("{}-{name}.png", self.prefix))).await.unwrap();
    }

    async fn go_and_take(&self, pages: &[(&str, &str)]) {
        for (name, path) in pages {
            self.browser.go(path).await;
            self.take(name).await;
        }
    }
}

async fn walk(language: &'static str, theme: &str, width: u32, name: &str) {
    let app = TestApp::start().await;
    let browser = Chromium::open_as(&app.url, chromium_setup(language, true)).await;
    let tools = browser.driver.cdp();
    let wish = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
    tools.send_raw("Emulation.setEmulatedMedia", wish).await.unwrap();
    let camera = Camera { browser: &browser, tools, width, prefix: format!("{language}-{theme}-{width}") };
    camera.show(720).await;
    camera.go_and_take(PUBLIC).await;

    browser.go("/register").await;
    browser.type_into("#username", "a b").await;
    browser.type_into("#password", "password1").await;
    browser.click("main button").await;
    camera.take("refused").await;

    browser.register(name).await;
    camera.take("welcome").await;
    others_use_the_account(&app, name).await;
    camera.go_and_take(MEMBER).await;
    staff_pages(&app, &camera).await;
    staff_tend_apps(&app, &camera, name).await;
    browser.close().await;
}

/// The same person as a member of staff, with people to look after.
async fn staff_pages(app: &TestApp, camera: &Camera<'_>) {
    let browser = camera.browser;
    app.member("noa").await;
    app.make_staff(1).await;
    camera.go_and_take(&[("staff-groups-none", "/admin/groups")]).await;
    browser.click("main form[action='/admin/groups'] button").await;
    camera.take("staff-groups-refused").await;
    for name in ["Moderators", "운영진"] {
        browser.go("/admin/groups").await;
        browser.type_into("#name", name).await;
        submit(browser, "/admin/groups").await;
    }
    browser.go("/admin/groups/1").await;
    browser.type_into("#login", "noa").await;
    submit(browser, "/admin/groups/1/members").await;
    browser.go("/admin/groups/1").await;
    browser.click("input[name='board.change_post']").await;
    submit(browser, "/admin/groups/1").await;
    camera.go_and_take(STAFF).await;
    browser.go("/admin/users/2").await;
    browser.click("form[action='/admin/users/2/require-password'] button").await;
    browser.find("#link").await;
    camera.take("staff-link").await;
    let link = browser.find("#link").await.text().await.unwrap();
    browser.go(link.strip_prefix(&app.url).unwrap()).await;
    camera.take("password-reset").await;
    browser.go("/password-reset?token=x").await;
    camera.take("password-reset-over").await;
    app.clock.advance(16 * 60);
    browser.go("/admin/users/2").await;
    browser.click("form[action='/admin/users/2/disable'] button").await;
    browser.find("#current_password").await;
    camera.take("confirm").await;
    browser.type_into("#current_password", PASSWORD).await;
    browser.click("main form button").await;
    browser.find(".notice").await;
    camera.take("staff-user-disabled").await;
}

/// Sends a form that answers with a notice, and waits for it.
async fn submit(browser: &Chromium, action: &str) {
    browser.click(&format!("main form[action='{action}'] button")).await;
    browser.find(".notice").await;
}

/// Apps of every shape.
async fn staff_tend_apps(app: &TestApp, camera: &Camera<'_>, name: &str) {
    let id = app.user_id(name);
    camera.go_and_take(&[("apps-empty", "/admin/apps"), ("dashboard-staff", "/dashboard")]).await;
    let added = app.identity.db.write(move |conn| {
        let cooks = group::create(conn, "요리사 Cooks", 0)?;
        let long = group::create(conn, &"longest-".repeat(7), 0)?;
        group::add_member(conn, long, id)?;
        for (name, address, icon, groups) in [
            ("Mail", "https://mail.example.org", "📬", vec![]),
            ("Wiki", "https://wiki.example.org/start", "", vec![]),
            ("사진첩과 우리 가족의 오래된 동영상 모음", "http://192.168.1.20:8080", "", vec![long]),
            ("Kitchen", "https://kitchen.example.org", "7", vec![cooks, long]),
            (
                &"W".repeat(60),
                &format!("https://{}.example.org", "host-".repeat(9) + "x"),
                "👩🏽\u{200d}💻",
                vec![],
            ),
            ("Closed", "https://closed.example.org", "", vec![cooks]),
        ] {
            let groups = groups.into_iter().collect();
            let new =
                NewApplication::parse(name, address, icon, &groups).unwrap_or_else(|odd| panic!("{odd:?}"));
            application::create(conn, &new, 0).unwrap();
        }
        group::delete(conn, cooks)
    });
    added.await.unwrap();
    app.identity.sessions.near_cache().topics.changed(Topic::Applications);
    let pages = [
        ("apps", "/admin/apps"),
        ("app", "/admin/apps/4"),
        ("app-closed", "/admin/apps/6"),
        ("dashboard-apps", "/dashboard"),
    ];
    camera.go_and_take(&pages).await;
    camera.browser.go("/admin/apps").await;
    camera.browser.type_into("#address", "javascript:alert(1)").await;
    camera.browser.click("main section button").await;
    camera.browser.find(".problems").await;
    camera.take("apps-refused").await;
    app.clock.advance(16 * 60);
    camera.browser.go("/admin/apps/2").await;
    camera.browser.click("main .destructive").await;
    camera.browser.find("#current_password").await;
    camera.take("apps-confirm").await;
}

/// Something to see on the pages of sessions and events.
async fn others_use_the_account(app: &TestApp, name: &str) {
    let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
    let tablet = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36";
    for (user_agent, remember) in [(phone, true), (tablet, false)] {
        let mut other = app.visitor();
        other.user_agent = user_agent;
        other.post("/login", &[("login", name), ("password", "mistyped at first")]).await;
        let mut fields = vec![("login", name), ("password", PASSWORD)];
        fields.extend(remember.then_some(("remember", "yes")));
        other.post("/login", &fields).await.assert_redirect("/dashboard");
    }
}

#[tokio::test]
async fn english_wide_and_light() {
    walk("en", "light", 1000, "mina").await;
}

#[tokio::test]
async fn english_wide_and_dark() {
    walk("en", "dark", 1000, "mina").await;
}

#[tokio::test]
async fn korean_wide_and_dark() {
    walk("ko", "dark", 1280, "민아").await;
}

#[tokio::test]
async fn english_small_and_dark() {
    walk("en", "dark", 320, "a-name-of-thirty-two-characters1").await;
}

#[tokio::test]
async fn korean_small_and_light() {
    walk("ko", "light", 320, "아주길고긴이름을가진사람도있습니다").await;
}

#[tokio::test]
async fn english_on_a_tablet() {
    walk("en", "light", 768, "mina").await;
}
