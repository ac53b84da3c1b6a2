//! Attacks: invalid tokens, and access beyond a token's scopes.

use munjigi::server::routes::{Lock, Row, table};

use super::*;

/// The methods of a row, in the client's terms.
fn methods(row: &Row) -> impl Iterator<Item = Method> {
    row.methods.iter().map(|method| method.as_str().parse().unwrap())
}

#[tokio::test]
async fn invalid_tokens_are_refused() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let (_, token) = phone.make("a", &ALL).await;
    let flipped = |place: usize| {
        let mut bytes = token.clone().into_bytes();
        bytes[place] = if bytes[place] == b'a' { b'b' } else { b'a' };
        String::from_utf8(bytes).unwrap()
    };
    let unknown = "mjg_0123456789ABCDEFGHIJKLMNOPQRST3tCTbX".to_owned();
    assert!(phone.is_valid(&token).await);
    let calls = app.identity.core.db.calls();
    let bad = [
        String::new(),
        "mjg_".to_owned(),
        token[4..].to_owned(),
        token[..39].to_owned(),
        format!("{token}a"),
        flipped(4),
        flipped(33),
        flipped(39),
        token.to_uppercase(),
        token.to_lowercase(),
        token.replace("mjg_", "MJG_"),
        token.replace("mjg_", "mjr_"),
        format!("\t{token}"),
        token.replacen("mjg_", "mjg_ ", 1),
        format!("{token},"),
        format!("\"{token}\""),
        format!("{token} {token}"),
        format!("mjg_{}", "a".repeat(6_000)),
    ];
    for text in &bad {
        for scheme in ["Token", "Bearer"] {
            let reply = phone.check(&format!("{scheme} {text}")).await;
            assert_eq!(reply.status, 401, "{scheme} {text}");
        }
    }
    for credentials in
        [token.clone(), format!("Basic {token}"), format!("Token{token}"), format!("ApiKey {token}")]
    {
        assert_eq!(phone.check(&credentials).await.status, 401, "{credentials}");
    }
    assert_eq!(app.identity.core.db.calls(), calls, "none of that has reached SQL");
    assert!(!phone.is_valid(&unknown).await, "well formed, but issued to no user");
    let reply = phone.check(&format!("Token {}", phone.access)).await;
    assert_eq!(reply.status, 401, "an access token under the other name");
    assert!(phone.is_valid(&token).await, "nothing of that did harm");
}

#[tokio::test]
async fn a_token_counts_in_the_one_header_and_nowhere_else() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let phone = app.client_of("mina").await;
    let (_, token) = phone.make("a", &ALL).await;
    for name in ["token", "access_token", "api_key", "Authorization"] {
        let path = format!("/api/auth/check?{name}={token}");
        assert_eq!(phone.send(Method::GET, &path, "", None).await.status, 401, "{path}");
    }
    for name in ["munjigi", "munjigi-access", "munjigi-refresh", "token", "Authorization"] {
        let visitor = app.visitor();
        visitor.set_cookie(name, &token);
        assert_eq!(visitor.get("/api/auth/check").await.status, 401, "the cookie {name}");
        assert_eq!(visitor.get("/dashboard").await.status, 303, "the cookie {name}");
    }
    let ask = |persona: &Persona| persona.request(Method::GET, "/api/auth/check");
    let good = format!("Token {token}");
    for second in [good.as_str(), "Bearer x", ""] {
        let request = ask(&app.visitor()).header("authorization", &good).header("authorization", second);
        assert_eq!(app.visitor().send(request).await.status, 401, "beside a second header: {second}");
    }
    let request = ask(&app.visitor()).header("x-api-key", &token).header("proxy-authorization", &good);
    assert_eq!(app.visitor().send(request).await.status, 401);
    let noa = app.member("noa").await;
    let reply = noa.send(ask(&noa).header("authorization", &good)).await;
    assert_eq!(reply.json()["user"]["username"], "mina", "the header counts, not the cookie beside it");
    let bent = format!("{good}x");
    assert_eq!(mina.send(ask(&mina).header("authorization", &bent)).await.status, 401);
    assert_eq!(phone.post_bare("/api/auth/refresh", json!({"refresh_token": token})).await.status, 401);
    let out =
        phone.send(Method::POST, "/api/auth/logout", &good, Some(json!({"refresh_token": token}))).await;
    assert!(out.status == 204 && phone.is_valid(&token).await, "it has no session to end");
}

