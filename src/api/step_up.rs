//! `/api/auth/step-up`: a program shows again who its user is, before what takes that.

use serde::Deserialize;
use utoipa::ToSchema;

use super::refusals::{TooMany, Unprocessable};
use crate::http::auth::locks::CurrentUser;
use crate::http::form::Problems;
use crate::http::{Answer, Body, Client, Page};
use crate::identity::App;
use crate::identity::credentials::password::Secret;
use crate::identity::sign_in::step_up::{Ask, Lacking, Proof, Sent};

use super::token_response::{TokenPair, hand_back};

/// The code where the account has a second factor, or else the password.
#[derive(Deserialize, ToSchema)]
pub struct StepUp {
    #[schema(value_type = Option<String>, format = Password)]
    password: Option<Secret>,
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
    page: Page,
    Body(typed): Body<StepUp>,
    client: Client,
    app: App,
) -> Answer {
    let (ways, proof) = (current.ways(Ask::Factor), Proof::of_call(typed.password, typed.code));
    let method = app.check_proof(&current, ways, proof, &client).await?.map_err(|lacking| {
        let (t, login) = (&page.t.field, &page.t.login);
        match lacking {
            Lacking::Wrong(Sent::Password) => Problems::one("password", t.wrong_password),
            Lacking::Wrong(Sent::Code | Sent::Passkey) => Problems::one("code", login.wrong_code),
            Lacking::Nothing if ways.password => Problems::one("password", login.empty_password),
            Lacking::Nothing => Problems::one("code", login.empty_code),
        }
    })?;
    let id = app.raise(&current, method, &client).await?;
    hand_back(&app, &current, &id, current.user.epoch).await
}
