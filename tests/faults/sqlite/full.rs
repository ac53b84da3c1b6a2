//! A full disk.

use std::time::{Duration, Instant};

use super::{is_whole, members_read_on, writers_get_503, writes_again};
use crate::support::{Munjigi, Persona, SmallDisk, mails_in, scratch};

const ROOM: u32 = 8 * 1024;

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn on_a_full_disk_members_read_on_and_all_is_well_once_there_is_room() {
    let disk = SmallDisk::of_kilobytes(ROOM);
    let server = Munjigi::serve(disk.munjigi());
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    disk.fill();
    for _ in 0..3 {
        writers_get_503(&server.url, &mina).await;
        members_read_on(&mina).await;
    }
    disk.free();
    println!("a full disk: writes again after {:?}", writes_again(&mina).await);
    members_read_on(&mina).await;
    Persona::new(&server.url).sign_in("mina").await.assert_redirect("/dashboard");
    server.stop();
    is_whole(&disk.outside("data"));
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_first_start_on_a_full_disk_is_refused_in_one_sentence_and_leaves_nothing_behind() {
    // With a little more room each time, the start fails later and later.
    let mut refusals = 0;
    for kilobytes in [0, 4, 8, 16, 64, 200, 400, 500, 600, 1000] {
        let disk = SmallDisk::of_kilobytes(ROOM);
        disk.fill_but(kilobytes);
        let start = disk.munjigi().arg("migrate").output().unwrap();
        if !start.status.success() {
            refusals += 1;
            let said = String::from_utf8(start.stderr).unwrap();
            assert!(said.starts_with("munjigi: the database ") && said.lines().count() == 1, "{said}");
            assert!(said.contains("full") || said.contains("No space left"), "{said}");
            let data = std::fs::read_dir(disk.outside("data"));
            let left: Vec<_> = data.into_iter().flatten().map(|entry| entry.unwrap().file_name()).collect();
            assert!(left.iter().all(|name| name == "munjigi.lock"), "{kilobytes} kB: {left:?}");
        }
        disk.free();
        let server = Munjigi::serve(disk.munjigi());
        Persona::new(&server.url).register("mina").await;
        server.stop();
        is_whole(&disk.outside("data"));
    }
    println!("a first start on a full disk: refused at {refusals} of 10 sizes");
    assert!(refusals > 4);
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_restart_on_a_full_disk_loses_nothing() {
    let disk = SmallDisk::of_kilobytes(ROOM);
    let server = Munjigi::serve(disk.munjigi());
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    disk.fill();
    server.kill();
    let again = disk.munjigi().arg("migrate").output().unwrap();
    println!("a restart on a full disk: {} {}", again.status, String::from_utf8_lossy(&again.stderr));
    disk.free();
    let server = Munjigi::serve(disk.munjigi());
    let later = Persona::new(&server.url);
    later.set_cookie("munjigi", &mina.cookie("munjigi").unwrap());
    assert!(later.is_signed_in().await);
    server.stop();
    is_whole(&disk.outside("data"));
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn mail_that_finds_the_disk_full_is_sent_whole_once_there_is_room() {
    let disk = SmallDisk::of_kilobytes(ROOM);
    let elsewhere = scratch();
    let mut command = disk.munjigi();
    command.env("DATABASE_URL", format!("sqlite://{}/munjigi.db", elsewhere.path().display()));
    let server = Munjigi::serve(command);
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    disk.fill();
    let anonymous = Persona::new(&server.url);
    let reply = anonymous.fill("/password-reset", "/password-reset", &[("login", "mina")]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    tokio::time::sleep(Duration::from_secs(3)).await;
    disk.free();
    let since = Instant::now();
    let outbox = disk.outside("data/outbox");
    loop {
        let sent = if outbox.exists() { mails_in(&outbox) } else { Vec::new() };
        if let [mail] = sent.as_slice() {
            assert_eq!(mail.to, "mina@example.org");
            break;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "the mail is still not there");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("mail: sent {:?} after there was room", since.elapsed());
}

#[tokio::test]
#[ignore = "a long fault: tests/run --faults"]
async fn a_log_that_cannot_be_written_stops_nothing() {
    let disk = SmallDisk::of_kilobytes(ROOM);
    let elsewhere = scratch();
    let script = r#"exec "$0" 2>>"$1""#;
    let mut command = disk.command("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_munjigi")]).arg(disk.data().with_file_name("log"));
    let server = Munjigi::serve(Munjigi::settle(command, &elsewhere.path().join("data")));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    disk.fill();
    for _ in 0..20 {
        members_read_on(&mina).await;
        Persona::new(&server.url).sign_in("mina").await.assert_redirect("/dashboard");
    }
    disk.free();
    mina.get("/nowhere").await;
    let log = std::fs::read_to_string(disk.outside("log")).unwrap();
    assert!(log.lines().last().unwrap().contains("/nowhere"), "the log goes on");
    server.stop();
}
