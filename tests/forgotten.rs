//! A forgotten password: requested, mailed, reset; and attempts on other users' accounts.

use crate::support::{Mail, PASSWORD, Persona, TestApp};

const NEW: &str = "copper lantern 강물 forty";

/// Requests a reset as `login` and returns the mail, the `count`th to mina.
async fn ask(app: &TestApp, persona: &Persona, login: &str, count: usize) -> Mail {
    persona
        .fill("/password-reset", "/password-reset", &[("login", login)])
        .await
        .assert_redirect("/password-reset/code");
    app.mail("mina@example.org", count).await
}

async fn choose(persona: &Persona, path: &str) -> u16 {
    let page = persona.get(path).await;
    if page.status != 200 {
        return page.status;
    }
    persona.fill(path, "/password-reset", &[("new_password", NEW)]).await.status
}

#[tokio::test]
async fn a_mailed_link_leads_to_a_new_password_once_and_ends_every_session() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let visitor = app.visitor();
    let link = "main a[href='/password-reset']";
    assert_eq!(
        visitor.get("/login").await.find(link).len(),
        0,
        "without a mail server, no mail reaches people"
    );
    let mail = ask(&app, &visitor, "mina@example.org", 1).await;
    let next = visitor.get("/password-reset/code").await;
    assert_eq!(next.find("h1"), ["Ask for your link"], "no mail to check or to send again");
    assert!(next.find(".after").is_empty(), "{}", next.text());
    assert_eq!((mail.subject.as_str(), mail.language.as_str()), ("Choose a new password", "en"));
    assert!(mail.text.contains("\nHello mina,\n") && !String::from_utf8_lossy(&mail.raw).contains(PASSWORD));
    let asked = "\nAsked from Firefox on Linux, 127.0.0.1, ";
    assert!(mail.text.contains(asked) && mail.html.contains(asked.trim()), "{}", mail.text);
    let path = mail.path(&app);
    for _ in 0..3 {
        assert_eq!(app.visitor().get(&path).await.status, 200, "scanners open links and use up nothing");
    }
    assert!(mina.is_signed_in().await, "asking alone ends nothing");
    assert_eq!(choose(&visitor, &path).await, 303);
    assert!(!mina.is_signed_in().await);
    assert!(!visitor.is_signed_in().await, "signing in is another step, with whatever it asks for");
    let fields = [("login", "mina"), ("password", NEW)];
    visitor.fill("/login", "/login", &fields).await.assert_redirect("/dashboard");
    assert_eq!(choose(&app.visitor(), &path).await, 410, "once");
    let twice = [("token", mail.token()), ("new_password", "another lantern 강물".to_owned())];
    let twice = twice.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(app.visitor().post("/password-reset", &twice).await.status, 410);
    assert_eq!(app.count("mail_tokens"), 0);
}

#[tokio::test]
async fn a_typed_code_does_the_same_in_the_browser_that_asked_and_nowhere_else() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let (mut visitor, anonymous) = (app.visitor(), app.visitor());
    visitor.language = "ko";
    let mail = ask(&app, &visitor, "mina", 1).await;
    assert_eq!((mail.subject.as_str(), mail.language.as_str()), ("새 비밀번호 정하기", "ko"));
    anonymous.post("/password-reset", &[("login", "noa")]).await.assert_redirect("/password-reset/code");
    for who in [&anonymous, &app.visitor()] {
        let reply = who.fill("/password-reset/code", "/password-reset/code", &[("code", &mail.code())]).await;
        reply.assert_refused("code");
    }
    let reply = visitor.fill("/password-reset/code", "/password-reset/code", &[("code", &mail.code())]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let place = reply.header("location").to_owned();
    assert_eq!(app.visitor().get(&mail.path(&app)).await.status, 410, "the code has used the link up");
    let again = visitor.post("/password-reset/code", &[("code", &mail.code())]).await;
    again.assert_refused("code");
    assert_eq!(choose(&visitor, &place).await, 303);
    assert_eq!(choose(&visitor, &place).await, 410);
}

