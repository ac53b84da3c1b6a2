//! Passkeys with forged answers: wrong origin, purpose, user or counter.

use serde_json::{Value, json};

use crate::support::{Forgery, Persona, SoftPasskey, TestApp};

struct Scene {
    app: TestApp,
    mina: Persona,
    passkey: SoftPasskey,
}

async fn scene() -> Scene {
    let app = TestApp::with_passkeys().await;
    let mina = app.member("mina").await;
    let mut passkey = SoftPasskey::new(7);
    let added = mina.add_passkey(&mut passkey, &app.url, "Laptop").await;
    assert_eq!(added.find(".codes code").len(), 10, "{}", added.text());
    Scene { app, mina, passkey }
}

impl Scene {
    /// Tries to sign in without a password.
    async fn sign_in(&mut self, visitor: &Persona, forgery: &Forgery) -> u16 {
        let origin = self.app.url.clone();
        visitor.show_passkey(&mut self.passkey, &origin, "/login", "/login/passkey", forgery).await.status
    }
}

fn forgeries() -> Vec<(&'static str, Forgery)> {
    let base = Forgery::default;
    vec![
        ("another origin", Forgery { origin: Some("https://evil.example".to_owned()), ..base() }),
        ("another port", Forgery { origin: Some("http://localhost:1".to_owned()), ..base() }),
        ("a longer name", Forgery { origin: Some("http://localhost.evil.example".to_owned()), ..base() }),
        ("no origin", Forgery { origin: Some(String::new()), ..base() }),
        ("another host", Forgery { host: Some("evil.example"), ..base() }),
        ("no user verification", Forgery { unverified: true, ..base() }),
        ("another ceremony", Forgery { kind: Some("webauthn.create"), ..base() }),
        ("a challenge of its own", Forgery { challenge: Some("A".repeat(43)), ..base() }),
        ("a broken signature", Forgery { bad_signature: true, ..base() }),
        ("a passkey that is not there", Forgery { credential_id: Some("AAAA".to_owned()), ..base() }),
        ("another user", Forgery { handle: Some(json!("AAAAAAAAAAAAAAAAAAAAAA")), ..base() }),
        ("no user", Forgery { handle: Some(Value::Null), ..base() }),
    ]
}

#[tokio::test]
async fn a_forged_answer_signs_no_user_in_and_uses_nothing_up() {
    let mut scene = scene().await;
    for (what, forgery) in forgeries() {
        let visitor = scene.app.visitor();
        assert_eq!(scene.sign_in(&visitor, &forgery).await, 422, "{what}");
        assert!(!visitor.is_signed_in().await, "{what}");
    }
    assert_eq!(scene.app.count("used_challenges WHERE id <> ''"), 1, "that of adding it");
    let visitor = scene.app.visitor();
    assert_eq!(scene.sign_in(&visitor, &Forgery::default()).await, 303);
    assert!(visitor.is_signed_in().await);
}

#[tokio::test]
async fn a_counter_that_does_not_grow_indicates_a_copy() {
    let mut scene = scene().await;
    let visitor = scene.app.visitor();
    assert_eq!(scene.sign_in(&visitor, &Forgery { counter: Some(10), ..Forgery::default() }).await, 303);
    for counter in [10, 9, 1, 0] {
        let copy = scene.app.visitor();
        assert_eq!(
            scene.sign_in(&copy, &Forgery { counter: Some(counter), ..Forgery::default() }).await,
            422
        );
    }
    assert_eq!(
        scene.sign_in(&scene.app.visitor(), &Forgery { counter: Some(11), ..Forgery::default() }).await,
        303
    );
}

