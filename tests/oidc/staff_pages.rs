//! The staff's pages of apps that sign people in by OpenID Connect.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use munjigi::identity::oidc::{AuthMethod, ClientInput, Preset};
use reqwest::Method;

use crate::support::relying_party::{CALLBACK, RelyingParty, input};
use crate::support::{PASSWORD, Persona, Reply, TestApp};

/// What a form sends, some of it typed over.
fn filled(reply: &Reply, action: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut form = reply.form(action);
    for (name, value) in typed {
        assert!(form.contains_key(*name) || name.starts_with("group-"), "the form has no field {name}");
        form.insert((*name).to_owned(), Some((*value).to_owned()));
    }
    form.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

async fn send(person: &Persona, action: &str, fields: &[(String, String)]) -> Reply {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.post(action, &fields).await
}

async fn fill(person: &Persona, page: &str, action: &str, typed: &[(&str, &str)]) -> Reply {
    let reply = person.get(page).await;
    assert_eq!(reply.status, 200, "{page}: {}", reply.text());
    send(person, action, &filled(&reply, action, typed)).await
}

fn value(reply: &Reply, id: &str) -> Option<String> {
    reply.attributes(&format!("input#{id}"), "value").pop()
}

fn audited(app: &TestApp, event: &str, subject: &str) -> i64 {
    app.count(&format!(
        "audit_events WHERE event = '{event}' AND subject = '{subject}' AND actor_id IS NOT NULL"
    ))
}

/// An app that was added on the page, as it behaves.
fn party(app: &TestApp, made: &Reply) -> RelyingParty {
    let (client_id, secret) = (value(made, "client-id").unwrap(), value(made, "client-secret"));
    RelyingParty { url: app.url.clone(), client_id, secret }
}

#[tokio::test]
async fn staff_add_an_app_by_its_address_alone_and_paste_what_the_page_shows() {
    let app = TestApp::start().await;
    let (mina, noa) = (app.staff("mina").await, app.member("noa").await);
    let kinds = mina.get("/admin/apps/new").await.attributes("main a.app-link", "href");
    assert_eq!(kinds.len(), Preset::ALL.len());
    for kind in &kinds {
        assert_eq!(mina.get(kind).await.status, 200, "{kind}");
    }
    let address = "https://grafana.example.org";
    let place = "/admin/apps/new/grafana";
    let made = fill(&mina, place, place, &[("address", address), ("name", "Charts")]).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let (client_id, secret) = (value(&made, "client-id").unwrap(), value(&made, "client-secret").unwrap());
    let lines = made.find("textarea.secret").join("\n");
    for part in [&*client_id, &*secret, "https://grafana.example.org/", &format!("{}/oauth/token", app.url)] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
    let page = mina.get(&format!("/admin/apps/oidc/{client_id}")).await;
    assert!(page.text().contains("https://grafana.example.org/login/generic_oauth"));
    assert!(!page.body.contains(&secret), "the secret is shown once");
    assert!(page.find("textarea.secret")[0].contains("CLIENT_SECRET"));
    let list = mina.get("/admin/apps").await;
    assert_eq!(
        (list.find(".app h2"), list.find(".app .kind")),
        (vec!["Charts".into()], vec!["OpenID Connect".into()])
    );
    assert_eq!(audited(&app, "application_added", "Charts"), 1);

    let refused = fill(&mina, place, place, &[("address", "grafana.example.org"), ("name", "charts")]).await;
    refused.assert_refused("address");
    assert_eq!(
        refused.form(place)["address"].as_deref(),
        Some("grafana.example.org"),
        "what was typed stays"
    );
    let taken = fill(&mina, place, place, &[("address", address), ("name", "charts")]).await;
    taken.assert_refused("name");
    for path in ["/admin/apps/new", place, &format!("/admin/apps/oidc/{client_id}")] {
        assert_eq!(noa.get(path).await.status, 403, "{path}");
    }
    assert_eq!(mina.get("/admin/apps/new/unknown").await.status, 404);
    assert_eq!(app.count("oidc_clients"), 1);
}

#[tokio::test]
async fn staff_set_the_lifetimes_of_an_apps_tokens_and_take_them_back() {
    let app = TestApp::start().await;
    let (mina, noa) = (app.staff("mina").await, app.member("noa").await);
    let new = "/admin/apps/new/custom";
    let lifetimes =
        [("access_token_lifetime", "2m"), ("id_token_lifetime", "90m"), ("refresh_token_lifetime", "30d")];
    let typed = [&[("name", "Wiki"), ("redirect_uris", CALLBACK)][..], &lifetimes].concat();
    let wiki = party(&app, &fill(&mina, new, new, &typed).await);
    let place = format!("/admin/apps/oidc/{}", wiki.client_id);
    let change = format!("{place}/change");
    let valid_for = async || {
        let reply = wiki.exchange(&wiki.code(&noa, &[]).await, &[]).await;
        reply.json()["expires_in"].as_i64().unwrap()
    };
    assert_eq!(valid_for().await, 120);
    let facts = mina.get(&place).await.find("[aria-labelledby=registration] dd");
    for (field, text) in lifetimes {
        assert!(facts.iter().any(|fact| fact == text), "{field}: {facts:?}");
        assert_eq!(mina.get(&change).await.form(&place)[field].as_deref(), Some(text), "{field}");
    }
    for (field, text) in [
        ("access_token_lifetime", "soon"),
        ("access_token_lifetime", "59s"),
        ("id_token_lifetime", "25h"),
        ("refresh_token_lifetime", "91d"),
        ("refresh_token_lifetime", "-1m"),
    ] {
        let refused = fill(&mina, &change, &place, &[(field, text)]).await;
        refused.assert_refused(field);
        assert_eq!(refused.form(&place)[field].as_deref(), Some(text), "what was typed stays");
    }
    fill(&mina, &change, &place, &[("name", "Handbook")]).await.assert_redirect(&place);
    assert_eq!(valid_for().await, 120, "what was not touched stays");
    fill(&mina, &change, &place, &[("access_token_lifetime", " ")]).await.assert_redirect(&place);
    assert_eq!(valid_for().await, 3_600);
}

#[tokio::test]
async fn an_app_is_changed_its_secret_replaced_and_removed_on_its_page() {
    let app = TestApp::start().await;
    let (mina, noa) = (app.staff("mina").await, app.member("noa").await);
    let new = "/admin/apps/new/custom";
    let typed = [("name", "Wiki"), ("redirect_uris", CALLBACK), ("id_token_alg", "ES256")];
    let made = fill(&mina, new, new, &typed).await;
    let first = party(&app, &made);
    let place = format!("/admin/apps/oidc/{}", first.client_id);
    let tokens = first.sign_in(&noa, &[]).await;
    let odd = "https://app.example.org/<script>";
    assert_eq!(noa.get(&first.address(&[("redirect_uri", odd)])).await.status, 400);
    let refusals = mina.get(&place).await.find("[aria-labelledby=refusals] code");
    assert_eq!(refusals, ["redirect_uri", odd, CALLBACK], "received, and registered");
    let counts = mina.get(&place).await.find("[aria-labelledby=people] dd");
    assert_eq!(counts, ["1", "1"], "signed in, and allowed it");

    let rotated = fill(&mina, &place, &format!("{place}/rotate-secret"), &[]).await;
    let second = party(&app, &rotated);
    assert_ne!(first.secret, second.secret);
    assert!(first.is_alive(&tokens).await && second.is_alive(&tokens).await, "both are valid");
    fill(&mina, &place, &format!("{place}/end-older-secret"), &[]).await.assert_redirect(&place);
    assert_eq!(first.post("/oauth/introspect", &[("token", "x")]).await.status, 401);
    assert!(second.is_alive(&tokens).await);
    for event in ["app_secret_rotated", "app_secret_ended"] {
        assert_eq!(audited(&app, event, "Wiki"), 1, "{event}");
    }

    let change = format!("{place}/change");
    let other = format!("{CALLBACK}\nhttps://other.example.org/cb");
    let typed = [
        ("name", "Handbook"),
        ("redirect_uris", &*other),
        ("level", "two_factor"),
        ("scope", "openid email"),
    ];
    fill(&mina, &change, &place, &typed).await.assert_redirect(&place);
    let page = mina.get(&place).await;
    assert!(page.text().contains("https://other.example.org/cb") && page.text().contains("Handbook"));
    let asked = noa.get(&second.address(&[])).await;
    assert!(
        !asked.header("location").starts_with("https://app.example.org"),
        "now with a second factor only"
    );
    let bad = fill(&mina, &change, &place, &[("redirect_uris", "javascript:alert(1)")]).await;
    bad.assert_refused("redirect_uris");
    let gone = fill(&mina, &change, &place, &[("group-999", "yes")]).await;
    assert_eq!((gone.status, gone.find("#groups-problem").len()), (422, 1));

    let ask = mina.get(&format!("{place}/remove")).await;
    assert_eq!(ask.find("h1"), ["Remove “Handbook”?"]);
    assert_eq!(ask.find(".bullets li").len(), 3, "{}", ask.text());
    let remove = format!("{place}/remove");
    fill(&mina, &remove, &remove, &[]).await.assert_redirect("/admin/apps");
    assert_eq!(mina.get(&place).await.status, 404);
    assert_eq!(second.userinfo(&tokens.access).await.status, 401);
    assert_eq!(audited(&app, "application_removed", "Handbook"), 1);
}

#[tokio::test]
async fn a_secret_is_made_and_an_app_removed_only_by_one_who_has_proved_it_recently() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let place = format!("/admin/apps/oidc/{}", wiki.client_id);
    app.clock.advance(16 * 60);
    let new = "/admin/apps/new/jellyfin";
    let form = filled(&mina.get(new).await, new, &[("address", "https://tv.example.org")]);
    let acts = [
        (new.to_owned(), form),
        (format!("{place}/rotate-secret"), vec![]),
        (format!("{place}/end-older-secret"), vec![]),
        (format!("{place}/remove"), vec![]),
        (place.clone(), vec![]),
    ];
    for (path, fields) in &acts {
        let asked = send(&mina, path, fields).await;
        assert_eq!(asked.status, 422, "{path}");
        assert!(asked.form(path).contains_key("current_password"), "{path}");
        assert!(asked.find("textarea.secret").is_empty() && value(&asked, "client-secret").is_none());
    }
    assert_eq!(app.count("oidc_clients"), 1);
    assert_eq!(app.count("oidc_client_secrets"), 1);
    let asked = send(&mina, new, &acts[0].1).await;
    let made = send(&mina, new, &filled(&asked, new, &[("current_password", PASSWORD)])).await;
    assert!(value(&made, "client-secret").is_some(), "{}", made.text());
}

