//! Logout that an app begins (RP-Initiated Logout 1.0).

use reqwest::Method;

use crate::support::relying_party::{AFTER_LOGOUT, RelyingParty, destination};
use crate::support::{Persona, TestApp, encode, over_both_stores};

over_both_stores![an_app_signs_the_person_out_of_this_very_session];

fn address(fields: &[(&str, &str)]) -> String {
    format!("/oauth/logout?{}", encode(fields))
}

async fn an_app_signs_the_person_out_of_this_very_session(app: TestApp) {
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let tokens = wiki.sign_in(&mina, &[]).await;
    let hint = tokens.id.clone().unwrap();
    app.clock.advance(3700);
    let fields =
        [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", AFTER_LOGOUT), ("state", "a&b")];
    let reply = mina.get(&address(&fields)).await;
    reply.assert_redirect(&format!("{AFTER_LOGOUT}?state=a%26b"));
    assert!(!mina.is_signed_in().await);
    assert!(!wiki.is_alive(&tokens).await);
    // Again, when the session has ended already; and by the app's id alone.
    mina.get(&address(&fields)).await.assert_redirect(&format!("{AFTER_LOGOUT}?state=a%26b"));
    let by_id = [("client_id", wiki.client_id.as_str()), ("post_logout_redirect_uri", AFTER_LOGOUT)];
    mina.get(&address(&by_id)).await.assert_redirect(AFTER_LOGOUT);
    mina.get("/oauth/logout").await.assert_redirect("/");
}

/// As mod_auth_openidc does.
#[tokio::test]
async fn an_app_that_has_given_its_tokens_back_still_signs_out_of_this_session() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let tokens = wiki.sign_in(&mina, &[]).await;
    for token in [tokens.refresh.as_ref().unwrap(), &tokens.access] {
        assert_eq!(wiki.post("/oauth/revoke", &[("token", token)]).await.status, 200);
    }
    assert!(!wiki.is_alive(&tokens).await);
    // The session keeps its name.
    let again = wiki.sign_in(&mina, &[]).await;
    assert_eq!(again.claims()["sid"], tokens.claims()["sid"]);
    assert_eq!(wiki.post("/oauth/revoke", &[("token", &again.access)]).await.status, 200);
    let elsewhere = app.another_browser("mina").await;
    assert!(is_asked(&elsewhere, &[("id_token_hint", tokens.id.as_ref().unwrap())]).await);
    mina.get(&address(&[("id_token_hint", tokens.id.as_ref().unwrap())])).await.assert_redirect("/");
    assert!(!mina.is_signed_in().await && elsewhere.is_signed_in().await);
}

/// Whether the person is asked, and still signed in.
async fn is_asked(person: &Persona, fields: &[(&str, &str)]) -> bool {
    let reply = person.get(&address(fields)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(person.is_signed_in().await);
    reply.form("/oauth/logout").len() == fields.len() + 1
}

#[tokio::test]
async fn nobody_is_signed_out_by_a_link_of_someone_else() {
    let app = TestApp::start().await;
    let (mina, eve) = (app.member("mina").await, app.member("eve").await);
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let other = app.another_browser("mina").await;
    let of_eve = wiki.sign_in(&eve, &[]).await.id.unwrap();
    let elsewhere = wiki.sign_in(&other, &[]).await.id.unwrap();
    assert!(is_asked(&mina, &[]).await);
    assert!(is_asked(&mina, &[("client_id", &wiki.client_id)]).await);
    assert!(is_asked(&mina, &[("id_token_hint", &of_eve)]).await);
    assert!(is_asked(&mina, &[("id_token_hint", &elsewhere)]).await, "another session of hers");
    for wrong in [
        &[("id_token_hint", "x.y.z")][..],
        &[("client_id", "unknown")],
        &[("id_token_hint", of_eve.as_str()), ("client_id", "unknown")],
        &[("id_token_hint", &of_eve), ("post_logout_redirect_uri", "https://evil.example/")],
        &[("client_id", &wiki.client_id), ("post_logout_redirect_uri", "https://app.example.org/bye?x")],
    ] {
        let reply = mina.get(&address(wrong)).await;
        assert_eq!((reply.status, reply.header("location")), (400, ""), "{wrong:?}");
        assert!(mina.is_signed_in().await);
    }
    // An address without an app is not followed.
    assert!(is_asked(&mina, &[("post_logout_redirect_uri", "https://evil.example/")]).await);
    let foreign = async |decision: &str| {
        let form = encode(&[("decision", decision)]);
        let mut request = mina
            .request(Method::POST, "/oauth/logout")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(if decision.is_empty() { String::new() } else { form })
            .build()
            .unwrap();
        request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
        crate::support::client().execute(request).await.unwrap()
    };
    assert_eq!(foreign("sign-out").await.status(), 403, "a form of another site");
    let plain = foreign("").await;
    assert_eq!(
        (plain.status().as_u16(), plain.headers()["location"].to_str().unwrap()),
        (303, "/oauth/logout?")
    );
    assert!(mina.is_signed_in().await);

    let form = [
        ("client_id", wiki.client_id.as_str()),
        ("post_logout_redirect_uri", AFTER_LOGOUT),
        ("decision", "sign-out"),
    ];
    let reply = mina.post("/oauth/logout", &form).await;
    assert_eq!(destination(&reply).as_str(), AFTER_LOGOUT);
    assert!(!mina.is_signed_in().await && other.is_signed_in().await);
}
