//! No query of an ordinary day reads a whole table that grows, or all that an app or a group has in it: each that the server
//! has sent is explained by the database.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::prelude::*;
use munjigi::config::Config;
use munjigi::identity::oidc::{ClientInput, Level};
use munjigi::identity::sessions::FlushMode;
use munjigi::platform::db::{Conn, DatabaseUrl};
use tokio::task::spawn_blocking;

use crate::support::relying_party::{RelyingParty, input};
use crate::support::{Persona, TestApp};

/// Tables that grow with users and time.
const GROW: [&str; 20] = [
    "api_tokens",
    "audit_events",
    "audit_repeats",
    "changes",
    "embedded_sessions",
    "ended_sessions",
    "group_members",
    "identities",
    "mail_tokens",
    "notices_sent",
    "oidc_codes",
    "oidc_consents",
    "oidc_grants",
    "oidc_logins",
    "passkeys",
    "recovery_codes",
    "refresh_tokens",
    "stages",
    "trusted_devices",
    "users",
];

/// What reads a whole table on purpose, by words of the query.
const ALLOWED: [(&str, &str); 5] = [
    ("instr(", "a search, which has a lane of its own"),
    ("users ORDER BY users.id DESC", "the newest, from the end of the key"),
    ("sealed_by", "housekeeping"),
    ("FROM group_members GROUP BY", "the sizes of groups, counted in the lane of searches"),
    ("(1=0)", "an empty list, for which nothing is read"),
];

/// Columns that very many rows of a table that grows share.
const WIDE: [&str; 4] = ["client", "event", "group_id", "provider"];
/// Columns that few rows share: a query that names one need not read what they have in common with everyone.
const NARROW: [&str; 4] = ["hash", "login_key", "session_key", "user_id"];

/// What the connections to one database have sent.
static SENT: Mutex<(Option<String>, BTreeSet<String>)> = Mutex::new((None, BTreeSet::new()));

/// Notes the queries of its connection, if it is one to the watched database.
#[derive(Default)]
struct Notes {
    is_watched: bool,
}

impl Instrumentation for Notes {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        let mut sent = SENT.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                self.is_watched = sent.0.as_ref().is_some_and(|name| url.contains(name));
            }
            InstrumentationEvent::StartQuery { query, .. } if self.is_watched => {
                let query = query.to_string();
                let text = query.split(" -- binds:").next().unwrap_or_default().replace(['`', '"'], "");
                let is_one = !text.contains(';');
                if is_one
                    && ["SELECT", "UPDATE", "DELETE", "INSERT"].iter().any(|verb| text.starts_with(verb))
                {
                    sent.1.insert(text);
                }
            }
            _ => {}
        }
    }
}

/// A part of the database's URL that no other has.
fn name_of(config: &Config) -> String {
    match &config.database {
        DatabaseUrl::Sqlite(path) => path.parent().unwrap().display().to_string(),
        DatabaseUrl::Postgres(url) => url.path().trim_start_matches('/').to_owned(),
    }
}

async fn an_ordinary_day(app: &TestApp) {
    let (sofia, mina) = (app.staff("sofia").await, app.member("mina").await);
    for path in ["/dashboard", "/profile", "/sessions", "/security", "/tokens", "/board", "/api/auth/check"] {
        assert_eq!(mina.get(path).await.status, 200, "{path}");
    }
    app.visitor().post("/login", &[("login", "mina"), ("password", "wrong and long enough")]).await;
    assert!(app.another_browser("mina").await.is_signed_in().await);
    let phone = app.client_of("mina").await;
    assert!(phone.is_signed_in().await);
    app.visitor().post("/password-reset", &[("email", "mina@example.org")]).await;
    let group = sofia.post("/admin/groups", &[("name", "Editors")]).await.header("location").to_owned();
    let id = app.user_id("mina");
    app.join_group(1, id).await;
    let filters = [
        "",
        "?event=signed_in",
        "?user=mina",
        "?actor=mina",
        "?from=2026-01-01&to=2026-01-02",
        "?event=signed_in&user=mina&from=2026-01-01",
        "?event=signed_in&actor=mina&to=2027-01-01",
        "?event=disabled",
        "?event=disabled&user=mina",
        "?event=disabled&actor=mina",
        "?actor=mina&before=3",
        "?before=2",
        "?user=mina&before=3",
    ];
    for filter in filters {
        assert_eq!(sofia.get(&format!("/admin/audit{filter}")).await.status, 200, "{filter}");
    }
    for path in [
        "/admin/users",
        "/admin/users?q=mina",
        "/admin/users?status=staff",
        "/admin/users?status=disabled&before=7",
        "/admin/sessions",
        "/admin/groups",
        &group,
        &format!("/admin/users/{id}"),
    ] {
        assert_eq!(sofia.get(path).await.status, 200, "{path}");
    }
    a_day_at_an_app(app, &mina).await;
    app.set_disabled(id, true).await;
    app.set_disabled(id, false).await;
    sofia.post(&format!("{group}/delete"), &[]).await.assert_redirect("/admin/groups");
    sofia.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    app.identity.sessions.sessions.flush_last_seen(FlushMode::Immediate).await;
    app.purge().await;
    let sofia_id = app.user_id("sofia");
    app.operate(move |operator| {
        operator.set_staff(sofia_id, false).unwrap_err();
        operator.end_all_sessions().unwrap();
    })
    .await;
}

