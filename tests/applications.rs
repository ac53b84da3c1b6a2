use crate::support::{PASSWORD, Persona, TestApp, over_both_stores};

const WIKI: [(&str, &str); 2] = [("name", "Wiki"), ("address", "https://wiki.example.org")];

async fn add(staff: &Persona, name: &str, address: &str, groups: &[i64]) {
    let boxes: Vec<String> = groups.iter().map(|id| format!("group-{id}")).collect();
    let mut fields = vec![("name", name), ("address", address)];
    fields.extend(boxes.iter().map(|name| (name.as_str(), "yes")));
    staff.fill("/admin/apps/new/proxy", "/admin/apps", &fields).await.assert_redirect("/admin/apps");
}

async fn new_group(app: &TestApp, name: &'static str) -> i64 {
    let key = name.to_lowercase();
    app.execute(&format!("INSERT INTO groups (name, name_key, created_at) VALUES ('{name}', '{key}', 0)"));
    app.number(&format!("SELECT id AS n FROM groups WHERE name_key = '{key}'"))
}

async fn put_into(app: &TestApp, group_id: i64, name: &str) {
    app.join_group(group_id, app.user_id(name)).await;
}

async fn take_out_of(app: &TestApp, group_id: i64, name: &str) {
    app.leave_group(group_id, app.user_id(name)).await;
}

/// The apps on the dashboard.
async fn apps_of(persona: &Persona) -> Vec<String> {
    persona.get("/dashboard").await.find("a.app-link strong")
}

fn audited(app: &TestApp, event: &str, subject: &str) -> i64 {
    app.count(&format!(
        "audit_events WHERE event = '{event}' AND subject = '{subject}' AND actor_id = 1 AND user_id IS NULL"
    ))
}

#[tokio::test]
async fn staff_add_change_and_remove_an_app() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    assert_eq!(mina.get("/dashboard").await.attributes("main .empty a", "href"), ["/admin/apps"]);
    assert_eq!(mina.get("/admin/apps").await.find(".empty").len(), 1);

    mina.fill("/admin/apps/new/proxy", "/admin/apps", &WIKI).await.assert_redirect("/admin/apps");
    let page = mina.get("/admin/apps").await;
    assert_eq!(page.find(".note[role=status]"), ["Added “Wiki”."]);
    assert_eq!(
        (page.find(".app h2"), page.find(".app .badge")),
        (vec!["Wiki".into()], vec!["Every member".into()])
    );
    assert_eq!(page.find(".app .tile"), ["W"], "made of the name");
    let board = mina.get("/dashboard").await;
    assert_eq!(board.attributes("a.app-link", "href"), ["https://wiki.example.org/"]);
    assert_eq!(
        (board.attributes("a.app-link", "rel"), board.attributes("a.app-link", "target")),
        (vec!["noopener".into()], vec![])
    );
    assert_eq!(board.find("a.app-link"), ["W Wiki wiki.example.org"]);

    let fields = [("name", "Handbook"), ("address", "http://10.0.0.7:3000/a"), ("icon", "📘")];
    mina.fill("/admin/apps/1", "/admin/apps/1", &fields).await.assert_redirect("/admin/apps");
    assert_eq!(mina.get("/dashboard").await.find("a.app-link"), ["📘 Handbook 10.0.0.7:3000"]);

    let asked = mina.fill("/admin/apps/1", "/admin/apps/1/delete", &[]).await;
    mina.answer(&asked, "/admin/apps/1/delete").await.assert_redirect("/admin/apps");
    assert!(apps_of(&mina).await.is_empty());
    assert_eq!(app.count("applications"), 0);
    for (event, subject) in [
        ("added", "Wiki (https://wiki.example.org/)"),
        ("changed", "Handbook (http://10.0.0.7:3000/a)"),
        ("removed", "Handbook (http://10.0.0.7:3000/a)"),
    ] {
        assert_eq!(audited(&app, &format!("application_{event}"), subject), 1, "{event}");
    }
}

