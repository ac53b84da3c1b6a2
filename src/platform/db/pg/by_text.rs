//! Statements that diesel would prepare each time, because their text varies: an UPDATE, or a query that is put together.
//! Few texts exist, so they are prepared once, as libpq's single round trip for a statement is not available.

use std::collections::HashSet;

use diesel::QueryResult;
use diesel::pg::{Pg, PgQueryBuilder};
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};

/// How many of them a connection prepares. A text with values in it would otherwise fill the server.
const MOST: usize = 256;

/// What may be prepared without affecting the session.
const VERBS: [&str; 4] = ["SELECT", "UPDATE", "DELETE", "INSERT"];

/// The texts of one connection.
#[derive(Default)]
pub struct Texts(HashSet<String>);

impl Texts {
    /// Whether a statement is to be prepared once although its text varies.
    pub fn take(&mut self, source: &dyn QueryFragment<Pg>) -> QueryResult<bool> {
        if source.is_safe_to_cache_prepared(&Pg)? {
            return Ok(false);
        }
        let mut builder = PgQueryBuilder::default();
        source.to_sql(&mut builder, &Pg)?;
        let text = builder.finish();
        if self.0.contains(&text) {
            return Ok(true);
        }
        let takes = self.0.len() < MOST && VERBS.iter().any(|verb| text.starts_with(verb));
        Ok(takes && self.0.insert(text))
    }
}

/// A statement that is distinguished from others by its text alone.
pub struct ByText<T>(pub T);

impl<T> QueryId for ByText<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T: QueryFragment<Pg>> QueryFragment<Pg> for ByText<T> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<T: Query> Query for ByText<T> {
    type SqlType = T::SqlType;
}
