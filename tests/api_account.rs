//! The account for programs: `/api/auth/register`, `/api/auth/user`, `/api/auth/password`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Persona, Reply, TestApp, over_both_stores};

const NEW: &str = "orchard 계단 velvet seven";

async fn send(persona: &Persona, method: Method, path: &str, body: &Value) -> Reply {
    let request = persona.request(method, path).header("content-type", "application/json");
    persona.send(request.body(body.to_string())).await
}

async fn register(persona: &Persona, body: &Value) -> Reply {
    send(persona, Method::POST, "/api/auth/register", body).await
}

async fn patch(persona: &Persona, body: &Value) -> Reply {
    send(persona, Method::PATCH, "/api/auth/user", body).await
}

async fn change_password(persona: &Persona, current: &str, new: &str) -> Reply {
    let body = json!({"current_password": current, "new_password": new});
    send(persona, Method::POST, "/api/auth/password", &body).await
}

fn read(reply: &Reply) -> Value {
    serde_json::from_str(&reply.body).unwrap_or_else(|error| panic!("{error}: {}", reply.body))
}

/// The JSON pointers of the errors in a refused body.
#[track_caller]
fn pointers(reply: &Reply) -> Vec<String> {
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (422, "application/problem+json"),
        "{}",
        reply.body
    );
    let problem = read(reply);
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    errors
        .iter()
        .map(|error| {
            assert!(!error["detail"].as_str().unwrap().is_empty());
            error["pointer"].as_str().unwrap().to_owned()
        })
        .collect()
}

fn wanted(name: &str) -> Value {
    json!({"username": name, "email": format!("{name}@example.org"), "password": PASSWORD})
}

over_both_stores![
    an_account_that_was_registered_signs_in_on_the_page,
    what_is_not_sent_stays_and_the_pages_follow,
    another_email_takes_the_password_once_it_was_typed_long_ago,
    a_new_password_ends_every_other_session_and_gives_this_one_a_new_id,
];

async fn an_account_that_was_registered_signs_in_on_the_page(app: TestApp) {
    let mina = app.visitor();
    let made = register(&mina, &wanted("mina")).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let user = &read(&made)["user"];
    assert_eq!(
        (&user["username"], &user["email"], &user["groups"]),
        (&json!("mina"), &json!("mina@example.org"), &json!([]))
    );
    assert_eq!(
        (&user["language"], &user["theme"], &user["staff"]),
        (&Value::Null, &json!("auto"), &json!(false))
    );
    assert!(made.headers.get("set-cookie").is_none() && !mina.is_signed_in().await, "it starts no session");
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    assert_eq!(read(&mina.get("/api/auth/user").await)["user"], *user);
    assert_eq!(app.count("audit_events WHERE event = 'registered'"), 1);
}

async fn what_is_not_sent_stays_and_the_pages_follow(app: TestApp) {
    let mina = app.member("mina").await;
    let first = patch(&mina, &json!({"display_name": " 민아 ", "language": "ko", "theme": "dark"})).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert!(first.headers.get("set-cookie").is_none(), "nothing of this takes a new id");
    let user = read(&first)["user"].clone();
    assert_eq!(
        (&user["display_name"], &user["language"], &user["theme"]),
        (&json!("민아"), &json!("ko"), &json!("dark"))
    );
    assert!(mina.get("/dashboard").await.body.contains("lang=\"ko\""));
    assert_eq!(read(&patch(&mina, &json!({})).await)["user"], user);
    let nothing = mina.send(mina.request(Method::PATCH, "/api/auth/user")).await;
    assert_eq!((nothing.status, &read(&nothing)["user"]), (200, &user), "no body changes nothing");
    let odd = json!({"username": "evil", "staff": true, "id": 2, "epoch": 7});
    assert_eq!(read(&patch(&mina, &odd).await)["user"], user, "this is not theirs to change");
    let back = read(&patch(&mina, &json!({"language": null})).await);
    assert_eq!((&back["user"]["language"], &back["user"]["theme"]), (&Value::Null, &json!("dark")));
    assert_eq!(read(&mina.get("/api/auth/user").await), back);
    assert_eq!(app.count("users WHERE username = 'mina' AND NOT staff AND epoch > 1000"), 1);
}