over_both_stores![
    members_find_the_apps_that_are_open_to_them_and_changes_count_at_once,
    an_act_asks_for_the_password_once_it_was_typed_long_ago,
];

async fn members_find_the_apps_that_are_open_to_them_and_changes_count_at_once(app: TestApp) {
    let (mina, noa) = (app.staff("mina").await, app.member("noa").await);
    app.warm().await;
    let (cooks, smiths) = (new_group(&app, "Cooks").await, new_group(&app, "Smiths").await);
    assert_eq!(noa.get("/dashboard").await.find("main .empty h2"), ["No apps yet"]);
    add(&mina, "wiki", "https://wiki.example.org", &[]).await;
    add(&mina, "Kitchen", "https://kitchen.example.org", &[cooks]).await;
    add(&mina, "Tools", "https://tools.example.org", &[cooks, smiths]).await;
    assert_eq!(mina.get("/admin/apps").await.find(".app h2"), ["Kitchen", "Tools", "wiki"]);
    assert_eq!(
        mina.get("/admin/apps").await.find(".app .badge"),
        ["Cooks", "Cooks", "Smiths", "Every member"]
    );
    for _ in 0..5 {
        assert_eq!(apps_of(&noa).await, ["wiki"]);
        put_into(&app, smiths, "noa").await;
        assert_eq!(apps_of(&noa).await, ["Tools", "wiki"]);
        put_into(&app, cooks, "noa").await;
        assert_eq!(apps_of(&noa).await, ["Kitchen", "Tools", "wiki"]);
        take_out_of(&app, smiths, "noa").await;
        take_out_of(&app, cooks, "noa").await;
    }
    assert_eq!(apps_of(&mina).await, ["wiki"], "the staff flag opens no app");
    put_into(&app, smiths, "noa").await;
    let rest = [("name", "Kitchen"), ("address", "https://kitchen.example.org"), ("icon", "K")];
    for (chosen, seen) in [
        (vec![smiths], vec!["Kitchen", "Tools", "wiki"]),
        (vec![cooks], vec!["Tools", "wiki"]),
        (vec![cooks, smiths], vec!["Kitchen", "Tools", "wiki"]),
        (vec![], vec!["Kitchen", "Tools", "wiki"]),
    ] {
        let boxes: Vec<String> = chosen.iter().map(|id| format!("group-{id}")).collect();
        let fields: Vec<_> =
            rest.into_iter().chain(boxes.iter().map(|name| (name.as_str(), "yes"))).collect();
        mina.post("/admin/apps/2", &fields).await.assert_redirect("/admin/apps");
        assert_eq!(apps_of(&noa).await, seen, "{chosen:?}");
        let form = mina.get("/admin/apps/2").await.form("/admin/apps/2");
        let checked: Vec<_> = form
            .iter()
            .filter(|(name, value)| name.starts_with("group-") && value.is_some())
            .map(|(name, _)| name.clone())
            .collect();
        assert_eq!(checked, boxes, "the form shows what is chosen");
    }
}