#[tokio::test]
async fn a_token_opens_no_page() {
    let app = TestApp::start().await;
    app.staff("sofia").await;
    let phone = app.client_of("sofia").await;
    let (_, token) = phone.make("a", &ALL).await;
    let credentials = format!("Bearer {token}");
    for row in table().into_iter().filter(|row| !row.path.starts_with("/api/")) {
        let path = row.path.replace("{key}", &"A".repeat(43)).replace("{name}", "x.css");
        let path = path.replace("{id}", "1").replace("{user}", "1");
        for method in methods(&row) {
            let with = phone.send(method.clone(), &path, &credentials, None).await;
            let without = phone.send(method.clone(), &path, "", None).await;
            assert_eq!(with.status, without.status, "{method} {path}");
            let locked = matches!(row.lock, Lock::Member | Lock::Staff);
            assert!(!locked || with.status == 303, "{method} {path} answers {}", with.status);
        }
    }
    assert!(phone.is_valid(&token).await);
}

/// What a token of one scope may do, by method and path.
const OPEN_TO: &[(&str, Method, &str)] = &[
    ("profile:read", Method::GET, "/api/auth/user"),
    ("profile:write", Method::PATCH, "/api/auth/user"),
    ("sessions:read", Method::GET, "/api/auth/sessions"),
    ("sessions:write", Method::DELETE, "/api/auth/sessions"),
    ("sessions:write", Method::DELETE, "/api/auth/sessions/{key}"),
    ("posts:read", Method::GET, "/api/posts"),
    ("posts:read", Method::GET, "/api/posts/{id}"),
    ("posts:write", Method::POST, "/api/posts"),
    ("posts:write", Method::PUT, "/api/posts/{id}"),
    ("posts:write", Method::PATCH, "/api/posts/{id}"),
    ("posts:write", Method::DELETE, "/api/posts/{id}"),
];

#[tokio::test]
async fn a_token_does_nothing_beyond_its_scopes_on_any_route() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    mina.post("/board/new", &[("title", "A title"), ("body", "A body")]).await.assert_redirect("/board/1");
    let phone = app.client_of("mina").await;
    for scope in ALL {
        let (_, token) = phone.make(scope, &[scope]).await;
        let credentials = format!("Bearer {token}");
        for row in table().into_iter().filter(|row| row.path.starts_with("/api/") && row.lock != Lock::Plain)
        {
            for method in methods(&row).filter(|_| row.path != "/api/auth/check") {
                let is_open = OPEN_TO.contains(&(scope, method.clone(), row.path));
                let path = row.path.replace("{key}", &"A".repeat(43)).replace("{id}", "1");
                // No action takes place: the bodies are invalid.
                if !is_open {
                    let reply = phone.send(method.clone(), &path, &credentials, None).await;
                    assert_eq!(reply.status, 403, "{scope}: {method} {path}: {}", reply.body);
                }
            }
        }
        for (_, method, path) in
            OPEN_TO.iter().filter(|(open, method, _)| *open == scope && *method == Method::GET)
        {
            let reply = phone.send(method.clone(), &path.replace("{id}", "1"), &credentials, None).await;
            assert_eq!(reply.status, 200, "{scope}: {path}");
        }
    }
    assert!(phone.is_signed_in().await && mina.is_signed_in().await);
}

