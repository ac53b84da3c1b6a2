//! A wrong clock deletes nothing for good.

use munjigi::identity::housekeeping;
use munjigi::identity::oidc::ClientInput;

use crate::support::logout_receiver::{LogoutReceiver, Scripted};
use crate::support::relying_party::{RelyingParty, input};
use crate::support::{Sink, TestApp, over_both_stores};

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

#[tokio::test]
async fn mail_that_fails_under_a_wrong_clock_is_sent_once_that_is_right() {
    let mut sink = Sink::closed();
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    app.clock.stop();
    app.member("mina").await;
    let reset = async |asked: i64| {
        let fields = [("login", "mina")];
        app.visitor()
            .fill("/password-reset", "/password-reset", &fields)
            .await
            .assert_redirect("/password-reset/code");
        app.until_count("outbox WHERE attempts > 0 AND lease IS NULL", asked).await;
    };
    housekeeping::purge(&app.identity).await;
    reset(1).await;
    app.clock.advance(3_650 * DAY);
    // One more letter is queued by the wrong clock; every few minutes of it, both fail.
    reset(2).await;
    for attempts in 2..5 {
        app.clock.advance(300);
        app.until_count(&format!("outbox WHERE attempts >= {attempts} AND lease IS NULL"), 2).await;
    }
    sink.open();
    app.clock.advance(-3_650 * DAY - 900);
    assert_eq!(sink.until(2).await.len(), 2);
    app.until_count("outbox", 0).await;
}

#[tokio::test]
async fn what_a_wrong_clock_queued_is_given_up_a_day_after_it_is_right() {
    let sink = Sink::closed();
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    app.clock.stop();
    app.member("mina").await;
    app.purge().await;
    app.clock.advance(3_650 * DAY);
    app.visitor().post("/password-reset", &[("login", "mina")]).await;
    app.until_count("outbox WHERE attempts > 0 AND lease IS NULL", 1).await;
    app.clock.advance(-3_650 * DAY);
    let corrected =
        format!("outbox WHERE attempts > 1 AND lease IS NULL AND give_up_at <= {}", app.clock.now() + DAY);
    app.until_count(&corrected, 1).await;
    app.clock.advance(DAY - 1);
    app.purge().await;
    app.clock.advance(1);
    app.until_count("outbox", 0).await;
}

#[tokio::test]
async fn a_logout_token_that_is_refused_under_a_wrong_clock_is_delivered_once_that_is_right() {
    let (app, receiver) = (TestApp::start().await, LogoutReceiver::start());
    let form = ClientInput { backchannel_logout_uri: Some(receiver.url()), ..input("Wiki") };
    let wiki = RelyingParty::in_groups(&app, form, vec![]).await;
    app.clock.stop();
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    for member in [&mina, &noa] {
        wiki.sign_in(member, &[]).await;
    }
    housekeeping::purge(&app.identity).await;
    // An app refuses a token of ten years from now, for good.
    receiver.always(Scripted::status(400));
    mina.post("/logout", &[]).await.assert_redirect("/");
    app.until_count("oidc_logouts", 0).await;
    receiver.always(Scripted::status(503));
    noa.post("/logout", &[]).await.assert_redirect("/");
    app.until_count("oidc_logouts WHERE attempts = 1 AND lease IS NULL", 1).await;
    receiver.always(Scripted::status(400));
    app.clock.advance(3_650 * DAY);
    app.until_count("oidc_logouts WHERE attempts = 2 AND lease IS NULL", 1).await;
    receiver.forget();
    receiver.always(Scripted::status(200));
    app.clock.advance(-3_650 * DAY);
    let came = receiver.until(1).await;
    came[0].verified(&app.url, &wiki.client_id).await;
    app.until_count("oidc_logouts", 0).await;
}
