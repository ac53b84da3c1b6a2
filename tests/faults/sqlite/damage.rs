//! The file is overwritten, cut, emptied or moved away, or its log is.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{is_whole, members_read_on, writers_get_503, writes_again};
use crate::support::{Munjigi, PASSWORD, Persona, scratch};

/// A server on which mina is signed in, with everything in the file and nothing in its log.
async fn settled(data: &Path) -> (Munjigi, Persona) {
    let server = Munjigi::serve(Munjigi::command(data));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    server.stop();
    started_again(data, &mina).await
}

/// Starts the server again; signed-in users still are.
async fn started_again(data: &Path, mina: &Persona) -> (Munjigi, Persona) {
    let server = Munjigi::serve(Munjigi::command(data));
    let later = Persona::new(&server.url);
    later.set_cookie("munjigi", &mina.cookie("munjigi").unwrap());
    members_read_on(&later).await;
    (server, later)
}

/// The error of a refused start.
fn refusal(data: &Path) -> String {
    let output = Munjigi::command(data).arg("migrate").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.lines().count() == 1, "{said}");
    said
}

fn users(data: &Path) -> String {
    let output = Munjigi::command(data).args(["user", "list"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_damaged_file_is_never_replaced_and_signs_no_user_out() {
    for damage in ["overwritten", "cut", "emptied"] {
        let folder = scratch();
        let data = folder.path().join("data");
        let (server, mina) = settled(&data).await;
        let path = data.join("munjigi.db");
        let good = fs::read(&path).unwrap();
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        match damage {
            "overwritten" => file.write_all_at(&vec![0x5a; good.len() - 8192], 4096).unwrap(),
            "cut" => file.set_len(good.len() as u64 / 2).unwrap(),
            _ => file.set_len(0).unwrap(),
        }
        let new = [("username", "noa"), ("email", "noa@example.org"), ("password", PASSWORD)];
        let anonymous = Persona::new(&server.url);
        let mut answers = vec![anonymous.post("/register", &new).await];
        answers.push(anonymous.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await);
        for path in ["/dashboard", "/profile", "/sessions", "/board", "/security", "/readyz"] {
            answers.push(mina.get(path).await);
        }
        for reply in answers {
            assert!(matches!(reply.status, 200 | 503), "{damage}: {} {}", reply.status, reply.text());
        }
        server.kill();
        let bad = fs::read(&path).unwrap();
        let said = refusal(&data);
        assert!(
            said.contains("is damaged (") && said.contains("restore it from a backup"),
            "{damage}: {said}"
        );
        assert_eq!(fs::read(&path).unwrap(), bad, "{damage}: it is left as it is");
        fs::write(&path, good).unwrap();
        let (server, mina) = started_again(&data, &mina).await;
        writes_again(&mina).await;
        server.stop();
        is_whole(&data);
    }
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_file_that_is_moved_away_is_not_replaced_by_a_fresh_one() {
    let folder = scratch();
    let data = folder.path().join("data");
    let (server, mina) = settled(&data).await;
    let (path, elsewhere) = (data.join("munjigi.db"), data.join("elsewhere"));
    fs::rename(&path, &elsewhere).unwrap();
    for _ in 0..3 {
        members_read_on(&mina).await;
    }
    assert!(refusal(&data).contains("is damaged (its write-ahead log is there, but the file is gone)"));
    writers_get_503(&server.url, &mina).await;
    assert!(!path.exists(), "the server has not made another");
    fs::rename(&elsewhere, &path).unwrap();
    println!("moved and back: writes again after {:?}", writes_again(&mina).await);
    server.stop();
    is_whole(&data);
    assert!(users(&data).starts_with("mina\t"));
}

/// Concurrent posts, far below a member's hourly limit.
const POSTS: usize = 20;

/// Requests pages and writes posts until `enough`; no user is signed out. Returns the accepted posts.
async fn work_on(mina: &Persona, enough: Duration, mark: &str) -> Vec<String> {
    let (since, mut accepted) = (Instant::now(), Vec::new());
    while since.elapsed() < enough && accepted.len() < POSTS {
        let title = format!("{mark} {}", accepted.len());
        let reply = mina.post("/board/new", &[("title", &title), ("body", "x"), ("version", "0")]).await;
        match reply.status {
            303 if reply.header("location").starts_with("/board/") => accepted.push(title),
            503 => {}
            status => panic!("{status}: {} {}", reply.header("location"), reply.text()),
        }
        let page = mina.get("/profile").await;
        assert!(matches!(page.status, 200 | 503), "{} {}", page.status, page.text());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    accepted
}

fn post_titles(data: &Path) -> Vec<String> {
    use diesel::prelude::*;
    use munjigi::platform::schema::posts::dsl;
    let path = data.join("munjigi.db");
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    dsl::posts.order(dsl::id).select(dsl::title).load(&mut conn).unwrap()
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_log_removed_under_a_running_server_loses_nothing_that_was_accepted() {
    let folder = scratch();
    let data = folder.path().join("data");
    let (server, mina) = settled(&data).await;
    let mut accepted = work_on(&mina, Duration::from_secs(1), "before").await;
    fs::remove_file(data.join("munjigi.db-wal")).unwrap();
    println!("a removed log: writes again after {:?}", writes_again(&mina).await);
    accepted.push("All is well".to_owned());
    accepted.extend(work_on(&mina, Duration::from_secs(1), "after").await);
    assert!(users(&data).starts_with("mina\t"), "another process reads it too");
    let log = server.stop();
    assert!(log.contains("the file's log was removed, replaced or cut; it is opened again"), "{log}");
    is_whole(&data);
    assert_eq!(post_titles(&data), accepted);
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_log_cut_under_a_running_server_costs_the_last_seconds_at_most() {
    for part in [0, 1, 3, 7] {
        let folder = scratch();
        let data = folder.path().join("data");
        let (server, mina) = settled(&data).await;
        let accepted = work_on(&mina, Duration::from_secs(1), "before").await;
        let log = OpenOptions::new().write(true).open(data.join("munjigi.db-wal")).unwrap();
        let length = log.metadata().unwrap().len();
        log.set_len(length * part / 8).unwrap();
        println!("a log cut to {part}/8: writes again after {:?}", writes_again(&mina).await);
        work_on(&mina, Duration::from_secs(1), "after").await;
        server.stop();
        is_whole(&data);
        let stored = post_titles(&data);
        let stored: Vec<_> = stored.into_iter().take_while(|title| title.starts_with("before")).collect();
        assert!(accepted.starts_with(&stored), "{stored:?}");
    }
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_backup_put_in_place_under_a_running_server_is_what_it_goes_on_with() {
    let folder = scratch();
    let data = folder.path().join("data");
    let (server, mina) = settled(&data).await;
    let (path, backup) = (data.join("munjigi.db"), data.join("backup"));
    fs::copy(&path, &backup).unwrap();
    Persona::new(&server.url).register("noa").await;
    fs::rename(&backup, &path).unwrap();
    println!("a backup: writes again after {:?}", writes_again(&mina).await);
    assert_eq!(Persona::new(&server.url).sign_in("noa").await.status, 422, "she came after the backup");
    server.kill();
    is_whole(&data);
    assert!(post_titles(&data).contains(&"All is well".to_owned()), "it is written where it is read from");
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_file_that_is_cut_and_restored_is_opened_again_without_a_restart() {
    let folder = scratch();
    let data = folder.path().join("data");
    let (server, mina) = settled(&data).await;
    let path = data.join("munjigi.db");
    let good = fs::read(&path).unwrap();
    OpenOptions::new().write(true).open(&path).unwrap().set_len(good.len() as u64 / 2).unwrap();
    assert!(work_on(&mina, Duration::from_secs(1), "lost").await.is_empty());
    writers_get_503(&server.url, &mina).await;
    fs::write(data.join("restored"), good).unwrap();
    fs::rename(data.join("restored"), &path).unwrap();
    println!("a file restored: writes again after {:?}", writes_again(&mina).await);
    members_read_on(&mina).await;
    let log = server.stop();
    assert!(log.contains("is damaged ("), "{log}");
    is_whole(&data);
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn after_a_power_cut_a_log_that_is_cut_or_lost_costs_the_last_moments_at_most() {
    let folder = scratch();
    let data = folder.path().join("data");
    let (server, _) = settled(&data).await;
    Persona::new(&server.url).register("noa").await;
    server.kill();
    let log = fs::read(data.join("munjigi.db-wal")).unwrap();
    for left in [log.len(), log.len() - 1, log.len() - 4096, log.len() / 2, 5000, 32, 1, 0] {
        let copy = scratch();
        let data_then = copy.path().join("data");
        fs::create_dir(&data_then).unwrap();
        for name in ["munjigi.db", "secret.key"] {
            fs::copy(data.join(name), data_then.join(name)).unwrap();
        }
        if left > 0 {
            fs::write(data_then.join("munjigi.db-wal"), &log[..left]).unwrap();
        }
        let users = users(&data_then);
        assert!(users.starts_with("mina\t"), "with {left} bytes of the log: {users}");
        assert!(left < log.len() || users.contains("\nnoa\t"), "{users}");
        is_whole(&data_then);
    }
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn what_is_written_stands_in_the_file_itself_before_long() {
    let folder = scratch();
    let data = folder.path().join("data");
    let server = Munjigi::serve(Munjigi::command(&data));
    Persona::new(&server.url).register("mina").await;
    let since = Instant::now();
    let alone = loop {
        let copy = scratch();
        let alone = copy.path().join("data");
        fs::create_dir(&alone).unwrap();
        fs::copy(data.join("munjigi.db"), alone.join("munjigi.db")).unwrap();
        if users(&alone).starts_with("mina\t") {
            break copy;
        }
        assert!(since.elapsed() < Duration::from_secs(15), "it is still in the log alone");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    println!("a registration: in the file itself after {:?}", since.elapsed());
    is_whole(&alone.path().join("data"));
}
