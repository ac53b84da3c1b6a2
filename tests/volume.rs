//! What grows with the years: rows that are over are deleted a few at a time, while the site goes on.

use std::pin::pin;
use std::time::{Duration, Instant};

use munjigi::identity::Operator;
use munjigi::identity::sessions::FlushMode;
use munjigi::platform::near_cache::follow_sql;

use crate::support::{Persona, TestApp, encode};

/// Rows of each kind, more than one batch takes.
const MANY: i64 = 2_500;

/// Rows that were over long ago: a table, and the columns and values of row `i` of the user `u` and the app `c`.
const OVER: [(&str, &str, &str); 23] = [
    ("embedded_sessions", "key, user_id, state, seen_at, expires_at", "'s' || i, u, '', 1, 1"),
    ("ended_sessions", "key, at, until", "'s' || i, 1, 1"),
    ("changes", "at, topic", "1, 'posts'"),
    ("audit_events", "at, event, address, device, request_id", "1, 'signed_in', '', '', ''"),
    ("audit_repeats", "event_id, source, at, count, last_at", "-i, '', 1, 1, 1"),
    (
        "refresh_tokens",
        "session_key, user_id, generation, hash, salt, scope, made_at, expires_at",
        "'s' || i, u, 0, '', '', '', 1, 1",
    ),
    ("mail_tokens", "purpose, email, token_hash, created_at, expires_at", "'register', '', 't' || i, 1, 1"),
    ("notices_sent", "subject, notice, sent_at", "'7', 'x', 1"),
    ("retired_names", "name_hash, until", "'n' || i, 1"),
    (
        "stages",
        "token_hash, user_id, epoch, first, remember, next, expires_at",
        "'t' || i, u, 0, 0, FALSE, '', 1",
    ),
    (
        "trusted_devices",
        "token_hash, user_id, epoch, device, address, created_at, expires_at",
        "'t' || i, u, 0, '', '', 1, 1",
    ),
    ("used_challenges", "id, until", "'c' || i, 1"),
    ("form_answers", "id, answer, expires_at", "'f' || i, '', 1"),
    (
        "upstream_attempts",
        "state_hash, browser_hash, provider, details, expires_at",
        "'s' || i, '', '', '', 1",
    ),
    ("upstream_arrivals", "browser_hash, provider, details, expires_at", "'b' || i, '', '', 1"),
    (
        "upstream_sessions",
        "session_key, user_id, provider, issuer, subject, expires_at",
        "'s' || i, u, '', '', '', 1",
    ),
    ("upstream_logouts", "jti_hash, expires_at", "'j' || i, 1"),
    ("oidc_assertions", "hash, expires_at", "'h' || i, 1"),
    (
        "oidc_codes",
        "hash, client, user_id, session_key, sid, epoch, request, expires_at",
        "'h' || i, c, u, '', '', 0, '', 1",
    ),
    (
        "oidc_devices",
        "hash, user_code, client, address, counted_as, request, created_at, expires_at, pause, asked_at",
        "'h' || i, 'c' || i, c, '', '', '', 1, 1, 5, 1",
    ),
    ("oidc_pushed", "hash, client, counted_as, parameters, expires_at", "'h' || i, c, '', '', 1"),
    (
        "oidc_logins",
        "client, sid, session_key, user_id, epoch, two_factors, expires_at",
        "c, 's' || i, 'k', u, 0, FALSE, 1",
    ),
    (
        "oidc_grants",
        "client, user_id, login_key, session_key, sid, epoch, id_token, details, created_at, expires_at",
        "c, u, '', '', 's' || i, 0, FALSE, '', 1, 1",
    ),
];

fn fill(app: &TestApp, (table, columns, values): (&str, &str, &str), count: i64) {
    app.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
         INSERT INTO {table} ({columns})
         SELECT {values} FROM n, (SELECT min(id) AS u FROM users) AS users,
             (SELECT coalesce(min(id), 0) AS c FROM oidc_clients) AS clients"
    ));
}

