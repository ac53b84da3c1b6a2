//! Authenticator apps and recovery codes: set-up, single use, limits, removal and programs.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::relying_party::RelyingParty;
use crate::support::{Authenticator, PASSWORD, Persona, SoftPasskey, TestApp, over_both_stores};

over_both_stores![setting_up_takes_a_right_code_and_ends_every_other_session,];

async fn setting_up_takes_a_right_code_and_ends_every_other_session(app: TestApp) {
    let mina = app.member("mina").await;
    let phone = app.another_browser("mina").await;
    let before = Persona::with_cookies_of(&mina);
    let page = mina.get("/security/totp").await;
    assert_eq!(page.attributes("svg.qr", "viewBox").len(), 1);
    let sealed = page.attributes("input[name=secret]", "value").remove(0);
    for code in ["000000", "", "abc"] {
        let reply = mina.post("/security/totp", &[("secret", &sealed), ("code", code)]).await;
        reply.assert_refused("code");
        assert_eq!(
            reply.attributes("input[name=secret]", "value"),
            [&*sealed],
            "the same key stays on the page"
        );
    }
    assert!(phone.is_signed_in().await);
    assert_eq!(app.count("totp"), 0);
    let authenticator = app.set_up_totp(&mina).await;
    assert_eq!(authenticator.recovery.len(), 10);
    assert!(mina.is_signed_in().await && !phone.is_signed_in().await && !before.is_signed_in().await);
    let security = mina.get("/security").await;
    assert!(security.text().contains("10 of 10 left"), "{}", security.text());
    assert_eq!(security.find(".slim .name")[0], "Authenticator app set up");
    assert_eq!(
        mina.get("/security/totp").await.attributes("form[action$=remove] button", "class"),
        ["danger"]
    );
}

#[tokio::test]
async fn set_up_accepts_only_a_key_generated_for_that_user() {
    let app = TestApp::start().await;
    let (mina, eve) = (app.member("mina").await, app.member("eve").await);
    let of_eve = eve.get("/security/totp").await.attributes("input[name=secret]", "value").remove(0);
    for sealed in [&*of_eve, "", "GEZDGNBVGY3TQOJQ", &of_eve[1..]] {
        let reply = mina.post("/security/totp", &[("secret", sealed), ("code", "000000")]).await;
        reply.assert_redirect("/security/totp");
    }
    assert_eq!(app.count("totp"), 0);
}

over_both_stores![the_key_stays_the_same_for_half_an_hour_until_it_is_used,];

async fn the_key_stays_the_same_for_half_an_hour_until_it_is_used(app: TestApp) {
    app.clock.stop();
    let mina = app.member("mina").await;
    app.clock.advance(1);
    let other = app.another_browser("mina").await;
    let shown = async |persona: &Persona| {
        let page = persona.get("/security/totp").await;
        (page.find("#totp-secret").remove(0), page.attributes("input[name=secret]", "value").remove(0))
    };
    let (secret, _) = shown(&mina).await;
    let key = Authenticator { secret: secret.clone(), recovery: Vec::new() };
    app.clock.advance(20 * 60);
    // In another tab, after a reload, and after the confirmation of the password, which changes the session's id.
    mina.post("/security/totp", &[("code", "000000"), ("secret", "x"), ("current_password", PASSWORD)]).await;
    let (again, sealed) = shown(&mina).await;
    assert_eq!(again, secret);
    assert_ne!(shown(&other).await.0, secret, "another session has its own");
    let thief = Persona::with_cookies_of(&other);
    thief.set_cookie("munjigi-totp", &mina.cookie("munjigi-totp").unwrap());
    assert_ne!(shown(&thief).await.0, secret, "even with the other's cookie");
    assert!(!mina.cookie("munjigi-totp").unwrap().contains(&secret.replace(' ', "")));
    app.clock.advance(10 * 60 + 1);
    let (later, _) = shown(&mina).await;
    assert_ne!(later, secret, "half an hour is over");
    assert_eq!(shown(&mina).await.0, later);
    // The page that was open all the while still works.
    let code = key.code_at(app.clock.now());
    let fields = [("secret", &*sealed), ("code", &code), ("current_password", PASSWORD)];
    assert_eq!(mina.post("/security/totp", &fields).await.find(".codes code").len(), 10);
    mina.post("/security/totp/remove", &[]).await.assert_redirect("/security");
    let (new, _) = shown(&mina).await;
    assert!(new != later && new != secret, "a key is used once");
}

