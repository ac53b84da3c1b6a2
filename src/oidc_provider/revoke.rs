//! `/oauth/revoke`: an app gives up a token (RFC 7009).

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::http::Ctx;
use crate::http::guard::Anyone;
use crate::identity::oidc::{OidcProvider, TokenRefusal};

use super::client_auth::presented;
use super::oauth_error::refuse;
use super::parameters::{Parameters, Posted};

pub async fn revoke(_: Anyone, ctx: Ctx, posted: Posted, provider: Data<OidcProvider>) -> HttpResponse {
    match answer(&ctx, posted.0.unwrap_or_default(), &provider).await {
        Ok(()) => HttpResponse::Ok().finish(),
        Err(refusal) => refuse(&refusal),
    }
}

async fn answer(ctx: &Ctx, form: Parameters, provider: &OidcProvider) -> Result<(), TokenRefusal> {
    if form.has_repetitions() {
        return Err(TokenRefusal::InvalidRequest("a parameter is repeated"));
    }
    let app = provider.authenticate(&presented(ctx.headers(), &form)?, ctx.client()).await?;
    let text = form.get("token").ok_or(TokenRefusal::InvalidRequest("token is missing"))?;
    provider.revoke(&app, text).await
}
