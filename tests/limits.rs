//! Limits on failures, guesses and bursts at `/login` and `/register`.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use munjigi::config::HashPriority;

use crate::support::{PASSWORD, TestApp, over_both_stores};

#[tokio::test]
async fn five_failures_lock_an_account_for_unknown_devices_but_not_for_its_own() {
    let app = TestApp::start().await;
    let own = app.member("mina").await;
    own.post("/logout", &[]).await;
    let anonymous = app.visitor();
    for attempt in 0..5 {
        // However it is typed.
        let login = if attempt % 2 == 0 { "mina" } else { " MINA" };
        assert_eq!(anonymous.post("/login", &[("login", login), ("password", "guess")]).await.status, 422);
    }
    let refused = anonymous.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    assert_eq!(refused.status, 429, "even the right password is refused now");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((880..=900).contains(&wait), "{wait}");
    assert!(refused.text().contains("15 minutes"), "{}", refused.text());
    own.sign_in("mina").await.assert_redirect("/dashboard");

    app.clock.advance(901);
    anonymous.sign_in("mina").await.assert_redirect("/dashboard");
}

over_both_stores![a_lock_tells_nothing_about_whose_address_or_name_it_is];

async fn a_lock_tells_nothing_about_whose_address_or_name_it_is(app: TestApp) {
    app.clock.stop();
    for name in ["mina", "noa", "sofia"] {
        app.member(name).await;
    }
    let by_page = async |login: &str, password: &str| {
        let reply = app.visitor().post("/login", &[("login", login), ("password", password)]).await;
        (reply.status, reply.header("retry-after").to_owned())
    };
    let by_api = async |login: &str, password: &str| {
        let body = serde_json::json!({"login": login, "password": password});
        let reply = app.program().post_bare("/api/auth/login", body).await;
        (reply.status, reply.header("retry-after").to_owned())
    };
    // What is locked, its own other name, and one that has nothing to do with it: of an account, and of none.
    for (locked, own, other, nobody) in [
        ("mina", "mina@example.org", "noa@example.org", "nobody@example.org"),
        ("sofia@example.org", "sofia", "noa", "nobody"),
    ] {
        for _ in 0..5 {
            assert_eq!(by_page(locked, "guess").await.0, 422);
        }
        assert_eq!(by_page(locked, PASSWORD).await.0, 429);
        app.clock.advance(1);
        let mut seen = Vec::new();
        for login in [own, other, nobody] {
            let mut answers = vec![by_page(login, "guess").await, by_api(login, "guess").await];
            for _ in 0..3 {
                answers.push(by_page(login, "guess").await);
            }
            // Still protected, however it is named: the right password is not even checked.
            answers.extend([by_page(login, PASSWORD).await, by_api(login, PASSWORD).await]);
            seen.push(answers);
        }
        for answers in seen {
            let statuses: Vec<u16> = answers.iter().map(|(status, _)| *status).collect();
            assert_eq!(statuses, [422, 401, 422, 422, 422, 429, 429]);
            for (_, wait) in &answers[5..] {
                assert!(
                    (890..=900).contains(&wait.parse::<u64>().unwrap()),
                    "as after the first failure: {wait}"
                );
            }
        }
        app.clock.advance(901);
    }
}

#[tokio::test]
async fn a_device_that_guesses_is_locked_by_itself() {
    let app = TestApp::start().await;
    let own = app.member("mina").await;
    own.post("/logout", &[]).await;
    for _ in 0..5 {
        own.post("/login", &[("login", "mina"), ("password", "guess")]).await;
    }
    assert_eq!(own.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.status, 429);
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn an_account_is_never_locked_by_its_number() {
    let app = TestApp::start().await;
    app.member("mina").await;
    for login in ["#1", "user 1", "1", "device 1", "proof 1"] {
        for _ in 0..5 {
            app.visitor().post("/login", &[("login", login), ("password", "guess")]).await;
            app.clock.advance(1);
        }
        app.clock.advance(60);
        let owner = app.visitor().post("/login", &[("login", "mina"), ("password", PASSWORD)]).await;
        assert_eq!(owner.status, 303, "{login}");
        app.clock.advance(900);
    }
}

#[tokio::test]
async fn hanging_up_early_does_not_make_a_guess_free() {
    use std::io::Write;
    let app = TestApp::with(|config| config.bcrypt_cost = 10).await;
    app.member("mina").await;
    for _ in 0..5 {
        let mut stream = std::net::TcpStream::connect(app.url.trim_start_matches("http://")).unwrap();
        let body = "login=mina&password=guess";
        let head =
            "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded";
        write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        // With an answer unread, closing sends a reset.
        drop(stream);
    }
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(app.visitor().post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.status, 429);
}

#[tokio::test]
async fn a_storm_from_one_address_leaves_others_their_turn() {
    let app = TestApp::with(|config| {
        config.bcrypt_cost = 11;
        config.hash_wait = Duration::from_secs(2);
        config.hash_priority = HashPriority::Idle;
        config.trusted_proxies = vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()];
    })
    .await;
    let own = app.member("mina").await;
    own.post("/logout", &[]).await;
    let post = |persona: &crate::support::Persona, path: &str, from: &str, fields: &[(&str, &str)]| {
        let request = persona.request(reqwest::Method::POST, path).header("x-forwarded-for", from);
        request
            .header("content-type", "application/x-www-form-urlencoded")
            .body(crate::support::encode(fields))
    };
    let storm = join_all((0..90).map(async |number| {
        let (name, email) = (format!("person{number}x"), format!("person{number}x@example.org"));
        let visitor = app.visitor();
        let fields = [("username", name.as_str()), ("email", &email), ("password", PASSWORD)];
        visitor.send(post(&visitor, "/register", "203.0.113.7", &fields)).await.status
    }));
    let owner = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let fields = [("login", "mina"), ("password", PASSWORD)];
        own.send(post(&own, "/login", "198.51.100.9", &fields)).await.status
    };
    let (storm, owner) = tokio::join!(storm, owner);
    assert_eq!(owner, 303);
    assert!(storm.contains(&503), "the storm itself gets 503: {storm:?}");
}

