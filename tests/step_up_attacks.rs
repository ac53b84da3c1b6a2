//! Attempts to bypass step-up: another user's proof, a used one, a pending sign-in, another session, races.

use futures_util::future::join_all;

use crate::support::{Forgery, PASSWORD, Persona, SoftPasskey, TestApp, over_both_stores, state};

const CODES: &str = "/security/recovery-codes";

over_both_stores![a_proof_counts_in_its_own_session_alone, of_many_uses_of_one_code_at_once_one_wins,];

async fn a_proof_counts_in_its_own_session_alone(app: TestApp) {
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let phone = app.pending_sign_in("mina").await;
    phone.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
    app.clock.advance(601);
    let code = authenticator.next_code(&app);
    assert_eq!(mina.post(CODES, &[("current_code", &code)]).await.status, 200);
    assert_eq!(phone.post(CODES, &[]).await.status, 422, "the phone has shown nothing");
    assert_eq!(mina.post(CODES, &[]).await.status, 200);
}

async fn of_many_uses_of_one_code_at_once_one_wins(app: TestApp) {
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let mut browsers = vec![mina];
    for _ in 0..3 {
        let other = app.pending_sign_in("mina").await;
        other.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
        browsers.push(other);
    }
    app.clock.advance(601);
    for code in [authenticator.next_code(&app), authenticator.recovery[2].clone()] {
        let copies =
            browsers.iter().flat_map(|browser| (0..4).map(move |_| Persona::with_cookies_of(browser)));
        let answers = join_all(copies.map(|copy| {
            let code = code.clone();
            async move {
                copy.post(
                    "/tokens",
                    &[("name", "x"), ("posts:read", "yes"), ("expires_at", "30"), ("current_code", &code)],
                )
                .await
            }
        }));
        let statuses: Vec<u16> = answers.await.iter().map(|reply| reply.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 303, 422, 429].contains(status)), "{statuses:?}");
        app.clock.advance(901);
    }
    assert_eq!(app.count("api_tokens"), 2);
}

#[tokio::test]
async fn a_code_of_another_user_or_from_before_is_refused() {
    let app = TestApp::start().await;
    let (mina, of_mina) = app.member_with_totp("mina").await;
    let (_, of_eve) = app.member_with_totp("eve").await;
    app.clock.advance(601);
    let (used, theirs) = (of_mina.next_code(&app), of_eve.code_at(app.clock.now()));
    for code in [&theirs, &of_eve.recovery[0]] {
        mina.post(CODES, &[("current_code", code)]).await.assert_refused("current_code");
    }
    // Used at sign-in first: no code is accepted twice, however it is sent.
    app.pending_sign_in("mina").await.verify(&used).await.assert_redirect("/dashboard");
    mina.post(CODES, &[("current_code", &used)]).await.assert_refused("current_code");
    assert_eq!(mina.post(CODES, &[("current_code", &of_mina.recovery[1])]).await.status, 200);
    app.clock.advance(601);
    mina.post(CODES, &[("current_code", &of_mina.recovery[1])]).await.assert_refused("current_code");
}

#[tokio::test]
async fn a_half_finished_sign_in_steps_up_nowhere() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let pending_sign_in = app.pending_sign_in("mina").await;
    for path in [CODES, "/security", "/tokens", "/profile", "/profile/delete", "/security/totp/remove"] {
        let code = authenticator.next_code(&app);
        let fields = [("current_code", &*code), ("current_password", PASSWORD)];
        pending_sign_in.post(path, &fields).await.assert_redirect("/login");
    }
    let step_up = pending_sign_in.post("/api/auth/step-up", &[]).await;
    assert_eq!((step_up.status, pending_sign_in.is_signed_in().await), (401, false));
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn a_password_alone_opens_no_way_into_an_account_with_a_second_factor() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    app.clock.advance(601);
    let new = "orchard 계단 velvet seven";
    let email = [("display_name", ""), ("email", "thief@example.org"), ("language", ""), ("theme", "auto")];
    let acts: [(&str, &[(&str, &str)]); 5] = [
        ("/security", &[("new_password", new)]),
        ("/profile", &email),
        ("/tokens", &[("name", "x"), ("posts:read", "yes"), ("expires_at", "30")]),
        ("/security/totp/remove", &[]),
        (CODES, &[]),
    ];
    for (path, fields) in acts {
        let fields = [fields, &[("current_password", PASSWORD)]].concat();
        let asked = mina.post(path, &fields).await;
        assert_eq!((asked.status, asked.find("h1")), (422, vec!["Confirm it’s you".to_owned()]), "{path}");
        assert_eq!(
            (asked.find("#current_code").len(), asked.find("#current_password").len()),
            (1, 0),
            "{path}"
        );
    }
    assert_eq!((app.count("api_tokens"), app.count("totp")), (0, 1));
    assert_eq!(app.count("users WHERE email = 'mina@example.org'"), 1);
    app.pending_sign_in("mina")
        .await
        .verify(&authenticator.next_code(&app))
        .await
        .assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_device_that_is_trusted_has_shown_no_second_factor() {
    let app = TestApp::start().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    let mina = app.pending_sign_in("mina").await;
    let code = authenticator.next_code(&app);
    mina.post("/login/verify", &[("code", &code), ("trust", "yes")]).await.assert_redirect("/dashboard");
    mina.post("/logout", &[]).await.assert_redirect("/");
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    for path in [CODES, "/security/totp/remove"] {
        assert_eq!(mina.post(path, &[]).await.status, 422, "{path}");
    }
    let code = authenticator.next_code(&app);
    assert_eq!(mina.post(CODES, &[("current_code", &code)]).await.status, 200);
}

