//! The database: damage, deadlines, racing starts.

#![expect(clippy::disallowed_methods, reason = "it is what is tested")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sqlite::SqliteConnection;

use super::database::WRITE_DEADLINE;
use super::*;

fn open(path: &Path) -> Result<Db, OpenError> {
    Db::open(&path.into())
}

#[test]
fn a_damaged_or_emptied_database_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("munjigi.db");
    for content in [&b""[..], b"not a database, but long enough to be taken for one by its size alone"] {
        fs::write(&path, content).unwrap();
        assert!(matches!(open(&path), Err(OpenError::Damaged(..))));
        assert_eq!(fs::read(&path).unwrap(), content);
    }
    fs::remove_file(&path).unwrap();
    fs::write(dir.path().join("munjigi.db-wal"), b"x").unwrap();
    assert!(matches!(open(&path), Err(OpenError::Damaged(..))));
    assert!(!path.exists());
}

#[test]
fn an_overwritten_page_in_the_middle_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("munjigi.db");
    drop(open(&path).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    assert!(matches!(open(&path), Err(OpenError::Damaged(..))));
}

#[test]
fn opening_twice_and_at_once_migrates_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("munjigi.db");
    std::thread::scope(|scope| {
        let opens: Vec<_> = (0..4).map(|_| scope.spawn(|| open(&path).map(drop))).collect();
        for open in opens {
            open.join().unwrap().unwrap();
        }
    });
}

#[actix_web::test]
async fn a_write_that_has_begun_is_waited_for_and_one_that_has_not_is_never_done() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(&dir.path().join("munjigi.db")).unwrap();
    let slow = db.write(|conn| {
        std::thread::sleep(WRITE_DEADLINE + Duration::from_millis(500));
        Ok::<_, DbError>(conn.batch_execute("CREATE TABLE begun (x)")?)
    });
    let late = db.write(|conn| Ok::<_, DbError>(conn.batch_execute("CREATE TABLE late (x)")?));
    let (slow, late) = futures_util::future::join(slow, late).await;
    assert!(slow.is_ok(), "a write that succeeds reports no failure");
    assert!(matches!(late, Err(DbError::Unavailable(_))));
    let mut conn = db.conn().unwrap();
    assert!(conn.batch_execute("SELECT * FROM begun").is_ok());
    assert!(conn.batch_execute("SELECT * FROM late").is_err());
}

#[actix_web::test]
async fn a_file_that_takes_the_place_of_the_open_one_is_what_is_read_and_written_from_then_on() {
    let dir = tempfile::tempdir().unwrap();
    let (path, backup) = (dir.path().join("munjigi.db"), dir.path().join("backup"));
    let db = open(&path).unwrap();
    fs::copy(&path, &backup).unwrap();
    db.write(|conn| Ok::<_, DbError>(conn.batch_execute("CREATE TABLE before (x)")?)).await.unwrap();
    fs::rename(&backup, &path).unwrap();
    let generation = db.pool.generation();
    let write = || db.write(|conn| Ok::<_, DbError>(conn.batch_execute("CREATE TABLE after (x)")?));
    while let Err(error) = write().await {
        assert!(matches!(error, DbError::Unavailable(_)), "{error}");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(db.pool.generation() > generation, "connections in use are marked for return");
    drop(db);
    let db = open(&path).unwrap();
    let mut conn = db.conn().unwrap();
    assert!(conn.batch_execute("SELECT * FROM after").is_ok());
    assert!(
        conn.batch_execute("SELECT * FROM before").is_err(),
        "nor is the old file's log taken for the new one's"
    );
}

#[test]
fn a_file_whose_tables_were_in_a_lost_log_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("munjigi.db");
    diesel::Connection::establish(path.to_str().unwrap())
        .map(|mut conn: SqliteConnection| conn.batch_execute("PRAGMA journal_mode = WAL; VACUUM").unwrap())
        .unwrap();
    assert!(fs::metadata(&path).unwrap().len() > 0);
    assert!(matches!(open(&path), Err(OpenError::Damaged(..))));
}

#[test]
fn what_a_start_has_left_that_broke_off_is_no_database() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("munjigi.db");
    fs::write(dir.path().join("munjigi.db.draft"), b"half of it").unwrap();
    drop(open(&path).unwrap());
    assert!(path.exists() && !dir.path().join("munjigi.db.draft").exists());
}

/// What a file of gigabytes takes to check must not hold up the start, nor a command.
#[actix_web::test]
async fn a_large_file_is_checked_while_it_is_in_use_and_not_written_to_once_it_is_found_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("munjigi.db");
    let db = open(&path).unwrap();
    let fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70)
        INSERT INTO form_answers (id, answer, expires_at) SELECT i, zeroblob(1000000), 0 FROM n";
    let write = |db: &Db| {
        let db = db.clone();
        async move {
            let sql = "INSERT OR REPLACE INTO marks (name, at) VALUES ('x', 1)";
            db.write(move |conn| diesel::sql_query(sql).execute(conn).map_err(DbError::from)).await
        }
    };
    db.write(move |conn| diesel::sql_query(fill).execute(conn).map_err(DbError::from)).await.unwrap();
    db.checkpoint().await.unwrap();
    drop(db);
    let sound = open(&path).unwrap();
    write(&sound).await.unwrap();
    drop(sound);
    std::thread::sleep(Duration::from_millis(600));
    let mut bytes = fs::read(&path).unwrap();
    assert!(bytes.len() > 70_000_000, "{}", bytes.len());
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    assert!(Db::open_existing(&(&*path).into()).is_ok(), "a command does not look");
    let db = open(&path).unwrap();
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    let why = loop {
        match write(&db).await {
            Err(DbError::Unavailable(why)) => break why,
            other => drop(other.unwrap()),
        }
        assert!(std::time::Instant::now() < deadline, "it was not found");
    };
    assert!(why.contains("is damaged"), "{why}");
    let read = |conn: &mut Conn| Ok::<_, DbError>(diesel::sql_query("SELECT 1").execute(conn)?);
    db.run(read).await.unwrap();
}

#[actix_web::test]
async fn searches_run_one_at_a_time_and_keep_no_read_waiting() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let dir = tempfile::tempdir().unwrap();
    let db = open(&dir.path().join("munjigi.db")).unwrap();
    let (running, begun) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let ended = Arc::new(std::sync::Mutex::new(ended));
    let searches: Vec<_> = (0..8)
        .map(|_| {
            let (db, ended) = (db.clone(), Arc::clone(&ended));
            let (running, begun) = (Arc::clone(&running), Arc::clone(&begun));
            actix_web::rt::spawn(async move {
                let work = move |_: &mut Conn| {
                    assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0, "one at a time");
                    begun.fetch_add(1, Ordering::SeqCst);
                    ended.lock().unwrap().recv().unwrap();
                    running.fetch_sub(1, Ordering::SeqCst);
                    Ok::<_, DbError>(())
                };
                db.search(work).await
            })
        })
        .collect();
    while begun.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let read = |conn: &mut Conn| Ok::<_, DbError>(diesel::sql_query("SELECT 1").execute(conn)?);
    for _ in 0..20 {
        let reads = (0..4).map(|_| db.run(read));
        for done in futures_util::future::join_all(reads).await {
            done.unwrap();
        }
    }
    assert_eq!(begun.load(Ordering::SeqCst), 1, "the others wait for the first");
    (0..8).for_each(|_| end.send(()).unwrap());
    for search in searches {
        search.await.unwrap().unwrap();
    }
    assert_eq!(begun.load(Ordering::SeqCst), 8);
}
