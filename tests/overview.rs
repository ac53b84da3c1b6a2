//! `/admin`: the figures that staff see first, from counters and not from events.

use crate::support::{PASSWORD, Persona, Reply, TestApp, over_both_stores};

over_both_stores![sign_ins_failures_and_ways_are_counted_by_day];

const WRONG: &str = "not the password";
const DAY: i64 = 86_400;

/// A figure by its name, with what stands beside it.
pub fn figure(page: &Reply, name: &str) -> (String, String) {
    let (names, values) = (page.find(".kpis dt"), page.find(".kpis dd"));
    let place = names.iter().position(|found| found == name).unwrap_or_else(|| panic!("{name} in {names:?}"));
    (values[place * 2].clone(), values[place * 2 + 1].clone())
}

/// The table of days, the last one first: sign-ins and failures.
fn days(page: &Reply) -> Vec<(String, String)> {
    let cells = page.find("details.numbers td");
    cells.chunks(2).rev().map(|day| (day[0].clone(), day[1].clone())).collect()
}

fn pair(one: &str, other: &str) -> (String, String) {
    (one.to_owned(), other.to_owned())
}

async fn fail(persona: &Persona, name: &str) -> u16 {
    persona.post("/login", &[("login", name), ("password", WRONG)]).await.status
}

async fn sign_ins_failures_and_ways_are_counted_by_day(app: TestApp) {
    // Midnight would part what belongs together.
    app.clock.stop();
    let sofia = app.staff("sofia").await;
    let (_, authenticator) = app.member_with_totp("lee").await;
    app.member("mina").await;
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
    let lee = app.pending_sign_in("lee").await;
    assert_eq!(lee.verify("000000").await.status, 422);
    lee.verify(&authenticator.recovery[0]).await.assert_redirect("/dashboard");
    for name in ["mina", "mina", "nobody"] {
        assert_eq!(fail(&app.visitor(), name).await, 422);
    }
    let page = sofia.get("/admin").await;
    // Registering signs in: three times by password. Then mina twice, and lee by two steps.
    assert_eq!(figure(&page, "Sign-ins today"), pair("6", "4 failed"));
    assert_eq!(app.count("audit_events WHERE event = 'signed_in'"), 6, "as in the audit log");
    assert_eq!(figure(&page, "Users"), pair("3", "3 new in 7 days"));
    assert_eq!(figure(&page, "Two-step verification"), pair("33%", "2 users without"));
    assert_eq!(figure(&page, "Sign-ins, last 14 days"), pair("6", "<1 a day on average"));
    assert_eq!(page.find(".split li > span"), ["Password only", "83%", "Password and second step", "17%"]);
    assert_eq!((days(&page).len(), days(&page)[0].clone()), (14, pair("6", "4")));
    assert_eq!(page.attributes(".side a[aria-current]", "href"), ["/admin"]);
    assert!(page.text().contains("1 of 1 staff has no two-step verification"), "{}", page.text());

    app.clock.advance(20 * DAY);
    let later = app.another_browser("sofia").await;
    let page = later.get("/admin?days=30").await;
    assert_eq!(figure(&page, "Sign-ins today"), pair("1", "0 failed"));
    assert_eq!(figure(&page, "Users"), pair("3", "0 new in 7 days"));
    assert_eq!((days(&page).len(), days(&page)[20].clone()), (30, pair("6", "4")));
    assert_eq!(figure(&page, "Sign-ins, last 30 days").0, "7");
    for odd in ["0", "-1", "15", "abc", "9223372036854775808"] {
        let page = later.get(&format!("/admin?days={odd}")).await;
        assert_eq!((page.status, days(&page).len()), (200, 14), "{odd}");
        assert_eq!(figure(&page, "Sign-ins, last 14 days").0, "1");
    }
}

