//! `/api/auth/tokens`: API tokens, for programs that have signed in.

pub mod obtain;
mod shapes;

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};

use super::refusals::{Forbidden, NotFound, StepUp, TooMany, Unprocessable};
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::of_call;
use crate::http::{Answer, AppError, Body, Ctx};
use crate::identity::sign_in::{ReauthPolicy, ReauthProof};
use crate::identity::tokens::api_tokens::{ApiTokenError, ApiTokens};
use crate::identity::unit_of_work::Failure;

use shapes::{CreateToken, TokenJson, TokenList};

/// Every API token of the caller. Like the calls beside it, it needs a session: an API token is refused.
#[utoipa::path(
    get,
    path = "/api/auth/tokens",
    tag = "tokens",
    security(("bearer" = ["security:read"])),
    responses((status = 200, description = "The tokens, newest first.", body = TokenList))
)]
pub async fn list(current: CurrentUser, api_tokens: Data<ApiTokens>) -> Result<Json<TokenList>, AppError> {
    Ok(Json(api_tokens.list(current.user.id).await?.into()))
}

/// Creates an API token, which is shown only this once.
///
/// It takes a step-up: `current_password`, or a `code` where the account has a second factor, unless it was given within the
/// last 10 minutes.
#[utoipa::path(
    post,
    path = "/api/auth/tokens",
    tag = "tokens",
    security(("bearer" = ["security:write"])),
    request_body = CreateToken,
    responses(
        (status = 201, description = "It is made.", body = TokenJson),
        StepUp,
        Forbidden,
        Unprocessable,
        TooMany
    )
)]
pub async fn create(
    current: CurrentUser,
    ctx: Ctx,
    Body(mut wish): Body<CreateToken>,
    api_tokens: Data<ApiTokens>,
) -> Answer {
    let new = wish.parse(current.scopes, api_tokens.now())?;
    let proof = ReauthProof::of_call(wish.current_password.take(), wish.code.take());
    let current = of_call(ctx.request(), current, ReauthPolicy::Factor, proof).await?;
    let created = api_tokens.create(&current, new, ctx.client()).await;
    let (token, listed) = created.map_err(refusal)?;
    Ok(HttpResponse::Created().json(TokenJson::of(listed, Some(&token))))
}

/// Deletes one of the caller's tokens; from then on it is refused everywhere.
#[utoipa::path(
    delete,
    path = "/api/auth/tokens/{id}",
    tag = "tokens",
    security(("bearer" = ["security:write"])),
    params(("id" = i64, Path, minimum = 1)),
    responses((status = 204, description = "It is deleted."), NotFound)
)]
pub async fn delete(current: CurrentUser, ctx: Ctx, id: Path<i64>, api_tokens: Data<ApiTokens>) -> Answer {
    api_tokens.delete(current.user.id, *id, ctx.client()).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn refusal(error: ApiTokenError) -> AppError {
    match error {
        ApiTokenError::Failed(Failure::AuthorityLost(_)) => AppError::Unauthorized,
        error => error.into(),
    }
}
