//! Groups and their permissions.

use crate::support::{Persona, TestApp, over_both_stores};

async fn make_group(sofia: &Persona, name: &str) -> String {
    let made = sofia.fill("/admin/groups/new", "/admin/groups", &[("name", name)]).await;
    assert_eq!(made.status, 303, "{}", made.text());
    made.header("location").to_owned()
}

/// Codenames that the session of `name` currently has.
async fn held(app: &TestApp, name: &str) -> Vec<&'static str> {
    let id = app.user_id(name);
    let found = app.identity.accounts.accounts.member(id).await.unwrap();
    found.unwrap().permissions.list().into_iter().map(|permission| permission.codename()).collect()
}

over_both_stores![staff_make_a_group_give_it_permissions_and_put_people_in,];

async fn staff_make_a_group_give_it_permissions_and_put_people_in(app: TestApp) {
    let sofia = app.staff("sofia").await;
    app.member("mina").await;
    let group = make_group(&sofia, "Moderators").await;
    sofia.fill(&group, &group, &[("board.change_post", "yes")]).await.assert_redirect(&group);
    let add = format!("{group}/members");
    sofia.fill(&group, &add, &[("login", "MINA@example.org")]).await.assert_redirect(&group);
    assert_eq!(held(&app, "mina").await, ["board.change_post"]);
    let page = sofia.get(&group).await;
    assert_eq!(page.find(".members a"), ["mina"]);
    assert_eq!(page.attributes("input[checked]", "name"), ["board.change_post"]);
    let remove = page.attributes(".members form", "action").remove(0);
    sofia.fill(&group, &remove, &[]).await.assert_redirect(&group);
    assert_eq!(held(&app, "mina").await, Vec::<&str>::new());
    let user = format!("/admin/users/{}", app.user_id("mina"));
    let checkbox = group.replace("/admin/groups/", "group-");
    sofia.fill(&user, &format!("{user}/groups"), &[(&checkbox, "yes")]).await.assert_redirect(&user);
    assert_eq!(held(&app, "mina").await, ["board.change_post"]);
    sofia.post(&format!("{group}/delete"), &[]).await.assert_redirect("/admin/groups");
    assert_eq!(held(&app, "mina").await, Vec::<&str>::new());
    assert!(sofia.get("/admin/groups").await.text().contains("No groups yet"));
    assert_eq!(sofia.get(&group).await.status, 404);
}

#[tokio::test]
async fn names_are_checked_and_one_of_a_kind() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let group = make_group(&sofia, "운영진 <b>").await;
    make_group(&sofia, "Others").await;
    for bad in ["", "   ", &"x".repeat(61), "a\u{0}b", "a\nb", "OTHERS"] {
        let refused = sofia.post("/admin/groups", &[("name", bad)]).await;
        refused.assert_refused("name");
        assert!(
            bad.trim().is_empty()
                || refused.attributes("#name", "value") == [bad.to_owned()]
                || bad.contains(['\u{0}', '\n'])
        );
        sofia.post(&group, &[("name", bad)]).await.assert_refused("name");
    }
    assert_eq!(app.count("groups"), 2);
    assert_eq!(sofia.get(&group).await.find("h1"), ["운영진 <b>"], "shown as text");
    let unknown = sofia.post(&format!("{group}/members"), &[("login", "nobody")]).await;
    unknown.assert_refused("login");
    assert_eq!(unknown.attributes("#login", "value"), ["nobody"]);
}

#[tokio::test]
async fn what_is_not_there_is_404_and_changes_nothing() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let group = make_group(&sofia, "Moderators").await;
    for id in ["0", "-1", "999", "9223372036854775808", "abc"] {
        for path in [
            format!("/admin/groups/{id}/delete"),
            format!("/admin/groups/{id}/members/1/remove"),
            format!("{group}/members/{id}/remove"),
        ] {
            let expected =
                if path.starts_with(&group) && ["0", "-1", "999"].contains(&id) { 303 } else { 404 };
            assert_eq!(sofia.post(&path, &[]).await.status, expected, "{path}");
        }
        let reply = sofia.post(&format!("/admin/groups/{id}"), &[("name", "X")]).await;
        assert_eq!(reply.status, 404, "{id}");
        let reply = sofia.post(&format!("/admin/groups/{id}/members"), &[("login", "sofia")]).await;
        assert_eq!(reply.status, 404, "{id}");
    }
    assert_eq!((app.count("groups"), app.count("group_members")), (1, 0));
    assert_eq!(app.count("audit_events WHERE event = 'group_left'"), 0, "what changes nothing is no event");
}

