//! Both engines, table by table.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;
use munjigi::platform::db::{Conn, Db};

use crate::support::{PostgresServer, scratch};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(conn: &mut Conn, query: &str) -> BTreeSet<String> {
    let rows: Vec<Line> = diesel::sql_query(query).load(conn).unwrap();
    assert!(rows.len() > 10, "{query}");
    rows.into_iter().map(|row| row.line).collect()
}

/// The same query to SQLite and to PostgreSQL. Indexes of the audit trail end with its id, which SQLite adds by itself. Each
/// engine has a text index of its own.
const QUESTIONS: [(&str, &str, &str); 4] = [
    (
        "columns",
        r#"SELECT t.name || '.' || c.name || CASE
               WHEN c.pk = 1 AND c.type = 'INTEGER' THEN ' bigint'
               WHEN c.type = 'BLOB' THEN ' bytea' ELSE ' ' || lower(c.type) END
             || CASE WHEN c."notnull" THEN '' ELSE ' or nothing' END
             || CASE WHEN c.type = 'TEXT' THEN ' by bytes' ELSE '' END
             || coalesce(' default ' || lower(c.dflt_value), '') AS line
           FROM sqlite_schema t, pragma_table_info(t.name) c
           WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\_\_%' ESCAPE '\'
             AND t.name NOT LIKE 'users_text%'"#,
        r#"SELECT table_name || '.' || column_name || ' ' || data_type
             || CASE is_nullable WHEN 'NO' THEN '' ELSE ' or nothing' END
             || CASE WHEN collation_name = 'C' THEN ' by bytes' ELSE '' END
             || coalesce(' default ' || replace(column_default, '::text', ''), '') AS line
           FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_%'"#,
    ),
    (
        "indexes and what is unique",
        r#"SELECT t.name || ' ' || CASE WHEN i."unique" THEN 'unique ' ELSE '' END
             || (SELECT group_concat(coalesce(name, expression), ',') FROM (
                 SELECT k.name, substr(x.sql, instr(x.sql, '(') + 1, length(x.sql) - instr(x.sql, '(') - 1) AS expression
                 FROM pragma_index_info(i.name) k LEFT JOIN sqlite_schema x ON x.name = i.name ORDER BY k.seqno))
             || CASE WHEN t.name = 'audit_events' AND NOT i."unique" THEN ',id' ELSE '' END AS line
           FROM sqlite_schema t, pragma_index_list(t.name) i
           WHERE t.type = 'table' AND t.name NOT LIKE '\_\_%' ESCAPE '\' AND t.name NOT LIKE 'users_text%'
           UNION ALL
           SELECT t.name || ' unique ' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c
           WHERE t.type = 'table' AND c.pk = 1 AND c.type = 'INTEGER' AND t.name NOT LIKE 'users_text%'"#,
        r#"SELECT t.relname || ' ' || CASE WHEN i.indisunique THEN 'unique ' ELSE '' END
             || (SELECT string_agg(coalesce(a.attname, pg_get_indexdef(i.indexrelid, k.place::INTEGER, TRUE)), ',' ORDER BY k.place)
                 FROM unnest(i.indkey) WITH ORDINALITY k(number, place)
                 LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) AS line
           FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
           WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\_\_%'
             AND i.indexrelid <> 'users_by_text'::regclass"#,
    ),
    (
        "what refers to what",
        r#"SELECT t.name || '.' || f."from" || ' ' || f."table" || ' ' || f.on_delete AS line
           FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'"#,
        r#"SELECT c.conrelid::regclass || '.' || a.attname || ' ' || c.confrelid::regclass || ' '
             || CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'NO ACTION' END AS line
           FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
           WHERE c.contype = 'f'"#,
    ),
    (
        "triggers",
        "SELECT tbl_name || ' ' || name AS line FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE 'users_are_%indexed%'",
        "SELECT tgrelid::regclass || ' ' || tgname AS line FROM pg_trigger WHERE NOT tgisinternal",
    ),
];

#[test]
fn both_engines_have_the_same_tables() {
    let (folder, server) = (scratch(), PostgresServer::quick());
    let sqlite = Db::open(&(&*folder.path().join("munjigi.db")).into()).unwrap();
    let postgres = Db::open(&server.database("fresh")).unwrap();
    for (what, of_sqlite, of_postgres) in QUESTIONS {
        let here = lines(&mut sqlite.conn().unwrap(), of_sqlite);
        let there = lines(&mut postgres.conn().unwrap(), of_postgres);
        let odd: Vec<_> = here.symmetric_difference(&there).collect();
        assert!(odd.is_empty(), "{what}: {odd:#?}");
    }
}

#[test]
fn both_engines_have_migrations_of_the_same_names() {
    let names = |engine: &str| -> BTreeSet<_> {
        let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