/// Signs in to an app, in the session and in one of the app's own, and leaves it in each way.
async fn a_day_at_an_app(app: &TestApp, person: &Persona) {
    let wiki = RelyingParty::register(app, "Wiki").await;
    let offline = [("scope", "openid offline_access"), ("prompt", "consent")];
    let tokens = wiki.sign_in(person, &[]).await;
    assert!(wiki.is_alive(&tokens).await);
    assert_eq!(wiki.refresh(tokens.refresh.as_ref().unwrap()).await.status, 200);
    wiki.sign_in(person, &offline).await;
    assert_eq!(person.get("/security/connected-apps").await.status, 200);
    let withdraw = format!("/security/connected-apps/{}/withdraw", wiki.client_id);
    person.post(&withdraw, &[]).await.assert_redirect("/security/connected-apps");
    let tokens = wiki.sign_in(person, &[]).await;
    let revoked = wiki.post("/oauth/revoke", &[("token", tokens.refresh.as_ref().unwrap())]).await;
    assert_eq!(revoked.status, 200);
    wiki.sign_in(person, &[]).await;
    assert!(app.another_browser("mina").await.is_signed_in().await);
    person.post("/sessions/end-others", &[]).await.assert_redirect("/sessions");
    let client = ClientInput { level: Level::TwoFactor, ..input("Wiki") };
    wiki.change(app, client).await;
    wiki.remove(app).await;
}

/// The lines of the plan of a query.
fn plan(conn: &mut Conn, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct OnSqlite {
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }
    #[derive(QueryableByName)]
    struct OnPostgres {
        #[diesel(sql_type = diesel::sql_types::Text, column_name = "QUERY PLAN")]
        line: String,
    }
    match conn {
        Conn::Sqlite(conn) => {
            let rows: Vec<OnSqlite> =
                diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(conn).unwrap();
            rows.into_iter().map(|row| row.detail).collect()
        }
        Conn::Postgres(conn) => {
            // Small tables are read as a whole, unless that is forbidden.
            let numbers = (1..100).take_while(|number| query.contains(&format!("${number}")));
            let values = match numbers.count() {
                0 => String::new(),
                count => format!("({})", vec!["NULL"; count].join(", ")),
            };
            for prepare in [
                "SET enable_seqscan = off",
                "SET plan_cache_mode = force_generic_plan",
                "DEALLOCATE ALL",
                &format!("PREPARE asked AS {query}"),
            ] {
                diesel::sql_query(prepare).execute(conn).unwrap();
            }
            let rows: Vec<OnPostgres> =
                diesel::sql_query(format!("EXPLAIN EXECUTE asked{values}")).load(conn).unwrap();
            rows.into_iter().map(|row| row.line).collect()
        }
    }
}

/// Whether a line of a plan reads the whole of a table that grows.
fn reads_all(line: &str) -> bool {
    let line = line.trim();
    GROW.iter().any(|table| {
        line == format!("SCAN {table}")
            || line.starts_with(&format!("SCAN {table} USING COVERING INDEX"))
            || line.contains(&format!("Seq Scan on {table}"))
    })
}

/// Whether a line of a plan on SQLite reads all that an app, a group or a kind of event has in a table that grows, for a query
/// that names one person, session or row as well. Without statistics, SQLite takes any index whose first column is named.
fn reads_what_is_shared(query: &str, line: &str) -> bool {
    let Some((table, rest)) = line.strip_prefix("SEARCH ").and_then(|line| line.split_once(" USING ")) else {
        return false;
    };
    let conditions = rest.rsplit_once('(').map_or("", |(_, conditions)| conditions);
    let mut columns =
        conditions.split(" AND ").filter_map(|condition| condition.split(['=', '>', '<']).next());
    GROW.contains(&table)
        && columns.all(|column| WIDE.contains(&column))
        && NARROW.iter().any(|column| query.contains(&format!("{table}.{column} = ?")))
}

#[test]
fn an_index_of_what_is_shared_is_a_fault() {
    let query = "DELETE FROM oidc_grants WHERE oidc_grants.user_id = ? AND oidc_grants.client = ?";
    let line = |conditions: &str| format!("SEARCH oidc_grants USING INDEX any ({conditions})");
    assert!(reads_what_is_shared(query, &line("client=?")));
    assert!(!reads_what_is_shared(query, &line("client=? AND user_id=?")));
    assert!(!reads_what_is_shared(query, &line("user_id=?")));
    let of_the_app = "DELETE FROM oidc_grants WHERE oidc_grants.client = ?";
    assert!(!reads_what_is_shared(of_the_app, &line("client=?")));
}

#[tokio::test]
async fn no_query_of_an_ordinary_day_reads_a_whole_table_that_grows() {
    set_default_instrumentation(|| Some(Box::new(Notes::default()))).unwrap();
    let app = TestApp::with(|config| {
        SENT.lock().unwrap().0 = Some(name_of(config));
    })
    .await;
    an_ordinary_day(&app).await;
    let queries = std::mem::take(&mut SENT.lock().unwrap().1);
    assert!(queries.len() > 100, "{}", queries.len());
    let db = app.db();
    let faults = spawn_blocking(move || {
        let mut conn = db.conn().unwrap();
        let mut faults = Vec::new();
        let harmless = |query: &str| ALLOWED.iter().any(|(words, _)| query.contains(words));
        for query in queries.iter().filter(|query| !harmless(query)) {
            let plan = plan(&mut conn, query);
            let sorts = query.starts_with("SELECT audit_events")
                && plan.iter().any(|line| line.contains("TEMP B-TREE"));
            if sorts || plan.iter().any(|line| reads_all(line) || reads_what_is_shared(query, line)) {
                faults.push(format!("{query}\n    {}", plan.join("\n    ")));
            }
        }
        faults
    });
    let faults = faults.await.unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
