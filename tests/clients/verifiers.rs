//! The programs of docs/tokens.md that verify access tokens elsewhere, each against good and bad tokens.

use std::path::Path;
use std::process::{Command, Output};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use munjigi::platform::keys::Secrets;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{TestApp, scratch, snippets};

/// The documented program, which a test below compiles with this suite.
mod documented {
    include!("verify.rs");

    pub fn run() -> Result<(), Box<dyn std::error::Error>> {
        main()
    }
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A server with a signed-in user, and its signing key.
struct Issuer {
    app: TestApp,
    token: String,
    key: SigningKey,
    header: Value,
    claims: Value,
}

impl Issuer {
    async fn start() -> Self {
        let app = TestApp::start().await;
        app.member("mina").await;
        let token = app.client_of("mina").await.access;
        let secrets = Secrets::from_file(&app.config.data_dir.join("secret.key")).ok().unwrap();
        let key = SigningKey::from_bytes(&secrets.newest().derive("access token signature 1"));
        let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        let [header, claims, _] = token.split('.').collect::<Vec<_>>()[..] else { panic!("{token}") };
        let (header, claims) = (read(header), read(claims));
        Self { app, token, key, header, claims }
    }

    /// Signed with this key after these changes; a claim of null is removed.
    fn sign(&self, key: &SigningKey, header: &[(&str, Value)], claims: &[(&str, Value)]) -> String {
        let message = message(&changed(&self.header, header), &changed(&self.claims, claims));
        format!("{message}.{}", encode(key.sign(message.as_bytes()).to_bytes()))
    }

    fn with(&self, claims: &[(&str, Value)]) -> String {
        self.sign(&self.key, &[], claims)
    }

    /// Signed as HS256 with bytes that everyone knows.
    fn hmac(&self, alg: &str, key: &[u8]) -> String {
        let message = message(&changed(&self.header, &[("alg", json!(alg))]), &self.claims);
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(message.as_bytes());
        format!("{message}.{}", encode(mac.finalize().into_bytes()))
    }

    fn good(&self) -> Vec<(&str, String)> {
        let now = self.app.clock.now();
        vec![
            ("as issued", self.token.clone()),
            ("issued 3 s ahead", self.with(&[("iat", json!(now + 3)), ("exp", json!(now + 303))])),
            ("valid from 3 s ahead", self.with(&[("nbf", json!(now + 3))])),
            ("with a claim unknown today", self.with(&[("new", json!({"sub": "2", "exp": 1}))])),
        ]
    }

    fn bad(&self) -> Vec<(&str, String)> {
        let now = self.app.clock.now();
        let public = self.key.verifying_key();
        let other = SigningKey::from_bytes(&[7; 32]);
        let [header, body, signature] = self.token.split('.').collect::<Vec<_>>()[..] else { panic!() };
        let someone = encode(changed(&self.claims, &[("sub", json!("2"))]).to_string());
        let first = if signature.starts_with('A') { "B" } else { "A" };
        let unsigned = message(&changed(&self.header, &[("alg", json!("none"))]), &self.claims);
        vec![
            ("empty", String::new()),
            ("no token", "a.b.c".to_owned()),
            ("expired past the leeway", self.with(&[("exp", json!(now - 6))])),
            ("without an end", self.with(&[("exp", Value::Null)])),
            ("not yet valid past the leeway", self.with(&[("nbf", json!(now + 60))])),
            ("another user's claims", format!("{header}.{someone}.{signature}")),
            ("another signature", format!("{header}.{body}.{first}{}", &signature[1..])),
            ("no signature", format!("{header}.{body}.")),
            ("another key's signature", self.sign(&other, &[], &[])),
            ("an unknown key", self.sign(&other, &[("kid", json!("other"))], &[])),
            ("alg none", self.sign(&self.key, &[("alg", json!("none"))], &[])),
            ("alg none, unsigned", format!("{unsigned}.")),
            ("alg HS256, signed as EdDSA", self.sign(&self.key, &[("alg", json!("HS256"))], &[])),
            ("HS256 with the public key", self.hmac("HS256", public.as_bytes())),
            ("HS256 with its text", self.hmac("HS256", encode(public.as_bytes()).as_bytes())),
            ("EdDSA that is an HMAC", self.hmac("EdDSA", public.as_bytes())),
            ("another issuer", self.with(&[("iss", json!("https://id.example.org"))])),
            ("another audience", self.with(&[("aud", json!("https://app.example.org"))])),
            ("another kind", self.with(&[("typ", json!("refresh"))])),
            ("no kind", self.with(&[("typ", Value::Null)])),
        ]
    }