#[tokio::test]
async fn totals_follow_every_change_of_an_account_and_no_page_counts_users() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    let counts = async || {
        let page = sofia.get("/admin/users").await;
        page.find(".tabs .num").into_iter().map(|count| count.parse().unwrap()).collect::<Vec<i64>>()
    };
    let counted = || {
        ["1 = 1", "staff", "disabled", "factors_since IS NULL"]
            .map(|which| app.count(&format!("users WHERE {which}")))
            .to_vec()
    };
    assert_eq!(counts().await, [3, 1, 0, 3], "all, staff, disabled, no two-step");
    app.set_up_totp(&mina).await;
    app.set_disabled(app.user_id("noa"), true).await;
    app.make_staff(app.user_id("mina")).await;
    assert_eq!((counts().await, counted()), (vec![3, 2, 1, 2], vec![3, 2, 1, 2]));
    app.set_disabled(app.user_id("noa"), false).await;
    mina.post("/security/totp/remove", &[]).await.assert_redirect("/security");
    noa.sign_in("noa").await;
    noa.post("/profile/delete", &[("current_password", PASSWORD)]).await.assert_redirect("/");
    assert_eq!(counts().await, counted());
    assert_eq!(counts().await[0], 2);
    // Many at once, as a move of the database inserts them.
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70)
         INSERT INTO users (username, username_key, email, email_key, display_name, password_hash, password_changed_at,
           disabled, epoch, created_at, factors_since)
         SELECT 'p' || i, 'p' || i, 'p' || i || '@example.org', 'p' || i || '@example.org', '', '!', 1, i % 10 = 0, 1, 1,
           CASE WHEN i % 7 = 0 THEN 1 ELSE NULL END FROM n",
    );
    assert_eq!(counts().await, counted());
    app.execute("UPDATE users SET disabled = FALSE, factors_since = 2 WHERE id > 2 AND disabled");
    assert_eq!(counts().await, counted());
    app.execute("DELETE FROM users WHERE username LIKE 'p%'");
    assert_eq!(counts().await, counted());
    app.purge().await;
    assert_eq!((counts().await, app.count("account_totals")), (counted(), 1), "in one row");
    assert_eq!(
        sofia.get("/admin/users?status=no_factor").await.find("tbody td:first-child a").len() as i64,
        counted()[3]
    );
}

#[tokio::test]
async fn what_goes_wrong_is_said_with_the_page_that_helps() {
    let app = TestApp::start().await;
    app.clock.stop();
    let (sofia, _) = app.member_with_totp("sofia").await;
    app.make_staff(app.user_id("sofia")).await;
    let calm = sofia.get("/admin").await;
    assert!(calm.text().contains("Nothing needs you right now."), "{}", calm.text());
    assert!(calm.text().contains("No mail server") && calm.text().contains(env!("CARGO_PKG_VERSION")));
    let day = app.clock.now() / DAY;
    for (back, failed) in [(0, 25), (1, 4), (2, 6)] {
        app.execute(&format!(
            "INSERT INTO daily_counts (day, name, count) VALUES ({}, 'sign_in_failed', {failed})",
            day - back
        ));
    }
    let page = sofia.get("/admin").await;
    let today = page.find("details.numbers th[scope=row]").pop().unwrap();
    assert!(page.text().contains(&format!("25 failed sign-ins on {today}")), "{}", page.text());
    let links = page.attributes("section[aria-labelledby=attention] a", "href");
    assert_eq!(links.len(), 1);
    assert!(links[0].starts_with("/admin/audit?event=sign_in_failed&from=2"), "{links:?}");
    assert_eq!(sofia.get(&links[0]).await.status, 200);

    // Refused attempts are counted in memory, and stored before the page is shown.
    app.member("mina").await;
    let mut refused = 0;
    for _ in 0..30 {
        refused += i64::from(fail(&app.visitor(), "mina").await == 429);
    }
    assert!(refused > 1);
    let said = format!("{refused} sign-ins were refused today after too many failures");
    assert!(sofia.get("/admin").await.text().contains(&said));
    assert!(sofia.get("/admin").await.text().contains(&said), "once each");
    sofia.post("/language", &[("language", "ko")]).await;
    assert!(sofia.get("/admin").await.text().contains("확인이 필요한 항목"));
}
