//! Another process holds the lock; the disk fails; writing is forbidden.

use std::process::Command;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::{is_whole, members_read_on, writers_get_503, writes_again};
use crate::support::{Munjigi, Persona, SmallDisk, scratch};

/// How long another process keeps the lock.
const HELD: Duration = Duration::from_secs(30);

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn while_another_process_keeps_the_lock_members_read_on() {
    let folder = scratch();
    let data = folder.path().join("data");
    let server = Munjigi::serve(Munjigi::command(&data));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let path = data.join("munjigi.db");
    let mut holder = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    holder.batch_execute("BEGIN IMMEDIATE").unwrap();
    let until = Instant::now() + HELD;
    while Instant::now() < until {
        let (_, ()) = tokio::join!(writers_get_503(&server.url, &mina), async {
            for _ in 0..10 {
                members_read_on(&mina).await;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
    }
    holder.batch_execute("ROLLBACK").unwrap();
    println!("a lock held: writes again after {:?}", writes_again(&mina).await);
    members_read_on(&mina).await;
    server.stop();
    is_whole(&data);
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn when_the_disk_fails_to_write_members_read_on() {
    let folder = scratch();
    let data = folder.path().join("data");
    // A file that may not grow fails like a broken disk, once the signal that comes with it is ignored.
    let mut command = Command::new("sh");
    command.args(["-c", r#"trap "" XFSZ; exec "$0""#, env!("CARGO_BIN_EXE_munjigi")]);
    let server = Munjigi::serve(Munjigi::settle(command, &data));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let limit = |size: &str| {
        let process = server.process_id().to_string();
        let mut command = Command::new("prlimit");
        let limited = command.args(["--pid", &process, &format!("--fsize={size}:unlimited")]).status();
        assert!(limited.unwrap().success());
    };
    limit("4096");
    for _ in 0..3 {
        writers_get_503(&server.url, &mina).await;
        members_read_on(&mina).await;
    }
    limit("unlimited");
    println!("a failing disk: writes again after {:?}", writes_again(&mina).await);
    server.stop();
    is_whole(&data);
}

/// Commands in the disk's namespace that cannot override permissions, like those of an ordinary user.
fn ordinary(disk: &SmallDisk) -> Command {
    let mut command = disk.command("setpriv");
    command.args(["--bounding-set=-all", "--", env!("CARGO_BIN_EXE_munjigi")]);
    Munjigi::settle(command, &disk.data())
}

/// Removes write permission from the data folder and everything in it, or restores it.
fn writable(disk: &SmallDisk, yes: bool) {
    let change = if yes { "u+w" } else { "a-w" };
    let folder = disk.data();
    let done = disk.command("chmod").args(["-R", change]).arg(&folder).status().unwrap();
    assert!(done.success());
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn in_a_folder_that_turns_read_only_members_read_on_and_a_start_says_what_is_wrong() {
    let disk = SmallDisk::of_kilobytes(8 * 1024);
    let server = Munjigi::serve(ordinary(&disk));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    writable(&disk, false);
    for _ in 0..3 {
        members_read_on(&mina).await;
        let anonymous = Persona::new(&server.url);
        // Open files stay writable for the process that opened them.
        let status = anonymous.sign_in("mina").await.status;
        assert!(matches!(status, 303 | 503), "{status}");
    }
    server.kill();
    let refused = ordinary(&disk).arg("migrate").output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.lines().count() == 1, "{said}");
    assert!(said.starts_with("munjigi: the database ") && said.contains("cannot be opened"), "{said}");
    writable(&disk, true);
    let server = Munjigi::serve(ordinary(&disk));
    let later = Persona::new(&server.url);
    later.set_cookie("munjigi", &mina.cookie("munjigi").unwrap());
    members_read_on(&later).await;
    println!("a folder writable again: writes again after {:?}", writes_again(&later).await);
    server.stop();
    is_whole(&disk.outside("data"));
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_first_start_where_nothing_may_be_written_is_refused_in_one_sentence() {
    let disk = SmallDisk::of_kilobytes(8 * 1024);
    std::fs::create_dir(disk.outside("data")).unwrap();
    writable(&disk, false);
    let refused = ordinary(&disk).arg("migrate").output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.lines().count() == 1, "{said}");
    assert!(said.contains("cannot be opened: ") && said.contains("Permission denied"), "{said}");
    assert_eq!(std::fs::read_dir(disk.outside("data")).unwrap().count(), 0);
}
