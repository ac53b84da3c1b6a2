//! The audit trail: its content, its readers and its export.

use crate::support::{PASSWORD, TestApp, encode};

#[tokio::test]
async fn the_trail_records_who_did_what_to_whom_and_from_where() {
    let app = TestApp::start().await;
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    app.visitor().post("/login", &[("login", "mina"), ("password", "guess")]).await;
    app.visitor().post("/login", &[("login", "nobody at all"), ("password", "guess")]).await;
    mina.post("/logout", &[]).await;
    let place = format!("/admin/users/{}", app.user_id("mina"));
    sofia.post(&format!("{place}/disable"), &[]).await.assert_redirect(&place);
    let page = sofia.get("/admin/audit").await;
    // Without the time of day before it.
    let rows: Vec<String> =
        page.find("tbody tr").iter().map(|row| row.split_once(' ').unwrap().1.to_owned()).collect();
    assert!(rows[0].starts_with("Account disabled mina sofia"), "{rows:?}");
    assert!(rows[0].ends_with("Firefox on Linux, 127.0.0.1"), "{rows:?}");
    assert!(rows[1].starts_with("Signed out mina mina"));
    assert!(
        rows[2].starts_with("Failed sign-in – –"),
        "a name without an account is not stored: it may be a password"
    );
    assert!(rows[3].starts_with("Failed sign-in mina –"), "who fails has not shown who they are");
    let found = async |query: &[(&str, &str)]| {
        let reply = sofia.get(&format!("/admin/audit?{}", encode(query))).await;
        assert_eq!(reply.status, 200, "{query:?}");
        reply.find("tbody td:nth-child(2)")
    };
    assert_eq!(found(&[("event", "disabled")]).await, ["Account disabled"]);
    assert_eq!(found(&[("user", "mina"), ("actor", "sofia")]).await, ["Account disabled"]);
    assert_eq!(
        found(&[("user", &format!("#{}", app.user_id("mina"))), ("event", "signed_out")]).await.len(),
        1
    );
    let today = "2999-01-01";
    assert!(found(&[("from", today)]).await.is_empty());
    assert_eq!(found(&[("to", today)]).await.len(), rows.len());
    // The day is the reader's: fourteen hours ahead, it began before noon of the day before.
    let zone = jiff::tz::TimeZone::get("Pacific/Kiritimati").unwrap();
    sofia
        .post("/profile", &[("language", ""), ("theme", "auto"), ("time_zone", "Pacific/Kiritimati")])
        .await
        .assert_redirect("/profile");
    let now = jiff::Timestamp::from_second(app.clock.now()).unwrap().to_zoned_datetime(zone);
    let (day, next) = (now.date().to_string(), now.date().tomorrow().unwrap().to_string());
    assert_eq!(found(&[("event", "disabled"), ("from", &day), ("to", &day)]).await.len(), 1);
    assert!(found(&[("event", "disabled"), ("from", &next)]).await.is_empty());
    let unknown = sofia.get("/admin/audit?user=nobody").await;
    assert!(unknown.text().contains("There is no user of this name"));
    for odd in [
        "event=x",
        "from=x&to=2026-13-40",
        "before=-1",
        "before=9223372036854775808",
        "user=%23x",
        "user=%00",
    ] {
        assert_eq!(sofia.get(&format!("/admin/audit?{odd}")).await.status, 200, "{odd}");
    }
}

