//! A new password that staff require: by a mailed link, or one that they hand over without a mail server.

use munjigi::i18n::letters::Letters;
use munjigi::identity::email::{LinkToken, Outbox};

use crate::support::{Mail, Persona, Sink, TestApp, redis_url};

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
    let events = someone.get("/security/activity").await.find(".slim .name");
    assert_eq!(
        [&*events[1], &*events[3]],
        ["New password chosen by a link that was shown to staff: sofia", "New password required"],
        "{events:?}"
    );
    let places = someone.get("/security/activity").await.find(".slim .meta");
    assert_eq!(places[3], "by staff", "the address of staff is not shown");
    assert_eq!(events[4], "Link to a new password shown to staff");
    assert_eq!(app.count("mail_tokens"), 0);
    let used = "audit_events WHERE event = 'shown_link_used'";
    assert_eq!((app.count(used), app.count(&format!("{used} AND actor_id IS NULL"))), (1, 1));
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
        let outbox = Outbox::new(
            app.identity.core.mailer.clone(),
            std::sync::Arc::new(Letters::default()),
            (false, false),
        );
        let done = app.operate(move |operator| match change {
            "promoted" => operator.set_staff(id, true),
            "disabled" => operator.set_disabled(id, true),
            _ => Ok(operator.set_password(id, "!", &outbox)?),
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

/// Sofia requires a new password of Mina; returns the mail, the `count`th to Mina.
async fn required_by_mail(app: &TestApp, sink: &Sink, sofia: &Persona, count: usize) -> Mail {
    let place = format!("/admin/users/{}", app.user_id("mina"));
    sofia.fill(&place, &format!("{place}/require-password"), &[]).await.assert_redirect(&place);
    let page = sofia.get(&place).await;
    assert!(!page.body.contains("token=") && page.text().contains("A link works until"), "{}", page.text());
    app.until_count("outbox", 0).await;
    let taken = sink.until(count).await;
    let mut mails: Vec<_> = taken.into_iter().map(|taken| taken.mail).collect();
    mails.retain(|mail| mail.to == "mina@example.org");
    mails.remove(count - 1)
}

#[tokio::test]
async fn with_a_mail_server_only_the_owner_gets_the_link() {
    for on_redis in [false, true] {
        let sink = Sink::start(&[]);
        let app = TestApp::with(|config| {
            sink.set(config, "smtp://HERE");
            config.redis_url = on_redis.then(redis_url);
        })
        .await;
        let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
        let mail = required_by_mail(&app, &sink, &sofia, 1).await;
        assert!(!mina.is_signed_in().await);
        assert_eq!(app.visitor().sign_in("mina").await.status, 422, "the old password is gone");
        assert_eq!(mail.subject, "Choose a new password");
        assert!(mail.text.contains("for 24 hours") && !mail.text.contains("30 minutes"), "{}", mail.text);
        app.clock.advance(23 * 3600);
        let owner = app.visitor();
        let used = owner.fill(&mail.path(&app), "/password-reset", &[("new_password", NEW)]).await;
        used.assert_redirect("/login");
        assert_eq!(app.visitor().get(&mail.path(&app)).await.status, 410);
        assert!(app.user("mina").email_verified_at.is_some());
        owner.post("/login", &[("login", "mina"), ("password", NEW)]).await.assert_redirect("/dashboard");
        let events = owner.get("/security/activity").await.find(".slim .name");
        assert!(events.contains(&"New password chosen by link".to_owned()), "{events:?}");
        let shown = "audit_events WHERE event IN ('password_link_shown', 'shown_link_used')";
        assert_eq!((app.count(shown), app.count("password_links")), (0, 0));
    }
}

#[tokio::test]
async fn its_code_counts_with_the_owners_name_and_an_expired_or_replaced_link_opens_nothing() {
    let sink = Sink::start(&[]);
    let app = TestApp::with(|config| sink.set(config, "smtp://HERE")).await;
    let sofia = app.staff("sofia").await;
    app.member("mina").await;
    let old = required_by_mail(&app, &sink, &sofia, 1).await;
    let mail = required_by_mail(&app, &sink, &sofia, 2).await;
    assert_eq!(app.visitor().get(&old.path(&app)).await.status, 410, "a newer link replaces it");
    let page = "/password-reset/recovery";
    let visitor = app.visitor();
    visitor.fill(page, page, &[("login", "sofia"), ("code", &mail.code())]).await.assert_refused("code");
    let typed = visitor.fill(page, page, &[("login", "mina"), ("code", &mail.code())]).await;
    let link = typed.header("location").to_owned();
    assert!(link.starts_with("/password-reset?token="), "{link}");
    let used = visitor.fill(&link, "/password-reset", &[("new_password", NEW)]).await;
    used.assert_redirect("/login");

    let mail = required_by_mail(&app, &sink, &sofia, 4).await;
    app.clock.advance(24 * 3600 + 1);
    assert_eq!(app.visitor().get(&mail.path(&app)).await.status, 410);
    assert_eq!(app.visitor().post(page, &[("login", "mina"), ("code", &mail.code())]).await.status, 422);
}

#[tokio::test]
async fn a_link_that_an_earlier_version_showed_still_works_once() {
    let app = TestApp::start().await;
    let (_sofia, _mina) = (app.staff("sofia").await, app.member("mina").await);
    let (token, id, now) = (LinkToken::random(), app.user_id("mina"), app.clock.now());
    let values = format!("('{}', {id}, {now}, {})", token.hash(), now + 86_400);
    app.execute(&format!(
        "INSERT INTO password_links (token_hash, user_id, created_at, expires_at) VALUES {values}"
    ));
    let link = format!("/password-reset?token={}", token.as_str());
    let used = app.visitor().fill(&link, "/password-reset", &[("new_password", NEW)]).await;
    used.assert_redirect("/login");
    assert_eq!(app.visitor().get(&link).await.status, 410);
    assert_eq!(app.count("audit_events WHERE event = 'shown_link_used' AND user_id = 2"), 1);
}
