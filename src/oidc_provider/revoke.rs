//! `/oauth/revoke`: an app gives up a token (RFC 7009).

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::http::Ctx;
use crate::identity::oidc::{ClientAuth, TokenChecks, TokenRefusal};

use super::client_auth::authenticate_with_token;
use super::oauth_error::refuse;
use super::parameters::{Parameters, Posted};

pub async fn revoke(
    Posted { ctx, form }: Posted,
    auth: Data<ClientAuth>,
    checks: Data<TokenChecks>,
) -> HttpResponse {
    match answer(&ctx, form.unwrap_or_default(), &auth, &checks).await {
        Ok(()) => HttpResponse::Ok().finish(),
        Err(refusal) => refuse(&refusal),
    }
}

async fn answer(
    ctx: &Ctx,
    form: Parameters,
    auth: &ClientAuth,
    checks: &TokenChecks,
) -> Result<(), TokenRefusal> {
    let (app, token) = authenticate_with_token(ctx, &form, auth).await?;
    checks.revoke(&app, token).await
}
