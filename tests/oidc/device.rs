//! The device flow (RFC 8628): a television, a console or a command line, and a person with a browser elsewhere.

use munjigi::identity::oidc::{AuthMethod, ClientInput, GrantType, Level};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::relying_party::{RelyingParty, TokenSet, destination, input, query};
use crate::support::{PASSWORD, Persona, Reply, TestApp, encode, get, over_both_stores};

over_both_stores![a_person_signs_a_device_in_by_its_code];

const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// An app of devices, which has no secret and no address.
fn tv(name: &str) -> ClientInput {
    ClientInput {
        redirect_uris: vec![],
        auth_method: Some(AuthMethod::None),
        grants: vec![GrantType::DeviceCode, GrantType::RefreshToken],
        ..input(name)
    }
}

fn json_of(reply: &Reply) -> Value {
    serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{} {}", reply.status, reply.body))
}

fn error_of(reply: &Reply) -> String {
    json_of(reply)["error"].as_str().unwrap_or_else(|| panic!("{}", reply.body)).to_owned()
}

/// A device that has asked.
struct Device<'p> {
    party: &'p RelyingParty,
    code: String,
    user_code: String,
    answer: Value,
}

impl<'p> Device<'p> {
    async fn ask(party: &'p RelyingParty, scope: &str) -> Self {
        Self::ask_for(party, &[("scope", scope)]).await
    }

    async fn ask_for(party: &'p RelyingParty, fields: &[(&str, &str)]) -> Self {
        let reply = party.post("/oauth/device_authorization", fields).await;
        assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"), "{}", reply.body);
        let answer = json_of(&reply);
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        Self { party, code: text("device_code"), user_code: text("user_code"), answer }
    }

    async fn poll(&self) -> Reply {
        self.poll_as(self.party).await
    }

    async fn poll_as(&self, party: &RelyingParty) -> Reply {
        party.post("/oauth/token", &[("grant_type", DEVICE_CODE), ("device_code", &self.code)]).await
    }

    async fn tokens(&self) -> TokenSet {
        TokenSet::of(&self.poll().await)
    }

    /// A person types the code, and presses a button of the page that follows.
    async fn decide(&self, person: &Persona, decision: &str) -> Reply {
        press(person, &person.post("/device", &[("user_code", &self.user_code)]).await, decision).await
    }
}

async fn press(person: &Persona, page: &Reply, decision: &str) -> Reply {
    assert_eq!(page.status, 200, "{} {}", page.header("location"), page.text());
    let mut form = page.form("/device");
    form.insert("decision".to_owned(), Some(decision.to_owned()));
    let fields: Vec<(&str, &str)> =
        form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    person.post("/device", &fields).await
}

