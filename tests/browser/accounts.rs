//! The main flows in a real Chromium, over both stores.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::support::chromium_setup as setup;
use crate::support::{Chromium, PASSWORD, TestApp, over_both_stores};

over_both_stores![
    register_visit_every_page_and_sign_out,
    sign_in_leads_to_the_page_that_was_asked_for,
    remember_me_survives_a_restart_of_the_browser,
    without_remember_me_a_restart_signs_out,
    ending_another_browsers_session_signs_it_out_at_its_next_click,
    write_edit_and_delete_a_post,
    korean_without_scripts,
];

#[tokio::test]
async fn times_are_in_the_zone_of_the_browser_unless_another_was_chosen() {
    let app = TestApp::start().await;
    let browser = Chromium::open(&app.url).await;
    let zone = json!({"timezoneId": "Asia/Seoul"});
    browser.driver.cdp().send_raw("Emulation.setTimezoneOverride", zone).await.unwrap();
    browser.go("/register").await;
    browser.register("mina").await;
    let exact = async || {
        browser.go("/sessions").await;
        browser.find("time").await.attr("title").await.unwrap().unwrap()
    };
    let shown = exact().await;
    assert!(shown.contains(" GMT+9 (") && shown.ends_with(" UTC)"), "{shown}");
    // By the list on the profile page, and back.
    for (choice, part) in [("America/Lima", " -05 ("), ("", " GMT+9 (")] {
        browser.go("/profile").await;
        browser.click(&format!("#time_zone option[value='{choice}']")).await;
        browser.click("form:has(#time_zone) button").await;
        browser.find(".note[role=status]").await;
        let shown = exact().await;
        assert!(shown.contains(part) && shown.ends_with(" UTC)"), "{shown}");
    }
    browser.close().await;
}

/// The times of the page and their titles, without the names of zones, which a browser gives in its own way.
async fn times(browser: &Chromium) -> Vec<String> {
    let script = "return [...document.querySelectorAll('time[datetime]')].map((time) =>
        `${time.textContent} | ${time.title.replace(/ [^ ]+ \\(/, ' (')}`);";
    let found: Vec<String> = browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap();
    assert!(!found.is_empty());
    found
}

#[tokio::test]
async fn a_browser_shows_times_in_its_zone_as_the_server_does_in_a_chosen_one() {
    let app = TestApp::start().await;
    let browser = Chromium::open(&app.url).await;
    browser.register("mina").await;
    let id = app.user_id("mina");
    let year = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
    // Beside clock changes and at the turn of the year, where the days of zones differ; with and without a year.
    for (number, at) in [
        format!("{year}-12-31T20:00:00Z"),
        format!("{}-12-31T20:00:00Z", year - 1),
        format!("{}-01-01T02:00:00Z", year - 1),
        format!("{year}-07-01T23:30:00Z"),
        format!("{}-09-03T05:15:00Z", year - 2),
        format!("{}-03-09T03:00:00Z", year + 1),
    ]
    .iter()
    .enumerate()
    {
        let at = at.parse::<jiff::Timestamp>().unwrap().as_second();
        app.execute(&format!(
            "INSERT INTO api_tokens (user_id, hash, name, scope, by_password, created_at, expires_at) \
             VALUES ({id}, 'h{number}', 't{number}', 'profile:read', false, {at}, {at})"
        ));
    }
    let chooses = async |language: &str, zone: &str| {
        let sql = format!("UPDATE users SET language = '{language}', time_zone = {zone} WHERE id = {id}");
        app.write_user(id, sql).await;
        browser.go("/tokens").await;
        times(&browser).await
    };
    for zone in ["Asia/Seoul", "Asia/Kathmandu", "America/St_Johns", "Europe/London", "Australia/Lord_Howe"] {
        let wanted = json!({"timezoneId": zone});
        browser.driver.cdp().send_raw("Emulation.setTimezoneOverride", wanted).await.unwrap();
        for language in ["en", "ko", "ja", "zh-Hans", "de", "fr", "es", "pt-BR"] {
            let by_browser = chooses(language, "NULL").await;
            let by_server = chooses(language, &format!("'{zone}'")).await;
            assert_eq!(by_browser, by_server, "{zone} in {language}");
        }
    }
    browser.close().await;
}

async fn register_visit_every_page_and_sign_out(app: TestApp) {
    let browser = Chromium::open(&app.url).await;
    browser.go("/").await;
    browser.click("a.button[href='/register']").await;
    browser.register("mina").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), "Apps");
    for path in ["/profile", "/sessions", "/security", "/tokens", "/security/connected-apps"] {
        browser.choose(path).await;
        browser.arrives_at(path).await;
        assert!(!browser.find("h1").await.text().await.unwrap().is_empty());
    }
    browser.choose("/profile").await;
    browser.click("a[href='/profile/delete']").await;
    browser.arrives_at("/profile/delete").await;

    browser.sign_out().await;
    browser.arrives_at("/").await;
    assert!(browser.text().await.contains("You’re signed out."));
    for _ in 0..3 {
        browser.driver.back().await.unwrap();
        let text = browser.text().await;
        assert!(!text.contains("mina"), "the back button shows nothing of the account: {text}");
    }
    browser.close().await;
}

