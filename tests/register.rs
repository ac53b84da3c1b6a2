use futures_util::future::join_all;

use crate::support::{PASSWORD, TestApp, over_both_stores};

over_both_stores![registering_signs_in,];

async fn registering_signs_in(app: TestApp) {
    let mina = app.visitor();
    mina.register("mina").await;
    let dashboard = mina.get("/dashboard").await;
    assert_eq!(dashboard.status, 200);
    assert!(dashboard.find(".who") == ["mina"], "{}", dashboard.text());
    assert_eq!(dashboard.find(".note[role=status]"), ["Your account is ready."]);
    assert!(mina.get("/dashboard").await.find(".note[role=status]").is_empty(), "a notice is shown once");
    assert_eq!(app.count("users WHERE password_hash LIKE '$2b$04$%'"), 1);
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed_but_the_password() {
    let app = TestApp::start().await;
    let fields = [("username", "mi na<b>"), ("email", "nobody"), ("password", "correct-Horse-9!")];
    let reply = app.visitor().fill("/register", "/register", &fields).await;
    reply.assert_refused("username");
    reply.assert_refused("email");
    assert_eq!(reply.attributes("#username", "value"), ["mi na<b>"]);
    assert_eq!(reply.attributes("#email", "value"), ["nobody"]);
    assert_eq!(reply.attributes("#password", "value"), [""]);
    assert!(!reply.body.contains("correct-Horse-9!"), "a typed password is never printed back");
    assert_eq!(app.count("users"), 0);
}

#[tokio::test]
async fn a_taken_name_is_a_field_error_whichever_way_it_is_typed() {
    let app = TestApp::start().await;
    app.member("mina").await;
    for username in ["mina", "MINA", " mina ", "ｍｉｎａ", "mіna"] {
        let fields = [("username", username), ("email", "other@example.org"), ("password", PASSWORD)];
        app.visitor().fill("/register", "/register", &fields).await.assert_refused("username");
    }
    for email in ["mina@example.org", "MINA@EXAMPLE.ORG", " mina@example.org ", "ｍｉｎａ@example.org"] {
        let fields = [("username", "other"), ("email", email), ("password", PASSWORD)];
        app.visitor().fill("/register", "/register", &fields).await.assert_refused("email");
    }
    assert_eq!(app.count("users"), 1);
}

#[tokio::test]
async fn of_fifty_equal_registrations_at_once_one_wins_and_the_others_get_an_error() {
    // At a real cost: the others must not crowd the hashing queue.
    let app = TestApp::with(|config| config.bcrypt_cost = 12).await;
    let visitors: Vec<_> = (0..50).map(|_| app.visitor()).collect();
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];
    let replies = join_all(visitors.iter().map(|visitor| visitor.post("/register", &fields))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 303).count(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 303) {
        reply.assert_refused("username");
        reply.assert_refused("email");
    }
    assert_eq!(app.count("users"), 1);
}

#[tokio::test]
async fn of_racing_registrations_with_one_email_the_database_lets_one_through() {
    let app = TestApp::start().await;
    let visitors: Vec<_> = (0..30).map(|number| (format!("person{number}x"), app.visitor())).collect();
    let replies = join_all(visitors.iter().map(|(name, visitor)| async move {
        visitor
            .post("/register", &[("username", name), ("email", "mina@example.org"), ("password", PASSWORD)])
            .await
    }))
    .await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 303).count(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 303) {
        reply.assert_refused("email");
    }
    assert_eq!(app.count("users"), 1);
}

#[tokio::test]
async fn weak_passwords_are_refused_with_a_sentence_that_helps() {
    let app = TestApp::start().await;
    for (password, sentence) in [
        ("", "Enter a password."),
        ("x7Q!m2p", "Use at least 8 characters."),
        (&"a1!".repeat(43), "Use at most 128 characters."),
        ("password1", "Too easy to guess. Add an unrelated word or two."),
        ("mina2026", "Too close to your name, your email or this site’s name. Choose something unrelated."),
        ("munjigi1", "Too close to your name, your email or this site’s name. Choose something unrelated."),
    ] {
        let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", password)];
        let reply = app.visitor().fill("/register", "/register", &fields).await;
        reply.assert_refused("password");
        assert_eq!(reply.find("#password-problem"), [sentence], "{password}");
    }
    assert_eq!(app.count("users"), 0);
}

#[tokio::test]
async fn names_and_passwords_of_every_script_work() {
    let app = TestApp::start().await;
    let emoji: String = ('\u{1F400}'..='\u{1F43F}').collect();
    for (number, (username, password)) in
        [("민아", "튼튼한 열쇠를 품은 문"), ("Ünal.É", "  spaces around it  "), ("李明", emoji.as_str())]
            .iter()
            .enumerate()
    {
        let email = format!("user{number}@bücher.example");
        let visitor = app.visitor();
        let fields = [("username", *username), ("email", &email), ("password", password)];
        visitor.fill("/register", "/register", &fields).await.assert_redirect("/dashboard");
        let again = app.visitor();
        again
            .fill("/login", "/login", &[("login", username), ("password", password)])
            .await
            .assert_redirect("/dashboard");
        assert_eq!(again.get("/dashboard").await.find(".who"), [*username]);
        let trimmed = again.post("/login", &[("login", username), ("password", password.trim_start())]).await;
        assert_eq!(trimmed.status == 303, password.trim_start() == *password, "a password counts as typed");
    }
}

#[tokio::test]
async fn closed_registration_says_so_and_makes_nothing() {
    let app = TestApp::with(|config| config.registration = munjigi::config::Registration::Closed).await;
    let visitor = app.visitor();
    let page = visitor.get("/register").await;
    assert!(page.text().contains("Registration is closed") && page.find("main form").is_empty());
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];
    assert_eq!(visitor.post("/register", &fields).await.status, 403);
    assert!(!visitor.get("/").await.body.contains("/register"));
    assert_eq!(app.count("users"), 0);
}

#[tokio::test]
async fn one_address_makes_a_hundred_accounts_an_hour() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let mut made = 0;
    let refused = loop {
        let (name, email) = (format!("person{made}x"), format!("person{made}x@example.org"));
        let reply = visitor
            .post("/register", &[("username", &name), ("email", &email), ("password", PASSWORD)])
            .await;
        if reply.status != 303 {
            break reply;
        }
        made += 1;
    };
    assert_eq!((made, refused.status), (100, 429));
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 3_000);
    app.clock.advance(3_601);
    app.visitor().register("later").await;
}
