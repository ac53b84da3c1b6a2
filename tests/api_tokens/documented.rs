//! The commands of the documentation about API tokens, run unchanged.

use std::process::Command;

use super::*;

#[tokio::test]
async fn the_documented_lines_do_what_they_say() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let phone = app.client_of("mina").await;
    let (_, token) = phone.make("a", &ALL).await;
    let page = include_str!("../../docs/tokens.md");
    let section = page.split("## API tokens\n").nth(1).unwrap().split("\n#").next().unwrap();
    let blocks = section.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines: Vec<String> =
        blocks.flat_map(str::lines).map(|line| line.replace("http://127.0.0.1:8080", &app.url)).collect();
    assert_eq!(lines.len(), 3);
    let mut seen = Vec::new();
    for line in lines {
        let script = format!("curl() {{ command curl -sS --fail-with-body --max-time 60 \"$@\"; }}; {line}");
        let mut bash = Command::new("bash");
        bash.args(["-euc", &script]).env("TOKEN", &token).env("PASSWORD", PASSWORD);
        let run = tokio::task::spawn_blocking(move || bash.output().unwrap()).await.unwrap();
        assert!(run.status.success(), "{line}: {}", String::from_utf8_lossy(&run.stderr));
        seen.push(serde_json::from_slice::<Value>(&run.stdout).unwrap());
    }
    assert_eq!((&seen[0]["user"]["username"], &seen[0]["carrier"]), (&json!("mina"), &json!("api_token")));
    assert_eq!(seen[1]["posts"], json!([]));
    assert!(phone.is_valid(seen[2]["token"].as_str().unwrap()).await);
}
