//! A new passkey challenge for a page that stays open for longer than a challenge is valid.

use actix_web::HttpResponse;
use serde_json::json;

use crate::http::error::AppError;
use crate::http::page::Answer;
use crate::identity::credentials::Ceremony;

/// As JSON: `options` for `navigator.credentials`, as text, and the `state` that goes back with the answer.
///
/// # Errors
/// 404 if there is no passkey to ask for.
pub fn new_challenge(ceremony: Option<Ceremony>) -> Answer {
    let Ceremony { options, state } = ceremony.ok_or(AppError::NotFound)?;
    Ok(HttpResponse::Ok().json(json!({"options": options, "state": state})))
}
