//! The outcome of a sign-in as cookies and a redirect, shared by all pages.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;

use crate::http::error::AppError;
use crate::http::page::{see_other, with_cookies};
use crate::http::return_to::with_next;
use crate::http::site::Site;
use crate::identity::accounts::KnownDevice;
use crate::identity::sign_in::{Outcome, Rejection, SignedIn};

use super::attempt::SignInRequest;
use super::cookies::{device, pending_sign_in, session};

/// The page that requests the second factor.
pub const VERIFY: &str = "/login/verify";

/// The cookies of a new session.
pub fn session_cookies(site: &Site, known: &KnownDevice, signed_in: &SignedIn) -> Vec<Cookie<'static>> {
    let trust = signed_in.trust.as_ref();
    let trust = trust.map(|trust| device::trust(site, known, &trust.token, trust.keep));
    let session = session::issue(site, &signed_in.session, signed_in.kind);
    let known = device::remember(site, known, &signed_in.user);
    [Some(session), Some(known), trust].into_iter().flatten().collect()
}

/// The response to the browser, or the rejection to show on the page. `return_to` is where it was going, `expired` are
/// the cookies to delete.
///
/// # Errors
/// The page that leads on cannot be rendered.
pub async fn respond(
    request: &SignInRequest,
    outcome: Outcome,
    return_to: &str,
    expired: Option<Cookie<'static>>,
) -> Result<Result<HttpResponse, Rejection>, AppError> {
    let site = &request.site;
    let (response, cookies) = match outcome {
        Outcome::SignedIn(signed_in) => {
            let response = request.target(return_to).await.answer_to_form(&request.page(), site)?;
            (response, session_cookies(site, &request.device, &signed_in))
        }
        Outcome::SecondFactorRequired(token) => {
            let response = see_other(&with_next(VERIFY, return_to)).finish();
            (response, vec![pending_sign_in::issue(site, &token)])
        }
        Outcome::Rejected(rejection) => return Ok(Err(rejection)),
    };
    with_cookies(Ok(response), cookies.into_iter().chain(expired)).map(Ok)
}
