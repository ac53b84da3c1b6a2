//! Failures that any client can cause: they are limited, and the audit trail sums them.

use crate::support::{Forgery, PASSWORD, Persona, SoftPasskey, TestApp, over_both_stores};

/// Answers a login page with a passkey that no account has.
async fn forged(app: &TestApp, visitor: &Persona, page: &str, action: &str) -> u16 {
    let forgery = Forgery { credential_id: Some("AAAA".to_owned()), ..Forgery::default() };
    visitor.show_passkey(&mut SoftPasskey::new(66), &app.url, page, action, &forgery).await.status
}

async fn member_with_passkey(app: &TestApp) -> (Persona, SoftPasskey) {
    let mina = app.member("mina").await;
    let mut passkey = SoftPasskey::new(7);
    assert_eq!(mina.add_passkey(&mut passkey, &app.url, "Laptop").await.status, 200);
    app.clock.stop();
    (mina, passkey)
}

/// The rows of an event, and the sum of what they stand for.
fn recorded(app: &TestApp, event: &str) -> (i64, i64) {
    let rows = app.count(&format!("audit_events WHERE event = '{event}'"));
    let sum = app.number(&format!(
        "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS n FROM audit_repeats JOIN audit_events ON audit_events.id = event_id \
         WHERE event = '{event}'"
    ));
    (rows, sum)
}

#[tokio::test]
async fn refused_passkeys_are_limited_by_address_and_a_right_one_still_signs_in() {
    let app = TestApp::with_passkeys().await;
    let (_, mut passkey) = member_with_passkey(&app).await;
    for number in 0..40 {
        let status = forged(&app, &app.visitor(), "/login", "/login/passkey").await;
        assert_eq!(status, if number < 20 { 422 } else { 429 }, "{number}");
    }
    assert_eq!(recorded(&app, "sign_in_failed"), (1, 20));
    let own = app.visitor();
    let page = ("/login", "/login/passkey");
    let reply = own.show_passkey(&mut passkey, &app.url, page.0, page.1, &Forgery::default()).await;
    reply.assert_redirect("/dashboard");
    assert_eq!(app.visitor().post("/login", &[("login", "noa"), ("password", "guess")]).await.status, 422);
}

#[tokio::test]
async fn what_answers_no_open_challenge_is_no_failure() {
    let app = TestApp::with_passkeys().await;
    let (_, mut passkey) = member_with_passkey(&app).await;
    let visitor = app.visitor();
    let page = visitor.get("/login").await;
    let answer = passkey.show(&page, &app.url, &Forgery::default()).to_string();
    let state = crate::support::state(&page, "passkey");
    for _ in 0..30 {
        for fields in
            [[("passkey", "x"), ("passkey_state", "x")], [("passkey", &answer), ("passkey_state", "")]]
        {
            assert_eq!(visitor.post("/login/passkey", &fields).await.status, 422);
        }
    }
    app.clock.advance(601);
    let late = visitor.post("/login/passkey", &[("passkey", &answer), ("passkey_state", &state)]).await;
    late.assert_refused_whole("This page was open too long. Try again.");
    assert_eq!(recorded(&app, "sign_in_failed"), (0, 0));
    assert_eq!(app.count("users WHERE last_failure_at IS NOT NULL"), 0);
}

#[tokio::test]
async fn refused_passkeys_after_a_password_are_limited_by_account() {
    let app = TestApp::with_passkeys().await;
    let (mina, mut passkey) = member_with_passkey(&app).await;
    let place = ("/login/verify", "/login/verify/passkey");
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let visitor = app.pending_sign_in("mina").await;
        for _ in 0..3 {
            statuses.push(forged(&app, &visitor, place.0, place.1).await);
        }
    }
    assert_eq!(statuses, [&[422; 5][..], &[429; 7][..]].concat());
    assert_eq!(recorded(&app, "second_factor_failed"), (1, 5));
    // A right passkey is no guess.
    let visitor = app.pending_sign_in("mina").await;
    let reply = visitor.show_passkey(&mut passkey, &app.url, place.0, place.1, &Forgery::default()).await;
    reply.assert_redirect("/dashboard");
    let events = mina.get("/security/activity").await.find(".slim .name");
    assert_eq!(events.iter().filter(|event| *event == "Right password, but a wrong code").count(), 1);
    assert!(mina.get("/security/activity").await.text().contains(" · 5 times, last just now"));
}

