//! `/oauth/introspect`: whether a token is active (RFC 7662).

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::http::Ctx;
use crate::http::guard::Anyone;
use crate::identity::oidc::{Introspection, OidcProvider, TokenRefusal};
use crate::platform::metrics::{self, TokenCheck};

use super::client_auth::presented;
use super::oauth_error::refuse;
use super::parameters::{Parameters, Posted};

pub async fn introspect(_: Anyone, ctx: Ctx, posted: Posted, provider: Data<OidcProvider>) -> HttpResponse {
    match answer(&ctx, posted.0.unwrap_or_default(), &provider).await {
        Ok(answer) => {
            metrics::count(|m| m.oidc_token_checks(TokenCheck::Introspection, answer.is_active().into()));
            HttpResponse::Ok().json(answer)
        }
        Err(refusal) => refuse(&refusal),
    }
}

async fn answer(ctx: &Ctx, form: Parameters, provider: &OidcProvider) -> Result<Introspection, TokenRefusal> {
    if form.has_repetitions() {
        return Err(TokenRefusal::InvalidRequest("a parameter is repeated"));
    }
    let app = provider.authenticate(&presented(ctx.headers(), &form)?, ctx.client()).await?;
    let text = form.get("token").ok_or(TokenRefusal::InvalidRequest("token is missing"))?;
    provider.introspect(&app, text).await
}
