//! One text in its different encodings and ways of typing: passwords, addresses, names and codes.

use munjigi::config::Verification;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use crate::support::{PASSWORD, Persona, Reply, Sink, TestApp};

const COMPOSED: &str = "열쇠를 품은 café";

fn decomposed() -> String {
    COMPOSED.nfd().collect()
}

async fn register(app: &TestApp, name: &str, email: &str, password: &str) -> Reply {
    let fields = [("username", name), ("email", email), ("password", password)];
    app.visitor().fill("/register", "/register", &fields).await
}

async fn sign_in(persona: &Persona, login: &str, password: &str) -> Reply {
    persona.fill("/login", "/login", &[("login", login), ("password", password)]).await
}

/// The hash of a password as earlier versions made it: of the bytes as typed.
fn raw_hash(typed: &str) -> String {
    use base64::Engine;
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha384>::new_from_slice(b"munjigi password 1").unwrap();
    mac.update(typed.as_bytes());
    let digest = base64::engine::general_purpose::STANDARD_NO_PAD.encode(mac.finalize().into_bytes());
    bcrypt::hash(digest, 4).unwrap()
}

#[tokio::test]
async fn a_password_is_one_however_the_keyboard_composes_it() {
    let app = TestApp::start().await;
    register(&app, "mina", "mina@example.org", COMPOSED).await.assert_redirect("/dashboard");
    register(&app, "noa", "noa@example.org", &decomposed()).await.assert_redirect("/dashboard");
    for name in ["mina", "noa"] {
        for password in [COMPOSED, &decomposed(), "열쇠를\u{a0}품은\u{3000}café"] {
            let persona = app.visitor();
            sign_in(&persona, name, password).await.assert_redirect("/dashboard");
            let login = json!({"login": name, "password": password});
            assert_eq!(app.program().post_bare("/api/auth/login", login).await.status, 200);
            let obtained = json!({"username": name, "password": password});
            assert_eq!(app.program().post_bare("/api/auth/token", obtained).await.status, 200, "{name}");
            app.clock.advance(601);
            let asked = persona.fill("/profile/delete", "/profile/delete", &[]).await;
            assert_eq!(asked.status, 422);
            persona
                .fill(
                    "/security/password",
                    "/security",
                    &[("current_password", password), ("new_password", &COMPOSED.nfkd().collect::<String>())],
                )
                .await
                .assert_refused("new_password");
        }
    }
    for wrong in [
        "열쇠를 품은 cafe",
        "열쇠를 품은 CAFÉ",
        "열쇠를 품은  café",
        "열쇠를 품은 café ",
        "ㅇㅕㄹ쇠를 품은 café",
    ] {
        assert_eq!(sign_in(&app.visitor(), "mina", wrong).await.status, 422, "{wrong}");
    }
}

/// The status of a JSON request with an access token.
async fn as_program(app: &TestApp, access: &str, path: &str, body: serde_json::Value) -> Reply {
    let visitor = app.visitor();
    let request = visitor.request(reqwest::Method::POST, path).bearer_auth(access);
    visitor.send(request.header("content-type", "application/json").body(body.to_string())).await
}

