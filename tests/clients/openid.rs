//! Apps that sign users in by the OpenID clients of others, each in a real Chromium: in, and out on both sides.

use std::path::Path;
use std::time::{Duration, Instant};

use munjigi::identity::oidc::{AuthMethod, ClientInput, GrantType, Preset};

use crate::support::foreign_app::{ForeignApp, Registered, server_with_reader};
use crate::support::relying_party::userinfo_at;
use crate::support::{Chromium, PASSWORD, PYTHON_FOLDER, TestApp};

const NODE_FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node");
const NODE_PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/node");
const PYTHON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/python/bin/python");
/// Longer than any of these takes to start or to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How an app learns that the user has signed out at the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Learns {
    /// By a logout token.
    AtOnce,
    /// When it asks without a page, which it does after a second.
    WhenItAsks,
    /// When it renews its tokens.
    WhenItRenews,
}

/// An app with its paths.
struct Client {
    app: ForeignApp,
    login: &'static str,
    logout: String,
    refresh: Option<&'static str>,
    learns: Learns,
}

impl Client {
    fn new(learns: Learns) -> Self {
        let logout = "/logout".to_owned();
        Self { app: ForeignApp::new(), login: "/login", logout, refresh: Some("/refresh"), learns }
    }

    /// Registers it with these paths, and starts a program that reads its settings from the environment.
    async fn start(&mut self, server: &TestApp, callback: &str, backchannel: Option<&str>, program: &str) {
        let at = |path: &str| format!("{}{path}", self.app.origin);
        let input = ClientInput {
            name: "App".to_owned(),
            redirect_uris: vec![at(callback)],
            // With a slash and without: each client has its own way.
            post_logout_redirect_uris: vec![at("/"), at("")],
            backchannel_logout_uri: backchannel.map(at),
            ..ClientInput::default()
        };
        let registered = Registered::new(server, input).await;
        let port = self.app.port.to_string();
        let environment = [
            ("ISSUER", server.url.as_str()),
            ("CLIENT_ID", &registered.id),
            ("CLIENT_SECRET", &registered.secret),
            ("PORT", &port),
        ];
        let own = self.app.folder().to_owned();
        if program.ends_with(".py") {
            let file = format!("{PYTHON_FOLDER}/{program}");
            self.app.serve((&own, PATIENCE), &environment, &[PYTHON, "-B", &file]).await;
        } else {
            let file = format!("{NODE_FOLDER}/{program}");
            self.app.serve((Path::new(NODE_PACKAGES), PATIENCE), &environment, &["node", &file]).await;
        }
    }
}

/// A user of the app.
struct Visit<'a> {
    server: &'a TestApp,
    client: &'a Client,
    browser: Chromium,
}

