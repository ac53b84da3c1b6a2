//! Which usernames are given: reserved names, and the names of deleted accounts.

use munjigi::config::Verification;
use serde_json::json;

use crate::support::{PASSWORD, Reply, TestApp};

const YEAR: i64 = 365 * 24 * 3600;

/// Tries to register through the page.
async fn register(app: &TestApp, name: &str, email: &str) -> Reply {
    let fields = [("username", name), ("email", email), ("password", PASSWORD)];
    app.visitor().fill("/register", "/register", &fields).await
}

/// Creates an account as the command line does.
async fn create_by_command(app: &TestApp, name: &str) -> bool {
    use munjigi::identity::accounts::NewUser;
    use munjigi::identity::accounts::name::{Email, Username};
    let new = NewUser {
        username: Username::parse(name).unwrap(),
        email: Email::parse("by.command@example.org").unwrap(),
        password_hash: "!".to_owned(),
        staff: false,
        verified: true,
    };
    app.operate(move |operator| operator.create(&new, false).is_ok()).await
}

#[tokio::test]
async fn nobody_registers_a_reserved_name_however_it_is_written() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let taken = register(&app, "mina", "other@example.org").await;
    taken.assert_refused("username");
    let sentence = taken.find("#username-problem").join("");
    for name in [
        "admin",
        "Admin",
        "ADMIN",
        "аdmin",
        "аdmіn",
        "ａｄｍｉｎ",
        "ad.min",
        "a-d-m-i-n",
        "root",
        "r00t",
        "support",
        "Administrator",
        "postmaster",
        "post-master",
        "abuse",
        "hostmaster",
        "webmaster",
        "security",
        "noreply",
        "no-reply",
        "no_reply",
        "munjigi",
        "운영자",
        "관리자",
        "운영.자",
        "관리자\u{200b}",
        "시스템",
        "고객센터",
        "\u{110b}\u{116e}\u{11ab}\u{110b}\u{1167}\u{11bc}\u{110c}\u{1161}",
    ] {
        let refused = register(&app, name, "other@example.org").await;
        refused.assert_refused("username");
        assert_eq!(
            refused.find("#username-problem").join(""),
            sentence,
            "{name}: no more than that it is taken"
        );
    }
    let body = json!({"username": "root", "email": "other@example.org", "password": PASSWORD});
    let reply = app.program().post_bare("/api/auth/register", body).await;
    assert_eq!((reply.status, reply.json()["errors"][0]["pointer"].as_str()), (422, Some("#/username")));
    assert_eq!(app.count("users"), 1);
    for (place, near) in ["administer", "rooted", "badmin", "admin.kim", "관리자민아"].into_iter().enumerate()
    {
        register(&app, near, &format!("x{place}@example.org")).await.assert_redirect("/dashboard");
    }
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn the_command_line_gives_a_reserved_name_and_its_owner_keeps_it() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    // As an earlier version has stored it.
    app.execute("UPDATE users SET username = 'root', username_key = 'root' WHERE username = 'mina'");
    mina.fill("/profile", "/profile", &[("display_name", "Root")]).await.assert_redirect("/profile");
    app.another_browser("root").await;
    assert!(create_by_command(&app, "admin").await);
}

#[tokio::test]
async fn the_operator_reserves_more_names_and_may_give_retired_ones_away() {
    let app = TestApp::with(|config| {
        config.reserved_names = vec!["사장".to_owned(), "Big-Boss".to_owned()];
        config.retired_names = 0;
    })
    .await;
    for name in ["사장", "bigboss", "BIG.BOSS", "admin"] {
        register(&app, name, "other@example.org").await.assert_refused("username");
    }
    let mina = app.member("mina").await;
    mina.post("/profile/delete", &[("current_password", PASSWORD)]).await.assert_redirect("/");
    app.member("mina").await;
    assert_eq!(app.count("retired_names"), 0);
}

