//! The file is overwritten, cut, emptied or moved away, or its log is.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{is_whole, members_read_on, writes_again};
use crate::support::{Munjigi, PASSWORD, Persona, scratch};

/// A server on which mina is signed in, with everything in the file and nothing in its log.
async fn settled(data: &Path) -> (Munjigi, Persona) {
    let server = Munjigi::serve(Munjigi::command(data));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    server.stop();
    started_again(data, &mina).await
}

/// The server once more; who was signed in still is.
async fn started_again(data: &Path, mina: &Persona) -> (Munjigi, Persona) {
    let server = Munjigi::serve(Munjigi::command(data));
    let later = Persona::new(&server.url);
    later.set_cookie("munjigi", &mina.cookie("munjigi").unwrap());
    members_read_on(&later).await;
    (server, later)
}

/// What a start says that is refused.
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
async fn a_damaged_file_is_never_replaced_and_signs_nobody_out() {
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
        let stranger = Persona::new(&server.url);
        let mut answers = vec![stranger.post("/register", &new).await];
        answers.push(stranger.post("/login", &[("login", "mina"), ("password", PASSWORD)]).await);
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
    mina.post("/board/new", &[("title", "Hello"), ("body", "There"), ("version", "0")]).await;
    assert!(!path.exists(), "nobody has made another");
    fs::rename(&elsewhere, &path).unwrap();
    println!("moved and back: writes again after {:?}", writes_again(&mina).await);
    server.stop();
    is_whole(&data);
    assert!(users(&data).starts_with("mina\t"));
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