async fn sign_in_leads_to_the_page_that_was_asked_for(app: TestApp) {
    app.member("mina").await;
    let browser = Chromium::open(&app.url).await;
    browser.go("/security").await;
    browser.arrives_at("/login").await;
    browser.type_into("#login", "mina").await;
    browser.type_into("#password", "not the password").await;
    browser.click("main button").await;
    assert!(browser.find(".note.bad").await.text().await.unwrap().contains("Wrong username"));
    browser.type_into("#password", PASSWORD).await;
    browser.find("#password").await.send_keys(Key::Enter).await.unwrap();
    browser.arrives_at("/security").await;
    browser.close().await;
}

async fn remember_me_survives_a_restart_of_the_browser(app: TestApp) {
    app.member("mina").await;
    let browser = Chromium::open(&app.url).await;
    browser.sign_in("mina", true).await;
    let browser = browser.restart().await;
    browser.go("/dashboard").await;
    browser.arrives_at("/dashboard").await;
    browser.close().await;
}

async fn without_remember_me_a_restart_signs_out(app: TestApp) {
    app.member("mina").await;
    let browser = Chromium::open(&app.url).await;
    browser.sign_in("mina", false).await;
    let browser = browser.restart().await;
    browser.go("/dashboard").await;
    browser.arrives_at("/login").await;
    browser.close().await;
}

async fn ending_another_browsers_session_signs_it_out_at_its_next_click(app: TestApp) {
    app.member("mina").await;
    let (laptop, phone) = (Chromium::open(&app.url).await, Chromium::open(&app.url).await);
    laptop.sign_in("mina", false).await;
    phone.sign_in("mina", false).await;
    laptop.choose("/sessions").await;
    laptop.arrives_at("/sessions").await;
    // The most recently used other session comes right after this one.
    laptop.click(".session:nth-child(2) button").await;
    laptop.find(".note[role=status]").await;
    phone.choose("/profile").await;
    phone.arrives_at("/login").await;
    assert!(phone.text().await.contains("You were signed out."));
    laptop.choose("/profile").await;
    laptop.arrives_at("/profile").await;
    laptop.close().await;
    phone.close().await;
}

async fn write_edit_and_delete_a_post(app: TestApp) {
    let browser = Chromium::open(&app.url).await;
    browser.go("/board").await;
    browser.click(".head .acts a").await;
    browser.arrives_at("/login").await;
    app.member("mina").await;
    browser.type_into("#login", "mina").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main button").await;
    browser.arrives_at("/board/new").await;
    browser.type_into("#title", "봄 소풍").await;
    browser.type_into("#body", "first line\n  second <b>line</b>").await;
    browser.click("main form button").await;
    browser.arrives_at("/board/1").await;
    assert!(
        browser.text().await.contains("first line\n  second <b>line</b>"),
        "spaces and line breaks are preserved"
    );
    browser.click("a[href='/board/1/edit']").await;
    browser.arrives_at("/board/1/edit").await;
    browser.type_into("#title", " 안내").await;
    browser.click("main form button").await;
    browser.arrives_at("/board/1").await;
    let text = browser.text().await;
    assert!(text.contains("봄 소풍 안내") && text.contains("edited just now") && text.contains("  second"));
    browser.click("a[href='/board/1/delete']").await;
    browser.arrives_at("/board/1/delete").await;
    browser.click("button.danger.sure").await;
    browser.arrives_at("/board").await;
    assert!(browser.text().await.contains("Nothing posted yet"));
    browser.close().await;
}

async fn korean_without_scripts(app: TestApp) {
    let browser = Chromium::open_as(&app.url, setup("ko", false)).await;
    browser
        .driver
        .goto("data:text/html,<title>off</title><script>document.title='on'</script>")
        .await
        .unwrap();
    assert_eq!(browser.driver.title().await.unwrap(), "off", "scripts are really off");
    browser.go("/register").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), "계정 만들기");
    browser.register("민아").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), "앱");
    browser.click("footer button[value=en]").await;
    browser.find("html[lang=en]").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), "Apps");
    browser.go("/security/password").await;
    browser.type_into("#current_password", PASSWORD).await;
    browser.type_into("#new_password", "orchard 계단 velvet seven").await;
    browser.click("main form button").await;
    assert!(
        browser.find(".note[role=status]").await.text().await.unwrap().contains("Your password was changed.")
    );
    browser.sign_out().await;
    browser.arrives_at("/").await;
    browser.close().await;
}

