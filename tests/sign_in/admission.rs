//! Whose first sign-in makes an account.

use munjigi::config::{Registration, Verification};
use serde_json::{Value, json};

use crate::support::provider::{FakeProvider, offer, register_by, sign_in_by};
use crate::support::{Munjigi, TestApp, mails_in, scratch};

use super::linking::{server, username};

fn person(email: &str, other: Value) -> Value {
    let mut claims = json!({"sub": email, "email": email, "email_verified": true});
    for (name, value) in other.as_object().into_iter().flatten() {
        claims[name] = value.clone();
    }
    claims
}

async fn refused(app: &TestApp, fake: &FakeProvider, claims: Value, sentence: &str) {
    fake.person(claims);
    let person = app.visitor();
    sign_in_by(&person, fake, "fake").await.assert_redirect("/login");
    let page = person.get("/login").await;
    assert!(page.text().contains(sentence), "{}", page.text());
    assert!(page.text().contains("Fake"), "{}", page.text());
    // Nor by the form.
    assert_eq!(
        person.post("/sign-in/fake/register", &[("username", "x")]).await.header("location"),
        "/login"
    );
    assert_eq!(app.count("identities"), 0);
}

#[tokio::test]
async fn a_domain_must_be_proved() {
    let (fake, app) = server("registration = \"domains\"\ndomains = [\"example.org\"]").await;
    for claims in [
        person("mina@evil.example", json!({})),
        person("mina@example.org.evil.example", json!({})),
        person("mina@sub.example.org", json!({})),
        person("mina@example.org", json!({"email_verified": false})),
        json!({"sub": "x"}),
    ] {
        refused(&app, &fake, claims, "isn’t one that may create an account here").await;
    }
    fake.person(person("mina@EXAMPLE.org", json!({})));
    register_by(&app.visitor(), &fake, "fake", "mina").await.assert_redirect("/dashboard");
}

#[tokio::test]
async fn groups_there_admit_and_become_groups_here() {
    let lines = "registration = \"groups\"\ngroups = [\"staff\", \"ops\"]\ngroup_claim = \"roles\"\ngroup_map = { ops = \"Operators\", staff = \"Nowhere\" }";
    let (fake, app) = server(lines).await;
    app.execute("INSERT INTO groups (name, name_key, created_at) VALUES ('Operators', 'operators', 1)");
    refused(&app, &fake, person("mina@example.org", json!({"groups": ["ops"]})), "in no group").await;
    refused(&app, &fake, person("mina@example.org", json!({"roles": ["op"]})), "in no group").await;
    fake.person(person("mina@example.org", json!({"roles": ["x", "ops"], "name": "Mina Kim"})));
    let mina = app.visitor();
    register_by(&mina, &fake, "fake", "mina").await.assert_redirect("/dashboard");
    assert_eq!(app.count("group_members"), 1);
    assert_eq!(app.user("mina").display_name, "Mina Kim");
}

#[tokio::test]
async fn closed_is_closed() {
    let (fake, app) = server("registration = \"closed\"").await;
    refused(&app, &fake, person("mina@example.org", json!({})), "new ones can’t be created").await;
    // A provider cannot open what the site has closed.
    for registration in ["open", "invited"] {
        let fake = FakeProvider::start().await;
        let text =
            fake.section("fake", "oidc", &format!("label = \"Fake\"\nregistration = \"{registration}\""));
        let app = TestApp::with(|config| {
            offer(config, &text);
            config.registration = Registration::Closed;
        })
        .await;
        let sentence =
            if registration == "open" { "new ones can’t be created" } else { "can’t be created" };
        refused(&app, &fake, person("mina@example.org", json!({})), sentence).await;
        // But members still sign in with it.
        let member = app.operate(|operator| operator.create(&new("mina", "mina@example.org"), true)).await;
        assert!(member.is_ok());
        fake.person(person("mina@example.org", json!({})));
        let mina = app.visitor();
        sign_in_by(&mina, &fake, "fake").await.assert_redirect("/dashboard");
    }
}

fn new(name: &str, email: &str) -> munjigi::identity::accounts::NewUser {
    munjigi::identity::accounts::NewUser {
        username: munjigi::identity::accounts::name::Username::parse(name).unwrap(),
        email: munjigi::identity::accounts::name::Email::parse(email).unwrap(),
        password_hash: munjigi::identity::accounts::NO_PASSWORD.to_owned(),
        staff: false,
        verified: true,
    }
}

#[tokio::test]
async fn an_invited_person_takes_over_the_account_by_an_address_that_is_proved() {
    let (fake, app) = server("registration = \"invited\"").await;
    app.operate(|operator| operator.create(&new("mina", "mina@example.org"), true)).await.unwrap();
    app.operate(|operator| operator.create(&new("noa", "noa@example.org"), false)).await.unwrap();
    refused(&app, &fake, person("eve@example.org", json!({})), "Only people who were invited").await;
    refused(
        &app,
        &fake,
        person("mina@example.org", json!({"email_verified": "true"})),
        "Only people who were invited",
    )
    .await;
    // An account without a way in that was not made for this is not taken over.
    fake.person(person("noa@example.org", json!({})));
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/sign-in/fake/link");
    fake.person(person("mina@example.org", json!({})));
    let mina = app.visitor();
    sign_in_by(&mina, &fake, "fake").await.assert_redirect("/dashboard");
    assert_eq!(username(&mina).await, "mina");
    // Once: another person with the address does not.
    fake.person(json!({"sub": "another", "email": "mina@example.org", "email_verified": true}));
    sign_in_by(&app.visitor(), &fake, "fake").await.assert_redirect("/sign-in/fake/link");
}

