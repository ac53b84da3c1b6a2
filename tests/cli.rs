use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use diesel::connection::SimpleConnection;
use munjigi::platform::db::DatabaseUrl;

use crate::support::{ApiClient, Munjigi, PASSWORD, Persona, database_at, open_database, redis_url};

fn run(data: &Path, words: &[&str], input: &str) -> Output {
    run_with(Munjigi::command(data), words, input)
}

fn run_with(mut command: Command, words: &[&str], input: &str) -> Output {
    let mut child = command
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may end before it reads.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn succeed(data: &Path, words: &[&str], input: &str) -> String {
    let output = run(data, words, input);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn fail(data: &Path, words: &[&str], input: &str) -> String {
    let output = run(data, words, input);
    assert!(!output.status.success(), "{words:?} succeeded");
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn accounts_are_made_listed_and_changed_while_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let server = Munjigi::serve(Munjigi::command(data));
    succeed(
        data,
        &["user", "create", "mina", "--email", "mina@example.org", "--staff"],
        &format!("{PASSWORD}\n"),
    );
    succeed(data, &["user", "create", "noa", "--email", "noa@example.org"], PASSWORD);
    assert_eq!(
        succeed(data, &["user", "list"], ""),
        "mina\tmina@example.org\tstaff\nnoa\tnoa@example.org\t\n"
    );

    let mina = Persona::new(&server.url);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    succeed(data, &["session", "end", "mina"], "");
    assert!(!mina.is_signed_in().await);

    for word in ["disable", "demote"] {
        let refused = fail(data, &["user", word, "mina"], "");
        assert!(refused.contains("munjigi user promote") && !refused.contains("invalid"), "{refused}");
    }
    succeed(data, &["user", "promote", "noa"], "");
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    succeed(data, &["user", "disable", "mina@example.org"], "");
    assert!(!mina.is_signed_in().await);
    assert_eq!(mina.sign_in("mina").await.status, 422);
    succeed(data, &["user", "enable", "mina"], "");
    assert!(!mina.is_signed_in().await, "what ended stays ended");
    mina.sign_in("mina").await.assert_redirect("/dashboard");

    succeed(data, &["user", "demote", "mina"], "");
    assert!(succeed(data, &["user", "list"], "").contains("noa@example.org\tstaff"));

    succeed(data, &["user", "password", "mina"], "orchard velvet seven bridge\n");
    assert!(!mina.is_signed_in().await);
    mina.fill("/login", "/login", &[("login", "mina"), ("password", "orchard velvet seven bridge")])
        .await
        .assert_redirect("/dashboard");
    let events = mina.get("/security/activity").await.find(".slim .name");
    for event in [
        "Password changed",
        "Staff rights taken",
        "Account enabled",
        "Account disabled",
        "Session ended",
        "Account created",
    ] {
        assert!(events.contains(&event.to_owned()), "{event}: {events:?}");
    }

    succeed(data, &["user", "remove-factors", "mina"], "");
    assert!(!mina.is_signed_in().await);
    mina.fill("/login", "/login", &[("login", "mina"), ("password", "orchard velvet seven bridge")])
        .await
        .assert_redirect("/dashboard");

    let noa = Persona::new(&server.url);
    noa.sign_in("noa").await.assert_redirect("/dashboard");
    assert!(succeed(data, &["session", "end", "--all"], "").contains("2 users"));
    assert!(!noa.is_signed_in().await && !mina.is_signed_in().await);
}

#[tokio::test]
async fn a_password_on_standard_input_is_one_however_it_is_composed() {
    use unicode_normalization::UnicodeNormalization;
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let server = Munjigi::serve(Munjigi::command(data));
    let (first, second) = ("열쇠를 품은 café", "등대를 지키는 naïve 고래");
    let decomposed = |text: &str| text.nfd().collect::<String>();
    let sign_in = async |password: &str| {
        let mina = Persona::new(&server.url);
        mina.post("/login", &[("login", "mina"), ("password", password)]).await.status
    };
    succeed(data, &["user", "create", "mina", "--email", "mina@example.org"], &decomposed(first));
    assert_eq!((sign_in(first).await, sign_in(&decomposed(first)).await), (303, 303));
    succeed(data, &["user", "password", "mina"], &format!("{second}\n"));
    assert_eq!((sign_in(&decomposed(second)).await, sign_in("등대를 지키는 naive 고래").await), (303, 422));
    let short = fail(data, &["user", "password", "mina"], &decomposed("튼튼한열쇠"));
    assert!(short.contains("password:"), "{short}");
}

#[tokio::test]
async fn sessions_are_listed_of_either_store_and_the_ended_are_not() {
    for redis in [None, Some(redis_url())] {
        let folder = tempfile::tempdir().unwrap();
        let data = &folder.path().join("data");
        let command = || {
            let mut command = Munjigi::command(data);
            command.envs(redis.as_ref().map(|url| ("REDIS_URL", url)));
            command
        };
        let server = Munjigi::serve(command());
        let (mina, noa) = (Persona::new(&server.url), Persona::new(&server.url));
        mina.register("mina").await;
        noa.register("noa").await;
        let mut phone = ApiClient::new(&server.url);
        phone.sign_in("mina").await;
        let list = |words: &[&str]| -> Vec<Vec<String>> {
            let output = run_with(command(), &[&["session", "list"], words].concat(), "");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let text = String::from_utf8(output.stdout).unwrap();
            text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
        };
        assert_eq!(list(&[]).len(), 3);
        let minas = list(&["--user", "MINA"]);
        let mut carriers: Vec<&str> = minas.iter().map(|line| line[3].as_str()).collect();
        carriers.sort_unstable();
        assert_eq!(carriers, ["cookie", "token"]);
        let [line] = list(&["--user", "noa"]).try_into().unwrap();
        let [name, device, address, carrier, seen, key] = line.try_into().unwrap();
        assert_eq!([name, device, address, carrier], ["noa", "Firefox · Linux", "127.0.0.1", "cookie"]);
        assert!(seen.starts_with("20") && seen.ends_with('Z'), "{seen}");
        assert_eq!(key.len(), 43);
        let id = noa.cookie("munjigi").unwrap();
        assert!(!key.contains(id.split('.').next().unwrap()), "what is shown opens nothing");

        noa.post("/logout", &[]).await;
        assert!(list(&["--user", "noa"]).is_empty());
        let ended = run_with(command(), &["session", "end", "mina"], "");
        assert!(ended.status.success());
        assert!(list(&[]).is_empty());
    }
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    succeed(data, &["user", "create", "mina", "--email", "mina@example.org"], PASSWORD);
    for (words, input, said) in [
        (&["user", "create", "MINA", "--email", "x@example.org"][..], PASSWORD, "the username is taken"),
        (&["user", "create", "noa", "--email", "MINA@example.org"], PASSWORD, "the email address is taken"),
        (&["user", "create", "noa", "--email", "nobody"], PASSWORD, "email: Enter an address"),
        (
            &["user", "create", "a b", "--email", "x@example.org"],
            PASSWORD,
            "username: Use letters and numbers only",
        ),
        (&["user", "create", "noa", "--email", "x@example.org"], "password1", "password: Too easy to guess"),
        (&["user", "create", "noa", "--email", "x@example.org"], "", "password: Enter a password"),
        (&["user", "promote", "zora"], "", "there is no user \"zora\""),
        (&["session", "end", "zora"], "", "there is no user \"zora\""),
        (&["session", "list", "--user", "zora"], "", "there is no user \"zora\""),
    ] {
        let message = fail(data, words, input);
        assert!(message.contains(said), "{words:?}: {message}");
        let last = message.lines().last().unwrap();
        assert!(last.starts_with("munjigi: "), "{message}");
    }
    assert_eq!(succeed(data, &["user", "list"], "").lines().count(), 1);
}

#[test]
fn help_reads_well_and_names_every_setting() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let help = succeed(data, &["--help"], "");
    for name in munjigi::config::Settings::ENVIRONMENT {
        assert!(help.contains(&format!("[env: {name}")), "{name}");
    }
    for command in ["serve", "migrate", "user", "session", "config"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
    assert!(!help.lines().any(|line| line.chars().count() > 110), "lines fit");
    let user = succeed(data, &["user", "--help"], "");
    for command in ["list", "create", "promote", "demote", "disable", "enable", "remove-factors", "password"]
    {
        assert!(user.contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn a_wrong_setting_stops_the_start_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    for (name, value, said) in [
        ("MUNJIGI_LISTEN", "8080", "an address and a port"),
        ("MUNJIGI_LISTEN", "192.0.2.1:80", "cannot be listened on"),
        ("MUNJIGI_LISTEN", "*:8080", "an address and a port"),
        ("MUNJIGI_LISTEN", "no-such-host.invalid:8080", "cannot be listened on"),
        ("MUNJIGI_METRICS_LISTEN", "192.0.2.1:9464", "MUNJIGI_METRICS_LISTEN: 192.0.2.1:9464"),
        ("MUNJIGI_DATA_DIR", "/dev/null", "MUNJIGI_DATA_DIR"),
        ("MUNJIGI_RULES", "missing.toml", "MUNJIGI_RULES"),
        ("DATABASE_URL", "sqlite:///srv/z.db?mode=rwc", "without parameters"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "OTEL_EXPORTER_OTLP_ENDPOINT"),
        ("MUNJIGI_LISTEN", "0.0.0.0:0", "MUNJIGI_PUBLIC_URL"),
        ("MUNJIGI_PUBLIC_URL", "http://id.example.org", "https://"),
        ("MUNJIGI_BCRYPT_COST", "9", "10 to 16"),
        ("MUNJIGI_SECRET_KEY", "abc", "128 hexadecimal digits"),
        ("MUNJIGI_SESSION_IDLE", "1 fortnight", "a duration"),
        ("DATABASE_URL", "mysql://localhost/x", "postgres://"),
        ("REDIS_URL", "localhost:6379", "redis://"),
        ("MUNJIGI_CONFIG", "missing.toml", "missing.toml"),
        ("MUNJIGI_LOG_FORMAT", "xml", "text or json"),
    ] {
        // A check and the start say the same.
        for words in [&["serve"][..], &["config", "check"]] {
            let mut command = Munjigi::command(data);
            command.env(name, value);
            let output = run_with(command, words, "");
            let message = String::from_utf8(output.stderr).unwrap();
            assert!(!output.status.success() && output.stdout.is_empty(), "{words:?} {name}={value}");
            let last = message.lines().last().unwrap();
            assert!(
                last.starts_with("munjigi: ") && last.contains(said),
                "{words:?} {name}={value}: {message}"
            );
        }
    }
}

#[test]
fn config_check_says_what_would_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let said = succeed(data, &["config", "check", "--listen", "127.0.0.1:9999"], "");
    assert!(said.contains("Every setting is fine.") && said.contains("127.0.0.1:9999"), "{said}");
    assert!(!data.exists(), "a check makes nothing");
    assert!(fail(data, &["config", "check", "--bcrypt-cost", "3"], "").contains("MUNJIGI_BCRYPT_COST"));
}

#[test]
fn migrating_makes_the_database_and_twice_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    for _ in 0..2 {
        assert!(succeed(data, &["migrate"], "").contains("is up to date"));
    }
}

#[test]
fn a_damaged_sqlite_database_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("munjigi.db");
    std::fs::write(&path, b"").unwrap();
    let url = format!("sqlite://{}", path.display());
    assert!(fail(folder.path(), &["migrate", "--database-url", &url], "").contains("is damaged"));
}

/// Runs a script in which `munjigi` is this binary; returns its standard output and standard error.
fn script(data: &Path, script: &str) -> (String, String) {
    let output = Munjigi::shell(script, data).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{script}: {out}{err}");
    (out, err)
}

#[test]
fn a_reader_who_leaves_is_no_error_and_the_deed_counts() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let create = "printf '%s' \"$PASSWORD\" | munjigi user create mina --email mina@example.org";
    let create = create.replace("$PASSWORD", PASSWORD);
    for command in [
        &create,
        "munjigi user list",
        "munjigi session list",
        "munjigi user promote mina",
        "munjigi session end --all",
        "munjigi keys list",
        "munjigi keys rotate",
        "munjigi migrate",
        "munjigi openapi",
        "munjigi config check",
        "munjigi backup copy.db",
        "munjigi mail test mina@example.org",
        "munjigi rules check --url https://app.example.org/",
        "munjigi --help",
    ] {
        let (out, err) = script(data, &format!("set +e; {{ {command}; echo \"status $?\" >&2; }} | true"));
        assert!(out.is_empty() && err.contains("status 0") && !err.contains("panicked"), "{command}: {err}");
    }
    let (out, _) = script(data, "munjigi user list");
    assert_eq!(out, "mina\tmina@example.org\tstaff\n");
}

