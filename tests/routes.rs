//! Walks the whole table of routes, so that a route without its guard, or one missing here, is noticed.

use std::collections::{BTreeMap, BTreeSet};

use munjigi::identity::accounts::StaffActor;
use munjigi::identity::applications::NewApplication;
use munjigi::server::routes::{Lock, table};
use reqwest::Method;

use crate::support::relying_party::RelyingParty;
use crate::support::{Persona, TestApp, local_client};

/// The clients: a visitor, a member, the author of the post, a member of a moderating group, staff, and a user who was
/// disabled while signed in.
const PEOPLE: [&str; 6] = ["visitor", "mina", "author", "holder", "staff", "disabled"];

/// What a route answers to each of them: GET, then POST with an empty form.
type Answers = [[u16; 2]; 6];

/// One answer to visitors and to the disabled user, another to everyone else.
const fn open(visitor: [u16; 2], member: [u16; 2]) -> Answers {
    [visitor, member, member, member, member, visitor]
}

const fn member(member: [u16; 2]) -> Answers {
    open([303, 303], member)
}

const fn staff(staff: [u16; 2]) -> Answers {
    [[303, 303], [403, 403], [403, 403], [403, 403], staff, [303, 303]]
}

/// A post may be changed by its author and by members of permitted groups; by no other user, staff or not.
const fn post(allowed: [u16; 2]) -> Answers {
    [[303, 303], [403, 403], allowed, allowed, [403, 403], [303, 303]]
}

