//! Secrets in files and on standard input, and what is said about settings that cannot be used.

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{Munjigi, PASSWORD};

/// A secret that no output may repeat.
const SECRET: &str = "hunter2hunter2";

fn run(mut command: Command, words: &[&str], input: &[u8]) -> Output {
    let mut child = command
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may end before it reads.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Everything that is said by a command that succeeds.
fn succeed(command: Command, words: &[&str], input: &[u8]) -> String {
    let output = run(command, words, input);
    assert!(output.status.success(), "{words:?}: {}", text(&output));
    text(&output)
}

/// The last line of a command that fails.
fn fail(command: Command, words: &[&str], input: &[u8]) -> String {
    let output = run(command, words, input);
    assert!(!output.status.success(), "{words:?} succeeded");
    assert!(!text(&output).contains(SECRET), "{}", text(&output));
    text(&output).lines().last().unwrap_or_default().to_owned()
}

fn write(path: &Path, content: &[u8], mode: u32) {
    std::fs::write(path, content).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// A folder, and a command that uses the data folder in it.
fn place() -> (tempfile::TempDir, impl Fn() -> Command) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let command = move || {
        let mut command = Munjigi::command(&data);
        command.env_remove("DATABASE_URL");
        command
    };
    (folder, command)
}

#[test]
fn every_secret_is_read_from_a_file() {
    let (folder, command) = place();
    let path = folder.path().join("secret");
    let key = "ab".repeat(64);
    let database = format!("sqlite://{}", folder.path().join("other/x.db").display());
    for (variable, secret, shown) in [
        ("DATABASE_URL", database.as_str(), "other/x.db"),
        ("REDIS_URL", "redis://:hunter2hunter2@127.0.0.1:1", "in Redis"),
        ("MUNJIGI_SECRET_KEY", &key, "Every setting is fine"),
        ("MUNJIGI_SMTP_URL", "smtps://u:hunter2hunter2@mail.example.org", "mail.example.org"),
    ] {
        let row = munjigi::config::Settings::ROWS.iter().find(|row| row.variable == variable).unwrap();
        let file_variable = row.file_variable.unwrap();
        assert_eq!(file_variable, format!("{variable}_FILE"));
        let flag = format!("--{}-file", row.name.replace('_', "-"));
        let settings = folder.path().join("munjigi.toml");
        let check = |command: Command, words: &[&str], input: &[u8]| {
            let said = succeed(command, &[&["config", "check"], words].concat(), input);
            assert!(said.contains(shown) && !said.contains(SECRET) && !said.contains(&key), "{said}");
            assert!(!said.contains("WARN"), "{said}");
        };
        let sender = || {
            let mut command = command();
            command.env("MUNJIGI_MAIL_FROM", "id@example.org");
            command
        };
        for content in [secret.to_owned(), format!("{secret}\n"), format!("\u{feff}{secret}\r\n")] {
            write(&path, content.as_bytes(), 0o600);
            let mut by_variable = sender();
            by_variable.env(file_variable, &path);
            check(by_variable, &[], b"");
            check(sender(), &[&flag, path.to_str().unwrap()], b"");
            write(&settings, format!("{}_file = {:?}\n", row.name, path).as_bytes(), 0o600);
            check(sender(), &[], b"");
            std::fs::remove_file(&settings).unwrap();
            check(sender(), &[&flag, "-"], content.as_bytes());
        }
    }
    let with_files = munjigi::config::Settings::ROWS.iter().filter(|row| row.file_variable.is_some()).count();
    assert_eq!(with_files, 4, "every setting with a file is tried here");
}

#[test]
fn a_secret_and_its_file_exclude_one_another_and_the_nearer_level_counts() {
    let (folder, command) = place();
    let path = folder.path().join("secret");
    write(&path, b"sqlite://from-file.db", 0o600);
    let mut both = command();
    both.env("DATABASE_URL_FILE", &path).env("DATABASE_URL", "sqlite://from-variable.db");
    let said = fail(both, &["config", "check"], b"");
    assert!(said.starts_with("munjigi: DATABASE_URL_FILE: DATABASE_URL is given as well"), "{said}");
    // A variable, or the file that it names, comes before the settings file.
    let settings = folder.path().join("munjigi.toml");
    write(&settings, b"database_url = \"sqlite://from-settings.db\"\n", 0o600);
    let mut file = command();
    file.env("DATABASE_URL_FILE", &path);
    assert!(succeed(file, &["config", "check"], b"").contains(" from-file.db"));
    write(&settings, format!("database_url_file = {path:?}\n").as_bytes(), 0o600);
    let mut variable = command();
    variable.env("DATABASE_URL", "sqlite://from-variable.db");
    assert!(succeed(variable, &["config", "check"], b"").contains(" from-variable.db"));
    let mut empty = command();
    empty.env("DATABASE_URL_FILE", " ");
    assert!(succeed(empty, &["config", "check"], b"").contains(" from-file.db"));
}

#[test]
fn a_file_that_cannot_be_used_is_refused_without_its_name_and_content() {
    let (folder, command) = place();
    let path = folder.path().join("secret");
    let refused = |content: Option<&[u8]>, named: &str, said: &str| {
        if let Some(content) = content {
            write(&path, content, 0o600);
        }
        let mut command = command();
        command.env("REDIS_URL_FILE", named);
        let sentence = fail(command, &["config", "check"], b"");
        assert!(sentence.contains(said), "{sentence}");
    };
    let file = path.to_str().unwrap();
    refused(Some(b""), file, "REDIS_URL_FILE: the file that it names is empty");
    refused(Some(b"\xef\xbb\xbf \n"), file, "REDIS_URL_FILE: the file that it names is empty");
    refused(
        Some(b"redis://:hunter2hunter2\xfc@h"),
        file,
        "REDIS_URL_FILE: the file that it names is not UTF-8",
    );
    refused(Some(b"http://:hunter2hunter2@h"), file, "REDIS_URL: it does not fit");
    refused(Some(&[b'x'; 70_000]), file, "REDIS_URL_FILE: the file that it names is too long");
    refused(None, "redis://:hunter2hunter2@h", "REDIS_URL_FILE: the file that it names cannot be read");
    refused(None, folder.path().to_str().unwrap(), "REDIS_URL_FILE: the file that it names cannot be read");
}

#[test]
fn standard_input_gives_one_secret_and_then_the_password() {
    let (folder, command) = place();
    let database = format!("sqlite://{}", folder.path().join("other/x.db").display());
    let create = ["user", "create", "mina", "--email", "mina@example.org", "--database-url-file", "-"];
    succeed(command(), &create, format!("{database}\n\u{feff}{PASSWORD}\n").as_bytes());
    assert!(folder.path().join("other/x.db").exists());
    let said = fail(
        command(),
        &["config", "check", "--database-url-file", "-", "--redis-url-file", "-"],
        b"sqlite://x.db\n",
    );
    assert!(said.contains("reads standard input already"), "{said}");
    let said = fail(command(), &["config", "check", "--secret-key-file", "-"], b"");
    assert!(said.contains("MUNJIGI_SECRET_KEY_FILE: standard input is empty"), "{said}");
}

#[tokio::test]
async fn a_byte_order_mark_before_a_password_is_no_part_of_it() {
    let (_folder, command) = place();
    let create = ["user", "create", "mina", "--email", "mina@example.org"];
    succeed(command(), &create, format!("\u{feff}{PASSWORD}\r\n").as_bytes());
    let server = Munjigi::serve(command());
    crate::support::Persona::new(&server.url).sign_in("mina").await.assert_redirect("/dashboard");
    let said = fail(command(), &["user", "password", "mina"], b"\xff\xfeh\0u\0n\0t\0e\0r\0\n");
    assert!(said.contains("password on standard input is not UTF-8"), "{said}");
}

#[test]
fn a_setting_that_is_not_utf8_is_named() {
    let latin = OsStr::from_bytes(b"M\xfcnjigi <id@example.org>");
    for variable in ["MUNJIGI_MAIL_FROM", "DATABASE_URL", "REDIS_URL_FILE", "OTEL_EXPORTER_OTLP_ENDPOINT"] {
        let (_folder, command) = place();
        let mut command = command();
        command.env(variable, latin);
        let said = fail(command, &["config", "check"], b"");
        assert_eq!(said, format!("munjigi: {variable}: it is not UTF-8; it takes text in UTF-8"));
    }
    let (folder, command) = place();
    for words in [&[OsStr::new("--mail-from"), latin][..], &[OsStr::from_bytes(b"--mail-from=M\xfc")]] {
        let mut command = command();
        command.args(["config", "check"]).args(words);
        let said = fail(command, &[], b"");
        assert_eq!(said, "munjigi: --mail-from: it is not UTF-8; it takes text in UTF-8");
    }
    write(&folder.path().join("munjigi.toml"), b"listen = \"127.0.0.1:1\"\nmail_from = \"M\xfc\"\n", 0o600);
    let said = fail(command(), &["config", "check"], b"");
    assert!(said.contains("MUNJIGI_CONFIG: munjigi.toml: line 2: it is not UTF-8"), "{said}");
}

#[test]
fn no_message_repeats_a_secret_in_the_wrong_place() {
    let url = "redis://:hunter2hunter2@127.0.0.1:1";
    for row in munjigi::config::Settings::ROWS {
        let (folder, command) = place();
        let mut by_variable = command();
        by_variable.env(row.variable, url);
        let by_variable = run(by_variable, &["config", "check"], b"");
        write(&folder.path().join("munjigi.toml"), format!("{} = {url:?}", row.name).as_bytes(), 0o600);
        let by_file = run(command(), &["config", "check"], b"");
        for output in [by_variable, by_file] {
            assert!(!text(&output).contains(SECRET), "{}: {}", row.variable, text(&output));
        }
    }
    for line in [
        "redis_url = redis://:hunter2hunter2@h",
        "redis_url \"redis://:hunter2hunter2@h\"",
        "redis_url: \"redis://:hunter2hunter2@h\"",
        "redis_url = \"redis://:hunter2hunter2@h",
        "redis_url = \"\\hunter2hunter2\"",
        "redis_url = 'a' hunter2hunter2",
        "hunter2hunter2 = 1",
        "\"redis://:hunter2hunter2@h\" = 1",
        "redis_url.hunter2hunter2 = 1",
        "[hunter2hunter2]",
        "hunter2hunter2",
        "redis_url = [\"a\", {hunter2hunter2 = 1}]",
        "redis_url = hunter2hunter2",
        "redis_url = \"a\"\nredis_url = \"hunter2hunter2\"",
    ] {
        let (folder, command) = place();
        write(&folder.path().join("munjigi.toml"), format!("# Ours\n{line}\n").as_bytes(), 0o600);
        let said = fail(command(), &["config", "check"], b"");
        assert!(said.contains("munjigi.toml: line "), "{line}: {said}");
    }
    for words in [
        &["redis://:hunter2hunter2@h"][..],
        &["config", "check", "redis://:hunter2hunter2@h"],
        &["--redis-ur=redis://:hunter2hunter2@h"],
        &["move-database", "--from", "mysql://:hunter2hunter2@h", "--to", "sqlite://x"],
        &["move-database", "--from-file", "mysql://:hunter2hunter2@h", "--to", "sqlite://x"],
    ] {
        let (_folder, command) = place();
        fail(command(), words, b"");
    }
}

#[test]
fn secrets_that_others_can_read_are_warned_of() {
    let (folder, command) = place();
    let (settings, secret) = (folder.path().join("munjigi.toml"), folder.path().join("secret"));
    let said = |mode: u32, content: &str| {
        write(&settings, content.as_bytes(), mode);
        succeed(command(), &["config", "check"], b"")
    };
    let password = "redis_url = \"redis://:hunter2hunter2@127.0.0.1:1\"\n";
    for mode in [0o644, 0o640, 0o604, 0o620, 0o602] {
        let said = said(mode, password);
        assert!(
            said.contains("MUNJIGI_CONFIG: other users") && said.contains(&format!("{mode:o}")),
            "{said}"
        );
    }
    assert!(!said(0o600, password).contains("WARN"));
    assert!(!said(0o644, "listen = \"127.0.0.1:1\"\n").contains("WARN"), "there is no secret in it");
    write(&secret, b"redis://127.0.0.1:1", 0o444);
    let by_file = said(0o644, &format!("redis_url_file = {secret:?}\n"));
    assert!(
        by_file.contains("REDIS_URL_FILE: other users") && !by_file.contains("MUNJIGI_CONFIG:"),
        "{by_file}"
    );
    std::fs::remove_file(&settings).unwrap();
    let flags = ["config", "check", "--redis-url", "redis://127.0.0.1:1", "--smtp-url=smtps://h"];
    let mut sender = command();
    sender.env("MUNJIGI_MAIL_FROM", "id@example.org");
    let by_flag = succeed(sender, &flags, b"");
    assert!(by_flag.contains("the value of --redis-url; use REDIS_URL_FILE"), "{by_flag}");
    assert!(by_flag.contains("the value of --smtp-url; use MUNJIGI_SMTP_URL_FILE"), "{by_flag}");
}

#[test]
fn unknown_settings_are_named_also_those_of_files() {
    let (_folder, command) = place();
    let mut unknown = command();
    unknown
        .env("MUNJIGI_LISTEM", SECRET)
        .env("MUNJIGI_MAIL_FROM_FILE", SECRET)
        .env("OTEL_EXPORTER_OTLP_ENDPOINT_FILE", SECRET)
        .env("MUNJIGI_REDIS_URL_FILE", SECRET)
        .env("POSTGRES_PASSWORD_FILE", SECRET);
    let said = succeed(unknown, &["config", "check"], b"");
    for name in [
        "MUNJIGI_LISTEM",
        "MUNJIGI_MAIL_FROM_FILE",
        "OTEL_EXPORTER_OTLP_ENDPOINT_FILE",
        "MUNJIGI_REDIS_URL_FILE",
    ] {
        assert!(said.contains(name), "{name}: {said}");
    }
    assert!(!said.contains("POSTGRES_PASSWORD_FILE") && !said.contains(SECRET), "{said}");
}
