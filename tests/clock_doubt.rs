//! A wrong clock deletes nothing for good.

use munjigi::identity::housekeeping;

use crate::support::{TestApp, over_both_stores};

const DAY: i64 = 24 * 3600;

over_both_stores![
    a_clock_ten_years_ahead_deletes_nothing,
    a_server_that_was_off_for_a_year_deletes_after_a_day,
    a_renewal_by_a_wrong_clock_ends_no_session,
];

async fn a_clock_ten_years_ahead_deletes_nothing(app: TestApp) {
    app.clock.stop();
    let mina = app.member("mina").await;
    let keys = app.count("key_generations");
    app.rotate_keys().await;
    housekeeping::purge(&app.identity).await;
    let (events, generations) = (app.count("audit_events"), app.count("key_generations"));
    assert!(events > 0 && generations > keys);
    app.clock.advance(3_650 * DAY);
    for _ in 0..3 {
        housekeeping::purge(&app.identity).await;
        app.clock.advance(600);
    }
    assert_eq!((app.count("audit_events"), app.count("key_generations")), (events, generations));
    app.clock.advance(-3_650 * DAY);
    housekeeping::purge(&app.identity).await;
    assert_eq!((app.count("audit_events"), app.count("key_generations")), (events, generations));
    assert!(mina.is_signed_in().await, "a session that was not used in between goes on");
    assert_eq!(app.count("marks WHERE name = 'clock_doubted'"), 0);
}

async fn a_server_that_was_off_for_a_year_deletes_after_a_day(app: TestApp) {
    app.clock.stop();
    app.member("mina").await;
    app.clock.advance(400 * DAY);
    let events = app.count("audit_events");
    for _ in 0..144 {
        housekeeping::purge(&app.identity).await;
        assert_eq!(app.count("audit_events"), events);
        app.clock.advance(600);
    }
    housekeeping::purge(&app.identity).await;
    assert_eq!(app.count("audit_events"), 0, "it is trusted after a day");
}

async fn a_renewal_by_a_wrong_clock_ends_no_session(app: TestApp) {
    app.clock.stop();
    let mina = app.visitor();
    app.member("mina").await;
    let fields = [("login", "mina"), ("password", crate::support::PASSWORD), ("remember", "yes")];
    mina.post("/login", &fields).await.assert_redirect("/dashboard");
    app.clock.advance(10 * DAY);
    assert!(mina.is_signed_in().await, "it is remembered for longer, and renewed now");
    app.clock.advance(-10 * DAY);
    assert!(mina.is_signed_in().await, "the time of its renewal cannot be, that of the sign-in can");
    app.clock.advance(60 * DAY);
    assert!(!mina.is_signed_in().await, "it still ends when it is not used");
}

#[tokio::test]
async fn mailed_links_outlive_a_wrong_clock() {
    let app = TestApp::start().await;
    app.clock.stop();
    app.member("mina").await;
    let fields = [("login", "mina@example.org")];
    app.visitor()
        .fill("/password-reset", "/password-reset", &fields)
        .await
        .assert_redirect("/password-reset/code");
    housekeeping::purge(&app.identity).await;
    let links = app.count("mail_tokens");
    assert!(links > 0);
    app.clock.advance(3_650 * DAY);
    housekeeping::purge(&app.identity).await;
    app.clock.advance(-3_650 * DAY);
    assert_eq!(app.count("mail_tokens"), links);
}
