use reqwest::Method;

use crate::support::{PASSWORD, Persona, TestApp};

/// A post as another site would have the browser send it, with the browser's cookies.
async fn post_from(
    persona: &Persona,
    path: &str,
    fields: &[(&str, &str)],
    origin: Option<&str>,
    site: Option<&str>,
) -> u16 {
    let mut request = persona.request(Method::POST, path);
    request = request
        .header("content-type", "application/x-www-form-urlencoded")
        .body(crate::support::encode(fields));
    let mut request = request.build().unwrap();
    let headers = request.headers_mut();
    headers.remove("origin");
    headers.remove("sec-fetch-site");
    if let Some(origin) = origin {
        headers.insert("origin", origin.parse().unwrap());
    }
    if let Some(site) = site {
        headers.insert("sec-fetch-site", site.parse().unwrap());
    }
    crate::support::client().execute(request).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn no_other_site_can_make_a_browser_act() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let new = "orchard 계단 velvet seven";
    let profile =
        [("display_name", "Evil"), ("email", "evil@example.org"), ("language", ""), ("theme", "dark")];
    let attacks: &[(&str, &[(&str, &str)])] = &[
        ("/register", &[("username", "evil"), ("email", "evil@example.org"), ("password", PASSWORD)]),
        ("/login", &[("login", "mina"), ("password", PASSWORD)]),
        ("/logout", &[]),
        ("/language", &[("language", "ko")]),
        ("/profile", &profile),
        ("/profile/delete", &[("current_password", PASSWORD)]),
        ("/sessions/end-others", &[]),
        ("/security", &[("current_password", PASSWORD), ("new_password", new)]),
    ];
    let origins = [
        (Some("https://evil.example"), Some("cross-site")),
        (Some("https://evil.example"), None),
        (Some("null"), None),
        (Some(app.url.as_str()), Some("cross-site")),
        (Some(app.url.as_str()), Some("same-site")),
        (None, Some("cross-site")),
    ];
    for (path, fields) in attacks {
        for (origin, site) in origins {
            assert_eq!(
                post_from(&mina, path, fields, origin, site).await,
                403,
                "{path} from {origin:?} {site:?}"
            );
        }
    }
    assert!(mina.is_signed_in().await);
    assert_eq!(app.count("users"), 1);
    assert_eq!(
        app.count("users WHERE email = 'mina@example.org' AND language IS NULL AND theme = 'auto'"),
        1
    );
}

#[tokio::test]
async fn own_pages_and_clients_without_a_browser_may_act() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let fields = [("login", "mina"), ("password", PASSWORD)];
    for (origin, site) in [
        (Some(app.url.as_str()), Some("same-origin")),
        (Some(app.url.as_str()), None),
        (None, Some("same-origin")),
        (None, None),
    ] {
        assert_eq!(
            post_from(&app.visitor(), "/login", &fields, origin, site).await,
            303,
            "{origin:?} {site:?}"
        );
    }
}
