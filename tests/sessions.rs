use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

over_both_stores![
    every_session_is_listed_with_device_address_and_time,
    ending_one_ends_that_one_only,
    ending_this_one_signs_out,
    ending_all_others_leaves_this_one_under_a_new_id,
    no_user_ends_another_users_session,
    last_seen_is_gathered_and_shown,
    a_request_in_flight_never_revives_an_ended_session,
    the_two_hundred_and_first_session_ends_the_one_unseen_longest,
];

async fn every_session_is_listed_with_device_address_and_time(app: TestApp) {
    let mina = app.member("mina").await;
    let mut phone = app.visitor();
    phone.user_agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
    phone
        .fill("/login", "/login", &[("login", "mina"), ("password", PASSWORD), ("remember", "yes")])
        .await
        .assert_redirect("/dashboard");
    app.member("noa").await;
    let page = mina.get("/sessions").await;
    assert_eq!(page.find(".session h2"), ["Firefox on Linux This device", "Safari on iPhone"]);
    assert_eq!(page.find(".session:nth-child(1) .meta > span")[0], "Active now");
    let other = ["just now", "Signed in just now", "127.0.0.1"];
    assert_eq!(page.find(".session:nth-child(2) .meta > span"), other);
}

async fn ending_one_ends_that_one_only(app: TestApp) {
    let mina = app.member("mina").await;
    let phone = app.another_browser("mina").await;
    let tablet = app.another_browser("mina").await;
    let key = key_of(&phone).await;
    mina.fill("/sessions", &format!("/sessions/{key}/end"), &[]).await.assert_redirect("/sessions");
    let page = mina.get("/sessions").await;
    assert_eq!(page.find(".note[role=status]"), ["Signed out “Firefox on Linux”."]);
    assert_eq!(page.find(".session").len(), 2);
    assert!(!phone.is_signed_in().await);
    assert!(mina.is_signed_in().await && tablet.is_signed_in().await);
}

async fn ending_this_one_signs_out(app: TestApp) {
    let mina = app.member("mina").await;
    let key = key_of(&mina).await;
    mina.fill("/sessions", &format!("/sessions/{key}/end"), &[]).await.assert_redirect("/");
    assert!(!mina.is_signed_in().await);
}

async fn ending_all_others_leaves_this_one_under_a_new_id(app: TestApp) {
    let mina = app.member("mina").await;
    let before = Persona::with_cookies_of(&mina);
    let others = [app.another_browser("mina").await, app.another_browser("mina").await];
    let noa = app.member("noa").await;
    mina.fill("/sessions", "/sessions/end-others", &[]).await.assert_redirect("/sessions");
    let page = mina.get("/sessions").await;
    assert_eq!(page.find(".session").len(), 1);
    assert!(page.find("form[action$=end-others]").is_empty(), "there is nothing left to end");
    assert!(mina.is_signed_in().await && noa.is_signed_in().await);
    for other in others {
        assert!(!other.is_signed_in().await);
    }
    assert!(!before.is_signed_in().await, "the id from before is dead");
}

async fn no_user_ends_another_users_session(app: TestApp) {
    let mina = app.member("mina").await;
    let noa = app.member("noa").await;
    let key = key_of(&noa).await;
    for path in [
        format!("/sessions/{key}/end"),
        format!("/sessions/{}/end", "A".repeat(43)),
        "/sessions/x/end".to_owned(),
        "/sessions/%00/end".to_owned(),
    ] {
        assert_eq!(mina.post(&path, &[]).await.status, 404, "{path}");
    }
    assert!(noa.is_signed_in().await);
}

async fn last_seen_is_gathered_and_shown(app: TestApp) {
    let mina = app.member("mina").await;
    let phone = app.another_browser("mina").await;
    app.clock.advance(3_000);
    assert!(phone.is_signed_in().await);
    app.clock.advance(600);
    let page = mina.get("/sessions").await;
    assert_eq!(page.find(".session:nth-child(2) time")[0], "10 minutes ago");
    assert_eq!(page.find(".session:nth-child(2) time")[1], "1 hour ago");
}

async fn a_request_in_flight_never_revives_an_ended_session(app: TestApp) {
    for _ in 0..20 {
        let mina = app.visitor();
        if app.count("users") == 0 {
            mina.register("mina").await
        } else {
            mina.sign_in("mina").await.assert_redirect("/dashboard")
        }
        let thief = Persona::with_cookies_of(&mina);
        // Past half of the idle limit, each of these requests writes the session.
        app.clock.advance(3_700);
        let writes = futures_util::future::join_all((0..20).map(|_| thief.get("/dashboard")));
        let (out, _) = tokio::join!(mina.post("/logout", &[]), writes);
        out.assert_redirect("/");
        let after = app.visitor();
        after.set_cookie("munjigi", &thief.cookie("munjigi").unwrap_or_default());
        assert!(!after.is_signed_in().await);
    }
}

async fn the_two_hundred_and_first_session_ends_the_one_unseen_longest(app: TestApp) {
    let first = app.member("mina").await;
    app.clock.advance(5);
    let second = app.another_browser("mina").await;
    for _ in 2..200 {
        app.clock.advance(1);
        app.another_browser("mina").await;
    }
    assert!(second.is_signed_in().await);
    assert_eq!(second.get("/sessions").await.find(".session").len(), 200);
    app.clock.advance(1);
    app.another_browser("mina").await;
    assert!(!first.is_signed_in().await);
    assert!(second.is_signed_in().await);
}

/// The key of a persona's own session, as the page shows it.
async fn key_of(persona: &Persona) -> String {
    let action = persona.get("/sessions").await.attributes(".session.now form", "action").remove(0);
    action.trim_start_matches("/sessions/").trim_end_matches("/end").to_owned()
}

#[tokio::test]
async fn a_session_key_opens_nothing() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let key = key_of(&mina).await;
    let cookie = mina.cookie("munjigi").unwrap();
    let signature = cookie.split_once('.').unwrap().1;
    let thief = app.visitor();
    thief.set_cookie("munjigi", &format!("{key}.{signature}"));
    assert!(!thief.is_signed_in().await);
    assert!(
        !mina.get("/sessions").await.body.contains(cookie.split_once('.').unwrap().0),
        "the id is on no page"
    );
}