#[tokio::test]
async fn what_the_page_cannot_do_for_an_app_it_does_not_offer_and_refuses() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    let public = ClientInput { auth_method: Some(AuthMethod::None), ..input("Phone") };
    let phone = RelyingParty::with(&app, public).await;
    let place = format!("/admin/apps/oidc/{}", phone.client_id);
    assert!(mina.get(&place).await.attributes("form[action$=rotate-secret]", "action").is_empty());
    assert_eq!(mina.post(&format!("{place}/rotate-secret"), &[]).await.status, 404);
    app.execute("UPDATE oidc_clients SET declared = TRUE");
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    let page = mina.get(&place).await;
    assert!(page.text().contains("MUNJIGI_APPS"), "{}", page.text());
    assert!(page.attributes("main form", "action").is_empty() && page.find("main .head a.button").is_empty());
    for (path, status) in [("change", 404), ("remove", 404)] {
        assert_eq!(mina.get(&format!("{place}/{path}")).await.status, status, "{path}");
    }
    let fields = [("name", "Other"), ("redirect_uris", "https://evil.example/cb")];
    assert_eq!(mina.post(&place, &fields).await.status, 404);
    assert_eq!(mina.post(&format!("{place}/remove"), &[]).await.status, 404);
    assert_eq!(app.count("oidc_clients WHERE name = 'Phone'"), 1);
    let tricky = "<b>&\"'</b><script>x</script>{{7*7}}";
    app.execute(&format!(
        "UPDATE oidc_clients SET declared = FALSE, name = '{}'",
        tricky.replace('\'', "''")
    ));
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    for path in
        ["/admin/apps".to_owned(), place.clone(), format!("{place}/change"), format!("{place}/remove")]
    {
        let reply = mina.get(&path).await;
        assert!(!reply.body.contains("<script>") && !reply.body.contains("<b>"), "{path}");
        assert!(reply.text().contains(tricky), "{path}");
    }
}

