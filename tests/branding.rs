//! What an operator changes about the pages without building them.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use munjigi::config::{Accent, Config};
use sha2::{Digest, Sha256};

use crate::support::{Munjigi, TestApp, client};

const LOGO: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

fn written(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> Option<PathBuf> {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    Some(path)
}

fn brand(config: &mut Config, folder: &Path) {
    config.site_name = Some("Nuri & Co.".to_owned());
    config.logo = written(folder, "logo.svg", LOGO);
    config.logo_dark = written(folder, "dark.png", PIXEL);
    config.favicon = written(folder, "icon", PIXEL);
    config.accent = Some(Accent::parse("#7a1f4b").unwrap());
    config.stylesheet = written(folder, "own.css", ".panel { border-radius: 0; }");
    config.terms_url = Some("https://example.org/terms?a=1&b=2".parse().unwrap());
    config.privacy_url = Some("https://example.org/privacy".parse().unwrap());
    config.help_url = Some("mailto:help@example.org".parse().unwrap());
    config.sign_in_text = written(
        folder,
        "text.toml",
        "en = \"Use your <b>work</b> account.\"\nko = \"회사 계정을 쓰세요.\"\n",
    );
}

#[tokio::test]
async fn a_site_shows_its_own_name_pictures_colour_and_links() {
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::with(|config| brand(config, folder.path())).await;
    let mut visitor = app.visitor();
    let page = visitor.get("/login").await;
    assert!(page.find("title")[0].ends_with("· Nuri & Co."), "{}", page.body);
    assert_eq!(page.find(".sign-in-text"), ["Use your <b>work</b> account."]);
    for href in
        ["https://example.org/terms?a=1&b=2", "https://example.org/privacy", "mailto:help@example.org"]
    {
        assert!(page.attributes("footer a", "href").contains(&href.to_owned()), "{href}");
    }
    let logo = page.attributes("img.logo", "src").remove(0);
    let dark = page.attributes("picture source", "srcset").remove(0);
    let icon = page.attributes("link[rel=icon]", "href").remove(0);
    let sheets = page.attributes("link[rel=stylesheet]", "href");
    assert_eq!(sheets.len(), 3, "the own sheets stand after the built-in one: {sheets:?}");
    for (address, kind, content) in [
        (&logo, "image/svg+xml", LOGO.as_bytes()),
        (&dark, "image/png", PIXEL),
        (&icon, "image/png", PIXEL),
        (&"/favicon.ico".to_owned(), "image/png", PIXEL),
        (&sheets[2], "text/css; charset=utf-8", b".panel { border-radius: 0; }"),
    ] {
        let reply = client().get(format!("{}{address}", app.url)).send().await.unwrap();
        assert_eq!(
            (reply.status().as_u16(), &reply.headers()["content-type"]),
            (200, &kind.parse().unwrap()),
            "{address}"
        );
        assert_eq!(reply.headers()["x-content-type-options"], "nosniff");
        // Opened by itself, an SVG runs nothing and has no origin.
        let policy = reply.headers()["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'unsafe-inline'")
                && policy.ends_with("; sandbox")
        );
        let caching = reply.headers()["cache-control"].to_str().unwrap().to_owned();
        assert_eq!(caching.contains("immutable"), address.starts_with("/static/"), "{address}");
        assert_eq!(reply.bytes().await.unwrap(), content, "{address}");
    }
    let accent =
        client().get(format!("{}{}", app.url, sheets[1])).send().await.unwrap().text().await.unwrap();
    assert!(accent.contains("--accent: light-dark(#7a1f4b, #"), "{accent}");
    visitor.language = "ko";
    assert_eq!(visitor.get("/login").await.find(".sign-in-text"), ["회사 계정을 쓰세요."]);
    // The pages keep their policy: an own sheet loads nothing from elsewhere.
    let policy = page.header("content-security-policy").to_owned();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"),
        "{policy}"
    );
    let plain = TestApp::start().await.visitor().get("/login").await;
    assert!(plain.find("title")[0].ends_with("· Munjigi") && !plain.body.contains("img class=\"logo\""));
    assert_eq!(plain.attributes("link[rel=stylesheet]", "href").len(), 1);
}

