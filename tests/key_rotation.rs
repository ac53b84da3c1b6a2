//! Key rotation: no user is signed out, sealed data opens, and what older keys signed expires in time.

use crate::support::{
    Authenticator, Forgery, PASSWORD, Persona, SoftPasskey, TestApp, over_both_stores, state,
};
use munjigi::platform::keys::{Generation, GenerationRow, KeyPurpose, SecretKey, Signer};

/// A session cookie's value, and its signature.
fn sealed(persona: &Persona) -> (String, String) {
    let cookie = persona.cookie("munjigi").unwrap();
    let (value, signature) = cookie.rsplit_once('.').unwrap();
    (value.to_owned(), signature.to_owned())
}

fn with_cookie(app: &TestApp, value: &str, signature: &str) -> Persona {
    let persona = app.visitor();
    persona.set_cookie("munjigi", &format!("{value}.{signature}"));
    persona
}

/// A session cookie as an attacker with this secret would sign it.
fn forged(secret: &SecretKey, row: &GenerationRow, id: &str) -> String {
    Signer::new(Generation::derive(secret, row, None).key(KeyPurpose::Cookies)).sign(&["munjigi", id])
}

over_both_stores![
    browsers_go_on_and_get_new_signatures_in_passing,
    tokens_go_on_and_a_repeat_after_a_rotation_gets_the_same_successor,
];

async fn browsers_go_on_and_get_new_signatures_in_passing(app: TestApp) {
    let mina = app.member("mina").await;
    let fields = [("login", "mina"), ("password", PASSWORD), ("remember", "yes")];
    let noa = app.visitor();
    noa.post("/login", &fields).await.assert_redirect("/dashboard");
    let before = Persona::with_cookies_of(&mina);
    for number in 2..5 {
        app.rotate_keys().await;
        for (persona, is_remembered) in [(&mina, false), (&noa, true)] {
            let (id, _) = sealed(persona);
            let reply = persona.get("/profile").await;
            assert_eq!(reply.status, 200);
            let set: Vec<_> =
                reply.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
            let session = set.iter().find(|line| line.starts_with("munjigi=")).expect("a new session cookie");
            assert_eq!(session.contains("Max-Age"), is_remembered, "{session}");
            assert!(set.iter().any(|line| line.starts_with("munjigi-device=")), "{set:?}");
            let (new_id, signature) = sealed(persona);
            assert!(id == new_id && signature.starts_with(&format!("{number}~")), "{signature}");
            assert!(!persona.get("/profile").await.headers.contains_key("set-cookie"), "once");
        }
    }
    assert!(before.is_signed_in().await, "the first signature is valid as long as a session may live");
    before.post("/logout", &[]).await.assert_redirect("/");
    assert!(!mina.is_signed_in().await, "the same session under the newest one");
}

async fn tokens_go_on_and_a_repeat_after_a_rotation_gets_the_same_successor(app: TestApp) {
    app.member("mina").await;
    let mut client = app.client_of("mina").await;
    app.rotate_keys().await;
    app.rotate_keys().await;
    assert!(client.is_signed_in().await, "it lives for five minutes, whatever signs by then");
    let first = client.try_refresh(&client.refresh).await.json();
    app.rotate_keys().await;
    let again = client.try_refresh(&client.refresh).await.json();
    assert_eq!(first["refresh_token"], again["refresh_token"]);
    client.renew().await;
    client.renew().await;
    assert!(client.is_signed_in().await);
}

#[tokio::test]
async fn what_was_signed_before_there_were_generations_goes_on() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let (id, signature) = sealed(&mina);
    let secrets = app.secrets();
    let key = Signer::new(&secrets.newest().derive("cookie signature 1"));
    assert_eq!(signature, key.sign(&["munjigi", &id]), "the form and the key of before");
    app.rotate_keys().await;
    assert!(with_cookie(&app, &id, &signature).is_signed_in().await);
}

