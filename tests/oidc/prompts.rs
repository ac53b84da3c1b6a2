//! What an app may ask of the person: to sign in, again, by more, as someone else, in another language.

use munjigi::identity::oidc::{ClientInput, Level};
use serde_json::json;

use crate::support::relying_party::{
    CALLBACK, RelyingParty, TokenSet, allow, decide, destination, input, query,
};
use crate::support::{PASSWORD, Persona, Reply, TestApp};

async fn own(app: &TestApp, name: &str) -> RelyingParty {
    RelyingParty::with(app, ClientInput { first_party: true, ..input(name) }).await
}

/// Proves who is there on the page that asks for it.
async fn prove(person: &Persona, asked: &Reply, proof: (&str, &str)) -> Reply {
    assert_eq!(asked.status, 200, "{}", asked.text());
    let name = format!("[name={}]", proof.0);
    assert_eq!(asked.find(&name).len(), 1, "{} is asked for: {}", proof.0, asked.text());
    person.confirm(asked, "/oauth/authorize", proof).await
}

async fn tokens(party: &RelyingParty, reply: &Reply) -> TokenSet {
    let to = destination(reply);
    let code = query(&to).remove("code").unwrap_or_else(|| panic!("{to}"));
    TokenSet::of(&party.exchange(&code, &[]).await)
}

#[tokio::test]
async fn a_visitor_signs_in_and_comes_back() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let visitor = app.visitor();
    for prompt in ["", "login", "select_account", "login consent"] {
        let asked = [("prompt", prompt), ("login_hint", "mina@example.org"), ("max_age", "0")];
        let reply = visitor.get(&wiki.address(&asked)).await;
        let login = reply.header("location").to_owned();
        assert!(reply.status == 303 && login.starts_with("/login?next="), "{login}");
        let page = visitor.get(&login).await;
        assert_eq!(page.form("/login")["login"].as_deref(), Some("mina@example.org"));
        let reply = visitor.fill(&login, "/login", &[("password", PASSWORD)]).await;
        assert!(
            reply.header("location").starts_with("/oauth/authorize?"),
            "{} {}",
            reply.status,
            reply.text()
        );
        let back = visitor.get(reply.header("location")).await;
        let to = destination(&allow(&visitor, back).await);
        assert!(to.as_str().starts_with(CALLBACK) && query(&to).contains_key("code"), "{prompt}: {to}");
        visitor.post("/logout", &[]).await;
    }
    // After a form it is a page that navigates, because Chromium holds every redirect to the page's form-action.
    let first_party = own(&app, "Own").await;
    let login = visitor.get(&first_party.address(&[])).await.header("location").to_owned();
    let reply = visitor.fill(&login, "/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    let page = visitor.get(reply.header("location")).await;
    assert_eq!(page.status, 200);
    assert!(destination(&page).as_str().starts_with(CALLBACK));
}

#[tokio::test]
async fn a_second_factor_and_a_required_set_up_stand_on_the_way() {
    let app = TestApp::start().await;
    let (mina, totp) = app.member_with_totp("mina").await;
    mina.post("/logout", &[]).await;
    let wiki = own(&app, "Wiki").await;
    let visitor = app.visitor();
    let login = visitor.get(&wiki.address(&[])).await.header("location").to_owned();
    let reply = visitor.fill(&login, "/login", &[("login", "mina"), ("password", PASSWORD)]).await;
    assert!(reply.header("location").starts_with("/login/verify?next=%2Foauth"), "{reply:?}");
    let reply = visitor.verify(&totp.next_code(&app)).await;
    let page = visitor.get(reply.header("location")).await;
    let claims = tokens(&wiki, &page).await.claims();
    assert_eq!(claims["acr"], "urn:munjigi:acr:2fa");
    assert_eq!(claims["amr"], json!(["pwd", "otp", "mfa"]));

    let noa = app.member("noa").await;
    let sofia = app.staff("sofia").await;
    sofia.post("/admin/groups", &[("name", "Careful")]).await.assert_redirect("/admin/groups/1");
    sofia.post("/admin/groups/1", &[("name", "Careful"), ("second_factor", "yes")]).await;
    app.join_group(1, app.user_id("noa")).await;
    let reply = noa.get(&wiki.address(&[])).await;
    let set_up = reply.header("location").to_owned();
    assert!(set_up.starts_with("/security/totp?next="), "{set_up}");
    let silent = noa.get(&wiki.address(&[("prompt", "none")])).await;
    assert!(silent.header("location").contains("error=interaction_required"));
    let foreign = RelyingParty::register(&app, "Foreign").await;
    let silent = noa.get(&foreign.address(&[("prompt", "none")])).await;
    assert!(silent.header("location").contains("error=consent_required"), "she has allowed it nothing");
    noa.get(&set_up).await;
    app.set_up_totp(&noa).await;
    let claims = tokens(&wiki, &noa.get(&wiki.address(&[])).await).await.claims();
    assert_eq!(claims["acr"], "urn:munjigi:acr:2fa");
}

