use std::time::{Duration, Instant};

use crate::support::{PASSWORD, Persona, Reply, TestApp, over_both_stores};

over_both_stores![
    in_by_username_or_email_and_out_again,
    a_copied_cookie_is_dead_after_sign_out,
    signing_in_gives_a_new_id_and_ends_the_one_before,
    the_idle_limit_slides_and_the_absolute_limit_does_not,
    remember_me_lasts_for_weeks_and_slides_by_itself,
];

async fn in_by_username_or_email_and_out_again(app: TestApp) {
    app.member("mina").await;
    for login in ["mina", "MINA", "mina@example.org", " Mina@Example.org ", "mіna"] {
        let browser = app.visitor();
        browser
            .fill("/login", "/login", &[("login", login), ("password", PASSWORD)])
            .await
            .assert_redirect("/dashboard");
        assert!(browser.is_signed_in().await, "{login}");
        let out = browser.fill("/dashboard", "/logout", &[]).await;
        out.assert_redirect("/");
        assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
        assert!(!browser.is_signed_in().await);
        assert_eq!(browser.cookie("munjigi"), None);
    }
}

async fn a_copied_cookie_is_dead_after_sign_out(app: TestApp) {
    let mina = app.member("mina").await;
    let thief = Persona::with_cookies_of(&mina);
    assert!(thief.is_signed_in().await);
    mina.post("/logout", &[]).await.assert_redirect("/");
    let reply = thief.get("/dashboard").await;
    reply.assert_redirect("/login?next=%2Fdashboard");
    assert_eq!(thief.get("/login").await.find(".note[role=status]"), ["You were signed out. Sign in again."]);
}

async fn signing_in_gives_a_new_id_and_ends_the_one_before(app: TestApp) {
    let mina = app.member("mina").await;
    let before = Persona::with_cookies_of(&mina);
    mina.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.assert_redirect("/dashboard");
    assert_ne!(before.cookie("munjigi"), mina.cookie("munjigi"));
    assert!(mina.is_signed_in().await && !before.is_signed_in().await);
}

async fn the_idle_limit_slides_and_the_absolute_limit_does_not(app: TestApp) {
    let mina = app.member("mina").await;
    app.clock.advance(7_100);
    let first = mina.get("/dashboard").await;
    assert_eq!(first.status, 200);
    assert!(!first.headers.contains_key("set-cookie"), "the session keeps its id and the browser its cookie");
    for _ in 0..5 {
        app.clock.advance(7_000);
        assert!(mina.is_signed_in().await, "used every two hours, it lives on");
    }
    app.clock.advance(43_200 - 7_100 - 35_000 + 1);
    assert!(!mina.is_signed_in().await, "twelve hours after sign-in it is over");

    let noa = app.member("noa").await;
    app.clock.advance(7_201);
    assert!(!noa.is_signed_in().await, "unused for two hours, it is over");
}

async fn remember_me_lasts_for_weeks_and_slides_by_itself(app: TestApp) {
    app.member("mina").await;
    let browser = app.visitor();
    let fields = [("login", "mina"), ("password", PASSWORD), ("remember", "yes")];
    let reply = browser.fill("/login", "/login", &fields).await;
    assert!(session_cookie(&reply).unwrap().contains("Max-Age=1209600"));
    app.clock.advance(6 * 86_400);
    let early = browser.get("/dashboard").await;
    assert_eq!(
        (early.status, session_cookie(&early)),
        (200, None),
        "less than half is gone: nothing is written"
    );
    app.clock.advance(2 * 86_400);
    let late = browser.get("/dashboard").await;
    assert!(session_cookie(&late).unwrap().contains("Max-Age=1209600"), "past half the cookie is renewed");
    app.clock.advance(13 * 86_400);
    assert!(browser.is_signed_in().await, "three weeks after sign-in");
    for _ in 0..6 {
        app.clock.advance(11 * 86_400);
        browser.get("/dashboard").await;
    }
    assert!(browser.is_signed_in().await, "on day 87");
    app.clock.advance(4 * 86_400);
    assert!(!browser.is_signed_in().await, "ninety days end it, however much it is used");
}

fn session_cookie(reply: &Reply) -> Option<String> {
    let lines = reply.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned());
    lines.into_iter().find(|line| line.starts_with("munjigi="))
}

#[tokio::test]
async fn without_remember_me_the_cookie_goes_with_the_browser() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let reply = app.visitor().sign_in("mina").await;
    let cookie = session_cookie(&reply).unwrap();
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Expires"), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
}

#[tokio::test]
async fn a_refused_sign_in_never_says_which_half_was_wrong() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let of = async |login: &str| {
        app.visitor().fill("/login", "/login", &[("login", login), ("password", "wrong wrong wrong")]).await
    };
    let (known, unknown) = (of("mina").await, of("zora").await);
    known.assert_refused_whole("Wrong username or password");
    let shown = |reply: &Reply, name| reply.body_without_ids().replace(name, "NAME");
    assert_eq!(shown(&known, "mina"), shown(&unknown, "zora"));
    assert_eq!(known.attributes("#login", "value"), ["mina"]);
    assert_eq!(known.attributes("#password", "value"), [""]);
    assert!(!known.body.contains("wrong wrong wrong"));
}