#[tokio::test]
async fn a_step_up_a_change_and_a_reset_take_a_password_however_it_is_composed() {
    let app = TestApp::start().await;
    register(&app, "mina", "mina@example.org", COMPOSED).await.assert_redirect("/dashboard");
    let mina = app.visitor();
    sign_in(&mina, "mina", COMPOSED).await.assert_redirect("/dashboard");
    app.clock.advance(601);
    for (password, status) in [("열쇠를 품은 cafe", 422), (&*decomposed(), 303)] {
        let fields = [("display_name", ""), ("email", "new@example.org"), ("current_password", password)];
        assert_eq!(mina.post("/profile", &fields).await.status, status, "{password}");
    }
    assert_eq!(app.user("mina").email, "new@example.org");

    let login = json!({"login": "mina", "password": COMPOSED});
    let tokens = app.program().post_bare("/api/auth/login", login).await.json();
    let access = tokens["access_token"].as_str().unwrap().to_owned();
    app.clock.advance(200);
    let wrong = json!({"password": "열쇠를 품은 cafe"});
    assert_eq!(as_program(&app, &access, "/api/auth/step-up", wrong).await.status, 422);
    let stepped = as_program(&app, &access, "/api/auth/step-up", json!({"password": decomposed()})).await;
    assert_eq!(stepped.status, 200, "{}", stepped.body);
    let access = stepped.json()["access_token"].as_str().unwrap().to_owned();
    let new = "등대를 지키는 naïve 고래";
    let change = json!({"current_password": decomposed(), "new_password": new.nfd().collect::<String>()});
    let changed = as_program(&app, &access, "/api/auth/password", change).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(sign_in(&app.visitor(), "mina", COMPOSED).await.status, 422);
    sign_in(&app.visitor(), "mina", new).await.assert_redirect("/dashboard");

    app.visitor().fill("/password-reset", "/password-reset", &[("login", "mina")]).await;
    let asked = app.mails("new@example.org", 4).await;
    let link = asked.iter().find(|mail| mail.text.contains("/password-reset?token=")).unwrap().path(&app);
    let fields = [("new_password", &*decomposed())];
    app.visitor().fill(&link, "/password-reset", &fields).await.assert_redirect("/login");
    sign_in(&app.visitor(), "mina", COMPOSED).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn the_length_of_a_password_is_that_of_its_normal_form() {
    let app = TestApp::start().await;
    let short: String = "튼튼한열쇠".nfd().collect();
    assert!(short.chars().count() > 8);
    register(&app, "mina", "mina@example.org", &short).await.assert_refused("password");
    let long: String = "튼튼한 열쇠를 품은 문 ".repeat(9).nfd().collect();
    assert!(long.chars().count() > 128);
    register(&app, "mina", "mina@example.org", &long).await.assert_redirect("/dashboard");
    // The parts of a decomposed name do not hide it in a composed password.
    let name: String = "문지수아름".nfd().collect();
    register(&app, &name, "noa@example.org", "문지수아름문지수아름").await.assert_refused("password");
}

#[tokio::test]
async fn a_hash_of_the_bytes_as_typed_still_fits_and_is_renewed() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let (id, bytes) = (app.user_id("mina"), raw_hash(&decomposed()));
    app.write_user(id, format!("UPDATE users SET password_hash = '{bytes}' WHERE id = {id}")).await;
    assert_eq!(sign_in(&app.visitor(), "mina", "열쇠를 품은 cafe").await.status, 422);
    sign_in(&app.visitor(), "mina", &decomposed()).await.assert_redirect("/dashboard");
    let renewed = app.user("mina").password_hash;
    assert_ne!(renewed, bytes);
    sign_in(&app.visitor(), "mina", COMPOSED).await.assert_redirect("/dashboard");
    assert_eq!(app.user("mina").password_hash, renewed, "once");

    app.write_user(id, format!("UPDATE users SET password_hash = '{bytes}' WHERE id = {id}")).await;
    sign_in(&app.visitor(), "mina", COMPOSED).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn an_address_may_be_of_any_script() {
    let app = TestApp::start().await;
    for (place, email) in [
        "हिन्दी@example.com",
        "ไทยแลนด์น้ำ@example.com",
        "தமிழ்@example.com",
        "weiß@example.de",
        "jürgen.weiß@example.de",
        "jürgen.weiss@example.de",
        "weiss@example.de",
        "ΰα@example.gr",
        "ёж@пример.рф",
        "민아@예시.한국",
        "שָׁלוֹם@example.org",
        "🦊fox@example.org",
        "ශ්\u{200d}රී@example.lk",
        "نامه\u{200c}ای@example.ir",
    ]
    .into_iter()
    .enumerate()
    {
        let body = json!({"username": format!("m{place}"), "email": email, "password": PASSWORD});
        let reply = app.program().post_bare("/api/auth/register", body).await;
        assert_eq!((reply.status, email), (201, email), "{}", reply.body);
        sign_in(&app.visitor(), email, PASSWORD).await.assert_redirect("/dashboard");
    }
    for trick in [
        "mi\u{200b}na@example.org",
        "mi\u{ad}na@example.org",
        "mi\u{200d}na@example.org",
        "mi\u{200c}na@example.org",
        "نامه\u{200c}\u{200c}ای@example.ir",
        "mina\u{fe0f}x@example.org",
        "\u{301}mina@example.org",
        "mi\u{e000}na@example.org",
        "mi\u{3164}na@example.org",
        "mi\u{202e}na@example.org",
        "mi\u{2028}na@example.org",
        "mi\u{a0}na@example.org",
        "mina\0@example.org",
        "сору@example.org",
        "СОРУ@example.org",
        "МІНА@example.org",
        "МІНА.КОТ@example.org",
        "ΜΙΝΑ@example.org",
        "weiß.а@example.org",
        "sаfé@example.org",
        "WEISS@EXAMPLE.DE",
        "WEIẞ@example.de",
        "JÜRGEN.Weiß@example.de",
    ] {
        let body = json!({"username": "trickster", "email": trick, "password": PASSWORD});
        let reply = app.program().post_bare("/api/auth/register", body).await;
        assert_eq!((reply.status, trick), (422, trick));
    }
}

/// Makes the account's address one that an earlier version has stored, with the key that it made.
async fn as_stored_before(app: &TestApp, name: &str, email: &str, key: &str) {
    let id = app.user_id(name);
    let sql = format!("UPDATE users SET email = '{email}', email_key = '{key}' WHERE id = {id}");
    app.write_user(id, sql).await;
}

#[tokio::test]
async fn an_address_stored_by_an_earlier_version_is_found_and_stays_unique() {
    let app = TestApp::start().await;
    app.member("mina").await;
    as_stored_before(&app, "mina", "jürgen.weiß@example.de", "jürgen.weiss@example.de").await;
    sign_in(&app.visitor(), "Jürgen.weiß@EXAMPLE.de", PASSWORD).await.assert_redirect("/dashboard");
    assert_eq!(
        sign_in(&app.visitor(), "jürgen.weiss@example.de", PASSWORD).await.status,
        422,
        "another mailbox"
    );
    register(&app, "noa", "jürgen.weiß@example.de", PASSWORD).await.assert_refused("email");
    register(&app, "noa", "jürgen.weiss@example.de", PASSWORD).await.assert_redirect("/dashboard");
    for (login, name) in [("jürgen.weiß@example.de", "mina"), ("jürgen.weiss@example.de", "noa")] {
        let persona = app.visitor();
        sign_in(&persona, login, PASSWORD).await.assert_redirect("/dashboard");
        assert!(persona.get("/dashboard").await.find(".who") == [name]);
    }
    for email in ["jürgen.weiß@example.de", "jürgen.weiss@example.de", "JÜRGEN.WEISS@example.de"] {
        register(&app, "eve", email, PASSWORD).await.assert_refused("email");
    }
    // With one of the two gone, its address is free, and only that one.
    app.another_browser("noa").await.post("/profile/delete", &[("current_password", PASSWORD)]).await;
    register(&app, "eve", "jürgen.weiß@example.de", PASSWORD).await.assert_refused("email");
    register(&app, "eve", "jürgen.weiss@example.de", PASSWORD).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_version_before_finds_new_addresses_and_cannot_take_them_again() {
    let app = TestApp::start().await;
    register(&app, "mina", "weiß@example.de", PASSWORD).await.assert_redirect("/dashboard");
    // Nodes of the version before look up, and insert, the fully folded key.
    assert_eq!(app.count("users WHERE email_key = 'weiss@example.de'"), 1);
}

#[tokio::test]
async fn a_change_of_address_distinguishes_mailboxes_too() {
    let app = TestApp::start().await;
    register(&app, "mina", "weiß@example.de", PASSWORD).await.assert_redirect("/dashboard");
    let noa = app.member("noa").await;
    let refused = noa.fill("/profile", "/profile", &[("email", "Weiß@example.de")]).await;
    refused.assert_refused("email");
    noa.fill("/profile", "/profile", &[("email", "weiss@example.de")]).await.assert_redirect("/profile");
    noa.fill("/profile", "/profile", &[("email", "WEISS@example.de")]).await.assert_redirect("/profile");
    for (login, name) in [("weiß@example.de", "mina"), ("weiss@example.de", "noa")] {
        let persona = app.visitor();
        sign_in(&persona, login, PASSWORD).await.assert_redirect("/dashboard");
        assert!(persona.get("/dashboard").await.find(".who") == [name]);
    }
}

#[tokio::test]
async fn a_mail_goes_to_the_mailbox_that_was_typed_and_to_no_other() {
    let app = TestApp::with(|config| config.mail.verification = Verification::Required).await;
    register(&app, "mina", "weiß@example.de", PASSWORD).await.assert_redirect("/verify-email");
    let token = app.mail("weiß@example.de", 1).await.token();
    app.visitor().post("/verify-email", &[("token", &token)]).await.assert_redirect("/login");
    register(&app, "noa", "weiss@example.de", PASSWORD).await.assert_redirect("/verify-email");
    let token = app.mail("weiss@example.de", 1).await.token();
    app.visitor().post("/verify-email", &[("token", &token)]).await.assert_redirect("/login");
    assert_eq!(app.count("users"), 2);
    let ask = [("login", "weiss@example.de")];
    app.visitor()
        .fill("/password-reset", "/password-reset", &ask)
        .await
        .assert_redirect("/password-reset/code");
    let mail = app.mail("weiss@example.de", 2).await;
    assert_eq!(app.visitor().get(&mail.path(&app)).await.find(".chip span:last-child"), ["noa"]);
}

#[tokio::test]
async fn an_address_of_any_script_is_written_to() {
    let sink = Sink::start(&[]);
    for by_server in [false, true] {
        let app = TestApp::with(|config| {
            if by_server {
                sink.set(config, "smtp://HERE");
            }
            config.mail.verification = Verification::Required;
        })
        .await;
        for (number, email) in
            ["हिन्दी@example.com", "ไทยแลนด์น้ำ@example.com", "ශ්\u{200d}රී@example.lk", "ㅋㅋ@example.kr"]
                .into_iter()
                .enumerate()
        {
            let mina = app.visitor();
            let name = format!("mina{number}");
            let fields = [("username", &*name), ("email", email), ("password", PASSWORD)];
            mina.fill("/register", "/register", &fields).await.assert_redirect("/verify-email");
            let code = match by_server {
                true => {
                    let taken = sink.until(number + 1).await.remove(number);
                    assert_eq!(taken.to, [email]);
                    taken.mail.code()
                }
                false => app.mail(email, 1).await.code(),
            };
            mina.fill("/verify-email", "/verify-email", &[("code", &code)]).await.assert_redirect("/login");
            sign_in(&mina, email, PASSWORD).await.assert_redirect("/dashboard");
        }
    }
}

#[tokio::test]
async fn what_nobody_sees_at_the_ends_of_a_name_is_dropped() {
    let app = TestApp::start().await;
    app.member("mina").await;
    for login in [
        "mina\u{200b}",
        "\u{feff}mina",
        "\u{200e}mina\u{200f}",
        "\u{202a}mina\u{202c}",
        "\u{2066}mina\u{2069}",
        "mina\u{ad}",
        "mina\u{2060} ",
        " \u{200b}mina@example.org\u{200b} ",
        "\u{202d}mina@example.org\u{202c}",
        "mina\u{200d}",
        "mina\u{3164}",
    ] {
        sign_in(&app.visitor(), login, PASSWORD).await.assert_redirect("/dashboard");
        let body = json!({"login": login, "password": PASSWORD});
        assert_eq!(app.program().post_bare("/api/auth/login", body).await.status, 200, "{login:?}");
        let body = json!({"username": login, "password": PASSWORD});
        assert_eq!(app.program().post_bare("/api/auth/token", body).await.status, 200, "{login:?}");
    }
    assert_eq!(app.count("audit_events WHERE event = 'sign_in_failed'"), 0);
    register(&app, "mina\u{200b}", "x@example.org", PASSWORD).await.assert_refused("username");
    register(&app, "x", "\u{feff}mina@example.org", PASSWORD).await.assert_refused("email");
    register(&app, "noa\u{200b}", "\u{2066}noa@example.org\u{2069}", PASSWORD)
        .await
        .assert_redirect("/dashboard");
    let noa = app.user("noa");
    assert_eq!((noa.username.as_str(), noa.email.as_str()), ("noa", "noa@example.org"));
    for nothing in ["\u{200b}", "\u{feff}\u{2066}\u{2069}", " \u{3164}"] {
        register(&app, nothing, nothing, PASSWORD).await.assert_refused("username");
        sign_in(&app.visitor(), nothing, PASSWORD).await.assert_refused("login");
    }
}

#[tokio::test]
async fn what_nobody_sees_inside_a_name_is_named_and_counts_for_nothing() {
    let app = TestApp::start().await;
    app.member("mina").await;
    for login in ["mi\u{200b}na", "mi\u{202e}na", "mina@exa\u{200b}mple.org", "mi\0na", "mina\u{7f}"] {
        let reply = sign_in(&app.visitor(), login, PASSWORD).await;
        reply.assert_refused("login");
        assert!(reply.find("#login-problem").join("").contains("can’t be seen"), "{}", reply.text());
        let body = json!({"login": login, "password": PASSWORD});
        let reply = app.program().post_bare("/api/auth/login", body).await;
        assert_eq!((reply.status, reply.json()["errors"][0]["pointer"].as_str()), (401, Some("#/login")));
        let body = json!({"username": login, "password": PASSWORD});
        let reply = app.program().post_bare("/api/auth/token", body).await;
        assert!(reply.status == 400 && reply.body.contains("can’t be seen"), "{}", reply.body);
        let reply = app.visitor().fill("/password-reset", "/password-reset", &[("login", login)]).await;
        reply.assert_refused("login");
    }
    assert_eq!(app.count("audit_events WHERE event = 'sign_in_failed'"), 0);
    for (field, name, email) in
        [("username", "mi\u{200b}na", "x@example.org"), ("email", "x", "mi\u{200b}na@example.org")]
    {
        let reply = register(&app, name, email, PASSWORD).await;
        reply.assert_refused(field);
        assert!(reply.find(".problem").join("").contains("can’t be seen"), "{}", reply.text());
    }
}

/// The code as people and keyboards write it.
fn written(code: &str) -> Vec<String> {
    let half = code.len() / 2;
    let (first, second) = code.split_at(half);
    let digits = |zero: char| -> String {
        code.chars().filter_map(|c| char::from_u32(zero as u32 + c.to_digit(10)?)).collect()
    };
    vec![
        format!("{first}-{second}"),
        format!("{first}–{second}"),
        format!("{first}.{second}"),
        format!("{first}·{second}"),
        format!("{first}_{second}"),
        format!(" {first}\u{a0}{second}\u{200b}"),
        format!("{first}\u{2066}{second}\u{2069}"),
        digits('０'),
        digits('٠'),
        digits('۰'),
        digits('०'),
    ]
}

#[tokio::test]
async fn a_code_is_read_with_any_separators_and_digits() {
    let app = TestApp::start().await;
    let (mina, authenticator) = app.member_with_totp("mina").await;
    for place in 0..written("123456").len() {
        let code = &written(&authenticator.next_code(&app))[place];
        let person = app.pending_sign_in("mina").await;
        person.verify(code).await.assert_redirect("/dashboard");
        let code = &written(&authenticator.next_code(&app))[place];
        let body = json!({"login": "mina", "password": PASSWORD, "code": code});
        assert_eq!(app.program().post_bare("/api/auth/login", body).await.status, 200, "{code:?}");
    }
    assert_eq!(app.count("audit_events WHERE event = 'second_factor_failed'"), 0);
    app.pending_sign_in("mina")
        .await
        .verify(&authenticator.recovery[0].replace('-', "·"))
        .await
        .assert_redirect("/dashboard");
    drop(mina);
    for mangle in [
        |code: &str| format!("{code}0"),
        |code: &str| code[1..].to_owned(),
        |code: &str| format!("x{code}"),
        |code: &str| format!("{}é", &code[..5]),
        |code: &str| code.chars().rev().collect::<String>() + "1",
    ] {
        let code = mangle(&authenticator.next_code(&app));
        assert_eq!(app.pending_sign_in("mina").await.verify(&code).await.status, 422, "{code}");
        app.clock.advance(1000);
    }
}

#[tokio::test]
async fn a_code_that_sets_up_an_app_is_read_the_same_way() {
    for place in 0..written("123456").len() {
        let app = TestApp::start().await;
        app.clock.stop();
        let mina = app.member("mina").await;
        let page = mina.get("/security/totp").await;
        let secret = page.find("#totp-secret").remove(0);
        let authenticator = crate::support::Authenticator { secret, recovery: Vec::new() };
        let sealed = page.attributes("input[name=secret]", "value").remove(0);
        let code = &written(&authenticator.code_at(app.clock.now()))[place];
        let reply = mina.post("/security/totp", &[("secret", &sealed), ("code", code)]).await;
        assert_eq!(reply.status, 200, "{code:?}");
    }
}

#[tokio::test]
async fn a_mailed_code_is_read_the_same_way() {
    let app = TestApp::with(|config| config.mail.verification = Verification::Required).await;
    for place in 0..written("12345678").len() {
        let (name, email) = (format!("mina{place}"), format!("mina{place}@example.org"));
        let persona = app.visitor();
        let fields = [("username", &*name), ("email", &*email), ("password", PASSWORD)];
        persona.fill("/register", "/register", &fields).await.assert_redirect("/verify-email");
        let code = app.mail(&email, 1).await.code().replace(' ', "");
        let wrong = format!("{}{}", &code[..7], (code.as_bytes()[7] - b'0' + 1) % 10);
        persona.fill("/verify-email", "/verify-email", &[("code", &wrong)]).await.assert_refused("code");
        let code = &written(&code)[place];
        persona.fill("/verify-email", "/verify-email", &[("code", code)]).await.assert_redirect("/login");
    }
}
