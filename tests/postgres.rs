//! PostgreSQL: the same tables as SQLite's, writes side by side, TLS, and clear errors at the start.

mod connecting;
mod tables;
mod tls;
mod writes;

use std::sync::mpsc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use munjigi::platform::db::{Db, DbError, OpenError, transaction};

use crate::support::{Munjigi, PASSWORD, Persona, PostgresServer, free_port, scratch};

#[test]
fn nodes_that_start_at_once_migrate_once() {
    let server = PostgresServer::quick();
    let url = server.database("fresh");
    std::thread::scope(|scope| {
        let opens: Vec<_> = (0..6).map(|_| scope.spawn(|| Db::open(&url).map(drop))).collect();
        for open in opens {
            open.join().unwrap().unwrap();
        }
    });
}

#[test]
fn a_database_that_cannot_hold_every_script_is_refused() {
    let server = PostgresServer::quick();
    server.run("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0");
    let error = Db::open(&server.url("narrow").parse().unwrap()).err().unwrap();
    assert!(matches!(&error, OpenError::Unusable(_, why) if why.contains("UTF8")), "{error}");
}

#[tokio::test]
async fn a_role_that_may_not_make_tables_is_told_of_the_grant_and_the_owner_needs_no_more() {
    let server = PostgresServer::quick();
    server.run("CREATE ROLE plain LOGIN");
    server.run("CREATE DATABASE foreign_one");
    server.run("CREATE DATABASE own OWNER plain");
    let url = |name: &str| server.url(name).replace("munjigi@", "plain@").parse().unwrap();
    let error = Db::open(&url("foreign_one")).err().unwrap().to_string();
    assert!(error.contains("permission denied for schema public"), "{error}");
    assert!(
        error.contains("must own the database") && error.contains("GRANT CREATE ON SCHEMA public"),
        "{error}"
    );
    Db::open(&url("own")).unwrap();

    let folder = scratch();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("DATABASE_URL", server.url("own").replace("munjigi@", "plain@"));
    let program = Munjigi::serve(command);
    let mina = Persona::new(&program.url);
    mina.register("mina").await;
    assert_eq!(mina.get("/readyz").await.status, 200);
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    mina.fill("/profile/delete", "/profile/delete", &[]).await.assert_redirect("/");
    let log = program.stop();
    assert!(!log.contains(" WARN ") && !log.contains("ERROR"), "{log}");
}

#[test]
fn an_error_that_was_passed_over_is_no_success() {
    let server = PostgresServer::quick();
    let db = Db::open(&server.database("fresh")).unwrap();
    let mut conn = db.conn().unwrap();
    let done = transaction(&mut conn, |conn| {
        conn.batch_execute("UPDATE key_generations SET made_at = 7")?;
        assert!(conn.batch_execute("SELECT * FROM nowhere").is_err());
        Ok::<_, DbError>(())
    });
    assert!(done.is_err(), "PostgreSQL would have undone it in silence");
    let done = transaction(&mut conn, |conn| {
        Ok::<_, DbError>(conn.batch_execute("UPDATE key_generations SET made_at = 8")?)
    });
    assert!(done.is_ok(), "the connection works for the next");
}

#[test]
fn a_node_that_is_stopped_while_it_writes_holds_others_up_for_five_seconds() {
    let server = PostgresServer::quick();
    let url = server.database("fresh");
    let (stopped, other) = (Db::open(&url).unwrap(), Db::open(&url).unwrap());
    let (begun, begins) = mpsc::channel();
    let (end, ends) = mpsc::channel::<()>();
    let thread = std::thread::spawn(move || {
        transaction(&mut stopped.conn().unwrap(), |conn| {
            conn.batch_execute("UPDATE key_generations SET made_at = 1")?;
            begun.send(()).unwrap();
            let _ = ends.recv();
            Ok::<_, DbError>(())
        })
    });
    begins.recv().unwrap();
    let since = Instant::now();
    let mut waits = Vec::new();
    loop {
        let asked = Instant::now();
        let written = transaction(&mut other.conn().unwrap(), |conn| {
            Ok::<_, DbError>(conn.batch_execute("UPDATE key_generations SET made_at = 2")?)
        });
        waits.push(asked.elapsed());
        match written {
            Ok(()) => break,
            Err(error) => assert!(matches!(error, DbError::Unavailable(_)), "{error}"),
        }
        assert!(since.elapsed() < Duration::from_secs(10));
    }
    assert!(since.elapsed() < Duration::from_secs(7), "{:?}", since.elapsed());
    assert!(waits.iter().max().unwrap() < &Duration::from_secs(4), "{waits:?}");
    end.send(()).unwrap();
    assert!(thread.join().unwrap().is_err(), "its write is rolled back, and it gets an error");
}

#[test]
fn an_unreachable_or_refusing_server_stops_the_start_and_no_password_is_shown() {
    let server = PostgresServer::quick();
    let folder = scratch();
    let port = free_port();
    for (url, said) in [
        (format!("postgres://mina:s3cr3t@127.0.0.1:{port}/id"), "Connection refused"),
        (server.url("nowhere").replace("munjigi@", "munjigi:s3cr3t@"), "\"nowhere\" does not exist"),
        (server.url("postgres").replace("munjigi@", "nobody:s3cr3t@"), "role \"nobody\" does not exist"),
        (format!("{}?password=s3cr3t&strange=1", server.url("postgres")), "a parameter of the URL"),
        (format!("postgres://mina:s3cr3t@127.0.0.1:{port}"), "DATABASE_URL"),
    ] {
        let since = Instant::now();
        let mut command = Munjigi::command(&folder.path().join("data"));
        let output = command.env("DATABASE_URL", &url).output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!output.status.success() && text.contains(said), "{text}");
        assert!(!text.contains("s3cr3t"), "{text}");
        assert!(since.elapsed() < Duration::from_secs(8), "{:?}", since.elapsed());
    }
}

#[tokio::test]
async fn the_program_starts_signs_in_and_goes_on_after_a_restart() {
    let server = PostgresServer::quick();
    let url = server.database("fresh");
    let folder = scratch();
    let serve = || {
        let mut command = Munjigi::command(&folder.path().join("data"));
        command.env("DATABASE_URL", server.url("fresh").replace("munjigi@", "munjigi:s3cr3t@"));
        Munjigi::serve(command)
    };
    let here = serve();
    assert!(here.start_lines.contains(&url.to_string()), "{}", here.start_lines);
    let mina = Persona::new(&here.url);
    mina.register("mina").await;
    let cookie = mina.cookie("munjigi").unwrap();
    let log = here.stop();
    assert!(!log.contains("s3cr3t"), "{log}");
    let here = serve();
    let later = Persona::new(&here.url);
    later.set_cookie("munjigi", &cookie);
    assert!(later.is_signed_in().await);
    let reply = Persona::new(&here.url).post("/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    reply.assert_redirect("/dashboard");
    assert!(!folder.path().join("data/munjigi.db").exists(), "there is no SQLite beside it");
}

#[tokio::test]
async fn a_letter_that_no_text_may_have_finds_nothing() {
    let app = crate::support::TestApp::start().await;
    let sofia = app.staff("sofia").await;
    for path in ["/board?q=%00", "/admin/users?q=a%00", "/admin/audit?user=%00", "/api/posts?q=%00"] {
        let status = sofia.get(path).await.status;
        assert!(matches!(status, 200 | 400 | 422), "{path}: {status}");
    }
    for field in ["\0", "so\0fia"] {
        let reply = app.visitor().post("/login", &[("login", field), ("password", PASSWORD)]).await;
        assert_eq!(reply.status, 422);
    }
}
