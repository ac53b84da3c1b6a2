//! Redirects after sign-in: only to listed targets, however the target is written.

use url::Url;

use crate::support::{PASSWORD, Persona, TestApp, encode};

/// The portal, an origin of the settings, and two apps of the table.
const ALLOWED: [&str; 4] = [
    "https://id.example.org",
    "https://app.example.org",
    "https://wiki.example.org:8443",
    "http://10.0.0.7:3000",
];

async fn start() -> TestApp {
    let app = TestApp::with(|config| {
        config.public_url = Some("https://id.example.org".parse().unwrap());
        config.allowed_origins = [Url::parse("https://app.example.org").unwrap().origin()].into();
    })
    .await;
    let sofia = app.staff("sofia").await;
    for address in ["https://wiki.example.org:8443/start", "http://10.0.0.7:3000/"] {
        let fields = [("name", "An app"), ("address", address)];
        sofia.post("/admin/apps", &fields).await.assert_redirect("/admin/apps");
    }
    app
}

/// The address that a browser resolves `location` to on the sign-in page.
fn landed(location: &str) -> Url {
    Url::parse("https://id.example.org/login")
        .unwrap()
        .join(location)
        .unwrap_or_else(|_| panic!("{location}"))
}

async fn follow(persona: &Persona, field: &str, target: &str) -> String {
    let reply = persona.get(&format!("/login?{}", encode(&[(field, target)]))).await;
    assert_eq!(reply.status, 303, "{target:?}");
    reply.header("location").to_owned()
}

/// Ways to write another host.
fn hosts() -> Vec<String> {
    let plain = [
        "evil.example",
        "EVIL.example",
        "evil.example.",
        "evil.example:443",
        "evil.example:8443",
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:7f00:1]",
        "localhost",
        "169.254.169.254",
        // Near misses of allowed hosts.
        "example.org",
        "xapp.example.org",
        "app.example.org.evil.example",
        "app-example.org",
        "app.example.orgevil.example",
        "id.example.org.evil.example",
        "wiki.example.org",
        "wiki.example.org:443",
        "wiki.example.org:8444",
        "app.example.org:444",
        "app.example.org:80",
        "app.example.org.",
        "a.app.example.org",
        "10.0.0.7",
        "10.0.0.7:3001",
        // Letters that look like others, or are normalised to them.
        "аpp.example.org",
        "app.exаmple.org",
        "ɑpp.example.org",
        "app．evil.example",
        "app。evil.example",
        "ⓔvil.example",
        "ｅｖｉｌ.example",
        "evil｡example",
        "ᵉvil.example",
        "app.example.org\u{200b}.evil.example",
        "app.example.org\u{ff0f}.evil.example",
        "app.example.org\u{2044}evil.example",
        "app.example.org\u{2215}.evil.example",
        "app.example.org\u{ff1f}.evil.example",
        "app.example.org\u{ff03}.evil.example",
        "evil.example\u{2024}org",
        // User information before the host, and lookalikes of it.
        "app.example.org@evil.example",
        "app.example.org:443@evil.example",
        "user:app.example.org@evil.example",
        "app.example.org%40evil.example",
        "evil.example\\@app.example.org",
        "evil.example#@app.example.org",
        "evil.example?@app.example.org",
        "evil.example;@app.example.org",
        "user@app.example.org",
        ":x@app.example.org",
        "@app.example.org@evil.example",
        "app.example.org\\.evil.example",
        "app.example.org%2f.evil.example",
        "app.example.org%00.evil.example",
        "app.example.org%09.evil.example",
        "app.example.org&.evil.example",
        "app.example.org\t.evil.example",
        "app.example.org .evil.example",
        "app.example.org\u{0}.evil.example",
        "%65vil.example",
        "evil%2eexample",
        "[app.example.org]",
        "app.example.org]",
        "*.example.org",
    ];
    plain.map(str::to_owned).to_vec()
}

/// Ways to write an address of a host.
fn spellings(host: &str) -> Vec<String> {
    [
        "https://{}/",
        "//{}/x",
        "/\\{}",
        "https:\\\\{}",
        "https:{}",
        "https:/{}/",
        "\thttps://{}",
        "http://{}:80/?x",
    ]
    .map(|form| form.replace("{}", host))
    .to_vec()
}

