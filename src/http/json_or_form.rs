//! Bodies in JSON or form encoding, as the request declares.

use std::collections::BTreeMap;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde_json::Value;

use super::error::AppError;
use super::form::Fields;
use super::json::Body;

/// The members of a JSON object, or the fields of a form as strings.
pub struct Either(pub BTreeMap<String, Value>);

impl FromRequest for Either {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let declared = req.headers().get(CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
        if declared.to_ascii_lowercase().starts_with(b"application/x-www-form-urlencoded") {
            let fields = Fields::from_request(req, payload);
            return Box::pin(async move {
                let text = |(name, value): (&String, &String)| (name.clone(), Value::from(value.as_str()));
                Ok(Self(fields.await?.all().map(text).collect()))
            });
        }
        let body = Body::from_request(req, payload);
        Box::pin(async move { Ok(Self(body.await?.0)) })
    }
}
