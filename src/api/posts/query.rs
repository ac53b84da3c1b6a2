//! The query of a list of posts.

use crate::board::{ListQuery, SIZE, SIZE_MAX, search_text};
use crate::http::{AppError, Fields};

/// Reads `q`, `before` and `size`. Unlike the page, the API reports invalid values.
///
/// # Errors
/// 400 for a query that cannot be parsed, 422 for numbers out of range.
pub fn list_query(query: &str) -> Result<ListQuery, AppError> {
    let mut fields = Fields::parse(query.as_bytes())?;
    let mut number = |name| fields.checked(name).then(|| positive(&fields.take(name))).transpose();
    let (before, size) = (number("before")?, number("size")?.unwrap_or(SIZE));
    let search = search_text(&fields.take("q"));
    (size <= SIZE_MAX).then_some(ListQuery { search, before, size }).ok_or(AppError::Unprocessable)
}

fn positive(text: &str) -> Result<i64, AppError> {
    text.parse().ok().filter(|number| *number > 0).ok_or(AppError::Unprocessable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_told_of_nonsense() {
        let refused = |query: &str| list_query(query).map_err(|error| error.to_string());
        assert_eq!(refused(""), Ok(ListQuery::default()));
        assert_eq!(
            refused("q=a+b&before=7&size=100&x=1"),
            Ok(ListQuery { search: "a b".into(), before: Some(7), size: 100 })
        );
        let shape = AppError::Unprocessable.to_string();
        for query in
            ["size=0", "size=101", "size=", "size=1.0", "before=x", "before=-1", "before=9223372036854775808"]
        {
            assert_eq!(refused(query), Err(shape.clone()), "{query}");
        }
        for query in ["q=%ff", "size=1&size=2"] {
            assert_eq!(refused(query), Err(AppError::BadRequest.to_string()), "{query}");
        }
    }
}
