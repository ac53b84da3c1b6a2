//! A form that is sent twice within seconds: it is processed once, and both requests get the same answer. Nobody else gets
//! it.

use std::time::Duration;

use munjigi::config::Verification;

use crate::support::{Authenticator, PASSWORD, Persona, Reply, TestApp, encode, over_both_stores, redis_url};

over_both_stores![
    a_registration_sent_twice_signs_in_once_and_answers_both,
    the_answer_is_for_whoever_sends_the_same_bytes_and_for_nobody_else,
    a_code_sent_twice_is_used_once_and_lets_in_nobody_else,
    a_new_password_sent_twice_is_set_once_and_the_member_stays,
    what_a_member_makes_is_made_once,
    a_wrong_password_sent_twice_fails_once,
    a_mailed_link_sent_twice_is_used_once_and_lets_in_nobody_else,
    the_same_deed_from_another_page_is_done_again,
];

/// The form as a browser would send it, with everything that it contains.
async fn filled(persona: &Persona, page: &str, action: &str, typed: &[(&str, &str)]) -> String {
    let reply = persona.get(page).await;
    assert_eq!(reply.status, 200, "{page}");
    body(&reply, action, typed)
}

fn body(reply: &Reply, action: &str, typed: &[(&str, &str)]) -> String {
    let mut form = reply.form(action);
    assert!(form.contains_key("form-id"), "{action}");
    for (name, value) in typed {
        form.insert((*name).to_owned(), Some((*value).to_owned()));
    }
    let sent: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    encode(&sent)
}

/// Sends a form twice at once, as a double click does: both with the cookies of before.
async fn send_twice(persona: &Persona, action: &str, body: &str) -> (Reply, Persona, Reply) {
    let second = Persona::with_cookies_of(persona);
    second.get("/healthz").await;
    let (first, again) = tokio::join!(persona.post_raw(action, body), async {
        tokio::time::sleep(Duration::from_millis(5)).await;
        second.post_raw(action, body).await
    });
    assert_eq!((first.status, first.header("location")), (again.status, again.header("location")));
    assert_eq!(cookies(&first), cookies(&again));
    assert_eq!(first.body, again.body);
    assert_ne!(first.header("x-request-id"), again.header("x-request-id"));
    (first, second, again)
}

fn cookies(reply: &Reply) -> Vec<String> {
    reply.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned()).collect()
}

const NEW: [(&str, &str); 3] = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];

async fn a_registration_sent_twice_signs_in_once_and_answers_both(app: TestApp) {
    let persona = app.visitor();
    let form = filled(&persona, "/register", "/register", &NEW).await;
    let (first, second, _) = send_twice(&persona, "/register", &form).await;
    first.assert_redirect("/dashboard");
    assert!(second.get("/dashboard").await.find(".who") == ["mina"]);
    assert_eq!(app.count("users"), 1);
    assert_eq!(app.count("audit_events WHERE event = 'signed_in'"), 1);
    // A browser that has already taken the cookies of the first answer.
    let taken = Persona::with_cookies_of(&persona);
    let late = taken.post_raw("/register", &form).await;
    assert_eq!(cookies(&late), cookies(&first));
}