#[tokio::test]
async fn an_address_that_is_not_proved_is_confirmed_by_mail_where_that_is_required() {
    let fake = FakeProvider::start().await;
    let text = fake.section("fake", "oidc", "label = \"Fake\"\ngroup_map = { ops = \"Operators\" }");
    let app = TestApp::with(|config| {
        offer(config, &text);
        config.mail.verification = Verification::Required;
    })
    .await;
    app.execute("INSERT INTO groups (name, name_key, created_at) VALUES ('Operators', 'operators', 1)");
    let claims = json!({"email_verified": false, "name": "Mina Kim", "groups": ["ops"]});
    fake.person(person("mina@example.org", claims));
    let mina = app.visitor();
    register_by(&mina, &fake, "fake", "mina").await.assert_redirect("/verify-email");
    assert_eq!((app.count("users"), app.count("identities")), (0, 0));
    let mail = loop {
        if let Some(mail) = mails_in(&app.config.data_dir.join("outbox")).pop() {
            break mail;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    let link =
        mail.text.split_whitespace().find(|word| word.contains("/verify-email?token=")).unwrap().to_owned();
    let path = link.strip_prefix(&app.url).unwrap();
    let page = mina.get(path).await;
    let token = page.attributes("input[name=token]", "value").remove(0);
    assert_eq!(mina.post("/verify-email", &[("token", &token)]).await.status, 303);
    assert_eq!((app.count("users"), app.count("identities")), (1, 1));
    assert_eq!((app.user("mina").display_name.as_str(), app.count("group_members")), ("Mina Kim", 1));
    sign_in_by(&mina, &fake, "fake").await.assert_redirect("/dashboard");
    assert_eq!(username(&mina).await, "mina");
    // A proved address needs no mail.
    fake.person(person("noa@example.org", json!({})));
    register_by(&app.visitor(), &fake, "fake", "noa").await.assert_redirect("/dashboard");
    assert!(app.user("noa").email_verified_at.is_some());
}

#[test]
fn the_command_line_invites() {
    let folder = scratch();
    let data = folder.path().join("data");
    let create = ["user", "create", "mina", "--email", "mina@example.org", "--invited"];
    let output = Munjigi::command(&data).args(create).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = Munjigi::command(&data).args(["user", "list"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("mina\tmina@example.org"));
}

/// What one may not have is not suggested: a name that is reserved, taken or retired, or too close to a taken one.
#[tokio::test]
async fn a_username_is_suggested_that_can_be_had() {
    let (fake, app) = server("").await;
    app.member("mina").await;
    let gone = app.member("gone").await;
    gone.post("/profile/delete", &[]).await.assert_redirect("/");
    let long = "a".repeat(32);
    app.member(&long).await;
    for (at, (claims, suggested)) in [
        (json!({"preferred_username": "noa"}), "noa"),
        (json!({"preferred_username": "mina"}), "mina2"),
        (json!({"preferred_username": "MINA", "email": "mina.kim@example.org"}), "mina.kim"),
        (json!({"preferred_username": "admin", "name": "Yuna Park"}), "Yuna.Park"),
        (json!({"preferred_username": "gone"}), "gone2"),
        (json!({"preferred_username": long}), &*format!("{}2", "a".repeat(31))),
        (json!({"name": "…"}), ""),
    ]
    .into_iter()
    .enumerate()
    {
        let mut claims = claims;
        claims["sub"] = json!(format!("person-{at}"));
        fake.person(claims.clone());
        let person = app.visitor();
        sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
        let page = person.get("/sign-in/fake/register").await;
        assert_eq!(page.attributes("#username", "value"), [suggested], "{claims}");
        if !suggested.is_empty() {
            let path = "/sign-in/fake/register";
            let fields = [("username", suggested), ("email", &*format!("person-{at}@example.net"))];
            person.fill(path, path, &fields).await.assert_redirect("/dashboard");
        }
    }
}

#[tokio::test]
async fn the_operator_names_the_claims_of_the_username_and_the_name() {
    let (fake, app) = server("username_claim = \"login\"\nname_claim = \"full_name\"").await;
    let claims = json!({
        "preferred_username": "other", "name": "Other", "login": "mina.kim", "full_name": "Mina Kim"
    });
    fake.person(person("mina@example.org", claims));
    let mina = app.visitor();
    sign_in_by(&mina, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    let page = mina.get("/sign-in/fake/register").await;
    assert_eq!(page.attributes("input[name=username]", "value"), ["mina.kim"]);
    let form = "/sign-in/fake/register";
    mina.fill(form, form, &[("username", "mina.kim")]).await.assert_redirect("/dashboard");
    assert_eq!(app.user("mina.kim").display_name, "Mina Kim");
}