const EXPECTED: &[(&str, Lock, Answers)] = &[
    ("/", Lock::Open, open([200, 405], [303, 405])),
    ("/register", Lock::Open, open([200, 422], [303, 422])),
    ("/login", Lock::Open, open([200, 422], [303, 422])),
    ("/login/verify", Lock::Plain, open([303, 303], [303, 303])),
    ("/login/verify/passkey", Lock::Plain, open([405, 303], [405, 303])),
    ("/login/passkey", Lock::Plain, open([404, 422], [404, 422])),
    ("/language", Lock::Open, open([405, 400], [405, 400])),
    ("/password-reset", Lock::Plain, open([200, 422], [200, 422])),
    ("/password-reset/code", Lock::Plain, open([200, 422], [200, 422])),
    ("/password-reset/recovery", Lock::Plain, open([200, 422], [200, 422])),
    ("/verify-email", Lock::Open, open([200, 422], [200, 422])),
    // Disabled unless a setting enables them.
    ("/sign-in-link", Lock::Plain, open([404, 404], [404, 404])),
    ("/sign-in-link/code", Lock::Plain, open([404, 404], [404, 404])),
    // There is no provider of this name.
    ("/sign-in/{name}", Lock::Open, open([405, 404], [405, 404])),
    ("/sign-in/{name}/callback", Lock::Open, open([404, 404], [404, 404])),
    ("/sign-in/{name}/register", Lock::Open, open([404, 404], [404, 404])),
    ("/sign-in/{name}/link", Lock::Open, open([404, 405], [404, 405])),
    ("/sign-in/{name}/link/confirm", Lock::Member, member([405, 404])),
    ("/sign-in/{name}/step-up", Lock::Member, member([405, 404])),
    ("/sign-in/{name}/backchannel-logout", Lock::Plain, open([405, 404], [405, 404])),
    ("/logout", Lock::Plain, open([200, 303], [200, 303])),
    ("/dashboard", Lock::Member, member([200, 405])),
    ("/profile", Lock::Member, member([200, 422])),
    // After a recent sign-in, no re-authentication is required.
    ("/profile/delete", Lock::Member, member([200, 303])),
    ("/sessions", Lock::Member, member([200, 405])),
    ("/sessions/end-others", Lock::Member, member([405, 303])),
    ("/sessions/{key}/end", Lock::Member, member([405, 404])),
    ("/sessions/trusted/{id}/end", Lock::Member, member([405, 404])),
    ("/security", Lock::Member, member([200, 422])),
    // Without the secret from the page, nothing can be enabled.
    ("/security/totp", Lock::FactorSetup, member([200, 303])),
    ("/security/password", Lock::Member, member([200, 405])),
    ("/security/activity", Lock::Member, member([200, 405])),
    ("/security/totp/remove", Lock::Member, member([405, 303])),
    // The site of these tests is an IP address, and those have no passkeys.
    ("/security/passkeys/new", Lock::FactorSetup, member([404, 404])),
    ("/security/passkeys/shown", Lock::FactorSetup, member([404, 405])),
    ("/security/passkeys", Lock::FactorSetup, member([404, 404])),
    ("/security/passkeys/{id}/remove", Lock::Member, member([405, 404])),
    ("/security/passkeys/{id}/rename", Lock::Member, member([404, 404])),
    ("/security/recovery-codes", Lock::Member, member([303, 303])),
    ("/security/providers/{name}/link", Lock::Member, member([405, 404])),
    ("/security/providers/{name}/unlink", Lock::Member, member([405, 404])),
    ("/security/connected-apps", Lock::Member, member([200, 405])),
    ("/security/connected-apps/{client_id}/withdraw", Lock::Member, member([405, 404])),
    ("/unsent", Lock::Member, member([303, 405])),
    ("/tokens", Lock::Member, member([200, 422])),
    ("/tokens/{id}/delete", Lock::Member, member([405, 404])),
    ("/board", Lock::Open, open([200, 405], [200, 405])),
    ("/board/new", Lock::Member, member([200, 422])),
    ("/board/{id}", Lock::Open, open([200, 405], [200, 405])),
    ("/board/{id}/edit", Lock::Member, post([200, 422])),
    // Without the version that the user saw, nothing is deleted.
    ("/board/{id}/delete", Lock::Member, post([200, 409])),
    ("/admin", Lock::Staff, staff([200, 405])),
    ("/admin/search", Lock::Staff, staff([200, 405])),
    ("/admin/users", Lock::Staff, staff([200, 405])),
    ("/admin/users/{user}", Lock::Staff, staff([200, 405])),
    ("/admin/users/{user}/disable", Lock::Staff, staff([405, 303])),
    ("/admin/users/{user}/enable", Lock::Staff, staff([405, 303])),
    ("/admin/users/{user}/verify-email", Lock::Staff, staff([405, 303])),
    ("/admin/users/{user}/end-sessions", Lock::Staff, staff([405, 303])),
    ("/admin/users/{user}/require-password", Lock::Staff, staff([405, 200])),
    ("/admin/users/{user}/mail-recovery", Lock::Staff, staff([405, 303])),
    ("/admin/users/{user}/groups", Lock::Staff, staff([405, 303])),
    ("/admin/groups", Lock::Staff, staff([200, 422])),
    ("/admin/groups/new", Lock::Staff, staff([200, 405])),
    ("/admin/groups/{id}", Lock::Staff, staff([200, 422])),
    ("/admin/groups/{id}/members", Lock::Staff, staff([405, 422])),
    ("/admin/groups/{id}/members/{user}/remove", Lock::Staff, staff([405, 303])),
    ("/admin/groups/{id}/delete", Lock::Staff, staff([405, 303])),
    ("/admin/sessions", Lock::Staff, staff([200, 405])),
    ("/admin/sessions/{key}/end", Lock::Staff, staff([405, 404])),
    ("/admin/audit", Lock::Staff, staff([200, 405])),
    ("/admin/audit/export", Lock::Staff, staff([405, 200])),
    ("/admin/apps", Lock::Staff, staff([200, 422])),
    ("/admin/apps/new", Lock::Staff, staff([200, 405])),
    ("/admin/apps/new/proxy", Lock::Staff, staff([200, 405])),
    ("/admin/apps/new/{preset}", Lock::Staff, staff([200, 422])),
    ("/admin/apps/oidc/{client}", Lock::Staff, staff([200, 422])),
    ("/admin/apps/oidc/{client}/change", Lock::Staff, staff([200, 405])),
    ("/admin/apps/oidc/{client}/logo", Lock::Staff, staff([405, 422])),
    ("/admin/apps/oidc/{client}/remove-logo", Lock::Staff, staff([405, 303])),
    ("/admin/apps/oidc/{client}/rotate-secret", Lock::Staff, staff([405, 200])),
    ("/admin/apps/oidc/{client}/end-older-secret", Lock::Staff, staff([405, 303])),
    ("/admin/apps/oidc/{client}/remove", Lock::Staff, staff([200, 303])),
    ("/admin/apps/{id}", Lock::Staff, staff([200, 422])),
    ("/admin/apps/{id}/delete", Lock::Staff, staff([405, 303])),
    ("/api/auth/check", Lock::Member, open([401, 401], [200, 405])),
    ("/api/auth/register", Lock::Plain, open([405, 422], [405, 422])),
    ("/api/auth/user", Lock::Member, open([401, 401], [200, 405])),
    ("/api/auth/password", Lock::Member, open([401, 401], [405, 422])),
    ("/api/auth/step-up", Lock::Member, open([401, 401], [405, 422])),
    ("/api/auth/sessions", Lock::Member, open([401, 401], [200, 405])),
    ("/api/auth/sessions/{key}", Lock::Member, open([401, 401], [405, 405])),
    ("/api/auth/tokens", Lock::Member, open([401, 401], [200, 422])),
    ("/api/auth/tokens/{id}", Lock::Member, open([401, 401], [405, 405])),
    ("/api/auth/token", Lock::Plain, open([405, 400], [405, 400])),
    ("/api/auth/login", Lock::Plain, open([405, 422], [405, 422])),
    ("/api/auth/refresh", Lock::Plain, open([405, 401], [405, 401])),
    ("/.well-known/jwks.json", Lock::Plain, open([200, 405], [200, 405])),
    ("/.well-known/change-password", Lock::Plain, open([302, 405], [302, 405])),
    // No contact is set.
    ("/.well-known/security.txt", Lock::Plain, open([404, 405], [404, 405])),
    ("/robots.txt", Lock::Plain, open([200, 405], [200, 405])),
    ("/favicon.ico", Lock::Plain, open([200, 405], [200, 405])),
    ("/.well-known/openid-configuration", Lock::Plain, open([200, 405], [200, 405])),
    ("/.well-known/oauth-authorization-server", Lock::Plain, open([200, 405], [200, 405])),
    ("/oauth/jwks.json", Lock::Plain, open([200, 405], [200, 405])),
    // Without an app there is nobody to answer; a post becomes a GET.
    ("/oauth/authorize", Lock::Plain, open([400, 303], [400, 303])),
    ("/oauth/token", Lock::Plain, open([405, 401], [405, 401])),
    ("/oauth/userinfo", Lock::Plain, open([401, 401], [401, 401])),
    ("/oauth/introspect", Lock::Plain, open([405, 401], [405, 401])),
    ("/oauth/revoke", Lock::Plain, open([405, 401], [405, 401])),
    ("/oauth/par", Lock::Plain, open([405, 401], [405, 401])),
    ("/oauth/device_authorization", Lock::Plain, open([405, 401], [405, 401])),
    ("/device", Lock::Member, member([200, 422])),
    // Members are asked first.
    ("/oauth/logout", Lock::Plain, open([303, 303], [200, 303])),
    ("/api/auth/logout", Lock::Plain, open([405, 204], [405, 204])),
    ("/api/openapi.json", Lock::Plain, open([200, 405], [200, 405])),
    // No trusted proxy sent the headers.
    ("/api/authz/forward-auth", Lock::Plain, open([400, 405], [400, 405])),
    ("/api/authz/auth-request", Lock::Plain, open([400, 405], [400, 405])),
    ("/api/authz/denied", Lock::Plain, open([403, 405], [403, 405])),
    ("/api/posts", Lock::Open, open([200, 401], [200, 422])),
    ("/api/posts/{id}", Lock::Open, open([200, 405], [200, 405])),
    ("/static/{name}", Lock::Plain, open([404, 405], [404, 405])),
    ("/app-logos/{name}", Lock::Plain, open([404, 405], [404, 405])),
    ("/healthz", Lock::Plain, open([200, 405], [200, 405])),
    ("/readyz", Lock::Plain, open([200, 405], [200, 405])),
];

