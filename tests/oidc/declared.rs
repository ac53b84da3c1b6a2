//! Apps that a file declares, as servers start with it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::command::{fail, json_of, migrate, succeed};
use crate::support::logout_receiver::LogoutReceiver;
use crate::support::relying_party::{CALLBACK, RelyingParty};
use crate::support::{Munjigi, Persona, scratch, snippets};

const SECRET: &str = "a-secret-of-a-file-0123456789-0123456789-0123";
const NEXT: &str = "another-secret-of-a-file-0123456789-0123456789";

/// An installation whose servers read `apps.toml`.
struct Installation {
    folder: tempfile::TempDir,
}

impl Installation {
    fn new() -> Self {
        Self { folder: scratch() }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn declare(&self, text: &str) {
        std::fs::write(self.folder.path().join("apps.toml"), text).unwrap();
    }

    fn command(&self) -> Command {
        let mut command = Munjigi::command(&self.data());
        command.env("MUNJIGI_APPS", self.folder.path().join("apps.toml"));
        command
    }

    fn serve(&self) -> Munjigi {
        Munjigi::serve(self.command())
    }

    /// What a start that fails says.
    fn refusal(&self, words: &[&str]) -> String {
        let output = self.command().args(words).output().unwrap();
        assert!(!output.status.success(), "{words:?} succeeded");
        String::from_utf8(output.stderr).unwrap()
    }

    fn shown(&self, name: &str) -> Value {
        json_of(&self.data(), &["show", name])
    }
}

fn wiki(secret: &str, more: &str) -> String {
    format!(
        "[[app]]\nname = \"Wiki\"\nclient_secret = {secret}\nredirect_uri = \"{CALLBACK}\"\nid_token_alg = \"ES256\"\n\
         first_party = true\n{more}\n"
    )
}

fn party(server: &Munjigi, shown: &Value, secret: &str) -> RelyingParty {
    let client_id = shown["client_id"].as_str().unwrap().to_owned();
    RelyingParty { url: server.url.clone(), client_id, secret: Some(secret.to_owned()) }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

#[tokio::test]
async fn apps_follow_the_file_from_start_to_start() {
    let here = Installation::new();
    here.declare(&wiki(&quoted(SECRET), ""));
    let server = here.serve();
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let first = here.shown("Wiki");
    assert_eq!((&first["declared"], &first["disabled"]), (&Value::from(true), &Value::from(false)));
    let app = party(&server, &first, SECRET);
    let tokens = app.sign_in(&mina, &[]).await;
    assert!(app.is_alive(&tokens).await);
    for words in [
        &["change", "Wiki", "--redirect-uri", "https://evil.example/cb"][..],
        &["rotate-secret", "Wiki"],
        &["remove", "Wiki"],
    ] {
        assert!(fail(&here.data(), words).contains("MUNJIGI_APPS"), "{words:?}");
    }
    assert_eq!(here.shown("Wiki"), first, "nothing was changed");

    // A second node with the same file changes nothing.
    let second = here.serve();
    assert_eq!(here.shown("Wiki"), first);
    assert!(app.is_alive_at(&second.url, &tokens).await);
    drop(second);
    server.stop();

    // Another secret beside the first, and a group that does not exist yet.
    here.declare(&wiki(&format!("[\"{NEXT}\", \"{SECRET}\"]"), "group = \"Cooks\""));
    let server = here.serve();
    let changed = here.shown("Wiki");
    assert_eq!(changed["client_id"], first["client_id"]);
    assert_eq!((&changed["secrets"], &changed["groups"]), (&Value::from(2), &serde_json::json!(["Cooks"])));
    let mina = Persona::new(&server.url);
    mina.sign_in("mina").await;
    let barred = mina.get(&party(&server, &changed, NEXT).address(&[])).await;
    assert_eq!(barred.status, 403, "the new group is empty");
    server.stop();

    let receiver = LogoutReceiver::start();
    let notified = format!("backchannel_logout_uri = {}", quoted(&receiver.url()));
    here.declare(&wiki(&quoted(NEXT), &notified));
    let server = here.serve();
    let mina = Persona::new(&server.url);
    mina.sign_in("mina").await;
    party(&server, &changed, NEXT).sign_in(&mina, &[]).await;
    server.stop();

    here.declare("");
    let server = here.serve();
    assert_eq!(receiver.until(1).await.len(), 1, "an app that is no longer declared learns of the end");
    let removed = here.shown("Wiki");
    assert_eq!((&removed["client_id"], &removed["disabled"]), (&first["client_id"], &Value::from(true)));
    let mina = Persona::new(&server.url);
    mina.sign_in("mina").await;
    let app = party(&server, &removed, SECRET);
    assert_eq!(mina.get(&app.address(&[])).await.status, 400);
    server.stop();

    here.declare(&wiki(&quoted(NEXT), ""));
    let server = here.serve();
    let back = here.shown("Wiki");
    assert_eq!((&back["client_id"], &back["disabled"]), (&first["client_id"], &Value::from(false)));
    let old = Persona::new(&server.url);
    old.sign_in("mina").await;
    let app = party(&server, &back, NEXT);
    assert!(!app.is_alive(&tokens).await, "tokens of before do not come back");
    assert!(app.is_alive(&app.sign_in(&old, &[]).await).await);
    let refused = party(&server, &back, SECRET).post("/oauth/introspect", &[("token", "x")]).await;
    assert_eq!(refused.status, 401, "the secret that is no longer declared");
    server.stop();

    here.declare("");
    here.serve().stop();
    succeed(&here.data(), &["remove", "Wiki"]);
    assert_eq!(
        json_of(&here.data(), &["list"]),
        serde_json::json!([]),
        "what no file declares can be removed"
    );
}

#[test]
fn the_client_id_may_be_chosen_and_apps_that_exist_are_taken_over() {
    let here = Installation::new();
    let data = here.data();
    migrate(&data);
    let added = json_of(&data, &["add", "wiki", "--redirect-uri", "https://old.example.org/cb"]);
    here.declare(&wiki(&quoted(SECRET), ""));
    here.serve().stop();
    let shown = here.shown("Wiki");
    assert_eq!((&shown["client_id"], &shown["name"]), (&added["client_id"], &Value::from("Wiki")));
    assert_eq!(shown["redirect_uris"], serde_json::json!([CALLBACK]));

    here.declare(&wiki(&quoted(SECRET), "client_id = \"wiki\""));
    let said = here.refusal(&[]);
    assert!(said.contains("app \"Wiki\": it has the client_id"), "{said}");

    let shop = "[[app]]\nname = \"Shop\"\nclient_id = \"shop\"\nauth_method = \"none\"\nredirect_uri = \"app.shop:/cb\"\n";
    here.declare(&format!("{}{shop}", wiki(&quoted(SECRET), "")));
    here.serve().stop();
    assert_eq!(here.shown("Shop")["client_id"], "shop");
    here.declare(&format!("{}{}", wiki(&quoted(SECRET), ""), shop.replace("\"Shop\"", "\"Store\"")));
    here.serve().stop();
    assert_eq!(here.shown("Store")["client_id"], "shop", "the app was renamed");
    assert_eq!(json_of(&data, &["list"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_wrong_file_stops_the_start_with_a_sentence_and_the_check_says_the_same() {
    let here = Installation::new();
    let secret = here.folder.path().join("secret");
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let with = |rest: &str| format!("[[app]]\nname = \"Shop\"\nredirect_uri = \"{CALLBACK}\"\n{rest}\n");
    let good = with("client_secret_file = \"secret\"");
    here.declare(&format!("{good}\n{}", with("client_secret = \"short\"")));
    for words in [&[][..], &["config", "check"]] {
        let said = here.refusal(words);
        assert!(said.contains("apps.toml: app 2 (\"Shop\", line 6): client_secret does not fit"), "{said}");
    }
    here.declare(&with("client_secret = \"0123456789012345678901234567890123456789\"\nlogo = \"../secret\""));
    assert!(here.refusal(&["config", "check"]).contains("logo"));
    std::fs::remove_file(here.folder.path().join("apps.toml")).unwrap();
    assert!(here.refusal(&[]).contains("MUNJIGI_APPS"));
    here.declare(&good);
    assert!(here.command().args(["config", "check"]).output().unwrap().status.success());
    assert!(!Path::new(&here.data()).exists(), "the check makes nothing");
    let shown = snippets("openid-connect.md", "toml").remove(0).replace("/run/secrets/cloud", "secret");
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    std::fs::write(here.folder.path().join("cloud.svg"), logo).unwrap();
    here.declare(&shown);
    let checked = here.command().args(["config", "check"]).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[tokio::test]
async fn a_logo_is_served_by_its_content_and_runs_nothing() {
    let here = Installation::new();
    let data = here.data();
    let (picture, script) = (here.folder.path().join("logo.png"), here.folder.path().join("script.svg"));
    migrate(&data);
    // An SVG by its content, whatever it is called.
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1z\"/></svg>";
    std::fs::write(&picture, svg).unwrap();
    std::fs::write(&script, svg.replace("<path", "<script>alert(1)</script><path")).unwrap();
    let [picture, script] = [&picture, &script].map(|path| path.to_str().unwrap().to_owned());
    let said = fail(&data, &["add", "Wiki", "--redirect-uri", CALLBACK, "--app-logo", &script]);
    assert!(said.contains("script.svg is no logo"), "{said}");
    assert_eq!(json_of(&data, &["list"]), serde_json::json!([]));
    for path in ["/dev/zero", "/", "/nowhere"] {
        assert!(fail(&data, &["add", "Wiki", "--redirect-uri", CALLBACK, "--app-logo", path]).contains(path));
    }
    let added = json_of(&data, &["add", "Wiki", "--redirect-uri", CALLBACK, "--app-logo", &picture]);
    let server = Munjigi::serve(Munjigi::command(&data));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let app = party(&server, &added, added["client_secret"].as_str().unwrap());
    let consent = mina.get(&app.address(&[])).await;
    let [address] = consent.attributes("main img", "src").try_into().unwrap();
    let logo = Persona::new(&server.url).get(&address).await;
    assert_eq!((logo.status, logo.body.as_str()), (200, svg));
    for (name, value) in [
        ("content-type", "image/svg+xml"),
        (
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
        ),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "public, max-age=31536000, immutable"),
    ] {
        assert_eq!(logo.header(name), value, "{name}");
    }
    app.sign_in(&mina, &[]).await;
    assert_eq!(mina.get("/security/connected-apps").await.attributes("main img", "src"), [address.as_str()]);
    // The change of another option leaves it; another picture has another address.
    json_of(&data, &["change", "Wiki", "--redirect-uri", CALLBACK]);
    assert!(address.ends_with(json_of(&data, &["show", "Wiki"])["logo"].as_str().unwrap()));
    for odd in
        ["/app-logos/x.html", "/app-logos/..%2f..%2fetc%2fpasswd.svg", "/app-logos/0.svg", "/app-logos/.svg"]
    {
        assert_eq!(mina.get(odd).await.status, 404, "{odd}");
    }
    json_of(&data, &["remove", "Wiki"]);
    assert_eq!(mina.get(&address).await.status, 404);
}
