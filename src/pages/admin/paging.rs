//! Long lists, page by page: each page ends with the key after which the next one begins.

use url::form_urlencoded::Serializer;

const PAGE: usize = 50;

/// One page of a list, and the key of its last row if there is another page.
pub struct Paged<T, K> {
    pub rows: Vec<T>,
    pub last: Option<K>,
}

impl Paged<(), ()> {
    /// One more row than a page shows, to detect whether there is another page.
    pub const FETCH: i64 = PAGE as i64 + 1;
}

impl<T, K> Paged<T, K> {
    /// Builds a page from the fetched rows.
    pub fn of(mut rows: Vec<T>, key: impl Fn(&T) -> K) -> Self {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let last = if more { rows.last().map(key) } else { None };
        Self { rows, last }
    }
}

/// An integer from a query; none for any other value.
pub fn number(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// `path` with a query of the fields that are not empty.
pub fn address(path: &str, fields: &[(&str, &str)]) -> String {
    let said = fields.iter().filter(|(_, value)| !value.is_empty());
    let query = Serializer::new(String::new()).extend_pairs(said).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reports_whether_there_is_another() {
        let full = Paged::of((0..PAGE).collect(), |row| *row);
        assert_eq!((full.rows.len(), full.last), (PAGE, None));
        let more = Paged::of((0..=PAGE).collect(), |row| *row);
        assert_eq!((more.rows.len(), more.last), (PAGE, Some(PAGE - 1)));
    }

    #[test]
    fn an_address_holds_what_was_said() {
        assert_eq!(address("/x", &[("q", ""), ("p", "")]), "/x");
        assert_eq!(address("/x", &[("q", "a&b=가"), ("p", "1")]), "/x?q=a%26b%3D%EA%B0%80&p=1");
    }

    #[test]
    fn only_whole_numbers_are_read() {
        for (text, number) in [("7", Some(7)), ("-1", Some(-1)), ("9223372036854775808", None), ("x", None)] {
            assert_eq!(self::number(text), number);
        }
    }
}