#[tokio::test]
async fn the_key_is_stored_encrypted_and_the_codes_hashed() {
    let app = TestApp::on_sqlite().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let bytes = ["munjigi.db", "munjigi.db-wal"]
        .map(|name| std::fs::read(app.config.data_dir.join(name)).unwrap_or_default())
        .concat();
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(holds(b"mina@example.org"), "this is where it would be");
    assert!(!holds(authenticator.secret.replace(' ', "").as_bytes()));
    for code in &authenticator.recovery {
        assert!(!holds(code.as_bytes()) && !holds(code.replace('-', "").as_bytes()));
    }
}

over_both_stores![of_fifty_parallel_uses_of_one_code_one_wins,];

async fn of_fifty_parallel_uses_of_one_code_one_wins(app: TestApp) {
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let device = mina.cookie("munjigi-device").unwrap();
    let mut people = Vec::new();
    for _ in 0..10 {
        let person = app.visitor();
        person.set_cookie("munjigi-device", &device);
        person.sign_in("mina").await.assert_redirect("/login/verify");
        people.push(person);
    }
    for code in [authenticator.next_code(&app), authenticator.recovery[3].clone()] {
        let uses = people.iter().flat_map(|person| (0..5).map(move |_| Persona::with_cookies_of(person)));
        let answers = join_all(uses.map(|person| {
            let code = code.clone();
            async move { person.verify(&code).await }
        }));
        let answers = answers.await;
        let won = answers.iter().filter(|reply| reply.header("location") == "/dashboard").count();
        assert_eq!(won, 1, "{:?}", answers.iter().map(|reply| reply.status).collect::<Vec<_>>());
        assert!(answers.iter().all(|reply| [303, 422, 429].contains(&reply.status)));
        app.clock.advance(200);
        for person in &people {
            person.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await;
        }
        app.clock.advance(750);
        for person in &people {
            person.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await;
        }
    }
}

#[tokio::test]
async fn a_code_is_valid_one_step_either_way_and_never_after_a_later_one() {
    let app = TestApp::start().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let mut pending_sign_in = Vec::new();
    for _ in 0..6 {
        pending_sign_in.push(app.pending_sign_in("mina").await);
    }
    // To the middle of a step, far from the one used at set-up.
    app.clock.advance(90 - app.clock.now() % 30 + 15);
    let now = app.clock.now();
    let codes = [(-60, false), (60, false), (-30, true), (0, true), (30, true)];
    for (visitor, (offset, right)) in pending_sign_in.iter().zip(codes) {
        let reply = visitor.verify(&authenticator.code_at(now + offset)).await;
        assert_eq!(reply.status, if right { 303 } else { 422 }, "{offset} seconds off");
    }
    for offset in [0, 30] {
        pending_sign_in[5].verify(&authenticator.code_at(now + offset)).await.assert_refused("code");
    }
}

#[tokio::test]
async fn guessing_codes_is_limited_for_new_browsers_with_the_password_and_not_for_a_known_device() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let thief = app.pending_sign_in("mina").await;
    for _ in 0..5 {
        thief.verify("000000").await.assert_refused("code");
    }
    let right = authenticator.next_code(&app);
    let refused = thief.verify(&right).await;
    assert_eq!(refused.status, 429);
    assert!(!refused.header("retry-after").is_empty());
    let again = app.pending_sign_in("mina").await;
    assert_eq!(again.verify(&right).await.status, 429, "a new stage brings no new guesses");
    let client = app.program();
    let body = json!({"login": "mina", "password": PASSWORD, "code": right});
    assert_eq!(client.post_bare("/api/auth/login", body).await.status, 429, "nor does the API");
    mina.post("/logout", &[]).await;
    mina.sign_in("mina").await.assert_redirect("/login/verify");
    mina.verify(&right).await.assert_redirect("/dashboard");
    let events = mina.get("/security/activity").await.find(".slim .name");
    assert!(events.contains(&"Right password, but a wrong code".to_owned()), "{events:?}");
}

