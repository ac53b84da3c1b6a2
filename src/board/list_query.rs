//! Which posts a list shows, read from the query of its address.

use unicode_normalization::UnicodeNormalization;
use url::form_urlencoded;

/// Posts per page by default, and at most.
pub const SIZE: i64 = 20;
pub const SIZE_MAX: i64 = 100;
/// Characters of a search; the rest is ignored.
const SEARCH_MAX: usize = 100;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Text to find in title and text; empty for all posts.
    pub search: String,
    /// Only posts older than the one with this id.
    pub before: Option<i64>,
    pub size: i64,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self { search: String::new(), before: None, size: SIZE }
    }
}

impl ListQuery {
    /// Reads `q`, `before` and `size` from a query. Never fails: invalid values are ignored.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            match &*name {
                "q" => query.search = search_text(&value),
                "before" => query.before = value.parse().ok().filter(|before| *before > 0),
                "size" => query.size = size(&value),
                _ => {}
            }
        }
        query
    }

    /// The query of the page that follows the post `last`.
    pub fn after(&self, last: i64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.search.is_empty() {
            query.append_pair("q", &self.search);
        }
        if self.size != SIZE {
            query.append_pair("size", &self.size.to_string());
        }
        query.append_pair("before", &last.to_string()).finish()
    }
}

/// NFC, as stored texts are: Hangul may arrive as syllables or as separate letters.
pub fn search_text(typed: &str) -> String {
    let text: String = typed.nfc().filter(|c| !c.is_control()).take(SEARCH_MAX).collect();
    text.trim().to_owned()
}

fn size(text: &str) -> i64 {
    text.parse().ok().filter(|size| *size > 0).map_or(SIZE, |size: i64| size.min(SIZE_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nonsense_is_as_if_it_were_not_there() {
        for query in [
            "",
            "size=0",
            "size=-1",
            "size=9223372036854775808",
            "size=many",
            "size",
            "before=0",
            "before=-5",
            "before=x",
            "q=",
            "q=%20%00",
            "%ff=%zz&&=",
        ] {
            assert_eq!(ListQuery::parse(query), ListQuery::default(), "{query}");
        }
        assert_eq!(ListQuery::parse("size=1").size, 1);
        assert_eq!(ListQuery::parse("size=101").size, 100);
        assert_eq!(ListQuery::parse("before=7").before, Some(7));
        assert_eq!(
            ListQuery::parse("q=%E1%84%80%E1%85%A1").search,
            "가",
            "pieces of Hangul are put together"
        );
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_the_next_page_wants_the_same(query in "\\PC{0,60}", last in 1..i64::MAX) {
            let query = ListQuery::parse(&query);
            prop_assert!((1..=100).contains(&query.size));
            let next = ListQuery::parse(&query.after(last));
            prop_assert_eq!(next, ListQuery { before: Some(last), ..query });
        }
    }
}