#[test]
fn a_full_disk_behind_the_output_fails_a_list_but_not_a_deed() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    succeed_on_sqlite(data, &["user", "create", "mina", "--email", "mina@example.org"], PASSWORD);
    let status = |command: &str| {
        let (_, err) = script(data, &format!("set +e; {command} > /dev/full; echo \"status $?\" >&2"));
        assert!(!err.contains("panicked") && err.contains("standard output cannot be written to"), "{err}");
        err.lines().last().unwrap().to_owned()
    };
    assert_eq!(status("munjigi user promote mina"), "status 0");
    assert_eq!(status("munjigi user list"), "status 1");
    assert_eq!(status("munjigi openapi"), "status 1");
    let (_, _) = script(data, "munjigi user nobody 2>/dev/full || true");
    assert_eq!(script(data, "munjigi user list").0, "mina\tmina@example.org\tstaff\n");
}

fn succeed_on_sqlite(data: &Path, words: &[&str], input: &str) {
    assert!(run_with(Munjigi::on_sqlite(data), words, input).status.success());
}

#[test]
fn a_check_makes_no_key_in_an_existing_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    std::fs::create_dir(data).unwrap();
    succeed(data, &["config", "check"], "");
    assert_eq!(std::fs::read_dir(data).unwrap().count(), 0);
    std::fs::write(data.join("secret.key"), "abc").unwrap();
    assert!(fail(data, &["config", "check"], "").contains("MUNJIGI_SECRET_KEY"));
}