/// Targets without a host, or with a hidden one.
const ODD: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "javascript://app.example.org/%0aalert(1)",
    "data:text/html,x",
    "data:;base64,PGI+",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://app.example.org/x",
    "about:blank",
    "ftp://app.example.org/",
    "ws://app.example.org/",
    "wss://app.example.org/",
    "view-source:https://app.example.org",
    "intent://app.example.org#Intent;end",
    "mailto:x@app.example.org",
    "tel:1",
    "///evil.example",
    "////evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\r\n//evil.example",
    "/%09/evil.example",
    "/%5cevil.example",
    "/%2fevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/../..//evil.example",
    "/x/..//evil.example",
    "/%2e%2e//evil.example",
    "/;//evil.example",
    "/?//evil.example",
    "/#//evil.example",
    ".evil.example",
    "..//evil.example",
    "?//evil.example",
    "#//evil.example",
    "@evil.example",
    ":evil.example",
    ";//evil.example",
    "evil.example",
    "evil.example/x",
    "%2f%2fevil.example",
    "%5c%5cevil.example",
    "https%3a%2f%2fevil.example",
    "http:///evil.example",
    "https:///evil.example",
    "https:////evil.example",
    "http:/\\evil.example",
    "https:/\\evil.example",
    "//evil.example:443@app.example.org/",
    "https://",
    "https:",
    "//",
    "https://:443/",
    "https://app.example.org:99999/",
    "https://app.example.org:x/",
    "https://app.example.org:-1/",
    "\u{feff}https://evil.example",
    "\u{2028}//evil.example",
    "/\u{2028}/evil.example",
    "／／evil.example",
    "https：//evil.example",
    "〱evil.example",
    "\u{0}//evil.example",
    "/login",
    "/login?rd=https://evil.example",
    "/logout",
    "https://id.example.org@evil.example/login",
    "https://id.example.org:444/",
    "http://id.example.org/",
    "http://app.example.org/",
    "https://10.0.0.7:3000/",
];

#[tokio::test]
async fn hundreds_of_targets_and_none_is_followed_off_the_list() {
    let app = start().await;
    let mina = app.member("mina").await;
    let mut targets: Vec<String> = ODD.iter().map(|target| (*target).to_owned()).collect();
    targets.extend(hosts().iter().flat_map(|host| spellings(host)));
    targets.push(format!("/{}", "a".repeat(9_000)));
    targets.push(format!("https://app.example.org/{}", "a".repeat(9_000)));
    assert!(targets.len() >= 200);
    let mut followed = Vec::new();
    for target in &targets {
        for field in ["rd", "next"] {
            let location = follow(&mina, field, target).await;
            let origin = landed(&location).origin().ascii_serialization();
            assert!(ALLOWED.contains(&origin.as_str()), "{target:?} leads to {location}");
            if !location.starts_with('/') {
                followed.push(target.clone());
            }
        }
    }
    // A browser resolves a few of these spellings to an allowed origin.
    followed.dedup();
    assert!(followed.len() < 12, "{followed:?}");
    for target in ["https://evil.example/", "javascript:alert(1)", "https://app.example.org@evil.example/"] {
        let reply = app
            .visitor()
            .post("/login", &[("login", "mina"), ("password", PASSWORD), ("next", target)])
            .await;
        reply.assert_redirect("/dashboard");
    }
}

#[tokio::test]
async fn what_is_on_the_list_is_followed_with_its_query() {
    let app = start().await;
    let mina = app.member("mina").await;
    for (target, location) in [
        ("https://app.example.org/x?y=1&z=%20#w", "https://app.example.org/x?y=1&z=%20#w"),
        ("https://APP.example.org:443", "https://app.example.org/"),
        ("https://wiki.example.org:8443/any?x", "https://wiki.example.org:8443/any?x"),
        ("http://10.0.0.7:3000/", "http://10.0.0.7:3000/"),
        ("https://id.example.org/board?q=x", "/board?q=x"),
        ("/board?q=x", "/board?q=x"),
        ("", "/dashboard"),
    ] {
        assert_eq!(follow(&mina, "rd", target).await, location);
        let visitor = app.visitor();
        let form = visitor.get(&format!("/login?{}", encode(&[("rd", target)]))).await;
        let origin = landed(location).origin().ascii_serialization();
        let forms = form.header("content-security-policy").split("form-action").nth(1).unwrap().to_owned();
        let forms = forms.split(';').next().unwrap();
        assert!(origin == "https://id.example.org" || forms.contains(&origin), "{target}: {forms}");
        let page = format!("/login?{}", encode(&[("rd", target)]));
        let refused = visitor.fill(&page, "/login", &[("login", "mina")]).await;
        assert_eq!(refused.status, 422, "the password is missing");
        assert!(
            refused.header("content-security-policy").contains(forms),
            "the form that comes back leads on, too"
        );
        let next = refused.form("/login")["next"].clone().unwrap();
        assert_eq!(next, target);
        let fields = [("login", "mina"), ("password", PASSWORD), ("next", &next)];
        let signed_in = visitor.post("/login", &fields).await;
        match location.starts_with('/') {
            true => signed_in.assert_redirect(location),
            false => signed_in.assert_leads_on(location),
        }
    }
}

#[tokio::test]
async fn a_refused_target_is_reported_once() {
    let app = start().await;
    let mina = app.member("mina").await;
    mina.get("/login?rd=https%3A%2F%2Fevil.example%2F").await.assert_redirect("/dashboard");
    let notice = mina.get("/dashboard").await.find(".note[role=status]");
    assert!(notice.concat().contains("isn’t an app of this site"), "{notice:?}");
    assert!(mina.get("/dashboard").await.find(".note[role=status]").is_empty());
    mina.get("/login").await.assert_redirect("/dashboard");
    assert!(mina.get("/dashboard").await.find(".note[role=status]").is_empty(), "nothing was asked for");
    let forms = app.visitor().get("/login?rd=https%3A%2F%2Fevil.example%2F").await;
    assert!(!forms.header("content-security-policy").contains("evil"));
}