#[tokio::test]
async fn a_passkey_answers_the_session_that_was_asked_once_and_in_time() {
    let app = TestApp::with_passkeys().await;
    let (mina, eve) = (app.member("mina").await, app.member("eve").await);
    let (mut of_mina, mut of_eve) = (SoftPasskey::new(3), SoftPasskey::new(4));
    mina.add_passkey(&mut of_mina, &app.url, "Laptop").await;
    eve.add_passkey(&mut of_eve, &app.url, "Phone").await;
    let phone = app.visitor();
    let none = Forgery::default();
    phone
        .show_passkey(&mut of_mina, &app.url, "/login", "/login/passkey", &none)
        .await
        .assert_redirect("/dashboard");
    app.clock.advance(601);
    let (asked, of_phone) = (mina.post(CODES, &[]).await, phone.post(CODES, &[]).await);
    let answer = async |who: &Persona, passkey: &mut SoftPasskey, page: &crate::support::Reply| {
        let shown = passkey.show(page, &app.url, &Forgery::default()).to_string();
        let sealed = state(page, "current_passkey");
        let fields = [("current_passkey", &*shown), ("current_passkey_state", &*sealed)];
        (who.post(CODES, &fields).await, shown, sealed)
    };
    let (of_another, ..) = answer(&mina, &mut of_eve, &asked).await;
    let (other_challenge, ..) = answer(&mina, &mut of_mina, &of_phone).await;
    let (other_session, ..) = answer(&phone, &mut of_mina, &asked).await;
    for reply in [of_another, other_challenge, other_session] {
        assert_eq!((reply.status, reply.find(".note.bad").len()), (422, 1), "{}", reply.text());
    }
    let (right, shown, sealed) = answer(&mina, &mut of_mina, &asked).await;
    assert_eq!(right.status, 200, "{}", right.text());
    let again = [("current_passkey", &*shown), ("current_passkey_state", &*sealed)];
    assert_eq!(mina.post(CODES, &again).await.status, 422, "the same answer once more");
    let (right, ..) = answer(&phone, &mut of_mina, &of_phone).await;
    assert_eq!(right.status, 200, "what others tried has used nothing up");
    app.clock.advance(601);
    let asked = mina.post(CODES, &[]).await;
    app.clock.advance(601);
    let (late, ..) = answer(&mina, &mut of_mina, &asked).await;
    assert_eq!(late.status, 422);
}

#[tokio::test]
async fn typed_passwords_cross_the_page_that_asks_encrypted_and_for_their_owner() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    let (eve, of_eve) = app.member_with_totp("eve").await;
    let new = "orchard 계단 velvet seven";
    let change = [("current_password", PASSWORD), ("new_password", new)];
    app.clock.advance(601);
    let asked = mina.fill("/security/password", "/security", &change).await;
    assert_eq!((asked.status, asked.find("#current_code").len()), (422, 1));
    assert!(!asked.body.contains(new) && !asked.body.contains(PASSWORD));
    let sealed = asked.form("/security")["confirm-sealed"].clone().unwrap();
    // Useless to Eve: it lacks her own passwords.
    let code = of_eve.next_code(&app);
    let stolen = eve.post("/security", &[("confirm-sealed", &sealed), ("current_code", &code)]).await;
    stolen.assert_refused("current_password");
    // And it is accepted only for the action that it was typed for.
    let bent = mina.post("/profile/delete", &[("confirm-sealed", &sealed)]).await;
    assert_eq!((bent.status, app.count("users")), (422, 2));
    let wrong = mina.confirm(&asked, "/security", ("current_code", "000000")).await;
    wrong.assert_refused("current_code");
    app.clock.advance(300);
    let done = mina.confirm(&wrong, "/security", ("current_code", &authenticator.next_code(&app))).await;
    done.assert_redirect("/security");
    let visitor = app.visitor();
    visitor.post("/login", &[("login", "mina"), ("password", new)]).await.assert_redirect("/login/verify");
    // After the time limit, they count as never typed.
    app.clock.advance(601);
    let asked = mina
        .fill("/security/password", "/security", &[("current_password", new), ("new_password", PASSWORD)])
        .await;
    app.clock.advance(601);
    let late = mina.confirm(&asked, "/security", ("current_code", &authenticator.next_code(&app))).await;
    late.assert_refused("current_password");
}