#[tokio::test]
async fn five_wrong_codes_close_the_code_but_not_the_link() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let visitor = app.visitor();
    let mail = ask(&app, &visitor, "mina", 1).await;
    for wrong in ["", "0", "9999 9999", "' OR 1=1 --", &"1".repeat(10_000)] {
        visitor.post("/password-reset/code", &[("code", wrong)]).await.assert_refused("code");
    }
    visitor.post("/password-reset/code", &[("code", &mail.code())]).await.assert_refused("code");
    assert_eq!(choose(&visitor, &mail.path(&app)).await, 303);
    for _ in 0..20 {
        visitor.post("/password-reset/code", &[("code", "1")]).await;
    }
    let tired = visitor.post("/password-reset/code", &[("code", "1")]).await;
    assert_eq!(tired.status, 429);
    assert!(!tired.header("retry-after").is_empty());
}

#[tokio::test]
async fn of_fifty_uses_at_once_of_a_code_or_a_link_one_wins() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let visitor = app.visitor();
    let mail = ask(&app, &visitor, "mina", 1).await;
    let uses = (0..50).map(|_| {
        let (copy, code) = (Persona::with_cookies_of(&visitor), mail.code());
        async move { copy.post("/password-reset/code", &[("code", &code)]).await }
    });
    let answers = futures_util::future::join_all(uses).await;
    let places: Vec<_> =
        answers.iter().map(|reply| reply.header("location")).filter(|place| !place.is_empty()).collect();
    assert_eq!(places.len(), 1);
    assert!(answers.iter().all(|reply| [303, 422, 429].contains(&reply.status)));
    let token = places[0].split('=').nth(1).unwrap().to_owned();
    let uses = (0..50).map(|number| {
        let (visitor, token) = (app.visitor(), token.clone());
        async move {
            let password = format!("lantern {number} 강물 forty");
            visitor.post("/password-reset", &[("token", &token), ("new_password", &password)]).await.status
        }
    });
    let answers = futures_util::future::join_all(uses).await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| [303, 410].contains(status)), "{answers:?}");
}

#[tokio::test]
async fn a_mail_is_valid_for_half_an_hour_and_until_a_newer_one_or_another_change() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let visitor = app.visitor();
    let old = ask(&app, &visitor, "mina", 1).await;
    let newer = ask(&app, &visitor, "mina", 2).await;
    assert_eq!(choose(&visitor, &old.path(&app)).await, 410, "a newer mail replaces it");
    app.clock.advance(30 * 60);
    assert_eq!(choose(&visitor, &newer.path(&app)).await, 410, "it is old");
    visitor.post("/password-reset/code", &[("code", &newer.code())]).await.assert_refused("code");

    let mail = ask(&app, &visitor, "mina", 3).await;
    let change = [("current_password", PASSWORD), ("new_password", "another lantern 강물")];
    mina.fill("/security/password", "/security", &change).await.assert_redirect("/security");
    assert_eq!(choose(&visitor, &mail.path(&app)).await, 410, "the password has changed since");
    assert_eq!(app.mail("mina@example.org", 4).await.subject, "Your password was changed");
    let mail = ask(&app, &visitor, "mina", 5).await;
    app.execute("UPDATE users SET disabled = TRUE");
    assert_eq!(choose(&visitor, &mail.path(&app)).await, 410, "the account is disabled");
}

