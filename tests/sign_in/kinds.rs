//! What is particular to Google, GitHub, Microsoft, Apple, Kakao and Naver.

use serde_json::{Value, json};

use crate::support::provider::{
    CLIENT_ID, CLIENT_SECRET, FakeProvider, leave, offer, post_from_elsewhere, sign_in_by,
};
use crate::support::relying_party::query;
use crate::support::{Persona, TestApp, encode, scratch};

async fn server(kind: &str, lines: &str) -> (FakeProvider, TestApp) {
    let fake = FakeProvider::start().await;
    let section = fake.section("fake", kind, lines);
    let here = TestApp::with(|config| offer(config, &section)).await;
    fake.follow(&here);
    (fake, here)
}

/// The address that the page for the username takes as proved, if any.
async fn proved(person: &Persona) -> Option<String> {
    let page = person.get("/sign-in/fake/register").await;
    assert_eq!(page.status, 200, "{}", page.header("location"));
    match page.find("input[name=email]").is_empty() {
        true => Some(page.find("main p strong").remove(0)),
        false => None,
    }
}

#[tokio::test]
async fn google_vouches_for_the_domain_of_an_organisation() {
    let (fake, app) = server("google", "registration = \"domains\"\ndomains = [\"example.org\"]").await;
    let person = app.visitor();
    let address = leave(&person, "/login", "fake").await;
    assert_eq!(query(&address)["hd"], "example.org");
    // A private account may have an address of the domain.
    let private = json!({"sub": "1", "email": "mina@example.org", "email_verified": true});
    fake.person(private.clone());
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/login");
    let mut work = private;
    work["hd"] = json!("example.org");
    fake.person(work);
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    assert_eq!(proved(&person).await.as_deref(), Some("mina@example.org"));
    let requests = std::mem::take(&mut fake.says().requests);
    let (_, body, authorization) = requests.iter().find(|(path, _, _)| path == "/token").unwrap();
    assert!(authorization.is_empty() && body.contains("client_secret=a+secret"), "{body}");
}

async fn github(lines: &str) -> (FakeProvider, TestApp) {
    let fake = FakeProvider::start().await;
    let url = &fake.url;
    let section = format!(
        "[[provider]]\nname = \"fake\"\nkind = \"github\"\nclient_id = \"{CLIENT_ID}\"\nclient_secret = \"{CLIENT_SECRET}\"\n\
         authorize_url = \"{url}/login/oauth/authorize\"\ntoken_url = \"{url}/token\"\napi_url = \"{url}/api\"\n{lines}\n"
    );
    let here = TestApp::with(|config| offer(config, &section)).await;
    fake.follow(&here);
    (fake, here)
}

#[tokio::test]
async fn github_is_known_by_its_number_and_by_a_primary_and_verified_address() {
    let (fake, app) = github("").await;
    let entry = |email: &str, primary: bool, verified: bool| json!({"email": email, "primary": primary, "verified": verified});
    let page = |path: &str, value: Value| drop(fake.says().pages.insert(path.to_owned(), value));
    page(
        "/api/user",
        json!({"id": 583231, "login": "mina", "name": "Mina Kim", "email": "public@example.org"}),
    );
    let person = app.visitor();
    let address = leave(&person, "/login", "fake").await;
    let asked = query(&address);
    assert_eq!(asked["scope"], "read:user user:email", "no more than is needed");
    assert!(asked.contains_key("code_challenge") && !asked.contains_key("nonce"));
    // The API may not say it, or say that nothing is verified.
    for emails in
        [json!({}), json!([entry("a@example.org", true, false), entry("b@example.org", false, true)])]
    {
        page("/api/user/emails", emails);
        sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
        assert_eq!(proved(&person).await, None);
    }
    page(
        "/api/user/emails",
        json!([entry("b@example.org", false, true), entry("mina@example.org", true, true)]),
    );
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    assert_eq!(proved(&person).await.as_deref(), Some("mina@example.org"));
    let form = "/sign-in/fake/register";
    person.fill(form, form, &[("username", "mina")]).await.assert_redirect("/dashboard");
    // Another account that has taken the login is another person; the same one may change it.
    page("/api/user", json!({"id": 583231, "login": "mina-kim"}));
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/dashboard");
    page("/api/user", json!({"id": 7, "login": "mina"}));
    page("/api/user/emails", json!([]));
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect(form);
    for broken in [json!({"login": "mina"}), json!({"id": "583231"}), json!({"id": -1}), json!([])] {
        page("/api/user", broken.clone());
        sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/login");
    }
    let bearer = fake
        .says()
        .requests
        .iter()
        .filter(|(path, _, bearer)| path == "/api/user" && bearer == "Bearer an access token")
        .count();
    assert!(bearer > 0);
    // It names itself in its answers, and nothing else is taken.
    let address = leave(&app.visitor(), "/login", "fake").await;
    drop(address);
}

