//! Step-up for programs: a call takes a proof along, or comes with a session that has shown one lately.

use actix_web::{FromRequest, HttpRequest};

use crate::http::auth::caller::Carrier;
use crate::http::auth::locks::CurrentUser;
use crate::http::form::Problems;
use crate::http::{AppError, Client, Page};
use crate::identity::App;

use crate::identity::sign_in::step_up::{Ask, Lacking, Proof, Sent, Ways};

/// The member by their session from now on. A browser's gets a new id; what a token takes along counts for this one call.
///
/// # Errors
/// 401 with a challenge (RFC 9470 §3) where nothing was shown lately, 422 where what was sent is wrong.
pub async fn of_call(
    req: &HttpRequest,
    current: CurrentUser,
    ask: Ask,
    proof: Proof,
) -> Result<CurrentUser, AppError> {
    let inside = |error: actix_web::Error| anyhow::anyhow!("{error}");
    let app = App::extract(req).await.map_err(inside)?;
    let client = Client::extract(req).await.map_err(inside)?;
    let ways = current.ways(ask);
    let shown = app.show_again(&current, ways, proof, &client).await?;
    match shown.map_err(|lacking| refusal(lacking, ways, &Page::of(req)))? {
        Some(method) if current.carrier == Carrier::SessionCookie => {
            app.raise_cookie(req, &current, method, &client).await
        }
        _ => Ok(current),
    }
}

fn refusal(lacking: Lacking, ways: Ways, page: &Page) -> AppError {
    let t = &page.t.field;
    match lacking {
        Lacking::Wrong(Sent::Password) => Problems::one("current_password", t.wrong_password).into(),
        Lacking::Wrong(Sent::Code | Sent::Passkey) => Problems::one("code", t.wrong_code).into(),
        Lacking::Nothing if ways.password => {
            AppError::NotShownLately(Problems::one("current_password", t.send_password))
        }
        Lacking::Nothing => AppError::NotShownLately(Problems::one("code", t.send_code)),
    }
}
