//! Back-channel logout from a provider.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::provider::{FakeProvider, leave, offer, register_by, sign_in_by};
use crate::support::relying_party::RelyingParty;
use crate::support::{Persona, Reply, TestApp, over_both_stores};

use super::linking::server;

over_both_stores![
    a_sign_out_there_during_a_sign_in_here_leaves_no_session,
    a_sign_out_there_while_a_code_is_asked_for_leaves_no_session,
];

pub async fn send(app: &TestApp, token: &str) -> Reply {
    // A server sends it, without cookies.
    let request = crate::support::client().post(format!("{}/sign-in/fake/backchannel-logout", app.url));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    Persona::new(&app.url).send(request.body(crate::support::encode(&[("logout_token", token)]))).await
}

fn mina(sid: &str) -> Value {
    json!({"sub": "mina", "email": "mina@example.org", "email_verified": true, "sid": sid})
}

/// Two browsers of one person, with a session of its own at the provider each.
async fn two_browsers(fake: &FakeProvider, app: &TestApp) -> (Persona, Persona) {
    fake.person(mina("first"));
    let first = app.visitor();
    register_by(&first, fake, "fake", "mina").await.assert_redirect("/dashboard");
    fake.person(mina("second"));
    let second = app.visitor();
    sign_in_by(&second, fake, "fake").await.assert_redirect("/dashboard");
    (first, second)
}

#[tokio::test]
async fn a_session_that_ends_there_ends_here_and_in_every_app() {
    let (fake, app) = server("").await;
    let (first, second) = two_browsers(&fake, &app).await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let (ended, going) = (wiki.sign_in(&first, &[]).await, wiki.sign_in(&second, &[]).await);
    // A new id of the session changes nothing.
    assert_eq!(first.post("/sessions/end-others", &[]).await.status, 303);
    assert!(!second.is_signed_in().await && !wiki.is_alive(&going).await);
    fake.person(mina("second"));
    sign_in_by(&second, &fake, "fake").await.assert_redirect("/dashboard");
    let tokens = wiki.sign_in(&first, &[]).await;
    let reply = send(&app, &fake.logout_token(&json!({"sid": "first"}))).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"), "{}", reply.body);
    assert!(!first.is_signed_in().await);
    assert!(!wiki.is_alive(&tokens).await && !wiki.is_alive(&ended).await);
    assert!(second.is_signed_in().await, "another session there goes on");
    let reply = send(&app, &fake.logout_token(&json!({"sub": "mina"}))).await;
    assert_eq!(reply.status, 200);
    assert!(!second.is_signed_in().await);
    assert_eq!(app.count("audit_events WHERE event = 'provider_signed_out'"), 2);
    // One that ends nothing is fine too.
    assert_eq!(send(&app, &fake.logout_token(&json!({"sub": "nobody"}))).await.status, 200);
}

#[tokio::test]
async fn a_forged_or_replayed_logout_token_ends_nothing() {
    let (fake, app) = server("").await;
    let (first, second) = two_browsers(&fake, &app).await;
    let all = json!({"sub": "mina"});
    for claims in [
        json!({"iss": "https://evil.example"}),
        json!({"aud": "another app"}),
        json!({"iat": 1}),
        json!({"exp": 1}),
        json!({"events": null}),
        json!({"events": {"http://schemas.openid.net/event/backchannel-logout": true}}),
        json!({"events": {"x": {}}}),
        json!({"nonce": "x"}),
        json!({"jti": null}),
        json!({"sub": null}),
    ] {
        let mut wrong = all.clone();
        for (name, value) in claims.as_object().unwrap() {
            wrong[name] = value.clone();
        }
        let reply = send(&app, &fake.logout_token(&wrong)).await;
        assert_eq!(reply.status, 400, "{claims}");
    }
    for header in
        [json!({"alg": "none"}), json!({"alg": "HS256"}), json!({"typ": "at+jwt"}), json!({"kid": "x"})]
    {
        fake.says().header = header.clone();
        assert_eq!(send(&app, &fake.logout_token(&all)).await.status, 400, "{header}");
    }
    fake.says().header = json!({});
    fake.says().forges = true;
    assert_eq!(send(&app, &fake.logout_token(&all)).await.status, 400);
    fake.says().forges = false;
    for text in ["", "x", "a.b.c"] {
        assert_eq!(send(&app, text).await.status, 400);
    }
    assert!(first.is_signed_in().await && second.is_signed_in().await);
    // Replayed after the person has signed in again.
    let token = fake.logout_token(&all);
    assert_eq!(send(&app, &token).await.status, 200);
    assert!(!first.is_signed_in().await);
    sign_in_by(&first, &fake, "fake").await.assert_redirect("/dashboard");
    assert_eq!(send(&app, &token).await.status, 400);
    assert!(first.is_signed_in().await);
    let reply = app.visitor().post("/sign-in/other/backchannel-logout", &[("logout_token", &token)]).await;
    assert_eq!(reply.status, 404);
}