async fn the_answer_is_for_whoever_sends_the_same_bytes_and_for_nobody_else(app: TestApp) {
    let persona = app.visitor();
    let form = filled(&persona, "/register", "/register", &NEW).await;
    let before = Persona::with_cookies_of(&persona);
    persona.post_raw("/register", &form).await.assert_redirect("/dashboard");
    let session = |persona: &Persona| persona.cookie("munjigi");
    // Another password, none, another form, a forged form, no form.
    let other = filled(&app.visitor(), "/register", "/register", &NEW).await;
    let id = form.split('&').find(|pair| pair.starts_with("form%2Did")).unwrap();
    let bent = form.replace(id, &format!("{}A", &id[..id.len() - 1]));
    let bent = if bent == form { form.replace(id, &format!("{}B", &id[..id.len() - 1])) } else { bent };
    let wrong = form.replace("eleven", "twelve");
    assert_ne!(wrong, form);
    for attempt in [&wrong, &other, &bent, &form.replace(id, ""), &form.replace(id, "form%2Did=x")] {
        let thief = Persona::with_cookies_of(&before);
        assert_eq!(thief.post_raw("/register", attempt).await.status, 422, "{attempt}");
        assert_eq!(session(&thief), None);
    }
    // The same bytes from another browser, with other cookies, and to another address.
    let mut thief = Persona::with_cookies_of(&before);
    thief.user_agent = "curl/8";
    assert_eq!(thief.post_raw("/register", &form).await.status, 422);
    let thief = Persona::with_cookies_of(&before);
    thief.set_cookie("munjigi-passkey", "x");
    assert_eq!(thief.post_raw("/register", &form).await.status, 422);
    let thief = Persona::with_cookies_of(&before);
    assert_eq!(thief.post_raw("/register?x", &form).await.status, 422);
    assert_eq!(thief.post_raw("/login", &form).await.status, 422);
    assert_eq!(session(&thief), None);
}

async fn a_code_sent_twice_is_used_once_and_lets_in_nobody_else(app: TestApp) {
    let (_, authenticator) = app.member_with_totp("mina").await;
    let persona = app.pending_sign_in("mina").await;
    let code = authenticator.next_code(&app);
    let form = filled(&persona, "/login/verify", "/login/verify", &[("code", &code)]).await;
    let waiting = Persona::with_cookies_of(&persona);
    let (first, second, _) = send_twice(&persona, "/login/verify", &form).await;
    first.assert_redirect("/dashboard");
    assert!(second.is_signed_in().await);
    assert_eq!(
        app.count("audit_events WHERE event = 'signed_in' AND user_id = 1"),
        2,
        "with the registration"
    );
    // The same code in another form of the same sign-in, in another sign-in, and without one.
    let bare = encode(&[("code", &code)]);
    assert!(waiting.post_raw("/login/verify", &bare).await.status != 200);
    assert_eq!(waiting.cookie("munjigi"), None);
    let other = app.pending_sign_in("mina").await;
    assert_eq!(other.verify(&code).await.status, 422, "a code is used once");
    for thief in [app.visitor(), app.pending_sign_in("mina").await] {
        assert_ne!(thief.post_raw("/login/verify", &form).await.header("location"), "/dashboard");
        assert_eq!(thief.cookie("munjigi"), None);
    }
}

async fn a_new_password_sent_twice_is_set_once_and_the_member_stays(app: TestApp) {
    let mina = app.member("mina").await;
    let typed = [("current_password", PASSWORD), ("new_password", "orchard velvet 계단 nine")];
    let form = filled(&mina, "/security/password", "/security", &typed).await;
    let (first, second, _) = send_twice(&mina, "/security", &form).await;
    assert_eq!(first.status, 303);
    assert!(second.is_signed_in().await && mina.is_signed_in().await);
    assert_eq!(app.count("audit_events WHERE event = 'password_changed'"), 1);
}

async fn what_a_member_makes_is_made_once(app: TestApp) {
    let mina = app.member("mina").await;
    let post = [("title", "A picnic"), ("body", "Bring lunch.")];
    let form = filled(&mina, "/board/new", "/board/new", &post).await;
    let (first, ..) = send_twice(&mina, "/board/new", &form).await;
    first.assert_redirect("/board/1");
    assert_eq!(app.count("posts"), 1);
    let again = filled(&mina, "/board/new", "/board/new", &post).await;
    mina.post_raw("/board/new", &again).await.assert_redirect("/board/2");

    let page = mina.get("/tokens").await;
    let form = body(&page, "/tokens", &[("name", "backup"), ("scope-profile-read", "yes")]);
    let (first, ..) = send_twice(&mina, "/tokens", &form).await;
    assert!(first.status == 200 || first.status == 422, "{}", first.text());
    assert!(app.count("api_tokens") <= 1);
    // Another member with the same bytes is another member.
    let noa = app.member("noa").await;
    let stolen = noa.post_raw("/tokens", &form).await;
    assert_ne!(stolen.body, first.body);
}

