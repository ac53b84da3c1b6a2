//! Back-channel logout: each app that has had an ID token in a session learns that it has ended.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use munjigi::identity::oidc::{Actor, ClientInput, Level, LogoutFailure, LogoutStatus, NewClient};
use munjigi::identity::unit_of_work::{Failure, System};
use munjigi::platform::db::DbError;
use munjigi::platform::near_cache::Topic;
use serde_json::Value;

use crate::support::logout_receiver::{LogoutReceiver, Received, Scripted};
use crate::support::relying_party::{RelyingParty, TokenSet, input};
use crate::support::{
    Munjigi, PASSWORD, Persona, TestApp, get, local_client, open_database, over_both_stores, scratch,
};

over_both_stores![
    every_way_of_ending_a_session_notifies_its_apps,
    whatever_takes_access_away_notifies_that_app,
    an_app_with_a_session_of_its_own_learns_of_both_ends,
];

const OFFLINE: (&str, &str) = ("scope", "openid profile offline_access");

/// An app with a logout address.
struct Notified {
    app: RelyingParty,
    receiver: LogoutReceiver,
    seen: usize,
}

fn notified_input(name: &str, receiver: &LogoutReceiver) -> ClientInput {
    ClientInput { backchannel_logout_uri: Some(receiver.url()), ..input(name) }
}

impl Notified {
    async fn register(app: &TestApp, name: &str) -> Self {
        Self::in_groups(app, name, vec![]).await
    }

    async fn in_groups(app: &TestApp, name: &str, groups: Vec<i64>) -> Self {
        let receiver = LogoutReceiver::start();
        let registered = RelyingParty::in_groups(app, notified_input(name, &receiver), groups).await;
        Self { app: registered, receiver, seen: 0 }
    }

    /// The next requests that it gets.
    async fn next(&mut self, count: usize) -> Vec<Received> {
        let all = self.receiver.until(self.seen + count).await;
        let next = all[self.seen..].to_vec();
        self.seen = all.len();
        assert_eq!(next.len(), count, "{next:#?}");
        next
    }

    /// Whether the next request is about the session of these tokens, and of nothing else.
    async fn learns_of(&mut self, tokens: &TokenSet, why: &str) {
        let since = Instant::now();
        let [received] = &self.next(1).await[..] else { panic!("{why}") };
        let claims = received.verified(&self.app.url, &self.app.client_id).await;
        assert_eq!(
            (&claims["sid"], &claims["sub"]),
            (&tokens.claims()["sid"], &tokens.claims()["sub"]),
            "{why}"
        );
        assert!(received.at.saturating_duration_since(since) < Duration::from_secs(1), "{why}");
    }

    async fn status(&self, app: &TestApp) -> LogoutStatus {
        let clients = &app.identity.oidc_clients;
        let all = clients.all().await.unwrap();
        let client = all.iter().find(|client| client.client_id == self.app.client_id).unwrap();
        clients.logout_status(client).await.unwrap()
    }
}

