//! Once an account is staff, some account that can sign in remains so.

use crate::support::{PASSWORD, TestApp, over_both_stores};

const DELETE: &str = "/profile/delete";

over_both_stores![the_only_member_of_staff_cannot_delete_the_account, two_at_once_leave_one];

async fn the_only_member_of_staff_cannot_delete_the_account(app: TestApp) {
    let mina = app.staff("mina").await;
    let noa = app.member("noa").await;
    let refused = mina.fill(DELETE, DELETE, &[]).await;
    refused.assert_refused_whole("only staff account");
    assert!(refused.text().contains("munjigi user promote"), "the way out: {}", refused.text());
    assert!(mina.is_signed_in().await);
    assert_eq!((app.count("users"), app.count("audit_events WHERE event = 'account_deleted'")), (2, 0));

    // Staff who cannot sign in do not count.
    let id = app.user_id("noa");
    for state in ["disabled = true", "disabled = false, password_hash = '!'"] {
        app.write_user(id, format!("UPDATE users SET staff = true, {state} WHERE id = {id}")).await;
        mina.fill(DELETE, DELETE, &[]).await.assert_refused_whole("only staff account");
    }
    let able = format!(
        "UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE username = 'mina') WHERE id = {id}"
    );
    app.write_user(id, able).await;
    mina.fill(DELETE, DELETE, &[]).await.assert_redirect("/");
    let noa = {
        drop(noa);
        app.another_browser("noa").await
    };
    noa.fill(DELETE, DELETE, &[]).await.assert_refused_whole("only staff account");
}

async fn two_at_once_leave_one(app: TestApp) {
    for round in 0..5 {
        let (one, other) = (format!("mina{round}"), format!("noa{round}"));
        let (mina, noa) = (app.staff(&one).await, app.staff(&other).await);
        let answers = tokio::join!(mina.post(DELETE, &[]), noa.post(DELETE, &[]));
        let mut statuses = [answers.0.status, answers.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422]);
        assert_eq!(app.count("users WHERE staff = true"), 1);
        for name in [&one, &other] {
            let sql = format!("UPDATE users SET staff = false WHERE username = '{name}'");
            app.execute(&sql);
        }
    }
}

#[tokio::test]
async fn a_member_and_a_disabled_member_of_staff_are_not_the_last() {
    let app = TestApp::start().await;
    let noa = app.member("noa").await;
    noa.post(DELETE, &[("current_password", PASSWORD)]).await.assert_redirect("/");
    app.staff("mina").await;
    let eve = app.member("eve").await;
    eve.post(DELETE, &[("current_password", PASSWORD)]).await.assert_redirect("/");
    app.staff("gone").await;
    let gone = app.user_id("gone");
    app.operate(move |operator| operator.set_disabled(gone, true)).await.unwrap();
    app.operate(move |operator| operator.set_staff(gone, false)).await.unwrap();
}

#[tokio::test]
async fn the_command_line_neither_disables_nor_demotes_the_only_member_of_staff() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    app.staff("noa").await;
    let (one, other) = (app.user_id("mina"), app.user_id("noa"));
    app.operate(move |operator| operator.set_disabled(other, true)).await.unwrap();
    let error = app.operate(move |operator| operator.set_staff(one, false)).await.unwrap_err().to_string();
    assert!(error.contains("only staff account"), "{error}");
    let error = app.operate(move |operator| operator.set_disabled(one, true)).await.unwrap_err().to_string();
    assert!(error.contains("only staff account"), "{error}");
    assert_eq!(app.count("users WHERE staff = true AND disabled = false"), 1);
    assert_eq!(app.count("audit_events WHERE event = 'demoted'"), 0);
    app.operate(move |operator| operator.set_disabled(other, false)).await.unwrap();
    app.operate(move |operator| operator.set_staff(one, false)).await.unwrap();
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn two_who_disable_each_other_leave_one() {
    let app = TestApp::start().await;
    for round in 0..5 {
        let (one, other) = (format!("mina{round}"), format!("noa{round}"));
        let (mina, noa) = (app.staff(&one).await, app.staff(&other).await);
        let paths = [&other, &one].map(|name| format!("/admin/users/{}/disable", app.user_id(name)));
        tokio::join!(mina.post(&paths[0], &[]), noa.post(&paths[1], &[]));
        assert_eq!(app.count("users WHERE staff = true AND disabled = false"), 1, "{round}");
        for name in [&one, &other] {
            let sql = format!("UPDATE users SET staff = false WHERE username = '{name}'");
            app.execute(&sql);
        }
    }
}
