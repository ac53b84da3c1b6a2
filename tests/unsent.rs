//! A form that arrives after the session has ended: nothing is lost, nothing is saved without its member, and nobody else
//! sends it.

use munjigi::config::Required;

use crate::support::{Authenticator, PASSWORD, Persona, Reply, TestApp, over_both_stores};

over_both_stores![
    a_form_waits_for_its_member_to_sign_in_again,
    a_wrong_password_and_a_second_factor_in_between_keep_it,
    no_other_member_ever_sends_it,
    passwords_and_codes_are_typed_anew,
];

const POST: [(&str, &str); 2] = [("title", "봄 소풍"), ("body", "Bring <b>lunch</b>.\nAnd \"water\" & tea.")];

/// The form of a page, filled in.
async fn filled(
    persona: &Persona,
    page: &str,
    action: &str,
    typed: &[(&str, &str)],
) -> Vec<(String, String)> {
    let mut form = persona.get(page).await.form(action);
    for (name, value) in typed {
        form.insert((*name).to_owned(), Some((*value).to_owned()));
    }
    form.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

async fn send(persona: &Persona, action: &str, form: &[(String, String)]) -> Reply {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    persona.post(action, &form).await
}

/// Opens the form, signs out in another tab, and sends it.
async fn send_signed_out(persona: &Persona) {
    let form = filled(persona, "/board/new", "/board/new", &POST).await;
    persona.post("/logout", &[]).await.assert_redirect("/");
    persona.get("/").await;
    send(persona, "/board/new", &form).await.assert_redirect("/login?next=%2Funsent");
}

async fn sign_in_for_it(persona: &Persona, name: &str) -> Reply {
    let page = "/login?next=/unsent";
    persona.fill(page, "/login", &[("login", name), ("password", PASSWORD)]).await
}

async fn is_sent(app: &TestApp, persona: &Persona) {
    let page = persona.get("/unsent").await;
    assert_eq!(page.find("h1"), ["Send what you typed?"]);
    assert!(!page.body.contains("<b>lunch"));
    let fields: Vec<(String, String)> =
        page.form("/board/new").into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    assert_eq!(app.count("posts"), 0);
    send(persona, "/board/new", &fields).await.assert_redirect("/board/1");
    let shown = persona.get("/board/1").await;
    assert!(
        shown.body.contains("봄 소풍") && shown.text().contains("And \"water\" & tea."),
        "{}",
        shown.text()
    );
}

async fn a_form_waits_for_its_member_to_sign_in_again(app: TestApp) {
    let mina = app.member("mina").await;
    send_signed_out(&mina).await;
    assert_eq!(app.count("posts"), 0);
    let page = mina.get("/login?next=/unsent").await;
    assert!(page.text().contains("nothing was saved yet"), "{}", page.text());
    sign_in_for_it(&mina, "mina").await.assert_redirect("/unsent");
    is_sent(&app, &mina).await;
    // A session that was ended elsewhere, and another form.
    let form = filled(&mina, "/profile", "/profile", &[("display_name", "Mina K.")]).await;
    app.another_browser("mina").await.post("/sessions/end-others", &[]).await;
    send(&mina, "/profile", &form).await.assert_redirect("/login?next=%2Funsent");
    sign_in_for_it(&mina, "mina").await.assert_redirect("/unsent");
    let page = mina.get("/unsent").await;
    assert_eq!(page.form("/profile")["display_name"].as_deref(), Some("Mina K."));
    let mut korean = Persona::with_cookies_of(&mina);
    korean.language = "ko";
    assert_eq!(korean.get("/unsent").await.find("h1"), ["입력한 내용을 보낼까요?"]);
}

async fn a_wrong_password_and_a_second_factor_in_between_keep_it(app: TestApp) {
    let (mina, authenticator) = app.member_with_totp("mina").await;
    send_signed_out(&mina).await;
    let wrong = mina.fill("/login?next=/unsent", "/login", &[("login", "mina"), ("password", "no")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.form("/login")["next"].as_deref(), Some("/unsent"));
    sign_in_for_it(&mina, "mina").await.assert_redirect("/login/verify?next=%2Funsent");
    assert_eq!(mina.verify("000000").await.status, 422);
    mina.verify(&authenticator.next_code(&app)).await.assert_redirect("/unsent");
    is_sent(&app, &mina).await;
}

async fn no_other_member_ever_sends_it(app: TestApp) {
    let mina = app.member("mina").await;
    app.member("noa").await;
    send_signed_out(&mina).await;
    let browser = Persona::with_cookies_of(&mina);
    sign_in_for_it(&browser, "noa").await.assert_redirect("/unsent");
    browser.get("/unsent").await.assert_redirect("/dashboard");
    // Without the cookie, and with that of another browser, there is nothing either.
    let elsewhere = app.another_browser("mina").await;
    elsewhere.get("/unsent").await.assert_redirect("/dashboard");
    elsewhere.set_cookie("munjigi-unsent", "x.y");
    elsewhere.get("/unsent").await.assert_redirect("/dashboard");
    // A form that is open while another member signs in is not sent in the name of that one.
    let form = filled(&elsewhere, "/board/new", "/board/new", &POST).await;
    elsewhere.post("/logout", &[]).await;
    elsewhere.sign_in("noa").await.assert_redirect("/dashboard");
    send(&elsewhere, "/board/new", &form).await.assert_redirect("/dashboard");
    assert!(elsewhere.get("/dashboard").await.body.contains("belonged to another account"));
    assert_eq!(app.count("posts"), 0);
}

async fn passwords_and_codes_are_typed_anew(app: TestApp) {
    let mina = app.member("mina").await;
    let typed = [("current_password", PASSWORD), ("new_password", "orchard velvet 계단 nine")];
    let form = filled(&mina, "/security/password", "/security", &typed).await;
    mina.post("/logout", &[]).await;
    mina.get("/security").await;
    send(&mina, "/security", &form).await.assert_redirect("/login?next=%2Fsecurity");
    assert_eq!(mina.cookie("munjigi-unsent"), None);
    assert!(mina.get("/login").await.text().contains("nothing was saved. Sign in and try again"));
    mina.sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_form_without_the_id_of_a_member_leads_to_sign_in_as_before() {
    let app = TestApp::start().await;
    let id = app.visitor().get("/login").await.attributes("input[name=form-id]", "value").remove(0);
    for fields in [&[("title", "x")][..], &[("title", "x"), ("form-id", &id)], &[("form-id", "x")]] {
        app.visitor().post("/board/new", fields).await.assert_redirect("/login");
    }
    assert_eq!(app.count("form_answers WHERE id LIKE 'unsent%'"), 0);
}

#[tokio::test]
async fn it_is_kept_encrypted_for_half_an_hour_and_not_without_end() {
    let app = TestApp::start().await;
    app.clock.stop();
    let mina = app.member("mina").await;
    send_signed_out(&mina).await;
    assert_eq!(app.count("form_answers WHERE id LIKE 'unsent%'"), 1);
    assert_eq!(app.count("form_answers WHERE CAST(answer AS TEXT) LIKE '%lunch%'"), 0);
    app.clock.advance(30 * 60 - 1);
    sign_in_for_it(&mina, "mina").await.assert_redirect("/unsent");
    assert_eq!(mina.get("/unsent").await.status, 200);
    app.clock.advance(1);
    mina.get("/unsent").await.assert_redirect("/dashboard");
    app.clock.advance(1);
    app.purge().await;
    assert_eq!(app.count("form_answers WHERE id LIKE 'unsent%'"), 0);

    let form = filled(&mina, "/board/new", "/board/new", &POST).await;
    let signed_out = app.visitor();
    for place in 0..21 {
        let mut form = form.clone();
        form.push(("n".to_owned(), place.to_string()));
        let reply = send(&signed_out, "/board/new", &form).await;
        assert_eq!(reply.header("location") == "/login?next=%2Funsent", place < 20, "{place}");
    }
}

#[tokio::test]
async fn the_largest_post_is_kept_whole() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let body = "😀".repeat(10_000);
    let form = filled(&mina, "/board/new", "/board/new", &[("title", "t"), ("body", &body)]).await;
    mina.post("/logout", &[]).await;
    send(&mina, "/board/new", &form).await.assert_redirect("/login?next=%2Funsent");
    sign_in_for_it(&mina, "mina").await.assert_redirect("/unsent");
    assert_eq!(mina.get("/unsent").await.form("/board/new")["body"].as_deref(), Some(&*body));
}

#[tokio::test]
async fn a_required_set_up_in_between_keeps_it() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    send_signed_out(&mina).await;
    let strict = TestApp::with(|config| {
        config.data_dir.clone_from(&app.config.data_dir);
        config.database = app.config.database.clone();
        config.require_second_factor = Required::Everyone;
    })
    .await;
    let mina = Persona::at(&strict.url, &mina);
    let led = sign_in_for_it(&mina, "mina").await;
    assert_eq!(led.status, 303);
    let led = mina.get("/unsent").await;
    led.assert_redirect("/security/totp?next=%2Funsent");
    let page = mina.get("/security/totp?next=%2Funsent").await;
    let secret = page.find("#totp-secret").remove(0);
    let authenticator = Authenticator { secret, recovery: Vec::new() };
    let code = authenticator.code_at(strict.clock.now());
    let mut form = page.form("/security/totp");
    form.insert("code".to_owned(), Some(code));
    let form: Vec<(String, String)> =
        form.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let done = send(&mina, "/security/totp", &form).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.body.contains("href=\"/unsent\""), "{}", done.body);
    is_sent(&strict, &mina).await;
}
