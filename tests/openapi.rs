//! The description of the API is complete and correct.

mod any_request;

use std::collections::BTreeSet;

use munjigi::config::Verification;
use munjigi::server::routes::{Row, table};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Described, Munjigi, PASSWORD, Persona, TestApp};

async fn described(app: &TestApp) -> Described {
    Described::read(&app.visitor().get("/api/openapi.json").await.body)
}

#[tokio::test]
async fn every_call_is_described_and_nothing_else() {
    let app = TestApp::start().await;
    let is_described = |path: &str| {
        // Requests from proxies are not part of the API; docs/forward-auth.md describes them. Nor is the page that
        // password managers look for.
        let is_of_the_api = path.starts_with("/api/") && !path.starts_with("/api/authz/");
        is_of_the_api || path == "/.well-known/jwks.json"
    };
    let rows = table().into_iter().filter(|row| is_described(row.path));
    let routes: BTreeSet<String> = rows
        .flat_map(|row| row.methods.into_iter().map(move |method| format!("{method} {}", row.path)))
        .collect();
    assert_eq!(described(&app).await.operations(), routes);
}

#[tokio::test]
async fn the_scopes_that_are_described_are_those_that_count() {
    let app = TestApp::start().await;
    let document: Value = serde_json::from_str(&app.visitor().get("/api/openapi.json").await.body).unwrap();
    let is_described = |row: &Row| document["paths"].get(row.path).is_some();
    for row in table().into_iter().filter(is_described) {
        for method in &row.methods {
            let name = method.as_str().to_lowercase();
            let security = &document["paths"][row.path][&name]["security"];
            let bearer = security.as_array().unwrap().iter().find_map(|one| one.get("bearer"));
            let counts =
                row.scopes.iter().find(|(of, _)| of == method).map(|(_, scope)| json!([scope.name()]));
            let described = bearer.filter(|scopes| **scopes != json!([])).cloned();
            assert_eq!(described, counts, "{name} {}", row.path);
        }
    }
}

#[tokio::test]
async fn it_may_be_cached_for_a_while_and_the_command_prints_the_same() {
    let app = TestApp::start().await;
    let reply = app.visitor().get("/api/openapi.json").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    assert_eq!(reply.header("cache-control"), "public, max-age=300");
    let folder = tempfile::tempdir().unwrap();
    let print = |url: &str| {
        let mut command = Munjigi::command(&folder.path().join("data"));
        let output = command.env("MUNJIGI_PUBLIC_URL", url).arg("openapi").output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(print(&app.url).trim_end(), reply.body);
    let document: Value = serde_json::from_str(&print("https://id.example.org")).unwrap();
    assert_eq!(document["components"]["securitySchemes"]["session"]["name"], "__Host-munjigi");
    assert!(!folder.path().join("data").exists(), "it needs no database and no key");
}

#[tokio::test]
async fn operations_have_names_of_their_own_and_a_summary() {
    let app = TestApp::start().await;
    let document: Value = serde_json::from_str(&app.visitor().get("/api/openapi.json").await.body).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    let paths = document["paths"].as_object().unwrap();
    let operations: Vec<&Value> =
        paths.values().flat_map(|item| item.as_object().unwrap().values()).collect();
    let names: BTreeSet<&str> =
        operations.iter().map(|operation| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(names.len(), operations.len());
    for operation in operations {
        assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 5), "{operation}");
        assert!(operation["security"].is_array(), "its security is documented: {operation}");
    }
}

/// Everyone who calls.
struct People {
    mina: Persona,
    noa: Persona,
    visitor: Persona,
}

/// Sends a call with its path parameters filled in and checks the answer against the description.
async fn call(
    described: &Described,
    who: &Persona,
    operation: &str,
    gap: &str,
    body: Option<Value>,
    status: u16,
) {
    let (method, path) = operation.split_once(' ').unwrap();
    let path = match path.find('{') {
        Some(start) => format!("{}{gap}", &path[..start]),
        None => format!("{path}{gap}"),
    };
    let mut request = who.request(method.parse::<Method>().unwrap(), &path);
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let reply = who.send(request).await;
    assert_eq!(reply.status, status, "{operation} {gap}: {}", reply.body);
    described.check(operation, &reply);
}