/// The answers to methods that only programs send, with an empty body.
const OTHER_METHODS: &[(Method, &str, [u16; 6])] = &[
    (Method::PUT, "/api/posts/{id}", [401, 403, 422, 422, 403, 401]),
    (Method::PATCH, "/api/posts/{id}", [401, 403, 200, 200, 403, 401]),
    (Method::DELETE, "/api/posts/{id}", [401, 403, 204, 204, 403, 401]),
    (Method::PATCH, "/api/auth/user", [401, 200, 200, 200, 200, 401]),
    (Method::DELETE, "/api/auth/sessions/{key}", [401, 404, 404, 404, 404, 401]),
    (Method::DELETE, "/api/auth/tokens/{id}", [401, 404, 404, 404, 404, 401]),
    (Method::DELETE, "/api/auth/sessions", [401, 204, 204, 204, 204, 401]),
];

/// Post 1 of the author, group 1 that may moderate, app 1, and everyone by name. Staff act on Bystander.
async fn furnish(app: &TestApp) -> BTreeMap<&'static str, Persona> {
    let mut people = BTreeMap::from([("visitor", app.visitor())]);
    for name in ["mina", "author", "holder", "disabled", "bystander"] {
        people.insert(name, app.member(name).await);
    }
    people.insert("staff", app.staff("sofia").await);
    people["author"]
        .post("/board/new", &[("title", "A title"), ("body", "A body")])
        .await
        .assert_redirect("/board/1");
    people["staff"].post("/admin/groups", &[("name", "Moderators")]).await.assert_redirect("/admin/groups/1");
    let permissions = [("name", "Moderators"), ("board.change_post", "yes"), ("board.delete_post", "yes")];
    people["staff"].post("/admin/groups/1", &permissions).await.assert_redirect("/admin/groups/1");
    people["staff"]
        .post("/admin/groups/1/members", &[("login", "holder")])
        .await
        .assert_redirect("/admin/groups/1");
    let id = app.user_id("disabled");
    let wiki = NewApplication::parse("Wiki", "https://wiki.example.org", "", &BTreeSet::new()).unwrap();
    let by = StaffActor { id: app.user_id("sofia"), client: local_client() };
    app.identity.applications.create(by, wiki).await.unwrap();
    RelyingParty::register(app, "Shop").await;
    app.execute("UPDATE oidc_clients SET client_id = 'shop'");
    app.set_disabled(id, true).await;
    // A staff account is deleted only while there is another.
    app.staff("tessa").await;
    people
}

