//! Providers that are down, slow or wrong.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::provider::{FakeProvider, leave, offer, press, sign_in_by};
use crate::support::relying_party::destination;
use crate::support::{Munjigi, TestApp, free_port, scratch};

use super::linking::server;

const FAILED: &str = "Signing in with Fake didn’t work";

#[tokio::test]
async fn a_provider_that_is_down_slow_or_wrong_leaves_the_other_ways() {
    let fake = FakeProvider::start().await;
    fake.says().status = 500;
    let section = fake.section("fake", "oidc", "label = \"Fake\"");
    let app = TestApp::with(|config| offer(config, &section)).await;
    fake.follow(&app);
    app.member("mina").await;
    let person = app.visitor();
    let reply = press(&person, "/login?next=/sessions", "fake", &[]).await;
    reply.assert_redirect("/login?next=%2Fsessions");
    let page = person.get("/login").await;
    assert!(page.text().contains(FAILED), "{}", page.text());
    person.sign_in("mina").await.assert_redirect("/dashboard");
    fake.says().status = 0;
    app.clock.advance(60);

    // It is known, and then it fails at the answer: by status, by a redirect, by what it refuses.
    for status in [500, 302, 404, 400] {
        let person = app.visitor();
        let address = leave(&person, "/login", "fake").await;
        let answer = fake.answer(&address);
        fake.says().status = status;
        person.get(&answer).await.assert_redirect("/login");
        assert!(person.get("/login").await.text().contains(FAILED), "{status}");
        fake.says().status = 0;
    }
    assert!(fake.says().requests.iter().all(|(path, _, _)| path != "/elsewhere"), "no redirect is followed");
    // The person cancels there.
    let person = app.visitor();
    let address = leave(&person, "/login", "fake").await;
    let answer = fake.answer_with(&address, &[("code", ""), ("error", "access_denied")]);
    person.get(&answer).await.assert_redirect("/login");
    assert!(person.get("/login").await.text().contains("You cancelled at Fake"));
    // Five seconds in all.
    let address = leave(&person, "/login", "fake").await;
    let answer = fake.answer(&address);
    fake.says().delay = Duration::from_secs(4);
    app.clock.advance(2 * 3600);
    let begun = Instant::now();
    let reply = person.get(&answer).await;
    assert_eq!(reply.header("location"), "/login");
    assert!(begun.elapsed() < Duration::from_secs(7), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn what_a_provider_publishes_counts_while_it_is_down() {
    let (fake, app) = server("").await;
    fake.person(json!({"sub": "mina", "email": "mina@example.org", "email_verified": true}));
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    app.clock.advance(3 * 3600);
    fake.says().document = json!({"issuer": "https://evil.example"});
    let person = app.visitor();
    let reply = press(&person, "/login", "fake", &[]).await;
    assert!(destination(&reply).as_str().starts_with(&fake.url));
}

#[test]
fn a_dead_provider_stops_no_start_and_a_wrong_setting_does() {
    let folder = scratch();
    let file = folder.path().join("providers.toml");
    let section = |port: u16| {
        format!(
            "[[provider]]\nname = \"dead\"\nkind = \"oidc\"\nissuer = \"http://127.0.0.1:{port}\"\nclient_id = \"7\"\n"
        )
    };
    std::fs::write(&file, section(free_port())).unwrap();
    let command = |words: &[&str]| {
        let mut command = Munjigi::command(&folder.path().join("data"));
        command.env("MUNJIGI_PROVIDERS", &file).args(words);
        command.env("MUNJIGI_PUBLIC_URL", "https://id.example.org");
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (status, out, error) = command(&["config", "check"]);
    assert_eq!(status, Some(0), "{error}");
    assert!(out.contains("providers       dead"), "{out}");
    let (status, out, error) = command(&["provider", "check", "dead"]);
    assert_eq!(status, Some(1), "{out}");
    assert!(out.contains("https://id.example.org/sign-in/dead/callback"), "{out}");
    assert!(error.contains("dead cannot be used: discovery at http://127.0.0.1:"), "{error}");
    let (status, _, error) = command(&["provider", "check", "other"]);
    assert_eq!(status, Some(1));
    assert!(error.contains("there is no provider \"other\"; there are dead"), "{error}");

    let mut serve = Munjigi::command(&folder.path().join("data"));
    serve.env("MUNJIGI_PROVIDERS", &file);
    drop(Munjigi::serve_on(serve, free_port()));

    std::fs::write(&file, section(9).replace("\"oidc\"", "\"facebook\"")).unwrap();
    for words in [&["config", "check"][..], &["serve"], &["provider", "check", "dead"]] {
        let (status, _, error) = command(words);
        assert_eq!(status, Some(1), "{words:?}");
        assert!(error.contains("MUNJIGI_PROVIDERS: provider dead: kind: it takes oidc, google,"), "{error}");
    }
}

#[tokio::test]
async fn the_command_line_checks_a_provider_that_answers() {
    let fake = FakeProvider::start().await;
    let folder = scratch();
    let file = folder.path().join("providers.toml");
    std::fs::write(&file, fake.section("fake", "oidc", "")).unwrap();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("MUNJIGI_PROVIDERS", &file).args(["provider", "check", "fake"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for line in [
        "/sign-in/fake/callback",
        &format!("issuer            {}", fake.url),
        "keys              1",
        "It answers.",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
    assert!(!out.contains("secret"), "{out}");
}

/// What `munjigi provider check fake` answers to a file with this section: the exit code, what it prints, and the sentence.
async fn check(section: &str) -> (Option<i32>, String, String) {
    let folder = scratch();
    let file = folder.path().join("providers.toml");
    std::fs::write(&file, section).unwrap();
    std::fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let mut command = Munjigi::command(&folder.path().join("data"));
    command.env("MUNJIGI_PROVIDERS", &file).args(["provider", "check", "fake"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[tokio::test]
async fn the_command_line_says_in_one_sentence_what_is_wrong_with_a_provider() {
    let fake = FakeProvider::start().await;
    let url = &fake.url;
    let discovery = format!("discovery at {url}/.well-known/openid-configuration");
    let keys = |set: serde_json::Value| json!({"/jwks": set});
    for (document, pages, sentence) in [
        (
            json!({"issuer": "https://evil.example"}),
            json!({}),
            format!("{discovery}: its issuer is \"https://evil.example\", which is not \"{url}\""),
        ),
        (json!({"issuer": null}), json!({}), format!("{discovery}: it names no issuer")),
        (json!({"jwks_uri": null}), json!({}), format!("{discovery}: jwks_uri is missing")),
        (
            json!({"token_endpoint": "http://id.example.org/token"}),
            json!({}),
            format!("{discovery}: token_endpoint is not an https:// address"),
        ),
        (json!({}), keys(json!({"keys": []})), "it publishes no key that can be used".to_owned()),
        (
            json!({}),
            keys(json!({"keys": [{"kty": "oct", "k": "AAAA"}]})),
            "it publishes no key that can be used".to_owned(),
        ),
        (json!({}), keys(json!({})), format!("the keys at {url}/jwks: it is no set of keys")),
    ] {
        fake.says().document = document;
        fake.says().pages =
            pages.as_object().unwrap().iter().map(|(path, page)| (path.clone(), page.clone())).collect();
        let (status, out, error) = check(&fake.section("fake", "oidc", "")).await;
        assert_eq!(status, Some(1), "{sentence}: {out}");
        assert_eq!(error.trim_end(), format!("munjigi: fake cannot be used: {sentence}"));
        assert!(out.contains("/sign-in/fake/callback") && !out.contains("It answers"), "{out}");
    }
    fake.says().status = 500;
    let (status, _, error) = check(&fake.section("fake", "oidc", "")).await;
    assert_eq!(status, Some(1));
    assert_eq!(error.trim_end(), format!("munjigi: fake cannot be used: {discovery}: the answer is 500"));
}

/// GitHub publishes nothing about itself; what can be seen is whether its page for people is there.
#[tokio::test]
async fn the_command_line_checks_that_github_is_there() {
    let fake = FakeProvider::start().await;
    let section = |url: &str| {
        format!(
            "[[provider]]\nname = \"fake\"\nkind = \"github\"\nclient_id = \"7\"\nclient_secret = \"x\"\n\
             authorize_url = \"{url}/login/oauth/authorize\"\ntoken_url = \"{url}/login/oauth/access_token\"\n"
        )
    };
    let (status, out, error) = check(&section(&fake.url)).await;
    assert_eq!((status, error.as_str()), (Some(0), ""), "{out}");
    for line in [
        &format!("sends people to   {}/login/oauth/authorize", fake.url),
        "keys              none needed",
        "It answers.",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
    let dead = format!("http://127.0.0.1:{}", free_port());
    let (status, out, error) = check(&section(&dead)).await;
    assert_eq!(status, Some(1), "{out}");
    let sentence = format!("munjigi: fake cannot be used: {dead}/login/oauth/authorize: ");
    assert!(error.starts_with(&sentence) && error.trim_end().lines().count() == 1, "{error}");
}

#[tokio::test]
async fn one_file_offers_many_providers_in_order() {
    let fake = FakeProvider::start().await;
    let names = ["one", "two", "three"];
    let text: String = names
        .iter()
        .map(|name| {
            fake.section(name, "oidc", &format!("label = \"{}\"\nicon = \"🌱\"", name.to_uppercase()))
        })
        .collect();
    let app = TestApp::with(|config| offer(config, &text)).await;
    for (page, language) in [("/login", "en"), ("/register", "ko")] {
        let mut person = app.visitor();
        person.language = language;
        let shown = person.get(page).await;
        let buttons = shown.attributes("button[formaction^='/sign-in/']", "aria-label");
        assert_eq!(shown.find("button[formaction^='/sign-in/']"), ["ONE", "TWO", "THREE"]);
        assert_eq!(shown.attributes("button .mark", "data-mark"), ["🌱"; 3]);
        let expected: Vec<String> = ["ONE", "TWO", "THREE"]
            .iter()
            .map(|label| {
                if language == "en" {
                    format!("Sign in with {label}")
                } else {
                    format!("{label} 계정으로 로그인")
                }
            })
            .collect();
        assert_eq!(buttons, expected);
    }
}
