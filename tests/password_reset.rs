//! A password reset by a link that staff see.

use munjigi::i18n::letters::Letters;
use munjigi::identity::email::Outbox;

use crate::support::{Persona, TestApp};

const NEW: &str = "copper lantern 강물 forty";

/// The link that staff see, as a path of this server.
async fn required_link(app: &TestApp, sofia: &Persona, name: &str) -> String {
    let place = format!("/admin/users/{}", app.user_id(name));
    let shown = sofia.fill(&place, &format!("{place}/require-password"), &[]).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let link = shown.find("textarea").remove(0);
    link.strip_prefix(&app.url).unwrap().to_owned()
}

#[tokio::test]
async fn a_required_password_ends_the_old_one_and_is_chosen_by_its_owner_once() {
    let app = TestApp::start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    let link = required_link(&app, &sofia, "mina").await;
    assert!(!mina.is_signed_in().await);
    assert_eq!(app.visitor().sign_in("mina").await.status, 422, "the old password is gone");
    let someone = app.visitor();
    for _ in 0..3 {
        assert_eq!(someone.get(&link).await.status, 200, "looking consumes nothing");
    }
    let weak = someone.fill(&link, "/password-reset", &[("new_password", "mina@example.org")]).await;
    weak.assert_refused("new_password");
    someone.fill(&link, "/password-reset", &[("new_password", NEW)]).await.assert_redirect("/login");
    assert!(!someone.is_signed_in().await, "the password is set; signing in is another step");
    someone
        .fill("/login", "/login", &[("login", "mina"), ("password", NEW)])
        .await
        .assert_redirect("/dashboard");
    let again = app.visitor();
    assert_eq!(again.get(&link).await.status, 410);
    let token = link.split('=').nth(1).unwrap();
    let fields = [("token", token), ("new_password", "another lantern 강물 forty")];
    assert_eq!(again.post("/password-reset", &fields).await.status, 410);
    let events = someone.get("/security").await.find("tbody td:first-child");
    assert_eq!(
        [&*events[1], &*events[3]],
        ["New password chosen by link", "New password required"],
        "{events:?}"
    );
    let places = someone.get("/security").await.find("tbody td:last-child");
    assert_eq!(places[3], "a member of staff", "the address of staff is not shown");
    assert_eq!(app.count("password_links"), 0);
}

#[tokio::test]
async fn of_parallel_uses_of_one_link_one_wins_and_links_expire_and_replace_each_other() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    app.member("mina").await;
    let old = required_link(&app, &sofia, "mina").await;
    let link = required_link(&app, &sofia, "mina").await;
    assert_eq!(app.visitor().get(&old).await.status, 410, "a newer link replaces it");
    let token = link.split('=').nth(1).unwrap().to_owned();
    let uses = (0..12).map(|number| {
        let (visitor, token) = (app.visitor(), token.clone());
        async move {
            let password = format!("lantern {number} 강물 forty");
            visitor.post("/password-reset", &[("token", &token), ("new_password", &password)]).await.status
        }
    });
    let mut answers = futures_util::future::join_all(uses).await;
    answers.sort_unstable();
    assert_eq!((answers[0], answers[1], answers[11]), (303, 410, 410), "{answers:?}");
    let link = required_link(&app, &sofia, "mina").await;
    app.clock.advance(24 * 3600 + 1);
    assert_eq!(app.visitor().get(&link).await.status, 410);
    for odd in ["", "x", &"A".repeat(43), "%00", &"A".repeat(5_000)] {
        assert_eq!(app.visitor().get(&format!("/password-reset?token={odd}")).await.status, 410, "{odd}");
    }
}

#[tokio::test]
async fn a_link_is_closed_by_whatever_changes_who_may_use_it() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    app.member("mina").await;
    let id = app.user_id("mina");
    let token = |link: &str| link.split('=').nth(1).unwrap().to_owned();
    for change in ["promoted", "disabled", "given a password by the operator"] {
        let link = required_link(&app, &sofia, "mina").await;
        let outbox = Outbox::new(app.identity.core.mailer.clone(), std::sync::Arc::new(Letters), false);
        let done = app.operate(move |operator| match change {
            "promoted" => operator.set_staff(id, true),
            "disabled" => operator.set_disabled(id, true),
            _ => operator.set_password(id, "!", &outbox),
        });
        done.await.unwrap();
        assert_eq!(app.visitor().get(&link).await.status, 410, "{change}");
        let fields = [("token", token(&link)), ("new_password", NEW.to_owned())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(app.visitor().post("/password-reset", &fields).await.status, 410, "{change}");
        let undone = app.operate(move |operator| {
            operator.set_staff(id, false)?;
            operator.set_disabled(id, false)
        });
        undone.await.unwrap();
        assert_eq!(app.visitor().get(&link).await.status, 410, "{change}, and back again");
    }
}
