//! Much at once, slowly, and while the settings change.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::provider::{FakeProvider, leave, offer, press, register_by, sign_in_by};
use crate::support::relying_party::destination;
use crate::support::{Persona, TestApp};

use super::linking::{server, username};

const FAILED: &str = "Signing in with Fake didn’t work";
/// People who come back from a slow provider at once: more than there are threads for its requests.
const WAITING: usize = 12;

fn mina() -> Value {
    json!({"sub": "mina-there", "email": "mina@example.org", "email_verified": true})
}

async fn assert_failed(app: &TestApp, person: &Persona, location: &str) {
    assert_eq!(location, "/login");
    assert!(person.get("/login").await.text().contains(FAILED));
    assert_eq!((app.count("identities"), app.count("upstream_arrivals")), (0, 0));
}

#[tokio::test]
async fn an_answer_of_any_size_ends_in_a_sentence() {
    let padding = "x".repeat(600 * 1024);
    let (fake, app) = server("").await;
    fake.person(mina());
    let person = app.visitor();
    // The tokens, the user information, and what the browser brings.
    fake.person(json!({"sub": "mina-there", "padding": padding}));
    let reply = sign_in_by(&person, &fake, "fake").await;
    assert_failed(&app, &person, reply.header("location")).await;
    fake.person(json!({"sub": "mina-there"}));
    fake.says().pages.insert("/userinfo".to_owned(), json!({"sub": "mina-there", "padding": padding}));
    sign_in_by(&person, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    let page = person.get("/sign-in/fake/register").await;
    assert_eq!(
        page.form("/sign-in/fake/register")["username"].as_deref(),
        Some(""),
        "it is as if it were not there"
    );
    let address = leave(&person, "/login", "fake").await;
    let long = "c".repeat(9_000);
    let reply = person.get(&fake.answer_with(&address, &[("code", &long)])).await;
    assert_eq!(reply.header("location"), "/login");
    // A token that is too long, and long claims of others.
    for (name, value) in [
        ("sub", json!("s".repeat(256))),
        ("padding", json!("p".repeat(100_000))),
        ("preferred_username", json!("u".repeat(3_000))),
        ("name", json!("n".repeat(3_000))),
        ("groups", json!(vec!["g"; 1_000])),
    ] {
        let mut claims = mina();
        claims[name] = value;
        fake.person(claims);
        let person = app.visitor();
        let reply = sign_in_by(&person, &fake, "fake").await;
        if ["sub", "padding"].contains(&name) {
            assert_eq!(reply.header("location"), "/login");
        } else {
            reply.assert_redirect("/sign-in/fake/register");
            let page = person.get("/sign-in/fake/register").await;
            assert!(page.body.len() < 50_000, "{name}");
        }
    }
    // The keys and the discovery.
    for (path, what) in [("/jwks", "keys"), ("/.well-known/openid-configuration", "discovery")] {
        let (fake, app) = server("").await;
        fake.person(mina());
        fake.says().pages.insert(path.to_owned(), json!({"keys": [], "padding": padding}));
        let person = app.visitor();
        app.clock.advance(25 * 3600);
        let left = press(&person, "/login", "fake", &[]).await;
        let reply =
            if left.status == 200 { person.get(&fake.answer(&destination(&left))).await } else { left };
        assert_eq!(reply.header("location"), "/login", "{what}");
        assert!(person.get("/login").await.text().contains(FAILED), "{what}");
    }
}

#[tokio::test]
async fn a_slow_provider_delays_neither_the_start_nor_other_ways_in() {
    let (slow, quick) = (FakeProvider::start().await, FakeProvider::start().await);
    slow.says().delay = Duration::from_secs(4);
    let text = format!(
        "{}{}",
        slow.section("slow", "oidc", "label = \"Slow\""),
        quick.section("quick", "oidc", "label = \"Quick\"")
    );
    let begun = Instant::now();
    let app = TestApp::with(|config| offer(config, &text)).await;
    assert!(begun.elapsed() < Duration::from_secs(3), "it started after {:?}", begun.elapsed());
    quick.follow(&app);
    app.member("mina").await;
    slow.says().delay = Duration::ZERO;
    app.clock.advance(60);
    let people: Vec<Persona> = (0..WAITING).map(|_| app.visitor()).collect();
    let answers =
        join_all(people.iter().map(async |person| slow.answer(&leave(person, "/login", "slow").await)));
    let answers = answers.await;
    // They come back all at once, and the provider takes its time with each.
    slow.says().delay = Duration::from_secs(4);
    quick.person(json!({"sub": "q", "email": "q@example.org", "email_verified": true}));
    let asked = slow.says().requests.len();
    let waiting =
        join_all(people.iter().zip(&answers).map(async |(person, answer)| person.get(answer).await));
    let others = async {
        while slow.says().requests.len() == asked {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let begun = Instant::now();
        app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
        sign_in_by(&app.visitor(), &quick, "quick").await.assert_redirect("/sign-in/quick/register");
        begun.elapsed()
    };
    let (replies, took) = futures_util::join!(waiting, others);
    assert!(took < Duration::from_secs(2), "others waited for {took:?}");
    for (reply, person) in replies.iter().zip(&people) {
        assert!(reply.status == 303, "{}", reply.status);
        assert!(!person.is_signed_in().await);
    }
}

#[tokio::test]
async fn two_tabs_of_one_browser_do_not_disturb_each_other() {
    let (fake, app) = server("").await;
    fake.person(mina());
    register_by(&app.visitor(), &fake, "fake", "mina").await.assert_redirect("/dashboard");
    let person = app.visitor();
    let first = leave(&person, "/login?next=/sessions", "fake").await;
    let second = leave(&person, "/login?next=/security", "fake").await;
    let (first, second) = (fake.answer(&first), fake.answer(&second));
    person.get(&second).await.assert_redirect("/security");
    let before = person.cookie("munjigi");
    person.get(&first).await.assert_redirect("/sessions");
    assert_ne!(person.cookie("munjigi"), before);
    assert_eq!(username(&person).await, "mina");
    assert_eq!(app.visitor().get(&first).await.header("location"), "/login", "each is for one answer");
    // The same answer in two tabs at the same time counts once.
    let person = app.visitor();
    let answer = fake.answer(&leave(&person, "/login", "fake").await);
    let (one, two) = futures_util::join!(person.get(&answer), person.get(&answer));
    let mut places = [one.header("location").to_owned(), two.header("location").to_owned()];
    places.sort();
    assert_eq!(places, ["/dashboard", "/login"]);
    // People who are new here, in two tabs: the one who came last is asked for a username, and once.
    fake.person(json!({"sub": "noa-there", "email": "noa@example.org", "email_verified": true}));
    let person = app.visitor();
    let (first, second) = (leave(&person, "/login", "fake").await, leave(&person, "/login", "fake").await);
    for address in [first, second] {
        person.get(&fake.answer(&address)).await.assert_redirect("/sign-in/fake/register");
    }
    let page = "/sign-in/fake/register";
    let (one, two) = futures_util::join!(
        person.post(page, &[("username", "noa")]),
        person.post(page, &[("username", "noa2")])
    );
    let places = [one.header("location").to_owned(), two.header("location").to_owned()];
    assert!(places.contains(&"/dashboard".to_owned()), "{places:?}");
    assert_eq!((app.count("users"), app.count("identities")), (2, 2));
}

#[tokio::test]
async fn a_provider_that_is_removed_meanwhile_takes_nothing_with_it() {
    let (fake, app) = server("").await;
    fake.person(mina());
    let member = app.visitor();
    register_by(&member, &fake, "fake", "mina").await.assert_redirect("/dashboard");
    let away = app.visitor();
    let answer = fake.answer(&leave(&away, "/login", "fake").await);
    fake.person(json!({"sub": "new", "email": "new@example.org", "email_verified": true}));
    let waiting = app.visitor();
    sign_in_by(&waiting, &fake, "fake").await.assert_redirect("/sign-in/fake/register");
    // The server is started again without it, and with another one at the same issuer.
    let other = fake.section("other", "oidc", "label = \"Fake\"");
    let without = TestApp::with(|config| {
        config.database = app.config.database.clone();
        config.data_dir = app.config.data_dir.clone();
        offer(config, &other);
    })
    .await;
    let at = |person: &Persona| Persona::at(&without.url, person);
    for path in [answer.as_str(), "/sign-in/fake/register", "/sign-in/fake/link"] {
        assert_eq!(at(&away).get(path).await.status, 404, "{path}");
    }
    assert_eq!(at(&away).get(&answer.replace("/fake/", "/other/")).await.header("location"), "/login");
    assert_eq!(at(&waiting).post("/sign-in/fake/register", &[("username", "new")]).await.status, 404);
    assert_eq!(
        at(&waiting).post("/sign-in/other/register", &[("username", "new")]).await.header("location"),
        "/login"
    );
    assert_eq!(app.count("users"), 1);
    // The member stays signed in, sees what was linked, and cannot lose it by accident.
    let member = at(&member);
    assert!(member.is_signed_in().await);
    let page = member.get("/security").await;
    assert!(page.text().contains("mina@example.org"), "{}", page.text());
    assert_eq!(app.count("identities"), 1);
}

#[tokio::test]
async fn a_flood_of_beginnings_is_held_back_by_address() {
    let (fake, app) = server("").await;
    app.member("mina").await;
    let flood = join_all((0..220).map(async |_| app.visitor().post("/sign-in/fake", &[]).await.status));
    let statuses = flood.await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 200);
    assert!(statuses.iter().all(|status| [200, 429].contains(status)), "{statuses:?}");
    app.visitor().sign_in("mina").await.assert_redirect("/dashboard");
    app.clock.advance(16 * 60);
    app.purge().await;
    assert_eq!(app.count("upstream_attempts"), 0);
    assert_eq!(app.visitor().post("/sign-in/fake", &[]).await.status, 200);
    drop(fake);
}
