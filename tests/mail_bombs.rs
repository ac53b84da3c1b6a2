//! Attempts to flood someone else's mailbox with the site's mail, and to hide a takeover behind such a flood.

use munjigi::config::{Config, Verification};

use crate::support::{Mail, PASSWORD, Persona, TestApp, mails_in, over_both_stores, redis_url};

over_both_stores![
    ten_changes_of_address_send_someone_else_five_mails,
    accounts_with_subaddresses_share_the_limit_of_their_mailbox,
    known_devices_of_an_unverified_account_do_not_raise_the_limit,
    a_flood_hides_no_takeover,
    a_flood_hides_no_takeover_of_an_unverified_account,
];

const NEW: &str = "copper lantern 강물 forty";

fn optional(config: &mut Config) {
    config.mail.verification = Verification::Optional;
}

/// The mails to a mailbox and its subaddresses, once none waits in the outbox.
async fn to_mailbox(app: &TestApp, name: &str) -> Vec<Mail> {
    app.until_count("outbox", 0).await;
    let (plain, tagged) = (format!("{name}@"), format!("{name}+"));
    let is_theirs = |mail: &Mail| mail.to.starts_with(&plain) || mail.to.starts_with(&tagged);
    mails_in(&app.outbox()).into_iter().filter(is_theirs).collect()
}

fn subjects(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.subject.as_str()).collect()
}

fn count(mails: &[Mail], subject: &str) -> usize {
    mails.iter().filter(|mail| mail.subject == subject).count()
}

/// Waits until this many requests for a new password have led to a mail, and this many to none. They run side by side, and
/// those that lead to none take no lock.
async fn until_answered(app: &TestApp, mailed: i64, unmailed: i64) {
    app.until_count("audit_events WHERE event = 'password_reset_asked'", mailed).await;
    app.until_count("mail_tokens WHERE user_id IS NULL", unmailed).await;
}

/// Registers an account with an address of its own.
async fn register(app: &TestApp, name: &str, email: &str) -> Persona {
    let persona = app.visitor();
    let fields = [("username", name), ("email", email), ("password", PASSWORD)];
    persona.fill("/register", "/register", &fields).await.assert_redirect("/dashboard");
    persona
}

async fn sign_in_from_new_browsers(app: &TestApp, name: &str, browsers: usize) {
    for _ in 0..browsers {
        app.another_browser(name).await;
    }
}

async fn change_address(persona: &Persona, email: &str) {
    persona.fill("/profile", "/profile", &[("email", email)]).await.assert_redirect("/profile");
}

async fn change_password(persona: &Persona) {
    let change = [("current_password", PASSWORD), ("new_password", NEW)];
    persona.fill("/security/password", "/security", &change).await.assert_redirect("/security");
}

async fn ten_changes_of_address_send_someone_else_five_mails(app: TestApp) {
    let eve = app.member("eve").await;
    for number in 0..10 {
        change_address(&eve, "victim@example.com").await;
        change_address(&eve, &format!("eve{number}@example.org")).await;
    }
    let mails = to_mailbox(&app, "victim").await;
    assert_eq!(subjects(&mails), ["Your email was changed"; 5]);
    let withheld: Vec<_> = mails.iter().map(|mail| mail.text.contains("no more email about it")).collect();
    assert_eq!(withheld, [false, false, false, false, true], "the last says that more are withheld");
    app.clock.advance(3601);
    app.purge().await;
    assert_eq!(app.count("notices_sent"), 0);
}

#[tokio::test]
async fn ten_requested_changes_of_address_send_someone_else_one_proof_at_a_time() {
    let app = TestApp::with(optional).await;
    let eve = app.member("eve").await;
    for _ in 0..10 {
        eve.fill("/profile", "/profile", &[("email", "victim@example.com")]).await;
    }
    let mails = to_mailbox(&app, "victim").await;
    assert_eq!(subjects(&mails), ["Confirm your email"; 5]);
    assert_eq!(count(&to_mailbox(&app, "eve").await, "A change of your email was requested"), 0);
}

