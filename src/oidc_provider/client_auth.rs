//! How an app presents itself: by HTTP Basic or in the form, never both (RFC 6749 §2.3).

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use crate::http::auth::caller::authorization;
use crate::identity::oidc::{Presented, TokenRefusal};

use super::parameters::Parameters;

/// Reads the app's id and secret.
///
/// # Errors
/// `invalid_request` for two ways at once, `invalid_client` for none.
pub fn presented(headers: &HeaderMap, form: &Parameters) -> Result<Presented, TokenRefusal> {
    let (id, secret) = (form.get("client_id"), form.get("client_secret"));
    if !headers.contains_key(AUTHORIZATION) {
        let client_id = id.ok_or(TokenRefusal::InvalidClient)?.to_owned();
        return Ok(Presented { client_id, secret: secret.map(str::to_owned) });
    }
    if secret.is_some() {
        return Err(TokenRefusal::InvalidRequest("the app presents itself in two ways"));
    }
    let (client_id, secret) = basic(headers).ok_or(TokenRefusal::InvalidClient)?;
    if id.is_some_and(|id| id != client_id) {
        return Err(TokenRefusal::InvalidRequest("the app presents itself by two ids"));
    }
    Ok(Presented { client_id, secret: Some(secret) })
}

/// Id and secret, each form-encoded (RFC 6749 §2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (_, encoded) = authorization(headers).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((decode(id)?, decode(secret)?))
}

fn decode(text: &str) -> Option<String> {
    Some(percent_decode_str(&text.replace('+', " ")).decode_utf8().ok()?.into_owned())
}
