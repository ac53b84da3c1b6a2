use std::collections::{BTreeMap, BTreeSet};

use munjigi::platform::lang::Lang;

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
    for language in ["nl", "zh", "EN", "", "ko\r\nx: y"] {
        assert_eq!(app.visitor().post("/language", &[("language", language)]).await.status, 400);
    }
}

#[tokio::test]
async fn every_page_has_a_switch_that_marks_the_current_language() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for (persona, path) in [(&app.visitor(), "/"), (&app.visitor(), "/nowhere"), (&mina, "/dashboard")] {
        let page = persona.get(path).await;
        assert_eq!(page.attributes("footer button", "value"), Lang::ALL.map(Lang::code), "{path}");
        assert_eq!(page.attributes("footer button[aria-current]", "value"), ["en"], "{path}");
    }
}

const PAGES: [&str; 23] = [
    "/",
    "/login",
    "/register",
    "/password-reset",
    "/password-reset/recovery",
    "/board",
    "/nowhere",
    "/dashboard",
    "/profile",
    "/profile/delete",
    "/security",
    "/security/totp",
    "/sessions",
    "/tokens",
    "/device",
    "/admin/users",
    "/admin/users/1",
    "/admin/groups",
    "/admin/sessions",
    "/admin/audit",
    "/admin/apps",
    "/admin/apps/new",
    "/admin/apps/new/proxy",
];

#[tokio::test]
async fn every_page_is_shown_in_every_language() {
    let app = TestApp::start().await;
    let (mut visitor, mut staff) = (app.visitor(), app.staff("mina").await);
    let mut title_of: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for lang in Lang::ALL {
        staff.language = lang.code();
        visitor.language = lang.code();
        for path in PAGES {
            let asker = if PAGES[..5].contains(&path) { &visitor } else { &staff };
            let page = asker.get(path).await;
            assert_eq!(page.status, if path == "/nowhere" { 404 } else { 200 }, "{path} in {lang:?}");
            assert_eq!(page.attributes("html", "lang"), [lang.code()], "{path}");
            assert_eq!(page.attributes("footer button[aria-current]", "value"), [lang.code()], "{path}");
            let text = page.text();
            assert!(!text.contains("{ $") && !text.contains("$"), "{path} in {lang:?}: {text}");
            title_of.entry(path).or_default().extend(page.find("h1"));
        }
    }
    // German and Portuguese call apps "Apps" too.
    for (path, titles) in title_of {
        assert!(titles.len() >= 6, "{path}: {titles:?}");
    }
}

#[tokio::test]
async fn tags_of_regions_and_scripts_find_their_language() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    for (asked, lang) in [
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-Hant,en;q=0.8", "en"),
        ("pt-PT,pt;q=0.9", "pt-BR"),
        ("fr-CA,en;q=0.4", "fr"),
        ("nl,sv;q=0.9", "en"),
    ] {
        visitor.language = asked;
        assert_eq!(visitor.get("/login").await.attributes("html", "lang"), [lang], "{asked}");
    }
    for lang in Lang::ALL {
        visitor.post("/language", &[("language", lang.code()), ("next", "/")]).await.assert_redirect("/");
        assert_eq!(visitor.get("/login").await.attributes("html", "lang"), [lang.code()]);
    }
}

#[tokio::test]
async fn mails_come_in_the_chosen_language() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for (count, (lang, subject, greeting)) in [
        ("ja", "新しいデバイスからのログイン", "mina さん、こんにちは。"),
        ("zh-Hans", "新设备登录", "mina，你好："),
        ("pt-BR", "Entrada em um novo dispositivo", "Olá, mina,"),
    ]
    .into_iter()
    .enumerate()
    {
        mina.post("/language", &[("language", lang), ("next", "/")]).await;
        app.another_browser("mina").await;
        let mail = app.mail("mina@example.org", count + 1).await;
        assert_eq!((mail.subject.as_str(), mail.language.as_str()), (subject, lang));
        assert!(mail.text.contains(&format!("\n{greeting}")), "{}", mail.text);
        assert!(!mail.html.contains("keep-all"), "{lang} has no spaces to break lines at");
    }
    mina.post("/language", &[("language", "ko"), ("next", "/")]).await;
    app.another_browser("mina").await;
    assert!(app.mail("mina@example.org", 4).await.html.contains("word-break:keep-all"));
}
