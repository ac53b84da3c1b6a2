//! Failures of the SQLite file under the real program: reads go on, writes get 503, no user is
//! signed out, and everything works again afterwards.

mod damage;
mod full;
mod trouble;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::{PASSWORD, Persona, Reply, scratch};

/// How soon a write is answered, whatever its result.
const PATIENCE: Duration = Duration::from_secs(8);

async fn timed(what: impl Future<Output = Reply>) -> (Reply, Duration) {
    let started = Instant::now();
    let reply = what.await;
    (reply, started.elapsed())
}

/// Every page that a member reads works.
async fn members_read_on(mina: &Persona) {
    for path in ["/dashboard", "/profile", "/sessions", "/board", "/security"] {
        let (reply, took) = timed(mina.get(path)).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        assert!(took < Duration::from_secs(1), "{path} took {took:?}");
    }
}

/// Every write gets 503 with `Retry-After`, and creates no session.
async fn writers_get_503(url: &str, mina: &Persona) {
    let new = [("username", "noa"), ("email", "noa@example.org"), ("password", PASSWORD)];
    let post = [("title", "Hello"), ("body", "There"), ("version", "0")];
    let (anonymous, returning) = (Persona::new(url), Persona::new(url));
    for (what, reply) in [
        ("register", timed(anonymous.post("/register", &new)).await),
        ("sign in", timed(returning.post("/login", &[("login", "mina"), ("password", PASSWORD)])).await),
        ("write a post", timed(mina.post("/board/new", &post)).await),
        ("sign out", timed(mina.post("/logout", &[])).await),
        ("end other sessions", timed(mina.post("/sessions/end-others", &[])).await),
    ] {
        let (reply, took) = reply;
        assert_eq!(reply.status, 503, "{what}: {}", reply.text());
        assert!(!reply.header("retry-after").is_empty(), "{what}");
        assert!(reply.headers.get("set-cookie").is_none(), "{what}: {:?}", reply.headers);
        assert!(took < PATIENCE, "{what} took {took:?}");
    }
}

/// How long it takes until a member can write again.
async fn writes_again(mina: &Persona) -> Duration {
    let since = Instant::now();
    let post = [("title", "All is well"), ("body", "again"), ("version", "0")];
    loop {
        let reply = mina.post("/board/new", &post).await;
        match reply.status {
            303 => return since.elapsed(),
            503 if since.elapsed() < Duration::from_secs(10) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            status => panic!("{status} after {:?}: {}", since.elapsed(), reply.text()),
        }
    }
}

/// Reads a copy, log included, so that the original is untouched.
fn is_whole(data: &Path) {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        integrity_check: String,
    }
    let copy = scratch();
    for ending in ["", "-wal"] {
        let name = format!("munjigi.db{ending}");
        if data.join(&name).exists() {
            std::fs::copy(data.join(&name), copy.path().join(&name)).unwrap();
        }
    }
    let path = copy.path().join("munjigi.db");
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    let rows: Vec<Row> = diesel::sql_query("PRAGMA integrity_check").load(&mut conn).unwrap();
    assert!(rows.iter().all(|row| row.integrity_check == "ok"), "{}", rows[0].integrity_check);
}