    /// Runs the program of `command` with every token.
    async fn examine(&self, command: impl Fn() -> Command) {
        for (what, token) in self.good() {
            let output = self.run(command(), &token).await;
            assert!(
                output.status.success(),
                "{what} is refused: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            let printed = String::from_utf8(output.stdout).unwrap();
            let id = self.claims["sub"].as_str().unwrap();
            assert!(printed.lines().any(|line| line == id), "{what}: {printed}");
        }
        for (what, token) in self.bad() {
            let output = self.run(command(), &token).await;
            assert!(
                !output.status.success(),
                "{what} is accepted: {}",
                String::from_utf8_lossy(&output.stdout)
            );
        }
    }

    async fn run(&self, mut command: Command, token: &str) -> Output {
        command.env("ISSUER", &self.app.url).env("TOKEN", token);
        let name = format!("{command:?}");
        let run = tokio::task::spawn_blocking(move || command.output()).await.unwrap();
        run.unwrap_or_else(|error| panic!("{name}: {error}; tests/run installs what tests need"))
    }
}

fn changed(object: &Value, changes: &[(&str, Value)]) -> Value {
    let mut object = object.clone();
    let members = object.as_object_mut().unwrap();
    for (name, value) in changes {
        match value {
            Value::Null => members.remove(*name),
            value => members.insert((*name).to_owned(), value.clone()),
        };
    }
    object
}

fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encode(header.to_string()), encode(claims.to_string()))
}

/// Writes the program of this language into a file there.
fn write(folder: &Path, language: &str, file: &str) {
    std::fs::write(folder.join(file), &snippets("tokens.md", language)[0]).unwrap();
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).current_dir(folder);
    command
}

async fn compile(mut command: Command) {
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn the_python_program_verifies() {
    let (issuer, folder) = (Issuer::start().await, scratch());
    write(folder.path(), "python", "verify.py");
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/target/python/bin/python");
    issuer.examine(|| command(folder.path(), &[python, "verify.py"])).await;
}

#[tokio::test]
async fn the_node_program_verifies() {
    let (issuer, folder) = (Issuer::start().await, scratch());
    write(folder.path(), "javascript", "verify.mjs");
    issuer.examine(|| command(folder.path(), &["node", "verify.mjs"])).await;
}

#[tokio::test]
async fn the_go_program_verifies() {
    let (issuer, folder) = (Issuer::start().await, scratch());
    write(folder.path(), "go", "main.go");
    let mut build = command(folder.path(), &["go", "build", "-o", "verify", "main.go"]);
    build.env("GO111MODULE", "off").env("GOCACHE", concat!(env!("CARGO_MANIFEST_DIR"), "/target/go"));
    compile(build).await;
    issuer.examine(|| command(folder.path(), &["./verify"])).await;
}

#[tokio::test]
async fn the_php_program_verifies() {
    let (issuer, folder) = (Issuer::start().await, scratch());
    write(folder.path(), "php", "verify.php");
    issuer.examine(|| command(folder.path(), &["php", "verify.php"])).await;
}

#[tokio::test]
async fn the_java_program_verifies() {
    let (issuer, folder) = (Issuer::start().await, scratch());
    write(folder.path(), "java", "Verify.java");
    compile(command(folder.path(), &["javac", "Verify.java"])).await;
    issuer
        .examine(|| command(folder.path(), &["java", "-XX:TieredStopAtLevel=1", "-cp", ".", "Verify"]))
        .await;
}

#[tokio::test]
async fn the_rust_program_verifies() {
    assert_eq!(snippets("tokens.md", "rust")[0], include_str!("verify.rs"), "the page and the file differ");
    let (issuer, folder) = (Issuer::start().await, scratch());
    let suite = std::env::current_exe().unwrap().to_string_lossy().into_owned();
    let name = "clients::verifiers::the_rust_program";
    issuer.examine(|| command(folder.path(), &[&suite, "--ignored", "--exact", name, "--nocapture"])).await;
}

#[test]
#[ignore = "a process of the test above"]
fn the_rust_program() -> Result<(), Box<dyn std::error::Error>> {
    documented::run()
}
