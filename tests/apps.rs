//! Whole applications of others, each in a real Chromium; `tests/run --apps` installs and runs them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use munjigi::identity::oidc::{ClientInput, Preset};

use crate::support::foreign_app::{ForeignApp, Registered, server_with_reader};
use crate::support::{Chromium, PASSWORD, TestApp, free_port};

/// Where `tests/run --apps` installs them.
const INSTALLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/apps");
/// Longer than any of these takes to start.
const PATIENCE: Duration = Duration::from_secs(120);

fn python_of(name: &str) -> PathBuf {
    Path::new(INSTALLED).join(name).join("bin")
}

/// Signs in on the server's pages, where the app has sent the browser for the first time.
async fn sign_in_and_allow(browser: &Chromium) {
    browser.arrives_at("/login").await;
    browser.type_into("#login", "mina").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main button").await;
    browser.click("button[value=allow]").await;
}

/// Waits until the browser is at an address of the app.
async fn arrives(browser: &Chromium, app: &ForeignApp, path: &str) {
    let (begun, address) = (Instant::now(), format!("{}{path}", app.origin));
    loop {
        let url = browser.driver.current_url().await.unwrap().to_string();
        if url.starts_with(&address) {
            return;
        }
        let seen = browser.text().await;
        assert!(begun.elapsed() < PATIENCE, "at {url} instead of {address}: {seen}\n{}", app.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn is_signed_in_here(browser: &Chromium) -> bool {
    browser.go("/dashboard").await;
    browser.path().await == "/dashboard"
}

/// With the very lines of the guide.
#[tokio::test]
#[ignore = "a whole application: tests/run --apps"]
async fn jupyterhub() {
    let (server, mut hub) = (server_with_reader().await, ForeignApp::new());
    let input = ClientInput {
        name: "JupyterHub".to_owned(),
        preset: Preset::Jupyterhub,
        address: hub.origin.clone(),
        ..ClientInput::default()
    };
    let registered = Registered::new(&server, input).await;
    let token = "a-token-of-this-test-alone-0123456789";
    let (port, hub_port, proxy_port) = (hub.port, free_port(), free_port());
    let settings = format!(
        r#"{lines}
c.JupyterHub.bind_url = "http://localhost:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.JupyterHub.default_url = "/hub/home"
c.JupyterHub.services = [{{"name": "test", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [{{"name": "test", "services": ["test"], "scopes": ["list:users", "read:users"]}}]
# So that nobody waits for a minute.
c.GenericOAuthenticator.auth_refresh_age = 1
"#,
        lines = registered.lines,
    );
    let folder = hub.folder().to_owned();
    std::fs::write(folder.join("jupyterhub_config.py"), settings).unwrap();
    let bin = python_of("jupyterhub");
    let path = format!(
        "{}:{INSTALLED}/node/node_modules/.bin:{}",
        bin.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let key = "0123456789abcdef".repeat(4);
    let environment = [("PATH", path.as_str()), ("JUPYTERHUB_CRYPT_KEY", &key)];
    let program = bin.join("jupyterhub").display().to_string();
    hub.serve((&folder, PATIENCE), &environment, &[&program, "-f", "jupyterhub_config.py"]).await;

    let browser = Chromium::open(&server.url).await;
    let open = async |path: &str| browser.driver.goto(format!("{}{path}", hub.origin)).await.unwrap();
    open("/hub/oauth_login").await;
    sign_in_and_allow(&browser).await;
    arrives(&browser, &hub, "/hub/home").await;
    assert!(browser.text().await.contains("mina"), "{}", browser.text().await);
    let users = crate::support::client()
        .get(format!("{}/hub/api/users/mina", hub.origin))
        .header("authorization", format!("token {token}"));
    let user: serde_json::Value = users.send().await.unwrap().json().await.unwrap();
    assert_eq!(user["groups"], serde_json::json!(["Readers"]), "{user}");

    // Out there, and then here.
    open("/hub/logout").await;
    browser.arrives_at("/oauth/logout").await;
    browser.click("main form[action='/oauth/logout'] button").await;
    arrives(&browser, &hub, "/hub/login").await;
    assert!(!is_signed_in_here(&browser).await);

    // Out here, and then there.
    open("/hub/oauth_login").await;
    browser.arrives_at("/login").await;
    browser.type_into("#login", "mina").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("main button").await;
    arrives(&browser, &hub, "/hub/home").await;
    browser.go("/dashboard").await;
    browser.sign_out().await;
    browser.arrives_at("/").await;
    let begun = Instant::now();
    loop {
        open("/hub/home").await;
        let url = browser.driver.current_url().await.unwrap().to_string();
        if !url.starts_with(&format!("{}/hub/home", hub.origin)) {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "still at {url}\n{}", hub.log());
    }
    browser.close().await;
}

/// pgAdmin's settings for this server.
fn pgadmin_settings(server: &TestApp, app: &ForeignApp, registered: &Registered, group: &str) -> String {
    format!(
        r#"
DATA_DIR = "{folder}/data"
LOG_FILE = DATA_DIR + "/log"
SQLITE_PATH = DATA_DIR + "/pgadmin4.db"
SESSION_DB_PATH = DATA_DIR + "/sessions"
STORAGE_DIR = DATA_DIR + "/storage"
DEFAULT_SERVER = "localhost"
DEFAULT_SERVER_PORT = {port}
UPGRADE_CHECK_ENABLED = False
MASTER_PASSWORD_REQUIRED = False
AUTHENTICATION_SOURCES = ["oauth2"]
OAUTH2_AUTO_CREATE_USER = True
OAUTH2_CONFIG = [{{
    "OAUTH2_NAME": "munjigi",
    "OAUTH2_DISPLAY_NAME": "Munjigi",
    "OAUTH2_CLIENT_ID": "{id}",
    "OAUTH2_CLIENT_SECRET": "{secret}",
    "OAUTH2_SERVER_METADATA_URL": "{url}/.well-known/openid-configuration",
    "OAUTH2_AUTHORIZATION_URL": "{url}/oauth/authorize",
    "OAUTH2_TOKEN_URL": "{url}/oauth/token",
    "OAUTH2_API_BASE_URL": "{url}/",
    "OAUTH2_USERINFO_ENDPOINT": "{url}/oauth/userinfo",
    "OAUTH2_SCOPE": "openid profile email groups",
    "OAUTH2_USERNAME_CLAIM": "preferred_username",
    "OAUTH2_ADDITIONAL_CLAIMS": {{"groups": ["{group}"]}},
    "OAUTH2_CHALLENGE_METHOD": "S256",
    "OAUTH2_RESPONSE_TYPE": "code",
    "OAUTH2_LOGOUT_URL": "{url}/oauth/logout?id_token_hint={{id_token}}&post_logout_redirect_uri={{redirect_uri}}",
}}]
"#,
        folder = app.folder().display(),
        port = app.port,
        id = registered.id,
        secret = registered.secret,
        url = server.url,
    )
}

/// pgAdmin, for the members of one group.
async fn pgadmin_for(group: &str) -> (TestApp, ForeignApp) {
    let (server, mut app) = (server_with_reader().await, ForeignApp::new());
    let at = |path: &str| format!("{}{path}", app.origin);
    let input = ClientInput {
        name: "pgAdmin".to_owned(),
        redirect_uris: vec![at("/oauth2/authorize")],
        post_logout_redirect_uris: vec![at("/")],
        ..ClientInput::default()
    };
    let registered = Registered::new(&server, input).await;
    let folder = app.folder().to_owned();
    let settings = pgadmin_settings(&server, &app, &registered, group);
    std::fs::write(folder.join("config_local.py"), settings).unwrap();
    let here = folder.display().to_string();
    let environment = [
        ("PYTHONPATH", here.as_str()),
        ("PGADMIN_SETUP_EMAIL", "operator@example.org"),
        ("PGADMIN_SETUP_PASSWORD", "unused-by-anyone-1"),
    ];
    let program =
        "import pgadmin4, runpy; runpy.run_path(pgadmin4.__path__[0] + '/pgAdmin4.py', run_name='__main__')";
    let python = python_of("pgadmin").join("python").display().to_string();
    app.serve((&folder, PATIENCE), &environment, &[&python, "-c", program]).await;
    (server, app)
}

#[tokio::test]
#[ignore = "a whole application: tests/run --apps"]
async fn pgadmin() {
    for (group, enters) in [("Readers", true), ("Writers", false)] {
        let (server, app) = pgadmin_for(group).await;
        let browser = Chromium::open(&server.url).await;
        browser.driver.goto(format!("{}/", app.origin)).await.unwrap();
        browser.click("button[name=oauth2_button]").await;
        sign_in_and_allow(&browser).await;
        if !enters {
            arrives(&browser, &app, "/login").await;
            browser.close().await;
            continue;
        }
        arrives(&browser, &app, "/browser/").await;
        let begun = Instant::now();
        while !browser.text().await.contains("mina (munjigi)") {
            assert!(begun.elapsed() < PATIENCE, "{}\n{}", browser.text().await, app.log());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        browser.driver.goto(format!("{}/oauth2/logout", app.origin)).await.unwrap();
        arrives(&browser, &app, "/login").await;
        assert!(!is_signed_in_here(&browser).await, "signing out of pgAdmin signs out here");
        browser.close().await;
    }
}

/// The lines of a guide that go into a file of this kind, with the values of this app.
fn lines_of(guide: &str, kind: &str, values: &[(&str, &str)]) -> String {
    let (_, after) = guide.split_once(&format!("```{kind}\n")).unwrap();
    let mut lines = after.split_once("```").unwrap().0.to_owned();
    for (example, value) in values {
        assert!(lines.contains(example), "the guide has {example}");
        lines = lines.replace(example, value);
    }
    lines
}

/// The status of an answer of Node-RED's editor to this token.
async fn editor_answers(app: &ForeignApp, token: &str) -> (u16, serde_json::Value) {
    let request = crate::support::client().get(format!("{}/settings", app.origin));
    let answer = request.header("authorization", format!("Bearer {token}")).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

/// Signs in to the editor, where a session is remembered or asked for; returns its token.
async fn editor_token(browser: &Chromium, app: &ForeignApp) -> String {
    arrives(browser, app, "/").await;
    let (begun, script) = (Instant::now(), "return localStorage.getItem('auth-tokens')");
    loop {
        let stored = browser.driver.execute(script, vec![]).await.unwrap();
        let stored: serde_json::Value =
            stored.json().as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        if let Some(token) = stored["access_token"].as_str() {
            return token.to_owned();
        }
        let seen = browser.text().await;
        assert!(begun.elapsed() < PATIENCE, "nobody is signed in: {seen}\n{}", app.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// With the very lines of the guide.
#[tokio::test]
#[ignore = "a whole application: tests/run --apps"]
async fn node_red() {
    for (is_admin, permissions) in [(true, "*"), (false, "read")] {
        let (server, mut app) = (server_with_reader().await, ForeignApp::new());
        if is_admin {
            let staff = server.another_browser("sofia").await;
            let named = [("name", "nodered-admins")];
            staff.post("/admin/groups", &named).await.assert_redirect("/admin/groups/2");
            server.join_group(2, server.user_id("mina")).await;
        }
        let callback = format!("{}/auth/strategy/callback", app.origin);
        let input = ClientInput {
            name: "Node-RED".to_owned(),
            redirect_uris: vec![callback.clone()],
            ..ClientInput::default()
        };
        let registered = Registered::new(&server, input).await;
        let values = [
            ("https://login.example.org", server.url.as_str()),
            ("CLIENT_ID", &registered.id),
            ("CLIENT_SECRET", &registered.secret),
            ("https://flows.example.org/auth/strategy/callback", &callback),
        ];
        let settings = lines_of(include_str!("../docs/apps/node-red.md"), "js", &values);
        let folder = app.folder().to_owned();
        std::fs::write(folder.join("settings.js"), settings).unwrap();
        let (packages, port) = (format!("{INSTALLED}/node/node_modules"), app.port.to_string());
        let program = format!("{packages}/node-red/red.js");
        let command = ["node", &program, "--userDir", ".", "--port", &port];
        app.serve((&folder, PATIENCE), &[("NODE_PATH", packages.as_str())], &command).await;

        let browser = Chromium::open(&server.url).await;
        let open = async || browser.driver.goto(format!("{}/", app.origin)).await.unwrap();
        open().await;
        sign_in_and_allow(&browser).await;
        let token = editor_token(&browser, &app).await;
        let (status, seen) = editor_answers(&app, &token).await;
        assert_eq!((status, &seen["user"]["username"]), (200, &"mina".into()), "{seen}");
        assert_eq!(seen["user"]["permissions"], permissions, "the groups have arrived");

        // Out here, and so there.
        browser.go("/dashboard").await;
        browser.sign_out().await;
        browser.arrives_at("/").await;
        assert_eq!(editor_answers(&app, &token).await.0, 401);
        open().await;
        browser.arrives_at("/login").await;
        browser.close().await;
    }
}
