//! `/oauth/introspect`: whether a token is active (RFC 7662).

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::http::Ctx;
use crate::identity::oidc::{ClientAuth, Introspection, TokenChecks, TokenRefusal};
use crate::platform::metrics::{self, TokenCheck};

use super::client_auth::authenticate_with_token;
use super::oauth_error::refuse;
use super::parameters::{Parameters, Posted};

pub async fn introspect(
    Posted { ctx, form }: Posted,
    auth: Data<ClientAuth>,
    checks: Data<TokenChecks>,
) -> HttpResponse {
    match answer(&ctx, form.unwrap_or_default(), &auth, &checks).await {
        Ok(answer) => {
            metrics::count(|m| m.oidc_token_checks(TokenCheck::Introspection, answer.is_active().into()));
            HttpResponse::Ok().json(answer)
        }
        Err(refusal) => refuse(&refusal),
    }
}

async fn answer(
    ctx: &Ctx,
    form: Parameters,
    auth: &ClientAuth,
    checks: &TokenChecks,
) -> Result<Introspection, TokenRefusal> {
    let (app, token) = authenticate_with_token(ctx, &form, auth).await?;
    checks.introspect(&app, token).await
}
