//! `/api/auth/step-up`: a program authenticates its user again, before actions that require it.

use actix_web::web::Data;
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusals::{TooMany, Unprocessable};
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::Step;
use crate::http::{Answer, Body, Ctx, Page, Problems};
use crate::identity::Identity;
use crate::identity::credentials::Password;
use crate::identity::sign_in::{AcceptedProofs, ReauthError, ReauthPolicy, ReauthProof, Supplied};

use super::token_response::{TokenPair, reissue_tokens};

/// The code where the account has a second factor, or else the password.
#[derive(Deserialize, ToSchema)]
pub struct StepUp {
    #[schema(value_type = Option<String>, format = Password)]
    password: Option<Password>,
    /// Of the authenticator app, or for recovery.
    code: Option<String>,
}

/// Shows again who the user is. For 10 minutes the session may then do what takes that, such as another email or a new API
/// token. It goes on under a new id: tokens and cookies from before are refused.
#[utoipa::path(
    post,
    path = "/api/auth/step-up",
    tag = "account",
    security(("bearer" = ["security:write"])),
    request_body = StepUp,
    responses(
        (status = 200, description = "Shown. The tokens to go on with.", body = TokenPair),
        (status = 204, description = "Shown. A browser has its new cookie."),
        Unprocessable,
        TooMany,
    )
)]
pub async fn step_up(
    current: CurrentUser,
    ctx: Ctx,
    Body(typed): Body<StepUp>,
    identity: Data<Identity>,
) -> Answer {
    let step = Step::new(ctx.request(), &current, ReauthPolicy::Factor);
    let proof = ReauthProof::of_call(typed.password, typed.code);
    let verified = identity.step_up.verify(step.reauth(), proof).await?;
    let method = verified.map_err(|error| problem(error, step.accepted, &ctx.page))?;
    let id = identity.step_up.elevate(&current, method, &step.client).await?;
    reissue_tokens(&ctx.site, &identity.tokens.tokens, &current, (&id, current.user.epoch)).await
}

fn problem(error: ReauthError, accepted: AcceptedProofs, page: &Page) -> Problems {
    let (t, login) = (&page.t.field, &page.t.login);
    match error {
        ReauthError::Wrong(Supplied::Password) => Problems::one("password", t.wrong_password),
        ReauthError::Wrong(Supplied::Code | Supplied::Passkey | Supplied::LatePasskey) => {
            Problems::one("code", login.wrong_code)
        }
        ReauthError::Missing if accepted.password => Problems::one("password", login.empty_password),
        ReauthError::Missing => Problems::one("code", login.empty_code),
    }
}
