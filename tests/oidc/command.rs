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
fn a_change_changes_only_what_it_names() {
    let folder = scratch();
    let data = &folder.path().join("data");
    migrate(data);
    let db = crate::support::open_database(data);
    let sql = "INSERT INTO groups (name, name_key, created_at) VALUES ('Family', 'family', 1)";
    diesel::RunQueryDsl::execute(diesel::sql_query(sql), &mut *db.conn().unwrap()).unwrap();
    let logout = "https://app.example.org/logout";
    let add = ["add", "Wiki", "--redirect-uri", CALLBACK, "--group", "Family", "--level", "two_factor"];
    let more =
        ["--first-party", "--id-token-alg", "ES256", "--access-token-lifetime", "2m", "--scope", "openid"];
    let rest =
        ["--backchannel-logout-uri", logout, "--post-logout-redirect-uri", "https://app.example.org/bye"];
    let last =
        ["--resource", "https://api.example.org/", "--subject", "pairwise", "--grant", "authorization_code"];
    succeed(data, &[&add[..], &more, &rest, &last].concat());
    let before = json_of(data, &["show", "Wiki"]);
    assert_eq!((&before["groups"], &before["level"]), (&json!(["Family"]), &json!("two_factor")));
    let change = |options: &[&str]| {
        succeed(data, &[&["change", "wiki"], options].concat());
        json_of(data, &["show", "Wiki"])
    };
    let with = |changes: &[(&str, serde_json::Value)]| {
        let mut expected = before.clone();
        for (name, value) in changes {
            expected[*name] = value.clone();
        }
        expected
    };
    assert_eq!(change(&[]), before);
    let other = "https://app.example.org/other";
    assert_eq!(change(&["--redirect-uri", other]), with(&[("redirect_uris", json!([other]))]));
    assert_eq!(change(&["--redirect-uri", CALLBACK]), before);
    for (remove, restore, field, value) in [
        (&["--no-group"][..], &["--group", "Family"][..], "groups", json!([])),
        (&["--no-first-party"], &["--first-party"], "first_party", json!(false)),
        (&["--no-backchannel-logout-uri"], &rest[..2], "backchannel_logout_uri", json!(null)),
        (&["--no-post-logout-redirect-uri"], &rest[2..], "post_logout_redirect_uris", json!([])),
        (&["--no-resource"], &last[..2], "resources", json!([])),
        (&["--no-lifetimes"], &more[3..5], "access_token_lifetime", json!(null)),
    ] {
        let changed = change(remove);
        assert_eq!(changed[field], value, "{remove:?}");
        if field != "groups" {
            assert_eq!(changed, with(&[(field, value)]));
        }
        assert_eq!(change(restore), before, "{restore:?}");
    }
    assert!(fail(data, &["change", "Wiki", "--no-redirect-uri"]).contains("redirect-uris"));
    fail(data, &["change", "Wiki", "--no-group", "--group", "Family"]);
    assert_eq!(json_of(data, &["show", "Wiki"]), before);
    // An app whose groups were deleted stays closed.
    diesel::RunQueryDsl::execute(diesel::sql_query("DELETE FROM groups"), &mut *db.conn().unwrap()).unwrap();
    assert!(fail(data, &["change", "Wiki", "--redirect-uri", other]).contains("--no-group"));
    assert_eq!(change(&["--no-group"])["restricted"], false);
}

#[test]
fn another_preset_or_address_brings_what_follows_from_it() {
    let folder = scratch();
    let data = &folder.path().join("data");
    migrate(data);
    succeed(data, &["add", "Cloud", "--preset", "nextcloud", "--address", "https://cloud.example.org"]);
    let before = json_of(data, &["show", "Cloud"]);
    succeed(data, &["change", "Cloud", "--no-backchannel-logout-uri"]);
    let shown = json_of(data, &["show", "Cloud"]);
    assert_eq!(shown["backchannel_logout_uri"], json!(null), "it is not derived again");
    succeed(data, &["change", "Cloud", "--preset", "nextcloud", "--level", "two_factor"]);
    let shown = json_of(data, &["show", "Cloud"]);
    assert_eq!((&shown["backchannel_logout_uri"], &shown["scopes"]), (&json!(null), &before["scopes"]));
    succeed(data, &["change", "Cloud", "--address", "https://files.example.org"]);
    let shown = json_of(data, &["show", "Cloud"]);
    assert_eq!(shown["redirect_uris"][0], "https://files.example.org/apps/user_oidc/code");
    assert_eq!(shown["level"], "two_factor");
    succeed(data, &["change", "Cloud", "--preset", "immich", "--address", "https://photos.example.org"]);
    let shown = json_of(data, &["show", "Cloud"]);
    assert_eq!((&shown["auth_method"], &shown["preset"]), (&json!("client_secret_post"), &json!("immich")));
    assert_eq!(shown["redirect_uris"][0], "https://photos.example.org/auth/login");
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
