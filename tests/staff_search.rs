//! `/admin/search`, and the tables of the staff: what is found, in which order, how many, and what was done to what.

use crate::support::{Persona, Reply, TestApp, encode, over_both_stores};

over_both_stores![one_field_finds_people_groups_apps_sessions_and_events];

async fn search(sofia: &Persona, text: &str) -> Reply {
    let page = sofia.get(&format!("/admin/search?{}", encode(&[("q", text)]))).await;
    assert_eq!(page.status, 200, "{text:?}");
    page
}

/// The links of one kind of hits.
fn hits(page: &Reply, kind: &str) -> Vec<String> {
    page.attributes(&format!("section[aria-labelledby={kind}] .row a"), "href")
}

async fn one_field_finds_people_groups_apps_sessions_and_events(app: TestApp) {
    let sofia = app.staff("sofia").await;
    app.member("mina").await;
    app.member("minho").await;
    sofia.post("/admin/groups", &[("name", "Minutes")]).await.assert_redirect("/admin/groups/1");
    let wiki = [("name", "Minerva"), ("address", "https://wiki.example.org/"), ("icon", "")];
    sofia.post("/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    let (mina, minho) = (app.user_id("mina"), app.user_id("minho"));

    let page = search(&sofia, "Min").await;
    assert_eq!(hits(&page, "users"), [format!("/admin/users/{mina}"), format!("/admin/users/{minho}")]);
    assert_eq!(
        (hits(&page, "groups"), hits(&page, "apps")),
        (vec!["/admin/groups/1".to_owned()], vec!["/admin/apps/1".to_owned()])
    );
    assert_eq!(hits(&page, "sessions").len(), 2, "of the people found");
    assert!(!hits(&page, "audit").is_empty());
    let rest = page.attributes("section .panel-head a", "href");
    assert_eq!(
        rest,
        ["/admin/users?q=Min", "/admin/groups", "/admin/apps", "/admin/sessions", "/admin/audit"]
    );

    let page = search(&sofia, "mina@example.org").await;
    assert_eq!(hits(&page, "users"), [format!("/admin/users/{mina}")]);
    assert_eq!(
        page.attributes("section[aria-labelledby=audit] .panel-head a", "href"),
        ["/admin/audit?user=mina"]
    );
    assert_eq!(hits(&search(&sofia, "wiki.example").await, "apps"), ["/admin/apps/1"]);
    assert_eq!(hits(&search(&sofia, "xample.or").await, "users").len(), 3, "within a word too");
    assert!(!hits(&search(&sofia, "Minerva").await, "audit").is_empty(), "what an event was about");
    app.execute(
        "INSERT INTO audit_events (at, event, address, device, request_id, subject)
         VALUES (1, 'signed_out', '192.0.2.4', '', 'r-4711', '')",
    );
    assert_eq!(hits(&search(&sofia, "r-4711").await, "audit").len(), 1, "by the number on an error page");

    for nothing in ["nobody at all", "%", "_", "\\", "'", "<script>", "\u{10ffff}"] {
        let page = search(&sofia, nothing).await;
        assert!(
            page.find(".row").is_empty() && page.find(".empty h2").len() == 1,
            "{nothing:?}: {}",
            page.text()
        );
    }
    assert!(search(&sofia, "").await.find(".empty").is_empty());
    assert_eq!(
        search(&sofia, &"가".repeat(2_000)).await.attributes("main #q", "value")[0].chars().count(),
        100
    );
    // From every page of the staff, without a script.
    let forms = sofia.get("/admin/groups").await.attributes(".beside form", "action");
    assert_eq!(forms, ["/admin/search"]);
}

#[tokio::test]
async fn a_quick_search_costs_the_same_among_many_users() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
         INSERT INTO users (username, username_key, email, email_key, display_name, password_hash, password_changed_at,
           disabled, epoch, created_at)
         SELECT 'p' || i, 'p' || i, 'p' || i || '@example.org', 'p' || i || '@example.org',
           CASE i WHEN 10 THEN 'Early Bird' WHEN 5990 THEN 'Late Bird' ELSE '' END, '!', 1, FALSE, 1, 1 FROM n",
    );
    assert_eq!(search(&sofia, "p5").await.find("section[aria-labelledby=users] .row").len(), 5, "a few");
    let bird = search(&sofia, "bird").await;
    assert_eq!(bird.find("section[aria-labelledby=users] .row h3"), ["p5990", "p10"]);
    assert_eq!(
        bird.attributes("section[aria-labelledby=users] .panel-head a", "href"),
        ["/admin/users?q=bird"]
    );
    assert_eq!(
        search(&sofia, "BI").await.find("section[aria-labelledby=users] .row h3"),
        ["p5990"],
        "two letters are looked for among the newest"
    );
    assert_eq!(sofia.get("/admin/users?q=bird").await.find("tbody td:first-child a"), ["p5990", "p10"]);
    assert_eq!(
        search(&sofia, "P10").await.find("section[aria-labelledby=users] .row h3")[0],
        "p10",
        "in any case"
    );
}

