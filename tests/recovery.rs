//! Users who lost every sign-in method: staff start a recovery, only the owner completes it by mail, others gain nothing.

use crate::support::{Authenticator, Mail, Persona, TestApp};

pub const NEW: &str = "copper lantern 강물 forty";
pub const CODE_PAGE: &str = "/password-reset/recovery";
pub const SUBJECT: &str = "Get back into your account";

/// Mina with a second factor, and Sofia of the staff.
pub async fn people(app: &TestApp) -> (Persona, Authenticator, Persona) {
    let (mina, authenticator) = app.member_with_totp("mina").await;
    (mina, authenticator, app.staff("sofia").await)
}

/// Sofia starts it; returns the mail, the `count`th to Mina.
async fn start(app: &TestApp, sofia: &Persona, count: usize) -> Mail {
    let place = format!("/admin/users/{}", app.user_id("mina"));
    sofia.fill(&place, &format!("{place}/mail-recovery"), &[]).await.assert_redirect(&place);
    let shown = sofia.get(&place).await;
    assert!(!shown.body.contains("token="), "staff never see the link");
    assert!(shown.text().contains("Recovery started"), "it is in the trail");
    app.mail("mina@example.org", count).await
}

async fn choose(persona: &Persona, path: &str) -> u16 {
    let page = persona.get(path).await;
    if page.status != 200 {
        return page.status;
    }
    persona.fill(path, "/password-reset", &[("new_password", NEW)]).await.status
}

#[tokio::test]
async fn only_the_owner_completes_it_and_what_was_lost_asks_for_nothing_then() {
    let app = TestApp::start().await;
    let (mina, authenticator, sofia) = people(&app).await;
    let mail = start(&app, &sofia, 2).await;
    assert_eq!(mail.subject, SUBJECT);
    assert!(mina.is_signed_in().await, "nothing changes before it is used");
    assert_eq!(app.count("totp"), 1);
    let pending_sign_in = app.pending_sign_in("mina").await;
    assert_eq!(choose(&app.visitor(), &mail.path(&app)).await, 303);
    assert_eq!(choose(&app.visitor(), &mail.path(&app)).await, 410);
    assert!(!mina.is_signed_in().await);
    pending_sign_in.verify(&authenticator.next_code(&app)).await.assert_redirect("/login");
    pending_sign_in.verify(&authenticator.recovery[0]).await.assert_redirect("/login");
    assert_eq!((app.count("totp"), app.count("recovery_codes"), app.count("trusted_devices")), (0, 0, 0));
    let visitor = app.visitor();
    let fields = [("login", "mina"), ("password", NEW)];
    visitor.fill("/login", "/login", &fields).await.assert_redirect("/dashboard");
    let events = visitor.get("/security/activity").await.find(".slim .name");
    assert!(events.contains(&"Second factors removed, for a recovery".to_owned()), "{events:?}");
}

#[tokio::test]
async fn a_mere_reset_is_no_way_around_the_second_factor() {
    let app = TestApp::start().await;
    people(&app).await;
    app.visitor().post("/password-reset", &[("login", "mina")]).await;
    let mail = app.mail("mina@example.org", 2).await;
    assert_eq!(choose(&app.visitor(), &mail.path(&app)).await, 303);
    let visitor = app.visitor();
    let fields = [("login", "mina"), ("password", NEW)];
    visitor.fill("/login", "/login", &fields).await.assert_redirect("/login/verify");
    assert!(!visitor.is_signed_in().await);
    assert_eq!(app.count("totp"), 1);
}

#[tokio::test]
async fn its_code_counts_in_any_browser_with_the_owners_name_once() {
    let app = TestApp::start().await;
    let (_mina, _, sofia) = people(&app).await;
    app.member("noa").await;
    let mail = start(&app, &sofia, 2).await;
    assert!(mail.text.contains(&format!("{}{CODE_PAGE}", app.url)), "{}", mail.text);
    let visitor = app.visitor();
    for login in ["noa", "nobody", "sofia"] {
        let fields = [("login", login), ("code", &*mail.code())];
        visitor.fill(CODE_PAGE, CODE_PAGE, &fields).await.assert_refused("code");
    }
    visitor.post(CODE_PAGE, &[("code", &mail.code())]).await.assert_refused("login");
    visitor.post("/password-reset/code", &[("code", &mail.code())]).await.assert_refused("code");
    let uses = (0..50).map(|_| {
        let (visitor, code) = (app.visitor(), mail.code());
        async move { visitor.post(CODE_PAGE, &[("login", "MINA@example.org"), ("code", &code)]).await }
    });
    let answers = futures_util::future::join_all(uses).await;
    let places: Vec<_> =
        answers.iter().map(|reply| reply.header("location")).filter(|place| !place.is_empty()).collect();
    assert_eq!(places.len(), 1, "of fifty at once one wins");
    assert!(answers.iter().all(|reply| [303, 422, 429].contains(&reply.status)));
    assert_eq!(app.visitor().get(&mail.path(&app)).await.status, 410, "the code has used the link up");
    assert_eq!(choose(&visitor, places[0]).await, 303);
    assert_eq!(app.count("totp"), 0);
}

#[tokio::test]
async fn wrong_codes_disable_codes_and_never_reveal_whether_a_recovery_exists() {
    let app = TestApp::start().await;
    let (_mina, _, sofia) = people(&app).await;
    let mail = start(&app, &sofia, 2).await;
    let mut answers = Vec::new();
    for login in ["mina", "sofia", "nobody", "mina", "mina", "mina", "mina"] {
        let refused = app.visitor().post(CODE_PAGE, &[("login", login), ("code", "1234 5678")]).await;
        refused.assert_refused("code");
        answers.push(refused.body_without_ids().replace(login, ""));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let right = [("login", "mina"), ("code", &*mail.code())];
    app.visitor().post(CODE_PAGE, &right).await.assert_refused("code");
    assert_eq!(choose(&app.visitor(), &mail.path(&app)).await, 303, "the link is as good as before");
    for _ in 0..12 {
        app.visitor().post(CODE_PAGE, &[("login", "mina"), ("code", "1")]).await.assert_refused("code");
    }
    let tired = app.visitor().post(CODE_PAGE, &[("login", "mina"), ("code", "1")]).await;
    assert_eq!(tired.status, 429);
    let newer = start(&app, &sofia, 4).await;
    app.clock.advance(30 * 60);
    let old = [("login", "mina"), ("code", &*newer.code())];
    app.visitor().post(CODE_PAGE, &old).await.assert_refused("code");
}

#[tokio::test]
async fn staff_start_no_recovery_for_themselves_or_other_staff_or_without_reauthentication() {
    let app = TestApp::start().await;
    let (mina, _, sofia) = people(&app).await;
    app.staff("tom").await;
    let recover = |name: &str| format!("/admin/users/{}/mail-recovery", app.user_id(name));
    assert_eq!(sofia.post(&recover("sofia"), &[]).await.status, 403);
    assert_eq!(sofia.post(&recover("tom"), &[]).await.status, 403);
    assert_eq!(mina.post(&recover("mina"), &[]).await.status, 403);
    app.clock.advance(601);
    assert_eq!(sofia.post(&recover("mina"), &[]).await.status, 422);
    assert_eq!(app.count("mail_tokens"), 0);
}