async fn a_person_signs_a_device_in_by_its_code(app: TestApp) {
    app.clock.stop();
    let mina = app.member("mina").await;
    let party = RelyingParty::with(&app, tv("Television")).await;
    let discovered: Value =
        get(&format!("{}/.well-known/openid-configuration", app.url)).await.unwrap().json().await.unwrap();
    assert_eq!(
        discovered["device_authorization_endpoint"],
        format!("{}/oauth/device_authorization", app.url)
    );
    assert!(discovered["grant_types_supported"].as_array().unwrap().contains(&json!(DEVICE_CODE)));

    let device = Device::ask(&party, "openid profile email groups").await;
    assert_eq!((&device.answer["expires_in"], &device.answer["interval"]), (&json!(600), &json!(5)));
    let page = format!("{}/device", app.url);
    assert_eq!(device.answer["verification_uri"], page);
    assert_eq!(device.answer["verification_uri_complete"], format!("{page}?user_code={}", device.user_code));
    assert_eq!(error_of(&device.poll().await), "authorization_pending");
    assert_eq!(error_of(&device.poll().await), "slow_down", "it came at once");
    app.clock.advance(5);
    assert_eq!(error_of(&device.poll().await), "slow_down", "five seconds are no longer enough");
    app.clock.advance(15);
    assert_eq!(error_of(&device.poll().await), "authorization_pending");

    // A visitor signs in first, and comes back with the code, which the link alone has only filled in.
    let visitor = app.visitor();
    let login = visitor.get(&format!("/device?user_code={}", device.user_code)).await;
    let reply =
        visitor.fill(login.header("location"), "/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    let typed = visitor.get(reply.header("location")).await;
    assert_eq!(typed.form("/device")["user_code"].as_deref(), Some(device.user_code.as_str()));
    assert!(typed.text().contains("If someone sent you a code, stop"), "{}", typed.text());

    let sloppy = device.user_code.to_lowercase().replace('-', " ");
    let asked = mina.post("/device", &[("user_code", &sloppy)]).await;
    for seen in
        ["Sign in to Television", "127.0.0.1", "mina@example.org", "If someone sent you a code", "Asked from"]
    {
        assert!(asked.text().contains(seen), "{seen}: {}", asked.text());
    }
    assert_eq!(asked.find("time[datetime]").len(), 1);
    app.clock.advance(60);
    assert_eq!(error_of(&device.poll().await), "authorization_pending", "nothing is allowed yet");
    let done = press(&mina, &asked, "allow").await;
    assert_eq!((done.status, done.find("h1")), (200, vec!["Television is connected".to_owned()]));

    let tokens = device.tokens().await;
    let claims = tokens.claims();
    assert_eq!(claims["sub"], app.user_id("mina").to_string());
    assert_eq!((&claims["preferred_username"], claims.get("nonce")), (&json!("mina"), None));
    assert_eq!(party.userinfo(&tokens.access).await.status, 200);
    let tokens = TokenSet::of(&party.refresh(tokens.refresh.as_ref().unwrap()).await);
    assert!(mina.get("/security/connected-apps").await.text().contains("Television"));
    mina.post("/logout", &[]).await;
    assert_eq!(party.userinfo(&tokens.access).await.status, 401, "it ends with the browser's session");

    // With offline_access it has a session of its own, which the person sees.
    let second = Device::ask(&party, "openid offline_access").await;
    second.decide(&visitor, "allow").await;
    let tokens = second.tokens().await;
    assert!(visitor.get("/sessions").await.text().contains("Television"));
    visitor.post("/logout", &[]).await;
    assert_eq!(party.userinfo(&tokens.access).await.status, 200);
    // Someone else has the device code as well: neither of the two keeps anything.
    assert_eq!(error_of(&second.poll().await), "invalid_grant");
    assert_eq!(party.userinfo(&tokens.access).await.status, 401);
}

#[tokio::test]
async fn a_device_learns_that_it_was_denied_or_came_too_late() {
    let app = TestApp::start().await;
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    let (party, other) =
        (RelyingParty::with(&app, tv("Television")).await, RelyingParty::with(&app, tv("Radio")).await);
    let denied = Device::ask(&party, "openid").await;
    let page = noa.post("/device", &[("user_code", &denied.user_code)]).await;
    let done = denied.decide(&mina, "deny").await;
    assert_eq!(done.find("h1"), ["Television isn’t connected"]);
    assert_eq!(error_of(&denied.poll().await), "access_denied");
    press(&noa, &page, "allow").await.assert_refused("user_code");
    assert_eq!(error_of(&denied.poll().await), "access_denied", "decided is decided");
    assert!(!mina.get("/security/connected-apps").await.text().contains("Television"));

    let late = Device::ask(&party, "openid").await;
    let allowed = Device::ask(&party, "openid").await;
    let page = mina.post("/device", &[("user_code", &late.user_code)]).await;
    allowed.decide(&mina, "allow").await;
    for (code, error) in
        [("mjod_unknown", "invalid_grant"), ("", "invalid_request"), (&allowed.user_code, "invalid_grant")]
    {
        let reply = party.post("/oauth/token", &[("grant_type", DEVICE_CODE), ("device_code", code)]).await;
        assert_eq!(error_of(&reply), error, "{code}");
    }
    assert_eq!(error_of(&allowed.poll_as(&other).await), "invalid_grant", "another app's");
    let as_code = party.exchange(&allowed.code, &[("code_verifier", "")]).await;
    assert_eq!(error_of(&as_code), "unauthorized_client", "it is no authorization code");
    app.clock.advance(601);
    press(&mina, &page, "allow").await.assert_refused("user_code");
    assert_eq!(error_of(&late.poll().await), "expired_token");
    assert_eq!(error_of(&allowed.poll().await), "expired_token");
    app.clock.advance(3600);
    app.purge().await;
    assert_eq!(app.count("oidc_devices"), 0);
    assert_eq!(error_of(&late.poll().await), "invalid_grant");
}

#[tokio::test]
async fn only_an_app_that_is_registered_for_it_begins_and_it_proves_itself() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let web = RelyingParty::register(&app, "Wiki").await;
    let begin = async |party: &RelyingParty, fields: &[(&str, &str)]| {
        party.post("/oauth/device_authorization", fields).await
    };
    assert_eq!(error_of(&begin(&web, &[]).await), "unauthorized_client");
    let reply = web.post("/oauth/token", &[("grant_type", DEVICE_CODE), ("device_code", "mjod_x")]).await;
    assert_eq!(error_of(&reply), "unauthorized_client");
    let secret = ClientInput { auth_method: None, grants: vec![GrantType::DeviceCode], ..tv("Console") };
    let secret = RelyingParty::with(&app, secret).await;
    let device = Device::ask(&secret, "openid nonsense").await;
    let without = RelyingParty { secret: None, ..secret.clone() };
    let wrong = RelyingParty { secret: Some("wrong".to_owned()), ..secret.clone() };
    for party in [&without, &wrong, &RelyingParty { client_id: "nobody".to_owned(), ..without.clone() }] {
        assert_eq!(begin(party, &[]).await.status, 401);
        assert_eq!(device.poll_as(party).await.status, 401);
    }
    assert_eq!(error_of(&begin(&secret, &[("scope", "nonsense")]).await), "invalid_scope");
    assert_eq!(error_of(&begin(&secret, &[("resource", "https://evil.example/")]).await), "invalid_target");
    let body = encode(&[("scope", "openid"), ("scope", "email")]);
    let twice = mina.request(Method::POST, "/oauth/device_authorization");
    let twice = twice.header("content-type", "application/x-www-form-urlencoded").body(body);
    assert_eq!(error_of(&mina.send(twice).await), "invalid_request");
    device.decide(&mina, "allow").await;
    let tokens = device.tokens().await;
    assert_eq!(tokens.answer["scope"], "openid", "what it is registered for");
    assert!(tokens.refresh.is_none());
}

