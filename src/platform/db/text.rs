//! Searching in texts, alike on both engines.

use diesel::dsl::Gt;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;

diesel::define_sql_function! {
    /// A's ASCII letters in lower case.
    fn lower(text: Text) -> Text;
}
diesel::define_sql_function! {
    /// Where in a text another stands, from 1; 0 if nowhere. Unlike LIKE it takes every character as it is.
    fn instr(text: Text, part: Text) -> Integer;
}

/// Whether a column contains `text`, whatever the case of ASCII letters.
pub fn contains<C: AsExpression<Text>>(column: C, text: &str) -> Gt<instr<lower<C>, String>, i32> {
    // No stored text has NUL in it, and PostgreSQL knows none; what no text may have either stands for it.
    instr(lower(column), text.to_ascii_lowercase().replace('\0', "\u{1}")).gt(0)
}
