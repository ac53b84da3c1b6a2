//! Users who needs two-step verification are led through set-up and reach nothing else; staff help those who lost theirs.

use munjigi::config::Required;
use serde_json::json;

use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

/// A group that requires a second factor, with these members.
async fn group_that_asks(sofia: &Persona, names: &[&str]) {
    sofia.post("/admin/groups", &[("name", "Careful")]).await.assert_redirect("/admin/groups/1");
    for name in names {
        sofia.post("/admin/groups/1/members", &[("login", name)]).await.assert_redirect("/admin/groups/1");
    }
    let fields = [("second_factor", "yes")];
    sofia.fill("/admin/groups/1", "/admin/groups/1", &fields).await.assert_redirect("/admin/groups/1");
}

over_both_stores![a_group_can_ask_for_a_second_factor_and_sessions_that_are_open_already_are_led_to_it,];

async fn a_group_can_ask_for_a_second_factor_and_sessions_that_are_open_already_are_led_to_it(app: TestApp) {
    let sofia = app.staff("sofia").await;
    let (mina, eve) = (app.member("mina").await, app.member("eve").await);
    let client = app.client_of("mina").await;
    group_that_asks(&sofia, &["mina"]).await;
    assert_eq!(sofia.get("/admin/groups/1").await.find("input[name=second_factor][checked]").len(), 1);
    for page in ["/dashboard", "/profile", "/sessions", "/security", "/board/new", "/profile/delete"] {
        let wanted = page.replace('/', "%2F");
        mina.get(page).await.assert_redirect(&format!("/security/totp?next={wanted}"));
    }
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/security/totp");
    mina.post("/board/new", &[("title", "x"), ("body", "y")]).await.assert_redirect("/security/totp");
    for path in ["/api/auth/check", "/api/auth/user", "/api/auth/sessions"] {
        assert_eq!(client.get(path).await.status, 403, "{path}");
        assert_eq!(mina.get(path).await.status, 403, "{path}");
    }
    let check = client.get("/api/auth/check").await.json();
    assert!(check["detail"].as_str().unwrap().contains("needs two-step verification"), "{check}");
    let body = json!({"login": "mina", "password": PASSWORD});
    assert_eq!(app.program().post_bare("/api/auth/login", body).await.status, 401);
    assert!(eve.is_signed_in().await);
    let page = mina.get("/security/totp").await;
    assert!(page.text().contains("Your account needs two-step verification."), "{}", page.text());
    assert!(page.find("nav[aria-label]").is_empty(), "nothing that it names would open");
    app.set_up_totp(&mina).await;
    assert!(mina.is_signed_in().await);
    assert!(!client.is_signed_in().await);
}

#[tokio::test]
async fn who_lacks_a_required_factor_sets_it_up_right_after_the_password() {
    let app = TestApp::with(|config| config.require_second_factor = Required::Everyone).await;
    let mina = app.visitor();
    mina.register("mina").await;
    mina.get("/").await.assert_redirect("/security/totp");
    mina.post("/logout", &[]).await.assert_redirect("/");
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    mina.get("/dashboard").await.assert_redirect("/security/totp?next=%2Fdashboard");
    let authenticator = app.set_up_totp(&mina).await;
    assert!(mina.is_signed_in().await);
    mina.post("/security/totp/remove", &[]).await.assert_redirect("/security");
    mina.get("/security").await.assert_redirect("/security/totp?next=%2Fsecurity");
    assert_eq!(app.count("totp"), 0);
    assert!(!authenticator.secret.is_empty());
}

#[tokio::test]
async fn staff_can_be_asked_for_it_as_a_whole() {
    let app = TestApp::with(|config| config.require_second_factor = Required::Staff).await;
    let mina = app.member("mina").await;
    assert!(mina.is_signed_in().await);
    app.make_staff(app.user_id("mina")).await;
    mina.get("/admin/users").await.assert_redirect("/security/totp?next=%2Fadmin%2Fusers");
    let disable = format!("/admin/users/{}/disable", app.user_id("mina"));
    mina.post(&disable, &[]).await.assert_redirect("/security/totp");
    app.set_up_totp(&mina).await;
    assert_eq!(mina.get("/admin/users").await.status, 200);
}

#[tokio::test]
async fn who_is_led_to_set_up_is_led_on_to_where_they_were_going_and_nowhere_else() {
    for (wanted, on) in [
        ("/login?next=/sessions", "/sessions"),
        ("/board/new?x=%26y", "/board/new?x=%26y"),
        ("/login?rd=https%3A%2F%2Fapp.example.org%2Fx", "https://app.example.org/x"),
        ("/login?next=https%3A%2F%2Fevil.example%2Fx", "/dashboard"),
        ("/login?next=%2F%2Fevil.example", "/dashboard"),
        ("/", "/dashboard"),
    ] {
        let app = TestApp::with(|config| {
            config.require_second_factor = Required::Everyone;
            config.allowed_origins = [url::Url::parse("https://app.example.org").unwrap().origin()].into();
        })
        .await;
        let mina = app.visitor();
        mina.register("mina").await;
        let led = mina.get(wanted).await.header("location").to_owned();
        assert_eq!(mina.get(&led).await.status, 200, "{led}");
        let (_, done) = app.try_totp(&mina).await;
        assert_eq!(done.attributes("main .acts a.button:last-child", "href"), [on], "{wanted}");
        assert_eq!(mina.cookie("munjigi-way"), None, "{wanted}");
    }
}
