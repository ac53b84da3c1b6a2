//! Somebody holds the lock; the disk fails; nobody may write any more.

use std::process::Command;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::{is_whole, members_read_on, writers_are_told_to_come_back, writes_again};
use crate::support::{Munjigi, Persona, scratch};

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
        let (_, ()) = tokio::join!(writers_are_told_to_come_back(&server.url, &mina), async {
            for _ in 0..10 {
                members_read_on(&mina).await;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
    }
    holder.batch_execute("ROLLBACK").unwrap();
    println!("a kept lock: writes again after {:?}", writes_again(&mina).await);
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
        writers_are_told_to_come_back(&server.url, &mina).await;
        members_read_on(&mina).await;
    }
    limit("unlimited");
    println!("a failing disk: writes again after {:?}", writes_again(&mina).await);
    server.stop();
    is_whole(&data);
}