#[tokio::test]
async fn staff_disable_someone_whose_open_browser_is_signed_out_at_the_next_click() {
    let app = TestApp::start().await;
    let open = Chromium::open(&app.url).await;
    open.register("mina").await;
    app.staff("sofia").await;
    let staff = Chromium::open(&app.url).await;
    staff.sign_in("sofia", false).await;
    staff.click(".bar nav a[href='/admin']").await;
    staff.click(".side a[href='/admin/users']").await;
    staff.type_into("#q", "mina").await;
    staff.click("main form[role=search] button").await;
    let place = format!("/admin/users/{}", app.user_id("mina"));
    // The search results, not the page with the search field.
    staff.find("tbody tr:only-child").await;
    staff.click(&format!("tbody a[href='{place}']")).await;
    staff.click(&format!("form[action='{place}/disable'] button")).await;
    staff.click("main .danger.sure").await;
    staff.find("h1 .badge.bad").await;
    open.choose("/sessions").await;
    open.arrives_at("/login").await;
    assert!(open.find(".note[role=status]").await.text().await.unwrap().contains("You were signed out."));
    staff.close().await;
    open.close().await;
}

#[tokio::test]
async fn a_moderator_edits_what_another_member_only_reads() {
    let app = TestApp::start().await;
    let author = app.member("author").await;
    author
        .post("/board/new", &[("title", "Picnic"), ("body", "On Saturday")])
        .await
        .assert_redirect("/board/1");
    let browser = Chromium::open(&app.url).await;
    browser.register("mina").await;
    browser.click("nav a[href='/board']").await;
    browser.click("main a[href='/board/1']").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), "Picnic");
    assert!(
        !browser.driver.source().await.unwrap().contains("/board/1/edit"),
        "no button for another member"
    );

    let sofia = app.staff("sofia").await;
    sofia.post("/admin/groups", &[("name", "Moderators")]).await.assert_redirect("/admin/groups/1");
    let permissions = [("name", "Moderators"), ("board.change_post", "yes")];
    sofia.post("/admin/groups/1", &permissions).await.assert_redirect("/admin/groups/1");
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");

    browser.go("/board/1").await;
    browser.click("a[href='/board/1/edit']").await;
    browser.type_into("#title", " on Sunday").await;
    browser.click("main form button").await;
    browser.find(".note[role=status]").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), "Picnic on Sunday");
    assert!(
        !browser.driver.source().await.unwrap().contains("/board/1/delete"),
        "that is another permission"
    );
    browser.close().await;
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let browser = Chromium::open(&app.url).await;
    browser.go("/login").await;
    let press = async |keys: &str| browser.driver.action_chain().send_keys(keys).perform().await.unwrap();
    let focused = async || browser.driver.active_element().await.unwrap();
    // There is nothing to skip on a way in.
    press(&Key::Tab.value().to_string()).await;
    assert_eq!(focused().await.id().await.unwrap().as_deref(), Some("login"));
    press("mina").await;
    press(&Key::Tab.value().to_string()).await;
    press(PASSWORD).await;
    press(&Key::Enter.value().to_string()).await;
    browser.arrives_at("/dashboard").await;
    press(&Key::Tab.value().to_string()).await;
    assert_eq!(focused().await.attr("class").await.unwrap().as_deref(), Some("skip"));
    browser.close().await;
}

#[tokio::test]
async fn the_browser_finds_nothing_against_the_policy() {
    let app = TestApp::start().await;
    let browser = Chromium::open(&app.url).await;
    browser.register("mina").await;
    for path in ["/dashboard", "/profile", "/sessions", "/security", "/board", "/board/new", "/nowhere"] {
        browser.go(path).await;
        let script = "const style = getComputedStyle(document.querySelector('main')); return style.display";
        let display: String = browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap();
        assert_eq!(display, "flex", "the style sheet of {path} is there");
        let cookies: String =
            browser.driver.execute("return document.cookie", vec![]).await.unwrap().convert().unwrap();
        assert_eq!(cookies, "", "no script sees a cookie");
    }
    browser.close().await;
}

#[tokio::test]
async fn the_chosen_theme_is_worn() {
    let app = TestApp::start().await;
    let browser = Chromium::open(&app.url).await;
    browser.register("mina").await;
    let background = async || -> String {
        let script = "return getComputedStyle(document.body).backgroundColor";
        browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap()
    };
    let mut seen = Vec::new();
    for theme in ["dark", "light"] {
        browser.go("/profile").await;
        browser.click(&format!("input[name=theme][value={theme}]")).await;
        browser.click("section[aria-labelledby=looks] button").await;
        browser.find(&format!("html[data-theme={theme}]")).await;
        seen.push(background().await);
    }
    assert_eq!(seen, ["rgb(15, 20, 18)", "rgb(245, 247, 246)"]);
    browser.close().await;
}
