//! Answers that no honest provider gives, and requests that no honest browser sends.

use std::time::Duration;

use munjigi::config::Verification;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::provider::{FakeProvider, leave, offer, press, register_by, sign_in_by};
use crate::support::relying_party::{destination, query};
use crate::support::{Persona, Reply, TestApp, mails_in};

use super::linking::{server, username};

fn mina() -> Value {
    json!({"sub": "mina-there", "email": "mina@example.org", "email_verified": true})
}

/// A sentence on the sign-in page, and no session, account or identity.
async fn assert_failed(app: &TestApp, person: &Persona, reply: &Reply, sentence: &str) {
    assert_eq!((reply.status, reply.header("location")), (303, "/login"), "{}", reply.text());
    let page = person.get("/login").await;
    assert!(page.text().contains(sentence), "{}", page.text());
    assert!(!person.is_signed_in().await);
    assert_eq!((app.count("identities"), app.count("upstream_arrivals")), (0, 0));
}

const FAILED: &str = "Signing in with Fake didn’t work";
const LATE: &str = "That took too long, or was done already";

#[tokio::test]
async fn a_tampered_or_foreign_id_token_signs_nobody_in() {
    let (fake, app) = server("").await;
    let person = app.visitor();
    for (claims, header) in [
        (json!({"iss": "https://evil.example"}), json!({})),
        (json!({"iss": format!("{}/", fake.url)}), json!({})),
        (json!({"aud": "another app"}), json!({})),
        (json!({"aud": ["the app", "another app"]}), json!({})),
        (json!({"azp": "another app"}), json!({})),
        (json!({"nonce": "another"}), json!({})),
        (json!({"nonce": null}), json!({})),
        (json!({"exp": 1}), json!({})),
        (json!({"exp": null}), json!({})),
        (json!({"iat": 1}), json!({})),
        (json!({"sub": ""}), json!({})),
        (json!({"sub": null}), json!({})),
        (mina(), json!({"alg": "none"})),
        (mina(), json!({"alg": "HS256"})),
        (mina(), json!({"alg": "RS256"})),
        (mina(), json!({"alg": "ES256"})),
        (mina(), json!({"kid": "unknown"})),
        (mina(), json!({"crit": ["b64"]})),
        (mina(), json!({"typ": "at+jwt"})),
        (mina(), json!({"typ": "logout+jwt"})),
    ] {
        fake.says().header = header.clone();
        fake.person(claims.clone());
        let reply = sign_in_by(&person, &fake, "fake").await;
        assert_failed(&app, &person, &reply, FAILED).await;
    }
    fake.says().header = json!({});
    fake.person(mina());
    fake.says().forges = true;
    let reply = sign_in_by(&person, &fake, "fake").await;
    assert_failed(&app, &person, &reply, FAILED).await;
    fake.says().forges = false;
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    // The next key is learnt of when the first token of it comes, a while after the last look.
    fake.says().key = 1;
    app.clock.advance(60);
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/sign-in/fake/register");
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_that_asked_and_within_ten_minutes() {
    let (fake, app) = server("").await;
    fake.person(mina());
    // Login CSRF: the attacker's answer in the victim's browser, with and without a sign-in of its own.
    let (attacker, victim) = (app.visitor(), app.visitor());
    let answer = fake.answer(&leave(&attacker, "/login", "fake").await);
    let reply = victim.get(&answer).await;
    assert_failed(&app, &victim, &reply, LATE).await;
    leave(&victim, "/login", "fake").await;
    let reply = victim.get(&answer).await;
    assert_failed(&app, &victim, &reply, LATE).await;
    // A swapped state: the victim's own, with the attacker's code, whose nonce is another.
    let own = leave(&victim, "/login", "fake").await;
    let state = query(&own)["state"].clone();
    let code = query(&url::Url::parse(&format!("http://x{answer}")).unwrap())["code"].clone();
    let reply = victim.get(&fake.answer_with(&own, &[("code", &code)])).await;
    assert_failed(&app, &victim, &reply, FAILED).await;
    // Replayed: it was used up, although it failed.
    let reply = victim.get(&fake.answer_with(&own, &[("state", &state)])).await;
    assert_failed(&app, &victim, &reply, LATE).await;
    // No state, an empty one, another's path, doubled parameters, no cookie.
    for query in ["code=x", "code=x&state=", "state=x&state=x&code=y", "", "error=access_denied"] {
        let reply = victim.get(&format!("/sign-in/fake/callback?{query}")).await;
        assert_failed(&app, &victim, &reply, LATE).await;
    }
    assert_eq!(victim.get("/sign-in/other/callback?code=x&state=y").await.status, 404);
    // Too late.
    let late = fake.answer(&leave(&victim, "/login", "fake").await);
    app.clock.advance(10 * 60);
    let reply = victim.get(&late).await;
    assert_failed(&app, &victim, &reply, LATE).await;
    // The attacker's own answer still counts for the attacker, once.
    let answer = fake.answer(&leave(&attacker, "/login", "fake").await);
    attacker.get(&answer).await.assert_redirect("/sign-in/fake/register");
    assert_eq!(attacker.get(&answer).await.header("location"), "/login");
}

#[tokio::test]
async fn no_other_site_begins_a_sign_in_or_links() {
    let (fake, app) = server("").await;
    let mina = app.member("mina").await;
    for path in [
        "/sign-in/fake",
        "/security/providers/fake/link",
        "/security/providers/fake/unlink",
        "/sign-in/fake/register",
        "/sign-in/fake/link/confirm",
        "/sign-in/fake/step-up",
    ] {
        for site in ["cross-site", "same-site"] {
            let mut request = mina.request(Method::POST, path).build().unwrap();
            request.headers_mut().insert("sec-fetch-site", site.parse().unwrap());
            let status = crate::support::client().execute(request).await.unwrap().status();
            assert_eq!(status, 403, "{path} {site}");
        }
    }
    assert_eq!(mina.get("/sign-in/fake").await.status, 405, "a link begins nothing either");
    assert_eq!(mina.post("/sign-in/fake/callback", &[("state", "x")]).await.status, 405, "only Apple posts");
    assert_eq!(app.count("upstream_attempts"), 0);
    drop(fake);
}

#[tokio::test]
async fn two_providers_cannot_be_mixed_up() {
    let (honest, evil) = (FakeProvider::start().await, FakeProvider::start().await);
    honest.says().document = json!({"authorization_response_iss_parameter_supported": true});
    let text = format!(
        "{}{}",
        honest.section("honest", "oidc", "label = \"Fake\""),
        evil.section("evil", "oidc", "label = \"Fake\"")
    );
    let app = TestApp::with(|config| offer(config, &text)).await;
    honest.person(mina());
    let person = app.visitor();
    // The browser was sent to one, and its answer comes to the path of the other.
    let address = leave(&person, "/login", "honest").await;
    let answer = honest.answer_with(&address, &[("iss", &honest.url)]);
    let reply = person.get(&answer.replace("/honest/", "/evil/")).await;
    assert_failed(&app, &person, &reply, LATE).await;
    assert!(
        evil.says().requests.iter().all(|(path, _, _)| path != "/token"),
        "the code reaches no other provider"
    );
    // It names another issuer, or none where it has promised to.
    for iss in [evil.url.as_str(), ""] {
        let address = leave(&person, "/login", "honest").await;
        let reply = person.get(&honest.answer_with(&address, &[("iss", iss)])).await;
        assert_failed(&app, &person, &reply, FAILED).await;
    }
    // One that promises nothing is checked where it comes.
    let address = leave(&person, "/login", "evil").await;
    let reply = person.get(&evil.answer_with(&address, &[("iss", &honest.url)])).await;
    assert_failed(&app, &person, &reply, FAILED).await;
    assert!(honest.says().requests.iter().all(|(path, _, _)| path != "/token"));
    let address = leave(&person, "/login", "honest").await;
    let reply = person.get(&honest.answer_with(&address, &[("iss", &honest.url)])).await;
    reply.assert_redirect("/sign-in/honest/register");
    let requests = std::mem::take(&mut honest.says().requests);
    let (_, body, authorization) = requests.iter().find(|(path, _, _)| path == "/token").unwrap();
    assert!(authorization.starts_with("Basic ") && body.contains("code_verifier="), "{body}");
}

#[tokio::test]
async fn an_address_that_the_provider_does_not_prove_opens_no_account() {
    let (fake, app) = server("").await;
    let owner = app.member("mina").await;
    app.verify_address("mina").await;
    for verified in [json!(null), json!(false), json!("true"), json!("false"), json!(1), json!(["true"])] {
        fake.person(json!({"sub": "evil", "email": "mina@example.org", "email_verified": verified}));
        let person = app.visitor();
        sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
        let page = "/sign-in/fake/register";
        let refused = person.fill(page, page, &[("username", "evil")]).await;
        refused.assert_refused("email");
        assert!(!person.is_signed_in().await);
    }
    assert_eq!((app.count("identities"), app.count("users")), (0, 1));
    // It may be given up for another address, which is not proved either.
    let person = app.visitor();
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    let fields = [("username", "evil"), ("email", "evil@example.org")];
    person
        .fill("/sign-in/fake/register", "/sign-in/fake/register", &fields)
        .await
        .assert_redirect("/dashboard");
    assert_eq!(app.user("evil").email_verified_at, None);
    assert!(owner.is_signed_in().await);
}

#[tokio::test]
async fn an_account_registered_ahead_under_the_address_of_another_is_not_linked() {
    let (fake, app) = server("").await;
    // The attacker registers the victim's address, and has not proved it.
    let attacker = app.member("mina").await;
    fake.person(mina());
    let victim = app.visitor();
    sign_in_by(&victim, &fake, "fake").await.assert_redirect("/sign-in/fake/link");
    assert!(!victim.is_signed_in().await);
    assert_eq!(app.count("identities"), 0);
    assert!(attacker.is_signed_in().await);
}

/// The path of a mailed link to a new password, other than this one.
async fn reset_link(app: &TestApp, other: &str) -> String {
    for _ in 0..500 {
        let mails = mails_in(&app.config.data_dir.join("outbox"));
        let mut links =
            mails.iter().filter(|mail| mail.subject == "Choose a new password").map(|mail| mail.path(app));
        if let Some(path) = links.find(|path| path != other) {
            return path;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no mail leads to a new password");
}

/// The attacker registers the victim's address ahead, and links an account of their own elsewhere, before the owner of the
/// mailbox comes.
#[tokio::test]
async fn what_was_linked_before_an_address_was_proved_signs_in_no_more() {
    let (fake, app) = server("").await;
    let attacker = app.member("mina").await;
    let evil = json!({"sub": "evil", "email": "evil@example.org", "email_verified": true});
    fake.person(evil.clone());
    let sent = attacker.post("/security/providers/fake/link", &[]).await;
    attacker.get(&fake.answer(&destination(&sent))).await.assert_redirect("/security");
    let victim = app.visitor();
    victim
        .fill("/password-reset", "/password-reset", &[("login", "mina@example.org")])
        .await
        .assert_redirect("/password-reset/code");
    let path = reset_link(&app, "").await;
    let new = [("new_password", "copper lantern 강물 forty")];
    assert_eq!(victim.fill(&path, "/password-reset", &new).await.status, 303);
    assert_eq!(app.count("identities"), 0);
    assert_eq!(app.count("audit_events WHERE event = 'identity_unlinked'"), 1);
    let again = app.visitor();
    sign_in_by(&again, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    assert!(!again.is_signed_in().await && !attacker.is_signed_in().await);
    // From now on the address is proved: another reset leaves what its owner has linked.
    let fields = [("login", "mina"), ("password", "copper lantern 강물 forty")];
    victim.fill("/login", "/login", &fields).await.assert_redirect("/dashboard");
    fake.person(mina());
    let sent = victim.post("/security/providers/fake/link", &[]).await;
    victim.get(&fake.answer(&destination(&sent))).await.assert_redirect("/security");
    victim.fill("/password-reset", "/password-reset", &[("login", "mina@example.org")]).await;
    let path = reset_link(&app, &path).await;
    let new = [("new_password", "velvet orchard 계단 seven")];
    assert_eq!(victim.fill(&path, "/password-reset", &new).await.status, 303);
    assert_eq!(app.count("identities"), 1);
}

/// The same by a mailed link: the account was made by a provider that does not prove the address.
#[tokio::test]
async fn who_proves_the_address_by_a_mailed_link_is_alone_in_the_account() {
    let fake = FakeProvider::start().await;
    let text = fake.section("fake", "oidc", "label = \"Fake\"");
    let app = TestApp::with(|config| {
        offer(config, &text);
        config.mail.sign_in_links = true;
    })
    .await;
    fake.person(json!({"sub": "evil"}));
    let attacker = app.visitor();
    sign_in_by(&attacker, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    let form = "/sign-in/fake/register";
    let fields = [("username", "mina"), ("email", "mina@example.org")];
    attacker.fill(form, form, &fields).await.assert_redirect("/dashboard");
    let victim = app.visitor();
    victim
        .fill("/sign-in-link", "/sign-in-link", &[("login", "mina@example.org")])
        .await
        .assert_redirect("/sign-in-link/code");
    let code = app.mail("mina@example.org", 1).await.code();
    let came = victim.fill("/sign-in-link/code", "/sign-in-link/code", &[("code", &code)]).await;
    came.assert_redirect("/dashboard");
    assert!(victim.is_signed_in().await && !attacker.is_signed_in().await);
    assert_eq!(app.count("identities"), 0);
    sign_in_by(&attacker, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
}

/// Signs in by a mailed link, the code of which is in the mail of this number.
async fn by_link(app: &TestApp, mails: usize) -> Persona {
    let person = app.visitor();
    let page = "/sign-in-link/code";
    person
        .fill("/sign-in-link", "/sign-in-link", &[("login", "mina@example.org")])
        .await
        .assert_redirect(page);
    let code = app.mail("mina@example.org", mails).await.code();
    person.fill(page, page, &[("code", &code)]).await.assert_redirect("/dashboard");
    person
}

/// The same of an account that another person has registered with a password.
#[tokio::test]
async fn a_password_that_was_set_before_the_address_was_proved_signs_in_no_more() {
    let app = TestApp::with(|config| config.mail.sign_in_links = true).await;
    let attacker = app.member("mina").await;
    let owner = by_link(&app, 1).await;
    assert!(owner.is_signed_in().await && !attacker.is_signed_in().await);
    attacker.sign_in("mina").await;
    assert!(!attacker.is_signed_in().await);
    let page = owner.get("/security").await.text();
    assert!(page.contains("None so far") && page.contains("New password required"), "{page}");
    assert_eq!(app.count("audit_events WHERE event = 'password_required'"), 1);
    let mails = app.mails("mina@example.org", 3).await;
    assert!(mails.iter().any(|mail| mail.subject == "Your password was removed"), "{mails:?}");
}

#[tokio::test]
async fn a_password_whose_owner_has_confirmed_the_address_survives_a_sign_in_link() {
    let app = TestApp::with(|config| {
        config.mail.sign_in_links = true;
        config.mail.verification = Verification::Optional;
    })
    .await;
    let mina = app.member("mina").await;
    let code = app.mail("mina@example.org", 1).await.code();
    mina.fill("/verify-email", "/verify-email", &[("code", &code)]).await;
    assert!(app.user("mina").email_verified_at.is_some());
    let elsewhere = by_link(&app, 2).await;
    assert!(elsewhere.is_signed_in().await && mina.is_signed_in().await);
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn a_disabled_account_is_opened_by_no_provider() {
    let (fake, app) = server("").await;
    fake.person(mina());
    register_by(&app.visitor(), &fake, "fake", "mina").await.assert_redirect("/dashboard");
    app.set_disabled(app.user_id("mina"), true).await;
    let person = app.visitor();
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/login");
    let page = person.get("/login").await;
    assert!(
        page.text().contains("The account that your Fake account belongs to is disabled"),
        "{}",
        page.text()
    );
    assert!(!person.is_signed_in().await);
}

#[tokio::test]
async fn a_changed_address_there_changes_nothing_here() {
    let (fake, app) = server("").await;
    app.member("noa").await;
    app.verify_address("noa").await;
    fake.person(mina());
    register_by(&app.visitor(), &fake, "fake", "mina").await.assert_redirect("/dashboard");
    // The same person takes another's address, and another person takes theirs.
    fake.person(
        json!({"sub": "mina-there", "email": "noa@example.org", "email_verified": true, "name": "Noa"}),
    );
    let person = app.visitor();
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/dashboard");
    assert_eq!(username(&person).await, "mina");
    let user = app.user("mina");
    assert_eq!(
        (user.email.as_str(), user.display_name.as_str()),
        ("mina@example.org", ""),
        "no profile is overwritten"
    );
    fake.person(json!({"sub": "another", "email": "mina@example.org", "email_verified": true}));
    let other = app.visitor();
    sign_in_by(&other, &fake, "fake").await.assert_redirect("/sign-in/fake/link");
    assert!(!other.is_signed_in().await);
}

#[tokio::test]
async fn names_that_belong_to_others_or_to_nobody_are_not_given() {
    let (fake, app) = server("").await;
    app.member("noa").await;
    fake.person(
        json!({"sub": "evil", "email": "e@example.org", "email_verified": true, "preferred_username": "noa"}),
    );
    let person = app.visitor();
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    let page = "/sign-in/fake/register";
    for name in ["noa", "NOA", "ｎｏａ", "admin", "관리자", "", "<script>", "a b"] {
        person.fill(page, page, &[("username", name)]).await.assert_refused("username");
    }
    person.fill(page, page, &[("username", "eve")]).await.assert_redirect("/dashboard");
    // The form is for one account.
    assert_eq!(person.post(page, &[("username", "eve2")]).await.header("location"), "/login");
    assert_eq!(app.count("users"), 2);
}

#[tokio::test]
async fn linking_needs_the_second_factor_of_an_account_that_has_one() {
    let (fake, app) = server("").await;
    let (owner, authenticator) = app.member_with_totp("mina").await;
    app.verify_address("mina").await;
    fake.person(mina());
    // The thief knows the password.
    let thief = app.visitor();
    sign_in_by(&thief, &fake, "fake").await.assert_redirect("/sign-in/fake/link");
    thief
        .fill(
            "/login?next=/sign-in/fake/link",
            "/login",
            &[("login", "mina"), ("password", crate::support::PASSWORD)],
        )
        .await
        .assert_redirect("/login/verify?next=%2Fsign%2Din%2Ffake%2Flink");
    assert_eq!(thief.post("/sign-in/fake/link/confirm", &[]).await.status, 303);
    assert_eq!(app.count("identities"), 0);
    // A session in which it was long ago is asked for it again.
    app.clock.advance(3600);
    let asked = owner.post("/security/providers/fake/link", &[]).await;
    assert_eq!(asked.status, 422, "{}", asked.text());
    let code = authenticator.next_code(&app);
    let sent = owner.confirm(&asked, "/security/providers/fake/link", ("current_code", &code)).await;
    let address = destination(&sent);
    owner.get(&fake.answer(&address)).await.assert_redirect("/security");
    assert_eq!(app.count("identities"), 1);
}

#[tokio::test]
async fn an_answer_for_a_link_counts_in_the_session_that_began_it() {
    let (fake, app) = server("").await;
    let mina = app.member("mina").await;
    fake.person(json!({"sub": "evil"}));
    let sent = mina.post("/security/providers/fake/link", &[]).await;
    let answer = fake.answer(&destination(&sent));
    // The same browser, but another member is signed in by now.
    let noa = app.member("noa").await;
    noa.set_cookie("munjigi-provider", &mina.cookie("munjigi-provider").unwrap());
    assert_eq!(noa.get(&answer).await.header("location"), "/login");
    assert_eq!(app.count("identities"), 0);
}

#[tokio::test]
async fn discovery_leads_to_no_address_of_the_operators_network() {
    for (name, value) in [
        ("token_endpoint", "https://169.254.169.254/token"),
        ("token_endpoint", "https://[fd00:ec2::254]/token"),
        ("token_endpoint", "https://localhost:1/token"),
        ("token_endpoint", "https://10.0.0.1/token"),
        ("jwks_uri", "https://169.254.169.254/latest/meta-data/"),
        ("jwks_uri", "http://169.254.169.254/latest/meta-data/"),
        ("jwks_uri", "file:///etc/passwd"),
        ("authorization_endpoint", "javascript:alert(1)"),
    ] {
        let (fake, app) = server("").await;
        fake.person(mina());
        fake.says().document = json!({name: value});
        app.clock.advance(3600);
        let person = app.visitor();
        let begun = press(&person, "/login", "fake", &[]).await;
        if begun.status == 200 {
            let began = std::time::Instant::now();
            let reply = person.get(&fake.answer(&destination(&begun))).await;
            assert_eq!(reply.header("location"), "/login", "{value}");
            assert!(began.elapsed() < Duration::from_secs(2), "{value} is not even tried");
        } else {
            assert_eq!(begun.header("location"), "/login", "{value}");
        }
        let page = person.get("/login").await;
        assert!(page.text().contains(FAILED), "{value}: {}", page.text());
        assert!(!page.body.contains("169.254"), "{value}");
    }
}

#[tokio::test]
async fn a_flash_names_providers_of_the_settings_only() {
    let (_fake, app) = server("").await;
    let person = app.visitor();
    person.set_cookie("munjigi-notice", "ProviderFailed~<b>evil");
    let page = person.get("/login").await;
    assert!(!page.body.contains("evil"), "{}", page.body);
}

#[tokio::test]
async fn no_sign_in_leads_to_another_site() {
    let (fake, app) = server("").await;
    fake.person(mina());
    register_by(&app.visitor(), &fake, "fake", "mina").await.assert_redirect("/dashboard");
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "/sign-in/fake/callback?state=x",
        "",
    ] {
        // As the form sends it, after a failure, and to someone who is new here.
        let person = app.visitor();
        let sent = person.post("/sign-in/fake", &[("next", next)]).await;
        let reply = person.get(&fake.answer(&destination(&sent))).await;
        let own = url::Url::parse(&app.url).unwrap();
        let place = own.join(reply.header("location")).unwrap();
        assert!(reply.status == 303 && place.origin() == own.origin(), "{next} {place}");
        let person = app.visitor();
        let sent = person.post("/sign-in/fake", &[("next", next)]).await;
        let answer = fake.answer_with(&destination(&sent), &[("code", ""), ("error", "access_denied")]);
        let place = person.get(&answer).await.header("location").to_owned();
        assert!(place == "/login" || place.starts_with("/login?next="), "{next} {place}");
    }
    // After a step-up: where it was begun, and where it leads.
    let person = app.visitor();
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/dashboard");
    let now = app.clock.now();
    fake.person(json!({"sub": "mina-there", "auth_time": now}));
    for evil in ["https://evil.example/", "//evil.example", "javascript:alert(1)"] {
        for fields in [[("back", evil), ("then", "/sessions")], [("back", "/sessions"), ("then", evil)]] {
            let sent = person.post("/sign-in/fake/step-up", &fields).await;
            let place = person.get(&fake.answer(&destination(&sent))).await.header("location").to_owned();
            assert!(["/", "/sessions"].contains(&place.as_str()), "{fields:?} {place}");
            let sent = person.post("/sign-in/fake/step-up", &fields).await;
            let answer = fake.answer_with(&destination(&sent), &[("error", "access_denied")]);
            let place = person.get(&answer).await.header("location").to_owned();
            assert!(["/", "/sessions"].contains(&place.as_str()), "{fields:?} {place}");
        }
    }
}

#[tokio::test]
async fn what_a_provider_says_is_shown_as_text_or_not_at_all() {
    let (fake, app) = server("").await;
    let person = app.visitor();
    let address = leave(&person, "/login", "fake").await;
    let evil = "<script>alert(1)</script>";
    let answer = fake.answer_with(&address, &[("code", ""), ("error", evil), ("error_description", evil)]);
    let reply = person.get(&answer).await;
    assert_failed(&app, &person, &reply, FAILED).await;
    let header =
        fake.answer_with(&leave(&person, "/login", "fake").await, &[("error", "x\r\nset-cookie: evil=1")]);
    let reply = person.get(&header).await;
    assert_eq!(reply.header("location"), "/login");
    assert!(!person.get("/login").await.body.contains("evil"));
    fake.person(json!({"sub": evil, "email": "m@example.org", "email_verified": true, "name": evil,
        "preferred_username": evil, "groups": [evil], "picture": "https://evil.example/x.png"}));
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    for page in ["/sign-in/fake/register", "/sign-in/fake/link"] {
        let page = person.get(page).await;
        assert!(!page.body.contains("<script>alert") && !page.body.contains("evil.example"), "{}", page.body);
    }
    let page = "/sign-in/fake/register";
    person.fill(page, page, &[("username", "mina")]).await.assert_redirect("/dashboard");
    for page in ["/dashboard", "/security", "/profile"] {
        let page = person.get(page).await;
        assert!(!page.body.contains("<script>alert") && !page.body.contains("evil.example"), "{}", page.body);
    }
}

#[tokio::test]
async fn a_session_that_was_planted_in_the_browser_ends_with_the_sign_in() {
    let (fake, app) = server("").await;
    fake.person(mina());
    register_by(&app.visitor(), &fake, "fake", "mina").await.assert_redirect("/dashboard");
    // The attacker's own session stands in the victim's browser.
    let attacker = app.member("eve").await;
    let victim = Persona::with_cookies_of(&attacker);
    let answer = fake.answer(&destination(&victim.post("/sign-in/fake", &[]).await));
    victim.get(&answer).await.assert_redirect("/dashboard");
    assert_eq!(username(&victim).await, "mina");
    assert!(!attacker.is_signed_in().await, "it does not live on beside the new one");
}

#[tokio::test]
async fn a_code_of_another_persons_sign_in_is_not_taken() {
    let (fake, app) = server("").await;
    fake.person(mina());
    // The attacker has caught a code of the victim, and sends it in a sign-in of their own: the verifier is another.
    let (victim, attacker) = (app.visitor(), app.visitor());
    let caught = fake.answer(&leave(&victim, "/login", "fake").await);
    let code = query(&url::Url::parse(&format!("http://x{caught}")).unwrap())["code"].clone();
    let own = leave(&attacker, "/login", "fake").await;
    assert_eq!(query(&own)["code_challenge_method"], "S256");
    let reply = attacker.get(&fake.answer_with(&own, &[("code", &code)])).await;
    assert_failed(&app, &attacker, &reply, FAILED).await;
    // Nor is an ID token of another person's user information.
    fake.person(json!({"sub": "mina-there"}));
    let other = json!({"sub": "eve", "email": "mina@example.org", "email_verified": true});
    fake.says().pages.insert("/userinfo".to_owned(), other);
    let reply = sign_in_by(&attacker, &fake, "fake").await;
    assert_failed(&app, &attacker, &reply, FAILED).await;
}

#[tokio::test]
async fn an_address_and_its_proof_belong_together() {
    let (fake, app) = server("").await;
    let owner = app.member("mina").await;
    app.verify_address("mina").await;
    // The token names an address without a proof, and the user information a proof, perhaps of another address.
    fake.person(json!({"sub": "eve", "email": "mina@example.org"}));
    for email in ["mina@example.org", "eve@example.org"] {
        let found = json!({"sub": "eve", "email": email, "email_verified": true, "groups": ["x"]});
        fake.says().pages.insert("/userinfo".to_owned(), found);
        let person = app.visitor();
        sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
        let page = "/sign-in/fake/register";
        person.fill(page, page, &[("username", "eve")]).await.assert_refused("email");
    }
    // The token says that an address is proved and names none; the user information names one that is not.
    fake.person(json!({"sub": "eve", "email_verified": true}));
    let found = json!({"sub": "eve", "email": "mina@example.org", "email_verified": false});
    fake.says().pages.insert("/userinfo".to_owned(), found);
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    assert!(owner.is_signed_in().await);
    assert_eq!((app.count("identities"), app.count("users")), (0, 1));
}