#[tokio::test]
async fn a_token_creates_no_tokens_and_the_response_says_why() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let (id, token) = phone.make("a", &ALL).await;
    let credentials = format!("Token {token}");
    let wish = json!({"name": "b", "scopes": ["posts:read"], "current_password": PASSWORD});
    for (method, path, body) in [
        (Method::GET, "/api/auth/tokens".to_owned(), None),
        (Method::POST, "/api/auth/tokens".to_owned(), Some(wish)),
        (Method::DELETE, format!("/api/auth/tokens/{id}"), None),
    ] {
        let reply = phone.send(method, &path, &credentials, body).await;
        assert_eq!(reply.status, 403, "{path}");
        let detail = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("An API token can’t do this"), "{detail}");
    }
    // Not even if the table grants more than the API allows.
    app.execute("UPDATE api_tokens SET scope = 'security:read security:write posts:read'");
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(phone.check(&credentials).await.json()["scope"], "posts:read");
    assert_eq!(phone.send(Method::GET, "/api/auth/tokens", &credentials, None).await.status, 403);
    assert_eq!(app.count("api_tokens"), 1);
}

#[tokio::test]
async fn a_token_takes_over_no_account() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let (_, token) = phone.make("a", &ALL).await;
    let credentials = format!("Token {token}");
    let new = "maple 기차 seventeen";
    let email = json!({"email": "thief@example.org", "current_password": PASSWORD});
    let password = json!({"current_password": PASSWORD, "new_password": new});
    for (method, path, body) in
        [(Method::PATCH, "/api/auth/user", email), (Method::POST, "/api/auth/password", password.clone())]
    {
        let reply = phone.send(method, path, &credentials, Some(body)).await;
        assert_eq!(reply.status, 403, "{path}, whatever else is known");
        assert!(reply.json()["detail"].as_str().unwrap().contains("An API token can’t do this"), "{path}");
    }
    assert_eq!(app.count("users WHERE email = 'mina@example.org'"), 1);
    assert!(phone.is_valid(&token).await);
    assert_eq!(phone.post("/api/auth/password", password).await.status, 200);
    assert!(!phone.is_valid(&token).await, "a new password by the API ends it as one by the page does");
}

#[tokio::test]
async fn a_token_gets_no_permission_that_its_owner_lacks() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let mut narrow = app.program();
    let scope = "security:read security:write posts:read";
    let login = json!({"login": "mina", "password": PASSWORD, "scope": scope});
    let reply = narrow.post_bare("/api/auth/login", login).await;
    narrow.keep(&reply);
    let refused = narrow
        .post(
            "/api/auth/tokens",
            json!({"name": "a", "scopes": ["posts:read", "posts:write"], "current_password": PASSWORD}),
        )
        .await;
    assert_eq!((refused.status, pointers(&refused)), (422, vec![json!("#/scopes")]));
    narrow.make("a", &["posts:read"]).await;
    let mut reader = app.program();
    let login = json!({"login": "mina", "password": PASSWORD, "scope": "posts:read security:read"});
    let reply = reader.post_bare("/api/auth/login", login).await;
    reader.keep(&reply);
    let refused = reader.post("/api/auth/tokens", json!({"name": "a", "scopes": ["posts:read"]})).await;
    assert_eq!(refused.status, 403);
    assert!(refused.header("www-authenticate").contains("security:write"));
}

#[tokio::test]
async fn the_tokens_of_others_are_not_there() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let noa = app.member("noa").await;
    let (phone, others) = (app.client_of("mina").await, app.client_of("noa").await);
    let (id, token) = phone.make("Diary", &ALL).await;
    assert_eq!(others.delete(&format!("/api/auth/tokens/{id}")).await.status, 404);
    assert_eq!(noa.post(&format!("/tokens/{id}/delete"), &[]).await.status, 404);
    assert_eq!(others.get("/api/auth/tokens").await.json(), json!({"tokens": []}));
    assert!(!noa.get("/tokens").await.text().contains("Diary"));
    for odd in ["0", "-1", "99999999999999999999", "x", "1%20OR%201=1"] {
        assert_eq!(others.delete(&format!("/api/auth/tokens/{odd}")).await.status, 404, "{odd}");
    }
    assert!(phone.is_valid(&token).await && mina.get("/tokens").await.text().contains("Diary"));
    assert_eq!(app.count("audit_events WHERE event = 'token_deleted'"), 0);
}
