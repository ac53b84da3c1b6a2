use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

#[tokio::test]
async fn the_profile_is_saved_and_shown() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let fields = [
        ("display_name", " 김 민아 "),
        ("email", "m.kim@example.org"),
        ("language", "ko"),
        ("theme", "dark"),
    ];
    mina.post("/profile", &fields).await.assert_redirect("/profile");
    let page = mina.get("/profile").await;
    assert_eq!(page.find(".note[role=status]"), ["저장했어요."]);
    let form = page.form("/profile");
    assert_eq!(form["display_name"].as_deref(), Some("김 민아"));
    assert_eq!(form["email"].as_deref(), Some("m.kim@example.org"));
    assert_eq!(page.attributes("#language option[selected]", "value"), ["ko"]);
    assert_eq!(page.attributes("input[name=theme][checked]", "value"), ["dark"]);
    assert_eq!(page.attributes("html", "data-theme"), ["dark"]);
    assert_eq!(mina.get("/dashboard").await.find(".who"), ["김 민아"]);
    app.visitor().sign_in("m.kim@example.org").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn times_are_in_the_chosen_zone_and_in_utc() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let exact = async |path: &str| mina.get(path).await.attributes("time[title]", "title");
    assert!(exact("/sessions").await.iter().all(|time| time.ends_with(":00 UTC") || time.ends_with(" UTC")));
    assert_eq!(
        mina.get("/sessions").await.attributes("script", "type"),
        ["module"],
        "it knows the browser's zone"
    );
    mina.post("/profile", &[("language", ""), ("theme", "auto"), ("time_zone", "Asia/Kathmandu")])
        .await
        .assert_redirect("/profile");
    let page = mina.get("/profile").await;
    assert_eq!(page.attributes("#time_zone option[selected]", "value"), ["Asia/Kathmandu"]);
    for path in ["/sessions", "/security"] {
        let times = exact(path).await;
        assert!(!times.is_empty() && times.iter().all(|time| time.contains(" +0545 (")), "{path}: {times:?}");
    }
    assert_eq!(mina.get("/sessions").await.attributes("script", "src"), [""; 0]);
    // A form that does not know the field leaves it.
    let fields =
        [("display_name", "Mina"), ("email", "mina@example.org"), ("language", ""), ("theme", "auto")];
    mina.post("/profile", &fields).await.assert_redirect("/profile");
    assert_eq!(app.count("users WHERE time_zone = 'Asia/Kathmandu' AND display_name = 'Mina'"), 1);
    mina.post("/profile", &[("language", ""), ("theme", "auto"), ("time_zone", "")])
        .await
        .assert_redirect("/profile");
    assert_eq!(app.count("users WHERE time_zone IS NULL"), 1);
}

#[tokio::test]
async fn what_is_typed_is_shown_as_text() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let tricky = "<b>&\"'</b><script>x</script>{{7*7}}";
    mina.fill("/profile", "/profile", &[("display_name", tricky)]).await.assert_redirect("/profile");
    for page in ["/dashboard", "/profile", "/sessions", "/security"] {
        let reply = mina.get(page).await;
        assert!(!reply.body.contains("<script>") && !reply.body.contains("<b>"), "{page}");
        assert_eq!(reply.find(".who"), [tricky], "{page}");
    }
    assert_eq!(mina.get("/profile").await.attributes("#display_name", "value"), [tricky]);
}

#[tokio::test]
async fn invalid_fields_are_reported_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.member("noa").await;
    let long = "가".repeat(61);
    for (field, value) in [
        ("display_name", long.as_str()),
        ("display_name", "a\u{202e}b"),
        ("display_name", "a\0b"),
        ("email", "nobody"),
        ("email", ""),
        ("email", "NOA@example.org"),
        ("language", "nl"),
        ("theme", "pink"),
        ("time_zone", "Asia/Pyongyang2"),
        ("time_zone", "KST"),
    ] {
        let form = match field {
            "display_name" | "email" => [("display_name", ""), ("email", "mina@example.org")],
            _ => [("language", ""), ("theme", "auto")],
        };
        let others = form.into_iter().filter(|(name, _)| *name != field);
        let reply = mina.post("/profile", &others.chain([(field, value)]).collect::<Vec<_>>()).await;
        assert_eq!(reply.status, 422, "{field}={value}");
        assert_eq!(reply.find(&format!("#{field}-problem")).len(), 1, "{field}={value}");
    }
    let form = mina.get("/profile").await.form("/profile");
    assert_eq!(
        (form["display_name"].as_deref(), form["email"].as_deref()),
        (Some(""), Some("mina@example.org"))
    );
}

