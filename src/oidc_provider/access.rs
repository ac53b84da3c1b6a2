//! The bearer token of a request (RFC 6750 §2).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, WWW_AUTHENTICATE};
use serde_json::json;

use crate::http::auth::caller::bearer;

use super::parameters::Parameters;

/// In the header, or in a form; none for both.
pub fn token(headers: &HeaderMap, form: Option<&Parameters>) -> Option<String> {
    let in_form = form.and_then(|form| form.get("access_token"));
    match (headers.contains_key(AUTHORIZATION), in_form) {
        (true, None) => bearer(headers).map(str::to_owned),
        (false, Some(token)) => Some(token.to_owned()),
        _ => None,
    }
}

/// An error as a challenge (§3).
pub fn challenge(status: StatusCode, code: &'static str) -> HttpResponse {
    let text = format!("Bearer error=\"{code}\"");
    HttpResponse::build(status).insert_header((WWW_AUTHENTICATE, text)).json(json!({"error": code}))
}
