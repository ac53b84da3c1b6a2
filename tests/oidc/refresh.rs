//! Refresh tokens: one use each, forgiving a lost answer, unforgiving to a thief.

use munjigi::identity::oidc::{ClientInput, GrantType};
use serde_json::Value;

use crate::support::relying_party::{RelyingParty, TokenSet, input};
use crate::support::{TestApp, over_both_stores};

over_both_stores![tokens_are_renewed_and_a_stolen_one_ends_the_grant];

fn error_of(reply: &crate::support::Reply) -> Value {
    serde_json::from_str::<Value>(&reply.body).unwrap()["error"].clone()
}

async fn tokens_are_renewed_and_a_stolen_one_ends_the_grant(app: TestApp) {
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let first = wiki.sign_in(&mina, &[]).await;
    let old = first.refresh.clone().unwrap();
    let second = TokenSet::of(&wiki.refresh(&old).await);
    assert_ne!(second.refresh, first.refresh);
    assert!(wiki.is_alive(&second).await);
    let (before, after) = (first.claims(), second.claims());
    for name in ["sub", "sid", "auth_time", "aud", "iss"] {
        assert_eq!(before[name], after[name], "{name}");
    }
    assert!(after.get("nonce").is_none());
    // The answer was lost.
    let repeated = TokenSet::of(&wiki.refresh(&old).await);
    assert_eq!(repeated.refresh, second.refresh);
    app.clock.advance(11);
    let third = TokenSet::of(&wiki.refresh(second.refresh.as_ref().unwrap()).await);
    app.clock.advance(11);
    assert_eq!(error_of(&wiki.refresh(&old).await), "invalid_grant");
    assert!(!wiki.is_alive(&third).await, "the holder of the newest one is out as well");
    assert_eq!(error_of(&wiki.refresh(third.refresh.as_ref().unwrap()).await), "invalid_grant");
    assert!(mina.is_signed_in().await, "the person's session goes on");
    assert!(mina.get("/security").await.text().contains("An app’s old token was used again: Wiki"));
}

#[tokio::test]
async fn an_app_may_ask_for_less_and_never_for_more() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let tokens = wiki.sign_in(&mina, &[("scope", "openid email")]).await;
    let refresh = tokens.refresh.unwrap();
    let ask = async |scope: &str| {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("scope", scope)];
        wiki.post("/oauth/token", &fields).await
    };
    assert_eq!(error_of(&ask("openid email profile").await), "invalid_scope");
    let less = TokenSet::of(&ask("openid").await);
    assert_eq!(less.answer["scope"], "openid");
    assert!(less.claims().get("email").is_none());
    let info: Value = serde_json::from_str(&wiki.userinfo(&less.access).await.body).unwrap();
    assert!(info.get("email").is_none());
}

#[tokio::test]
async fn only_apps_registered_for_them_get_any_and_unused_ones_expire() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let none = ClientInput { grants: vec![GrantType::AuthorizationCode], ..input("None") };
    let none = RelyingParty::with(&app, none).await;
    let scope = ("scope", "openid offline_access");
    let tokens = none.sign_in(&mina, &[scope]).await;
    assert_eq!((tokens.refresh, &tokens.answer["scope"]), (None, &Value::from("openid")));
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let offline = wiki.sign_in(&mina, &[scope]).await.refresh.unwrap();
    app.clock.advance(13 * 24 * 3600);
    let next = TokenSet::of(&wiki.refresh(&offline).await).refresh.unwrap();
    app.clock.advance(14 * 24 * 3600);
    assert_eq!(error_of(&wiki.refresh(&next).await), "invalid_grant");
    for wrong in ["", "x", "mjor_1.0.x.y", "mjr_1.0.x.y"] {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", wrong)];
        assert_eq!(wiki.post("/oauth/token", &fields).await.status, 400, "{wrong}");
    }
}
