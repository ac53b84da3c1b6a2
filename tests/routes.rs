//! Walks the whole table of routes, so that a route without its lock, or one that is not listed here, is noticed.

use std::collections::BTreeMap;

use munjigi::routes::{Lock, table};
use reqwest::Method;

use crate::support::{Persona, TestApp};

/// What each route answers to a visitor and to a member: GET, then POST with an empty form.
const EXPECTED: &[(&str, Lock, [u16; 2], [u16; 2])] = &[
    // path, lock, visitor: GET POST, member: GET POST
    ("/", Lock::Open, [200, 405], [303, 405]),
    ("/register", Lock::Open, [200, 422], [303, 422]),
    ("/login", Lock::Open, [200, 422], [303, 422]),
    ("/language", Lock::Open, [405, 400], [405, 400]),
    ("/logout", Lock::Plain, [405, 303], [405, 303]),
    ("/dashboard", Lock::Member, [303, 303], [200, 405]),
    ("/profile", Lock::Member, [303, 303], [200, 422]),
    ("/profile/delete", Lock::Member, [303, 303], [200, 422]),
    ("/sessions", Lock::Member, [303, 303], [200, 405]),
    ("/sessions/end-others", Lock::Member, [303, 303], [405, 303]),
    ("/sessions/{key}/end", Lock::Member, [303, 303], [405, 404]),
    ("/security", Lock::Member, [303, 303], [200, 422]),
    ("/board", Lock::Open, [200, 405], [200, 405]),
    ("/board/new", Lock::Member, [303, 303], [200, 422]),
    ("/board/{id}", Lock::Open, [404, 405], [404, 405]),
    ("/board/{id}/edit", Lock::Member, [303, 303], [404, 404]),
    ("/board/{id}/delete", Lock::Member, [303, 303], [404, 404]),
    ("/api/auth/check", Lock::Member, [401, 401], [200, 405]),
    ("/static/{name}", Lock::Plain, [404, 405], [404, 405]),
    ("/healthz", Lock::Plain, [200, 405], [200, 405]),
    ("/readyz", Lock::Plain, [200, 405], [200, 405]),
];

#[tokio::test]
async fn every_route_answers_each_kind_of_person_as_its_lock_says() {
    let app = TestApp::start().await;
    let expected: BTreeMap<_, _> = EXPECTED.iter().map(|row| (row.0, row)).collect();
    let rows = table();
    assert_eq!(rows.len(), EXPECTED.len(), "every route is listed here");
    let mina = app.member("mina").await;
    for row in &rows {
        let (_, lock, for_visitor, for_member) =
            expected.get(row.path).unwrap_or_else(|| panic!("{} is not listed here", row.path));
        assert_eq!(row.lock, *lock, "{}", row.path);
        let path = row.path.replace("{key}", &"A".repeat(43)).replace("{name}", "x.css").replace("{id}", "9");
        assert_eq!(both(&app.visitor(), &path).await, *for_visitor, "a visitor at {path}");
        let member = Persona::with_cookies_of(&mina);
        assert_eq!(both(&member, &path).await, *for_member, "a member at {path}");
        if path == "/logout" || path == "/sessions/end-others" {
            mina.sign_in("mina").await.assert_redirect("/dashboard");
        }
        if *lock == Lock::Member {
            let visitor = app.visitor();
            let program = path.starts_with("/api/");
            let sent_away = visitor.get(&path).await;
            assert!(program || sent_away.header("location").starts_with("/login?next=%2F"), "{path}");
            let delete = visitor.send(visitor.request(Method::DELETE, &path)).await;
            assert_eq!(delete.status, if program { 401 } else { 303 }, "no method slips past {path}");
        }
    }
}

async fn both(persona: &Persona, path: &str) -> [u16; 2] {
    let get = persona.get(path).await.status;
    [get, persona.post(path, &[]).await.status]
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let counts = || {
        (
            app.count("users"),
            app.count("embedded_sessions"),
            app.count("ended_sessions"),
            app.count("audit_events"),
        )
    };
    let before = counts();
    for row in table() {
        let path = row.path.replace("{key}", &"A".repeat(43)).replace("{name}", "x.css").replace("{id}", "9");
        mina.get(&path).await;
        mina.send(mina.request(Method::HEAD, &path)).await;
        mina.send(mina.request(Method::OPTIONS, &path)).await;
    }
    assert_eq!(counts(), before);
    assert!(mina.is_signed_in().await);
}

#[tokio::test]
async fn nothing_but_the_listed_files_is_served() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    for path in [
        "/.git/HEAD",
        "/.env",
        "/Cargo.toml",
        "/data/munjigi.db",
        "/static/",
        "/static",
        "/static/app.css",
        "/static/..%2fCargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/dashboard/x.css",
        "/dashboard;.js",
        "/dashboard%2f..%2fa.css",
        "/dashboard/",
        "//dashboard",
        "/metrics",
    ] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
}
