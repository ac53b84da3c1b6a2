//! `/.well-known/jwks.json`: the public keys, so that other services verify access tokens by themselves.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;

use crate::identity::App;
use crate::web::Answer;
use crate::web::guard::Anyone;

/// A verifier that keeps the keys for so long learns of a rotation in time: the key before stays published.
const CACHED: &str = "public, max-age=300";

/// The live signing keys as a JWK set (RFC 7517).
pub async fn jwks(_: Anyone, app: App) -> Answer {
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, CACHED)).json(app.jwks().await?))
}
