//! `munjigi doctor proxy` and `munjigi rules check` against live proxies, working and broken.

use std::process::Output;

use munjigi::config::Config;

use crate::support::{Behind, Munjigi, Proxy, RULES};

/// The binary with the settings of the running server.
fn run(behind: &Behind, words: &[&str]) -> Output {
    let config = &behind.app.config;
    let list = |items: Vec<String>| items.join(",");
    let mut command = Munjigi::command(&config.data_dir);
    command
        .env("MUNJIGI_PUBLIC_URL", config.public_url.as_ref().unwrap().as_str())
        .env("MUNJIGI_COOKIE_DOMAIN", config.cookie_domain.as_deref().unwrap_or_default())
        .env(
            "MUNJIGI_TRUSTED_PROXIES",
            list(config.trusted_proxies.iter().map(ToString::to_string).collect()),
        )
        .env(
            "MUNJIGI_ALLOWED_ORIGINS",
            list(config.allowed_origins.iter().map(|origin| origin.ascii_serialization()).collect()),
        )
        .env("MUNJIGI_RULES", config.rules.as_ref().unwrap());
    command.args(words).output().unwrap()
}

fn examine(behind: &Behind, place: &str, user: Option<&str>) -> (bool, String) {
    let (url, authority, connect) =
        (behind.at(place), behind.authority(), format!("127.0.0.1:{}", behind.port));
    let mut words = vec!["doctor", "proxy", &url, "--ca", &authority, "--connect", &connect];
    words.extend(user.into_iter().flat_map(|name| ["--user", name]));
    let output = run(behind, &words);
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.success(), format!("{text}{}", String::from_utf8_lossy(&output.stderr)))
}

#[tokio::test]
async fn it_finds_nothing_against_what_the_documentation_shows() {
    for proxy in [Proxy::Nginx, Proxy::Caddy] {
        let behind = Behind::start(proxy).await;
        behind.app.member("mina").await;
        let (well, text) = examine(&behind, "/x?y=1", Some("mina"));
        assert!(well && !text.contains("WRONG"), "{proxy:?}:\n{text}");
        for sentence in [
            "An anonymous user is sent to sign in.",
            "Sign-in comes back to the very page, with its query.",
            "Sign-in may lead there.",
            "The proxy in front of the portal is trusted.",
            "Forged proxy headers give no access.",
            "mina reaches the app (200).",
            "The app gets the user's identity, and only from Munjigi.",
            "A request that names two hosts does not bring the other one to the app.",
        ] {
            assert!(text.contains(sentence), "{proxy:?}: {sentence}\n{text}");
        }
        assert_eq!(behind.app.count("embedded_sessions"), 1, "mina's own; the doctor's has ended");
        let (_, text) = examine(&behind, "/x", None);
        assert!(text.contains("skipped  what the app sees of a member"), "{text}");
    }
}

/// The fault, what the doctor prints, and a part of the line to change.
type Case = (Proxy, fn(String) -> String, fn(&mut Config), &'static str, &'static str);