#[tokio::test]
async fn an_answer_is_valid_once_in_the_same_browser_and_for_ten_minutes() {
    let mut scene = scene().await;
    let origin = scene.app.url.clone();
    let visitor = scene.app.visitor();
    let page = visitor.get("/login").await;
    let state = page.attributes("input[name=passkey_state]", "value").remove(0);
    let answer =
        scene.passkey.show(&page, &origin, &Forgery { counter: Some(0), ..Forgery::default() }).to_string();
    let fields = [("passkey", &*answer), ("passkey_state", &*state)];
    let thief = scene.app.visitor();
    thief.get("/login").await;
    assert_eq!(thief.post("/login/passkey", &fields).await.status, 422, "of another browser");
    let copies = (0..20).map(|_| Persona::with_cookies_of(&visitor));
    let answers = futures_util::future::join_all(copies.map(|copy| {
        let fields = fields.map(|(name, value)| (name, value.to_owned()));
        async move {
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            copy.post("/login/passkey", &fields).await.status
        }
    }));
    let answers = answers.await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| [303, 422].contains(status)), "{answers:?}");
    let page = visitor.get("/login").await;
    let state = page.attributes("input[name=passkey_state]", "value").remove(0);
    let answer = scene.passkey.show(&page, &origin, &Forgery::default()).to_string();
    scene.app.clock.advance(601);
    let late = visitor.post("/login/passkey", &[("passkey", &answer), ("passkey_state", &state)]).await;
    assert_eq!(late.status, 422);
}

#[tokio::test]
async fn a_challenge_of_one_purpose_or_user_is_none_of_another() {
    let mut scene = scene().await;
    let origin = scene.app.url.clone();
    let eve = scene.app.member("eve").await;
    let mut of_eve = SoftPasskey::new(9);
    eve.add_passkey(&mut of_eve, &origin, "Phone").await;
    let pending_sign_in = scene.app.pending_sign_in("mina").await;
    // Eve's passkey does not finish Mina's sign-in, though its answer is right.
    let page = "/login/verify";
    let reply = pending_sign_in
        .show_passkey(&mut of_eve, &origin, page, "/login/verify/passkey", &Forgery::default())
        .await;
    assert_eq!(reply.status, 422);
    // A challenge for sign-in without a password does not finish a pending sign-in, nor the reverse.
    let (login, verify) = (pending_sign_in.get("/login").await, pending_sign_in.get("/login/verify").await);
    for (asked, action) in [(&login, "/login/verify/passkey"), (&verify, "/login/passkey")] {
        let state = asked.attributes("input[name=passkey_state]", "value").remove(0);
        let answer = scene.passkey.show(asked, &origin, &Forgery::default()).to_string();
        let reply = pending_sign_in.post(action, &[("passkey", &answer), ("passkey_state", &state)]).await;
        assert_eq!(reply.status, 422, "{action}");
    }
    assert!(!pending_sign_in.is_signed_in().await);
    let action = "/login/verify/passkey";
    let reply = pending_sign_in
        .show_passkey(&mut scene.passkey, &origin, "/login/verify", action, &Forgery::default())
        .await;
    reply.assert_redirect("/dashboard");
    // A passkey cannot be added by a challenge of another session, nor if another user has it.
    let asked = scene.mina.post("/security/passkeys/new", &[]).await;
    let mut new = SoftPasskey::new(11);
    let answer = new.create(&asked, &origin, &Forgery::default()).to_string();
    let state = asked.attributes("input[name=passkey_state]", "value").remove(0);
    let fields = [("name", "Mine"), ("passkey", &*answer), ("passkey_state", &*state)];
    assert_eq!(eve.post("/security/passkeys", &fields).await.status, 422);
    assert_eq!(eve.add_passkey(&mut SoftPasskey::new(7), &origin, "Stolen").await.status, 422);
    assert_eq!(scene.app.count("passkeys"), 2);
}

#[tokio::test]
async fn what_is_no_answer_is_a_refused_form() {
    let scene = scene().await;
    let visitor = scene.app.visitor();
    let page = visitor.get("/login").await;
    let state = page.attributes("input[name=passkey_state]", "value").remove(0);
    let (deep, long) = ("[".repeat(5_000), "x".repeat(50_000));
    for answer in ["", "{}", "null", "[]", "x", "{\"id\":1}", &*deep, &*long, "{\"id\":\"\",\"rawId\":\"é\"}"]
    {
        for state in [&*state, "", "x", &state[1..]] {
            let reply =
                visitor.post("/login/passkey", &[("passkey", answer), ("passkey_state", state)]).await;
            assert_eq!(reply.status, 422, "{answer:.40}");
            let fields = [("name", "x"), ("passkey", answer), ("passkey_state", state)];
            assert_eq!(scene.mina.post("/security/passkeys", &fields).await.status, 422, "{answer:.40}");
        }
    }
    for forged in ["", "x", "é", &*"A".repeat(4_000)] {
        visitor.set_cookie("munjigi-passkey", forged);
        assert_eq!(visitor.get("/login").await.status, 200);
    }
}