#[tokio::test]
async fn github_organisations_and_teams_are_groups() {
    let (fake, app) = github("registration = \"groups\"\ngroups = [\"acme/ops\"]").await;
    let page = |path: &str, value: Value| drop(fake.says().pages.insert(path.to_owned(), value));
    page("/api/user", json!({"id": 1, "login": "mina"}));
    page("/api/user/emails", json!([]));
    page("/api/user/orgs", json!([{"login": "acme"}]));
    page("/api/user/teams", json!([{"slug": "dev", "organization": {"login": "acme"}}]));
    let person = app.visitor();
    let address = leave(&person, "/login", "fake").await;
    assert_eq!(query(&address)["scope"], "read:user user:email read:org");
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/login");
    page("/api/user/teams", json!([{"slug": "ops", "organization": {"login": "acme"}}]));
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
}

#[tokio::test]
async fn microsoft_names_a_tenant_and_proves_an_address_by_its_domain_alone() {
    let fake = FakeProvider::start().await;
    let (section, issuer) = fake.microsoft();
    let app = TestApp::with(|config| offer(config, &section)).await;
    let (tenant, other) = ("11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555");
    let claims = |edov: Value| {
        json!({"iss": issuer.replace("{tenantid}", tenant), "tid": tenant, "oid": "person", "sub": "pairwise",
               "email": "mina@example.org", "email_verified": true, "xms_edov": edov})
    };
    let person = app.visitor();
    // The address of nOAuth: anyone can write it into a tenant of their own.
    for edov in [json!(null), json!(false), json!("true"), json!("1")] {
        fake.person(claims(edov));
        sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
        assert_eq!(proved(&person).await, None);
    }
    fake.person(claims(json!(true)));
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    assert_eq!(proved(&person).await.as_deref(), Some("mina@example.org"));
    let form = "/sign-in/fake/register";
    person.fill(form, form, &[("username", "mina")]).await.assert_redirect("/dashboard");
    // Another tenant's person of the same id is another person; and no tenant speaks for another.
    let mut foreign = claims(json!(false));
    foreign["iss"] = json!(issuer.replace("{tenantid}", other));
    fake.person(foreign.clone());
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/login");
    foreign["tid"] = json!(other);
    fake.person(foreign);
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect(form);
}

#[tokio::test]
async fn apple_posts_its_answer_from_its_own_page() {
    let fake = FakeProvider::start().await;
    let folder = scratch();
    let (section, file) = fake.apple(folder.path());
    let app = TestApp::with(|config| offer(config, &section)).await;
    fake.person(json!({"sub": "001", "email": "mina@example.org", "email_verified": "true"}));
    let person = app.visitor();
    let address = leave(&person, "/login?next=/sessions", "fake").await;
    let asked = query(&address);
    assert_eq!(
        (asked["response_mode"].as_str(), asked["scope"].as_str()),
        ("form_post", "openid name email")
    );
    let answer = fake.answer(&address);
    let (path, fields) = answer.split_once('?').unwrap();
    let post = async |body: String| post_from_elsewhere(&app, path, body).await;
    let user = r#"{"name":{"firstName":"Mina","lastName":"Kim"},"email":"mina@example.org"}"#;
    let posted = post(format!("{fields}&{}", encode(&[("user", user)]))).await;
    assert_eq!(posted.status, 303, "{}", posted.body);
    let back = posted.header("location").to_owned();
    assert_eq!(back.split('?').next(), Some(path));
    assert!(!back.contains("code"), "the code is in no address: {back}");
    // In another browser it is worth nothing; a second post does not replace the first.
    assert_eq!(app.visitor().get(&back).await.header("location"), "/login");
    assert_eq!(post(fields.replace("code-", "evil-")).await.header("location"), "/login");
    person.get(&back).await.assert_redirect("/sign-in/fake/register");
    assert_eq!(proved(&person).await.as_deref(), Some("mina@example.org"));
    let form = "/sign-in/fake/register";
    person.fill(form, form, &[("username", "mina")]).await.assert_redirect("/sessions");
    assert_eq!(app.user("mina").display_name, "Mina Kim");
    assert_eq!(post("state=x&code=y".to_owned()).await.header("location"), "/login", "no such sign-in");
    // The client secret is a JWT of the operator's key.
    let requests = std::mem::take(&mut fake.says().requests);
    let (_, body, _) = requests.iter().find(|(path, _, _)| path == "/token").unwrap();
    let fields: std::collections::HashMap<String, String> =
        url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let claims = crate::support::relying_party::claims(&fields["client_secret"]);
    assert_eq!(
        (&claims["iss"], &claims["sub"], &claims["aud"]),
        (&json!("TEAM"), &json!(CLIENT_ID), &json!(fake.url))
    );
    let pem = std::fs::read(&file).unwrap();
    let public = public_key(&file);
    drop(pem);
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::ES256);
    validation.set_audience(&[&fake.url]);
    let key = jsonwebtoken::DecodingKey::from_ec_pem(&public).unwrap();
    jsonwebtoken::decode::<Value>(&fields["client_secret"], &key, &validation).unwrap();
}