#[tokio::test]
async fn staff_mark_the_address_that_they_saw_as_confirmed() {
    let app = TestApp::start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let verified = async |person: &Persona| {
        let tokens = wiki.sign_in(person, &[]).await;
        let claims: serde_json::Value =
            serde_json::from_str(&wiki.userinfo(&tokens.access).await.body).unwrap();
        claims["email_verified"].clone()
    };
    app.write_user(
        app.user_id("mina"),
        "UPDATE users SET email_verified_at = NULL WHERE username = 'mina'".to_owned(),
    )
    .await;
    assert_eq!(verified(&mina).await, false);
    let place = format!("/admin/users/{}", app.user_id("mina"));
    let action = format!("{place}/verify-email");
    let form = filled(&sofia.get(&place).await, &action, &[]);
    let other = "UPDATE users SET email = 'other@example.org', email_key = 'other@example.org' WHERE username = 'mina'";
    app.write_user(app.user_id("mina"), other.to_owned()).await;
    send(&sofia, &action, &form).await.assert_redirect(&place);
    assert_eq!(verified(&mina).await, false, "the address has changed since");
    fill(&sofia, &place, &action, &[]).await.assert_redirect(&place);
    assert_eq!(verified(&mina).await, true);
    assert!(sofia.get(&place).await.attributes("form[action$=verify-email]", "action").is_empty());
    send(&sofia, &action, &[("email".to_owned(), "other@example.org".to_owned())])
        .await
        .assert_redirect(&place);
    assert_eq!(app.count("audit_events WHERE event = 'email_vouched'"), 1, "once");
    assert_eq!(mina.post(&action, &[]).await.status, 403);
    let own = format!("/admin/users/{}/verify-email", app.user_id("sofia"));
    assert_eq!(sofia.post(&own, &[("email", "sofia@example.org")]).await.status, 403);
}

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1z\"/></svg>";