/// While the provider's keys cannot be fetched, nothing says that its token is wrong.
#[tokio::test]
async fn a_logout_token_that_cannot_be_checked_may_be_sent_again() {
    let fake = FakeProvider::start().await;
    fake.says().status = 500;
    let section = fake.section("fake", "oidc", "");
    let app = crate::support::TestApp::with(|config| crate::support::provider::offer(config, &section)).await;
    fake.follow(&app);
    let token = fake.logout_token(&json!({"sub": "mina"}));
    let reply = send(&app, &token).await;
    assert_eq!(reply.status, 503, "{}", reply.body);
    assert!(!reply.header("retry-after").is_empty());
    fake.says().status = 0;
    app.clock.advance(60);
    let reply = send(&app, &fake.logout_token(&json!({"sub": "mina"}))).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
}

async fn over_the_store_of(other: &TestApp) -> (FakeProvider, TestApp) {
    let fake = FakeProvider::start().await;
    let section = fake.section("fake", "oidc", "label = \"Fake\"");
    let redis = other.config.redis_url.is_some();
    let app = TestApp::with(|config| {
        config.redis_url = redis.then(crate::support::redis_url);
        offer(config, &section);
    })
    .await;
    fake.follow(&app);
    (fake, app)
}

/// Brings a browser back with an answer; while the provider is asked what the code is for, its session ends.
async fn come_while_it_ends(
    (fake, app): (&FakeProvider, &TestApp),
    person: &Persona,
    answer: &str,
    end: &Value,
) {
    fake.says().delay = Duration::from_millis(500);
    let asked = fake.says().requests.len();
    let ended = async {
        while fake.says().requests.len() == asked {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        send(app, &fake.logout_token(end)).await.status
    };
    let (reply, status) = tokio::join!(person.get(answer), ended);
    fake.says().delay = Duration::ZERO;
    assert_eq!(status, 200, "{end}");
    assert!(!person.is_signed_in().await, "{end}: {} {}", reply.status, reply.text());
}

async fn a_sign_out_there_during_a_sign_in_here_leaves_no_session(other: TestApp) {
    let (fake, app) = over_the_store_of(&other).await;
    let both = (&fake, &app);
    two_browsers(&fake, &app).await;
    for end in [json!({"sid": "third"}), json!({"sub": "mina"}), json!({"sub": "mina", "sid": "third"})] {
        fake.person(mina("third"));
        let person = app.visitor();
        let answer = fake.answer(&leave(&person, "/login", "fake").await);
        come_while_it_ends(both, &person, &answer, &end).await;
        // The next sign-in is a new one, whatever the session there is called.
        sign_in_by(&person, &fake, "fake").await.assert_redirect("/dashboard");
        assert!(person.is_signed_in().await);
    }
    // While a person who is new here chooses a username: the account is theirs, and the next sign-in too.
    fake.person(json!({"sub": "ada", "email": "ada@example.org", "email_verified": true, "sid": "of ada"}));
    let ada = app.visitor();
    sign_in_by(&ada, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    assert_eq!(send(&app, &fake.logout_token(&json!({"sid": "of ada"}))).await.status, 200);
    ada.post("/sign-in/fake/register", &[("username", "ada")]).await;
    assert!(!ada.is_signed_in().await);
    sign_in_by(&ada, &fake, "fake").await.assert_redirect("/dashboard");
    assert!(ada.is_signed_in().await);
}

async fn a_sign_out_there_while_a_code_is_asked_for_leaves_no_session(other: TestApp) {
    let (fake, app) = over_the_store_of(&other).await;
    two_browsers(&fake, &app).await;
    let owner = app.visitor();
    fake.says().claims["auth_time"] = json!(app.clock.now());
    sign_in_by(&owner, &fake, "fake").await.assert_redirect("/dashboard");
    let authenticator = app.set_up_totp(&owner).await;
    for (end, signed_in) in [
        (json!({"sid": "another"}), true),
        (json!({"sub": "another"}), true),
        (json!({"sid": "second"}), false),
        (json!({"sub": "mina"}), false),
    ] {
        let person = app.visitor();
        sign_in_by(&person, &fake, "fake").await.assert_redirect("/login/verify");
        assert_eq!(send(&app, &fake.logout_token(&end)).await.status, 200);
        let reply = person.verify(&authenticator.next_code(&app)).await;
        assert_eq!(person.is_signed_in().await, signed_in, "{end}: {} {}", reply.status, reply.text());
    }
}
