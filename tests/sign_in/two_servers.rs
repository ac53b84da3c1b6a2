//! One Munjigi signs people in at another.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use crate::support::provider::{FakeProvider, leave, offer, register_by, section_of_above, sign_in_by};
use crate::support::relying_party::{allow, destination};
use crate::support::{Persona, Reply, TestApp};

use super::logout::send;

/// Two servers: people have accounts at the first, and sign in to the second with them.
struct Two {
    above: TestApp,
    here: TestApp,
}

impl Two {
    async fn start(redis: bool) -> Self {
        let above = TestApp::start().await;
        let text = section_of_above(&above, "127.0.0.1").await;
        let here = TestApp::with(|config| {
            config.redis_url = redis.then(crate::support::redis_url);
            offer(config, &text);
        });
        Self { here: here.await, above }
    }

    /// Goes to the provider from this page, allows it there, and comes back.
    async fn pass(&self, mina_above: &Persona, mina_here: &Persona, page: &str) -> Reply {
        let address = leave(mina_here, page, "above").await;
        self.follow(mina_above, mina_here, &address).await
    }

    async fn follow(&self, mina_above: &Persona, mina_here: &Persona, address: &Url) -> Reply {
        assert!(address.as_str().starts_with(&self.above.url), "{address}");
        let asked = mina_above.get(&format!("{}?{}", address.path(), address.query().unwrap())).await;
        let back = destination(&allow(mina_above, asked).await);
        assert!(back.as_str().starts_with(&self.here.url), "{back}");
        mina_here.get(&format!("{}?{}", back.path(), back.query().unwrap())).await
    }
}

async fn session(person: &Persona) -> Value {
    let reply = person.send(person.request(Method::GET, "/api/auth/check")).await;
    serde_json::from_str(&reply.body).unwrap()
}

async fn a_person_signs_in_with_an_account_of_another_server(redis: bool) {
    let two = Two::start(redis).await;
    let above = two.above.member("mina").await;
    two.above.verify_address("mina").await;
    let here = two.here.visitor();

    let login = here.get("/login?next=/sessions").await;
    assert_eq!(login.find("button[formaction='/sign-in/above']"), ["Sign in with Above"], "{}", login.body);
    let back = two.pass(&above, &here, "/login?next=/sessions").await;
    back.assert_redirect("/sign-in/above/register");
    let page = here.get("/sign-in/above/register").await;
    assert!(page.text().contains("Above") && page.text().contains("mina@example.org"), "{}", page.text());
    assert_eq!(page.attributes("#username", "value"), ["mina"], "a suggestion");
    let made =
        here.fill("/sign-in/above/register", "/sign-in/above/register", &[("username", "mina2")]).await;
    made.assert_redirect("/sessions");
    let user = two.here.user("mina2");
    assert_eq!((user.email.as_str(), user.password_hash.as_str()), ("mina@example.org", "!"));
    assert!(user.email_verified_at.is_some());
    assert_eq!(session(&here).await["session"]["amr"], json!(["fed", "pwd"]));

    // The next time nothing is asked, and the browser goes where it was going.
    let again = two.here.visitor();
    two.pass(&above, &again, "/login?next=/security").await.assert_redirect("/security");
    let security = again.get("/security").await;
    assert!(security.text().contains("Above mina@example.org"), "{}", security.text());
    assert_eq!(two.here.count("identities"), 1);
    assert_eq!(two.here.count("upstream_attempts"), 0, "each answer is for one use");
    // The register page offers it as well, and the attempt leaves no trace.
    let third = two.here.visitor();
    two.pass(&above, &third, "/register").await.assert_redirect("/dashboard");
    assert!(third.is_signed_in().await);
}

mod a_person_signs_in_over {
    #[tokio::test]
    async fn embedded() {
        super::a_person_signs_in_with_an_account_of_another_server(false).await;
    }