#[tokio::test]
async fn an_unverified_address_gets_the_proof_and_no_notice() {
    let app = TestApp::with(optional).await;
    let eve = register(&app, "eve", "victim@example.org").await;
    app.clock.advance(3601);
    sign_in_from_new_browsers(&app, "eve", 6).await;
    eve.post("/security/recovery-codes", &[]).await;
    change_password(&eve).await;
    let mails = to_mailbox(&app, "victim").await;
    assert_eq!(subjects(&mails), ["Confirm your email"]);

    let mina = register(&app, "mina", "mina@example.org").await;
    let proof = app.mail("mina@example.org", 1).await;
    mina.fill(&proof.path(&app), "/verify-email", &[]).await;
    app.clock.advance(3601);
    sign_in_from_new_browsers(&app, "mina", 1).await;
    assert_eq!(app.mail("mina@example.org", 2).await.subject, "Sign-in from a new device");
}

async fn accounts_with_subaddresses_share_the_limit_of_their_mailbox(app: TestApp) {
    let redis = app.config.redis_url.is_some();
    let app = TestApp::with(|config| {
        optional(config);
        config.redis_url = redis.then(redis_url);
    })
    .await;
    for number in 0..8 {
        let eve = register(&app, &format!("eve{number}"), &format!("Victim+{number}@example.org")).await;
        eve.post("/verify-email", &[("again", "yes")]).await;
    }
    let mails: Vec<Mail> = {
        app.until_count("outbox", 0).await;
        mails_in(&app.outbox())
    };
    assert_eq!(subjects(&mails), ["Confirm your email"; 5], "proofs of all accounts count together");
    for number in 0..8 {
        app.visitor().post("/password-reset", &[("login", &format!("eve{number}"))]).await;
        app.until_count("mail_tokens WHERE user_id IS NULL", number + 1).await;
    }
    app.until_count("outbox", 0).await;
    assert_eq!(mails_in(&app.outbox()).len(), 5, "so do links to a new password");
}

async fn known_devices_of_an_unverified_account_do_not_raise_the_limit(app: TestApp) {
    app.member("victim").await;
    let mut devices = Vec::new();
    for _ in 0..3 {
        devices.push(app.another_browser("victim").await);
    }
    for _ in 0..3 {
        for device in &devices {
            device.post("/password-reset", &[("login", "victim")]).await;
        }
    }
    until_answered(&app, 5, 4).await;
    assert_eq!(count(&to_mailbox(&app, "victim").await, "Choose a new password"), 5);
    for _ in 0..7 {
        app.visitor().post("/password-reset", &[("login", "victim")]).await;
    }
    until_answered(&app, 10, 6).await;
    assert_eq!(
        count(&to_mailbox(&app, "victim").await, "Choose a new password"),
        10,
        "anonymous requests have a count of their own"
    );
}

/// Mails that anyone can cause, and a thief who has the password alone.
async fn flood(app: &TestApp) {
    for _ in 0..7 {
        app.visitor().post("/password-reset", &[("login", "mina")]).await;
    }
    until_answered(app, 5, 2).await;
    for name in ["eva", "eve"] {
        let eve = register(app, name, &format!("mina+{name}@example.org")).await;
        sign_in_from_new_browsers(app, name, 4).await;
        for number in 0..4 {
            change_address(&eve, &format!("mina+{name}{number}@example.org")).await;
        }
        change_password(&eve).await;
    }
    app.clock.advance(3);
    sign_in_from_new_browsers(app, "mina", 7).await;
    app.until_count("outbox", 0).await;
}

async fn take_over(app: &TestApp) -> Vec<Mail> {
    let thief = app.another_browser("mina").await;
    let before = to_mailbox(app, "mina").await.iter().filter(|mail| mail.to == "mina@example.org").count();
    change_password(&thief).await;
    change_address(&thief, "thief@example.com").await;
    let mut mails = to_mailbox(app, "mina").await;
    mails.retain(|mail| mail.to == "mina@example.org");
    mails.split_off(before)
}

async fn a_flood_hides_no_takeover(app: TestApp) {
    app.member("mina").await;
    app.verify_address("mina").await;
    flood(&app).await;
    let mails = to_mailbox(&app, "mina").await;
    let own = mails.iter().filter(|mail| mail.to == "mina@example.org");
    let own: Vec<Mail> = own.cloned().collect();
    assert_eq!(count(&own, "Sign-in from a new device"), 5, "the flood itself is limited, and seen");
    let takeover = take_over(&app).await;
    assert_eq!(subjects(&takeover), ["Your password was changed", "Your email was changed"]);
}

async fn a_flood_hides_no_takeover_of_an_unverified_account(app: TestApp) {
    app.member("mina").await;
    flood(&app).await;
    let takeover = take_over(&app).await;
    assert_eq!(subjects(&takeover), ["Your password was changed", "Your email was changed"]);
}