/// A node that is running beside a newer one goes on; only a start and commands of an older binary are refused.
#[tokio::test]
async fn a_database_of_a_later_version_stops_starts_and_commands_but_no_running_node() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let server = Munjigi::serve(Munjigi::command(data));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let db = open_database(data);
    let execute = |sql: &str| db.conn().unwrap().batch_execute(sql).unwrap();
    execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231235959')");
    assert!(mina.is_signed_in().await);
    let noa = Persona::new(&server.url);
    noa.register("noa").await;
    assert!(noa.is_signed_in().await);
    for words in [
        &["serve"][..],
        &["migrate"],
        &["user", "list"],
        &["session", "end", "--all"],
        &["keys", "list"],
        &["rules", "check", "--url", "https://app.example.org/"],
        &["backup", "copy.db"],
    ] {
        if words[0] == "backup" && matches!(database_at(data), DatabaseUrl::Postgres(_)) {
            continue;
        }
        let message = fail(data, words, "");
        let last = message.lines().last().unwrap();
        assert!(last.starts_with("munjigi: a later version of Munjigi"), "{words:?}: {message}");
        assert!(last.contains("20991231235959"), "{message}");
    }
    assert!(mina.is_signed_in().await);
    execute("DELETE FROM __diesel_schema_migrations WHERE version = '20991231235959'");
    succeed(data, &["migrate"], "");
}

