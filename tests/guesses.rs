//! Guesses of passwords and codes by a client that has signed in to the account before: all devices and sessions of one
//! account share a count, which unknown devices do not reach.

use serde_json::json;

use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

/// The guesses that all devices and sessions of one account have together.
const SUM: usize = 20;

over_both_stores![
    devices_share_one_count_of_passwords_and_no_unknown_device_locks_one_out,
    devices_share_one_count_of_codes_and_no_unknown_device_locks_one_out,
    sessions_share_one_count_of_proofs,
    a_new_password_ends_every_device_cookie_but_that_of_its_browser,
    signing_out_everywhere_else_ends_every_other_device_cookie,
    a_half_finished_sign_in_ends_after_five_wrong_codes_from_any_device,
];

/// Browsers that have signed in to the account once, each without a device cookie.
async fn devices(app: &TestApp, count: usize) -> Vec<Persona> {
    let mut devices = Vec::new();
    for _ in 0..count {
        let device = app.visitor();
        device.sign_in("mina").await.assert_redirect("/dashboard");
        device.post("/logout", &[]).await;
        devices.push(device);
    }
    devices
}

async fn password(persona: &Persona, password: &str) -> u16 {
    persona.post("/login", &[("login", "mina"), ("password", password)]).await.status
}

/// How many of five wrong tries by each were checked; the others were 429.
async fn checked(tries: impl AsyncFn(usize) -> u16, people: usize) -> usize {
    let mut checked = 0;
    for person in 0..people {
        for _ in 0..5 {
            match tries(person).await {
                422 => checked += 1,
                status => assert_eq!(status, 429),
            }
        }
    }
    checked
}

async fn devices_share_one_count_of_passwords_and_no_unknown_device_locks_one_out(app: TestApp) {
    app.clock.stop();
    let own = app.member("mina").await;
    own.post("/logout", &[]).await;
    let thieves = devices(&app, 8).await;
    for number in 0..10 {
        assert_eq!(password(&app.visitor(), "guess").await, if number < 5 { 422 } else { 429 });
    }
    assert_eq!(password(&own, PASSWORD).await, 303, "others do not lock the owner out");
    own.post("/logout", &[]).await;
    let tries = async |number: usize| password(&thieves[number], "guess").await;
    assert_eq!(checked(tries, thieves.len()).await, SUM);
    let body = json!({"login": "mina", "password": "guess"});
    let status = by_api(&thieves[7], body).await;
    assert_eq!(status, 429, "nor does the API check more");
    app.clock.advance(901);
    assert_eq!(password(&own, PASSWORD).await, 303);
}

async fn by_api(persona: &Persona, body: serde_json::Value) -> u16 {
    let request = persona.request(reqwest::Method::POST, "/api/auth/login");
    persona.send(request.header("content-type", "application/json").body(body.to_string())).await.status
}

async fn devices_share_one_count_of_codes_and_no_unknown_device_locks_one_out(app: TestApp) {
    let (own, authenticator) = app.member_with_totp("mina").await;
    own.post("/logout", &[]).await;
    // One code, and a browser trusted from then on, make as many device cookies as one likes.
    let first = app.pending_sign_in("mina").await;
    let code = authenticator.next_code(&app);
    first.post("/login/verify", &[("code", &code), ("trust", "yes")]).await.assert_redirect("/dashboard");
    let trust = first.cookie("munjigi-trust").unwrap();
    let mut thieves = Vec::new();
    for _ in 0..8 {
        let trusted = app.visitor();
        trusted.set_cookie("munjigi-trust", &trust);
        trusted.sign_in("mina").await.assert_redirect("/dashboard");
        let thief = app.visitor();
        thief.set_cookie("munjigi-device", &trusted.cookie("munjigi-device").unwrap());
        thief.sign_in("mina").await.assert_redirect("/login/verify");
        thieves.push(thief);
    }
    let unknown = app.pending_sign_in("mina").await;
    for number in 0..10 {
        assert_eq!(unknown.verify("000000").await.status, if number < 5 { 422 } else { 429 });
    }
    own.sign_in("mina").await.assert_redirect("/login/verify");
    own.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
    let tries = async |number: usize| thieves[number].verify("000000").await.status;
    assert_eq!(checked(tries, thieves.len()).await, SUM);
    let body = json!({"login": "mina", "password": PASSWORD, "code": "000000"});
    assert_eq!(by_api(&thieves[7], body).await, 429);
}

async fn sessions_share_one_count_of_proofs(app: TestApp) {
    app.clock.stop();
    app.member("mina").await;
    let mut sessions = Vec::new();
    for _ in 0..8 {
        sessions.push(app.another_browser("mina").await);
        // A session is identified by when it began.
        app.clock.advance(1);
    }
    let fields = [("current_password", "guess"), ("new_password", "orchard 계단 velvet seven")];
    let tries = async |number: usize| sessions[number].post("/security", &fields).await.status;
    assert_eq!(checked(tries, sessions.len()).await, SUM);
}

async fn a_new_password_ends_every_device_cookie_but_that_of_its_browser(app: TestApp) {
    app.clock.stop();
    let own = app.member("mina").await;
    let thief = devices(&app, 1).await.remove(0);
    let new = "orchard 계단 velvet seven";
    let fields = [("current_password", PASSWORD), ("new_password", new)];
    own.fill("/security/password", "/security", &fields).await.assert_redirect("/security");
    only_the_own_device_is_known(&app, &own, &thief, new).await;
}

async fn signing_out_everywhere_else_ends_every_other_device_cookie(app: TestApp) {
    app.clock.stop();
    let own = app.member("mina").await;
    let thief = devices(&app, 1).await.remove(0);
    own.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    only_the_own_device_is_known(&app, &own, &thief, PASSWORD).await;
}

async fn only_the_own_device_is_known(app: &TestApp, own: &Persona, thief: &Persona, right: &str) {
    // The browser follows the redirect.
    assert_eq!(own.get("/security").await.status, 200);
    own.post("/logout", &[]).await;
    for _ in 0..5 {
        assert_eq!(password(&app.visitor(), "guess").await, 422);
    }
    assert_eq!(password(thief, "guess").await, 429, "an unknown device again");
    assert_eq!(password(thief, right).await, 429);
    assert_eq!(password(own, right).await, 303);
}

async fn a_half_finished_sign_in_ends_after_five_wrong_codes_from_any_device(app: TestApp) {
    let (own, authenticator) = app.member_with_totp("mina").await;
    own.post("/logout", &[]).await;
    own.sign_in("mina").await.assert_redirect("/login/verify");
    let stage = own.cookie("munjigi-stage").unwrap();
    let unknown = app.visitor();
    unknown.set_cookie("munjigi-stage", &stage);
    for number in 0..5 {
        let person = if number % 2 == 0 { &own } else { &unknown };
        person.verify("000000").await.assert_refused("code");
    }
    let code = authenticator.next_code(&app);
    for person in [&unknown, &own] {
        person.set_cookie("munjigi-stage", &stage);
        let over = person.verify(&code).await;
        over.assert_redirect("/login");
        let notice = person.get("/login").await.find(".note[role=status]");
        assert_eq!(notice, ["Too many wrong codes. Sign in again."]);
        person.set_cookie("munjigi-stage", &stage);
        person.get("/login/verify").await.assert_redirect("/login");
        assert!(!person.is_signed_in().await);
    }
    own.sign_in("mina").await.assert_redirect("/login/verify");
    own.verify(&code).await.assert_redirect("/dashboard");
}
