//! Whatever ends a session, or a person's access, ends the tokens of apps at once.

use munjigi::identity::oidc::{Actor, ClientInput, Level};

use crate::support::relying_party::{RelyingParty, TokenSet, input};
use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

over_both_stores![
    tokens_end_with_their_session,
    a_session_of_its_own_outlives_the_browser_and_ends_with_everything_else,
    what_takes_access_away_ends_tokens_for_good,
];

const OFFLINE: (&str, &str) = ("scope", "openid profile offline_access");

/// Tokens that are hot in the near cache.
async fn hot(app: &RelyingParty, person: &Persona, other: &[(&str, &str)]) -> TokenSet {
    let tokens = app.sign_in(person, other).await;
    for _ in 0..2 {
        assert!(app.is_alive(&tokens).await);
    }
    tokens
}

async fn is_over(app: &RelyingParty, tokens: &TokenSet, why: &str) {
    assert!(!app.is_alive(tokens).await, "{why}");
    if let Some(refresh) = &tokens.refresh {
        assert_eq!(app.refresh(refresh).await.status, 400, "{why}");
    }
}

async fn tokens_end_with_their_session(app: TestApp) {
    let mina = app.member("mina").await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let phone = app.another_browser("mina").await;
    let (here, there) = (hot(&wiki, &mina, &[]).await, hot(&wiki, &phone, &[]).await);
    assert_ne!(here.claims()["sid"], there.claims()["sid"]);

    phone.post("/logout", &[]).await.assert_redirect("/");
    is_over(&wiki, &there, "sign-out").await;
    assert!(wiki.is_alive(&here).await, "another session's go on");

    // A step-up gives the session a new id; what stands on it moves along, under the same name.
    let phone = app.another_browser("mina").await;
    let there = hot(&wiki, &phone, &[]).await;
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    is_over(&wiki, &there, "all others ended").await;
    assert!(wiki.is_alive(&here).await, "this session goes on");
    assert_eq!(hot(&wiki, &mina, &[]).await.claims()["sid"], here.claims()["sid"]);

    let phone = app.another_browser("mina").await;
    let there = hot(&wiki, &phone, &[]).await;
    let new = "orchard velvet seven 계단";
    mina.post("/security", &[("current_password", PASSWORD), ("new_password", new)])
        .await
        .assert_redirect("/security");
    is_over(&wiki, &there, "a new password").await;
    is_over(&wiki, &here, "a new password, in this session too").await;
    assert!(mina.is_signed_in().await);

    let again = hot(&wiki, &mina, &[]).await;
    app.set_disabled(app.user_id("mina"), true).await;
    is_over(&wiki, &again, "disabled").await;
    app.set_disabled(app.user_id("mina"), false).await;
    is_over(&wiki, &again, "enabled again").await;
    assert_eq!(app.count("oidc_grants"), 0, "nothing is left");
}

async fn a_session_of_its_own_outlives_the_browser_and_ends_with_everything_else(app: TestApp) {
    let mina = app.member("mina").await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let offline = hot(&wiki, &mina, &[OFFLINE]).await;
    let sessions = mina.get("/sessions").await;
    assert!(sessions.text().contains("Wiki"), "{}", sessions.text());
    mina.post("/logout", &[]).await.assert_redirect("/");
    assert!(wiki.is_alive(&offline).await, "the person is away");
    let offline = TokenSet::of(&wiki.refresh(offline.refresh.as_ref().unwrap()).await);

    let mina = app.another_browser("mina").await;
    let page = mina.get("/sessions").await;
    let ends = page.attributes(".session:not(.now) form", "action");
    assert_eq!(ends.len(), 1, "{}", page.text());
    for action in ends {
        mina.post(&action, &[]).await;
    }
    is_over(&wiki, &offline, "ended on the sessions page").await;

    let mina = app.another_browser("mina").await;
    let offline = hot(&wiki, &mina, &[OFFLINE]).await;
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    is_over(&wiki, &offline, "all others ended").await;

    let offline = hot(&wiki, &mina, &[OFFLINE]).await;
    assert_eq!(wiki.post("/oauth/revoke", &[("token", offline.refresh.as_ref().unwrap())]).await.status, 200);
    is_over(&wiki, &offline, "revoked").await;
    assert!(!mina.get("/sessions").await.text().contains("Wiki"), "its session has ended too");
    let by_access = hot(&wiki, &mina, &[]).await;
    assert_eq!(wiki.post("/oauth/revoke", &[("token", &by_access.access)]).await.status, 200);
    is_over(&wiki, &by_access, "revoked by the access token").await;

    let offline = hot(&wiki, &mina, &[OFFLINE]).await;
    app.operate(|operator| {
        let user = operator.find("mina").unwrap().unwrap();
        operator.end_sessions(user.id).unwrap();
    })
    .await;
    is_over(&wiki, &offline, "all ended by the operator").await;
}

