//! `/app-logos/{name}`: the logo of an app. Its address has a hash of its content, so browsers may keep it for ever.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};

use crate::http::guard::Anyone;
use crate::http::headers::ContentPolicy;
use crate::http::{Answer, AppError};
use crate::identity::oidc::{LogoKind, OidcClients};

/// Only names of stored logos have an answer; no file is opened.
pub async fn serve(_: Anyone, name: web::Path<String>, clients: web::Data<OidcClients>) -> Answer {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    let kind: LogoKind = ending.parse().map_err(|_| AppError::NotFound)?;
    let content = clients.logo(name.into_inner()).await?.ok_or(AppError::NotFound)?;
    let mut response = HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind.media_type()))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(content);
    response.extensions_mut().insert(ContentPolicy::Inert);
    Ok(response)
}
