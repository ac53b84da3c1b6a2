//! `munjigi doctor app`: what it finds in order, and what it names to be changed.

use std::path::Path;

use crate::support::logout_receiver::{LogoutReceiver, Scripted};
use crate::support::relying_party::CALLBACK;
use crate::support::{Munjigi, Persona, encode, free_port, open_database, scratch};

struct Site {
    folder: tempfile::TempDir,
    server: Munjigi,
    receiver: LogoutReceiver,
}

impl Site {
    fn start() -> Self {
        let (folder, receiver) = (scratch(), LogoutReceiver::start());
        let server = Munjigi::serve(Munjigi::command(&folder.path().join("data")));
        Self { folder, server, receiver }
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// Runs the command for an app; whether it found nothing to change, and what it printed.
    fn check(&self, name: &str) -> (bool, String) {
        let mut command = Munjigi::command(&self.data());
        command.args(["doctor", "app", name]).env("MUNJIGI_PUBLIC_URL", &self.server.url);
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap())
    }

    fn add(&self, name: &str, options: &[&str]) -> serde_json::Value {
        add(&self.data(), name, options)
    }

    fn execute(&self, sql: &str) {
        let db = open_database(&self.data());
        diesel::RunQueryDsl::execute(diesel::sql_query(sql), &mut *db.conn().unwrap()).unwrap();
    }
}

fn add(data: &Path, name: &str, options: &[&str]) -> serde_json::Value {
    let mut command = Munjigi::command(data);
    command.args(["app", "add", name, "--redirect-uri", CALLBACK, "--id-token-alg", "ES256", "--json"]);
    let output = command.args(options).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn the_doctor_says_of_an_app_what_is_to_be_changed() {
    let site = Site::start();
    let url = site.receiver.url();
    let added = site.add("Wiki", &["--backchannel-logout-uri", &url]);
    site.receiver.always(Scripted { ahead: Some(0), ..Scripted::status(405) });
    let (is_fine, text) = site.check("wiki");
    assert!(is_fine, "{text}");
    for sentence in [
        &format!("Apps find this server at {}.", site.server.url),
        "Every member can sign in to it.",
        CALLBACK,
        "It has one secret",
        "signed by ES256",
        &format!("{url} answers (405 to OPTIONS)."),
        "Its clock agrees",
        "no logout token has been sent to it yet",
    ] {
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
    let received = site.receiver.received();
    assert!(received.iter().all(|received| received.method == "OPTIONS" && received.body.is_empty()));

    // Whatever it says can be run.
    let run = |text: &str| {
        let commands: Vec<&str> =
            text.lines().filter_map(|line| Some(&line[line.find("munjigi app ")?..])).collect();
        for command in &commands {
            let binary = Munjigi::command(&site.data());
            let script = format!("set -- {command}; shift; exec \"$0\" \"$@\"");
            let mut shell = std::process::Command::new("sh");
            shell.arg("-c").arg(script).arg(binary.get_program());
            shell.envs(binary.get_envs().filter_map(|(name, value)| Some((name, value?))));
            let output = shell.output().unwrap();
            assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        }
        commands.len()
    };
    let elsewhere = Some("https://elsewhere.example/".to_owned());
    for (answer, sentence) in [
        (Scripted::status(404), format!("There is nothing at {url} (404).")),
        (Scripted::status(502), "answers 502".to_owned()),
        (
            Scripted { location: elsewhere, ..Scripted::status(302) },
            "to https://elsewhere.example/.".to_owned(),
        ),
        (Scripted { ahead: Some(300), ..Scripted::status(200) }, "seconds ahead of the one here".to_owned()),
        (Scripted { ahead: Some(-300), ..Scripted::status(200) }, "seconds behind the one here".to_owned()),
    ] {
        site.receiver.script([answer]);
        let (is_fine, text) = site.check("Wiki");
        assert!(
            !is_fine && text.contains(&sentence) && text.contains("one thing is to be changed"),
            "{text}"
        );
    }

    let slash =
        [("client_id", added["client_id"].as_str().unwrap()), ("redirect_uri", "https://app.example.org/")];
    let visitor = Persona::new(&site.server.url);
    assert_eq!(visitor.get(&format!("/oauth/authorize?{}", encode(&slash))).await.status, 400);
    site.execute(
        "INSERT INTO oidc_logout_results (client, failed_at, failure, given_up) VALUES (1, 1, '400', true)",
    );
    let (is_fine, text) = site.check("Wiki");
    assert!(!is_fine && text.contains("2 things"), "{text}");
    assert!(
        text.contains(&format!(r#"received "https://app.example.org/", registered ["{CALLBACK}"]"#)),
        "{text}"
    );
    assert!(text.contains("(400) and is given up; 0 wait"), "{text}");
    assert_eq!(run(&text), 2, "the algorithm and the address: {text}");
    let (_, text) = site.check("Wiki");
    assert!(text.contains(&format!("It may return to {CALLBACK}, https://app.example.org/.")), "{text}");
    assert!(text.contains("RS256"), "{text}");
}

#[tokio::test]
async fn the_doctor_names_apps_that_cannot_be_reached_or_that_no_member_can_use() {
    let site = Site::start();
    let closed = format!("http://127.0.0.1:{}/logout", free_port());
    site.execute("INSERT INTO groups (name, name_key, created_at) VALUES ('Empty', 'empty', 1)");
    site.add("Chat", &["--backchannel-logout-uri", &closed, "--group", "Empty"]);
    let (is_fine, text) = site.check("Chat");
    assert!(
        !is_fine && text.contains("cannot be reached") && text.contains("its groups are empty"),
        "{text}"
    );
    let keys = format!("{}/keys", site.receiver.origin);
    site.add("Signer", &["--auth-method", "private_key_jwt", "--jwks", &keys]);
    let body = r#"{"keys": [{"kty": "OKP"}]}"#;
    for (answer, fine, sentence) in [
        (Scripted { body, ..Scripted::status(200) }, true, format!("Its public keys (1) are at {keys}.")),
        (Scripted::status(404), false, format!("Its keys are not at {keys}: it answers 404.")),
        (
            Scripted { body: "{}", ..Scripted::status(200) },
            false,
            format!("There is no set of keys at {keys}"),
        ),
    ] {
        site.receiver.script([answer]);
        let (is_fine, text) = site.check("Signer");
        assert!(is_fine == fine && text.contains(&sentence), "{text}");
    }
    let (is_fine, text) = site.check("Unknown");
    assert!(!is_fine && text.contains("there is no app \"Unknown\""), "{text}");
}