    #[tokio::test]
    async fn redis() {
        super::a_person_signs_in_with_an_account_of_another_server(true).await;
    }
}

/// Two nodes on one database, and their provider.
async fn nodes(redis: bool) -> (FakeProvider, TestApp, TestApp) {
    let fake = FakeProvider::start().await;
    fake.person(json!({"sub": "mina", "email": "mina@example.org", "email_verified": true}));
    let text = fake.section("fake", "oidc", "");
    let url = redis.then(crate::support::redis_url);
    let one = TestApp::with(|config| {
        config.redis_url.clone_from(&url);
        offer(config, &text);
    })
    .await;
    let two = TestApp::with(|config| {
        config.redis_url.clone_from(&url);
        config.database = one.config.database.clone();
        config.data_dir = one.config.data_dir.clone();
        offer(config, &text);
    })
    .await;
    (fake, one, two)
}

/// The browser begins at one, and comes back to the other.
async fn a_sign_in_begins_on_one_node_and_ends_on_another(redis: bool) {
    let (fake, one, two) = nodes(redis).await;
    let here = one.visitor();
    let answer = fake.answer(&leave(&here, "/login", "fake").await);
    let there = Persona::at(&two.url, &here);
    there.get(&answer).await.assert_redirect("/sign-in/fake/register");
    assert_eq!(here.get(&answer).await.header("location"), "/login", "for one use on any node");
    let page = "/sign-in/fake/register";
    here.fill(page, page, &[("username", "mina")]).await.assert_redirect("/dashboard");
    assert_eq!(there.post(page, &[("username", "mina2")]).await.header("location"), "/login");
}

mod a_sign_in_over_two_nodes {
    #[tokio::test]
    async fn embedded() {
        super::a_sign_in_begins_on_one_node_and_ends_on_another(false).await;
    }

    #[tokio::test]
    async fn redis() {
        super::a_sign_in_begins_on_one_node_and_ends_on_another(true).await;
    }
}

/// The provider's notice comes to the node at which the session did not begin; each notice counts once on both.
async fn a_sign_out_there_that_one_node_learns_of_ends_the_session_on_both(redis: bool) {
    let (fake, one, two) = nodes(redis).await;
    let here = one.visitor();
    register_by(&here, &fake, "fake", "mina").await.assert_redirect("/dashboard");
    for round in 0..3 {
        let there = Persona::at(&two.url, &here);
        // Both nodes know the session.
        for persona in [&here, &there, &here, &there] {
            assert!(persona.is_signed_in().await, "round {round}");
        }
        let token = fake.logout_token(&json!({"sub": "mina"}));
        let since = Instant::now();
        assert_eq!(send(&two, &token).await.status, 200);
        for persona in [&there, &here] {
            while persona.is_signed_in().await {
                assert!(since.elapsed() < Duration::from_secs(1), "round {round}");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        sign_in_by(&here, &fake, "fake").await.assert_redirect("/dashboard");
        for node in [&one, &two] {
            assert_eq!(send(node, &token).await.status, 400, "it was sent before");
        }
        assert!(here.is_signed_in().await && Persona::at(&two.url, &here).is_signed_in().await);
    }
    // At both nodes at once, it counts at one.
    let token = fake.logout_token(&json!({"sub": "mina"}));
    let (first, second) = tokio::join!(send(&one, &token), send(&two, &token));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
    assert!(!here.is_signed_in().await);
    // Both may have found the session.
    let recorded = one.count("audit_events WHERE event = 'provider_signed_out'");
    assert!([4, 5].contains(&recorded), "{recorded}");
}

mod a_sign_out_over_two_nodes {
    #[tokio::test]
    async fn embedded() {
        super::a_sign_out_there_that_one_node_learns_of_ends_the_session_on_both(false).await;
    }

    #[tokio::test]
    async fn redis() {
        super::a_sign_out_there_that_one_node_learns_of_ends_the_session_on_both(true).await;
    }
}