#[tokio::test]
async fn refused_passkeys_of_a_step_up_are_limited_by_session() {
    let app = TestApp::with_passkeys().await;
    let (mina, mut passkey) = member_with_passkey(&app).await;
    app.clock.advance(700);
    let mut statuses = Vec::new();
    let tried = async |passkey: &mut SoftPasskey, forgery: &Forgery| {
        let asked = mina.post("/security/recovery-codes", &[]).await;
        let answer = passkey.show(&asked, &app.url, forgery).to_string();
        let state = crate::support::state(&asked, "current_passkey");
        let fields = [("current_passkey", &*answer), ("current_passkey_state", &*state)];
        mina.post("/security/recovery-codes", &fields).await
    };
    let forgery = Forgery { bad_signature: true, ..Forgery::default() };
    for _ in 0..8 {
        statuses.push(tried(&mut passkey, &forgery).await.status);
    }
    assert_eq!(statuses, [&[422; 5][..], &[429; 3][..]].concat());
    assert_eq!(recorded(&app, "second_factor_failed"), (1, 5));
    assert_eq!(tried(&mut passkey, &Forgery::default()).await.find(".codes code").len(), 10);
}

over_both_stores![the_right_password_of_a_disabled_account_is_limited_too];

async fn the_right_password_of_a_disabled_account_is_limited_too(app: TestApp) {
    app.clock.stop();
    app.member("mina").await;
    app.set_disabled(app.user_id("mina"), true).await;
    for number in 0..8 {
        let status = app.visitor().post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.status;
        assert_eq!(status, if number < 5 { 422 } else { 429 }, "{number}");
    }
    assert_eq!(recorded(&app, "sign_in_failed"), (1, 5));
}

#[tokio::test]
async fn failures_of_one_client_within_an_hour_are_one_entry() {
    let app = TestApp::with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()]
    })
    .await;
    app.clock.stop();
    let sofia = app.staff("sofia").await;
    app.member("mina").await;
    let fails = async |from: &str, agent: &'static str, login: &str| {
        let mut visitor = app.visitor();
        (visitor.forwarded_for, visitor.user_agent) = (Some(from.to_owned()), agent);
        assert_eq!(visitor.post("/login", &[("login", login), ("password", "guess")]).await.status, 422);
    };
    // Neither another name that is not there, nor another browser, nor another address of the network is another client.
    for number in 0..4 {
        fails(&format!("2001:db8:1:2::{number}"), "", &format!("nobody{number}")).await;
        fails("203.0.113.7", if number % 2 == 0 { "curl/8" } else { "" }, "mina").await;
    }
    assert_eq!(recorded(&app, "sign_in_failed"), (2, 8));
    fails("198.51.100.1", "", "mina").await;
    assert_eq!(recorded(&app, "sign_in_failed"), (3, 9));
    let rows = sofia.get("/admin/audit?event=sign_in_failed").await.find("tbody tr");
    assert!(rows[0].contains("Failed sign-in mina –") && rows[0].ends_with(" 198.51.100.1"), "{rows:?}");
    assert!(rows[1].contains("Failed sign-in mina –") && rows[1].contains("203.0.113.7 · 4 times, last 20"));
    assert!(rows[2].contains("Failed sign-in – –") && rows[2].contains(" · 4 times, last 20"), "{rows:?}");
    let place = format!("/admin/users/{}", app.user_id("mina"));
    let text = sofia.get(&place).await.text();
    assert!(text.contains("203.0.113.7 · 4 times, last ") && !text.contains("times, last 20"), "{text}");
    app.clock.advance(3_600);
    fails("203.0.113.7", "", "mina").await;
    assert_eq!(recorded(&app, "sign_in_failed"), (4, 10), "an hour later it is another entry");
    let fields = [("event", "sign_in_failed"), ("user", "mina"), ("current_password", PASSWORD)];
    let file = sofia.post("/admin/audit/export", &fields).await;
    let mut reader = csv::Reader::from_reader(file.body.as_bytes());
    let headers = reader.headers().unwrap().clone();
    assert_eq!(headers.iter().skip(9).collect::<Vec<_>>(), ["device", "request_id", "count", "last_time"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.iter().map(|row| &row[11]).collect::<Vec<_>>(), ["1", "1", "4"]);
    assert!(rows.iter().all(|row| row[12] == row[1]), "the clock stood still: {rows:?}");
    // The count goes with its entry.
    app.clock.advance(400 * 24 * 3600);
    app.purge().await;
    assert_eq!((app.count("audit_events"), app.count("audit_repeats")), (0, 0));
}