#[tokio::test]
async fn forged_numbers_and_keys_of_others_open_nothing() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.rotate_keys().await;
    mina.get("/profile").await;
    let (id, signature) = sealed(&mina);
    let mac = signature.strip_prefix("2~").unwrap();
    for number in ["", "0", "1", "3", "4", "99", "-2", "02", "+2", " 2", "2~2", "9223372036854775808"] {
        let forged = with_cookie(&app, &id, &format!("{number}~{mac}"));
        assert!(!forged.is_signed_in().await, "{number:?}");
    }
    assert!(!with_cookie(&app, &id, mac).is_signed_in().await, "without its number");
    // An attacker with only the secret, or only a copy of the database.
    let rows = app.identity.core.keys.ring().rows().to_vec();
    let (next, current) = (&rows[0], &rows[1]);
    assert_eq!((next.number, current.number), (3, 2));
    let secrets = app.secrets();
    let future = GenerationRow { number: 4, salt: "guessed".to_owned(), ..next.clone() };
    let unsalted = GenerationRow { salt: String::new(), ..current.clone() };
    for (secret, row) in
        [(secrets.newest(), &future), (secrets.newest(), &unsalted), (&SecretKey::random(), current)]
    {
        let forged = forged(secret, row, &id);
        for number in 1..=4 {
            assert!(!with_cookie(&app, &id, &format!("{number}~{forged}")).is_signed_in().await);
        }
    }
    let real = forged(secrets.newest(), current, &id);
    assert!(with_cookie(&app, &id, &format!("2~{real}")).is_signed_in().await, "the forgery is made well");
}

#[tokio::test]
async fn keys_past_their_time_are_refused_then_purged_and_what_they_sealed_still_opens() {
    let app = TestApp::start().await;
    let (_, authenticator) = app.member_with_totp("mina").await;
    app.rotate_keys().await;
    app.clock.advance(app.config.longest_life() - 60);
    let noa = app.member("noa").await;
    let (id, _) = sealed(&noa);
    let row =
        GenerationRow { number: 1, salt: String::new(), secret: String::new(), made_at: 0, used_since: None };
    let leaked = forged(app.secrets().newest(), &row, &id);
    let old = || with_cookie(&app, &id, &leaked);
    assert!(old().is_signed_in().await, "a minute before");
    app.clock.advance(61);
    assert!(!old().is_signed_in().await, "it has leaked, but its time is over");
    assert!(noa.is_signed_in().await);
    assert_eq!(app.count("totp WHERE secret LIKE '2~%'"), 0);
    app.purge().await;
    assert_eq!(
        app.count("key_generations WHERE number = 1"),
        0,
        "without its salt and row nothing makes it again"
    );
    assert_eq!(app.count("totp WHERE secret LIKE '2~%'"), 1);
    let laptop = app.pending_sign_in("mina").await;
    laptop.verify(&authenticator.next_code(&app)).await.assert_redirect("/dashboard");
    let pending_sign_in = app.pending_sign_in("mina").await;
    pending_sign_in.verify(&authenticator.recovery[0]).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn passkeys_codes_and_pages_of_before_go_on_after_a_rotation() {
    let app = TestApp::with_passkeys().await;
    let mina = app.member("mina").await;
    let mut passkey = SoftPasskey::new(3);
    mina.add_passkey(&mut passkey, &app.url, "Laptop").await;
    let noa = app.member("noa").await;
    app.clock.stop();
    let page = noa.get("/security/totp").await;
    let secret = page.find("#totp-secret").remove(0);
    let sealed = page.attributes("input[name=secret]", "value").remove(0);
    let visitor = app.visitor();
    visitor.post("/password-reset", &[("login", "noa")]).await.assert_redirect("/password-reset/code");
    let code = app.mail("noa@example.org", 1).await.code();
    let sign_in = app.visitor();
    let asked = sign_in.get("/login").await;
    app.rotate_keys().await;

    let answer = passkey.show(&asked, &app.url, &Forgery::default()).to_string();
    let fields = [("passkey", &*answer), ("passkey_state", &*state(&asked, "passkey"))];
    sign_in.post("/login/passkey", &fields).await.assert_redirect("/dashboard");
    let totp = Authenticator { secret, recovery: Vec::new() };
    let fields = [("secret", &*sealed), ("code", &totp.code_at(app.clock.now()))];
    assert_eq!(noa.post("/security/totp", &fields).await.status, 200);
    let chosen = visitor.post("/password-reset/code", &[("code", &code)]).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text());
}