#[tokio::test]
async fn it_names_what_is_wrong_and_the_line_to_change() {
    let cases: &[Case] = &[
        (
            Proxy::Nginx,
            |shown| shown.replace("    auth_request /internal/munjigi/authz;", ""),
            |_| (),
            "An anonymous user gets in. (200)",
            "auth_request /internal/munjigi/authz;",
        ),
        (
            Proxy::Caddy,
            |shown| shown.replace("\t\timport munjigi", ""),
            |_| (),
            "An anonymous user gets in. (200)",
            "import munjigi",
        ),
        (
            Proxy::Nginx,
            |shown| shown.replace("error_page 401 =302 $sign_in;", ""),
            |_| (),
            "An anonymous user gets a bare 401.",
            "error_page 401 =302 $sign_in;",
        ),
        (
            Proxy::Nginx,
            |shown| shown.replace("proxy_set_header Remote-User       $remote_user_name;", ""),
            |_| (),
            "The app sees identity headers that the client wrote itself.",
            "proxy_set_header Remote-User",
        ),
        (
            Proxy::Nginx,
            // What this page showed before.
            |shown| shown.replace("proxy_set_header Remote-User-Id    $remote_user_id;", ""),
            |_| (),
            "The app sees identity headers that the client wrote itself.",
            "and the other five",
        ),
        (
            Proxy::Nginx,
            |shown| shown.replace("proxy_set_header Cookie            $cookies_for_apps;", ""),
            |_| (),
            "The app sees the cookie",
            "proxy_set_header Cookie",
        ),
        (
            Proxy::Nginx,
            // What this page showed before.
            |shown| {
                let pattern =
                    r#""~^(?<before>.*?)(?:; *)?__Secure-munjigi-proxy=[^;]*(?<after>.*)$" $before$after;"#;
                let map = format!("map $http_cookie $of_before {{\ndefault $http_cookie;\n{pattern}\n}}\n");
                let shown = shown.replace("Cookie            $cookies_for_apps;", "Cookie $of_before;");
                format!("{map}{shown}")
            },
            |_| (),
            "The app sees the cookie once it sets one of a similar name.",
            "with the three maps of cookies",
        ),
        (
            Proxy::Caddy,
            |shown| {
                shown
                    .replace("(^|;[ \\t]*)__Secure", "^__Secure")
                    .replace("\trequest_header @leaks -Cookie", "")
            },
            |_| (),
            "The app sees the cookie once it sets one of a similar name.",
            "Caddy: the three lines about Cookie",
        ),
        (
            Proxy::Nginx,
            |shown| shown.replace("if ($is_other_host)", "if ($request_method = NONE)"),
            |_| (),
            "The app gets a host other than the one that Munjigi decides about.",
            "if ($is_other_host) { return 421; }",
        ),
        (
            Proxy::Nginx,
            |shown| {
                shown.replace("$scheme://$host:$server_port$request_uri", "$scheme://$host:$server_port/")
            },
            |_| (),
            "Sign-in would come back to",
            "X-Original-URL",
        ),
        (
            Proxy::Nginx,
            |shown| shown.replace("$scheme://$host:$server_port$request_uri", "http://$host$request_uri"),
            |_| (),
            "does not understand or trust the proxy. (500)",
            "X-Original-URL",
        ),
        (
            Proxy::Nginx,
            |shown| shown.replace("/api/authz/auth-request;", "/api/authz/auth-requests;"),
            |_| (),
            "(500)",
            "→",
        ),
        (
            Proxy::Caddy,
            |shown| shown.replace("/api/authz/forward-auth", "/api/authz/forwards-auth"),
            |_| (),
            "There is nothing at the address where the proxy asks. (404)",
            "uri /api/authz/forward-auth",
        ),
        (
            Proxy::Caddy,
            |shown| shown.replacen("forward_auth 127.0.0.1:", "forward_auth 127.0.0.2:", 1),
            |_| (),
            "The proxy does not reach Munjigi",
            "forward_auth 127.0.0.1:8080",
        ),
        (
            Proxy::Caddy,
            |shown| shown,
            |config| config.trusted_proxies.clear(),
            "No proxy is trusted",
            "MUNJIGI_TRUSTED_PROXIES",
        ),
        (
            Proxy::Nginx,
            |shown| shown,
            |config| config.trusted_proxies = vec!["10.9.8.7/32".parse().unwrap()],
            "The proxy in front of the portal is not trusted",
            "MUNJIGI_TRUSTED_PROXIES",
        ),
        (
            Proxy::Caddy,
            |shown| shown,
            |config| config.trusted_proxies = vec!["10.9.8.7/32".parse().unwrap()],
            "Munjigi does not understand or trust the proxy. (421)",
            "MUNJIGI_TRUSTED_PROXIES",
        ),
        (
            Proxy::Caddy,
            |shown| shown,
            |config| config.allowed_origins.clear(),
            "Sign-in would end on the dashboard.",
            "MUNJIGI_ALLOWED_ORIGINS=https://app.example.test:",
        ),
        (
            Proxy::Caddy,
            |shown| shown,
            |config| config.cookie_domain = None,
            "No cookie of Munjigi reaches app.example.test.",
            "MUNJIGI_COOKIE_DOMAIN",
        ),
    ];
    for (proxy, edit, change, sentence, line) in cases {
        let behind = Behind::edited(*proxy, RULES, change, edit).await;
        behind.app.member("mina").await;
        let (well, text) = examine(&behind, "/x", Some("mina"));
        assert!(!well && text.contains("to be changed"), "{sentence}\n{text}");
        let said = text.lines().skip_while(|said| !(said.starts_with("WRONG") && said.contains(sentence)));
        let mut said = said.skip(1).take_while(|said| said.trim_start().starts_with('→'));
        assert!(said.any(|said| said.contains(line)), "{sentence} {line}\n{text}");
    }
}