/// Of many entries at the same times, by any of the indexes.
#[tokio::test]
async fn every_filter_finds_what_it_names_in_the_order_of_time() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    for name in ["mina", "noah"] {
        app.member(name).await;
    }
    let [mina, noah] = ["mina", "noah"].map(|name| app.user_id(name));
    app.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
         INSERT INTO audit_events (at, event, user_id, actor_id, address, device, request_id)
         SELECT 1700000000 + i * 7919 % 997,
             CASE i % 7 WHEN 0 THEN 'signed_out' WHEN 1 THEN 'disabled' ELSE 'signed_in' END,
             CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN {noah} ELSE {mina} END,
             CASE i % 11 WHEN 0 THEN NULL WHEN 1 THEN {noah} ELSE {mina} END, '', '', '' FROM n"
    ));
    let names = [("mina", mina), ("noah", noah)];
    for event in ["", "signed_in", "signed_out", "keys_rotated"] {
        for (user, actor) in (0..3).flat_map(|user| (0..3).map(move |actor| (user, actor))) {
            let (user, actor) = (names.get(user), names.get(actor));
            let mut filter = vec![("event", event), ("to", "2024-01-01")];
            let mut condition = "at < 1704153600".to_owned();
            if !event.is_empty() {
                condition += &format!(" AND event = '{event}'");
            }
            for (field, column, chosen) in [("user", "user_id", user), ("actor", "actor_id", actor)] {
                if let Some((name, id)) = chosen {
                    filter.push((field, name));
                    condition += &format!(" AND {column} = {id}");
                }
            }
            let expected = app.ids(&format!("audit_events WHERE {condition} ORDER BY at DESC, id DESC"));
            let file = sofia.post("/admin/audit/export", &filter).await;
            let mut rows = csv::Reader::from_reader(file.body.as_bytes());
            let found: Vec<i64> = rows.records().map(|row| row.unwrap()[0].parse().unwrap()).collect();
            assert_eq!(found, expected, "{filter:?}");
            assert_eq!(found.is_empty(), event == "keys_rotated", "{filter:?}");
        }
    }
}

#[tokio::test]
async fn nothing_in_the_trail_is_ever_rewritten() {
    use diesel::prelude::*;
    let app = TestApp::start().await;
    app.member("mina").await;
    let db = app.db();
    let refused = diesel::sql_query("UPDATE audit_events SET event = 'x'").execute(&mut *db.conn().unwrap());
    assert!(refused.unwrap_err().to_string().contains("never rewritten"));
}

#[tokio::test]
async fn what_is_older_than_its_retention_is_forgotten_and_nothing_else() {
    let app = TestApp::with(|config| config.audit_retention = 30 * 24 * 3600).await;
    let mina = app.member("mina").await;
    app.clock.advance(29 * 24 * 3600);
    app.purge().await;
    assert_eq!(app.count("audit_events"), 2, "made and signed in");
    mina.sign_in("mina").await.assert_redirect("/dashboard");
    app.clock.advance(2 * 24 * 3600);
    app.purge().await;
    assert_eq!(app.count("audit_events"), 1);
    let lead = app.staff("sofia").await.get("/admin/audit").await.find(".head p");
    assert!(lead[0].ends_with("Entries are never changed, and deleted after 30 days."), "{lead:?}");
}

#[tokio::test]
async fn the_export_holds_everything_that_matches_and_no_formula() {
    let app = TestApp::start().await;
    let sofia = app.staff("sofia").await;
    let evil = "=HYPERLINK(\"http://evil.example\",\"x\")";
    for name in [evil, "+1", "-1", "@x", "two, \"words\"", "x;=1+1"] {
        let made = sofia.post("/admin/groups", &[("name", name)]).await;
        assert_eq!(made.status, 303, "{name}");
    }
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
         INSERT INTO audit_events (at, event, user_id, address, device, request_id)
         SELECT 1700000000, 'signed_in', 999, '192.0.2.1', '', '' FROM n",
    );
    let expected = app.count("audit_events");
    let file = sofia.fill("/admin/audit", "/admin/audit/export", &[]).await;
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"audit.csv\"");
    let mut reader = csv::Reader::from_reader(file.body.as_bytes());
    assert_eq!(
        reader.headers().unwrap().iter().take(4).collect::<Vec<_>>(),
        ["id", "time", "event", "subject"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len() as i64, expected + 1, "the export itself is an event of this very second");
    let subjects: Vec<&str> =
        rows.iter().filter(|row| &row[2] == "group_created").map(|row| &row[3]).collect();
    assert_eq!(subjects, ["x;'=1+1", "two, \"words\"", "'@x", "'-1", "'+1", &format!("'{evil}")]);
    let of_mina = sofia.post("/admin/audit/export", &[("user", "nobody")]).await;
    assert_eq!(of_mina.body.lines().count(), 1, "only the names of the columns");
    assert_eq!(app.count("audit_events WHERE event = 'audit_exported'"), 2);
    app.clock.advance(16 * 60);
    let asked = sofia.post("/admin/audit/export", &[("event", "signed_in")]).await;
    assert_eq!(asked.status, 422);
    let file =
        sofia.post("/admin/audit/export", &[("event", "signed_in"), ("current_password", PASSWORD)]).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
}