#[tokio::test]
async fn the_answer_never_reveals_whether_an_account_exists() {
    let app = TestApp::start().await;
    for name in ["mina", "noa"] {
        app.member(name).await;
    }
    app.execute("UPDATE users SET disabled = TRUE WHERE username = 'noa'");
    let broken = [("login", "mina@example.org\r\nBcc: x@example.org")];
    app.visitor().post("/password-reset", &broken).await.assert_refused("login");
    let mut answers = Vec::new();
    let logins = ["mina", "noa", "nobody", "nobody@example.org", "MINA@example.org", "ｍｉｎａ"];
    for login in logins {
        let visitor = app.visitor();
        let asked = visitor.post("/password-reset", &[("login", login)]).await;
        asked.assert_redirect("/password-reset/code");
        let page = visitor.get("/password-reset/code").await;
        let refused = visitor.post("/password-reset/code", &[("code", "12345678")]).await;
        let cookie = visitor.cookie("munjigi-asked").unwrap_or_default();
        let bodies = [&asked, &page, &refused].map(|reply| reply.body_without_ids());
        answers.push((bodies, refused.status, cookie.len()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    app.until_count("mail_tokens WHERE user_id IS NULL", 3).await;
    app.until_count("mail_tokens WHERE user_id IS NOT NULL", 1).await;
    app.until_count("outbox", 0).await;
    app.mails("mina@example.org", 3).await;
    let files = std::fs::read_dir(app.outbox()).unwrap().count();
    assert_eq!(files, 3, "no other address got a mail, and look-alikes reach the stored address alone");
}

#[tokio::test]
async fn the_answer_takes_as_long_for_an_unknown_account_as_for_a_known_one() {
    let app = TestApp::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    for number in 0..100 {
        // Inserted directly into the table: a hundred registrations would only measure hashing.
        app.execute(&format!(
            "INSERT INTO users (username, username_key, email, email_key, password_hash, password_changed_at, epoch, created_at)
             VALUES ('u{number}', 'u{number}', 'u{number}@example.org', 'u{number}@example.org', '!', 0, 0, 0)"
        ));
    }
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..100 {
        for (group, login) in
            [format!("u{number}@example.org"), format!("x{number}@example.org")].into_iter().enumerate()
        {
            let mut visitor = app.visitor();
            visitor.forwarded_for = Some(format!("10.0.{number}.{group}"));
            visitor.get("/healthz").await;
            let begun = std::time::Instant::now();
            visitor
                .post("/password-reset", &[("login", &login)])
                .await
                .assert_redirect("/password-reset/code");
            times[group].push(begun.elapsed());
        }
    }
    let [known, unknown] = times.map(|mut group| {
        group.sort_unstable();
        group[group.len() / 2]
    });
    println!("asking for a mail: median {known:?} for accounts, {unknown:?} without an account");
    assert!(known.abs_diff(unknown) < std::time::Duration::from_millis(2), "{known:?} and {unknown:?}");
    app.until_count("mail_tokens WHERE user_id IS NOT NULL", 100).await;
}

#[tokio::test]
async fn asking_is_limited_by_address_and_by_account() {
    let app = TestApp::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    app.member("mina").await;
    for number in 0..8 {
        let mut visitor = app.visitor();
        visitor.forwarded_for = Some(format!("10.0.0.{number}"));
        visitor.post("/password-reset", &[("login", "mina")]).await.assert_redirect("/password-reset/code");
        match number {
            ..5 => drop(app.mails("mina@example.org", number + 1).await),
            // The requester does not learn that the limit is reached; a token without a user is stored instead.
            _ => app.until_count("mail_tokens WHERE user_id IS NULL", number as i64 - 4).await,
        }
    }
    app.mails("mina@example.org", 5).await;
    let mut visitor = app.visitor();
    visitor.forwarded_for = Some("10.0.1.1".to_owned());
    for _ in 0..20 {
        visitor.post("/password-reset", &[("login", "nobody")]).await.assert_redirect("/password-reset/code");
    }
    let refused = visitor.post("/password-reset", &[("login", "nobody")]).await;
    assert_eq!(refused.status, 429);
    assert!(!refused.header("retry-after").is_empty());
}

#[tokio::test]
async fn odd_requests_are_refused_and_links_lead_home_whatever_the_host_says() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let visitor = app.visitor();
    for body in ["", "email[]=mina%40example.org", "login[]=mina", "login=", "login=%20"] {
        visitor.post_raw("/password-reset", body).await.assert_refused("login");
    }
    let doubled = visitor.post_raw("/password-reset", "login=mina&login=noa").await;
    assert_eq!(doubled.status, 400);
    for token in ["", "x", &"A".repeat(43), "%00"] {
        assert_eq!(visitor.get(&format!("/password-reset?token={token}")).await.status, 410, "{token}");
    }
    assert_eq!(app.count("mail_tokens") + app.count("outbox"), 0);
    let request = visitor.request(reqwest::Method::POST, "/password-reset").header("host", "evil.example");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(visitor.send(request.body("login=mina")).await.status, 421);
    for (number, header) in ["x-forwarded-host", "forwarded"].into_iter().enumerate() {
        let request = visitor
            .request(reqwest::Method::POST, "/password-reset")
            .header("content-type", "application/x-www-form-urlencoded")
            .header(header, if header == "forwarded" { "host=evil.example" } else { "evil.example" });
        visitor.send(request.body("login=mina")).await.assert_redirect("/password-reset/code");
        let mail = app.mail("mina@example.org", number + 1).await;
        assert!(mail.link().starts_with(&app.url), "{header}: {}", mail.text);
        assert!(!String::from_utf8_lossy(&mail.raw).contains("evil"), "{header}");
    }
}