#[tokio::test]
async fn no_link_and_no_other_site_signs_a_device_in() {
    let app = TestApp::start().await;
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    let party = RelyingParty::with(&app, ClientInput { first_party: true, ..tv("Television") }).await;
    let device = Device::ask(&party, "openid").await;
    let is_pending = async || {
        app.clock.advance(100);
        assert_eq!(error_of(&device.poll().await), "authorization_pending");
    };
    let mina_id = app.user_id("mina").to_string();
    let all = [("user_code", device.user_code.as_str()), ("decision", "allow"), ("as", &mina_id)];
    mina.get(&format!("/device?{}", encode(&all))).await;
    is_pending().await;
    for (site, origin) in
        [("cross-site", "https://evil.example"), ("same-site", "https://x.example.org"), ("none", "null")]
    {
        let mut request = crate::support::client()
            .post(format!("{}/device", app.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", format!("munjigi={}", mina.cookie("munjigi").unwrap()))
            .header("origin", origin);
        if site != "none" {
            request = request.header("sec-fetch-site", site);
        }
        assert_eq!(app.visitor().send(request.body(encode(&all))).await.status, 403, "{site} {origin}");
    }
    is_pending().await;
    // A page shown to one person decides nothing for another.
    let page = mina.post("/device", &[("user_code", &device.user_code)]).await;
    assert!(press(&noa, &page, "allow").await.text().contains("noa"), "noa is asked");
    let bare = mina.post("/device", &[("user_code", &device.user_code), ("decision", "allow")]).await;
    assert_eq!(bare.find("h1"), ["Sign in to Television"], "even an own app is asked for");
    is_pending().await;
    let visitor = app.visitor();
    assert_eq!(visitor.post("/device", &all).await.status, 303);
    is_pending().await;
    // "Not you?" leads through the sign-in form, back to the code.
    let reply = press(&mina, &page, "switch").await;
    assert!(
        reply.header("location").starts_with("/login?next=%2Fdevice%3Fuser"),
        "{}",
        reply.header("location")
    );
    assert!(!mina.is_signed_in().await);
    is_pending().await;
    let frame = noa.get("/device").await;
    assert!(frame.header("content-security-policy").contains("frame-ancestors 'none'"));
    for odd in ["<script>", "%00", "%ff", &"B".repeat(3_000)] {
        let page = noa.get(&format!("/device?user_code={odd}")).await;
        assert!(page.status < 500 && !page.body.contains("<script>alert"), "{odd} {}", page.status);
    }
}

#[tokio::test]
async fn guesses_are_counted_by_person_and_by_address() {
    let app = TestApp::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    let party = RelyingParty::with(&app, tv("Television")).await;
    let mut people = Vec::new();
    for name in ["mina", "noa", "yuna"] {
        let mut person = app.member(name).await;
        person.forwarded_for = Some("203.0.113.1".to_owned());
        people.push(person);
    }
    let [mina, noa, yuna] = people.as_mut_slice() else { unreachable!() };
    let device = Device::ask(&party, "openid").await;
    let guess = async |person: &Persona, code: &str| person.post("/device", &[("user_code", code)]).await;
    for number in 0..10 {
        // A right one in between costs nothing and forgives nothing.
        assert_eq!(guess(mina, &device.user_code).await.status, 200, "{number}");
        let wrong = if number % 2 == 0 { "BCDF-GHJK" } else { "not a code" };
        guess(mina, wrong).await.assert_refused("user_code");
    }
    let refused = guess(mina, &device.user_code).await;
    assert_eq!(refused.status, 429, "{}", refused.text());
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 800);
    assert!(mina.is_signed_in().await, "nothing else is closed");
    for _ in 0..10 {
        guess(noa, "BCDF-GHJK").await.assert_refused("user_code");
    }
    assert_eq!(guess(yuna, &device.user_code).await.status, 429, "twenty from one address");
    yuna.forwarded_for = Some("203.0.113.2".to_owned());
    assert_eq!(guess(yuna, &device.user_code).await.status, 200, "elsewhere it goes on");
    app.clock.advance(901);
    let device = Device::ask(&party, "openid").await;
    assert_eq!(guess(mina, &device.user_code).await.status, 200);
}

#[tokio::test]
async fn groups_and_level_of_the_app_hold() {
    let app = TestApp::start().await;
    let (mina, sofia) = (app.member("mina").await, app.staff("sofia").await);
    sofia.post("/admin/groups", &[("name", "Family")]).await.assert_redirect("/admin/groups/1");
    let closed = RelyingParty::in_groups(&app, tv("Television"), vec![1]).await;
    let device = Device::ask(&closed, "openid groups").await;
    let barred = mina.post("/device", &[("user_code", &device.user_code)]).await;
    assert_eq!(barred.status, 403);
    assert!(barred.text().contains("Television"), "{}", barred.text());
    let direct = [
        ("user_code", device.user_code.as_str()),
        ("decision", "allow"),
        ("as", &app.user_id("mina").to_string()),
    ];
    assert_eq!(mina.post("/device", &direct).await.status, 403);
    assert_eq!(error_of(&device.poll().await), "authorization_pending");
    app.join_group(1, app.user_id("mina")).await;
    device.decide(&mina, "allow").await;
    app.leave_group(1, app.user_id("mina")).await;
    assert_eq!(error_of(&device.poll().await), "invalid_grant", "the group was lost in between");

    let strict = RelyingParty::with(&app, ClientInput { level: Level::TwoFactor, ..tv("Bank") }).await;
    let device = Device::ask(&strict, "openid").await;
    let reply = mina.post("/device", &[("user_code", &device.user_code)]).await;
    let set_up = reply.header("location").to_owned();
    assert!(set_up.starts_with("/security/totp?next=%2Fdevice%3Fuser"), "{set_up}");
    mina.get(&set_up).await;
    app.set_up_totp(&mina).await;
    device.decide(&mina, "allow").await;
    assert_eq!(device.tokens().await.claims()["acr"], "urn:munjigi:acr:2fa");

    let open = RelyingParty::with(&app, tv("Radio")).await;
    let device = Device::ask(&open, "openid").await;
    device.decide(&mina, "allow").await;
    mina.post("/logout", &[]).await;
    assert_eq!(error_of(&device.poll().await), "invalid_grant", "the session has ended");
    assert_eq!(app.count("oidc_grants WHERE client = (SELECT id FROM oidc_clients WHERE name = 'Radio')"), 0);
}

#[tokio::test]
async fn no_address_piles_up_devices_of_an_app() {
    let app = TestApp::start().await;
    let (party, other) =
        (RelyingParty::with(&app, tv("Television")).await, RelyingParty::with(&app, tv("Radio")).await);
    for _ in 0..100 {
        Device::ask(&party, "openid").await;
    }
    let refused = party.post("/oauth/device_authorization", &[("scope", "openid")]).await;
    assert_eq!(refused.status, 429, "{}", refused.body);
    assert!((1..=600).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    Device::ask(&other, "openid").await;
    app.clock.advance(601);
    Device::ask(&party, "openid").await;
}

#[tokio::test]
async fn consent_on_a_device_is_for_the_apis_that_were_shown() {
    let (notes, photos) = ("https://notes.example.org/api", "https://photos.example.org/api");
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let both = ClientInput {
        grants: vec![GrantType::DeviceCode, GrantType::AuthorizationCode],
        resources: vec![notes.to_owned(), photos.to_owned()],
        ..input("Editor")
    };
    let party = RelyingParty::with(&app, both).await;
    let device = Device::ask_for(&party, &[("scope", "openid"), ("resource", notes)]).await;
    device.decide(&mina, "allow").await;
    let silent = async |resource: &str| {
        let asked = [("prompt", "none"), ("scope", "openid"), ("resource", resource)];
        query(&destination(&mina.get(&party.address(&asked)).await))
    };
    assert!(silent(notes).await.contains_key("code"));
    assert_eq!(silent(photos).await["error"], "consent_required");
}

#[tokio::test]
async fn an_approved_device_ends_with_the_consent_that_it_stands_on() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let party = RelyingParty::with(&app, tv("Television")).await;
    let device = Device::ask(&party, "openid").await;
    device.decide(&mina, "allow").await;
    let waiting = Device::ask(&party, "openid").await;
    let path = format!("/security/connected-apps/{}/withdraw", party.client_id);
    mina.post(&path, &[]).await.assert_redirect("/security/connected-apps");
    assert_eq!(error_of(&device.poll().await), "invalid_grant");
    assert_eq!(error_of(&waiting.poll().await), "authorization_pending", "she has not decided on this one");
}