#[tokio::test]
async fn tables_are_sorted_by_their_heads_page_by_page_and_say_how_many_there_are() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 119)
         INSERT INTO users (username, username_key, email, email_key, display_name, password_hash, password_changed_at,
           disabled, epoch, created_at)
         SELECT 'p' || (1000 - i), 'p' || i, 'p' || i || '@example.org', 'p' || i || '@example.org', '', '!', 1, FALSE, 1, 1
         FROM n",
    );
    let all = async |sort: &str| {
        let (mut names, mut place) = (Vec::new(), format!("/admin/users?sort={sort}"));
        loop {
            let page = sofia.get(&place).await;
            names.extend(page.find("tbody td:first-child a"));
            match page.attributes("a[rel=next]", "href").first() {
                Some(next) => place.clone_from(next),
                None => return names,
            }
        }
    };
    let mut sorted = all("name").await;
    assert_eq!((sorted.len(), sorted.is_sorted()), (120, true));
    sorted.reverse();
    assert_eq!(all("-name").await, sorted);
    let oldest = all("since").await;
    assert_eq!((oldest.len(), oldest[0].as_str(), oldest[119].as_str()), (120, "sofia", "p881"));
    let mut newest = all("").await;
    newest.reverse();
    assert_eq!(newest, oldest);
    assert_eq!(all("odd").await.len(), 120);

    let page = sofia.get("/admin/users?sort=name").await;
    assert_eq!(page.attributes("th[aria-sort]", "aria-sort"), ["ascending"]);
    assert_eq!(page.attributes("th a", "href"), ["/admin/users?sort=-name", "/admin/users?sort=since"]);
    assert_eq!(page.find(".pages .meta"), ["50 of 120"]);
    for name in ["Zebras", "ants", "Bees"] {
        sofia.post("/admin/groups", &[("name", name)]).await;
    }
    sofia.post("/admin/groups/3/members", &[("login", "sofia")]).await.assert_redirect("/admin/groups/3");
    let groups = async |sort: &str| {
        let page = sofia.get(&format!("/admin/groups?sort={sort}")).await;
        (
            page.find("tbody td:first-child a"),
            page.attributes("th[aria-sort]", "aria-sort"),
            page.find(".pages .meta"),
        )
    };
    let (by_name, aria, count) = groups("").await;
    assert_eq!((aria, count), (vec!["ascending".to_owned()], vec!["3 groups".to_owned()]));
    let (down, aria, _) = groups("-name").await;
    assert_eq!((down.iter().rev().cloned().collect::<Vec<_>>(), aria[0].as_str()), (by_name, "descending"));
    assert_eq!(groups("-members").await.0[0], "Bees");
    assert_eq!(sofia.get("/admin/users?q=sofia").await.find("tbody td:nth-child(2)"), ["Bees"]);
}

#[tokio::test]
async fn a_flash_names_what_was_acted_on_and_nobody_else_writes_it() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let mina = app.member("mina").await;
    app.another_browser("mina").await;
    let said = async |persona: &Persona, page: &str| {
        let page = persona.get(page).await;
        let said = page.find(".note[role=status]").join("");
        assert!(page.find("title")[0].starts_with(&said));
        assert!(persona.get("/dashboard").await.find(".note[role=status]").is_empty(), "once");
        said
    };
    let end = mina.get("/sessions").await.attributes(".session:not(.now) form", "action");
    mina.post(&end[0], &[]).await.assert_redirect("/sessions");
    assert!(said(&mina, "/sessions").await.starts_with("Signed out “"));

    sofia.post("/admin/groups", &[("name", "<b>{provider} 편집자")]).await.assert_redirect("/admin/groups/1");
    assert_eq!(said(&sofia, "/admin/groups/1").await, "Created “<b>{provider} 편집자”.");
    sofia.post("/admin/groups/1/members", &[("login", "mina")]).await.assert_redirect("/admin/groups/1");
    assert_eq!(said(&sofia, "/admin/groups/1").await, "Added mina to the group.");
    let place = format!("/admin/users/{}", app.user_id("mina"));
    sofia.post(&format!("{place}/disable"), &[]).await.assert_redirect(&place);
    assert_eq!(said(&sofia, &place).await, "Disabled mina and signed them out everywhere.");
    sofia.post(&format!("{place}/enable"), &[]).await.assert_redirect(&place);
    assert_eq!(said(&sofia, &place).await, "Enabled mina.");

    // What others put into the cookie is not shown.
    let name = "TXkgd29yZHM";
    for forged in [
        format!("UserDisabled~{name}"),
        format!("UserDisabled~{name}.{}", "A".repeat(43)),
        "UserDisabled".to_owned(),
        // From another version of the server.
        "PasskeyAdded".to_owned(),
    ] {
        sofia.set_cookie("munjigi-notice", &forged);
        let page = sofia.get("/admin/groups").await;
        assert!(page.find(".note[role=status]").is_empty() && !page.body.contains("My words"), "{forged}");
    }
}

#[tokio::test]
async fn removing_an_app_asks_first_and_a_new_group_has_a_page() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let wiki = [("name", "Wiki"), ("address", "https://wiki.example.org/"), ("icon", "")];
    sofia.post("/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    let asked = sofia.fill("/admin/apps/1", "/admin/apps/1/delete", &[]).await;
    assert_eq!((asked.status, asked.find("main.ask h1")), (422, vec!["Remove “Wiki”?".to_owned()]));
    assert_eq!(sofia.get("/admin/apps/1").await.status, 200, "nothing is removed yet");
    sofia.answer(&asked, "/admin/apps/1/delete").await.assert_redirect("/admin/apps");
    assert_eq!(sofia.get("/admin/apps").await.find(".note[role=status]"), ["Removed “Wiki”."]);
    assert_eq!(sofia.get("/admin/apps/1").await.status, 404);
    sofia.post("/admin/apps", &wiki).await.assert_redirect("/admin/apps");
    sofia.post("/admin/apps/2/delete", &[]).await.assert_redirect("/admin/apps");

    assert!(
        sofia.get("/admin/groups").await.attributes("main form", "action").is_empty(),
        "the list only shows"
    );
    let refused = sofia.fill("/admin/groups/new", "/admin/groups", &[("name", " ")]).await;
    refused.assert_refused("name");
    sofia
        .fill("/admin/groups/new", "/admin/groups", &[("name", "Editors")])
        .await
        .assert_redirect("/admin/groups/1");
}
