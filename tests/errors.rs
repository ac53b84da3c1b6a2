use std::sync::mpsc;
use std::time::Duration;

use reqwest::Method;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn error_pages_have_the_layout_both_languages_and_the_request_id() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    for (language, title) in [("en", "There’s nothing here"), ("ko", "페이지를 찾을 수 없어요")] {
        visitor.language = language;
        let reply = visitor.get("/nowhere").await;
        assert_eq!((reply.status, reply.find("h1")), (404, vec![title.to_owned()]));
        assert_eq!(reply.find(".request code"), [reply.header("x-request-id")]);
        assert_eq!(reply.attributes("html", "lang"), [language]);
        assert_eq!(reply.find("footer").len(), 1);
    }
    let mina = app.member("mina").await;
    assert_eq!(mina.get("/nowhere").await.attributes("main a.button", "href"), ["/dashboard"]);
}

#[tokio::test]
async fn another_method_is_405_and_says_which_fit() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    for (method, path, allow) in [
        (Method::DELETE, "/login", "GET, HEAD, POST"),
        (Method::GET, "/language", "POST"),
        (Method::POST, "/", "GET, HEAD"),
        (Method::OPTIONS, "/healthz", "GET, HEAD"),
        (Method::from_bytes(b"PROPFIND").unwrap(), "/", "GET, HEAD"),
    ] {
        let reply = visitor.send(visitor.request(method.clone(), path)).await;
        assert_eq!((reply.status, reply.header("allow")), (405, allow), "{method} {path}");
        assert_eq!(reply.find("h1"), ["This page can’t be opened that way"]);
    }
}

#[tokio::test]
async fn an_internal_error_shows_nothing_of_its_cause() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.execute("ALTER TABLE audit_events RENAME TO hidden_events");
    let reply = mina.get("/security").await;
    assert_eq!((reply.status, reply.find("h1")), (500, vec!["Something went wrong on our side".to_owned()]));
    for inside in ["audit_events", "SQL", "sqlite", "diesel", "no such table", "src/"] {
        assert!(!reply.body.contains(inside), "{inside}");
    }
    assert_eq!(reply.find(".request code"), [reply.header("x-request-id")]);
    assert_eq!(mina.get("/sessions").await.status, 200, "the rest goes on");
}

#[tokio::test]
async fn without_the_store_members_get_503_and_keep_their_cookie() {
    let mut url = String::new();
    let port = crate::support::free_port();
    let app = TestApp::with(|config| {
        url = format!("redis://127.0.0.1:{port}/0");
        config.redis_url = Some(url.clone());
    })
    .await;
    // A valid cookie, made by a server with the same key.
    let twin = TestApp::with(|config| config.data_dir = app.config.data_dir.clone()).await;
    let mina = twin.member("mina").await;
    let browser = app.visitor();
    browser.set_cookie("munjigi", &mina.cookie("munjigi").unwrap());
    let started = std::time::Instant::now();
    let reply = browser.get("/dashboard").await;
    assert_eq!((reply.status, reply.header("retry-after")), (503, "2"), "{}", reply.body);
    assert!(started.elapsed() < std::time::Duration::from_secs(1));
    assert!(reply.text().contains("You stay signed in"));
    assert!(reply.headers.get("set-cookie").is_none(), "an outage ends no session");
    let program = browser.get("/api/auth/check").await;
    assert_eq!((program.status, program.header("content-type")), (503, "application/problem+json"));
    for path in ["/", "/login", "/register", "/healthz"] {
        assert_eq!(browser.get(path).await.status, 200, "{path} needs no session");
    }
    assert_eq!(browser.get("/readyz").await.status, 503);
    let fields = [("username", "noa"), ("email", "noa@example.org"), ("password", PASSWORD)];
    let made = app.visitor();
    made.post("/register", &fields).await.assert_redirect("/login");
    assert_eq!(
        made.get("/login").await.find(".note[role=status]"),
        ["Your account is ready."],
        "only its session has to wait"
    );
    assert_eq!(made.post("/login", &[("login", "noa"), ("password", PASSWORD)]).await.status, 503);
}

#[tokio::test]
async fn while_another_process_writes_readers_go_on_and_writers_get_503() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let (db, (begun, begins), (end, ends)) = (app.db(), mpsc::channel(), mpsc::channel::<()>());
    let other = std::thread::spawn(move || {
        munjigi::platform::db::transaction(&mut db.conn().unwrap(), |_| {
            begun.send(()).unwrap();
            let _ = ends.recv_timeout(Duration::from_secs(10));
            Err::<(), _>(munjigi::platform::db::DbError::from(diesel::result::Error::RollbackTransaction))
        })
    });
    begins.recv().unwrap();
    let writer = async {
        let started = std::time::Instant::now();
        let reply = mina.post("/language", &[("language", "ko")]).await;
        assert_eq!((reply.status, reply.header("retry-after")), (503, "2"));
        assert!(started.elapsed() < std::time::Duration::from_secs(6), "{:?}", started.elapsed());
    };
    let reader = async {
        for _ in 0..20 {
            assert_eq!(mina.get("/sessions").await.status, 200);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::join!(writer, reader);
    end.send(()).unwrap();
    assert!(other.join().unwrap().is_err());
    mina.post("/language", &[("language", "ko")]).await.assert_redirect("/");
}
