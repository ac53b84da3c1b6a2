//! The tables as described by SQLite, and their rows as JSON, in which form they move between the engines.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, Text};
use diesel::sqlite::SqliteConnection;

/// The type of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ColumnKind {
    Integer,
    Text,
    Boolean,
    Blob,
}

struct Column {
    name: String,
    kind: ColumnKind,
}

pub struct Table {
    pub name: String,
    /// The column with generated ids.
    pub counter: Option<String>,
    columns: Vec<Column>,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct ColumnInfo {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    counts: bool,
}

/// Every table whose rows are moved, each after those that it refers to. The table `changes` is not moved, nor are totals and
/// an index that triggers make again.
pub fn tables(conn: &mut SqliteConnection) -> QueryResult<Vec<Table>> {
    let mut names: Vec<Name> = sql_query(
        "SELECT name FROM sqlite_schema WHERE type = 'table'
         AND name NOT IN ('changes', 'account_totals', '__diesel_schema_migrations') AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'users_text%' ORDER BY name",
    )
    .load(conn)?;
    let mut tables: Vec<Table> = Vec::new();
    while !names.is_empty() {
        let known = names.len();
        let mut left = Vec::new();
        for Name { name } in names {
            let parents: Vec<Name> =
                sql_query(format!("SELECT \"table\" AS name FROM pragma_foreign_key_list('{name}')"))
                    .load(conn)?;
            let stands =
                |parent: &Name| parent.name == name || tables.iter().any(|table| table.name == parent.name);
            if parents.iter().all(stands) {
                tables.push(describe(conn, name)?);
            } else {
                left.push(Name { name });
            }
        }
        if left.len() == known {
            return Err(diesel::result::Error::QueryBuilderError(
                "tables refer to each other in a circle".into(),
            ));
        }
        names = left;
    }
    Ok(tables)
}

fn describe(conn: &mut SqliteConnection, name: String) -> QueryResult<Table> {
    let infos: Vec<ColumnInfo> = sql_query(format!(
        "SELECT name, type AS kind, pk = 1 AND type = 'INTEGER' AS counts FROM pragma_table_info('{name}') ORDER BY cid"
    ))
    .load(conn)?;
    let counter = infos.iter().find(|info| info.counts).map(|info| info.name.clone());
    let columns = infos.into_iter().map(|info| {
        let kind = match info.kind.as_str() {
            "INTEGER" | "BIGINT" => ColumnKind::Integer,
            "TEXT" => ColumnKind::Text,
            "BOOLEAN" => ColumnKind::Boolean,
            "BLOB" => ColumnKind::Blob,
            other => return Err(diesel::result::Error::QueryBuilderError(format!("type {other}").into())),
        };
        Ok(Column { name: info.name, kind })
    });
    let columns = columns.collect::<QueryResult<_>>()?;
    Ok(Table { name, counter, columns })
}

impl Table {
    /// SQL for a row as a JSON array; bytes in hexadecimal, booleans as 0 and 1.
    pub fn json_of_sqlite(&self) -> String {
        let values = self.each(|column, name| match column.kind {
            ColumnKind::Blob => format!("CASE WHEN {name} IS NULL THEN NULL ELSE hex({name}) END"),
            _ => name,
        });
        format!("json_array({values})")
    }

    /// The same for PostgreSQL.
    pub fn json_of_postgres(&self) -> String {
        let values = self.each(|column, name| match column.kind {
            ColumnKind::Blob => format!("encode({name}, 'hex')"),
            ColumnKind::Boolean => format!("{name}::INTEGER"),
            _ => name,
        });
        format!("json_build_array({values})::TEXT")
    }

    /// SQL that inserts a JSON array of rows.
    pub fn insert_into_postgres(&self) -> String {
        let mut place = 0..;
        let values = self.each(|column, _| {
            let value = format!("(value ->> {})", place.next().unwrap_or_default());
            match column.kind {
                ColumnKind::Integer => format!("{value}::BIGINT"),
                ColumnKind::Text => value,
                ColumnKind::Boolean => format!("{value}::INTEGER::BOOLEAN"),
                ColumnKind::Blob => format!("decode({value}, 'hex')"),
            }
        });
        let names = self.each(|_, name| name);
        format!(
            "INSERT INTO {} ({names}) SELECT {values} FROM json_array_elements($1::JSON) AS value",
            self.name
        )
    }

    /// The same for SQLite.
    pub fn insert_into_sqlite(&self) -> String {
        let mut place = 0..;
        let values = self.each(|column, _| {
            let value = format!("(value ->> {})", place.next().unwrap_or_default());
            if column.kind == ColumnKind::Blob { format!("unhex({value})") } else { value }
        });
        let names = self.each(|_, name| name);
        format!("INSERT INTO {} ({names}) SELECT {values} FROM json_each(?)", self.name)
    }

    fn each(&self, mut text: impl FnMut(&Column, String) -> String) -> String {
        let texts = self.columns.iter().map(|column| text(column, format!("\"{}\"", column.name)));
        texts.collect::<Vec<_>>().join(", ")
    }
}
