//! Writes on PostgreSQL: those of different subjects run side by side, and no reader misses a change.

#![expect(clippy::disallowed_methods, reason = "it is what is tested")]

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use munjigi::platform::db::{Conn, Db, DbError, Locks, transaction_with};
use munjigi::platform::near_cache::{Change, follow_sql};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::support::PostgresServer;

/// Longer than any write takes, even on a busy machine, and shorter than any waits for a lock.
const A_WHILE: Duration = Duration::from_millis(700);

/// A write that has begun and goes on until `end` is called.
struct OpenWrite {
    end: oneshot::Sender<()>,
    write: JoinHandle<Result<(), DbError>>,
}

impl OpenWrite {
    async fn begin(db: &Db, locks: Locks, sql: &'static str) -> Self {
        let (begun, begins) = oneshot::channel();
        let (end, ends) = oneshot::channel();
        let db = db.clone();
        let write = tokio::spawn(async move {
            db.write_with(locks, move |conn| {
                conn.batch_execute(sql)?;
                begun.send(()).unwrap();
                ends.blocking_recv().unwrap();
                Ok::<_, DbError>(())
            })
            .await
        });
        begins.await.unwrap();
        Self { end, write }
    }

    async fn end(self) {
        self.end.send(()).unwrap();
        self.write.await.unwrap().unwrap();
    }
}

async fn write(db: &Db, locks: Locks, sql: &str) -> Result<(), DbError> {
    let (db, sql) = (db.clone(), sql.to_owned());
    db.write_with(locks, move |conn| Ok(conn.batch_execute(&sql)?)).await
}

fn users(server: &PostgresServer) -> (Db, Db) {
    let url = server.database("fresh");
    let (here, there) = (Db::open(&url).unwrap(), Db::open(&url).unwrap());
    let sql = "INSERT INTO users (username, username_key, email, email_key, password_hash, password_changed_at, epoch, created_at)
        SELECT n, n, n, n, '!', 0, 0, 0 FROM (VALUES ('mina'), ('noa')) AS names (n)";
    here.conn().unwrap().batch_execute(sql).unwrap();
    (here, there)
}

#[tokio::test]
async fn writes_of_one_subject_take_turns_and_no_others_wait() {
    let server = PostgresServer::quick();
    let (here, there) = users(&server);
    let (mina, noa) = (Locks::user(1), Locks::user(2));
    let held = OpenWrite::begin(&here, mina.clone(), "SELECT 1").await;
    for locks in [noa.clone(), Locks::none(), Locks::named("user", "mina")] {
        for db in [&here, &there] {
            timeout(A_WHILE, write(db, locks.clone(), "SELECT 1")).await.expect("it does not wait").unwrap();
        }
    }
    for locks in [mina.clone(), mina.clone().and(&noa)] {
        let waiting = write(&there, locks, "SELECT 1");
        tokio::pin!(waiting);
        assert!(timeout(A_WHILE, &mut waiting).await.is_err(), "it waits for the first");
    }
    held.end().await;
    write(&there, mina.and(&noa), "SELECT 1").await.unwrap();
}

#[tokio::test]
async fn a_node_of_an_earlier_version_never_writes_beside_this_one() {
    let server = PostgresServer::quick();
    let (here, there) = users(&server);
    let earlier = "SELECT take_turn_to_write(); UPDATE users SET theme = 'dark' WHERE id = 2";
    let held = OpenWrite::begin(&here, Locks::user(1), "SELECT 1").await;
    let raw = move |db: &Db| {
        let db = db.clone();
        // Its transaction begins as that version's did.
        tokio::task::spawn_blocking(move || {
            let mut conn = db.conn().unwrap();
            conn.transaction(|conn| conn.batch_execute(earlier)).map_err(DbError::from)
        })
    };
    let mut waiting = raw(&there);
    assert!(timeout(A_WHILE, &mut waiting).await.is_err(), "it waits for a write of any subject");
    let behind = write(&here, Locks::user(2), "SELECT 1");
    held.end().await;
    waiting.await.unwrap().unwrap();
    behind.await.unwrap();
    let known = follow_sql::since(&mut there.conn().unwrap(), 0).unwrap();
    assert_eq!(known.iter().filter(|(_, change)| *change == Change::User(2)).count(), 1);
}

/// A reader knows changes by the newest id that it has seen. A write that began earlier may end later.
#[tokio::test]
async fn a_change_that_is_committed_later_has_a_later_id() {
    let server = PostgresServer::quick();
    let (here, there) = users(&server);
    let mut reader = there.conn().unwrap();
    let before = follow_sql::newest(&mut reader).unwrap();
    let early = OpenWrite::begin(&here, Locks::user(1), "UPDATE users SET theme = 'dark' WHERE id = 1").await;
    let late = write(&there, Locks::user(2), "UPDATE users SET theme = 'dark' WHERE id = 2");
    timeout(A_WHILE, late).await.expect("it does not wait for the first").unwrap();
    let seen = follow_sql::since(&mut reader, before).unwrap();
    let [(first, Change::User(2))] = seen[..] else { panic!("{seen:?}") };
    early.end().await;
    let seen = follow_sql::since(&mut reader, first).unwrap();
    assert!(matches!(seen[..], [(_, Change::User(1))]), "{seen:?}");
}

