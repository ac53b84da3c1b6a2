//! The index of what users are called: which of them may mention a text, by its letters three in a row.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::platform::db::{Conn, DbError};

/// If more users may mention a text, it is faster to look through the list until a page is full.
const FEW: usize = 2_000;

/// Letters in a row by which users are found.
const GRAM: usize = 3;
/// Rows of letters that are looked up; further ones exclude few users.
const MOST_GRAMS: usize = 12;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[derive(QueryableByName)]
struct Exists {
    #[diesel(sql_type = Bool)]
    exists: bool,
}

/// The ids of all users that may mention a text in their name, display name or address, in any case of its letters. None if
/// they are many, if the text is shorter than three letters, or without the index.
pub fn few_mentioning(conn: &mut Conn, text: &str) -> Result<Option<Vec<i64>>, DbError> {
    if text.chars().count() < GRAM {
        return Ok(None);
    }
    // No name contains a NUL, and no engine takes it.
    let text = text.replace('\0', "\u{1}");
    let most = FEW + 1;
    let found: Vec<Id> = match conn {
        Conn::Sqlite(conn) => {
            let sql = format!("SELECT rowid AS id FROM users_text WHERE users_text MATCH ? LIMIT {most}");
            sql_query(sql).bind::<Text, _>(terms(&text)).load(conn)?
        }
        Conn::Postgres(conn) => {
            let exists = sql_query("SELECT to_regclass('users_by_text') IS NOT NULL AS exists");
            if !exists.get_result::<Exists>(conn)?.exists {
                return Ok(None);
            }
            let sql = format!(
                "SELECT id FROM users WHERE lower(username) LIKE $1 OR lower(display_name) LIKE $1
                 OR lower(email) LIKE $1 LIMIT {most}"
            );
            sql_query(sql).bind::<Text, _>(pattern(&text)).load(conn)?
        }
    };
    Ok((found.len() <= FEW).then(|| found.into_iter().map(|row| row.id).collect()))
}

/// As a query of FTS5: each is a string of its own, as the index does not know in which order they stand.
fn terms(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let grams = letters.windows(GRAM).take(MOST_GRAMS).map(|gram| gram.iter().collect::<String>());
    let quoted = grams.map(|gram| format!("\"{}\"", gram.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(" AND ")
}

/// As a pattern for LIKE.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_ascii_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_up_as_it_stands() {
        assert_eq!(terms("mina"), r#""min" AND "ina""#);
        assert_eq!(terms(r#"a"b""#), r#""a""b" AND """b""""#);
        assert_eq!(terms("김민아"), r#""김민아""#);
        assert_eq!(pattern("50%_Off\\"), r"%50\%\_off\\%");
    }
}