#[tokio::test]
async fn unknown_fields_change_nothing() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let fields = [
        ("display_name", "x"),
        ("email", "mina@example.org"),
        ("language", ""),
        ("theme", "auto"),
        ("staff", "true"),
        ("id", "2"),
        ("username", "root"),
        ("password_hash", "x"),
        ("epoch", "0"),
        ("disabled", "true"),
    ];
    mina.post("/profile", &fields).await.assert_redirect("/profile");
    assert_eq!(app.count("users WHERE username = 'mina' AND NOT staff AND NOT disabled AND epoch > 1000"), 1);
}

over_both_stores![
    changing_the_email_requires_a_recent_proof,
    deleting_the_account_requires_a_recent_proof_and_ends_everything,
];

async fn changing_the_email_requires_a_recent_proof(app: TestApp) {
    let mina = app.member("mina").await;
    app.clock.advance(601);
    let reply =
        mina.fill("/profile", "/profile", &[("display_name", "Mina K"), ("email", "new@example.org")]).await;
    assert_eq!((reply.status, reply.find("h1")), (422, vec!["Confirm it’s you".to_owned()]));
    assert_eq!(reply.attributes("main a.button", "href"), ["/profile"], "the way back");
    assert_eq!(
        reply.form("/profile")["email"].as_deref(),
        Some("new@example.org"),
        "the form keeps the typed value"
    );
    let wrong = mina.confirm(&reply, "/profile", ("current_password", "wrong wrong")).await;
    wrong.assert_refused("current_password");
    assert_eq!(
        app.count("users WHERE email = 'mina@example.org' AND display_name = ''"),
        1,
        "all or nothing"
    );
    let before = Persona::with_cookies_of(&mina);
    mina.confirm(&wrong, "/profile", ("current_password", PASSWORD)).await.assert_redirect("/profile");
    assert_eq!(app.count("users WHERE email = 'new@example.org' AND display_name = 'Mina K'"), 1);
    assert!(
        mina.is_signed_in().await && !before.is_signed_in().await,
        "a new id after the password was typed"
    );
    mina.fill("/profile", "/profile", &[("email", "third@example.org")]).await.assert_redirect("/profile");
    app.clock.advance(601);
    mina.fill("/profile", "/profile", &[("display_name", "M")]).await.assert_redirect("/profile");
}

async fn deleting_the_account_requires_a_recent_proof_and_ends_everything(app: TestApp) {
    let mina = app.member("mina").await;
    let phone = app.another_browser("mina").await;
    let noa = app.member("noa").await;
    app.clock.advance(601);
    let asked = mina.fill("/profile/delete", "/profile/delete", &[]).await;
    assert_eq!((asked.status, asked.find("h1")), (422, vec!["Confirm it’s you".to_owned()]));
    for (password, problems) in [("wrong wrong", 1), ("", 0)] {
        let refused = mina.confirm(&asked, "/profile/delete", ("current_password", password)).await;
        assert_eq!((refused.status, refused.find(".problem").len()), (422, problems));
    }
    assert!(mina.is_signed_in().await && phone.is_signed_in().await);
    let reply = mina.confirm(&asked, "/profile/delete", ("current_password", PASSWORD)).await;
    reply.assert_redirect("/");
    assert!(reply.header("clear-site-data").contains("cache"));
    assert_eq!(mina.get("/").await.find(".note[role=status]"), ["Your account was deleted."]);
    assert!(!mina.is_signed_in().await && !phone.is_signed_in().await && noa.is_signed_in().await);
    assert_eq!(app.visitor().post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.status, 422);
    app.execute("DELETE FROM retired_names");
    app.member("mina").await;
    assert!(!phone.is_signed_in().await, "a new account of the same name is another one");
}

#[tokio::test]
async fn a_recent_sign_in_deletes_the_account_at_once_but_not_by_a_wrong_password() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    mina.post("/profile/delete", &[("current_password", "wrong wrong")])
        .await
        .assert_refused("current_password");
    assert_eq!(app.count("users"), 1);
    mina.fill("/profile/delete", "/profile/delete", &[]).await.assert_redirect("/");
    assert_eq!(app.count("users"), 0);
}

#[tokio::test]
async fn each_form_changes_only_what_it_holds() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    mina.post("/profile", &[("language", "ko"), ("theme", "dark"), ("time_zone", "Asia/Seoul")])
        .await
        .assert_redirect("/profile");
    mina.post("/profile", &[("display_name", "Mina"), ("email", "mina@example.org")])
        .await
        .assert_redirect("/profile");
    let stored = "users WHERE language = 'ko' AND theme = 'dark' AND time_zone = 'Asia/Seoul' AND display_name = 'Mina' AND email = 'mina@example.org'";
    assert_eq!(app.count(stored), 1);
    let asked = mina.get("/profile/delete").await;
    assert!(asked.text().contains("탈퇴한 회원"), "posts stay: {}", asked.text());
}