#[tokio::test]
async fn it_says_when_the_address_is_open_or_closed_to_everyone() {
    let behind = Behind::start(Proxy::Nginx).await;
    let (well, text) = examine(&behind, "/public/x", None);
    assert!(!well && text.contains("By your rules everyone is allowed there"), "{text}");
    let elsewhere = ["doctor", "proxy", "https://elsewhere.example.test/", "--connect", "127.0.0.1:1"];
    let output = run(&behind, &elsewhere);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!output.status.success() && text.contains("No rule and no app allows anyone there."), "{text}");
    let output = run(&behind, &["doctor", "proxy", "elsewhere"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("whole address"));
}

#[tokio::test]
async fn rules_check_says_who_decides_and_why() {
    let behind = Behind::start(Proxy::Nginx).await;
    let sofia = behind.app.staff("sofia").await;
    behind.app.member("mina").await;
    sofia.post("/admin/groups", &[("name", "Moderators")]).await.assert_redirect("/admin/groups/1");
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    let wiki = [("name", "Wiki"), ("address", "https://wiki.example.test/")];
    sofia.post("/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    for (words, said) in [
        (
            &["--url", "https://app.example.test/admin"][..],
            &["an anonymous user: asked to sign in", "rule 2 of 3"][..],
        ),
        (
            &["--url", "https://app.example.test/admin", "--user", "mina"],
            &["mina: allowed", "members of Moderators", "mina is in Moderators"],
        ),
        (
            &["--url", "https://app.example.test/admin", "--user", "sofia"],
            &["sofia: refused", "sofia is in no group"],
        ),
        (
            &["--url", "https://app.example.test/public/../admin", "--user", "sofia"],
            &["sofia: refused", "/admin: rule 2", "/public/../admin: rule 1", "the strictest counts"],
        ),
        (&["--url", "https://app.example.test/public"], &["allowed", "everyone, signed in or not"]),
        (&["--url", "https://wiki.example.test/x", "--user", "sofia"], &["allowed", "the app Wiki"]),
        (
            &["--url", "https://nowhere.example.test/", "--method", "POST"],
            &["POST", "refused", "no user is allowed"],
        ),
    ] {
        let output = run(&behind, &[&["rules", "check"], words].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{words:?} {}", String::from_utf8_lossy(&output.stderr));
        for part in said {
            assert!(text.contains(part), "{words:?}: {part}\n{text}");
        }
    }
    let output = run(&behind, &["rules", "check", "--url", "https://app.example.test/x y"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be normalised"));
    std::fs::write(behind.app.config.rules.as_ref().unwrap(), "[[rule]]\nhost = \"x\"\npath = \"y\"")
        .unwrap();
    for words in [&["rules", "check", "--url", "https://app.example.test/"][..], &["config", "check"]] {
        let said = String::from_utf8(run(&behind, words).stderr).unwrap();
        assert!(said.contains("MUNJIGI_RULES") && said.contains("rule 1: path \"y\" does not fit"), "{said}");
    }
}
