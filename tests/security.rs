use crate::support::{PASSWORD, Persona, Reply, TestApp, over_both_stores};

const NEW: &str = "orchard 계단 velvet seven";

async fn change(persona: &Persona, current: &str, new: &str) -> Reply {
    persona
        .fill("/security/password", "/security", &[("current_password", current), ("new_password", new)])
        .await
}

over_both_stores![a_new_password_ends_every_other_session_and_gives_this_one_a_new_id,];

async fn a_new_password_ends_every_other_session_and_gives_this_one_a_new_id(app: TestApp) {
    let mina = app.member("mina").await;
    let before = Persona::with_cookies_of(&mina);
    let phone = app.another_browser("mina").await;
    change(&mina, PASSWORD, NEW).await.assert_redirect("/security");
    let page = mina.get("/security").await;
    assert_eq!(
        page.find(".note[role=status]"),
        [
            "Your password was changed. You were signed out on all other devices, and your API tokens were deleted."
        ]
    );
    assert!(page.find(".slim .name").contains(&"Password changed".to_owned()));
    assert!(!phone.is_signed_in().await && !before.is_signed_in().await);
    assert_eq!(app.visitor().post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.status, 422);
    app.visitor()
        .fill("/login", "/login", &[("login", "mina"), ("password", NEW)])
        .await
        .assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_change_needs_the_current_password() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for current in ["", "wrong wrong wrong", &PASSWORD.to_uppercase(), &format!("{PASSWORD} ")] {
        change(&mina, current, NEW).await.assert_refused("current_password");
    }
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_new_password_must_be_strong_and_new() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for new in ["", "short", "password123", "mina@example.org", PASSWORD, &"x".repeat(129)] {
        let reply = change(&mina, PASSWORD, new).await;
        reply.assert_refused("new_password");
        assert!(
            new.is_empty() || !reply.body.contains(new) || new == "mina@example.org",
            "no password is printed back"
        );
    }
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn guessing_the_current_password_is_limited() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for _ in 0..5 {
        assert_eq!(
            mina.post("/security", &[("current_password", "guess"), ("new_password", NEW)]).await.status,
            422
        );
    }
    let refused = mina.post("/security", &[("current_password", PASSWORD), ("new_password", NEW)]).await;
    assert_eq!(refused.status, 429);
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn recent_events_show_what_happened_and_only_to_the_user() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let noa = app.member("noa").await;
    app.visitor().post("/login", &[("login", "mina"), ("password", "guess")]).await;
    mina.post("/logout", &[]).await;
    mina.sign_in("mina").await;
    let page = mina.get("/security").await;
    assert_eq!(
        page.find(".slim .name"),
        ["Signed in", "Signed out", "Failed sign-in", "Signed in", "Account created"]
    );
    assert_eq!(page.find(".slim:first-child .meta"), ["Firefox on Linux, 127.0.0.1"]);
    assert!(!noa.get("/security").await.find(".slim .name").contains(&"Failed sign-in".to_owned()));
}

#[tokio::test]
async fn seventy_two_bytes_and_nul_do_not_cut_a_password_short() {
    let app = TestApp::start().await;
    let long = "가나다라 마바사아 자차카타 파하".repeat(3);
    let mina = app.visitor();
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", long.as_str())];
    mina.fill("/register", "/register", &fields).await.assert_redirect("/dashboard");
    for close in [
        long.chars().take(24).collect::<String>(),
        format!("{long}x"),
        format!("{long}\0"),
        long.trim_end_matches('하').to_owned(),
    ] {
        let reply = app.visitor().post("/login", &[("login", "mina"), ("password", &close)]).await;
        assert_ne!(reply.status, 303, "{close:?}");
    }
    let nul = "bicycle\0garden\0seventeen";
    change(&mina, &long, nul).await.assert_redirect("/security");
    assert_eq!(app.visitor().post("/login", &[("login", "mina"), ("password", "bicycle")]).await.status, 422);
    app.clock.advance(901);
    assert_eq!(app.visitor().post("/login", &[("login", "mina"), ("password", "bicycle")]).await.status, 422);
    app.visitor().post("/login", &[("login", "mina"), ("password", nul)]).await.assert_redirect("/dashboard");
}