async fn an_act_asks_for_the_password_once_it_was_typed_long_ago(app: TestApp) {
    let mina = app.staff("mina").await;
    let cooks = new_group(&app, "Cooks").await;
    let chosen = format!("group-{cooks}");
    let fields = [
        ("name", "<Wiki>"),
        ("address", "https://wiki.example.org/?a=\"b\""),
        ("icon", ""),
        (&*chosen, "yes"),
    ];
    app.clock.advance(16 * 60);
    mina.get("/admin/apps").await;
    let asked = mina.post("/admin/apps", &fields).await;
    assert_eq!((asked.status, asked.find("h1")), (422, vec!["Confirm it’s you".to_owned()]));
    assert_eq!(asked.attributes("main a.button", "href"), ["/admin/apps"], "the way back");
    let again = |reply: &crate::support::Reply, password: &str| {
        let mut form = reply.form("/admin/apps");
        form.insert("current_password".to_owned(), Some(password.to_owned()));
        form.into_iter().filter_map(|(name, value)| Some((name, value?))).collect::<Vec<_>>()
    };
    let post = async |filled: Vec<(String, String)>| {
        let filled: Vec<_> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        mina.post("/admin/apps", &filled).await
    };
    let form = asked.form("/admin/apps");
    assert!(fields.iter().all(|(name, value)| form[*name].as_deref() == Some(*value)), "{form:?}");
    let wrong = post(again(&asked, "wrong wrong")).await;
    wrong.assert_refused("current_password");
    assert_eq!(app.count("applications"), 0);

    let before = Persona::with_cookies_of(&mina);
    post(again(&wrong, PASSWORD)).await.assert_redirect("/admin/apps");
    assert_eq!(app.count("applications WHERE name = '<Wiki>' AND restricted"), 1);
    assert_eq!(app.count(&format!("application_groups WHERE group_id = {cooks}")), 1);
    assert_ne!(mina.cookie("munjigi"), before.cookie("munjigi"), "a new id after the password was typed");
    assert!(mina.is_signed_in().await && !before.is_signed_in().await);
    let asked = mina.fill("/admin/apps/1", "/admin/apps/1/delete", &[]).await;
    mina.answer(&asked, "/admin/apps/1/delete").await.assert_redirect("/admin/apps");

    mina.post("/admin/apps", &WIKI).await.assert_redirect("/admin/apps");
    app.clock.advance(16 * 60);
    for path in ["/admin/apps/2", "/admin/apps/2/delete"] {
        let asked = mina.post(path, &WIKI).await;
        assert_eq!((asked.status, asked.form(path).contains_key("current_password")), (422, true), "{path}");
    }
    assert_eq!(app.count("applications"), 1);
}

#[tokio::test]
async fn errors_are_reported_by_field_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    add(&mina, "Wiki", "https://wiki.example.org", &[]).await;
    let events = app.count("audit_events");
    let long = format!("https://example.org/{}", "a".repeat(481));
    let long_name = "가".repeat(61);
    for (field, value) in [
        ("address", ""),
        ("address", "javascript:alert(1)"),
        ("address", "data:text/html,<script>x</script>"),
        ("address", "ftp://example.org"),
        ("address", "https://mina:secret@example.org"),
        ("address", "https://mina@example.org"),
        ("address", "/dashboard"),
        ("address", "wiki.example.org"),
        ("address", "//example.org"),
        ("address", "https://exa mple.org"),
        ("address", "https://example.org/a b"),
        ("address", "https://example.org/\0"),
        ("address", &long),
        ("name", ""),
        ("name", "a\nb"),
        ("name", "a\0b"),
        ("name", "a\u{202e}b"),
        ("name", &long_name),
        ("icon", "AB"),
        ("icon", "<"),
        ("icon", "\0"),
    ] {
        for path in ["/admin/apps", "/admin/apps/1"] {
            let mut fields = vec![("name", "New"), ("address", "https://new.example.org"), ("icon", "N")];
            fields.iter_mut().filter(|pair| pair.0 == field).for_each(|pair| pair.1 = value);
            let reply = mina.post(path, &fields).await;
            reply.assert_refused(field);
            assert_eq!(reply.find(".problem[id]").len(), 1, "{field}={value:?}");
            for (other, typed) in fields.iter().filter(|pair| pair.0 != field) {
                assert_eq!(
                    reply.form(path)[*other].as_deref(),
                    Some(*typed),
                    "the form keeps the typed value"
                );
            }
        }
    }
    mina.post("/admin/apps", &[("icon", "AB")]).await.assert_refused("name");
    assert_eq!(app.count("applications"), 1);
    assert_eq!(app.count("applications WHERE name = 'Wiki' AND address = 'https://wiki.example.org/'"), 1);
    assert_eq!(app.count("audit_events"), events);
}

#[tokio::test]
async fn what_is_typed_is_shown_as_text() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    let tricky = "<b>&\"'</b><script>x</script>{{7*7}}";
    add(&mina, tricky, "https://example.org/?<script>'\"", &[]).await;
    for page in ["/dashboard", "/admin/apps", "/admin/apps/1"] {
        let reply = mina.get(page).await;
        assert!(!reply.body.contains("<script>") && !reply.body.contains("<b>"), "{page}");
        assert!(reply.text().contains(tricky), "{page}");
    }
}

