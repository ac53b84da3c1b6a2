//! JSON bodies of the API: one object, read as strictly as a form.

use std::collections::BTreeMap;
use std::fmt;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};

use super::body::of_type;
use super::form::{Fields, Problems};
use super::strict_json::{self, Fault};
use super::{AppError, Page};

/// A JSON object as the type that a handler expects; an empty body is an object without members. Members that the type
/// does not know are ignored. What is no JSON is 400; JSON of another shape, or with a name that stands twice in one
/// object, is 422 with a problem where it stands.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = of_type(req, payload, "application/json");
        let page = Page::of(req);
        Box::pin(async move {
            strict_json::read(&body.await?).map(Body).map_err(|fault| match fault {
                Fault::NoJson => AppError::BadRequest,
                Fault::Shape(pointer, mismatch) => {
                    Problems::one(pointer, mismatch.text(&page.t.field)).into()
                }
            })
        })
    }
}

/// The members of a JSON object by name; null reads as not sent, numbers and booleans as their text. Without a body
/// there are none.
pub struct JsonFields(pub Fields);

impl JsonFields {
    /// # Errors
    /// 400 for what is no JSON, 422 for JSON of another shape, and for a name that stands twice (RFC 8259 §4 leaves open
    /// which of the two would count).
    fn parse(body: &[u8]) -> Result<Self, AppError> {
        if body.is_empty() {
            return Ok(Self(Fields::default()));
        }
        match serde_json::from_slice::<Object>(body) {
            Ok(Object(members)) => Ok(Self(Fields::of(members))),
            Err(error) if error.is_data() => Err(AppError::Unprocessable),
            Err(_) => Err(AppError::BadRequest),
        }
    }
}

struct Object(BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut members = BTreeMap::new();
        let mut nulls = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, serde_json::Value>()? {
            if members.contains_key(&name) || nulls.contains(&name) {
                return Err(de::Error::custom("a name stands twice"));
            }
            match value {
                serde_json::Value::Null => nulls.push(name),
                serde_json::Value::String(text) => drop(members.insert(name, text)),
                serde_json::Value::Bool(flag) => drop(members.insert(name, flag.to_string())),
                serde_json::Value::Number(number) => drop(members.insert(name, number.to_string())),
                _ => return Err(de::Error::custom("only plain values fit")),
            }
        }
        Ok(Object(members))
    }
}

impl FromRequest for JsonFields {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = of_type(req, payload, "application/json");
        Box::pin(async move { JsonFields::parse(&body.await?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(body: &str) -> Result<Fields, u16> {
        use actix_web::ResponseError;
        JsonFields::parse(body.as_bytes())
            .map(|fields| fields.0)
            .map_err(|error| error.status_code().as_u16())
    }

    #[test]
    fn plain_values_are_read_as_their_text() {
        let mut fields = parse(r#" {"a": "가\n", "b": true, "c": 12, "d": null, "e": ""} "#).unwrap();
        assert_eq!(["a", "b", "c", "d"].map(|name| fields.take(name)), ["가\n", "true", "12", ""]);
        assert!(fields.checked("e") && !fields.checked("d"));
        assert!(parse("").unwrap().all().next().is_none());
    }

    #[test]
    fn what_is_no_json_and_what_is_of_another_shape_are_told_apart() {
        for body in ["{", "nothing", "{\"a\": }", "\u{feff}{}", "{} {}", "{\"a\": \"\\ud800\"}", "{'a': 1}"] {
            assert_eq!(parse(body).err(), Some(400), "{body}");
        }
        for body in [
            "[]",
            "\"a\"",
            "1",
            "null",
            "{\"a\": []}",
            "{\"a\": {}}",
            "{\"a\":1,\"a\":1}",
            "{\"a\":null,\"a\":1}",
        ] {
            assert_eq!(parse(body).err(), Some(422), "{body}");
        }
        assert_eq!(parse(&"[".repeat(100_000)).err(), Some(422), "no depth reaches the stack's end");
        assert_eq!(parse(&format!("{{\"a\":{}", "[".repeat(60_000))).err(), Some(400));
    }

    proptest! {
        #[test]
        fn parsing_never_panics(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = JsonFields::parse(&body);
        }
    }
}