#[tokio::test]
async fn every_kind_of_row_that_is_over_is_deleted_however_many_there_are() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.execute(
        "INSERT INTO oidc_clients (client_id, name, name_key, registration, created_at)
         VALUES ('a', 'a', 'a', '{}', 1)",
    );
    let before = OVER.map(|(table, ..)| app.count(table));
    for kind in OVER {
        fill(&app, kind, MANY);
    }
    app.purge().await;
    let left = OVER.map(|(table, ..)| app.count(table));
    for ((table, ..), (left, before)) in OVER.into_iter().zip(left.into_iter().zip(before)) {
        // Triggers have added changes, which other nodes are still to read.
        let added = if table == "changes" { MANY * 4 } else { 0 };
        assert!(left <= before + added, "{table}: {before} before, {left} left");
    }
    assert!(mina.is_signed_in().await);
}

/// Not one transaction: others write in between, and what was deleted stays so if the server stops.
#[tokio::test]
async fn an_interrupted_purge_goes_on_later_and_others_write_in_between() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let [events, sessions] = ["audit_events", "embedded_sessions"];
    let own = [events, sessions].map(|table| app.count(table));
    for kind in OVER.into_iter().filter(|(table, ..)| [events, sessions].contains(table)) {
        fill(&app, kind, 20_000);
    }
    for table in [events, sessions] {
        let all = app.count(table);
        let some_are_gone = async {
            loop {
                let left = app.count(table);
                if left < all {
                    return left;
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            () = app.purge() => panic!("{table} were deleted at once"),
            left = pin!(some_are_gone) => assert!(left > 10_000, "{left} of {all} {table}"),
        }
    }
    let signing_in = async {
        for _ in 0..5 {
            assert!(app.another_browser("mina").await.is_signed_in().await);
        }
    };
    tokio::join!(app.purge(), signing_in);
    assert_eq!(app.count("audit_events WHERE at = 1") + app.count("embedded_sessions WHERE seen_at = 1"), 0);
    assert!(app.count(events) > own[0] && app.count(sessions) >= own[1]);
}

/// Users who never sign in, with ids after the others.
fn add_users(app: &TestApp, count: i64) {
    app.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
         INSERT INTO users (username, username_key, email, email_key, password_hash, password_changed_at, epoch, created_at)
         SELECT 'many' || i, 'many' || i, 'many' || i || '@example.org', 'many' || i || '@example.org', '!', 1, 7, 1 FROM n"
    ));
}

/// Whether the pages of these people come from memory alone.
async fn are_hot(app: &TestApp, people: &[&Persona]) -> bool {
    // Otherwise the server does so at an unknown time.
    app.identity.sessions.sessions.flush_last_seen(FlushMode::Immediate).await;
    // The database may have been too busy to say that nothing has changed.
    app.warm().await;
    let before = app.calls();
    for person in people {
        assert_eq!(person.get("/profile").await.status, 200);
    }
    app.calls() == before
}

#[tokio::test]
async fn a_large_group_is_deleted_in_parts_and_others_stay_in_memory() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let mut others = Vec::new();
    for name in ["mina", "noah", "ada", "bo", "cleo", "dara", "emre", "faye"] {
        others.push(app.member(name).await);
    }
    add_users(&app, MANY);
    let group = sofia.post("/admin/groups", &[("name", "Large")]).await.header("location").to_owned();
    sofia.fill(&group, &group, &[("board.change_post", "yes")]).await.assert_redirect(&group);
    app.execute("INSERT INTO group_members (group_id, user_id) SELECT 1, id FROM users WHERE epoch = 7");
    for other in &others {
        are_hot(&app, &[other]).await;
    }
    sofia.post(&format!("{group}/delete"), &[]).await.assert_redirect("/admin/groups");
    let mut hot = 0;
    for other in &others {
        hot += usize::from(are_hot(&app, &[other]).await);
    }
    // Each of the many dismisses one of 65,536 places in memory, which another may share.
    assert!(hot > others.len() / 2, "{hot} of {} who were no members", others.len());
    assert_eq!(app.count("groups") + app.count("group_members") + app.count("group_permissions"), 0);
    let left = "audit_events WHERE event = 'group_left' AND subject = 'Large' AND actor_id IS NOT NULL";
    assert_eq!(app.count(left), MANY, "each reads it in their own trail");
    assert_eq!(app.count("audit_events WHERE event = 'group_deleted'"), 1);
    assert_eq!(sofia.post(&format!("{group}/delete"), &[]).await.status, 404);
}

