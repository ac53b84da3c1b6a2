//! Two nodes on one database, and requests to both at the same time: what may happen once happens once.

use futures_util::future::join_all;
use munjigi::identity::audit::Event;

use crate::support::{ApiClient, PASSWORD, Persona, TestApp, local_client};

const AT_ONCE: usize = 24;

/// Another node of the same service.
async fn another_node(of: &TestApp) -> TestApp {
    let (database, data) = (of.config.database.clone(), of.config.data_dir.clone());
    TestApp::with(|config| {
        config.database = database;
        config.data_dir = data;
    })
    .await
}

/// The addresses of two nodes, in turn.
fn alternating<'u>(here: &'u TestApp, there: &'u TestApp) -> impl Iterator<Item = &'u str> {
    [&*here.url, &*there.url].into_iter().cycle().take(AT_ONCE)
}

#[tokio::test]
async fn one_refresh_token_has_one_successor() {
    let here = TestApp::start().await;
    let there = another_node(&here).await;
    here.member("mina").await;
    let mut phone = here.client_of("mina").await;
    for round in 1..=5 {
        let token = phone.refresh.clone();
        let uses = alternating(&here, &there).map(|url| {
            let (client, token) = (ApiClient::new(url), token.clone());
            async move { client.try_refresh(&token).await }
        });
        let answers = join_all(uses).await;
        let next = answers[0].json()["refresh_token"].clone();
        for answer in &answers {
            assert_eq!((answer.status, &answer.json()["refresh_token"]), (200, &next));
        }
        assert_eq!(here.number("SELECT max(generation) AS n FROM refresh_tokens"), round);
        phone.keep(&answers[0]);
    }
    assert!(phone.is_signed_in().await);
    assert_eq!(here.count("audit_events WHERE event = 'refresh_reused'"), 0, "no false alarm");
}

#[tokio::test]
async fn a_mailed_link_sets_one_password() {
    let here = TestApp::start().await;
    let there = another_node(&here).await;
    here.member("mina").await;
    let visitor = here.visitor();
    visitor.post("/password-reset", &[("login", "mina")]).await;
    let link = here.mail("mina@example.org", 1).await.path(&here);
    let token = link.split('=').nth(1).unwrap();
    let uses = alternating(&here, &there).enumerate().map(|(number, url)| {
        let (visitor, password) = (Persona::new(url), format!("lantern {number} 강물 forty"));
        async move {
            visitor.post("/password-reset", &[("token", token), ("new_password", &password)]).await.status
        }
    });
    let answers = join_all(uses).await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| [303, 410].contains(status)), "{answers:?}");
    assert_eq!(here.count("audit_events WHERE event = 'password_reset'"), 1);
}

#[tokio::test]
async fn no_more_than_five_wrong_codes_count_and_none_is_accepted_then() {
    let here = TestApp::start().await;
    let there = another_node(&here).await;
    here.member("mina").await;
    let visitor = here.visitor();
    visitor.post("/password-reset", &[("login", "mina")]).await;
    let code = here.mail("mina@example.org", 1).await.code();
    let guesses = alternating(&here, &there).take(16).map(|url| {
        let copy = Persona::at(url, &visitor);
        async move { copy.post("/password-reset/code", &[("code", "0000 0000")]).await.status }
    });
    let answers = join_all(guesses).await;
    assert!(answers.iter().all(|status| [422, 429].contains(status)), "{answers:?}");
    assert_eq!(here.number("SELECT max(wrong_codes) AS n FROM mail_tokens"), 5);
    visitor.post("/password-reset/code", &[("code", &code)]).await.assert_refused("code");
}

#[tokio::test]
async fn failures_of_one_client_at_both_nodes_are_one_entry() {
    let here = TestApp::start().await;
    let there = another_node(&here).await;
    here.member("mina").await;
    for user in [None, Some(here.user_id("mina"))] {
        let records = [&here, &there].into_iter().cycle().take(AT_ONCE).map(|node| async move {
            node.identity.core.writer.record(Event::SignInFailed, user, &local_client()).await;
        });
        join_all(records).await;
    }
    assert_eq!(here.count("audit_events WHERE event = 'sign_in_failed'"), 2);
    assert_eq!(here.number("SELECT CAST(min(count) AS BIGINT) AS n FROM audit_repeats"), AT_ONCE as i64);
}

#[tokio::test]
async fn no_sign_in_by_the_old_password_outlives_its_change() {
    let here = TestApp::start().await;
    let there = another_node(&here).await;
    let mina = here.member("mina").await;
    let mut old = PASSWORD.to_owned();
    for round in 0..4 {
        let new = format!("lantern {round} 강물 forty");
        let fields = [("current_password", &*old), ("new_password", &*new)];
        let change = mina.fill("/security/password", "/security", &fields);
        let signing_in = alternating(&here, &there).take(6).map(|url| {
            let (visitor, old) = (Persona::new(url), old.clone());
            async move {
                visitor.post("/login", &[("login", "mina"), ("password", &old)]).await;
                visitor
            }
        });
        let (changed, visitors) = tokio::join!(change, join_all(signing_in));
        changed.assert_redirect("/security");
        for visitor in visitors {
            assert!(!visitor.is_signed_in().await, "round {round}");
        }
        assert!(mina.is_signed_in().await);
        old = new;
    }
}

#[tokio::test]
async fn of_two_who_leave_the_staff_at_two_nodes_one_stays() {
    const DELETE: &str = "/profile/delete";
    let here = TestApp::start().await;
    let there = another_node(&here).await;
    for round in 0..4 {
        let (one, other) = (format!("mina{round}"), format!("noa{round}"));
        let (mina, noa) = (here.staff(&one).await, here.staff(&other).await);
        let noa = Persona::at(&there.url, &noa);
        let answers = tokio::join!(mina.post(DELETE, &[]), noa.post(DELETE, &[]));
        let mut statuses = [answers.0.status, answers.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422]);
        assert_eq!(here.count("users WHERE staff = true"), 1);
        here.execute("UPDATE users SET staff = false");
    }
}

#[tokio::test]
async fn of_equal_registrations_at_two_nodes_one_wins() {
    let here = TestApp::start().await;
    let there = another_node(&here).await;
    let tries = alternating(&here, &there).take(10).enumerate().map(|(number, url)| {
        let (visitor, email) = (Persona::new(url), format!("mina{}@example.org", number % 3));
        async move {
            let fields = [("username", "mina"), ("email", &*email), ("password", PASSWORD)];
            visitor.post("/register", &fields).await.status
        }
    });
    let answers = join_all(tries).await;
    assert_eq!(here.count("users"), 1, "{answers:?}");
    assert!(answers.iter().all(|status| *status < 500), "{answers:?}");
}
