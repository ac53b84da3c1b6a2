//! Who may edit or delete a post: its author, and members of groups.

use crate::board::write;
use crate::support::{Persona, TestApp, over_both_stores};

/// A group that grants `permission`.
fn a_group(app: &TestApp, permission: &str) {
    app.execute("INSERT INTO groups (name, name_key, created_at) VALUES ('Moderators', 'moderators', 1)");
    app.execute(&format!("INSERT INTO group_permissions (group_id, permission) VALUES (1, '{permission}')"));
}

async fn join(app: &TestApp, user: i64) {
    app.join_group(1, user).await;
}

async fn leave(app: &TestApp, user: i64) {
    app.leave_group(1, user).await;
}

/// The links and buttons on a post's page, and what their addresses answer.
async fn offered(persona: &Persona, path: &str) -> (Vec<String>, [u16; 2]) {
    let page = persona.get(path).await;
    let buttons = page.attributes("main .acts a", "href");
    let [edit, delete] = [format!("{path}/edit"), format!("{path}/delete")];
    (buttons, [persona.get(&edit).await.status, persona.get(&delete).await.status])
}

over_both_stores![
    another_members_post_is_read_but_not_touched,
    a_group_lets_one_edit_until_one_leaves_it,
    a_group_lets_one_delete,
];

async fn another_members_post_is_read_but_not_touched(app: TestApp) {
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    let path = write(&mina, "Mine", "x").await;
    assert_eq!(offered(&noa, &path).await, (vec![], [403, 403]));
    assert_eq!(offered(&mina, &path).await.1, [200, 200]);
    let fields = [("title", "Yours"), ("body", "y"), ("version", "1"), ("author_id", "2")];
    assert_eq!(noa.post(&format!("{path}/edit"), &fields).await.status, 403);
    assert_eq!(noa.post(&format!("{path}/delete"), &[]).await.status, 403);
    assert_eq!(app.count("posts WHERE title = 'Mine' AND body = 'x' AND version = 1 AND author_id = 1"), 1);
    assert_eq!(app.count("audit_events WHERE event LIKE 'post%'"), 0);
}

async fn a_group_lets_one_edit_until_one_leaves_it(app: TestApp) {
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    let path = write(&mina, "Draft", "x").await;
    a_group(&app, "board.change_post");
    app.warm().await;
    let edit = format!("{path}/edit");
    assert_eq!(offered(&noa, &path).await.1, [403, 403]);
    for round in 0..5 {
        join(&app, 2).await;
        assert_eq!(offered(&noa, &path).await, (vec![edit.clone()], [200, 403]), "editing is not deleting");
        noa.fill(&edit, &edit, &[("title", &format!("Edited {round}"))]).await.assert_redirect(&path);
        leave(&app, 2).await;
        assert_eq!(offered(&noa, &path).await, (vec![], [403, 403]));
        assert_eq!(noa.post(&edit, &[("title", "x"), ("body", "x"), ("version", "2")]).await.status, 403);
    }
    assert_eq!(app.count("posts WHERE title = 'Edited 4' AND author_id = 1"), 1);
}

async fn a_group_lets_one_delete(app: TestApp) {
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    let path = write(&mina, "Spam", "x").await;
    a_group(&app, "board.delete_post");
    join(&app, 2).await;
    let delete = format!("{path}/delete");
    assert_eq!(offered(&noa, &path).await, (vec![delete.clone()], [403, 200]));
    noa.fill(&delete, &delete, &[]).await.assert_redirect("/board");
    assert_eq!(app.count("posts"), 0);
}

#[tokio::test]
async fn a_moderators_acts_are_logged_and_shown_to_the_author_without_their_address() {
    let app = TestApp::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    let mina = app.member("mina").await;
    let mut noa = app.visitor();
    noa.forwarded_for = Some("203.0.113.77".to_owned());
    noa.register("noa").await;
    let path = write(&mina, "Rude <words>", "x").await;
    let own = write(&noa, "Noa's own", "x").await;
    a_group(&app, "board.change_post");
    app.execute("INSERT INTO group_permissions (group_id, permission) VALUES (1, 'board.delete_post')");
    join(&app, 2).await;
    let edit = format!("{path}/edit");
    noa.post(&edit, &[("title", "x"), ("body", "y"), ("version", "99")]).await;
    assert_eq!(app.count("audit_events WHERE event = 'post_edited'"), 0, "a conflict changes nothing");
    noa.fill(&edit, &edit, &[("title", "Kind words")]).await.assert_redirect(&path);
    noa.fill(&format!("{path}/delete"), &format!("{path}/delete"), &[]).await.assert_redirect("/board");
    noa.fill(&format!("{own}/edit"), &format!("{own}/edit"), &[("title", "z")]).await.assert_redirect(&own);
    for (event, subject) in [("post_edited", "Rude <words>"), ("post_deleted", "Kind words")] {
        let line = format!(
            "audit_events WHERE event = '{event}' AND user_id = 1 AND actor_id = 2 AND subject = '{subject}' AND address = '203.0.113.77'"
        );
        assert_eq!(app.count(&line), 1, "{event}");
    }
    assert_eq!(app.count("audit_events WHERE event LIKE 'post%'"), 2);
    let page = mina.get("/security").await;
    assert!(page.text().contains("Post edited by a moderator: Rude <words>"), "{}", page.text());
    assert!(page.text().contains("Post deleted by a moderator: Kind words"));
    assert!(!page.body.contains("203.0.113.77") && page.text().contains("by staff"));
}

