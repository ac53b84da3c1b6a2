//! Strict JSON parsing: errors do not depend on the expected type, and are reported with their position.

use std::collections::BTreeSet;
use std::fmt;

use percent_encoding::utf8_percent_encode;
use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor,
};
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::i18n::FieldTexts;

use super::uri::QUERY_OR_FRAGMENT;

/// The longest reported position, in bytes: it contains names chosen by the sender.
const LONGEST_POINTER: usize = 200;

/// The start of serde's message for a missing member; the name follows.
const MISSING: &str = "missing field `";
const TWICE: &str = "a name stands twice";

#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// Invalid JSON, or nested too deeply (RFC 8259 §9 leaves the limit to the implementation).
    NoJson,
    /// JSON of the wrong shape, and its position (RFC 6901 as a fragment, without `#/`; empty for the whole).
    Shape(String, Mismatch),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    Missing,
    /// RFC 8259 §4 leaves the meaning of duplicate names open.
    Twice,
    Type,
}

impl Mismatch {
    pub fn text(self, t: &FieldTexts) -> &'static str {
        match self {
            Self::Missing => t.missing,
            Self::Twice => t.twice,
            Self::Type => t.wrong_type,
        }
    }
}

/// Reads an object; an empty body reads as an empty object.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    let body = if body.is_empty() { b"{}" } else { body };
    // Checks the whole document first, so that ignored members are parsed as strictly as the rest.
    typed::<Strict>(body)?;
    // Serde would also accept an array of the members' values.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(Fault::Shape(String::new(), Mismatch::Type));
    }
    typed(body)
}

fn typed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let (path, inner) = (error.path(), error.inner());
        if inner.classify() != Category::Data {
            return Fault::NoJson;
        }
        let message = inner.to_string();
        // Serde names the missing member only in its message.
        let missing = message.strip_prefix(MISSING).and_then(|rest| rest.split('`').next());
        let mismatch = match missing {
            Some(_) => Mismatch::Missing,
            None if message.starts_with(TWICE) => Mismatch::Twice,
            None => Mismatch::Type,
        };
        Fault::Shape(pointer(path, missing), mismatch)
    })?;
    json.end().map_err(|_| Fault::NoJson)?;
    Ok(value)
}

fn pointer(path: &Path, missing: Option<&str>) -> String {
    let mut pointer = String::new();
    let segments = path.iter().map_while(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    for segment in segments.chain(missing.map(str::to_owned)) {
        let escaped = utf8_percent_encode(&segment, &QUERY_OR_FRAGMENT).to_string();
        if pointer.len() + escaped.len() >= LONGEST_POINTER {
            break;
        }
        if !pointer.is_empty() {
            pointer.push('/');
        }
        pointer.push_str(&escaped);
    }
    pointer
}

/// JSON of any shape without duplicate names in an object.
#[derive(Clone, Copy, Default)]
struct Strict {
    /// Whether the name of this value is a duplicate within its object.
    again: bool,
}

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Strict::default().deserialize(deserializer)
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Strict;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Strict, D::Error> {
        match self.again {
            true => Err(de::Error::custom(TWICE)),
            false => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Strict;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Strict, A::Error> {
        let mut names = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            map.next_value_seed(Strict { again: !names.insert(name) })?;
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Strict, A::Error> {
        while list.next_element::<Strict>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Strict, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Strict, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Strict, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Strict, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Strict, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Strict, E> {
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Wish {
        name: String,
        #[serde(default)]
        scopes: Vec<String>,
        size: Option<u8>,
    }

    fn wish(body: &str) -> Result<Wish, Fault> {
        read(body.as_bytes())
    }

    #[test]
    fn it_is_read_as_its_type_and_what_that_does_not_know_is_ignored() {
        let read =
            wish(r#" {"name": "\u006dina", "scopes": ["a"], "size": null, "more": [{"x": {}}, 1.5]} "#);
        assert_eq!(read, Ok(Wish { name: "mina".to_owned(), scopes: vec!["a".to_owned()], size: None }));
        type Members = std::collections::BTreeMap<String, u8>;
        assert!(super::read::<Members>(b"").is_ok_and(|members| members.is_empty()));
        assert_eq!(super::read::<Members>(b" "), Err(Fault::NoJson));
    }

    #[test]
    fn invalid_json_is_reported_whatever_precedes_it() {
        for body in [
            "{",
            r#"{"name":1"#,
            r#"{"name":"a"} {}"#,
            r#"{"name":"a","x":"\ud800"}"#,
            "\u{feff}{}",
            "{\"name\":\"a\u{0}\"}",
            r#"{"name":"a","x":01}"#,
            r#"{"name":"a","x":1e999}"#,
            r#"{"name":"a",}"#,
            r#"{"name":NaN}"#,
        ] {
            assert_eq!(wish(body), Err(Fault::NoJson), "{body}");
        }
    }

    #[test]
    fn another_shape_is_reported_with_its_place() {
        use Mismatch::{Missing, Twice, Type};
        for (body, place, mismatch) in [
            (r#"["a",[],1]"#, "", Type),
            ("null", "", Type),
            (r#""a""#, "", Type),
            ("", "name", Missing),
            (r#"{"name":null}"#, "name", Type),
            (r#"{"name":"a","scopes":"a"}"#, "scopes", Type),
            (r#"{"name":"a","scopes":["a","b",{}]}"#, "scopes/2", Type),
            (r#"{"name":"a","size":256}"#, "size", Type),
            (r#"{"name":"a","name":"a"}"#, "name", Twice),
            (r#"{"name":"a","n\u0061me":"b"}"#, "name", Twice),
            (r#"{"name":"a","x":1,"x":1}"#, "x", Twice),
            (r#"{"name":"a","x":[{"y":1,"y":1}]}"#, "x/0/y", Twice),
            (r#"{"name":"a","a/b~ 가\"":1,"a/b~ 가\"":1}"#, "a~1b~0%20%EA%B0%80%22", Twice),
        ] {
            assert_eq!(wish(body), Err(Fault::Shape(place.to_owned(), mismatch)), "{body}");
        }
        let long = "x".repeat(50_000);
        let twice = format!(r#"{{"name":"a","in":{{"{long}":1,"{long}":1}}}}"#);
        assert_eq!(wish(&twice), Err(Fault::Shape("in".to_owned(), Twice)));
    }

    #[test]
    fn no_depth_reaches_the_end_of_the_stack() {
        let nested = |open: &str, close: &str, depth| {
            format!(r#"{{"name":"a","x":{}1{}}}"#, open.repeat(depth), close.repeat(depth))
        };
        for (open, close) in [("[", "]"), (r#"{"x":"#, "}"), (r#"[{"x":"#, "}]")] {
            assert!(wish(&nested(open, close, 60)).is_ok());
            assert_eq!(wish(&nested(open, close, 10_000)), Err(Fault::NoJson));
        }
        assert_eq!(wish(&"[".repeat(100_000)), Err(Fault::NoJson));
    }

    proptest! {
        #[test]
        fn reading_never_panics(body in proptest::collection::vec(any::<u8>(), 0..200), json in r#"[\[\]{}",:a0-9x\\-]{0,60}"#) {
            let _ = read::<Wish>(&body);
            let _ = wish(&json);
        }
    }
}