#[tokio::test]
async fn a_reserved_name_refused_costs_as_much_of_the_limit_as_a_taken_one() {
    let app = TestApp::start().await;
    app.clock.stop();
    app.member("mina").await;
    let statuses = async |name: &str| {
        let mut statuses = Vec::new();
        for _ in 0..101 {
            let fields = [("username", name), ("email", "x@example.org"), ("password", PASSWORD)];
            statuses.push(app.visitor().post("/register", &fields).await.status);
        }
        app.clock.advance(3601);
        statuses
    };
    app.clock.advance(3601);
    let taken = statuses("mina").await;
    assert_eq!(taken.iter().filter(|status| **status == 422).count(), 100);
    assert_eq!(statuses("admin").await, taken);
}

#[tokio::test]
async fn a_link_mailed_before_gives_no_reserved_name() {
    let app = TestApp::with(|config| config.mail.verification = Verification::Required).await;
    register(&app, "minsu", "minsu@example.org").await.assert_redirect("/verify-email");
    let mail = app.mail("minsu@example.org", 1).await;
    app.execute("UPDATE mail_tokens SET payload = replace(payload, 'minsu', 'admin')");
    let reply = app.visitor().post("/verify-email", &[("token", &mail.token())]).await;
    assert_eq!((reply.status, app.count("users")), (410, 0));
}

#[tokio::test]
async fn the_name_of_a_deleted_account_stays_taken_for_a_year() {
    let app = TestApp::start().await;
    app.clock.stop();
    app.member("noa").await;
    let taken = register(&app, "noa", "other@example.org").await.find("#username-problem").join("");
    let mina = app.member("mina").await;
    mina.post("/profile/delete", &[("current_password", PASSWORD)]).await.assert_redirect("/");
    for name in ["mina", "MINA", "mіna"] {
        let refused = register(&app, name, "other@example.org").await;
        refused.assert_refused("username");
        assert_eq!(refused.find("#username-problem").join(""), taken, "{name}");
    }
    let body = json!({"username": "mina", "email": "other@example.org", "password": PASSWORD});
    assert_eq!(app.program().post_bare("/api/auth/register", body).await.status, 422);
    assert!(
        register(&app, "mina2", "mina@example.org").await.status == 303,
        "an address belongs to the owner of the mailbox"
    );
    app.clock.advance(YEAR - 1);
    app.purge().await;
    register(&app, "mina", "other@example.org").await.assert_refused("username");
    app.clock.advance(1);
    register(&app, "mina", "other@example.org").await.assert_redirect("/dashboard");
    app.purge().await;
    assert_eq!(app.count("retired_names"), 0);
}

#[tokio::test]
async fn a_retired_name_survives_new_keys_and_is_given_by_the_command_line() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    mina.post("/profile/delete", &[("current_password", PASSWORD)]).await.assert_redirect("/");
    assert_eq!(app.count("retired_names WHERE name_hash LIKE '%mina%'"), 0, "the name itself is not stored");
    app.rotate_keys().await;
    register(&app, "mina", "other@example.org").await.assert_refused("username");
    assert!(create_by_command(&app, "mina").await);
    let id = app.user_id("mina");
    app.operate(move |operator| operator.set_disabled(id, true)).await.unwrap();
    app.execute("DELETE FROM users");
    register(&app, "mina", "other@example.org").await.assert_refused("username");
}

#[tokio::test]
async fn a_name_retired_after_the_link_was_mailed_is_not_given() {
    let app = TestApp::with(|config| config.mail.verification = Verification::Required).await;
    register(&app, "mina", "mina@example.org").await.assert_redirect("/verify-email");
    let token = app.mail("mina@example.org", 1).await.token();
    app.visitor().post("/verify-email", &[("token", &token)]).await.assert_redirect("/login");
    register(&app, "minsu", "minsu@example.org").await.assert_redirect("/verify-email");
    let token = app.mail("minsu@example.org", 1).await.token();
    app.execute("UPDATE mail_tokens SET payload = replace(payload, 'minsu', 'mina')");
    let mina = app.another_browser("mina").await;
    mina.post("/profile/delete", &[("current_password", PASSWORD)]).await.assert_redirect("/");
    let reply = app.visitor().post("/verify-email", &[("token", &token)]).await;
    assert_eq!((reply.status, app.count("users")), (410, 0));
}