/// A picture of one pixel.
fn png() -> Vec<u8> {
    let text =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    STANDARD.decode(text).unwrap()
}

/// What a browser sends of a form with a file.
fn upload(person: &Persona, action: &str, file: &[u8], file_name: &str) -> reqwest::RequestBuilder {
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"{file_name}\"\r\nContent-Type: image/png\r\n\r\n"
    );
    let body = [head.as_bytes(), file, b"\r\n--x--\r\n"].concat();
    let request = person.request(Method::POST, action);
    request.header("content-type", "multipart/form-data; boundary=x").body(body)
}

#[tokio::test]
async fn staff_upload_a_logo_and_remove_it() {
    let app = TestApp::start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let place = format!("/admin/apps/oidc/{}", wiki.client_id);
    let (set, remove) = (format!("{place}/logo"), format!("{place}/remove-logo"));
    let page = sofia.get(&place).await;
    assert_eq!(page.attributes(&format!("form[action='{set}']"), "enctype"), ["multipart/form-data"]);
    assert!(page.attributes(&format!("form[action='{remove}']"), "action").is_empty(), "it has none");
    sofia.send(upload(&sofia, &set, SVG.as_bytes(), "../../logo.png")).await.assert_redirect(&place);
    let shown = async |person: &Persona, page: &str| person.get(page).await.attributes("main img", "src");
    let [svg] = shown(&sofia, &place).await.try_into().unwrap();
    assert_eq!(shown(&mina, &wiki.address(&[])).await, [svg.as_str()], "on the page of consent");
    let served = app.visitor().get(&svg).await;
    assert_eq!((served.body.as_str(), served.header("content-type")), (SVG, "image/svg+xml"));
    assert!(served.header("content-security-policy").contains("sandbox"));

    // Another replaces it; the settings of the app leave it.
    sofia.send(upload(&sofia, &set, &png(), "logo.svg")).await.assert_redirect(&place);
    let [png] = shown(&sofia, &place).await.try_into().unwrap();
    assert!(png.ends_with(".png") && png != svg, "{png}");
    assert_eq!(app.visitor().get(&svg).await.status, 404);
    fill(&sofia, &format!("{place}/change"), &place, &[("name", "Notes")]).await.assert_redirect(&place);
    assert_eq!(shown(&sofia, &place).await, [png.as_str()]);
    assert_eq!(audited(&app, "application_changed", "Wiki"), 3);

    // After a while it asks for the password, and keeps the picture until then.
    app.clock.advance(3_600);
    sofia.get(&place).await;
    let asked = sofia.send(upload(&sofia, &set, SVG.as_bytes(), "logo.svg")).await;
    assert_eq!(asked.status, 422, "{}", asked.text());
    assert_eq!(shown(&sofia, &place).await, [png.as_str()], "nothing has changed yet");
    let mut form = asked.form(&set);
    form.insert("current_password".to_owned(), Some(PASSWORD.to_owned()));
    let form: Vec<_> = form.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    send(&sofia, &set, &form).await.assert_redirect(&place);
    assert_eq!(shown(&sofia, &place).await, [svg.as_str()]);

    fill(&sofia, &place, &remove, &[]).await.assert_redirect(&place);
    assert!(shown(&sofia, &place).await.is_empty());
    assert_eq!((app.visitor().get(&svg).await.status, app.count("oidc_client_logos")), (404, 0));
    let mut korean = app.another_browser("sofia").await;
    korean.language = "ko";
    let page = korean.get(&place).await;
    assert!(page.text().contains("로고") && page.text().contains("올리기"), "{}", page.text());
}

