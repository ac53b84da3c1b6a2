//! Which posts a list shall show, as its address tells.

use unicode_normalization::UnicodeNormalization;
use url::form_urlencoded;

use crate::http::{AppError, Fields};

const SIZE: i64 = 20;
const SIZE_MAX: i64 = 100;
/// Characters of a search; more are not looked at.
const SEARCH_MAX: usize = 100;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What to look for in title and text; empty for everything.
    pub search: String,
    /// Only posts older than the one of this id.
    pub before: Option<i64>,
    pub size: i64,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { search: String::new(), before: None, size: SIZE }
    }
}

impl Wanted {
    /// Reads `q`, `before` and `size` from a query. Never refuses: what makes no sense is as if it were not there.
    pub fn parse(query: &str) -> Self {
        let mut wanted = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "q" => wanted.search = search(&value),
                "before" => wanted.before = value.parse().ok().filter(|before| *before > 0),
                "size" => wanted.size = size(&value),
                _ => {}
            }
        }
        wanted
    }

    /// The same for a program, which would rather be told than follow a list that begins anew without end.
    ///
    /// # Errors
    /// 400 for a query that cannot be read, 422 for numbers that make no sense.
    pub fn of_program(query: &str) -> Result<Self, AppError> {
        let mut fields = Fields::parse(query.as_bytes())?;
        let mut number = |name| fields.checked(name).then(|| whole(&fields.take(name))).transpose();
        let (before, size) = (number("before")?, number("size")?.unwrap_or(SIZE));
        let search = search(&fields.take("q"));
        (size <= SIZE_MAX).then_some(Self { search, before, size }).ok_or(AppError::Unprocessable)
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

/// NFC, as texts are stored: Hangul may come as syllables or in pieces.
fn search(typed: &str) -> String {
    let text: String = typed.nfc().filter(|c| !c.is_control()).take(SEARCH_MAX).collect();
    text.trim().to_owned()
}

/// A number from 1.
fn whole(text: &str) -> Result<i64, AppError> {
    text.parse().ok().filter(|number| *number > 0).ok_or(AppError::Unprocessable)
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
            assert_eq!(Wanted::parse(query), Wanted::default(), "{query}");
        }
        assert_eq!(Wanted::parse("size=1").size, 1);
        assert_eq!(Wanted::parse("size=101").size, 100);
        assert_eq!(Wanted::parse("before=7").before, Some(7));
        assert_eq!(Wanted::parse("q=%E1%84%80%E1%85%A1").search, "가", "pieces of Hangul are put together");
    }

    #[test]
    fn a_program_is_told_of_nonsense() {
        let refused = |query: &str| Wanted::of_program(query).map_err(|error| error.to_string());
        assert_eq!(refused(""), Ok(Wanted::default()));
        assert_eq!(
            refused("q=a+b&before=7&size=100&x=1"),
            Ok(Wanted { search: "a b".into(), before: Some(7), size: 100 })
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

    proptest! {
        #[test]
        fn parsing_never_panics_and_the_next_page_wants_the_same(query in "\\PC{0,60}", last in 1..i64::MAX) {
            let wanted = Wanted::parse(&query);
            prop_assert!((1..=100).contains(&wanted.size));
            let next = Wanted::parse(&wanted.after(last));
            prop_assert_eq!(next, Wanted { before: Some(last), ..wanted });
        }
    }
}
