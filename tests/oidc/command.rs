//! `munjigi app`: apps by the command line, as running servers see them.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::support::relying_party::{CALLBACK, RelyingParty};
use crate::support::{Munjigi, Persona, scratch};

pub fn run(data: &Path, words: &[&str]) -> Output {
    Munjigi::command(data).arg("app").args(words).output().unwrap()
}

/// Makes the database.
pub fn migrate(data: &Path) {
    assert!(Munjigi::command(data).arg("migrate").output().unwrap().status.success());
}

pub fn succeed(data: &Path, words: &[&str]) -> String {
    let output = run(data, words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub fn json_of(data: &Path, words: &[&str]) -> Value {
    let text = succeed(data, &[words, &["--json"]].concat());
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{words:?}: {text}"))
}

pub fn fail(data: &Path, words: &[&str]) -> String {
    let output = run(data, words);
    assert!(!output.status.success(), "{words:?} succeeded");
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn an_app_is_added_used_changed_and_removed_while_the_server_runs() {
    let folder = scratch();
    let data = &folder.path().join("data");
    let server = Munjigi::serve(Munjigi::command(data));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let add = ["add", "Wiki", "--redirect-uri", CALLBACK, "--id-token-alg", "ES256", "--first-party"];
    let add = [&add[..], &["--subject", "pairwise", "--access-token-lifetime", "2m"]].concat();
    let added = json_of(data, &add);
    let text = |name: &str| added[name].as_str().unwrap().to_owned();
    let wiki = RelyingParty {
        url: server.url.clone(),
        client_id: text("client_id"),
        secret: Some(text("client_secret")),
    };
    assert_eq!(added.as_object().unwrap().len(), 2);
    assert!(text("client_secret").len() >= 43);
    assert!(text("client_secret").bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    let tokens = wiki.sign_in(&mina, &[]).await;
    assert!(wiki.is_alive(&tokens).await);

    let rotated = json_of(data, &["rotate-secret", "wiki"]);
    assert_eq!(rotated["client_id"], added["client_id"]);
    let secret = rotated["client_secret"].as_str().unwrap().to_owned();
    let renewed = RelyingParty { secret: Some(secret), ..wiki.clone() };
    assert!(wiki.is_alive(&tokens).await && renewed.is_alive(&tokens).await);

    let shown = json_of(data, &["show", "Wiki"]);
    for (name, value) in [
        ("name", json!("Wiki")),
        ("client_id", added["client_id"].clone()),
        ("redirect_uris", json!([CALLBACK])),
        ("auth_method", json!("client_secret_basic")),
        ("grants", json!(["authorization_code", "refresh_token"])),
        ("first_party", json!(true)),
        ("secrets", json!(2)),
        ("id_token_alg", json!("ES256")),
        ("subject", json!("pairwise")),
        ("access_token_lifetime", json!(120)),
        ("refresh_token_lifetime", json!(null)),
    ] {
        assert_eq!(shown[name], value, "{name}");
    }
    assert!(!shown.to_string().contains(&text("client_secret")));
    assert_eq!(json_of(data, &["list"])[0]["name"], "Wiki");
    assert!(succeed(data, &["list"]).starts_with("Wiki\t"));

    let other = "https://other.example.org/cb";
    json_of(data, &["change", "Wiki", "--redirect-uri", other, "--id-token-alg", "ES256", "--first-party"]);
    let reply = mina.get(&wiki.address(&[])).await;
    assert_eq!(reply.status, 400, "the address is no longer registered");
    let removed = json_of(data, &["remove", "Wiki"]);
    assert_eq!(removed["client_id"], added["client_id"]);
    assert_eq!(wiki.userinfo(&tokens.access).await.status, 401);
    assert_eq!(json_of(data, &["list"]), json!([]));
    let log = server.stop();
    let differs = log.lines().find(|line| line.contains("does not match")).unwrap_or_else(|| panic!("{log}"));
    assert!(differs.contains(CALLBACK) && differs.contains(other), "{differs}");
}

#[test]
fn what_is_wrong_is_said_in_a_sentence_and_nothing_is_added() {
    let folder = scratch();
    let data = &folder.path().join("data");
    migrate(data);
    succeed(data, &["add", "Wiki", "--redirect-uri", CALLBACK]);
    for (words, sentence) in [
        (&["add", "wiki", "--redirect-uri", CALLBACK][..], "another app has this name"),
        (&["add", "Other"], "redirect-uris"),
        (&["add", "Other", "--redirect-uri", "http://app.example.org/cb"], "https://"),
        (&["add", "Other", "--redirect-uri", CALLBACK, "--group", "Nobody"], "Nobody"),
        (&["add", "Other", "--redirect-uri", CALLBACK, "--auth-method", "magic"], "magic"),
        (&["add", "Other", "--redirect-uri", CALLBACK, "--id-token-lifetime", "25h"], "24h"),
        (&["add", "Other", "--redirect-uri", CALLBACK, "--access-token-lifetime", "soon"], "30m"),
        (&["add", "Other", "--redirect-uri", CALLBACK, "--jwks", "/nowhere"], "/nowhere"),
        (&["add", "Other", "--redirect-uri", CALLBACK, "--jwks", "http://169.254.169.254/"], "link-local"),
        (&["show", "Other"], "Other"),
        (&["rotate-secret", "Other"], "Other"),
        (&["remove", "Other"], "Other"),
    ] {
        let said = fail(data, words);
        assert!(said.contains(sentence), "{words:?}: {said}");
    }
    let public = json_of(data, &["add", "Phone", "--redirect-uri", "app.phone:/cb", "--auth-method", "none"]);
    assert_eq!(public.get("client_secret"), Some(&Value::Null), "there is none");
    assert!(fail(data, &["rotate-secret", "Phone"]).contains("no secret"));
    assert_eq!(json_of(data, &["list"]).as_array().unwrap().len(), 2);
}