#[tokio::test]
async fn the_page_is_for_staff_only() {
    let app = TestApp::start().await;
    let (mina, noa) = (app.staff("mina").await, app.member("noa").await);
    add(&mina, "Wiki", "https://wiki.example.org", &[]).await;
    for path in ["/admin/apps", "/admin/apps/1"] {
        assert_eq!((noa.get(path).await.status, noa.post(path, &WIKI).await.status), (403, 403), "{path}");
        let next = path.replace('/', "%2F");
        app.visitor().get(path).await.assert_redirect(&format!("/login?next={next}"));
        app.visitor().post(path, &WIKI).await.assert_redirect("/login");
    }
    assert_eq!(noa.post("/admin/apps/1/delete", &[]).await.status, 403);
    app.visitor().post("/admin/apps/1/delete", &[]).await.assert_redirect("/login");
    assert_eq!(app.count("applications WHERE name = 'Wiki'"), 1);
    app.execute("UPDATE users SET staff = FALSE");
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert_eq!(mina.post("/admin/apps", &WIKI).await.status, 403, "staff rights end at once");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    for id in ["1", "0", "-1", "x", "1x", "9223372036854775808", "%00", "1%2F2"] {
        let path = format!("/admin/apps/{id}");
        assert_eq!(mina.get(&path).await.status, 404, "{id}");
        assert_eq!(mina.post(&path, &WIKI).await.status, 404, "{id}");
        assert_eq!(mina.post(&format!("{path}/delete"), &[]).await.status, 404, "{id}");
    }
    assert_eq!(app.count("audit_events WHERE event LIKE 'application%'"), 0);
}

#[tokio::test]
async fn a_group_that_is_gone_never_opens_its_apps_to_everyone() {
    let app = TestApp::start().await;
    let (mina, noa) = (app.staff("mina").await, app.member("noa").await);
    app.warm().await;
    let cooks = new_group(&app, "Cooks").await;
    add(&mina, "Kitchen", "https://kitchen.example.org", &[cooks]).await;
    put_into(&app, cooks, "noa").await;
    assert_eq!(apps_of(&noa).await, ["Kitchen"]);
    app.execute(&format!("DELETE FROM group_members WHERE group_id = {cooks}"));
    app.execute(&format!("DELETE FROM groups WHERE id = {cooks}"));
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert!(apps_of(&noa).await.is_empty() && apps_of(&mina).await.is_empty());
    assert_eq!(mina.get("/admin/apps").await.find(".app .problem"), ["Nobody: its groups were deleted"]);
    assert_eq!(mina.get("/admin/apps/1").await.find(".note.warn").len(), 1);
    for gone in [format!("group-{cooks}"), "group-x".to_owned(), "group-".to_owned()] {
        for path in ["/admin/apps", "/admin/apps/1"] {
            let reply = mina.post(path, &[WIKI[0], WIKI[1], (&gone, "yes")]).await;
            assert_eq!((reply.status, reply.find("#groups-problem").len()), (422, 1), "{gone}");
        }
    }
    assert_eq!(app.count("applications WHERE name = 'Kitchen' AND restricted"), 1);
    mina.fill("/admin/apps/1", "/admin/apps/1", &[]).await.assert_redirect("/admin/apps");
    assert_eq!(apps_of(&noa).await, ["Kitchen"], "saved without a group, it is open to every member");
}

#[tokio::test]
async fn an_address_written_by_hand_is_checked_again() {
    let app = TestApp::start().await;
    let mina = app.staff("mina").await;
    add(&mina, "Wiki", "https://wiki.example.org", &[]).await;
    app.execute("UPDATE applications SET address = 'javascript:alert(1)'");
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert!(apps_of(&mina).await.is_empty());
    assert_eq!(mina.get("/admin/apps/1").await.status, 404);
}