#[tokio::test]
async fn null_resets_what_has_a_default_and_is_refused_elsewhere() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let set = json!({"display_name": "민아", "language": "ko", "theme": "dark", "time_zone": "Asia/Seoul"});
    let defaults = json!({"display_name": "", "language": null, "theme": "auto", "time_zone": null});
    for field in ["display_name", "language", "theme", "time_zone"] {
        assert_eq!(patch(&mina, &set).await.status, 200);
        let reply = patch(&mina, &json!({field: null})).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        let mut expected = set.clone();
        expected[field] = defaults[field].clone();
        let user = read(&mina.get("/api/auth/user").await)["user"].clone();
        for name in ["display_name", "language", "theme", "time_zone"] {
            assert_eq!(user[name], expected[name], "{name} after {field}");
        }
    }
    let typed = patch(&mina, &json!({"time_zone": "aMERICA/argentina/ushuaia"})).await;
    assert_eq!(read(&typed)["user"]["time_zone"], "America/Argentina/Ushuaia");
    for odd in [
        "KST",
        "GMT+9",
        "+09:00",
        "Asia",
        "Asia/Seoul\0",
        " Asia/Seoul",
        "../etc/localtime",
        "posix/Asia/Seoul",
    ] {
        assert_eq!(pointers(&patch(&mina, &json!({"time_zone": odd})).await), ["#/time_zone"], "{odd}");
    }
    assert_eq!(patch(&mina, &set).await.status, 200);
    let refused = patch(&mina, &json!({"email": null, "theme": null})).await;
    assert_eq!(pointers(&refused), ["#/email"]);
    let user = read(&mina.get("/api/auth/user").await)["user"].clone();
    assert_eq!(
        (&user["email"], &user["theme"]),
        (&json!("mina@example.org"), &json!("dark")),
        "all or nothing"
    );
    let all = patch(&mina, &json!({"display_name": null, "language": null, "theme": null})).await;
    let user = read(&all)["user"].clone();
    assert_eq!((&user["display_name"], &user["theme"]), (&json!(""), &json!("auto")));
    for wrong in [json!({"theme": 1}), json!({"theme": []}), json!({"display_name": false})] {
        assert_eq!(patch(&mina, &wrong).await.status, 422, "{wrong}");
    }
}

#[tokio::test]
async fn null_is_no_text_of_a_post() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    let body = json!({"title": "Bridge", "body": "Seven"});
    assert_eq!(send(&mina, Method::POST, "/api/posts", &body).await.status, 201);
    for field in ["title", "body"] {
        let refused = send(&mina, Method::PATCH, "/api/posts/1", &json!({field: null})).await;
        assert_eq!(pointers(&refused), [format!("#/{field}")]);
    }
    let same = send(&mina, Method::PATCH, "/api/posts/1", &json!({"body": "Eight", "version": null})).await;
    assert_eq!((&read(&same)["title"], &read(&same)["body"]), (&json!("Bridge"), &json!("Eight")));
}

async fn another_email_takes_the_password_once_it_was_typed_long_ago(app: TestApp) {
    let mina = app.member("mina").await;
    let free = patch(&mina, &json!({"email": "first@example.org"})).await;
    assert_eq!((free.status, free.headers.get("set-cookie").is_none()), (200, true), "it was typed just now");
    app.clock.advance(16 * 60);
    let want = |password: &Value| json!({"email": "new@example.org", "display_name": "M", "current_password": password});
    for password in [Value::Null, json!("")] {
        let asked = patch(&mina, &want(&password)).await;
        assert_eq!(
            (asked.status, &read(&asked)["errors"][0]["pointer"]),
            (401, &json!("#/current_password"))
        );
    }
    assert_eq!(pointers(&patch(&mina, &want(&json!("wrong wrong"))).await), ["#/current_password"]);
    assert_eq!(
        app.count("users WHERE email = 'first@example.org' AND display_name = ''"),
        1,
        "all or nothing"
    );
    let same = patch(&mina, &json!({"email": "first@example.org", "display_name": "Mina"})).await;
    assert_eq!(same.status, 200, "the same email is no change");
    let before = Persona::with_cookies_of(&mina);
    let done = patch(&mina, &want(&json!(PASSWORD))).await;
    assert_eq!(
        (done.status, &read(&done)["user"]["email"]),
        (200, &json!("new@example.org")),
        "{}",
        done.body
    );
    assert!(done.header("set-cookie").starts_with("munjigi="));
    assert!(
        mina.is_signed_in().await && !before.is_signed_in().await,
        "a new id after the password was typed"
    );
    assert_eq!(
        patch(&mina, &json!({"email": "third@example.org"})).await.status,
        200,
        "it was typed recently again"
    );
}