/// Where no sheet of the site reaches: the page on an app's host, and mails.
#[tokio::test]
async fn the_accent_colours_the_page_of_a_refused_app_and_mails() {
    let app = TestApp::with(|config| config.accent = Some(Accent::parse("#7a1f4b").unwrap())).await;
    let denied = app.visitor().get("/api/authz/denied").await;
    let style = denied.find("style").remove(0);
    assert!(denied.body.contains("--accent: light-dark(#7a1f4b, #"), "{}", denied.body);
    let sheet = denied.body.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let hash = STANDARD.encode(Sha256::digest(sheet));
    let policy = denied.header("content-security-policy");
    assert!(policy.contains(&format!("style-src 'sha256-{hash}';")), "{policy}");
    assert!(style.len() > 1_000, "after the page's own");

    app.member("mina").await;
    app.visitor().post("/password-reset", &[("login", "mina")]).await.assert_redirect("/password-reset/code");
    let html = app.mail("mina@example.org", 1).await.html;
    assert_eq!(html.matches("#7a1f4b").count(), 3, "name, edge and button: {html}");
    assert!(!html.contains("#0e6650") && !html.contains("#69cfae") && !html.contains("#4fb897"), "{html}");
}

/// Each stops the start with one sentence that names the setting.
#[test]
fn what_a_setting_does_not_take_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let at =
        |name: &str, content: &[u8]| written(folder.path(), name, content).unwrap().display().to_string();
    let html = at("x.png", b"<html><script>alert(1)</script></html>");
    let script = at("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
    let large = at("large.svg", format!("{LOGO}{}", " ".repeat(256 * 1024)).as_bytes());
    let binary = at("x.css", b"a\xff");
    let french = at("fr.toml", b"xx = \"Bonjour\"\n");
    let nested = at("nested.toml", b"[en]\ntext = \"Hello\"\n");
    let missing = folder.path().join("none.svg").display().to_string();
    let fifo = folder.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let data = folder.path().join("data");
    for (setting, value, said) in [
        ("MUNJIGI_ACCENT", "#f2b134", "the nearest is #"),
        ("MUNJIGI_ACCENT", "rebeccapurple", "a colour such as #0e6650"),
        ("MUNJIGI_LOGO", &html, "it takes an SVG, PNG, JPEG or WebP picture without scripts"),
        ("MUNJIGI_LOGO", &script, "without scripts"),
        ("MUNJIGI_LOGO_DARK", &large, "larger than 256 kB"),
        ("MUNJIGI_LOGO", &missing, "No such file"),
        ("MUNJIGI_FAVICON", &fifo.display().to_string(), "it is no file"),
        ("MUNJIGI_FAVICON", &binary, "it takes an SVG, PNG or ICO picture"),
        ("MUNJIGI_STYLESHEET", &binary, "it is no text in UTF-8"),
        ("MUNJIGI_SIGN_IN_TEXT", &french, "it takes lines such as en ="),
        ("MUNJIGI_SIGN_IN_TEXT", &nested, "it takes lines such as en ="),
        ("MUNJIGI_TERMS_URL", "javascript:alert(1)", "a URL that begins with https:// or mailto:"),
        ("MUNJIGI_HELP_URL", "http://example.org/", "a URL that begins with https:// or mailto:"),
        ("MUNJIGI_SITE_NAME", &"x".repeat(61), "a name of at most 60 characters"),
        ("MUNJIGI_SECURITY_CONTACT", "security@example.org", "mailto:security@example.org"),
        ("MUNJIGI_BOARD", "maybe", "on or off"),
    ] {
        let output = Munjigi::command(&data).args(["config", "check"]).env(setting, value).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{setting}={value}");
        let last = error.lines().last().unwrap();
        assert!(last.starts_with(&format!("munjigi: {setting}: ")) && last.contains(said), "{error}");
    }
}
