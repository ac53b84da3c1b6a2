//! Submitted forms: every field appears once, is decoded once and is valid UTF-8, or the form is rejected.

use std::collections::BTreeMap;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use percent_encoding::percent_decode;

use super::body::of_type;
use super::error::AppError;

/// The fields of a form by name. A missing field reads as empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Decodes `application/x-www-form-urlencoded` (WHATWG URL §5.1), but strictly: duplicate fields and
    /// invalid UTF-8 are rejected, where the standard would guess.
    pub fn parse(body: &[u8]) -> Result<Self, AppError> {
        let mut fields = BTreeMap::new();
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            if fields.insert(name, value).is_some() {
                return Err(AppError::BadRequest);
            }
        }
        Ok(Self(fields))
    }

    /// Removes a field and returns its text; empty if it was not sent.
    pub fn take(&mut self, name: &str) -> String {
        self.0.remove(name).unwrap_or_default()
    }

    /// Removes and returns every field whose name matches.
    pub fn take_all(&mut self, is_meant: impl Fn(&str) -> bool) -> BTreeMap<String, String> {
        let (taken, rest) = std::mem::take(&mut self.0).into_iter().partition(|(name, _)| is_meant(name));
        self.0 = rest;
        taken
    }

    pub fn set(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value);
    }

    /// Every field that has not been removed, by name.
    pub fn all(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter()
    }

    /// A checkbox with a hidden `was-` field that records whether it was on when the form was shown. Returns
    /// its new state, or none if it did not change.
    pub fn switched(&self, name: &str) -> Option<bool> {
        let (is, was) = (self.checked(name), self.checked(&format!("was-{name}")));
        (is != was).then_some(is)
    }

    /// Whether a checkbox is checked.
    pub fn checked(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

fn decode(text: &[u8]) -> Result<String, AppError> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let decoded = percent_decode(&spaced).decode_utf8().map_err(|_| AppError::BadRequest)?;
    Ok(decoded.into_owned())
}

impl FromRequest for Fields {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = of_type(req, payload, "application/x-www-form-urlencoded");
        Box::pin(async move { Fields::parse(&body.await?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(body: &str) -> Fields {
        Fields::parse(body.as_bytes()).unwrap()
    }

    #[test]
    fn fields_are_decoded_once() {
        let mut fields = parse("a=1+2%2B3&%62=%EA%B0%80&c&d=x=y&&e=%2561");
        assert_eq!(fields.take("a"), "1 2+3");
        assert_eq!(fields.take("b"), "가");
        assert!(fields.checked("c"));
        assert_eq!(fields.take("d"), "x=y");
        assert_eq!(fields.take("e"), "%61");
        assert_eq!(fields.take("nothing"), "");
    }

    #[test]
    fn doubled_fields_and_broken_text_are_refused() {
        for body in [&b"a=1&a=2"[..], b"a=1&%61=2", b"a=%ff", b"%c3%28=1", b"a=\xff", b"a=%ED%A0%80"] {
            assert!(matches!(Fields::parse(body), Err(AppError::BadRequest)), "{body:?}");
        }
    }

    #[test]
    fn an_array_is_another_field() {
        assert_eq!(parse("username[]=mina&username[0]=x").take("username"), "");
    }

    proptest! {
        #[test]
        fn any_text_survives_its_way_through_a_form(name in "\\PC{1,20}", value in "(?s).{0,60}") {
            let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
            let mut fields = parse(&format!("{}={}", encode(&name), encode(&value)));
            prop_assert_eq!(fields.take(&name), value);
        }

        #[test]
        fn parsing_never_panics(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Fields::parse(&body);
        }
    }
}