async fn a_new_password_ends_every_other_session_and_gives_this_one_a_new_id(app: TestApp) {
    let mina = app.member("mina").await;
    let (before, phone) = (Persona::with_cookies_of(&mina), app.another_browser("mina").await);
    let done = change_password(&mina, PASSWORD, NEW).await;
    assert_eq!((done.status, done.body.as_str()), (204, ""));
    assert!(done.header("set-cookie").starts_with("munjigi="));
    assert!(mina.is_signed_in().await && !phone.is_signed_in().await && !before.is_signed_in().await);
    assert_eq!(before.get("/api/auth/check").await.status, 401);
    let sign_in = async |password| {
        app.visitor().post("/login", &[("login", "mina"), ("password", password)]).await.status
    };
    assert_eq!((sign_in(PASSWORD).await, sign_in(NEW).await), (422, 303));
}

#[tokio::test]
async fn errors_in_a_new_account_are_reported_field_by_field() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    assert_eq!(
        pointers(&register(&visitor, &json!({})).await),
        ["#/username", "#/email", "#/password"],
        "what is missing too"
    );
    for (field, value) in [
        ("username", json!("mi na")),
        ("username", json!("a\u{0}b")),
        ("username", json!("x".repeat(33))),
        ("username", json!(1)),
        ("username", Value::Null),
        ("email", json!("nobody")),
        ("email", json!(["mina@example.org"])),
        ("password", json!("short")),
        ("password", json!("mina@example.org")),
        ("password", json!(12_345_678)),
        ("password", json!({"length": 9})),
    ] {
        let mut body = wanted("mina");
        body[field] = value;
        let refused = register(&visitor, &body).await;
        assert_eq!(pointers(&refused), [format!("#/{field}")], "{body}");
        assert!(!refused.body.contains(PASSWORD));
    }
    visitor.language = "ko";
    let korean = read(&register(&visitor, &json!({"username": 1})).await);
    assert_eq!(korean["errors"][0]["detail"], "형식이 맞지 않아요.");
    assert_eq!(app.count("users"), 0);
}

#[tokio::test]
async fn a_taken_name_is_reported_and_counts_as_an_account_does() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let visitor = app.visitor();
    let mut body = wanted("MINA");
    for _ in 0..99 {
        assert_eq!(pointers(&register(&visitor, &body).await), ["#/username", "#/email"]);
    }
    let refused = register(&visitor, &body).await;
    assert_eq!((refused.status, refused.header("content-type")), (429, "application/problem+json"));
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 3_000);
    let page = visitor
        .post("/register", &[("username", "noa"), ("email", "noa@example.org"), ("password", PASSWORD)]);
    assert_eq!(page.await.status, 429, "the page and the API share one count");
    app.clock.advance(3_601);
    body["username"] = json!("noa x");
    for _ in 0..120 {
        assert_eq!(pointers(&register(&visitor, &body).await), ["#/username"], "a slip does not count");
    }
    assert_eq!(register(&visitor, &wanted("noa")).await.status, 201);
}

#[tokio::test]
async fn closed_registration_is_403_and_makes_nothing() {
    let app = TestApp::with(|config| config.registration = munjigi::config::Registration::Closed).await;
    let refused = register(&app.visitor(), &wanted("mina")).await;
    assert_eq!((refused.status, refused.header("content-type")), (403, "application/problem+json"));
    assert_eq!(app.count("users"), 0);
}

