//! The staff's pages.

use munjigi::identity::accounts::StaffActor;
use munjigi::identity::applications::NewApplication;

use super::Camera;
use crate::support::{Chromium, PASSWORD, TestApp, local_client};

const STAFF: &[(&str, &str)] = &[
    ("staff-overview", "/admin"),
    ("staff-search", "/admin/search?q=o"),
    ("staff-search-none", "/admin/search?q=nobody"),
    ("staff-users", "/admin/users"),
    ("staff-users-none", "/admin/users?q=nobody"),
    ("staff-self", "/admin/users/1"),
    ("staff-user", "/admin/users/2"),
    ("staff-groups", "/admin/groups"),
    ("staff-group", "/admin/groups/1"),
    ("staff-sessions", "/admin/sessions"),
    ("staff-audit", "/admin/audit"),
];

/// The same user as a member of staff, with users to manage.
pub async fn staff_pages(app: &TestApp, camera: &Camera<'_>) {
    let browser = camera.browser;
    app.make_staff(1).await;
    camera.go_and_take(&[("staff-groups-none", "/admin/groups")]).await;
    browser.go("/admin/groups/new").await;
    browser.click("main form[action='/admin/groups'] button").await;
    camera.take("staff-groups-refused").await;
    for name in ["Moderators", "운영진"] {
        browser.go("/admin/groups/new").await;
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
    browser.find(".note[role=status]").await;
    camera.take("staff-user-disabled").await;
}

/// Sends a form that answers with a notice, and waits for it.
async fn submit(browser: &Chromium, action: &str) {
    browser.click(&format!("main form[action='{action}'] button")).await;
    browser.find(".note[role=status]").await;
}

/// Apps of every kind.
pub async fn staff_tend_apps(app: &TestApp, camera: &Camera<'_>, name: &str) {
    let id = app.user_id(name);
    camera.go_and_take(&[("apps-empty", "/admin/apps"), ("dashboard-staff", "/dashboard")]).await;
    let groups = &app.identity.accounts.groups;
    let by = || StaffActor { id, client: local_client() };
    let cooks = groups.create(by(), "요리사 Cooks").await.unwrap();
    let long = groups.create(by(), &"longest-".repeat(7)).await.unwrap();
    groups.add_member(by(), long, id).await.unwrap();
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
        let new = NewApplication::parse(name, address, icon, &groups.into_iter().collect()).unwrap();
        app.identity.applications.create(by(), new).await.unwrap();
    }
    groups.delete(by(), cooks).await.unwrap();
    let pages = [
        ("apps", "/admin/apps"),
        ("app", "/admin/apps/4"),
        ("app-closed", "/admin/apps/6"),
        ("dashboard-apps", "/dashboard"),
    ];
    camera.go_and_take(&pages).await;
    camera.browser.go("/admin/apps/new/proxy").await;
    camera.browser.type_into("#address", "javascript:alert(1)").await;
    camera.browser.click("main section button").await;
    camera.browser.find("main [aria-invalid]").await;
    camera.take("apps-refused").await;
    app.clock.advance(16 * 60);
    camera.browser.go("/admin/apps/2").await;
    camera.browser.click("main .danger").await;
    camera.browser.find("#current_password").await;
    camera.take("apps-confirm").await;
}
