//! The parameters of a request: in a query or a form, in any order, and perhaps repeated.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use percent_encoding::percent_decode;

use crate::http::guard::Guard;
use crate::http::{AppError, Ctx, Fields};

/// The one that may be repeated (RFC 8707 §2).
const MAY_REPEAT: &str = "resource";

/// Names and values as sent. A parameter without a value counts as omitted (RFC 6749 §3.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// None if it is not `application/x-www-form-urlencoded` in UTF-8.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let pairs = text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            Some((decode(halves.next()?)?, decode(halves.next().unwrap_or_default())?))
        });
        let pairs = pairs.collect::<Option<Vec<_>>>()?;
        Some(Self(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()))
    }

    /// The first value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn is_repeated(&self, name: &str) -> bool {
        self.all(name).count() > 1
    }

    /// Whether any parameter is repeated that must not be (RFC 6749 §3.1).
    pub fn has_repetitions(&self) -> bool {
        self.0.iter().any(|(name, _)| name != MAY_REPEAT && self.is_repeated(name))
    }

    /// Removes a parameter, and returns its first value.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let first = self.get(name).map(str::to_owned);
        self.0.retain(|(known, _)| known != name);
        first
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.take(name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    pub fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter()
    }

    /// As a query or a form.
    pub fn encode(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// As the fields of a form of our own, in which no name is repeated: values of one name have spaces between them.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        for (name, _) in &self.0 {
            fields.set(name, self.all(name).collect::<Vec<_>>().join(" "));
        }
        fields
    }
}

fn decode(text: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    Some(percent_decode(&spaced).decode_utf8().ok()?.into_owned())
}

/// A request with a form that anyone may send.
pub struct Posted {
    pub ctx: Ctx,
    /// None if its body is something else.
    pub form: Option<Parameters>,
}

impl Guard for Posted {}

impl FromRequest for Posted {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let declared = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let declared = declared.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        let is_form = declared.eq_ignore_ascii_case("application/x-www-form-urlencoded");
        let (ctx, body) = (Ctx::of(req), Bytes::from_request(req, payload));
        Box::pin(async move {
            let ctx = ctx?;
            let body = body.await.map_err(|_| AppError::BadRequest)?;
            let fits = is_form || body.is_empty();
            Ok(Self { ctx, form: fits.then(|| Parameters::parse(&body)).flatten() })
        })
    }
}

/// A request with parameters in its query that anyone may send.
pub struct Queried {
    pub ctx: Ctx,
    /// None if they cannot be read.
    pub query: Option<Parameters>,
}

impl Guard for Queried {}

impl FromRequest for Queried {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = Parameters::parse(req.query_string().as_bytes());
        ready(Ctx::of(req).map(|ctx| Self { ctx, query }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_repeated_is_noticed_and_what_is_empty_is_left_out() {
        let read = |text: &str| Parameters::parse(text.as_bytes()).unwrap();
        let parameters = read("a=1&b=&c=x+y%2B&a=2");
        assert_eq!(
            (parameters.get("a"), parameters.get("b"), parameters.get("c")),
            (Some("1"), None, Some("x y+"))
        );
        assert!(parameters.is_repeated("a") && parameters.has_repetitions());
        assert!(!read("resource=a&resource=b&c=1").has_repetitions());
        assert!(read("a=1&%61=1").has_repetitions(), "the same name, encoded");
        assert_eq!(read("a=1&b=2").encode(), "a=1&b=2");
        for broken in [&b"a=%ff"[..], b"\xff=1", b"a=%ED%A0%80"] {
            assert_eq!(Parameters::parse(broken), None);
        }
    }

    proptest! {
        #[test]
        fn what_was_parsed_is_encoded_as_it_was(pairs in proptest::collection::vec(("\\PC{1,10}", "(?s).{1,20}"), 0..6)) {
            let parameters = Parameters(pairs);
            prop_assert_eq!(Parameters::parse(parameters.encode().as_bytes()), Some(parameters));
        }
    }
}