#[tokio::test]
async fn signing_in_again_takes_a_proof_now_however_recent_the_last_one() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, own(&app, "Wiki").await);
    app.clock.stop();
    let first = wiki.sign_in(&mina, &[]).await.claims();
    app.clock.advance(100);
    for asked in [("prompt", "login"), ("max_age", "0"), ("max_age", "60")] {
        let page = mina.get(&wiki.address(&[asked])).await;
        let wrong = mina.confirm(&page, "/oauth/authorize", ("current_password", "guess")).await;
        assert_eq!(wrong.status, 422);
        let reply = prove(&mina, &page, ("current_password", PASSWORD)).await;
        let claims = tokens(&wiki, &reply).await.claims();
        assert_eq!(claims["auth_time"], app.clock.now(), "{asked:?}");
        assert_eq!(claims["sid"], first["sid"], "the same session, under a new id");
        assert!(mina.is_signed_in().await);
        app.clock.advance(100);
    }
    let claims = wiki.sign_in(&mina, &[("max_age", "200")]).await.claims();
    assert_eq!(claims["auth_time"], app.clock.now() - 100, "recent enough");
    // The password that was right a moment ago is asked for again, and then consent.
    let other = RelyingParty::register(&app, "Other").await;
    let page = mina.get(&other.address(&[("prompt", "login consent")])).await;
    let consent = prove(&mina, &page, ("current_password", PASSWORD)).await;
    assert!(consent.text().contains("Sign in to Other"), "{}", consent.text());
    assert!(query(&destination(&allow(&mina, consent).await)).contains_key("code"));
}

#[tokio::test]
async fn an_app_that_wants_two_factors_gets_them_or_no_one() {
    let app = TestApp::start().await;
    let strict = ClientInput { level: Level::TwoFactor, first_party: true, ..input("Bank") };
    let (bank, wiki) = (RelyingParty::with(&app, strict).await, own(&app, "Wiki").await);
    let mina = app.member("mina").await;
    let reply = mina.get(&bank.address(&[])).await;
    assert!(reply.header("location").starts_with("/security/totp?next="));
    let wants_two = ("acr_values", "urn:munjigi:acr:2fa urn:munjigi:acr:1fa");
    assert_eq!(wiki.sign_in(&mina, &[wants_two]).await.claims()["acr"], "urn:munjigi:acr:1fa", "a wish");
    let essential = ("claims", r#"{"id_token":{"acr":{"essential":true,"value":"urn:munjigi:acr:2fa"}}}"#);
    let unmet = query(&destination(&mina.get(&wiki.address(&[essential])).await));
    assert_eq!(unmet["error"], "unmet_authentication_requirements");

    app.set_up_totp(&mina).await;
    let claims = tokens(&bank, &mina.get(&bank.address(&[])).await).await.claims();
    assert_eq!(claims["acr"], "urn:munjigi:acr:2fa");
}

#[tokio::test]
async fn a_person_may_turn_out_to_be_someone_else() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.member("noa").await;
    let wiki = RelyingParty::register(&app, "Wiki").await;
    let page = mina.get(&wiki.address(&[("prompt", "select_account")])).await;
    assert!(page.text().contains("mina"), "{}", page.text());
    let consent = decide(&mina, page, "continue").await;
    assert!(consent.text().contains("Wiki will see"), "{}", consent.text());
    let reply = decide(&mina, consent, "switch").await;
    let login = reply.header("location").to_owned();
    assert!(login.starts_with("/login?next="), "{login}");
    assert!(!mina.is_signed_in().await);
    let reply = mina.fill(&login, "/login", &[("login", "noa"), ("password", PASSWORD)]).await;
    let consent = mina.get(reply.header("location")).await;
    assert!(consent.text().contains("noa@example.org"));
    let claims = tokens(&wiki, &allow(&mina, consent).await).await.claims();
    assert_eq!(claims["sub"], app.user_id("noa").to_string());

    let wrong = format!(r#"{{"id_token":{{"sub":{{"value":"{}"}}}}}}"#, app.user_id("mina"));
    let answer = query(&destination(&mina.get(&wiki.address(&[("claims", &wrong)])).await));
    assert_eq!(answer["error"], "login_required");
}

#[tokio::test]
async fn an_app_asks_for_a_language_that_the_person_has_not_chosen() {
    let app = TestApp::start().await;
    let (mina, wiki) = (app.member("mina").await, RelyingParty::register(&app, "Wiki").await);
    let page = mina.get(&wiki.address(&[("ui_locales", "nl ko-KR en")])).await;
    assert!(page.text().contains("Wiki에 로그인"), "{}", page.text());
    let login = app
        .visitor()
        .get(&wiki.address(&[("ui_locales", "nl ko-KR en")]))
        .await
        .header("location")
        .to_owned();
    let page = app.visitor().get(&login).await;
    assert_eq!(page.attributes("html", "lang"), ["ko"]);
    let page = app.visitor().get(&wiki.address(&[("client_id", "x"), ("ui_locales", "ko")])).await;
    assert_eq!(page.attributes("html", "lang"), ["ko"]);
}