#[tokio::test]
async fn the_rule_that_denied_is_shown_to_staff_only() {
    let app = TestApp::start().await;
    let (mina, noa) = (app.member("mina").await, app.member("noa").await);
    app.execute("INSERT INTO users (username, username_key, email, email_key, password_hash, password_changed_at, epoch, created_at, staff) SELECT 'sua', 'sua', 's@example.org', 's@example.org', password_hash, 1, 1, 1, TRUE FROM users LIMIT 1");
    let staff = app.another_browser("sua").await;
    let path = write(&mina, "Mine", "x").await;
    for (persona, is_shown) in [(&staff, true), (&noa, false)] {
        let reply = persona.get(&format!("{path}/edit")).await;
        assert_eq!(reply.status, 403, "the staff flag alone opens no post");
        assert_eq!(
            reply.body.contains("IsAuthor, ModelPermissions: board.change_post"),
            is_shown,
            "{}",
            reply.text()
        );
        let reply = persona.post(&format!("{path}/delete"), &[]).await;
        assert_eq!(reply.body.contains("ModelPermissions: board.delete_post"), is_shown);
    }
    assert_eq!(app.count("posts"), 1);
}

#[tokio::test]
async fn a_search_takes_a_part_of_the_board_at_a_time_and_finds_everything() {
    let app = TestApp::start().await;
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6500)
         INSERT INTO posts (title, body, created_at)
         SELECT CASE i WHEN 3 THEN 'The Needle' ELSE 'Hay ' || i END, 'straw', i FROM n",
    );
    let visitor = app.visitor();
    let (mut place, mut pages) = ("/board?q=nEEdle".to_owned(), 0);
    let found = loop {
        let page = visitor.get(&place).await;
        pages += 1;
        let titles = page.find(".name a");
        if !titles.is_empty() {
            break titles;
        }
        assert!(page.find(".empty")[0].contains("Older ones may have it"), "{}", page.text());
        place = format!("/board{}", page.attributes("a[rel=next]", "href")[0].trim_start_matches("/board"));
    };
    assert_eq!((found, pages), (vec!["The Needle".to_owned()], 4));
    assert_eq!(visitor.get("/board?q=needle&before=9223372036854775807").await.status, 200);
}

#[tokio::test]
async fn too_many_posts_within_an_hour_are_refused_with_nothing_lost() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    for number in 1..=60 {
        let reply = mina.post("/board/new", &[("title", "T"), ("body", "B")]).await;
        reply.assert_redirect(&format!("/board/{number}"));
    }
    let reply = mina.post("/board/new", &[("title", "One more"), ("body", "A draft")]).await;
    assert_eq!((reply.status, reply.find("textarea")), (429, vec!["A draft".to_owned()]));
    assert!(reply.header("retry-after").parse::<u64>().unwrap() > 3_000);
    app.clock.advance(3_601);
    mina.post("/board/new", &[("title", "One more"), ("body", "A draft")]).await.assert_redirect("/board/61");
}

#[tokio::test]
async fn what_was_typed_survives_the_posts_deletion_and_an_edit_survives_a_late_deletion() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let phone = app.another_browser("mina").await;
    let write = [("title", "Title"), ("body", "Body")];
    mina.fill("/board/new", "/board/new", &write).await.assert_redirect("/board/1");
    let as_shown = phone.get("/board/1/delete").await.form("/board/1/delete");
    let version = as_shown["version"].clone().unwrap();
    mina.fill("/board/1/edit", "/board/1/edit", &[("body", "Better")]).await.assert_redirect("/board/1");
    let late = phone.post("/board/1/delete", &[("version", &version)]).await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert_eq!(app.count("posts"), 1);
    phone.fill("/board/1/delete", "/board/1/delete", &[]).await.assert_redirect("/board");
    let typed = [("title", "Title"), ("body", "a long text"), ("version", "2")];
    let lost = mina.post("/board/1/edit", &typed).await;
    assert_eq!((lost.status, lost.find("textarea")), (409, vec!["a long text".to_owned()]));
    let form = lost.form("/board/new");
    assert_eq!(form["title"].as_deref(), Some("Title"), "ready to be a post of its own");
}