#[tokio::test]
async fn a_forged_device_cookie_is_treated_as_unknown() {
    let app = TestApp::start().await;
    let own = app.member("mina").await;
    let cookie = own.cookie("munjigi-device").unwrap();
    let (_, signature) = cookie.rsplit_once('.').unwrap();
    let unknown = app.visitor();
    unknown.set_cookie("munjigi-device", &format!("AAAAAAAAAAAAAAAA~1.{signature}"));
    for _ in 0..5 {
        app.visitor().post("/login", &[("login", "mina"), ("password", "guess")]).await;
    }
    assert_eq!(unknown.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await.status, 429);
}

#[tokio::test]
async fn twenty_failures_lock_an_address_but_not_another() {
    let app = TestApp::with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()]
    })
    .await;
    let own = app.member("mina").await;
    own.post("/logout", &[]).await;
    let from = async |address: &str, login: &str, password: &str| {
        let visitor = app.visitor();
        let body = crate::support::encode(&[("login", login), ("password", password)]);
        let request = visitor.request(reqwest::Method::POST, "/login").header("x-forwarded-for", address);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        visitor.send(request).await.status
    };
    for number in 0..20 {
        let address = format!("2001:db8:1:2::{number}");
        assert_eq!(from(&address, &format!("nobody{number}x"), "guess").await, 422);
    }
    assert_eq!(from("2001:db8:1:2:ffff::1", "mina", PASSWORD).await, 429, "one /64 is one address");
    assert_eq!(from("2001:db8:1:3::1", "mina", PASSWORD).await, 303);
    assert_eq!(
        from("203.0.113.5, 2001:db8:1:2::9", "mina", PASSWORD).await,
        429,
        "what stands left is anyone's word"
    );
    own.sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn two_hundred_parallel_guesses_get_five_answers() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let visitors: Vec<_> = (0..200).map(|_| app.visitor()).collect();
    let fields = [("login", "mina"), ("password", "guess")];
    let replies = join_all(visitors.iter().map(|visitor| visitor.post("/login", &fields))).await;
    let looked_at = replies.iter().filter(|reply| reply.status == 422).count();
    let refused = replies.iter().filter(|reply| reply.status == 429).count();
    assert_eq!((looked_at, refused), (5, 195));
}

#[tokio::test]
async fn right_passwords_are_not_limited() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let browsers: Vec<_> = (0..70).map(|_| app.visitor()).collect();
    let fields = [("login", "mina"), ("password", PASSWORD)];
    let replies = join_all(browsers.iter().map(|browser| browser.post("/login", &fields))).await;
    assert!(
        replies.iter().all(|reply| reply.status == 303),
        "{:?}",
        replies.iter().map(|reply| reply.status).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_storm_of_sign_ins_gets_503() {
    let app = TestApp::with(|config| {
        config.bcrypt_cost = 12;
        config.hash_wait = Duration::from_secs(2);
        config.hash_priority = HashPriority::Idle;
    })
    .await;
    let browsers: Vec<_> = (0..400).map(|number| (format!("nobody{number}x"), app.visitor())).collect();
    let attempts = browsers.iter().map(|(name, browser)| async move {
        let body = crate::support::encode(&[
            ("username", name),
            ("email", &format!("{name}@example.org")),
            ("password", PASSWORD),
        ]);
        browser.post_raw("/register", &body).await
    });
    let storm = join_all(attempts);
    let page = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let started = Instant::now();
        let reply = app.visitor().get("/login").await;
        (reply.status, started.elapsed())
    };
    let (replies, (status, took)) = tokio::join!(storm, page);
    let busy: Vec<_> = replies.iter().filter(|reply| reply.status == 503).collect();
    assert!(!busy.is_empty(), "the queue is bounded");
    assert!(busy.iter().all(|reply| reply.header("retry-after") == "2"));
    assert!(replies.iter().all(|reply| matches!(reply.status, 303 | 503 | 429)));
    assert!(status == 200 && took < Duration::from_secs(1), "pages go on: {took:?}");
}
