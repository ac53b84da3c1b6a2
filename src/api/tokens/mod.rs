//! `/api/auth/tokens`: API tokens, for programs that have signed in.

pub mod obtain;
mod shapes;

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse};

use super::refusals::{Forbidden, NotFound, StepUp, TooMany, Unprocessable};
use crate::http::auth::locks::CurrentUser;
use crate::http::auth::step_up::of_call;
use crate::http::form::Problems;
use crate::http::{Answer, AppError, Body, Client, Page};
use crate::i18n::Texts;
use crate::identity::App;
use crate::identity::sign_in::step_up::{Ask, Proof};
use crate::identity::tokens::api_tokens::MakeError;

use shapes::{TokenList, TokenShape, TokenWish};

/// Every API token of whoever asks. Like the calls beside it, it takes a session: an API token does not do.
#[utoipa::path(
    get,
    path = "/api/auth/tokens",
    tag = "tokens",
    security(("bearer" = ["security:read"])),
    responses((status = 200, description = "The tokens, newest first.", body = TokenList))
)]
pub async fn list(current: CurrentUser, app: App) -> Result<Json<TokenList>, AppError> {
    Ok(Json(app.api_tokens_of(current.user.id).await?.into()))
}

/// Makes an API token, which is told this once.
///
/// It takes a step-up: `current_password`, or a `code` where the account has a second factor, unless it was given within the
/// last 10 minutes.
#[utoipa::path(
    post,
    path = "/api/auth/tokens",
    tag = "tokens",
    security(("bearer" = ["security:write"])),
    request_body = TokenWish,
    responses(
        (status = 201, description = "It is made.", body = TokenShape),
        StepUp,
        Forbidden,
        Unprocessable,
        TooMany
    )
)]
pub async fn create(
    current: CurrentUser,
    Body(mut wish): Body<TokenWish>,
    page: Page,
    client: Client,
    app: App,
    req: HttpRequest,
) -> Answer {
    let new = wish.parse(current.scopes, app.clock.now(), page.t)?;
    let proof = Proof::of_call(wish.current_password.take(), wish.code.take());
    let current = of_call(&req, current, Ask::Factor, proof).await?;
    let made = app.make_api_token(&current, new, &client).await;
    let (token, listed) = made.map_err(|error| refused(error, page.t))?;
    Ok(HttpResponse::Created().json(TokenShape::of(listed, Some(&token))))
}

/// Deletes one of the tokens of whoever asks; from then on it is refused everywhere.
#[utoipa::path(
    delete,
    path = "/api/auth/tokens/{id}",
    tag = "tokens",
    security(("bearer" = ["security:write"])),
    params(("id" = i64, Path, minimum = 1)),
    responses((status = 204, description = "It is deleted."), NotFound)
)]
pub async fn delete(current: CurrentUser, id: web::Path<i64>, client: Client, app: App) -> Answer {
    app.delete_api_token(current.user.id, *id, &client).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn refused(error: MakeError, t: &Texts) -> AppError {
    match error {
        MakeError::TooMany => Problems::of_form(t.tokens.too_many).into(),
        MakeError::SessionOver => AppError::Unauthorized,
        MakeError::Db(error) => error.into(),
    }
}