#[tokio::test]
async fn a_recovery_code_works_once_is_noted_and_a_new_set_replaces_the_old() {
    let app = TestApp::start().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let mina = app.pending_sign_in("mina").await;
    let typed = authenticator.recovery[0].to_uppercase().replace('-', " ");
    mina.verify(&typed).await.assert_redirect("/dashboard");
    let again = app.pending_sign_in("mina").await;
    again.verify(&authenticator.recovery[0]).await.assert_refused("code");
    let security = mina.get("/security").await;
    assert!(security.text().contains("9 of 10 left"), "{}", security.text());
    assert!(security.find(".slim .name").contains(&"Recovery code used".to_owned()));
    let check = mina.get("/api/auth/check").await.json();
    assert_eq!(check["session"]["amr"], json!(["pwd", "recovery", "mfa"]));
    let page = mina.post("/security/recovery-codes", &[]).await;
    let new = page.find(".codes code");
    assert_eq!((page.status, new.len()), (200, 10));
    assert!(page.text().contains("Your earlier codes no longer work."), "{}", page.text());
    let file = page.attributes("a[download]", "href").remove(0);
    let text = percent_encoding::percent_decode_str(file.split_once(',').unwrap().1).decode_utf8().unwrap();
    assert!(new.iter().all(|code| text.contains(code)), "{text}");
    assert!(!mina.get("/security").await.text().contains(&new[0]), "shown once");
    again.verify(&authenticator.recovery[1]).await.assert_refused("code");
    again.verify(&new[1]).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn removing_the_app_takes_its_recovery_codes_along() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let phone = app.pending_sign_in("mina").await;
    phone.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
    mina.fill("/security/totp", "/security/totp/remove", &[]).await.assert_redirect("/security");
    assert!(mina.is_signed_in().await && !phone.is_signed_in().await);
    assert_eq!((app.count("totp"), app.count("recovery_codes")), (0, 0));
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
    let other = app.set_up_totp(&mina).await;
    assert_ne!(other.secret, authenticator.secret);
}

#[tokio::test]
async fn a_program_includes_the_code_and_gets_an_error_when_it_is_missing() {
    let app = TestApp::start().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let mut client = app.program();
    let body = json!({"login": "mina", "password": PASSWORD});
    let login = async |code: Option<&str>| {
        let mut body = body.clone();
        code.into_iter().for_each(|code| body["code"] = json!(code));
        app.program().post_bare("/api/auth/login", body).await
    };
    for code in [None, Some(""), Some("000000")] {
        let reply = login(code).await;
        assert_eq!(reply.status, 401, "{code:?}");
        assert_eq!(reply.json()["errors"][0]["pointer"], "#/code", "{code:?}");
        assert_eq!(reply.json()["access_token"], Value::Null);
    }
    let wrong = json!({"login": "mina", "password": "wrong", "code": "000000"});
    assert_eq!(app.program().post_bare("/api/auth/login", wrong).await.json()["errors"][0]["pointer"], "#");
    let code = authenticator.next_code(&app);
    let before = app.clock.now();
    client.keep(&login(Some(&code)).await);
    let after = app.clock.now();
    assert!(client.is_signed_in().await);
    assert_eq!(login(Some(&code)).await.status, 401, "each code once, whichever way it comes");
    let session = client.get("/api/auth/check").await.json()["session"].clone();
    assert_eq!(session["amr"], json!(["pwd", "otp", "mfa"]));
    assert!((before..=after).contains(&session["auth_time"].as_i64().unwrap()), "{session}");
    use base64::Engine;
    let claims = client.access.split('.').nth(1).unwrap();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!((&claims["amr"], &claims["auth_time"]), (&session["amr"], &session["auth_time"]));
    let code = json!({"login": "mina", "password": PASSWORD, "code": 123456});
    assert_eq!(app.program().post_bare("/api/auth/login", code).await.status, 422);
}

/// Staff see by what someone signs in, and which apps know them.
#[tokio::test]
async fn the_page_of_a_user_says_which_second_steps_and_apps_they_have() {
    let app = TestApp::with_passkeys().await;
    let sofia = app.staff("sofia").await;
    let (mina, _) = app.member_with_totp("mina").await;
    let place = format!("/admin/users/{}", app.user_id("mina"));
    let page = sofia.get(&place).await;
    assert!(page.find("#apps").is_empty(), "none yet");
    assert_eq!(page.find(".facts .meta span"), ["Authenticator app", "Recovery codes: 10 of 10 left"]);
    mina.add_passkey(&mut SoftPasskey::new(1), &app.url, "Key").await.assert_redirect("/security/passkeys");
    RelyingParty::register(&app, "Notes").await.sign_in(&mina, &[]).await;
    let page = sofia.get(&place).await;
    let facts = ["Authenticator app", "Passkeys: 1", "Recovery codes: 10 of 10 left"];
    assert_eq!(page.find(".facts .meta span"), facts);
    assert_eq!(page.find("section[aria-labelledby=apps] .name"), ["Notes"]);
    let own = sofia.get(&format!("/admin/users/{}", app.user_id("sofia"))).await;
    assert!(own.find(".facts .meta span").is_empty() && own.find("#apps").is_empty());
}
