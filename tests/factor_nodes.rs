//! Two processes of the real binary: a sign-in started on one finishes on the other, and no code is valid on both.

use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::future::join_all;

use crate::support::{Authenticator, Forgery, Persona, RedisServer, SoftPasskey};
use crate::token_nodes::Nodes;

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

/// The same browser at the other node.
fn at(url: &str, browser: &Persona) -> Persona {
    Persona::at(url, browser)
}

async fn set_up(mina: &Persona) -> Authenticator {
    let page = mina.get("/security/totp").await;
    let secret = page.find("#totp-secret").remove(0);
    let sealed = page.attributes("input[name=secret]", "value").remove(0);
    let app = Authenticator { secret, recovery: Vec::new() };
    let code = app.code_at(now() - 30);
    let done = mina.post("/security/totp", &[("secret", &sealed), ("code", &code)]).await;
    Authenticator { recovery: done.find(".codes code"), ..app }
}

async fn walk(nodes: Nodes) {
    let mina = Persona::new(&nodes.here.url);
    mina.register("mina").await;
    let authenticator = set_up(&mina).await;
    assert!(at(&nodes.there.url, &mina).is_signed_in().await);
    let mut people = Vec::new();
    // Few enough that their failures, which all nodes count together, leave an attempt for the second code.
    for _ in 0..2 {
        let half = Persona::new(&nodes.here.url);
        half.set_cookie("munjigi-device", &mina.cookie("munjigi-device").unwrap());
        half.sign_in("mina").await.assert_redirect("/login/verify");
        people.extend([at(&nodes.there.url, &half), half]);
    }
    for code in [authenticator.recovery[0].clone(), authenticator.code_at(now())] {
        let uses = people.iter().map(|person| person.verify(&code));
        let won =
            join_all(uses).await.iter().filter(|reply| reply.header("location") == "/dashboard").count();
        assert_eq!(won, 1, "{code}");
    }
}

#[tokio::test]
async fn a_code_is_valid_on_one_node_only_with_redis() {
    walk(Nodes::start(Some(RedisServer::start()))).await;
}

#[tokio::test]
async fn a_code_is_valid_on_one_node_only_without_redis() {
    walk(Nodes::start(None)).await;
}

#[tokio::test]
async fn one_node_asks_for_a_passkey_and_the_other_takes_it() {
    let nodes = Nodes::start(None);
    let mina = Persona::new(&nodes.here.url);
    mina.register("mina").await;
    let (origin, host) =
        ("http://id.localhost", Forgery { host: Some("id.localhost"), ..Forgery::default() });
    let mut passkey = SoftPasskey::new(5);
    let asked = mina.post("/security/passkeys/new", &[]).await;
    let answer = passkey.create(&asked, origin, &host).to_string();
    let state = asked.attributes("input[name=passkey_state]", "value").remove(0);
    let fields = [("name", "Laptop"), ("passkey", &*answer), ("passkey_state", &*state)];
    let added = at(&nodes.there.url, &mina).post("/security/passkeys", &fields).await;
    assert_eq!(added.find(".codes code").len(), 10, "{}", added.text());
    let visitor = Persona::new(&nodes.there.url);
    let asked = visitor.get("/login").await;
    let answer = passkey.show(&asked, origin, &host).to_string();
    let state = asked.attributes("input[name=passkey_state]", "value").remove(0);
    let fields = [("passkey", &*answer), ("passkey_state", &*state)];
    let (here, there) = (at(&nodes.here.url, &visitor), at(&nodes.there.url, &visitor));
    here.post("/login/passkey", &fields).await.assert_redirect("/dashboard");
    assert_eq!(
        there.post("/login/passkey", &fields).await.status,
        422,
        "an answer is valid once across all nodes"
    );
}