fn filled(app: &TestApp, path: &str) -> String {
    path.replace("{key}", &"A".repeat(43))
        .replace("{name}", "x.css")
        .replace("{client_id}", "x")
        .replace("{client}", "shop")
        .replace("{preset}", "grafana")
        .replace("/users/{id}", &format!("/users/{}", app.user_id("bystander")))
        .replace("{user}", &app.user_id("bystander").to_string())
        .replace("{id}", "1")
}

/// As listed here: the id of a user in the path is distinguished from other ids.
fn listed(path: &str) -> String {
    path.replace("/users/{id}", "/users/{user}")
}

#[tokio::test]
async fn every_route_answers_each_kind_of_person_as_its_lock_and_its_rule_say() {
    let expected: BTreeMap<_, _> = EXPECTED.iter().map(|row| (row.0, row)).collect();
    let rows = table();
    assert_eq!(rows.len(), EXPECTED.len(), "every route is listed here");
    for row in &rows {
        let found = expected.get(listed(row.path).as_str());
        let (_, lock, _) = found.unwrap_or_else(|| panic!("{} is not listed here", row.path));
        assert_eq!(row.lock, *lock, "{}", row.path);
    }
    for (column, name) in PEOPLE.into_iter().enumerate() {
        // One client's actions must not change what the next one finds.
        let app = TestApp::start().await;
        let people = furnish(&app).await;
        let person = &people[name];
        for row in &rows {
            let path = filled(&app, row.path);
            let [get, _] = expected[listed(row.path).as_str()].2[column];
            let copy = Persona::with_cookies_of(person);
            let reply = copy.get(&path).await;
            assert_eq!(reply.status, get, "{name} gets {path}");
            if get == 303 && !matches!(row.lock, Lock::Open | Lock::Plain) && name == "visitor" {
                assert!(reply.header("location").starts_with("/login?next=%2F"), "{path}");
            }
            for method in [Method::PUT, Method::PATCH, Method::DELETE] {
                if row.methods.iter().any(|known| known.as_str() == method.as_str()) {
                    let has = |(other, path, _): &&(Method, &str, _)| *other == method && *path == row.path;
                    assert!(OTHER_METHODS.iter().any(|listed| has(&listed)), "{method} {path} is listed");
                    continue;
                }
                let status = copy.send(copy.request(method.clone(), &path)).await.status;
                assert_eq!(status, otherwise(row.lock, &path, name), "{name} sends {method} to {path}");
            }
        }
        let mut acts: Vec<(Method, &str, u16)> = rows
            .iter()
            .map(|row| (Method::POST, row.path, expected[listed(row.path).as_str()].2[column][1]))
            .chain(
                OTHER_METHODS.iter().map(|(method, path, answers)| (method.clone(), *path, answers[column])),
            )
            .collect();
        acts.sort_by_key(|(method, path, _)| turn(method, path));
        for (method, path, status) in acts {
            let path = filled(&app, path);
            let reply = match method {
                Method::POST => person.post(&path, &[]).await,
                _ => person.send(person.request(method.clone(), &path)).await,
            };
            assert_eq!(reply.status, status, "{name} sends {method} to {path}");
        }
    }
}

