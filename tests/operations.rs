use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use crate::support::{Munjigi, PASSWORD, Persona, TestApp, redis_url};

#[test]
fn what_a_first_start_makes_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let _server = Munjigi::serve(Munjigi::on_sqlite(data));
    for (name, mode) in [("", 0o700), ("secret.key", 0o600), ("munjigi.db", 0o600), ("munjigi.db-wal", 0o600)]
    {
        let path = data.join(name);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode, "{name}");
    }
}

#[tokio::test]
async fn a_first_start_makes_what_it_needs_and_a_restart_keeps_users_and_sessions() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let server = Munjigi::serve(Munjigi::command(data));
    assert!(server.start_lines.contains(&format!("open at {}", server.url)), "{}", server.start_lines);
    assert!(server.start_lines.contains("sessions beside the users"), "{}", server.start_lines);
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let cookie = mina.cookie("munjigi").unwrap();
    server.stop();

    let server = Munjigi::serve(Munjigi::command(data));
    let later = Persona::new(&server.url);
    later.set_cookie("munjigi", &cookie);
    assert!(later.is_signed_in().await, "the session is still there");
    later.post("/logout", &[]).await;
    later.sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn with_redis_the_start_line_says_so_and_hides_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let mut command = Munjigi::command(data);
    let url = redis_url();
    command.env("REDIS_URL", &url);
    let server = Munjigi::serve(command);
    assert!(server.start_lines.contains("sessions in Redis (127.0.0.1:"), "{}", server.start_lines);
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    assert!(mina.is_signed_in().await);
    let cookie = mina.cookie("munjigi").unwrap();
    server.stop();
    let mut command = Munjigi::command(data);
    command.env("REDIS_URL", &url);
    let server = Munjigi::serve(command);
    let later = Persona::new(&server.url);
    later.set_cookie("munjigi", &cookie);
    assert!(later.is_signed_in().await);
    drop(server);

    let mut command = Munjigi::command(data);
    command.env("REDIS_URL", "redis://:hunter2@127.0.0.1:1/0");
    let server = Munjigi::serve(command);
    assert!(!server.start_lines.contains("hunter2"), "{}", server.start_lines);
    assert!(!server.stop().contains("hunter2"));
}

#[tokio::test]
async fn a_stop_finishes_what_is_in_flight() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("MUNJIGI_BCRYPT_COST", "14");
    let server = Munjigi::serve(command);
    let mina = Persona::new(&server.url);
    let fields = [("username", "mina"), ("email", "mina@example.org"), ("password", PASSWORD)];
    let slow = mina.post("/register", &fields);
    let stop = async {
        tokio::time::sleep(Duration::from_millis(250)).await;
        server.signal("TERM");
    };
    let (reply, ()) = tokio::join!(slow, stop);
    reply.assert_redirect("/dashboard");
    let log = server.stop_after_term();
    assert!(log.contains("/register"), "{log}");
}

#[tokio::test]
async fn health_and_readiness_are_distinct() {
    let app = TestApp::on_redis().await;
    let visitor = app.visitor();
    assert_eq!(visitor.get("/healthz").await.body, "ok\n");
    assert_eq!(visitor.get("/readyz").await.body, "ready\n");
}

#[tokio::test]
async fn static_files_have_hashed_names_and_are_cached_permanently() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let page = visitor.get("/").await;
    let mut addresses = page.attributes("link[rel=stylesheet]", "href");
    addresses.extend(page.attributes("link[rel=icon]", "href"));
    assert_eq!(addresses.len(), 2);
    for address in addresses {
        let file = visitor.get(&address).await;
        assert_eq!(
            (file.status, file.header("cache-control")),
            (200, "public, max-age=31536000, immutable"),
            "{address}"
        );
        assert!(
            file.header("content-type").starts_with("text/css")
                || file.header("content-type") == "image/svg+xml"
        );
    }
    assert!(
        !page.body.contains("http://") && !page.body.contains("https://"),
        "nothing comes from elsewhere"
    );
}

#[tokio::test]
async fn pages_and_styles_are_compressed_for_who_can_read_it() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let style = visitor.get("/").await.attributes("link[rel=stylesheet]", "href").remove(0);
    for path in ["/", &style] {
        let client = crate::support::client_builder().no_gzip().build().unwrap();
        let packed =
            client.get(format!("{}{path}", app.url)).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(packed.headers()["content-encoding"], "gzip", "{path}");
        let packed = packed.bytes().await.unwrap().len();
        let plain = client
            .get(format!("{}{path}", app.url))
            .header("accept-encoding", "identity")
            .send()
            .await
            .unwrap();
        assert!(plain.headers().get("content-encoding").is_none());
        assert!(packed * 3 < plain.bytes().await.unwrap().len() * 2, "{path}");
    }
}

#[tokio::test]
async fn answers_with_tokens_are_not_compressed() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let client = crate::support::client_builder().no_gzip().build().unwrap();
    let credentials = serde_json::json!({"login": "mina", "password": PASSWORD}).to_string();
    let requests = [
        client
            .post(format!("{}/api/auth/login", app.url))
            .header("content-type", "application/json")
            .body(credentials),
        client
            .post(format!("{}/oauth/token", app.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body("grant_type=authorization_code"),
    ];
    for request in requests {
        let reply = request.header("accept-encoding", "gzip, br, zstd").send().await.unwrap();
        assert_eq!(reply.headers().get("content-encoding"), None, "{}", reply.url());
    }
}

#[tokio::test]
async fn the_log_says_what_happened_in_json_and_never_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("MUNJIGI_LOG", "trace").env("MUNJIGI_LOG_FORMAT", "json");
    let server = Munjigi::serve(command);
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let id = mina.get("/nowhere?token=canary-in-query").await.header("x-request-id").to_owned();
    mina.post("/login", &[("login", "mina"), ("password", "canary-wrong-password")]).await;
    mina.get("/a%0d%0ab%1b[31m\u{2028}c").await;
    let mut raw = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    raw.write_all(
        b"GET /x HTTP/1.1\r\nHost: localhost\r\nUser-Agent: a\x1b[31m\r\nConnection: close\r\n\r\n",
    )
    .unwrap();
    let cookie = mina.cookie("munjigi").unwrap();
    let device = mina.cookie("munjigi-device").unwrap();
    let key = std::fs::read_to_string(folder.path().join("data/secret.key")).unwrap();
    let log = server.stop();
    for line in log.lines() {
        let line: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'));
    }
    assert!(
        log.lines().any(|line| line.contains(&id) && line.contains("404")),
        "the request id is in the log"
    );
    assert!(log.contains("\"event\":\"sign_in_failed\"") && log.contains("\"event\":\"registered\""));
    let session_id = cookie.split_once('.').unwrap().0;
    for secret in [PASSWORD, "canary-wrong-password", "canary-in-query", session_id, &device, key.trim()] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn a_mistyped_setting_in_the_environment_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("MUNJIGI_LISTN", "127.0.0.1:1");
    assert!(Munjigi::serve(command).stop().contains("MUNJIGI_LISTN"));
}

#[tokio::test]
async fn at_rest_it_is_small() {
    let folder = tempfile::tempdir().unwrap();
    let server = Munjigi::serve(Munjigi::command(&folder.path().join("data")));
    Persona::new(&server.url).get("/").await;
    let megabytes = server.anonymous_bytes() / 1_000_000;
    assert!(megabytes < 16, "{megabytes} MB");
}
