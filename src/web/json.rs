//! JSON bodies of the API: one object, read as strictly as a form.

use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroU32;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor,
};
use serde_json::error::Category;

use super::AppError;
use super::body::of_type;

/// A JSON object as the type that a handler expects; an empty body is an object without members. Members that the type
/// does not know are ignored.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> Body<T> {
    /// # Errors
    /// 400 for what is no JSON, or nested deeper than anyone needs (RFC 8259 §9); 422 for JSON of another shape, and for
    /// a name that stands twice in one object (RFC 8259 §4 leaves open which of the two would count).
    fn parse(body: &[u8]) -> Result<Self, AppError> {
        let body = if body.is_empty() { b"{}" } else { body };
        // Looked through as a whole first: whether it is JSON does not depend on what is expected, and what is ignored
        // is read as strictly as the rest.
        typed::<Strict>(body)?;
        // Serde would take a list of the members' values too.
        let is_object = body.trim_ascii_start().starts_with(b"{");
        if is_object { typed(body).map(Self) } else { Err(AppError::Unprocessable) }
    }
}

fn typed<T: DeserializeOwned>(body: &[u8]) -> Result<T, AppError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let value =
        serde_path_to_error::deserialize(&mut json).map_err(|error| match error.inner().classify() {
            Category::Data => AppError::Unprocessable,
            _ => AppError::BadRequest,
        })?;
    json.end().map_err(|_| AppError::BadRequest)?;
    Ok(value)
}

/// JSON of any shape, without a name that stands twice in one object.
#[derive(Clone, Copy, Default)]
struct Strict {
    /// Whether the name of this value has stood in its object before.
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
            true => Err(de::Error::custom("a name stands twice")),
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

/// A whole number from 1, if there is one, however it is written: 3.0 is as whole as 3 (JSON Schema core §6.3).
pub fn from_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NonZeroU32>, D::Error> {
    let Some(number) = Option::<serde_json::Number>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && *float <= f64::from(u32::MAX));
    let found = float.and_then(|float| NonZeroU32::new(float as u32));
    found.map(Some).ok_or_else(|| de::Error::custom("no whole number from 1"))
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = of_type(req, payload, "application/json");
        Box::pin(async move { Body::parse(&body.await?) })
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

    fn wish(body: &str) -> Result<Wish, u16> {
        use actix_web::ResponseError;
        let read = Body::parse(body.as_bytes());
        read.map(|Body(wish)| wish).map_err(|error| error.status_code().as_u16())
    }

    #[test]
    fn a_body_is_read_as_its_type_and_what_that_does_not_know_is_ignored() {
        let read =
            wish(r#" {"name": "\u006dina", "scopes": ["a"], "size": null, "more": [{"x": {}}, 1.5]} "#);
        assert_eq!(read, Ok(Wish { name: "mina".to_owned(), scopes: vec!["a".to_owned()], size: None }));
        assert_eq!(wish("").err(), Some(422), "an empty body is an empty object");
    }

    #[test]
    fn what_is_no_json_is_told_apart_from_another_shape_wherever_it_stands() {
        let deep = |open: &str, close: &str, depth| {
            format!("{{\"name\":\"a\",\"x\":{}1{}}}", open.repeat(depth), close.repeat(depth))
        };
        for body in
            ["{", "{\"name\":1", "{\"name\":\"a\"} {}", "{\"name\":\"a\",\"x\":\"\\ud800\"}", "\u{feff}{}"]
        {
            assert_eq!(wish(body).err(), Some(400), "{body}");
        }
        for body in [
            "[\"a\",[],1]",
            "null",
            "\"a\"",
            "{}",
            "{\"name\":null}",
            "{\"name\":\"a\",\"scopes\":\"a\"}",
            "{\"name\":\"a\",\"size\":256}",
            "{\"name\":\"a\",\"name\":\"a\"}",
            "{\"name\":\"a\",\"n\\u0061me\":\"b\"}",
            "{\"name\":\"a\",\"x\":1,\"x\":1}",
            "{\"name\":\"a\",\"x\":[{\"y\":1,\"y\":1}]}",
        ] {
            assert_eq!(wish(body).err(), Some(422), "{body}");
        }
        assert!(wish(&deep("[", "]", 100)).is_ok());
        for (open, close) in [("[", "]"), ("{\"x\":", "}"), ("[{\"x\":", "}]")] {
            assert_eq!(wish(&deep(open, close, 10_000)).err(), Some(400), "no depth reaches the stack's end");
        }
        assert_eq!(wish(&"[".repeat(100_000)).err(), Some(400));
    }

    #[test]
    fn whole_numbers_are_whole_however_they_are_written() {
        #[derive(serde::Deserialize)]
        struct Counted {
            #[serde(default, deserialize_with = "from_one")]
            n: Option<NonZeroU32>,
        }
        let n = |body: &str| {
            Body::<Counted>::parse(body.as_bytes()).map(|Body(read)| read.n.map(NonZeroU32::get)).ok()
        };
        for (body, read) in [
            ("{}", None),
            ("{\"n\":null}", None),
            ("{\"n\":1}", Some(1)),
            ("{\"n\":380.0}", Some(380)),
            ("{\"n\":4e1}", Some(40)),
            ("{\"n\":4294967295}", Some(u32::MAX)),
        ] {
            assert_eq!(n(body), Some(read), "{body}");
        }
        for odd in ["0", "-0", "-1", "0.5", "1.5", "4294967296", "1e99", "-1e99", "\"1\"", "true", "[]", "{}"]
        {
            assert_eq!(n(&format!("{{\"n\":{odd}}}")), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Body::<Wish>::parse(&body);
        }
    }
}
