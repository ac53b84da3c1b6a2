//! Text search that works the same on both engines.

use diesel::dsl::Gt;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;

diesel::define_sql_function! {
    /// Converts ASCII letters to lower case.
    fn lower(text: Text) -> Text;
}
diesel::define_sql_function! {
    /// Position of `part` in `text`, from 1; 0 if it is absent. Unlike LIKE it has no wildcards.
    fn instr(text: Text, part: Text) -> Integer;
}

/// Whether a column contains `text`, ignoring the case of ASCII letters.
pub fn contains<C: AsExpression<Text>>(column: C, text: &str) -> Gt<instr<lower<C>, String>, i32> {
    // PostgreSQL rejects NUL, and no stored text contains it; it is replaced by another character that none contains.
    instr(lower(column), text.to_ascii_lowercase().replace('\0', "\u{1}")).gt(0)
}