/// On this node and on another, over one database.
#[tokio::test]
async fn a_change_of_a_group_concerns_its_members_alone() {
    let app = TestApp::start().await;
    let (config, secrets) = (app.config.clone(), app.config.data_dir.clone());
    let other = TestApp::with(|others| {
        others.database = config.database;
        others.data_dir = secrets;
    })
    .await;
    let (sofia, mina, noah) = (app.staff("sofia").await, app.member("mina").await, app.member("noah").await);
    let group = sofia.post("/admin/groups", &[("name", "Moderators")]).await.header("location").to_owned();
    app.join_group(1, app.user_id("mina")).await;
    app.warm().await;
    other.warm().await;
    let (mina_there, noah_there) = (Persona::at(&other.url, &mina), Persona::at(&other.url, &noah));
    let groups = async |person: &Persona| {
        person.get("/api/auth/check").await.json()["user"]["groups"][0].as_str().unwrap().to_owned()
    };
    for round in 0..4 {
        are_hot(&app, &[&mina, &noah]).await;
        are_hot(&other, &[&mina_there, &noah_there]).await;
        let of_group = "changes WHERE topic = 'everyone' AND group_id = 1";
        let (before, name) = (app.count(of_group), format!("Moderators {round}"));
        sofia.post(&group, &[("name", &name)]).await.assert_redirect(&group);
        assert!(app.count(of_group) > before, "older nodes take it for everyone");
        assert!(are_hot(&app, &[&noah]).await, "round {round}");
        assert_eq!(groups(&mina).await, name);
        let deadline = Instant::now() + Duration::from_secs(2);
        while groups(&mina_there).await != name {
            assert!(Instant::now() < deadline, "the other node does not know");
        }
        assert!(are_hot(&other, &[&noah_there]).await, "round {round}");
    }
}

#[tokio::test]
async fn all_sessions_of_many_users_end_at_once_with_one_event() {
    let app = TestApp::start().await;
    let (mina, noah) = (app.member("mina").await, app.member("noah").await);
    add_users(&app, MANY);
    app.warm().await;
    assert!(mina.is_signed_in().await && noah.is_signed_in().await);
    let known = app.count("changes WHERE user_id IS NOT NULL");
    let events = app.count("audit_events");
    let ended = app.operate(|operator| operator.end_all_sessions().unwrap()).await;
    assert_eq!(ended as i64, MANY + 2);
    assert!(!mina.is_signed_in().await && !noah.is_signed_in().await);
    assert_eq!(app.count("users WHERE epoch = 8"), MANY);
    assert_eq!(app.count("changes WHERE user_id IS NOT NULL"), known, "one change stands for all");
    assert!(app.count("changes WHERE topic = 'everyone' AND group_id IS NULL") > 0);
    assert_eq!(app.count("audit_events"), events + 1);
    assert_eq!(app.count("audit_events WHERE event = 'all_ended' AND user_id IS NULL"), 1);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    app.set_disabled(app.user_id("mina"), true).await;
    assert!(app.count("changes WHERE user_id IS NOT NULL") > known, "later changes are recorded one by one");
}

/// The database refuses to change users, so the command ends after its first step and every user keeps their epoch.
#[tokio::test]
async fn sessions_are_over_before_the_command_has_gone_through_the_users() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    app.warm().await;
    assert!(mina.is_signed_in().await);
    let (refuses, allows): (&[&str], _) = match app.db().engine() {
        "SQLite" => (
            &[
                "CREATE TRIGGER stopped BEFORE UPDATE OF epoch ON users BEGIN SELECT RAISE(ABORT, 'stopped'); END",
            ],
            "DROP TRIGGER stopped",
        ),
        _ => (
            &[
                "CREATE FUNCTION stop_here() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE 'stopped'; END $$",
                "CREATE TRIGGER stopped BEFORE UPDATE OF epoch ON users FOR EACH ROW EXECUTE FUNCTION stop_here()",
            ],
            "DROP TRIGGER stopped ON users",
        ),
    };
    refuses.iter().for_each(|statement| app.execute(statement));
    let end_all = |operator: &Operator| operator.end_all_sessions().is_ok();
    assert!(!app.operate(end_all).await, "stopped");
    app.operate(|_| follow_sql::wait_until_known()).await;
    assert!(!mina.is_signed_in().await);
    app.clock.advance(1);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    assert!(mina.is_signed_in().await, "who signs in after it stays");

    app.execute(allows);
    assert!(app.operate(end_all).await);
    assert!(!mina.is_signed_in().await);
    assert_eq!(app.count("marks WHERE name = 'ending_all'"), 0);
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    assert!(mina.is_signed_in().await, "in the same second");
}

