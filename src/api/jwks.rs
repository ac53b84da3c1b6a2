//! `/.well-known/jwks.json`: the public keys, so that other services can verify access tokens themselves.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;

use super::refusals::Unavailable;
use crate::http::Answer;
use crate::http::guard::Anyone;
use crate::identity::tokens::{Jwks, Tokens};

/// A verifier that caches the keys for this long knows each key before it is used: the next one is published
/// in advance.
const CACHED: &str = "public, max-age=300";

/// The public keys that verify access tokens, as a JWK set (RFC 7517).
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    tag = "description",
    security(()),
    responses((status = 200, description = "The live keys, the newest first.", body = Jwks), Unavailable)
)]
pub async fn jwks(_: Anyone, tokens: Data<Tokens>) -> Answer {
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, CACHED)).json(tokens.jwks()))
}
