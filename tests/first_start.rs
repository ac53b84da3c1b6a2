//! Files of the data folder: who can open them, and what is left when a start is killed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{Munjigi, Persona};

/// The mode of every file in the folder.
fn modes(folder: &Path) -> Vec<(String, u32)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    // SQLite may remove a file while it is looked at.
    entries
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), metadata.permissions().mode() & 0o777))
        })
        .collect()
}

fn assert_private(folder: &Path) {
    for (name, mode) in modes(folder) {
        assert_eq!(mode & 0o077, 0, "{name} {mode:o}");
    }
}

/// The command with an umask that forbids nothing.
fn with_umask(command: &Command, words: &str) -> Command {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("umask 000; exec \"$0\" {words}")])
        .arg(command.get_program())
        .env_clear()
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(command.get_current_dir().unwrap());
    shell
}

#[test]
fn a_start_that_is_killed_leaves_nothing_open_and_nothing_half() {
    for step in 0..24 {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        // As an operator has made it, for every user to enter.
        fs::create_dir(&data).unwrap();
        fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
        let command = Munjigi::on_sqlite(&data);
        let mut first = with_umask(&command, "--listen 127.0.0.1:0")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(4 * step));
        first.kill().unwrap();
        first.wait().unwrap();
        assert_private(&data);
        drop(Munjigi::serve(with_umask(&command, "")));
        let mut names: Vec<String> = modes(&data).into_iter().map(|(name, _)| name).collect();
        names.sort();
        names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
        assert_eq!(names, ["munjigi.db", "munjigi.lock", "secret.key"], "after {} ms", 4 * step);
        assert_private(&data);
    }
}

#[tokio::test]
async fn files_that_an_earlier_version_left_open_are_closed_before_they_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    drop(Munjigi::serve(with_umask(&Munjigi::on_sqlite(&data), "")));
    for name in ["munjigi.db", "munjigi.lock"] {
        fs::set_permissions(data.join(name), fs::Permissions::from_mode(0o644)).unwrap();
    }
    // A killed rotation has left its secrets.
    fs::write(data.join("secret.key.aB3xYz.draft"), "x").unwrap();
    let server = Munjigi::serve(Munjigi::on_sqlite(&data));
    Persona::new(&server.url).register("mina").await;
    assert!(data.join("munjigi.db-wal").exists());
    assert!(!data.join("secret.key.aB3xYz.draft").exists());
    assert_private(&data);
}

#[test]
fn a_folder_that_others_may_write_to_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    for (mode, is_warned) in [(0o700, false), (0o755, false), (0o770, true), (0o777, true)] {
        fs::set_permissions(&data, fs::Permissions::from_mode(mode)).unwrap();
        let output = Munjigi::on_sqlite(&data).args(["migrate"]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            said.contains("other users of this machine may replace files"),
            is_warned,
            "{mode:o}: {said}"
        );
    }
}