async fn a_wrong_password_sent_twice_fails_once(app: TestApp) {
    app.member("mina").await;
    let persona = app.visitor();
    let form = filled(&persona, "/login", "/login", &[("login", "mina"), ("password", "no")]).await;
    let (first, ..) = send_twice(&persona, "/login", &form).await;
    assert_eq!(first.status, 422);
    let failures =
        app.number("SELECT (SELECT count(*) FROM audit_events WHERE event = 'sign_in_failed') AS n");
    assert_eq!(failures, 1);
    let form = filled(&persona, "/login", "/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    let (first, second, _) = send_twice(&persona, "/login", &form).await;
    first.assert_redirect("/dashboard");
    assert!(second.is_signed_in().await);
    assert_eq!(app.count("audit_events WHERE event = 'signed_in'"), 2, "with the registration");
}

async fn a_mailed_link_sent_twice_is_used_once_and_lets_in_nobody_else(app: TestApp) {
    app.member("mina").await;
    let persona = app.visitor();
    let asked = persona.fill("/password-reset", "/password-reset", &[("login", "mina")]).await;
    assert_eq!(asked.status, 303);
    let path = app.mail("mina@example.org", 1).await.path(&app);
    let page = persona.get(&path).await;
    let action = page.attributes("main form", "action").remove(0);
    let typed = [("new_password", "orchard velvet 계단 nine")];
    let form = body(&page, &action, &typed);
    let before = Persona::with_cookies_of(&persona);
    let (first, ..) = send_twice(&persona, &action, &form).await;
    assert_eq!(first.status, 303, "{}", first.text());
    assert_eq!(app.count("audit_events WHERE event = 'password_reset'"), 1);
    // A thief of the mail does not have the form that was sent.
    let bare: String =
        form.split('&').filter(|pair| !pair.starts_with("form%2Did")).collect::<Vec<_>>().join("&");
    for thief in [app.visitor(), before] {
        let reply = thief.post_raw(&action, &bare).await;
        assert_ne!((reply.status, reply.header("location")), (303, first.header("location")));
        assert_eq!(thief.cookie("munjigi"), None);
    }
}

async fn the_same_deed_from_another_page_is_done_again(app: TestApp) {
    let staff = app.staff("mina").await;
    app.member("noa").await;
    let id = app.user_id("noa");
    let (disable, enable) = (format!("/admin/users/{id}/disable"), format!("/admin/users/{id}/enable"));
    for (action, disabled) in [(&disable, true), (&enable, false), (&disable, true)] {
        let mut reply = staff.fill(&format!("/admin/users/{id}"), action, &[]).await;
        if disabled {
            assert_eq!(reply.status, 422, "it asks first");
            reply = staff.answer(&reply, action).await;
        }
        assert!(reply.status == 303, "{} {}", reply.status, reply.text());
        assert_eq!(app.user("noa").disabled, disabled);
    }
}

#[tokio::test]
async fn an_answer_is_kept_for_seconds_and_holds_nothing_readable() {
    let app = TestApp::start().await;
    app.clock.stop();
    let persona = app.visitor();
    let form = filled(&persona, "/register", "/register", &NEW).await;
    let before = Persona::with_cookies_of(&persona);
    persona.post_raw("/register", &form).await.assert_redirect("/dashboard");
    assert!(app.count("form_answers") > 0);
    let session = persona.cookie("munjigi").unwrap();
    let id = session.split('.').next().unwrap();
    assert_eq!(app.count(&format!("form_answers WHERE CAST(answer AS TEXT) LIKE '%{id}%'")), 0);
    assert_eq!(app.count("form_answers WHERE CAST(answer AS TEXT) LIKE '%mina%'"), 0);
    app.clock.advance(9);
    Persona::with_cookies_of(&before).post_raw("/register", &form).await.assert_redirect("/dashboard");
    app.clock.advance(1);
    Persona::with_cookies_of(&before).post_raw("/register", &form).await.assert_refused("username");
    app.clock.advance(31);
    app.purge().await;
    assert_eq!(app.count("form_answers"), 0);
}

/// Two nodes on one database, and on one Redis if there is one.
async fn two_nodes(redis: Option<String>) -> (TestApp, TestApp) {
    let here = TestApp::with(|config| config.redis_url.clone_from(&redis)).await;
    let (data_dir, database) = (here.config.data_dir.clone(), here.config.database.clone());
    let there = TestApp::with(|config| {
        config.redis_url = redis;
        config.data_dir = data_dir;
        config.database = database;
    })
    .await;
    (here, there)
}

#[tokio::test]
async fn two_nodes_answer_the_two_requests_alike() {
    for redis in [None, Some(redis_url())] {
        let (here, there) = two_nodes(redis).await;
        let persona = here.visitor();
        let form = filled(&persona, "/register", "/register", &NEW).await;
        let second = Persona::at(&there.url, &persona);
        let (first, again) =
            tokio::join!(persona.post_raw("/register", &form), second.post_raw("/register", &form));
        first.assert_redirect("/dashboard");
        again.assert_redirect("/dashboard");
        assert_eq!(cookies(&first), cookies(&again));
        // The answer of the first node, whose cookies have names of their own in a test on two ports.
        assert!(Persona::at(&here.url, &second).is_signed_in().await);
        assert_eq!(here.count("users"), 1);
    }
}

#[tokio::test]
async fn a_request_that_is_dropped_is_carried_out_and_answered_at_the_second() {
    let app = TestApp::with(|config| config.bcrypt_cost = 12).await;
    let persona = app.visitor();
    let form = filled(&persona, "/register", "/register", &NEW).await;
    let dropped = Persona::with_cookies_of(&persona);
    let gone = tokio::time::timeout(Duration::from_millis(80), dropped.post_raw("/register", &form)).await;
    assert!(gone.is_err());
    persona.post_raw("/register", &form).await.assert_redirect("/dashboard");
    assert!(persona.is_signed_in().await);
    assert_eq!(app.count("audit_events WHERE event = 'signed_in'"), 1);
}

#[tokio::test]
async fn a_registration_by_mail_sent_twice_sends_one_mail_and_its_code_works() {
    let app = TestApp::with(|config| config.mail.verification = Verification::Required).await;
    let persona = app.visitor();
    let form = filled(&persona, "/register", "/register", &NEW).await;
    let (first, second, _) = send_twice(&persona, "/register", &form).await;
    first.assert_redirect("/verify-email");
    let code = app.mail("mina@example.org", 1).await.code();
    let form = filled(&second, "/verify-email", "/verify-email", &[("code", &code)]).await;
    let (first, ..) = send_twice(&second, "/verify-email", &form).await;
    first.assert_redirect("/login");
    assert_eq!(app.count("users"), 1);
}

#[tokio::test]
async fn recovery_codes_and_apps_are_set_up_once() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let page = mina.get("/security/totp").await;
    let secret = page.find("#totp-secret").remove(0);
    let authenticator = Authenticator { secret, recovery: Vec::new() };
    let form = body(&page, "/security/totp", &[("code", &authenticator.code_at(app.clock.now()))]);
    let (first, second, _) = send_twice(&mina, "/security/totp", &form).await;
    assert_eq!(first.find(".codes code").len(), 10, "{}", first.text());
    assert_eq!(app.count("recovery_codes"), 10);
    assert!(second.is_signed_in().await && mina.is_signed_in().await);
}