impl Notified {
    /// The failure with such a reason, once it is stored.
    async fn fails(&self, app: &TestApp, reason: &str) -> LogoutFailure {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            match self.status(app).await.last_failure {
                Some(failure) if failure.reason.contains(reason) => return failure,
                other => assert!(Instant::now() < deadline, "{other:?}"),
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// Waits until no token is in the queue.
async fn until_sent(app: &TestApp) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while app.count("oidc_logouts") > 0 {
        assert!(Instant::now() < deadline, "tokens are left");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Ends the session of a browser; `mina` is another one of hers.
async fn end(app: &TestApp, (id, mina): (i64, &Persona), (kind, browser): (&str, &Persona)) {
    match kind {
        "sign-out" => drop(browser.post("/logout", &[]).await),
        "ended elsewhere" => {
            let page = mina.get("/sessions").await;
            let [action] = &page.attributes(".session:not(.now) form", "action")[..] else {
                panic!("{kind}")
            };
            mina.post(action, &[]).await.assert_redirect("/sessions");
        }
        "all others ended" => mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions"),
        "by the operator" => {
            app.operate(|operator| {
                let user = operator.find("mina").unwrap().unwrap();
                operator.end_sessions(user.id).unwrap();
            })
            .await;
        }
        "a new password" => {
            let new = [("current_password", PASSWORD), ("new_password", "orchard velvet seven 계단")];
            browser.post("/security", &new).await.assert_redirect("/security");
        }
        "disabled" => app.set_disabled(id, true).await,
        _ => {
            let accounts = &app.identity.accounts.accounts;
            accounts.delete(System, id, &local_client()).await.unwrap();
        }
    }
}

async fn every_way_of_ending_a_session_notifies_its_apps(app: TestApp) {
    let mina = app.member("mina").await;
    let id = app.user_id("mina");
    let (mut wiki, mut chat) =
        (Notified::register(&app, "Wiki").await, Notified::register(&app, "Chat").await);
    let (deaf, unused) =
        (RelyingParty::register(&app, "Deaf").await, Notified::register(&app, "Unused").await);
    let discovery = get(&format!("{}/.well-known/openid-configuration", app.url)).await.unwrap();
    let discovery: Value = discovery.json().await.unwrap();
    for name in ["backchannel_logout_supported", "backchannel_logout_session_supported"] {
        assert_eq!(discovery[name], true);
    }
    for kind in [
        "sign-out",
        "ended elsewhere",
        "all others ended",
        "by the operator",
        "a new password",
        "disabled",
        "deleted",
    ] {
        if kind == "deleted" {
            app.set_disabled(id, false).await;
        }
        let browser = match kind {
            "disabled" | "deleted" => {
                let browser = app.visitor();
                let fields = [("login", "mina"), ("password", "orchard velvet seven 계단")];
                browser.fill("/login", "/login", &fields).await.assert_redirect("/dashboard");
                browser
            }
            _ => app.another_browser("mina").await,
        };
        let (of_wiki, of_chat) =
            (wiki.app.sign_in(&browser, &[]).await, chat.app.sign_in(&browser, &[]).await);
        // Once more in the same session: it is one session still.
        wiki.app.sign_in(&browser, &[]).await;
        deaf.sign_in(&browser, &[]).await;
        end(&app, (id, &mina), (kind, &browser)).await;
        wiki.learns_of(&of_wiki, kind).await;
        chat.learns_of(&of_chat, kind).await;
        assert!(!wiki.app.is_alive(&of_wiki).await, "{kind}");
    }
    until_sent(&app).await;
    assert_eq!((wiki.receiver.received().len(), chat.receiver.received().len()), (7, 7));
    assert!(unused.receiver.received().is_empty());
    assert_eq!(app.count("oidc_logins"), 0);
    let status = wiki.status(&app).await;
    assert!(status.delivered_at.is_some() && status.last_failure.is_none() && status.waiting == 0);
}

async fn whatever_takes_access_away_notifies_that_app(app: TestApp) {
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    sofia.post("/admin/groups", &[("name", "Editors")]).await.assert_redirect("/admin/groups/1");
    let id = app.user_id("mina");
    app.join_group(1, id).await;
    let mut wiki = Notified::in_groups(&app, "Wiki", vec![1]).await;
    let mut chat = Notified::register(&app, "Chat").await;
    let tokens = wiki.app.sign_in(&mina, &[]).await;
    let of_chat = chat.app.sign_in(&mina, &[]).await;
    app.leave_group(1, id).await;
    wiki.learns_of(&tokens, "no longer in the group").await;
    app.join_group(1, id).await;

    let tokens = wiki.app.sign_in(&mina, &[]).await;
    let withdraw = format!("/security/connected-apps/{}/withdraw", wiki.app.client_id);
    mina.post(&withdraw, &[]).await.assert_redirect("/security/connected-apps");
    wiki.learns_of(&tokens, "withdrawn").await;

    let tokens = wiki.app.sign_in(&mina, &[]).await;
    let clients = &app.identity.oidc_clients;
    let client = clients.named("wiki").await.unwrap().unwrap();
    let stricter = ClientInput { level: Level::TwoFactor, ..notified_input("Wiki", &wiki.receiver) };
    let stricter = NewClient::parse(stricter, None).unwrap();
    clients.change(Actor::Operator, &client, stricter, vec![1]).await.unwrap();
    wiki.learns_of(&tokens, "it wants two factors").await;
    assert_eq!(app.count("oidc_grants"), 1, "the chat's");

    sofia.post("/admin/groups", &[("name", "Cooks")]).await.assert_redirect("/admin/groups/2");
    let client = clients.named("chat").await.unwrap().unwrap();
    let closed = NewClient::parse(notified_input("Chat", &chat.receiver), None).unwrap();
    clients.change(Actor::Operator, &client, closed, vec![2]).await.unwrap();
    chat.learns_of(&of_chat, "open to others only").await;
    until_sent(&app).await;
    assert!(mina.is_signed_in().await);
    assert_eq!((wiki.receiver.received().len(), chat.receiver.received().len()), (3, 1));

    let client = clients.named("wiki").await.unwrap().unwrap();
    clients.remove(Actor::Operator, &client).await.unwrap();
    assert_eq!(app.count("oidc_logout_results"), 1, "the chat's");
}

async fn an_app_with_a_session_of_its_own_learns_of_both_ends(app: TestApp) {
    let mina = app.member("mina").await;
    let mut wiki = Notified::register(&app, "Wiki").await;
    let offline = wiki.app.sign_in(&mina, &[OFFLINE]).await;
    mina.post("/logout", &[]).await.assert_redirect("/");
    wiki.learns_of(&offline, "the browser's session").await;
    assert!(wiki.app.is_alive(&offline).await, "its own goes on");

    let mina = app.another_browser("mina").await;
    let page = mina.get("/sessions").await;
    let [action] = &page.attributes(".session:not(.now) form", "action")[..] else { panic!() };
    mina.post(action, &[]).await.assert_redirect("/sessions");
    wiki.learns_of(&offline, "its own session").await;

    // What the app ends itself is no end of the person's session there.
    let online = wiki.app.sign_in(&mina, &[]).await;
    let offline = wiki.app.sign_in(&mina, &[OFFLINE]).await;
    for token in [&offline, &online] {
        let refresh = token.refresh.as_ref().unwrap();
        assert_eq!(wiki.app.post("/oauth/revoke", &[("token", refresh)]).await.status, 200);
        assert!(!wiki.app.is_alive(token).await);
    }
    assert_eq!(app.count("oidc_logouts"), 0);
    // It still has had an ID token in this session.
    mina.post("/logout", &[]).await.assert_redirect("/");
    wiki.learns_of(&online, "sign-out").await;
    until_sent(&app).await;
    assert_eq!(wiki.receiver.received().len(), 3);
}

#[tokio::test]
async fn an_app_in_trouble_gets_the_same_token_later_and_a_refusal_is_final() {
    let app = TestApp::start().await;
    let mut wiki = Notified::register(&app, "Wiki").await;
    let mina = app.member("mina").await;
    wiki.app.sign_in(&mina, &[]).await;
    wiki.receiver.script([Scripted::status(503)]);
    mina.post("/logout", &[]).await.assert_redirect("/");
    let tries = wiki.next(2).await;
    let (first, second) = (tries[0].claims(), tries[1].verified(&app.url, &wiki.app.client_id).await);
    assert_eq!((&first["jti"], &first["sid"]), (&second["jti"], &second["sid"]));
    until_sent(&app).await;
    let status = wiki.status(&app).await;
    let failure = status.last_failure.unwrap();
    assert_eq!((failure.reason.as_str(), failure.given_up), ("503", false));
    assert!(status.delivered_at.unwrap() >= failure.at);

    let elsewhere =
        Scripted { location: Some(format!("{}/other", wiki.receiver.origin)), ..Scripted::status(307) };
    let body = r#"{"error": "invalid_request", "error_description": "no such session"}"#;
    for (answer, reason) in [
        (Scripted { body, ..Scripted::status(400) }, "400 invalid_request no such session"),
        (Scripted::status(501), "501"),
        (elsewhere, &format!("307 {}/other", wiki.receiver.origin)),
    ] {
        let browser = app.another_browser("mina").await;
        wiki.app.sign_in(&browser, &[]).await;
        wiki.receiver.script([answer]);
        browser.post("/logout", &[]).await.assert_redirect("/");
        wiki.next(1).await;
        until_sent(&app).await;
        let failure = wiki.status(&app).await.last_failure.unwrap();
        assert_eq!((failure.reason.as_str(), failure.given_up), (reason, true));
    }

    // For an hour: then one last try is made, and the token given up.
    let browser = app.another_browser("mina").await;
    wiki.app.sign_in(&browser, &[]).await;
    wiki.receiver.always(Scripted::status(429));
    app.clock.stop();
    browser.post("/logout", &[]).await.assert_redirect("/");
    wiki.next(1).await;
    assert!(!wiki.fails(&app, "429").await.given_up);
    app.clock.advance(3601);
    let last = wiki.next(1).await;
    until_sent(&app).await;
    assert_eq!(last[0].path, "/logout");
    let failure = wiki.status(&app).await.last_failure.unwrap();
    assert_eq!((failure.reason.as_str(), failure.given_up), ("429", true));
    assert_eq!(wiki.receiver.received().len(), 7);
}

#[tokio::test]
async fn no_token_goes_to_a_link_local_address_or_to_an_app_that_has_no_address_any_more() {
    let app = TestApp::start().await;
    let mut wiki = Notified::register(&app, "Wiki").await;
    let set = async |from: &str, to: &str| {
        let sql = format!("UPDATE oidc_clients SET registration = replace(registration, '{from}', '{to}')");
        let written = app.identity.core.writer.write(System, move |write| {
            let done = diesel::RunQueryDsl::execute(diesel::sql_query(sql), write.topic(Topic::OidcClients));
            done.map(drop).map_err(|error| Failure::from(DbError::from(error)))
        });
        written.await.unwrap();
    };
    let forbidden = "http://[::ffff:169.254.169.254]:1/latest";
    set(&wiki.receiver.url(), forbidden).await;
    let mina = app.member("mina").await;
    let tokens = wiki.app.sign_in(&mina, &[]).await;
    mina.post("/logout", &[]).await.assert_redirect("/");
    assert!(!wiki.fails(&app, "link-local").await.given_up);

    // Corrected, the waiting token goes to the new address.
    set(forbidden, &wiki.receiver.url()).await;
    let claims = wiki.next(1).await[0].verified(&app.url, &wiki.app.client_id).await;
    assert_eq!(claims["sid"], tokens.claims()["sid"]);
    let browser = app.another_browser("mina").await;
    wiki.app.sign_in(&browser, &[]).await;
    wiki.receiver.always(Scripted::status(503));
    browser.post("/logout", &[]).await.assert_redirect("/");
    wiki.next(1).await;
    set(&format!("\"{}\"", wiki.receiver.url()), "null").await;
    until_sent(&app).await;
}

#[tokio::test]
async fn a_slow_app_does_not_hold_up_others() {
    const SESSIONS: usize = 8;
    let app = TestApp::start().await;
    let (slow, mut quick) = (Notified::register(&app, "Slow").await, Notified::register(&app, "Quick").await);
    slow.receiver.always(Scripted { after: Duration::from_secs(4), ..Scripted::status(200) });
    let mina = app.member("mina").await;
    for _ in 0..SESSIONS {
        let browser = app.another_browser("mina").await;
        slow.app.sign_in(&browser, &[]).await;
        quick.app.sign_in(&browser, &[]).await;
    }
    let since = Instant::now();
    mina.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    let came = quick.next(SESSIONS).await;
    let took = came.iter().map(|received| received.at - since).max().unwrap();
    assert!(took < Duration::from_secs(3), "the quick one waited {took:?}");
    let sids: HashSet<String> = came.iter().map(|received| received.claims()["sid"].to_string()).collect();
    assert_eq!(sids.len(), SESSIONS);
    assert!(slow.receiver.received().len() <= 4, "it gets a few at a time");
}

#[tokio::test]
async fn a_logout_token_passes_for_nothing_else() {
    let app = TestApp::start().await;
    let mut wiki = Notified::register(&app, "Wiki").await;
    let (mina, other) = (app.member("mina").await, app.another_browser("mina").await);
    wiki.app.sign_in(&mina, &[]).await;
    wiki.app.sign_in(&other, &[]).await;
    other.post("/logout", &[]).await.assert_redirect("/");
    let token = wiki.next(1).await.remove(0).token().to_owned();
    assert_eq!(wiki.app.userinfo(&token).await.status, 401);
    assert_eq!(wiki.app.introspect(&token).await["active"], false);
    assert_eq!(wiki.app.refresh(&token).await.status, 400);
    assert_eq!(wiki.app.exchange(&token, &[]).await.status, 400);
    let hint = mina.get(&format!("/oauth/logout?id_token_hint={token}")).await;
    assert_eq!(hint.status, 400);
    assert!(mina.is_signed_in().await);
    let authorize = mina.get(&wiki.app.address(&[("id_token_hint", &token), ("prompt", "none")])).await;
    assert!(authorize.header("location").contains("error="), "{}", authorize.header("location"));
    let own = mina.request(reqwest::Method::GET, "/api/auth/check");
    let own = app.visitor().send(own.header("authorization", format!("Bearer {token}"))).await;
    assert_eq!(own.status, 401);
}

#[tokio::test]
async fn a_killed_server_loses_no_token() {
    const TOKENS: usize = 40;
    let folder = scratch();
    let data = folder.path().join("data");
    let receiver = LogoutReceiver::start();
    receiver.always(Scripted { after: Duration::from_millis(50), ..Scripted::status(200) });
    let url = receiver.url();
    let words = [
        "app",
        "add",
        "Wiki",
        "--redirect-uri",
        "https://wiki.example.org/",
        "--backchannel-logout-uri",
        &url,
    ];
    assert!(Munjigi::command(&data).arg("migrate").output().unwrap().status.success());
    let added = Munjigi::command(&data).args(words).args(["--id-token-alg", "ES256"]).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let db = open_database(&data);
    let execute =
        |sql: String| diesel::RunQueryDsl::execute(diesel::sql_query(sql), &mut *db.conn().unwrap()).unwrap();
    for number in 0..TOKENS {
        let values = format!("1, 1, 'session {number}', 'token {number}', 1, 1");
        execute(format!(
            "INSERT INTO oidc_logouts (client, user_id, sid, jti, created_at, due_at) VALUES ({values})"
        ));
    }
    let server = Munjigi::serve(Munjigi::command(&data));
    receiver.until(TOKENS / 4).await;
    server.kill();
    let before = receiver.received();
    assert!(before.len() < TOKENS, "it was killed in the middle");
    assert!(execute("UPDATE oidc_logouts SET due_at = 0".to_owned()) > 0, "leases end");
    let server = Munjigi::serve(Munjigi::command(&data));
    let deadline = Instant::now() + Duration::from_secs(20);
    let tokens = || -> HashSet<String> {
        let all = receiver.received();
        all.iter().map(|received| received.claims()["jti"].as_str().unwrap().to_owned()).collect()
    };
    while tokens().len() < TOKENS {
        assert!(Instant::now() < deadline, "{} of {TOKENS} came", tokens().len());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let log = server.stop();
    assert!(log.contains("logout token delivered"), "{log}");
}

#[tokio::test]
async fn whoever_removes_the_second_factor_is_signed_out_of_apps_that_require_it() {
    let app = TestApp::start().await;
    let (mina, _) = app.member_with_totp("mina").await;
    let receiver = LogoutReceiver::start();
    let strict = ClientInput { level: Level::TwoFactor, ..notified_input("Bank", &receiver) };
    let mut bank = Notified { app: RelyingParty::with(&app, strict).await, receiver, seen: 0 };
    let wiki = Notified::register(&app, "Wiki").await;
    let (of_bank, of_wiki) = (bank.app.sign_in(&mina, &[]).await, wiki.app.sign_in(&mina, &[]).await);
    mina.post("/security/totp/remove", &[]).await.assert_redirect("/security");
    bank.learns_of(&of_bank, "one factor is left").await;
    assert!(!bank.app.is_alive(&of_bank).await && wiki.app.is_alive(&of_wiki).await);
    until_sent(&app).await;
    assert!(wiki.receiver.received().is_empty());
    assert_eq!(app.count("oidc_grants"), 1, "for good");
}