#[tokio::test]
async fn bodies_are_read_strictly() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let raw = async |kind: &str, body: &str| {
        let request = mina.request(Method::PATCH, "/api/auth/user").header("content-type", kind);
        mina.send(request.body(body.to_owned())).await
    };
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "application/json5", "application/jsonp", ""]
    {
        assert_eq!(raw(kind, r#"{"theme":"dark"}"#).await.status, 415, "{kind}");
    }
    for body in ["{", r#"{"theme":"dark"}}"#, "theme=dark", r#"{"theme":"\ud800"}"#, r#"{"theme":5,"#] {
        assert_eq!(raw("application/json", body).await.status, 400, "{body}");
    }
    for depth in [200, 20_000] {
        let deep = format!(r#"{{"x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
        assert_eq!(raw("application/json", &deep).await.status, 400, "{depth}");
    }
    for (body, place) in [
        ("[]", "#"),
        (r#"["Mina"]"#, "#"),
        ("null", "#"),
        (r#"{"theme":["dark"]}"#, "#/theme"),
        (r#"{"theme":"dark","theme":"light"}"#, "#/theme"),
        (r#"{"theme":"dark","th\u0065me":"light"}"#, "#/theme"),
        (r#"{"x":{"a b":1,"a b":1}}"#, "#/x/a%20b"),
        (r#"{"theme":"pink"}"#, "#/theme"),
        (r#"{"time_zone":"Seoul"}"#, "#/time_zone"),
        (r#"{"language":"xx"}"#, "#/language"),
        (r#"{"display_name":"a\u0000"}"#, "#/display_name"),
        (r#"{"email":"nobody"}"#, "#/email"),
    ] {
        assert_eq!(pointers(&raw("application/json", body).await), [place], "{body}");
    }
    assert_eq!(app.count("users WHERE theme = 'auto' AND display_name = ''"), 1);
    assert_eq!(raw("application/json; charset=utf-8", r#"{"theme":"dark","more":[{}]}"#).await.status, 200);
}

#[tokio::test]
async fn anothers_email_is_refused() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.member("noa").await;
    assert_eq!(pointers(&patch(&mina, &json!({"email": "NOA@example.org"})).await), ["#/email"]);
    assert_eq!(app.count("users WHERE email = 'mina@example.org'"), 1);
}

#[tokio::test]
async fn two_changes_at_once_do_not_undo_each_other() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for round in 0..10 {
        let name = format!("Mina {round}");
        let theme = if round % 2 == 0 { "dark" } else { "light" };
        let (by_name, by_theme) = (json!({"display_name": name}), json!({"theme": theme}));
        let (one, other) = tokio::join!(patch(&mina, &by_name), patch(&mina, &by_theme));
        assert_eq!((one.status, other.status), (200, 200));
        assert_eq!(app.count(&format!("users WHERE display_name = '{name}' AND theme = '{theme}'")), 1);
    }
}

#[tokio::test]
async fn groups_are_returned_by_name() {
    let app = TestApp::start().await;
    let (mina, staff) = (app.member("mina").await, app.staff("sofia").await);
    for (id, name) in [(1, "Writers"), (2, "Gardeners")] {
        staff.post("/admin/groups", &[("name", name)]).await.assert_redirect(&format!("/admin/groups/{id}"));
        let joined = staff.post(&format!("/admin/groups/{id}/members"), &[("login", "mina")]).await;
        joined.assert_redirect(&format!("/admin/groups/{id}"));
    }
    for path in ["/api/auth/user", "/api/auth/check"] {
        assert_eq!(read(&mina.get(path).await)["user"]["groups"], json!(["Gardeners", "Writers"]), "{path}");
    }
    assert_eq!(read(&patch(&mina, &json!({})).await)["user"]["groups"], json!(["Gardeners", "Writers"]));
}

#[tokio::test]
async fn a_password_change_needs_the_current_password_and_a_strong_new_one() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for new in ["", "short", "password123", "mina@example.org", PASSWORD, &"x".repeat(129)] {
        assert_eq!(pointers(&change_password(&mina, PASSWORD, new).await), ["#/new_password"], "{new}");
    }
    assert_eq!(
        pointers(&send(&mina, Method::POST, "/api/auth/password", &json!({})).await),
        ["#/current_password"]
    );
    for _ in 0..5 {
        assert_eq!(pointers(&change_password(&mina, "guess guess", NEW).await), ["#/current_password"]);
    }
    assert_eq!(change_password(&mina, PASSWORD, NEW).await.status, 429);
    assert_eq!(
        mina.post("/security", &[("current_password", PASSWORD), ("new_password", NEW)]).await.status,
        429,
        "the page and the API share one count"
    );
    app.clock.advance(901);
    assert_eq!(change_password(&mina, PASSWORD, NEW).await.status, 204);
    assert_eq!(change_password(&app.visitor(), NEW, PASSWORD).await.status, 401);
    assert_eq!(patch(&app.visitor(), &json!({"theme": "dark"})).await.status, 401);
}
