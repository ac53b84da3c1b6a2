//! What is carried through a sign-in by a provider: the wish to stay signed in, and how the provider has authenticated.

use munjigi::identity::oidc::ClientInput;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::provider::{FakeProvider, leave, press, register_by};
use crate::support::relying_party::{RelyingParty, allow, destination, input, query};
use crate::support::{Persona, Reply, TestApp, over_both_stores};

use super::linking::server;

over_both_stores![what_a_provider_says_of_its_factors_is_passed_on_and_counts_for_nothing_here];

async fn session(person: &Persona) -> Value {
    let reply = person.send(person.request(Method::GET, "/api/auth/check")).await;
    let answer: Value = serde_json::from_str(&reply.body).unwrap();
    answer["session"].clone()
}

fn mina(amr: Value) -> Value {
    json!({"sub": "mina-there", "email": "mina@example.org", "email_verified": true, "amr": amr})
}

/// Signs in from this page, with or without the wish to stay.
async fn come(person: &Persona, fake: &FakeProvider, stay: bool) -> String {
    let wish = [("remember", "yes")];
    let left = press(person, "/login", "fake", if stay { &wish } else { &[] }).await;
    person.get(&fake.answer(&destination(&left))).await.header("location").to_owned()
}

#[tokio::test]
async fn whoever_asks_to_stay_signed_in_does() {
    let (fake, app) = server("").await;
    fake.person(mina(json!(null)));
    for (stay, kind) in [(true, "remembered"), (false, "browser")] {
        // The first time there is a page between.
        let name = format!("mina-{kind}");
        fake.person(json!({"sub": kind, "email": format!("{kind}@example.org"), "email_verified": true}));
        let person = app.visitor();
        assert_eq!(come(&person, &fake, stay).await, "/sign-in/fake/register");
        let page = "/sign-in/fake/register";
        person.fill(page, page, &[("username", &name)]).await.assert_redirect("/dashboard");
        assert_eq!(session(&person).await["kind"], kind);
        let again = app.visitor();
        assert_eq!(come(&again, &fake, stay).await, "/dashboard");
        assert_eq!(session(&again).await["kind"], kind);
    }
    // The password that a browser has filled in beside the button is not looked at.
    let person = app.visitor();
    let fields = [("login", "mina-browser"), ("password", "wrong"), ("remember", "yes")];
    let left = press(&person, "/login", "fake", &fields).await;
    person.get(&fake.answer(&destination(&left))).await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn the_wish_survives_the_second_factor() {
    let (fake, app) = server("").await;
    let (owner, authenticator) = app.member_with_totp("mina").await;
    fake.person(mina(json!(["hwk", "user", "mfa"])));
    let sent = owner.post("/security/providers/fake/link", &[]).await;
    owner.get(&fake.answer(&destination(&sent))).await.assert_redirect("/security");
    let person = app.visitor();
    assert!(come(&person, &fake, true).await.starts_with("/login/verify"));
    assert!(!person.is_signed_in().await, "what the provider says of factors replaces none here");
    let code = authenticator.next_code(&app);
    person.fill("/login/verify", "/login/verify", &[("code", &code)]).await.assert_redirect("/dashboard");
    let session = session(&person).await;
    assert_eq!(session["kind"], "remembered");
    assert_eq!(session["amr"], json!(["otp", "fed", "mfa", "hwk", "user"]));
}

async fn what_a_provider_says_of_its_factors_is_passed_on_and_counts_for_nothing_here(other: TestApp) {
    let fake = FakeProvider::start().await;
    let section = fake.section("fake", "oidc", "label = \"Fake\"");
    let redis = other.config.redis_url.is_some();
    let app = TestApp::with(|config| {
        config.redis_url = redis.then(crate::support::redis_url);
        crate::support::provider::offer(config, &section);
    })
    .await;
    fake.follow(&app);
    fake.person(mina(json!(["pwd", "otp", "mfa", "trusted_device", "recovery", "<b>", 7])));
    let mina = app.visitor();
    register_by(&mina, &fake, "fake", "mina").await.assert_redirect("/dashboard");
    assert_eq!(session(&mina).await["amr"], json!(["fed", "otp", "pwd"]));
    let wiki = RelyingParty::with(&app, ClientInput { first_party: true, ..input("Wiki") }).await;
    let tokens = wiki.sign_in(&mina, &[]).await;
    let claims = tokens.claims();
    assert_eq!(claims["amr"], json!(["fed", "otp", "pwd"]));
    assert_eq!(claims["acr"], "urn:munjigi:acr:1fa", "two factors are two that were checked here");
    // An app that insists on two gets an error.
    let two = json!({"id_token": {"acr": {"essential": true, "value": "urn:munjigi:acr:2fa"}}}).to_string();
    let refused = query(&wiki.authorize(&mina, &[("claims", &two)]).await);
    assert_eq!(refused["error"], "unmet_authentication_requirements");
    // A claim of another form says nothing, and stops nothing.
    for amr in [json!("pwd"), json!({"pwd": true}), json!(7), json!(vec!["pwd"; 200])] {
        let expected = if amr.is_array() { json!(["fed", "pwd"]) } else { json!(["fed"]) };
        fake.person(self::mina(amr));
        let again = app.visitor();
        assert_eq!(come(&again, &fake, false).await, "/dashboard");
        assert_eq!(session(&again).await["amr"], expected);
    }
}

/// To the app that asked, for whom signs in the first time, again, and with a second factor.
#[tokio::test]
async fn a_sign_in_by_a_provider_leads_back_to_the_app_that_asked() {
    let (fake, app) = server("").await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let came = async |person: &Persona| {
        let to_login = person.get(&wiki.address(&[])).await.header("location").to_owned();
        assert!(to_login.starts_with("/login?"), "{to_login}");
        let address = leave(person, &to_login, "fake").await;
        person.get(&fake.answer(&address)).await
    };
    let gets_a_code = async |person: &Persona, reply: &Reply| {
        let place = reply.header("location").to_owned();
        assert!(place.starts_with("/oauth/authorize?"), "{place} {}", reply.text());
        let to = destination(&allow(person, person.get(&place).await).await);
        assert!(query(&to).contains_key("code"), "{to}");
    };
    fake.person(mina(json!([])));
    let newcomer = app.visitor();
    came(&newcomer).await.assert_redirect("/sign-in/fake/register");
    let form = "/sign-in/fake/register";
    let registered = newcomer.fill(form, form, &[("username", "mina")]).await;
    gets_a_code(&newcomer, &registered).await;
    let again = app.visitor();
    let signed_in = came(&again).await;
    gets_a_code(&again, &signed_in).await;
    let (owner, authenticator) = app.member_with_totp("noah").await;
    fake.person(json!({"sub": "noah"}));
    let sent = owner.post("/security/providers/fake/link", &[]).await;
    owner.get(&fake.answer(&destination(&sent))).await.assert_redirect("/security");
    let third = app.visitor();
    let asked = came(&third).await.header("location").to_owned();
    assert!(asked.starts_with("/login/verify?"), "{asked}");
    let code = authenticator.next_code(&app);
    let verified = third.fill(&asked, "/login/verify", &[("code", &code)]).await;
    gets_a_code(&third, &verified).await;
}