#[tokio::test]
async fn unknown_users_take_as_long_as_known_ones() {
    let app = TestApp::with(|config| config.bcrypt_cost = 9).await;
    app.member("mina").await;
    let time = async |login: String| {
        let visitor = app.visitor();
        let started = Instant::now();
        visitor.post("/login", &[("login", &login), ("password", "wrong wrong wrong")]).await;
        started.elapsed()
    };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..9 {
        known.push(time("mina".to_owned()).await);
        unknown.push(time(format!("zora{round}x")).await);
        app.clock.advance(901);
    }
    known.sort();
    unknown.sort();
    let (known, unknown) = (known[4], unknown[4]);
    assert!(known > Duration::from_millis(5), "there was something to measure: {known:?}");
    let gap = known.abs_diff(unknown);
    assert!(gap < known / 2, "medians: known {known:?}, unknown {unknown:?}");
}

#[tokio::test]
async fn empty_fields_are_reported_separately() {
    let app = TestApp::start().await;
    let reply = app.visitor().fill("/login", "/login", &[]).await;
    reply.assert_refused("login");
    reply.assert_refused("password");
}

#[tokio::test]
async fn after_sign_in_one_lands_on_the_page_that_was_asked_for() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let browser = app.visitor();
    let reply = browser.get("/sessions?x=1").await;
    reply.assert_redirect("/login?next=%2Fsessions%3Fx%3D1");
    let reply =
        browser.fill(reply.header("location"), "/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    reply.assert_redirect("/sessions?x=1");
}

#[tokio::test]
async fn a_refused_form_keeps_its_destination() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let reply = app
        .visitor()
        .fill("/login?next=/security", "/login", &[("login", "mina"), ("password", "nope nope")])
        .await;
    assert_eq!(reply.form("/login")["next"].as_deref(), Some("/security"));
}

#[tokio::test]
async fn sign_in_never_leads_off_the_site() {
    let app = TestApp::start().await;
    app.member("mina").await;
    for wanted in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "%2F%2Fevil.example",
    ] {
        for name in ["next", "rd"] {
            let page = format!(
                "/login?{name}={}",
                percent_encoding::utf8_percent_encode(wanted, percent_encoding::NON_ALPHANUMERIC)
            );
            let reply =
                app.visitor().fill(&page, "/login", &[("login", "mina"), ("password", PASSWORD)]).await;
            assert_eq!(reply.status, 303);
            assert!(
                !reply.header("location").contains("evil") || reply.header("location").starts_with("/%2F"),
                "{wanted}"
            );
            assert!(!reply.header("location").contains("javascript"));
        }
    }
}

#[tokio::test]
async fn a_disabled_user_learns_of_it_only_with_the_right_password() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.execute("UPDATE users SET disabled = TRUE, epoch = epoch + 1");
    assert!(!mina.is_signed_in().await);
    let right = app.visitor().sign_in("mina").await;
    right.assert_refused_whole("disabled");
    let wrong = app.visitor().post("/login", &[("login", "mina"), ("password", "guess")]).await;
    assert!(wrong.status == 422 && !wrong.text().contains("disabled"));
}

#[tokio::test]
async fn a_hash_of_another_cost_is_renewed_at_sign_in() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let digest_hash = |cost: u32| format!("users WHERE password_hash LIKE '$2b$0{cost}$%'");
    let dearer = TestApp::with(|config| {
        config.database = app.config.database.clone();
        config.data_dir = app.config.data_dir.clone();
        config.bcrypt_cost = 5;
    })
    .await;
    assert_eq!(app.count(&digest_hash(4)), 1);
    dearer.visitor().sign_in("mina").await.assert_redirect("/dashboard");
    assert_eq!((app.count(&digest_hash(4)), app.count(&digest_hash(5))), (0, 1));
    dearer.visitor().sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn signing_out_works_without_a_session_and_never_by_get() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    visitor.post("/logout", &[]).await.assert_redirect("/");
    visitor.set_cookie("munjigi", "forged.forged");
    visitor.post("/logout", &[]).await.assert_redirect("/");
    let mina = app.member("mina").await;
    assert_eq!(mina.get("/logout").await.status, 200, "it only asks");
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn forged_and_broken_cookies_open_nothing() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let good = mina.cookie("munjigi").unwrap();
    let (id, signature) = good.split_once('.').unwrap();
    let other = app.member("noa").await.cookie("munjigi").unwrap();
    for forged in [
        "",
        ".",
        id,
        &format!("{id}."),
        &format!(".{signature}"),
        &format!("{other}.{signature}"),
        &good[..good.len() - 1],
        &format!("{id}.{}", other.split_once('.').unwrap().1),
        &good.to_uppercase(),
        &format!("{good}={good}"),
        &"a".repeat(4_000),
        &format!("\"{good}\""),
        &good.replacen('.', "%2E", 1),
    ] {
        let thief = app.visitor();
        thief.set_cookie("munjigi", forged);
        assert!(!thief.is_signed_in().await, "{forged}");
    }
    let doubled = app.visitor();
    let port = app.url.rsplit(':').next().unwrap();
    doubled.set_cookie("munjigi", &format!("{good}; munjigi-{port}={other}"));
    assert!(!doubled.is_signed_in().await, "two cookies of one name are none");
}

#[tokio::test]
async fn registering_while_signed_in_ends_the_session_before() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let before = Persona::with_cookies_of(&mina);
    let fields = [("username", "noa"), ("email", "noa@example.org"), ("password", PASSWORD)];
    mina.post("/register", &fields).await.assert_redirect("/dashboard");
    assert!(mina.get("/dashboard").await.find(".who") == ["noa"]);
    assert!(!before.is_signed_in().await);
}