/// Signing out comes last, preceded by routes that delete what others need.
fn turn(method: &Method, path: &str) -> u8 {
    match path {
        "/logout" | "/api/auth/logout" => 4,
        "/profile/delete" => 3,
        _ if *method != Method::POST => 2,
        _ if path.ends_with("/delete") || path.ends_with("{client}/remove") => 1,
        _ => 0,
    }
}

/// The answer to a method without a route: an unusual method bypasses no guard.
fn otherwise(lock: Lock, path: &str, name: &str) -> u16 {
    let outside = ["visitor", "disabled"].contains(&name);
    match lock {
        Lock::Member | Lock::FactorSetup | Lock::Staff if outside && path.starts_with("/api/") => 401,
        Lock::Member | Lock::FactorSetup | Lock::Staff if outside => 303,
        Lock::Staff if name != "staff" => 403,
        _ => 405,
    }
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
        "/static/look.css",
        "/static/..%2fCargo.toml",
        "/app-logos/..%2f..%2fetc%2fpasswd.png",
        "/app-logos/%2e%2e/Cargo.svg",
        "/static/%2e%2e/Cargo.toml",
        "/dashboard/x.css",
        "/dashboard;.js",
        "/dashboard%2f..%2fa.css",
        "/dashboard//",
        "//dashboard",
        "/metrics",
    ] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
}