impl Visit<'_> {
    async fn open(&self, path: &str) {
        self.browser.driver.goto(format!("{}{path}", self.client.app.origin)).await.unwrap();
    }

    async fn url(&self) -> String {
        self.browser.driver.current_url().await.unwrap().to_string()
    }

    /// Waits until the page of the app is this text.
    async fn reads(&self, text: &str) {
        let begun = Instant::now();
        loop {
            let (url, seen) = (self.url().await, self.browser.text().await);
            if url.starts_with(&self.client.app.origin) && seen.trim() == text {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{text:?}: at {url}: {seen}\n{}", self.client.app.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether the app knows nobody, or sends the browser away to sign in.
    async fn is_signed_out(&self) -> bool {
        self.open("/").await;
        let away = format!("{}/login", self.server.url);
        self.url().await.starts_with(&away) || self.browser.text().await.trim() == "signed out"
    }

    async fn sign_in(&self, consent: bool) {
        self.open(self.client.login).await;
        self.browser.arrives_at("/login").await;
        self.browser.type_into("#login", "mina").await;
        self.browser.type_into("#password", PASSWORD).await;
        self.browser.click("main button").await;
        if consent {
            self.browser.click("button[value=allow]").await;
        }
        self.reads("mina: Readers").await;
    }

    /// Whether this browser has a session at the server.
    async fn is_signed_in_here(&self) -> bool {
        self.browser.go("/dashboard").await;
        self.browser.path().await == "/dashboard"
    }

    async fn refreshes(&self) -> bool {
        self.open(self.client.refresh.unwrap()).await;
        self.browser.text().await.trim() == "refreshed"
    }
}

/// Signs in to the app for the first time, out by it, in again, and out at the server.
async fn walk(server: &TestApp, client: &Client) {
    let visit = Visit { server, client, browser: Chromium::open(&server.url).await };
    let log = || client.app.log();
    assert!(visit.is_signed_out().await, "{}", visit.browser.text().await);
    visit.sign_in(true).await;
    if client.refresh.is_some() {
        assert!(visit.refreshes().await, "{}\n{}", visit.browser.text().await, log());
    }
    visit.open(&client.logout).await;
    assert!(visit.is_signed_out().await, "{}", visit.browser.text().await);
    assert!(!visit.is_signed_in_here().await, "signing out of the app signs out here");

    // Consent is remembered.
    visit.sign_in(false).await;
    visit.browser.go("/dashboard").await;
    visit.browser.sign_out().await;
    visit.browser.arrives_at("/").await;
    let ended = Instant::now();
    match client.learns {
        Learns::WhenItRenews => assert!(!visit.refreshes().await, "it is over"),
        Learns::AtOnce | Learns::WhenItAsks => {
            while !visit.is_signed_out().await {
                assert!(ended.elapsed() < PATIENCE, "{}\n{}", visit.browser.text().await, log());
            }
            let took = ended.elapsed();
            assert!(client.learns == Learns::WhenItAsks || took < Duration::from_secs(1), "{took:?}");
        }
    }
    visit.browser.close().await;
}

#[tokio::test]
async fn openid_client() {
    let (server, mut client) = (server_with_reader().await, Client::new(Learns::WhenItRenews));
    client.start(&server, "/callback", None, "openid_client.cjs").await;
    walk(&server, &client).await;
}

#[tokio::test]
async fn express_openid_connect() {
    let (server, mut client) = (server_with_reader().await, Client::new(Learns::AtOnce));
    client.start(&server, "/callback", Some("/backchannel-logout"), "express_openid_connect.cjs").await;
    walk(&server, &client).await;
}

#[tokio::test]
async fn authlib() {
    let (server, mut client) = (server_with_reader().await, Client::new(Learns::WhenItRenews));
    client.start(&server, "/callback", None, "authlib_app.py").await;
    walk(&server, &client).await;
}

#[tokio::test]
async fn mozilla_django_oidc() {
    let (server, mut client) = (server_with_reader().await, Client::new(Learns::WhenItAsks));
    (client.login, client.refresh) = ("/oidc/authenticate/", None);
    client.logout = "/oidc/logout/".to_owned();
    client.start(&server, "/oidc/callback/", None, "django_app.py").await;
    walk(&server, &client).await;
}

/// Apache with the very lines of the guide.
#[tokio::test]
async fn mod_auth_openidc() {
    let (server, mut client) = (server_with_reader().await, Client::new(Learns::AtOnce));
    let (port, folder) = (client.app.port, client.app.folder().to_owned());
    (client.login, client.refresh) = ("/", None);
    client.logout = format!("/oidc/callback?logout=http%3A%2F%2Flocalhost%3A{port}%2F");
    let input = ClientInput {
        name: "App".to_owned(),
        preset: Preset::ModAuthOpenidc,
        address: client.app.origin.clone(),
        ..ClientInput::default()
    };
    let registered = Registered::new(&server, input).await;
    std::fs::create_dir(folder.join("www")).unwrap();
    std::fs::write(folder.join("passphrase"), "a passphrase of this Apache alone").unwrap();
    let page = r#"<main><!--#echo var="REMOTE_USER" -->: <!--#echo var="OIDC_CLAIM_groups" --></main>"#;
    std::fs::write(folder.join("www/index.shtml"), page).unwrap();
    let passphrase = folder.join("passphrase").display().to_string();
    let lines = registered.lines.replace("/etc/apache2/oidc-passphrase", &passphrase);
    assert!(lines.contains(&passphrase), "{lines}");
    let modules: String =
        ["mpm_event", "authn_core", "authz_core", "authz_user", "auth_openidc", "mime", "dir", "include"]
            .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"))
            .concat();
    let here = folder.display();
    let settings = format!(
        "ServerName localhost\nListen localhost:{port}\nPidFile {here}/pid\nErrorLog {here}/errors\n\
         DefaultRuntimeDir {here}\nServerRoot {here}\n{modules}TypesConfig /dev/null\n\
         <VirtualHost *:{port}>\nDocumentRoot {here}/www\nDirectoryIndex index.shtml\n\
         AddType text/html .shtml\nAddOutputFilter INCLUDES .shtml\n\
         <Directory {here}/www>\nOptions +Includes\n</Directory>\n{lines}\n</VirtualHost>\n"
    );
    let file = folder.join("apache2.conf").display().to_string();
    std::fs::write(&file, settings).unwrap();
    let command = ["/usr/sbin/apache2", "-f", &file, "-DFOREGROUND"];
    client.app.serve((&folder, PATIENCE), &[], &command).await;
    walk(&server, &client).await;
}

/// A program on a command line, signed in by a code that the user types.
#[tokio::test]
async fn oidc_agent() {
    let (server, mut agent) = (server_with_reader().await, ForeignApp::new());
    let input = ClientInput {
        name: "Agent".to_owned(),
        grants: vec![GrantType::DeviceCode, GrantType::RefreshToken],
        auth_method: Some(AuthMethod::None),
        ..ClientInput::default()
    };
    let registered = Registered::new(&server, input).await;
    let folder = agent.folder().to_owned();
    let script = r#"eval "$(oidc-agent)" >/dev/null
        trap 'kill $OIDCD_PID' EXIT TERM
        oidc-gen laptop --issuer="$ISSUER" --client-id="$CLIENT_ID" --client-secret= --flow=device --prompt=none \
          --scope="openid profile groups offline_access" --pw-cmd="echo password" --confirm-default
        for turn in 1 2; do echo "token $turn: $(oidc-token --force-new laptop)"; done
        sleep 60 & wait"#;
    let home = folder.display().to_string();
    let environment = [
        ("ISSUER", server.url.as_str()),
        ("CLIENT_ID", &registered.id),
        ("HOME", &home),
        ("OIDC_CONFIG_DIR", &home),
    ];
    agent.run(&folder, &environment, &["bash", "-c", script]);
    let printed = agent.prints("enter the code: ", PATIENCE).await;
    let code = printed.split("enter the code: ").nth(1).unwrap().split_whitespace().next().unwrap();

    let browser = Chromium::open(&server.url).await;
    browser.sign_in("mina", false).await;
    browser.go(&format!("/device?user_code={code}")).await;
    browser.click("main form[action='/device'] button").await;
    browser.click("button[value=allow]").await;
    let printed = agent.prints("token 2: mjo_", PATIENCE).await;
    let tokens: Vec<&str> =
        printed.lines().filter_map(|line| line.split_once(": mjo_")).map(|(_, rest)| rest).collect();
    assert_eq!(tokens.len(), 2, "{printed}");
    assert_ne!(tokens[0], tokens[1], "renewed");
    let token = format!("mjo_{}", tokens[1]);
    let claims = userinfo_at(&server.url, &token).await;
    assert!(claims.body.contains(r#""groups":["Readers"]"#), "{}", claims.body);

    // It has a session of its own, which ends on the page of connected apps.
    browser.go("/security/connected-apps").await;
    browser.click("form[action$='/withdraw'] button").await;
    let begun = Instant::now();
    while userinfo_at(&server.url, &token).await.status != 401 {
        assert!(begun.elapsed() < Duration::from_secs(5), "{}", browser.text().await);
    }
    browser.close().await;
}
