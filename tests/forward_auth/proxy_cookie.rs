//! The proxy cookie: where it is set, what it grants, and when it is revoked.

use reqwest::Method;

use super::{forward, gated, sent};
use crate::support::{PASSWORD, Persona, TestApp, redis_url, scratch};

const NAME: &str = "__Secure-munjigi-proxy";

/// A site on https with a cookie domain. The tests act behind its proxy, where cookies are plain headers.
async fn start() -> (TestApp, tempfile::TempDir) {
    start_with(None).await
}

async fn start_with(redis_url: Option<String>) -> (TestApp, tempfile::TempDir) {
    let folder = scratch();
    let change = gated(&folder);
    let app = TestApp::with(|config| {
        change(config);
        config.public_url = Some("https://id.example.org".parse().unwrap());
        config.cookie_domain = Some("example.org".to_owned());
        config.redis_url = redis_url;
    });
    (app.await, folder)
}

/// A user at an app: the browser sends only the domain's cookie.
fn at_an_app(app: &TestApp, persona: &Persona) -> Persona {
    let visitor = app.visitor();
    if let Some(cookie) = persona.cookie(NAME) {
        visitor.set_cookie(NAME, &cookie);
    }
    visitor
}

async fn status(app: &TestApp, persona: &Persona) -> u16 {
    forward(&at_an_app(app, persona), &sent("GET", "/x")).await.status
}

#[tokio::test]
async fn it_is_set_for_the_domain_with_every_protection() {
    let (app, _rules) = start().await;
    app.member("mina").await;
    let lines = |remember: bool| {
        let visitor = app.visitor();
        async move {
            let mut fields = vec![("login", "mina"), ("password", PASSWORD)];
            fields.extend(remember.then_some(("remember", "yes")));
            let reply = visitor.post("/login", &fields).await;
            let lines = reply.headers.get_all("set-cookie").iter();
            let lines: Vec<String> = lines.map(|line| line.to_str().unwrap().to_owned()).collect();
            lines.into_iter().find(|line| line.starts_with(NAME)).expect("it is set")
        }
    };
    let line = lines(false).await;
    for part in ["; Domain=example.org", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(line.contains(part), "{line}");
    }
    assert!(!line.contains("Max-Age"), "it goes with the browser: {line}");
    let line = lines(true).await;
    assert!(line.contains("; Max-Age=7776000"), "proxies drop what would prolong it: {line}");
}

#[tokio::test]
async fn without_a_domain_there_is_none_and_it_opens_nothing() {
    let (with_domain, _rules) = start().await;
    let mina = with_domain.member("mina").await;
    let folder = scratch();
    let app = TestApp::with(gated(&folder)).await;
    let other = app.member("mina").await;
    assert_eq!(other.cookie(NAME), None);
    let visitor = at_an_app(&app, &mina);
    assert_eq!(forward(&visitor, &sent("GET", "/x")).await.status, 302);
}

