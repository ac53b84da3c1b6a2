//! Providers whose addresses stand in the settings.

use serde_json::json;

use crate::support::TestApp;
use crate::support::provider::{FakeProvider, leave, offer, press, register_by, sign_in_by};
use crate::support::relying_party::destination;

const DISCOVERY: &str = "/.well-known/openid-configuration";

/// The paths that were asked for.
fn asked(fake: &FakeProvider) -> Vec<String> {
    fake.says().requests.iter().map(|(path, _, _)| path.clone()).collect()
}

#[tokio::test]
async fn with_every_address_set_discovery_is_not_asked_and_the_keys_are_those_of_jwks_url() {
    let fake = FakeProvider::start().await;
    let url = &fake.url;
    // What it says of itself is wrong and would lead elsewhere.
    fake.says().document = json!({"issuer": "https://evil.example", "jwks_uri": format!("{url}/evil")});
    let keys = fake.keys();
    fake.says().pages.insert("/own/keys".to_owned(), keys);
    let lines = format!(
        "label = \"Fake\"\nauthorize_url = \"{url}/own/authorize\"\ntoken_url = \"{url}/token\"\njwks_url = \"{url}/own/keys\""
    );
    let section = fake.section("fake", "oidc", &lines);
    let app = TestApp::with(|config| offer(config, &section)).await;
    fake.follow(&app);
    fake.person(json!({"sub": "mina", "email": "mina@example.org", "email_verified": true}));
    let address = leave(&app.visitor(), "/login", "fake").await;
    assert!(address.as_str().starts_with(&format!("{url}/own/authorize?")), "{address}");
    register_by(&app.visitor(), &fake, "fake", "mina").await.assert_redirect("/dashboard");
    // A new key is fetched from there as well, and a token by a key that is not there is refused.
    fake.says().key = 1;
    app.clock.advance(60);
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/login");
    let keys = fake.keys();
    fake.says().pages.insert("/own/keys".to_owned(), keys);
    app.clock.advance(60);
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/dashboard");
    fake.says().forges = true;
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/login");
    let mut paths = asked(&fake);
    paths.sort();
    paths.dedup();
    assert_eq!(paths, ["/own/keys", "/token"], "nothing else is asked");
    let says = fake.says();
    let (_, _, authorization) = says.requests.iter().find(|(path, _, _)| path == "/token").unwrap();
    assert!(authorization.starts_with("Basic "), "{authorization}");
}

#[tokio::test]
async fn with_some_addresses_set_these_count_and_discovery_says_the_rest() {
    let fake = FakeProvider::start().await;
    let url = &fake.url;
    let keys = fake.keys();
    fake.says().pages.insert("/own/keys".to_owned(), keys);
    fake.says().document = json!({"jwks_uri": "https://169.254.169.254/keys"});
    let lines = format!("authorize_url = \"{url}/own/authorize\"\njwks_url = \"{url}/own/keys\"");
    let section = fake.section("fake", "oidc", &lines);
    let app = TestApp::with(|config| offer(config, &section)).await;
    fake.follow(&app);
    fake.person(json!({"sub": "mina", "email": "mina@example.org", "email_verified": true}));
    let address = destination(&press(&app.visitor(), "/login", "fake", &[]).await);
    assert_eq!(address.path(), "/own/authorize");
    register_by(&app.visitor(), &fake, "fake", "mina").await.assert_redirect("/dashboard");
    let paths = asked(&fake);
    for path in [DISCOVERY, "/own/keys", "/token"] {
        assert!(paths.iter().any(|asked| asked == path), "{path}: {paths:?}");
    }
}