#[tokio::test]
async fn every_answer_is_as_described() {
    let app = TestApp::start().await;
    let described = described(&app).await;
    let people =
        People { mina: app.member("mina").await, noa: app.member("noa").await, visitor: app.visitor() };
    board(&described, &people).await;
    api_tokens(&described, &people).await;
    account(&described, &people).await;
    sessions(&described, &people).await;
    tokens(&described, &app).await;
    any_request::refuse(&described, &app).await;
    let later = TestApp::with(|config| config.mail.verification = Verification::Required).await;
    let wanted = json!({"username": "mina", "email": "mina@example.org", "password": PASSWORD});
    call(&described, &later.visitor(), "POST /api/auth/register", "", Some(wanted), 202).await;
    // Broken connections, outages, floods and server errors have tests of their own.
    let provoked = |(_, status): &(String, u16)| ![400, 408, 429, 500, 503].contains(status);
    let unseen: Vec<_> = described.unseen().into_iter().filter(provoked).collect();
    assert!(unseen.is_empty(), "described, but not seen: {unseen:?}");
}

async fn board(described: &Described, People { mina, noa, visitor }: &People) {
    let text = || Some(json!({"title": "T", "body": "B"}));
    let old = || Some(json!({"title": "T", "body": "B", "version": 99}));
    let odd = || Some(json!({"title": 1, "version": "x"}));
    for (who, operation, gap, body, status) in [
        (mina, "POST /api/posts", "", text(), 201),
        (mina, "POST /api/posts", "", text(), 201),
        (mina, "POST /api/posts", "", Some(json!({"title": ""})), 422),
        (mina, "POST /api/posts", "", odd(), 422),
        (visitor, "POST /api/posts", "", text(), 401),
        (visitor, "GET /api/posts", "?size=1", None, 200),
        (visitor, "GET /api/posts", "?q=nothing", None, 200),
        (visitor, "GET /api/posts", "?size=x", None, 422),
        (visitor, "GET /api/posts/{id}", "1", None, 200),
        (visitor, "GET /api/posts/{id}", "99", None, 404),
        (visitor, "GET /api/posts/{id}", "x", None, 404),
    ] {
        call(described, who, operation, gap, body, status).await;
    }
    for (method, gone) in [("PUT", 200), ("PATCH", 200), ("DELETE", 204)] {
        let operation = &format!("{method} /api/posts/{{id}}");
        for (who, id, body, status) in [
            (visitor, "1", text(), 401),
            (noa, "1", text(), 403),
            (mina, "99", text(), 404),
            (mina, "1", old(), 409),
            (mina, "1", odd(), 422),
            (mina, "1", text(), gone),
        ] {
            call(described, who, operation, id, body, status).await;
        }
    }
}

async fn api_tokens(described: &Described, People { mina, noa, visitor }: &People) {
    let (list, make, delete) =
        ("GET /api/auth/tokens", "POST /api/auth/tokens", "DELETE /api/auth/tokens/{id}");
    let wish = || Some(json!({"name": "T", "scopes": ["posts:read"], "expires_at": null}));
    let obtain = "POST /api/auth/token";
    for (who, operation, gap, body, status) in [
        (mina, make, "", wish(), 201),
        (mina, make, "", Some(json!({"name": "T", "scopes": [], "expires_at": "x"})), 422),
        (visitor, make, "", wish(), 401),
        (mina, list, "", None, 200),
        (visitor, list, "", None, 401),
        (noa, delete, "1", None, 404),
        (visitor, delete, "1", None, 401),
        (mina, delete, "1", None, 204),
        (mina, delete, "x", None, 404),
        (visitor, obtain, "", Some(json!({"username": "mina", "password": PASSWORD})), 200),
        (visitor, obtain, "", Some(json!({"username": "mina", "password": "wrong"})), 400),
        (visitor, obtain, "", Some(json!({})), 400),
        (visitor, obtain, "", Some(json!([])), 422),
    ] {
        call(described, who, operation, gap, body, status).await;
    }
    let broken = visitor.request(Method::POST, "/api/auth/token").header("content-type", "application/json");
    described.check(obtain, &visitor.send(broken.body("{")).await);
}