#[tokio::test]
async fn it_opens_apps_and_nothing_else() {
    let (app, _rules) = start().await;
    let mina = app.visitor();
    mina.register("mina").await;
    let thief = at_an_app(&app, &mina);
    assert_eq!(forward(&thief, &sent("GET", "/x")).await.header("remote-user"), "mina");
    for path in ["/dashboard", "/profile", "/sessions", "/security", "/admin/users"] {
        assert_eq!(thief.get(path).await.status, 303, "{path}");
    }
    for path in ["/api/auth/check", "/api/auth/user", "/api/auth/sessions"] {
        assert_eq!(thief.get(path).await.status, 401, "{path}");
    }
    // Nor under another name.
    let value = mina.cookie(NAME).unwrap();
    for name in ["__Host-munjigi", "munjigi", "__Host-munjigi-device", "__Secure-munjigi"] {
        let thief = app.visitor();
        thief.set_cookie(name, &value);
        assert_eq!(thief.get("/dashboard").await.status, 303, "{name}");
        assert_eq!(forward(&thief, &sent("GET", "/x")).await.status, 302, "{name}");
    }
    // And the session cookie is not accepted as one, though one key signs both.
    let thief = app.visitor();
    thief.set_cookie(NAME, &mina.cookie("__Host-munjigi").unwrap());
    assert_eq!(forward(&thief, &sent("GET", "/x")).await.status, 302);
    // The session key on pages is not enough to make one.
    let page = mina.get("/api/auth/sessions").await;
    let key = page.body.split("\"key\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for forged in
        [key.clone(), format!("{key}."), format!("{key}.{}", "A".repeat(43)), value.replace('.', "")]
    {
        let thief = app.visitor();
        thief.set_cookie(NAME, &forged);
        assert_eq!(forward(&thief, &sent("GET", "/x")).await.status, 302);
    }
}

/// A user who has registered on the page, and so has the proxy cookie, and its value.
async fn registered(app: &TestApp, name: &str) -> (Persona, String) {
    let persona = app.visitor();
    persona.register(name).await;
    let cookie = persona.cookie(NAME).expect("it is set");
    (persona, cookie)
}

/// What an app's proxy learns from these proxy cookies, in this order: the status, and the user.
async fn seen(app: &TestApp, values: &[&str]) -> (u16, String) {
    let visitor = app.visitor();
    let cookies: Vec<String> = values.iter().map(|value| format!("{NAME}={value}")).collect();
    let request =
        visitor.request(Method::GET, "/api/authz/forward-auth").header("cookie", cookies.join("; "));
    let request =
        sent("GET", "/x").into_iter().fold(request, |request, (name, value)| request.header(name, value));
    let reply = visitor.send(request).await;
    (reply.status, reply.header("remote-user").to_owned())
}

fn allowed(user: &str) -> (u16, String) {
    (200, user.to_owned())
}

fn sign_in_first() -> (u16, String) {
    (302, String::new())
}

#[tokio::test]
async fn a_cookie_of_another_installation_beside_it_locks_no_user_out() {
    let ((production, _rules), (staging, _others)) = (start().await, start().await);
    let (_, theirs) = registered(&production, "mina").await;
    let (noa, ours) = registered(&staging, "noa").await;
    for values in [[&*theirs, &*ours], [&*ours, &*theirs], [&*ours, &*ours], ["", &*ours], ["x.y", &*ours]] {
        assert_eq!(seen(&staging, &values).await, allowed("noa"), "{values:?}");
    }
    assert_eq!(seen(&staging, &[&theirs, &theirs]).await, sign_in_first());
    noa.post("/logout", &[]).await;
    assert_eq!(seen(&staging, &[&theirs, &ours]).await, sign_in_first());
}

#[tokio::test]
async fn an_app_that_sets_its_own_cookie_beside_ours_makes_no_visitor_another_user() {
    for redis_url in [None, Some(redis_url())] {
        let (app, _rules) = start_with(redis_url).await;
        let ((_, ours), (evil, theirs)) = (registered(&app, "mina").await, registered(&app, "evil").await);
        for values in [[&*theirs, &*ours], [&*ours, &*theirs]] {
            assert_eq!(seen(&app, &values).await, sign_in_first(), "both are valid: neither counts");
        }
        let forged = format!("{}{}", ours.split('.').next().unwrap(), &theirs[theirs.find('.').unwrap()..]);
        assert_eq!(seen(&app, &[&forged, &ours]).await, allowed("mina"));
        assert_eq!(seen(&app, &[&forged, &forged]).await, sign_in_first());
        // Another kind of signed cookie is not one.
        let session = evil.cookie("__Host-munjigi").unwrap();
        assert_eq!(seen(&app, &[&session, &ours]).await, allowed("mina"));
        evil.post("/logout", &[]).await;
        for values in [[&*theirs, &*ours], [&*ours, &*theirs]] {
            assert_eq!(seen(&app, &values).await, allowed("mina"), "the session of the other has ended");
        }
        // Two browsers' worth of one user's cookies, as after a change of MUNJIGI_COOKIE_DOMAIN.
        let second = app.another_browser("mina").await.cookie(NAME).unwrap();
        assert_eq!(seen(&app, &[&second, &ours]).await, allowed("mina"));
    }
}

#[tokio::test]
async fn a_heap_of_cookies_costs_a_handful_of_lookups() {
    let (app, _rules) = start().await;
    let (_, ours) = registered(&app, "mina").await;
    let mut ended = Vec::new();
    for number in 0..12 {
        let (other, cookie) = registered(&app, &format!("other{number}")).await;
        ended.push(cookie);
        other.post("/logout", &[]).await;
    }
    let with = |count: usize| {
        let values: Vec<&str> = ended.iter().take(count).chain([&ours]).map(String::as_str).collect();
        values.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for (count, expected) in [(4, allowed("mina")), (5, sign_in_first()), (12, sign_in_first())] {
        let (values, before) = (with(count), app.calls());
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        assert_eq!(seen(&app, &values).await, expected, "{count} before ours");
        let calls = app.calls();
        assert!(calls.0 - before.0 <= 5, "{count}: {} lookups", calls.0 - before.0);
    }
}

#[tokio::test]
async fn a_session_from_before_the_domain_was_set_gets_it_on_its_way() {
    let (app, _rules) = start().await;
    let mina = app.member("mina").await;
    let session = mina.cookie("__Host-munjigi").unwrap();
    let browser = app.visitor();
    browser.set_cookie("__Host-munjigi", &session);
    assert_eq!(status(&app, &browser).await, 302);
    browser.get("/login?rd=https%3A%2F%2Fapp.example.org%2Fx").await;
    assert_eq!(status(&app, &browser).await, 200);
}

#[tokio::test]
async fn it_follows_the_session_to_each_new_id() {
    let (app, _rules) = start().await;
    let mina = app.visitor();
    mina.register("mina").await;
    let first = mina.cookie(NAME).unwrap();
    let new = "another walnut 지붕";
    let fields = [("current_password", PASSWORD), ("new_password", new)];
    mina.fill("/security/password", "/security", &fields).await.assert_redirect("/security");
    assert_ne!(mina.cookie(NAME).unwrap(), first);
    assert_eq!(status(&app, &mina).await, 200, "who changed the password goes on in the apps");
    let thief = app.visitor();
    thief.set_cookie(NAME, &first);
    assert_eq!(forward(&thief, &sent("GET", "/x")).await.status, 302);
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    assert_eq!(status(&app, &mina).await, 200);
}

#[tokio::test]
async fn ending_the_session_ends_the_apps() {
    for redis_url in [None, Some(redis_url())] {
        let (app, _rules) = start_with(redis_url).await;
        every_end_ends_the_apps(app).await;
    }
}

async fn every_end_ends_the_apps(app: TestApp) {
    let mina = app.member("mina").await;
    let sofia = app.staff("sofia").await;
    let app_cookie = |persona: &Persona| at_an_app(&app, persona);
    // Sign-out, another browser's "end all others", the operator, a disabled account, the idle limit.
    let here = app_cookie(&mina);
    let out = mina.post("/logout", &[]).await;
    assert_eq!(mina.cookie(NAME), None);
    assert!(out.headers.get_all("set-cookie").iter().any(|line| {
        let line = line.to_str().unwrap();
        line.starts_with(NAME) && line.contains("Domain=example.org") && line.contains("Max-Age=0")
    }));
    assert_eq!(forward(&here, &sent("GET", "/x")).await.status, 302);
    for round in 0..3 {
        let (laptop, phone) = (app.visitor(), app.visitor());
        for browser in [&laptop, &phone] {
            browser
                .post("/login", &[("login", "mina"), ("password", PASSWORD)])
                .await
                .assert_redirect("/dashboard");
        }
        let there = app_cookie(&phone);
        assert_eq!(forward(&there, &sent("GET", "/x")).await.status, 200);
        match round {
            0 => drop(laptop.post("/sessions/end-others", &[]).await),
            1 => app.clock.advance(7_201),
            _ => {
                let id = app.user_id("mina");
                sofia.sign_in("sofia").await;
                sofia.post(&format!("/admin/users/{id}/disable"), &[]).await;
            }
        }
        assert_eq!(forward(&there, &sent("GET", "/x")).await.status, 302, "round {round}");
    }
}