#[tokio::test]
async fn only_a_plain_picture_becomes_a_logo() {
    let app = TestApp::start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let place = format!("/admin/apps/oidc/{}", wiki.client_id);
    let set = format!("{place}/logo");
    let with = |inner: &str| SVG.replace("<path", &format!("{inner}<path")).into_bytes();
    let large = [png(), vec![0; 70_000]].concat();
    for (file, said) in [
        (with("<script>alert(1)</script>"), "without scripts"),
        (with("<image href=\"https://evil.example/x\"/>"), "without scripts"),
        (with("<g onload=\"alert(1)\"/>"), "without scripts"),
        (
            format!("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{SVG}").into_bytes(),
            "without scripts",
        ),
        (b"<html><script>alert(1)</script></html>".to_vec(), "Choose a PNG"),
        ([png(), b"<script>alert(1)</script>".to_vec()].concat(), "Choose a PNG"),
        (b"GIF89a".to_vec(), "Choose a PNG"),
        (vec![], "Choose a PNG"),
        (large, "at most 64 kB"),
    ] {
        let reply = sofia.send(upload(&sofia, &set, &file, "logo.png")).await;
        assert_eq!(reply.status, 422, "{said}: {}", reply.text());
        assert!(reply.text().contains(said) && !reply.body.contains("alert(1)"), "{said}: {}", reply.text());
    }
    let endless = vec![b'x'; 200_000];
    assert_eq!(sofia.send(upload(&sofia, &set, &endless, "logo.png")).await.status, 413);
    // As a field of a usual form: no more than the same picture in base64.
    for (field, status) in
        [(SVG.to_owned(), 422), (STANDARD.encode(with("<script/>")), 422), (String::new(), 422)]
    {
        assert_eq!(sofia.post(&set, &[("logo", &field)]).await.status, status, "{field}");
    }
    for (kind, status) in [
        ("multipart/form-data", 400),
        ("multipart/mixed; boundary=x", 415),
        ("image/svg+xml", 415),
        ("application/json", 415),
    ] {
        let request = sofia.request(Method::POST, &set).header("content-type", kind).body(SVG);
        assert_eq!(sofia.send(request).await.status, status, "{kind}");
    }
    // From our own pages, by staff, for an app that is there and that no file declares.
    let foreign = upload(&sofia, &set, SVG.as_bytes(), "a").header("sec-fetch-site", "cross-site");
    assert_eq!(sofia.send(foreign).await.status, 403);
    assert_eq!(mina.send(upload(&mina, &set, SVG.as_bytes(), "a")).await.status, 403);
    let visitor = app.visitor();
    let sent = visitor.send(upload(&visitor, &set, SVG.as_bytes(), "a")).await;
    assert!(sent.status == 303 && sent.header("location").starts_with("/login"), "{}", sent.status);
    assert_eq!(mina.post(&format!("{place}/remove-logo"), &[]).await.status, 403);
    assert_eq!(sofia.send(upload(&sofia, "/admin/apps/oidc/0/logo", SVG.as_bytes(), "a")).await.status, 404);
    app.execute("UPDATE oidc_clients SET declared = TRUE");
    while app
        .identity
        .oidc_clients
        .registered(&wiki.client_id)
        .await
        .unwrap()
        .is_some_and(|app| !app.declared)
    {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(sofia.send(upload(&sofia, &set, SVG.as_bytes(), "a")).await.status, 404);
    assert_eq!(sofia.post(&format!("{place}/remove-logo"), &[]).await.status, 404);
    assert_eq!(app.count("oidc_client_logos"), 0);
}