/// In the wrong folder, a command that answered from an empty database would mislead, and leave that database behind.
#[test]
fn only_a_start_and_the_making_of_things_make_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let data = &folder.path().join("data");
    let other = format!("sqlite://{}", folder.path().join("other.db").display());
    let from = format!("sqlite://{}", data.join("munjigi.db").display());
    for words in [
        &["user", "list"][..],
        &["user", "promote", "mina"],
        &["user", "demote", "mina"],
        &["user", "disable", "mina"],
        &["user", "enable", "mina"],
        &["user", "remove-factors", "mina"],
        &["user", "password", "mina"],
        &["session", "list"],
        &["session", "end", "--all"],
        &["keys", "list"],
        &["keys", "rotate"],
        &["keys", "rotate", "--secret", "--forget-old"],
        &["app", "list"],
        &["rules", "check", "--url", "https://app.example.org/"],
        &["backup", "copy.db"],
        &["move-database", "--from", &from, "--to", &other],
    ] {
        let output = run_with(Munjigi::on_sqlite(data), words, PASSWORD);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{words:?}");
        assert!(said.lines().last().unwrap().contains("there is no "), "{words:?}: {said}");
        assert!(!data.exists() && std::fs::read_dir(folder.path()).unwrap().next().is_none(), "{words:?}");
    }
    let create = ["user", "create", "mina", "--email", "mina@example.org"];
    let output = run_with(Munjigi::on_sqlite(data), &create, PASSWORD);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("There was no database yet. "), "{said}");
    let output = run_with(Munjigi::on_sqlite(data), &["user", "list"], "");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "mina\tmina@example.org\t\n");
}
