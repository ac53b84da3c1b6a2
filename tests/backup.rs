//! Backups: made under writes, complete, private and restorable.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use diesel::prelude::*;

use crate::support::{Munjigi, PASSWORD, Persona, scratch, snippets};

fn back_up(data: &Path, to: &Path) -> Output {
    let mut command = Munjigi::on_sqlite(data);
    command.arg("backup").arg(to).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

/// Creates a user on the command line, to avoid the limit on registrations.
fn create(data: &Path, name: &str) {
    let script = format!(r#"printf %s "$1" | "$0" user create {name} --email {name}@example.org"#);
    let binary = Munjigi::on_sqlite(data).get_program().to_owned();
    let mut shell = Command::new("sh");
    shell
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("MUNJIGI_DATA_DIR", data)
        .env("MUNJIGI_BCRYPT_COST", "10");
    assert!(
        shell
            .arg("-c")
            .arg(script)
            .arg(binary)
            .arg(PASSWORD)
            .stdout(Stdio::null())
            .status()
            .unwrap()
            .success()
    );
}

fn asked(database: &Path, query: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let mut conn = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    diesel::sql_query(query).get_result::<Row>(&mut conn).unwrap().n
}

#[tokio::test]
async fn a_backup_under_writes_is_whole_and_a_server_over_it_signs_people_in() {
    let folder = scratch();
    let data = &folder.path().join("data");
    let server = Munjigi::serve(Munjigi::on_sqlite(data));
    create(data, "mina");
    let mina = Persona::new(&server.url);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    let cookie = mina.cookie("munjigi").unwrap();

    // A user writes during the backup: one post each turn.
    let writer = Persona::with_cookies_of(&mina);
    let writing = tokio::spawn(async move {
        for number in 0..40 {
            let title = number.to_string();
            writer.post("/board/new", &[("title", &title), ("body", "…")]).await;
        }
    });
    let mut copies = Vec::new();
    for number in 0..3 {
        let copy = folder.path().join(format!("copy-{number}.db"));
        let output = back_up(data, &copy);
        assert!(output.status.success(), "{}", printed(&output));
        assert!(printed(&output).contains("secret.key"), "{}", printed(&output));
        assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
        copies.push(copy);
    }
    writing.await.unwrap();
    assert_eq!(asked(&data.join("munjigi.db"), "SELECT count(*) AS n FROM posts"), 40);
    for copy in &copies {
        assert_eq!(
            asked(copy, "SELECT count(*) AS n FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
            1
        );
        assert_eq!(asked(copy, "SELECT count(*) AS n FROM pragma_foreign_key_check"), 0);
        assert_eq!(asked(copy, "SELECT count(*) AS n FROM users"), 1);
        let (posts, greatest) = (
            asked(copy, "SELECT count(*) AS n FROM posts"),
            asked(copy, "SELECT coalesce(max(id), 0) AS n FROM posts"),
        );
        assert_eq!(posts, greatest, "one moment, with nothing missing before it");
    }
    server.stop();

    // As the documentation shows it, up to the start of the server.
    let restored = &folder.path().join("restored/data");
    std::fs::create_dir(restored.parent().unwrap()).unwrap();
    let script = snippets("backup.md", "sh")
        .remove(1)
        .replace("/backup/munjigi-2026-11-21.db", &copies[2].to_string_lossy())
        .replace("/safe/secret.key", &data.join("secret.key").to_string_lossy())
        .replace("munjigi serve\n", "");
    let restoring = Munjigi::shell(&script, restored).output().unwrap();
    assert!(restoring.status.success(), "{}", printed(&restoring));
    let server = Munjigi::serve(Munjigi::on_sqlite(restored));
    let later = Persona::new(&server.url);
    later.set_cookie("munjigi", &cookie);
    assert!(!later.is_signed_in().await, "no session of before");
    later.sign_in("mina").await.assert_redirect("/dashboard");
    assert!(later.is_signed_in().await);
}

#[test]
fn a_backup_overwrites_nothing_and_says_what_is_wrong() {
    let folder = scratch();
    let data = &folder.path().join("data");
    let refuse = |to: &Path, why: &str| {
        let output = back_up(data, to);
        let text = printed(&output);
        assert!(!output.status.success() && text.contains(why), "{text}");
        assert_eq!(text.lines().count(), 1, "{text}");
    };
    let copy = folder.path().join("copy.db");
    refuse(&copy, "there is no database");
    assert!(!copy.exists() && !data.join("munjigi.db").exists(), "nothing was made");
    create(data, "mina");
    std::fs::write(&copy, "precious").unwrap();
    refuse(&copy, "is there already");
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), "precious");
    let link = folder.path().join("link.db");
    std::os::unix::fs::symlink(folder.path().join("elsewhere.db"), &link).unwrap();
    refuse(&link, "is there already");
    assert!(!folder.path().join("elsewhere.db").exists(), "no link is followed");
    refuse(folder.path(), "is there already");
    refuse(&folder.path().join("nowhere/copy.db"), "nowhere/copy.db");
    refuse(&data.join("munjigi.db"), "is there already");

    let copy = folder.path().join("whole.db");
    let bytes = std::fs::read(data.join("munjigi.db")).unwrap();
    let mut hurt = bytes.clone();
    hurt[8192..20_000].fill(0xA5);
    std::fs::write(data.join("munjigi.db"), hurt).unwrap();
    let output = back_up(data, &copy);
    assert!(!output.status.success() && !copy.exists(), "{}", printed(&output));
}