async fn account(described: &Described, People { mina, visitor, .. }: &People) {
    let (register, user) = ("POST /api/auth/register", "PATCH /api/auth/user");
    let (password, step_up) = ("POST /api/auth/password", "POST /api/auth/step-up");
    let new = |name: &str| {
        Some(json!({"username": name, "email": format!("{name}@example.org"), "password": PASSWORD}))
    };
    let change = |old: &str, new: &str| Some(json!({"current_password": old, "new_password": new}));
    let other = "maple 기차 seventeen";
    for (who, operation, body, status) in [
        (visitor, register, new("sofia"), 201),
        (visitor, register, new("mina"), 422),
        (mina, user, Some(json!({"display_name": "Mina", "language": "ko"})), 200),
        (mina, user, Some(json!({"language": null, "theme": "dark"})), 200),
        (mina, user, Some(json!({"theme": "purple"})), 422),
        (visitor, user, Some(json!({})), 401),
        (mina, password, change("not this one", other), 422),
        (mina, password, change(PASSWORD, other), 204),
        (mina, password, change(other, PASSWORD), 204),
        (visitor, password, change(PASSWORD, other), 401),
        (mina, step_up, Some(json!({"password": "not this one"})), 422),
        (mina, step_up, Some(json!({"password": PASSWORD})), 204),
        (visitor, step_up, Some(json!({"password": PASSWORD})), 401),
    ] {
        call(described, who, operation, "", body, status).await;
    }
}

async fn sessions(described: &Described, People { mina, visitor, .. }: &People) {
    for path in ["/api/auth/check", "/api/auth/user", "/api/auth/sessions"] {
        call(described, mina, &format!("GET {path}"), "", None, 200).await;
        call(described, visitor, &format!("GET {path}"), "", None, 401).await;
    }
    let key = async |who: &Persona| {
        let check: Value = serde_json::from_str(&who.get("/api/auth/check").await.body).unwrap();
        check["session"]["key"].as_str().unwrap().to_owned()
    };
    let own = "DELETE /api/auth/sessions/{key}";
    call(described, mina, own, &"A".repeat(43), None, 404).await;
    call(described, visitor, own, &key(mina).await, None, 401).await;
    call(described, mina, "DELETE /api/auth/sessions", "", None, 204).await;
    call(described, visitor, "DELETE /api/auth/sessions", "", None, 401).await;
    call(described, mina, own, &key(mina).await, None, 204).await;
    call(described, visitor, "GET /api/openapi.json", "", None, 200).await;
    call(described, visitor, "GET /.well-known/jwks.json", "", None, 200).await;
}

async fn tokens(described: &Described, app: &TestApp) {
    let visitor = &app.visitor();
    for (operation, body, status) in [
        ("POST /api/auth/login", json!({"login": "mina", "password": PASSWORD}), 200),
        ("POST /api/auth/login", json!({"login": "mina", "password": "wrong"}), 401),
        ("POST /api/auth/login", json!({"login": "mina", "password": PASSWORD, "scope": "all"}), 422),
        ("POST /api/auth/refresh", json!({"refresh_token": "x"}), 401),
        ("POST /api/auth/refresh", json!({"scope": 1}), 422),
        ("POST /api/auth/logout", json!({"refresh_token": 1}), 422),
        ("POST /api/auth/logout", json!({}), 204),
    ] {
        call(described, visitor, operation, "", Some(body), status).await;
    }
    let mut phone = app.client_of("mina").await;
    described.check("POST /api/auth/refresh", &phone.try_refresh(&phone.refresh).await);
    let change = |old: &str, new: &str| json!({"current_password": old, "new_password": new});
    let other = "maple 기차 seventeen";
    for (path, body) in [
        ("/api/auth/password", change(PASSWORD, other)),
        ("/api/auth/password", change(other, PASSWORD)),
        ("/api/auth/step-up", json!({"password": PASSWORD})),
    ] {
        let reply = phone.post(path, body).await;
        described.check(&format!("POST {path}"), &reply);
        phone.keep(&reply);
    }
    described.check("DELETE /api/auth/sessions", &phone.delete("/api/auth/sessions").await);
    let login = json!({"login": "mina", "password": PASSWORD, "cookies": true});
    call(described, visitor, "POST /api/auth/login", "", Some(login), 200).await;
    call(described, visitor, "GET /api/auth/check", "", None, 200).await;

    let mut guest = app.program();
    let nothing = json!({"login": "mina", "password": PASSWORD, "scope": ""});
    guest.keep(&guest.post_bare("/api/auth/login", nothing).await);
    for (operation, scopes) in described.guarded() {
        let (method, path) = operation.split_once(' ').unwrap();
        let path = path.replace("{id}", "2").replace("{key}", "x");
        let send =
            async |credentials: &str| guest.send(method.parse().unwrap(), &path, credentials, None).await;
        let (lacking, broken) = (send(&guest.bearer()).await, send("Bearer x").await);
        assert_eq!((lacking.status, broken.status), (if scopes { 403 } else { 200 }, 401), "{operation}");
        described.check(&operation, &lacking);
        described.check(&operation, &broken);
    }
}