fn public_key(file: &std::path::Path) -> Vec<u8> {
    let made =
        std::process::Command::new("openssl").args(["pkey", "-pubout", "-in"]).arg(file).output().unwrap();
    assert!(made.status.success());
    made.stdout
}

#[tokio::test]
async fn kakao_says_by_its_api_whether_an_address_is_verified() {
    let fake = FakeProvider::start().await;
    let section = fake.section("fake", "kakao", &format!("api_url = \"{}\"", fake.url));
    let app = TestApp::with(|config| offer(config, &section)).await;
    // What the ID token says of the address does not count.
    fake.person(
        json!({"sub": "42", "email": "evil@example.org", "email_verified": true, "nickname": "민아"}),
    );
    let account = |valid: Value, verified: Value, agreement: bool| {
        json!({"id": 42, "kakao_account": {"email": "mina@example.org", "is_email_valid": valid, "is_email_verified": verified,
               "email_needs_agreement": agreement, "profile": {"nickname": "민아"}}})
    };
    let page = |value: Value| drop(fake.says().pages.insert("/v2/user/me".to_owned(), value));
    let person = app.visitor();
    for (valid, verified, agreement) in [
        (json!(true), json!(false), false),
        (json!(false), json!(true), false),
        (json!("true"), json!("true"), false),
        (json!(true), json!(true), true),
        (json!(null), json!(null), false),
    ] {
        page(account(valid, verified, agreement));
        sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
        assert_eq!(proved(&person).await, None);
    }
    page(account(json!(true), json!(true), false));
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    assert_eq!(proved(&person).await.as_deref(), Some("mina@example.org"));
    let shown = person.get("/sign-in/fake/register").await;
    assert_eq!(shown.attributes("#username", "value"), ["민아"]);
    // The API speaks of another person.
    page(json!({"id": 43, "kakao_account": {}}));
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/login");
    let requests = std::mem::take(&mut fake.says().requests);
    let (_, body, authorization) = requests.iter().find(|(path, _, _)| path == "/token").unwrap();
    assert!(authorization.is_empty() && body.contains("client_secret="), "{body}");
}

#[tokio::test]
async fn naver_proves_no_address() {
    let (fake, app) = server("naver", "").await;
    fake.person(json!({"sub": "n", "email": "mina@example.org", "email_verified": true}));
    let person = app.visitor();
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    assert_eq!(proved(&person).await, None);
    let form = "/sign-in/fake/register";
    person.fill(form, form, &[("username", "mina")]).await.assert_redirect("/dashboard");
    assert_eq!(app.user("mina").email_verified_at, None);
    // Its user information is a document of its API, not one of OpenID Connect.
    let page = |answer: Value| fake.says().pages.insert("/userinfo".to_owned(), answer);
    fake.person(json!({"sub": "m"}));
    let account = json!({"id": "m", "email": "noah@example.org", "nickname": "노아"});
    page(json!({"resultcode": "00", "message": "success", "response": account}));
    let person = app.visitor();
    sign_in_by(&person, &fake, "fake").await.assert_redirect(form);
    let shown = person.get(form).await;
    assert_eq!(shown.attributes("input[name=email]", "value"), ["noah@example.org"]);
    assert_eq!(shown.attributes("input[name=username]", "value"), ["노아"]);
    // Of another person, nothing of it is accepted.
    page(
        json!({"resultcode": "00", "message": "success", "response": {"id": "n", "email": "x@example.org"}}),
    );
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/login");
}