#[tokio::test]
async fn two_at_once_put_someone_into_a_group_once() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let group = make_group(&sofia, "Moderators").await;
    let add = format!("{group}/members");
    let adds = (0..8).map(|_| sofia.post(&add, &[("login", "sofia")]));
    for reply in futures_util::future::join_all(adds).await {
        reply.assert_redirect(&group);
    }
    assert_eq!(app.count("group_members"), 1);
    assert_eq!(app.count("audit_events WHERE event = 'group_joined'"), 1);
}

#[tokio::test]
async fn two_who_save_forms_of_one_state_both_get_what_they_switched() {
    let app = TestApp::start().await;
    let (sofia, tessa) = (app.staff("sofia").await, app.staff("tessa").await);
    app.member("mina").await;
    let (one, other) = (make_group(&sofia, "One").await, make_group(&sofia, "Other").await);
    let user = format!("/admin/users/{}", app.user_id("mina"));
    let [one_box, other_box] = [&one, &other].map(|group| group.replace("/admin/groups/", "group-"));
    let act = format!("{user}/groups");
    let fields = |form: &std::collections::BTreeMap<String, Option<String>>, extra: &str| {
        let mut sent: Vec<(String, String)> =
            form.iter().filter_map(|(name, value)| Some((name.clone(), value.clone()?))).collect();
        sent.push((extra.to_owned(), "yes".to_owned()));
        sent
    };
    let shown = [sofia.get(&user).await.form(&act), tessa.get(&user).await.form(&act)];
    for (staff, as_shown, group) in [(&sofia, &shown[0], &one_box), (&tessa, &shown[1], &other_box)] {
        let sent = fields(as_shown, group);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (&**name, &**value)).collect();
        staff.post(&act, &sent).await.assert_redirect(&user);
    }
    assert_eq!(
        sofia.get(&user).await.attributes("input[type=checkbox][checked]", "name"),
        [one_box, other_box]
    );
    sofia.post(&act, &[]).await.assert_redirect(&user);
    assert_eq!(app.count("group_members"), 2, "an empty form switches nothing");
    let shown = [sofia.get(&one).await.form(&one), tessa.get(&one).await.form(&one)];
    let permissions = ["board.change_post", "board.delete_post"];
    for ((staff, as_shown), permission) in [&sofia, &tessa].into_iter().zip(&shown).zip(permissions) {
        let sent = fields(as_shown, permission);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (&**name, &**value)).collect();
        staff.post(&one, &sent).await.assert_redirect(&one);
    }
    assert_eq!(held(&app, "mina").await, ["board.change_post", "board.delete_post"]);
    let off = [
        ("name", "One"),
        ("was-board.change_post", "yes"),
        ("was-board.delete_post", "yes"),
        ("board.delete_post", "yes"),
    ];
    sofia.post(&one, &off).await.assert_redirect(&one);
    assert_eq!(held(&app, "mina").await, ["board.delete_post"]);
}

#[tokio::test]
async fn names_that_look_alike_are_one_and_the_trail_records_every_change() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    app.member("mina").await;
    let group = make_group(&sofia, "ops").await;
    for twin in ["OPS", "ops\u{200b}", "ｏｐｓ", "оps"] {
        sofia.post("/admin/groups", &[("name", twin)]).await.assert_refused("name");
    }
    for blank in ["\u{3164}", "\u{200b}", "x\u{202e}y"] {
        sofia.post("/admin/groups", &[("name", blank)]).await.assert_refused("name");
    }
    sofia.fill(&group, &group, &[]).await.assert_redirect(&group);
    sofia
        .fill(&group, &group, &[("name", "Operators"), ("board.delete_post", "yes")])
        .await
        .assert_redirect(&group);
    sofia.post(&format!("{group}/members"), &[("login", "mina")]).await.assert_redirect(&group);
    sofia.post(&format!("{group}/delete"), &[]).await.assert_redirect("/admin/groups");
    let rows = sofia.get("/admin/audit").await.find("tbody td:nth-child(2)");
    let expected = [
        "Group deleted: Operators",
        "Removed from a group: Operators",
        "Added to a group: Operators",
        "Group changed: ops → Operators (board.delete_post)",
        "Group created: ops",
    ];
    assert_eq!(rows[..5], expected, "what changed nothing is not among them");
}
