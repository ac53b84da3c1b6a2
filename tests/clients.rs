//! Real clients in another language, among them a tester that uses only the API's description.

mod mcp;
mod openid;
mod openidconnect;
mod providers;
mod verifiers;

use std::collections::BTreeMap;

use crate::support::{Described, PASSWORD, PYTHON_FOLDER, TestApp, run_python, scratch};

/// So many members take turns, so that none reaches the limit of posts an hour.
const MEMBERS: usize = 24;

#[tokio::test]
async fn a_tester_driven_by_the_description_finds_no_fault() {
    // The tester's sign-ins use another address than its failures.
    let app = TestApp::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    let staff = app.staff("sofia").await;
    staff.post("/admin/groups", &[("name", "Moderators")]).await.assert_redirect("/admin/groups/1");
    let permissions = [("name", "Moderators"), ("board.change_post", "yes"), ("board.delete_post", "yes")];
    staff.post("/admin/groups/1", &permissions).await.assert_redirect("/admin/groups/1");
    for number in 0..MEMBERS {
        let name = format!("member{number}");
        app.member(&name).await;
        staff.post("/admin/groups/1/members", &[("login", &name)]).await.assert_redirect("/admin/groups/1");
    }
    let folder = scratch();
    let description = folder.path().join("openapi.json");
    let text = app.visitor().get("/api/openapi.json").await.body;
    std::fs::write(&description, &text).unwrap();
    let answers = folder.path().join("answers.json").to_string_lossy().into_owned();
    let words = [
        "--config-file",
        &format!("{PYTHON_FOLDER}/schemathesis.toml"),
        "run",
        &description.to_string_lossy(),
        "--url",
        &app.url,
        "--checks",
        "all",
        "--generation-deterministic",
        "--max-examples",
        "50",
        "--continue-on-failure",
        "--no-color",
    ];
    let members = MEMBERS.to_string();
    let environment = [
        ("SCHEMATHESIS_HOOKS", "sign_in"),
        ("MUNJIGI_URL", &app.url),
        ("MUNJIGI_PASSWORD", PASSWORD),
        ("MUNJIGI_MEMBERS", &members),
        ("MUNJIGI_ANSWERS", &answers),
    ];
    run_python(300, "schemathesis", &words, &environment).await;
    let answered: BTreeMap<String, u32> =
        serde_json::from_str(&std::fs::read_to_string(&answers).unwrap()).unwrap();
    for operation in Described::read(&text).operations() {
        // It guesses no password, no token and no key.
        let secret = [
            "POST /api/auth/login",
            "POST /api/auth/token",
            "POST /api/auth/refresh",
            "POST /api/auth/password",
            "POST /api/auth/step-up",
            "POST /api/auth/tokens",
            "DELETE /api/auth/tokens/{id}",
            "DELETE /api/auth/sessions/{key}",
        ];
        if secret.contains(&operation.as_str()) {
            continue;
        }

        let came_through = answered.keys().any(|answer| answer.starts_with(&format!("{operation} 20")));
        assert!(came_through, "{operation} never succeeded: {answered:?}");
    }
}

#[tokio::test]
async fn a_python_client_walks_from_sign_in_to_sign_out() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let output =
        run_python(60, "python", &[&format!("{PYTHON_FOLDER}/walk.py"), &app.url, "mina", PASSWORD], &[])
            .await;
    assert!(output.ends_with("walked\n"), "{output}");
}

#[tokio::test]
async fn the_documented_verifier_in_python_accepts_a_token_from_a_clock_that_is_ahead() {
    let app = TestApp::start().await;
    app.member("mina").await;
    app.clock.advance(3);
    let client = app.client_of("mina").await;
    let page = include_str!("../docs/tokens.md");
    let program = page.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let environment = [("ISSUER", app.url.as_str()), ("TOKEN", client.access.as_str())];
    let output = run_python(60, "python", &["-c", program], &environment).await;
    assert_eq!(output, format!("{}\n", app.user_id("mina")));
    let strict = program.replace("leeway=5", "leeway=0");
    let strict =
        format!("try:\n{}\nexcept jwt.ImmatureSignatureError:\n    print('early')", indented(&strict));
    let output = run_python(60, "python", &["-c", &strict], &environment).await;
    assert_eq!(output, "early\n", "without leeway the token is refused, so the documents name one");
}

/// Each line one level deeper, for Python.
fn indented(program: &str) -> String {
    program.lines().map(|line| format!("    {line}\n")).collect()
}
