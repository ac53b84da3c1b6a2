//! JSON bodies of the API: a single object, read as strictly as a form.

use std::num::NonZeroU32;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};

use super::body::of_type;
use super::error::AppError;
use super::page::Page;
use super::problems::Problems;
use super::strict_json::{self, Fault};

/// A JSON object as the type that a handler expects; an empty body reads as an empty object. Unknown members
/// are ignored. Invalid JSON is 400; JSON of another shape, or with a duplicate name in an object, is 422
/// with the position of the problem.
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

/// A member that may be missing, but not null: null asks for a default, and there is none.
pub fn not_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A member whose null asks for the default: the outer `None` stands for a missing one.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A positive integer, if present, in any notation: 3.0 is an integer like 3 (JSON Schema core §6.3).
pub fn from_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NonZeroU32>, D::Error> {
    let Some(number) = Option::<serde_json::Number>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && *float <= f64::from(u32::MAX));
    let found = float.and_then(|float| NonZeroU32::new(float as u32));
    found.map(Some).ok_or_else(|| de::Error::custom("no whole number from 1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_whole_however_they_are_written() {
        #[derive(serde::Deserialize)]
        struct Counted {
            #[serde(default, deserialize_with = "from_one")]
            n: Option<NonZeroU32>,
        }
        let n = |body: &str| {
            strict_json::read::<Counted>(body.as_bytes()).map(|read| read.n.map(NonZeroU32::get)).ok()
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
}