/// A search for less than three letters looks at a part of the users at a time, any other in the index.
#[tokio::test]
async fn a_search_finds_everyone_however_far_apart_they_are() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)
         INSERT INTO users (id, username, username_key, email, email_key, password_hash, password_changed_at, epoch, created_at, staff)
         SELECT i * 7001, 'far' || i, 'far' || i, 'far' || i || '@example.org', 'far' || i || '@example.org', '!', 1, 1, 1, i % 3 = 0
         FROM n",
    );
    for (text, status, all) in
        [("FA", "", 120), ("FA", "staff", 40), ("FAR", "", 120), ("far1", "staff", 10), ("R120@", "staff", 1)]
    {
        let (mut found, mut next) = (Vec::new(), Some(format!("/admin/users?q={text}&status={status}")));
        while let Some(path) = next {
            let page = sofia.get(&path).await;
            assert_eq!(page.status, 200);
            found.extend(
                page.attributes(".row a, .rows a, main a", "href").into_iter().filter_map(|link| {
                    link.strip_prefix("/admin/users/").and_then(|id| id.parse::<i64>().ok())
                }),
            );
            next = page.attributes("a[rel=next]", "href").first().cloned();
        }
        found.dedup();
        assert_eq!(found.len(), all, "{text} {status}");
        assert!(found.is_sorted_by(|one, next| one > next), "the newest first");
    }
    assert!(sofia.get("/admin/users?q=nobody-at-all").await.attributes("a[rel=next]", "href").is_empty());
}

/// What the index knows follows each change, and letters that mean something to it mean nothing in a search.
#[tokio::test]
async fn the_index_of_users_follows_every_change_and_finds_what_a_search_without_it_would() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    add_users(&app, 2_500);
    let found = async |text: &str| {
        let page = sofia.get(&format!("/admin/users?{}", encode(&[("q", text)]))).await;
        assert_eq!(page.status, 200, "{text}");
        let links = page.attributes("main a", "href").into_iter();
        let ids =
            links.filter_map(|link| link.strip_prefix("/admin/users/").and_then(|id| id.parse::<i64>().ok()));
        let mut ids: Vec<i64> = ids.collect();
        ids.dedup();
        ids
    };
    let [id] = found("ANY2222").await[..] else { panic!("one has this name") };
    assert_eq!(found("many").await.len(), 50, "many are shown page by page");
    assert_eq!(found("any2222@example").await, [id]);
    assert_eq!(found("nobody-at-all").await, [0; 0]);
    app.execute(&format!(
        "UPDATE users SET display_name = '100% \"der_Größte\" 김민아\\ (a OR b)' WHERE id = {id}"
    ));
    for text in ["100%", "0% \"", "r_G", "größt", "김민아", "\\ (", " OR b)", "\"der_Größte\" 김"] {
        assert_eq!(found(text).await, [id], "{text}");
    }
    for text in ["100_", "r%G", "김민서", "many2222 OR many1", "user*", "displ_name:", "any222\0"] {
        assert_eq!(found(text).await, [0; 0], "{text}");
    }
    app.execute(&format!("UPDATE users SET username = 'renamed', display_name = '' WHERE id = {id}"));
    assert_eq!(found("rename").await, [id]);
    assert_eq!(found("김민아").await, [0; 0]);
    assert_eq!(found("many2222").await, [id], "by the address");
    app.execute(&format!("DELETE FROM users WHERE id = {id}"));
    assert_eq!(found("rename").await, [0; 0]);
    assert_eq!(app.count("users WHERE username = 'renamed'"), 0);
}
