//! A node killed during registrations: every acknowledged account exists, and none is incomplete.

use std::path::Path;
use std::time::Duration;

use futures_util::future::join_all;
use munjigi::platform::db::{Conn, Db};
use serde_json::json;

use crate::support::{ApiClient, Munjigi, PASSWORD, Persona, Reply, encode, open_database, scratch};

/// Users who register concurrently.
const AT_ONCE: usize = 6;

/// One of them, in a browser or by a program; returns the name if the server accepted it.
async fn register(url: &str, round: usize, number: usize) -> Option<String> {
    let name = format!("person{round}x{number}");
    let email = format!("{name}@example.org");
    let answer: Result<Reply, String> = if number.is_multiple_of(2) {
        let body = json!({"username": name, "email": email, "password": PASSWORD});
        ApiClient::new(url).try_send(reqwest::Method::POST, "/api/auth/register", "", Some(body)).await
    } else {
        let browser = Persona::new(url);
        let form = encode(&[("username", &name), ("email", &email), ("password", PASSWORD)]);
        let request = browser.request(reqwest::Method::POST, "/register");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        browser.try_send(request).await
    };
    answer.is_ok_and(|reply| matches!(reply.status, 201 | 303)).then_some(name)
}

fn count(db: &Db, rows: &str) -> i64 {
    use diesel::prelude::*;
    let query = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("SELECT count(*) FROM {rows}"));
    query.get_result(&mut *db.conn().unwrap()).unwrap()
}

fn assert_sound(data: &Path, acknowledged: &[String]) {
    let db = open_database(data);
    if matches!(**db.conn().as_ref().unwrap(), Conn::Sqlite(_)) {
        assert_eq!(count(&db, "pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
        assert_eq!(count(&db, "pragma_foreign_key_check"), 0);
    }
    for name in acknowledged {
        assert_eq!(
            count(&db, &format!("users WHERE username = '{name}'")),
            1,
            "the registration of {name} was acknowledged"
        );
    }
    let half = "users WHERE id NOT IN (SELECT user_id FROM audit_events WHERE event = 'registered')";
    assert_eq!(count(&db, half), 0, "every account has its beginning in the trail");
    let orphans = "audit_events WHERE event = 'registered' AND user_id NOT IN (SELECT id FROM users)";
    assert_eq!(count(&db, orphans), 0, "and every beginning its account");
}

async fn walk(kills: usize) {
    let folder = scratch();
    let data = folder.path().join("data");
    let mut acknowledged = Vec::new();
    for round in 0..kills {
        let server = Munjigi::serve(Munjigi::command(&data));
        let people = join_all((0..AT_ONCE).map(|number| register(&server.url, round, number)));
        let kill = async {
            // Spread over a whole registration: the hash, the write, the answer.
            tokio::time::sleep(Duration::from_millis((round * 137 % 900) as u64)).await;
            server.signal("KILL");
        };
        let (made, ()) = tokio::join!(people, kill);
        acknowledged.extend(made.into_iter().flatten());
        drop(server);
    }
    println!("{kills} kills: {} of {} were acknowledged", acknowledged.len(), kills * AT_ONCE);
    assert_sound(&data, &acknowledged);
    let server = Munjigi::serve(Munjigi::command(&data));
    for name in acknowledged.iter().rev().take(5) {
        Persona::new(&server.url).sign_in(name).await.assert_redirect("/dashboard");
    }
    // A user without an answer can try again, or sign in.
    let again = register(&server.url, kills, 0).await;
    assert!(again.is_some());
}

#[tokio::test]
async fn a_node_killed_among_registrations_leaves_no_half_account() {
    walk(5).await;
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_node_killed_a_hundred_times_among_registrations_leaves_no_half_account() {
    walk(100).await;
}
