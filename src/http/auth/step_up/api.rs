//! Step-up for programs: a call includes a proof, or its session was authenticated recently.

use actix_web::HttpRequest;

use crate::http::auth::caller::Carrier;
use crate::http::auth::guards::CurrentUser;
use crate::http::ctx::service;
use crate::http::error::AppError;
use crate::http::page::Page;
use crate::http::problems::Problems;
use crate::identity::sign_in::{AcceptedProofs, ReauthError, ReauthPolicy, ReauthProof, StepUp, Supplied};

use super::elevate::Step;

/// The member with the session to use from now on. A browser's session gets a new id; a proof sent with a
/// token counts for this call only.
///
/// # Errors
/// 401 with a challenge (RFC 9470 §3) if a proof is missing, 422 if it is wrong.
pub async fn of_call(
    req: &HttpRequest,
    current: CurrentUser,
    policy: ReauthPolicy,
    proof: ReauthProof,
) -> Result<CurrentUser, AppError> {
    let step = Step::new(req, &current, policy);
    let required = service::<StepUp>(req)?.require(step.reauth(), proof).await?;
    match required.map_err(|error| refusal(error, step.accepted, &Page::of(req)))? {
        Some(method) if current.carrier == Carrier::SessionCookie => step.elevate(method).await,
        _ => Ok(current),
    }
}

fn refusal(error: ReauthError, accepted: AcceptedProofs, page: &Page) -> AppError {
    let t = &page.t.field;
    match error {
        ReauthError::Wrong(Supplied::Password) => Problems::one("current_password", t.wrong_password).into(),
        ReauthError::Wrong(Supplied::Code | Supplied::Passkey | Supplied::LatePasskey) => {
            Problems::one("code", t.wrong_code).into()
        }
        ReauthError::Missing if accepted.password => {
            AppError::ReauthRequired(Problems::one("current_password", t.send_password))
        }
        ReauthError::Missing => AppError::ReauthRequired(Problems::one("code", t.send_code)),
    }
}
