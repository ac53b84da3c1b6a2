//! A real Chromium, driven over WebDriver.

use std::sync::LazyLock;
use std::time::Duration;

use tempfile::TempDir;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use super::process::wait_for_port;
use super::{PASSWORD, Tethered, choose_tls, free_port};

static DRIVER: LazyLock<(u16, Tethered)> = LazyLock::new(|| {
    choose_tls();
    let port = free_port();
    let driver = Tethered::start(&["chromedriver", &format!("--port={port}")]);
    wait_for_port(port, "chromedriver");
    (port, driver)
});

/// How a browser is set up.
pub struct Setup {
    language: &'static str,
    scripts: bool,
    test_hosts: bool,
}

pub fn setup(language: &'static str, scripts: bool) -> Setup {
    Setup { language, scripts, test_hosts: false }
}

impl Setup {
    /// Resolves `*.example.test` to this machine, and trusts its certificates.
    pub fn with_test_hosts(self) -> Self {
        Self { test_hosts: true, ..self }
    }
}

/// A browser with a profile of its own, which outlives the window.
pub struct Chromium {
    pub driver: WebDriver,
    profile: TempDir,
    url: String,
    setup: Setup,
}

impl Chromium {
    pub async fn open(url: &str) -> Self {
        Self::open_as(url, setup("en", true)).await
    }

    pub async fn open_as(url: &str, setup: Setup) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let driver = launch(&profile, &setup).await;
        Self { driver, profile, url: url.to_owned(), setup }
    }

    /// Closes every window and opens the browser again, as a person would the next morning.
    pub async fn restart(self) -> Self {
        let Self { driver, profile, url, setup } = self;
        // Cookies reach the disk half a minute late, unless the browser closes on its own.
        driver.close_window().await.unwrap();
        let _ = driver.quit().await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let driver = launch(&profile, &setup).await;
        Self { driver, profile, url, setup }
    }

    pub async fn close(self) {
        let _ = self.driver.quit().await;
    }

    pub async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.url)).await.unwrap();
    }

    pub async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    /// Waits until the address is `path`.
    pub async fn arrives_at(&self, path: &str) {
        for _ in 0..200 {
            if self.path().await == path {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("arrived at {} instead of {path}: {}", self.path().await, self.text().await);
    }

    /// Waits for the element: a click returns before the next page is there.
    pub async fn find(&self, selector: &str) -> WebElement {
        let wait =
            self.driver.query(By::Css(selector)).wait(Duration::from_secs(10), Duration::from_millis(25));
        wait.first().await.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    pub async fn click(&self, selector: &str) {
        self.find(selector).await.click().await.unwrap();
    }

    pub async fn type_into(&self, selector: &str, text: &str) {
        self.find(selector).await.send_keys(text).await.unwrap();
    }

    /// Chooses a page from the account's menu.
    pub async fn choose(&self, path: &str) {
        self.click("details.menu:not([open]) > summary").await;
        self.click(&format!("details.menu a[href='{path}']")).await;
    }

    pub async fn sign_out(&self) {
        self.click("details.menu:not([open]) > summary").await;
        self.click("details.menu form.sign-out button").await;
    }

    /// The text that a reader sees.
    pub async fn text(&self) -> String {
        loop {
            match self.find("body").await.text().await {
                Ok(text) => return text,
                // Another page has come since its body was found.
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    pub async fn register(&self, name: &str) {
        self.go("/register").await;
        self.type_into("#username", name).await;
        self.type_into("#email", &format!("{name}@example.org")).await;
        self.type_into("#password", PASSWORD).await;
        self.click("main button").await;
        self.arrives_at("/dashboard").await;
    }

    pub async fn sign_in(&self, name: &str, remember: bool) {
        self.go("/login").await;
        self.type_into("#login", name).await;
        self.type_into("#password", PASSWORD).await;
        if remember {
            self.click("#remember").await;
        }
        self.click("main button").await;
        self.arrives_at("/dashboard").await;
    }
}

async fn launch(profile: &TempDir, setup: &Setup) -> WebDriver {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
        &format!("--user-data-dir={}", profile.path().display()),
        &format!("--lang={}", setup.language),
        &format!("--accept-lang={}", setup.language),
    ] {
        capabilities.add_arg(argument).unwrap();
    }
    if setup.test_hosts {
        capabilities.add_arg("--host-resolver-rules=MAP *.example.test 127.0.0.1").unwrap();
        capabilities.add_arg("--ignore-certificate-errors").unwrap();
    }
    if !setup.scripts {
        let preferences = serde_json::json!({ "profile.managed_default_content_settings.javascript": 2 });
        capabilities.add_experimental_option("prefs", preferences).unwrap();
    }
    WebDriver::new(format!("http://127.0.0.1:{}", DRIVER.0), capabilities).await.unwrap()
}