#[tokio::test]
async fn of_many_changes_by_two_nodes_at_once_a_reader_misses_none() {
    let server = PostgresServer::quick();
    let (here, there) = users(&server);
    let mut reader = here.conn().unwrap();
    let before = follow_sql::newest(&mut reader).unwrap();
    let writes = (0..400_i64).map(|number| {
        let db = if number % 2 == 0 { &here } else { &there };
        let locks = Locks::named("write", &number.to_string());
        let sql = format!(
            "INSERT INTO ended_sessions (key, at, until) VALUES ('{number}', 0, 0); \
             SELECT pg_sleep({}); INSERT INTO ended_sessions (key, at, until) VALUES ('{number} too', 0, 0)",
            (number % 7) as f64 / 1000.0
        );
        async move { write(db, locks, &sql).await.unwrap() }
    });
    let done = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_done = std::sync::Arc::clone(&done);
    let reading = tokio::task::spawn_blocking(move || {
        let (mut last, mut seen) = (before, std::collections::HashSet::new());
        loop {
            let is_last = is_done.load(std::sync::atomic::Ordering::Acquire);
            for (id, change) in follow_sql::since(&mut reader, last).unwrap() {
                last = id;
                if let Change::Session(key) = change {
                    seen.insert(key);
                }
            }
            if is_last {
                return seen;
            }
        }
    });
    futures_util::future::join_all(writes).await;
    done.store(true, std::sync::atomic::Ordering::Release);
    assert_eq!(reading.await.unwrap().len(), 800);
}

#[test]
fn every_trigger_that_tells_does_so_at_the_end_of_the_transaction() {
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = diesel::sql_types::Text)]
        tgname: String,
    }
    let server = PostgresServer::quick();
    let db = Db::open(&server.database("fresh")).unwrap();
    let mut conn = db.conn().unwrap();
    let mut named = |which: &str| -> Vec<String> {
        let sql = format!(
            "SELECT tgname::text FROM pg_trigger WHERE tgfoid IN (SELECT oid FROM pg_proc WHERE proname LIKE 'tell%') AND NOT tgisinternal AND {which}"
        );
        let rows: Vec<Named> = diesel::sql_query(sql).load(&mut *conn).unwrap();
        rows.into_iter().map(|row| row.tgname).collect()
    };
    assert!(named("tginitdeferred").len() >= 30, "they are found");
    let early = named("NOT tginitdeferred");
    assert!(early.is_empty(), "CREATE CONSTRAINT TRIGGER … DEFERRABLE INITIALLY DEFERRED: {early:?}");
}

#[tokio::test]
async fn a_connection_that_was_lost_since_the_last_write_is_replaced() {
    let server = PostgresServer::quick();
    let (here, there) = users(&server);
    for _ in 0..3 {
        write(&here, Locks::user(1), "UPDATE users SET theme = 'dark'").await.unwrap();
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'fresh'";
        let mut other = there.conn().unwrap();
        transaction_with(&mut other, &Locks::none(), |conn: &mut Conn| {
            Ok::<_, DbError>(conn.batch_execute(sql)?)
        })
        .unwrap();
        write(&here, Locks::user(1), "UPDATE users SET theme = 'light'").await.unwrap();
    }
}

/// A write that holds a lock of one account and asks for one that another holds waits; it never takes the turn of all.
#[tokio::test]
async fn many_writes_of_the_same_few_subjects_never_wait_for_each_other_in_a_circle() {
    let server = PostgresServer::quick();
    let (here, there) = users(&server);
    let writes = (0..200_usize).map(|number| {
        let db = if number.is_multiple_of(2) { &here } else { &there };
        let locks = [0, 1, 2]
            .iter()
            .fold(Locks::none(), |locks, step| locks.and_user(((number * 7 + step * 3) % 5) as i64));
        async move { write(db, locks, "SELECT pg_sleep(0.001)").await.unwrap() }
    });
    futures_util::future::join_all(writes).await;
}

#[tokio::test]
async fn accounts_are_counted_without_a_row_that_writes_wait_for() {
    #[derive(QueryableByName)]
    struct Totals {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        rows: i64,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        users: i64,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        disabled: i64,
    }
    let server = PostgresServer::quick();
    let (here, there) = users(&server);
    let new = |name: &str| {
        format!(
            "INSERT INTO users (username, username_key, email, email_key, password_hash, password_changed_at, epoch, created_at)
             VALUES ('{name}', '{name}', '{name}', '{name}', '!', 0, 0, 0)"
        )
    };
    let totals = || {
        let sql = "SELECT count(*) AS rows, sum(users)::BIGINT AS users, sum(disabled)::BIGINT AS disabled FROM account_totals";
        let found: Totals = diesel::sql_query(sql).get_result(&mut *here.conn().unwrap()).unwrap();
        (found.rows, found.users, found.disabled)
    };
    let held = OpenWrite::begin(&here, Locks::user(1), "UPDATE users SET disabled = TRUE WHERE id = 1").await;
    for (db, name) in [(&here, "jun"), (&there, "lee"), (&here, "ana")] {
        timeout(A_WHILE, write(db, Locks::none(), &new(name))).await.expect("it does not wait").unwrap();
    }
    assert_eq!((totals().1, totals().2), (5, 0));
    let failed = write(&there, Locks::none(), &(new("kim") + "; SELECT 1 / 0")).await;
    assert!(failed.is_err(), "and counts nothing");
    held.end().await;
    assert!(totals().0 > 2, "rows of several connections");
    assert_eq!((totals().1, totals().2), (5, 1));
}