async fn what_takes_access_away_ends_tokens_for_good(app: TestApp) {
    let sofia = app.staff("sofia").await;
    let mina = app.member("mina").await;
    sofia.post("/admin/groups", &[("name", "Editors")]).await.assert_redirect("/admin/groups/1");
    let id = app.user_id("mina");
    let wiki = RelyingParty::in_groups(&app, input("Wiki"), vec![1]).await;
    let refused = mina.get(&wiki.address(&[])).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("Wiki"), "{}", refused.text());
    let silent = async || mina.get(&wiki.address(&[("prompt", "none")])).await.header("location").to_owned();
    assert!(silent().await.contains("error=consent_required"), "it learns nothing before she has allowed it");

    app.join_group(1, id).await;
    let tokens = hot(&wiki, &mina, &[]).await;
    assert_eq!(tokens.claims()["groups"], serde_json::json!(["Editors"]));
    let offline = hot(&wiki, &mina, &[OFFLINE]).await;
    app.leave_group(1, id).await;
    is_over(&wiki, &tokens, "no longer in the group").await;
    is_over(&wiki, &offline, "no longer in the group").await;
    assert!(silent().await.contains("error=access_denied"));
    app.join_group(1, id).await;
    is_over(&wiki, &tokens, "back in the group").await;

    let tokens = hot(&wiki, &mina, &[]).await;
    let offline = hot(&wiki, &mina, &[OFFLINE]).await;
    let page = mina.get("/security/connected-apps").await;
    assert!(page.text().contains("Wiki"), "{}", page.text());
    let withdraw = format!("/security/connected-apps/{}/withdraw", wiki.client_id);
    let eve = app.member("eve").await;
    assert_eq!(eve.post(&withdraw, &[]).await.status, 404, "another's");
    assert!(wiki.is_alive(&tokens).await);
    mina.post(&withdraw, &[]).await.assert_redirect("/security/connected-apps");
    is_over(&wiki, &tokens, "withdrawn").await;
    is_over(&wiki, &offline, "withdrawn").await;
    let asked = mina.get(&wiki.address(&[])).await;
    assert_eq!(asked.status, 200, "asked again");

    let tokens = hot(&wiki, &mina, &[]).await;
    let client = app.identity.oidc_clients.named("wiki").await.unwrap().unwrap();
    let secret = app.identity.oidc_clients.rotate_secret(Actor::Operator, &client).await.unwrap();
    assert!(wiki.is_alive(&tokens).await, "the secret before is still valid");
    let renewed = RelyingParty { secret: Some(secret.as_str().to_owned()), ..wiki.clone() };
    assert!(renewed.is_alive(&tokens).await);
    app.identity.oidc_clients.rotate_secret(Actor::Operator, &client).await.unwrap();
    assert_eq!(
        wiki.post("/oauth/introspect", &[("token", "x")]).await.status,
        401,
        "the one before that is not"
    );
    let client = app.identity.oidc_clients.named("wiki").await.unwrap().unwrap();
    app.identity.oidc_clients.remove(Actor::Operator, &client).await.unwrap();
    assert_eq!(renewed.userinfo(&tokens.access).await.status, 401, "the app was removed");
    assert_eq!((app.count("oidc_grants"), app.count("oidc_consents")), (0, 0));
}

#[tokio::test]
async fn an_app_that_comes_to_want_two_factors_knows_no_session_with_one() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let tokens = hot(&wiki, &mina, &[]).await;
    let client = app.identity.oidc_clients.named("wiki").await.unwrap().unwrap();
    let stricter = ClientInput { level: Level::TwoFactor, ..input("Wiki") };
    let stricter = munjigi::identity::oidc::NewClient::parse(stricter, None).unwrap();
    app.identity.oidc_clients.change(Actor::Operator, &client, stricter, vec![]).await.unwrap();
    is_over(&wiki, &tokens, "one factor").await;
}

#[tokio::test]
async fn what_has_expired_is_deleted() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    wiki.sign_in(&mina, &[]).await;
    app.purge().await;
    assert_eq!((app.count("oidc_grants"), app.count("oidc_codes")), (1, 1));
    app.clock.advance(25 * 3600);
    app.purge().await;
    assert_eq!((app.count("oidc_grants"), app.count("oidc_codes")), (1, 0));
    assert_eq!(app.count("oidc_logins"), 1);
    app.clock.advance(91 * 24 * 3600);
    app.purge().await;
    assert_eq!((app.count("oidc_grants"), app.count("oidc_logins")), (0, 0));
}

#[tokio::test]
async fn no_app_piles_up_grants_or_sessions() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    for asked in [&[][..], &[OFFLINE]] {
        let (first, second) = (wiki.sign_in(&mina, asked).await, wiki.sign_in(&mina, asked).await);
        for _ in 0..19 {
            wiki.sign_in(&mina, asked).await;
        }
        assert!(!wiki.is_alive(&first).await, "the oldest of 21 ends: {asked:?}");
        assert!(wiki.is_alive(&second).await, "{asked:?}");
    }
    assert_eq!(app.count("oidc_grants"), 40);
    assert_eq!(mina.get("/sessions").await.find(".session:not(.now)").len(), 20);
}

#[tokio::test]
async fn no_app_piles_up_codes() {
    let app = TestApp::start().await;
    let own = ClientInput { first_party: true, ..input("Wiki") };
    let (mina, wiki) = (app.member("mina").await, RelyingParty::with(&app, own).await);
    for _ in 0..101 {
        wiki.code(&mina, &[]).await;
        app.clock.advance(1);
    }
    assert_eq!(app.count("oidc_codes"), 100);
    wiki.sign_in(&mina, &[]).await;
}
