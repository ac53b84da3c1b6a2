//! What can go wrong in a request, and the answer to it. The door gives it its page.

use std::rc::Rc;

use actix_web::body::BoxBody;
use actix_web::http::ConnectionType;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};

use crate::board::PostProblem;
use crate::i18n::Texts;
use crate::i18n::error::ErrorTexts;
use crate::i18n::translate::Translate;
use crate::identity::invalid::Invalid;

use super::problems::Problems;

/// Seconds after which it is worth coming back when a part we need was out of reach or too busy.
const COME_BACK_SOON: u64 = 2;

/// Asks a program for a proof that is at most ten minutes old (RFC 9470 §3).
const STEP_UP: &str = "Bearer error=\"insufficient_user_authentication\", max_age=\"600\"";

/// The rule that denied a request, on its way to the error page.
#[derive(Clone)]
pub struct DeniedBy(pub String);

/// A sentence that helps more than the one of the status, on its way to the answer.
#[derive(Clone, Copy)]
pub struct Explained(pub fn(&ErrorTexts) -> &'static str);

/// Refused values, on their way to the answer, which knows the language.
#[derive(Clone)]
pub struct Untranslated(Rc<dyn Fn(&Texts) -> Problems>);

impl Untranslated {
    fn of<R: Translate + Clone + std::fmt::Debug + 'static>(invalid: &Invalid<R>) -> Self {
        let invalid = invalid.clone();
        Self(Rc::new(move |t| Problems::translate(&invalid, t)))
    }

    pub fn translate(&self, t: &Texts) -> Problems {
        (self.0)(t)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("the request cannot be read")]
    BadRequest,
    #[error("a cross-site request")]
    CrossSite,
    /// A program asks without valid credentials (RFC 9110 §15.5.2).
    #[error("nobody is signed in")]
    Unauthorized,
    /// A sign-in failed; this says why, as far as anyone may know.
    #[error("the sign-in failed")]
    SignInFailed(Problems),
    /// What a program brings as its token is none, or not any more (RFC 6750 §3.1).
    #[error("invalid or expired token")]
    BadToken,
    /// The token lacks this scope.
    #[error("the token lacks the scope {0}")]
    OutOfScope(&'static str),
    /// An API token cannot do what only a session may.
    #[error("only a session may do this")]
    NeedsSession,
    #[error("not allowed")]
    Forbidden,
    /// The account must have a second factor, and has none yet.
    #[error("a second factor must be set up first")]
    SetUpFirst,
    /// A sensitive act asks again who it is; this is the page that does, and how long to wait where too much was wrong.
    #[error("re-authentication required")]
    Confirm { html: String, retry_after: Option<u64> },
    /// The same for a program (RFC 9470 §3), with what it may send.
    #[error("re-authentication required")]
    ReauthRequired(Problems),
    /// A rule said no. `rule` is for the log and for staff; who must not learn that something is there gets 404.
    #[error("denied by {rule}")]
    Denied { rule: String, hidden: bool },
    /// The session ended while its request was under way: go to sign-in.
    #[error("the session was revoked concurrently")]
    SessionOver,
    #[error("there is nothing here")]
    NotFound,
    #[error("the method does not fit")]
    MethodNotAllowed(Vec<Method>),
    #[error("the body did not come in time")]
    TooSlow,
    #[error("the body is too large")]
    TooLarge,
    #[error("the body is of another type than expected")]
    UnsupportedMediaType,
    #[error("the body is of another shape than expected")]
    Unprocessable,
    /// What was sent has these faults: the API's answer to what a page shows as a refused form.
    #[error("what was sent has faults")]
    Refused(Problems),
    /// The same, to be put into the request's language.
    #[error(transparent)]
    Invalid(Invalid),
    #[error(transparent)]
    InvalidPost(Invalid<PostProblem>),
    #[error("it was changed concurrently")]
    Conflict,
    #[error("too many attempts")]
    TooMany { retry_after: u64 },
    /// A part that we need is out of reach or too busy; nobody is signed out by that.
    #[error("unavailable: {0}")]
    Unavailable(anyhow::Error),
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unauthorized | Self::BadToken => StatusCode::UNAUTHORIZED,
            Self::SignInFailed(_) | Self::ReauthRequired(_) => StatusCode::UNAUTHORIZED,
            Self::CrossSite | Self::Forbidden | Self::Denied { hidden: false, .. } => StatusCode::FORBIDDEN,
            Self::OutOfScope(_) | Self::NeedsSession | Self::SetUpFirst => StatusCode::FORBIDDEN,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Confirm { retry_after: Some(_), .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Confirm { .. } | Self::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(_) | Self::Invalid(_) | Self::InvalidPost(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::SessionOver => StatusCode::SEE_OTHER,
            Self::NotFound | Self::Denied { hidden: true, .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The bare answer. Causes go to the log here, once, and never into the answer.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        match self {
            Self::MethodNotAllowed(methods) => {
                let list = methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
                if let Ok(value) = HeaderValue::try_from(list) {
                    response.headers_mut().insert(ALLOW, value);
                }
            }
            Self::Confirm { html, retry_after } => {
                let kind = HeaderValue::from_static("text/html; charset=utf-8");
                response.headers_mut().insert(CONTENT_TYPE, kind);
                let wait = retry_after.map(HeaderValue::from);
                wait.into_iter().for_each(|wait| drop(response.headers_mut().insert(RETRY_AFTER, wait)));
                return response.set_body(BoxBody::new(html.clone()));
            }
            Self::Refused(problems) => drop(response.extensions_mut().insert(problems.clone())),
            Self::Invalid(invalid) => drop(response.extensions_mut().insert(Untranslated::of(invalid))),
            Self::InvalidPost(invalid) => drop(response.extensions_mut().insert(Untranslated::of(invalid))),
            Self::Denied { rule, .. } => {
                tracing::info!(%rule, "denied");
                response.extensions_mut().insert(DeniedBy(rule.clone()));
            }
            Self::SignInFailed(problems) => {
                challenge(&mut response, "Bearer");
                response.extensions_mut().insert(problems.clone());
            }
            Self::ReauthRequired(problems) => {
                challenge(&mut response, STEP_UP);
                response.extensions_mut().insert(Explained(|t| t.not_shown_lately));
                response.extensions_mut().insert(problems.clone());
            }
            Self::Unauthorized => challenge(&mut response, "Bearer"),
            Self::BadToken => challenge(&mut response, "Bearer error=\"invalid_token\""),
            Self::OutOfScope(scope) => {
                challenge(&mut response, &format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\""))
            }
            Self::TooMany { retry_after } => {
                drop(response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*retry_after)))
            }
            Self::Unavailable(cause) => {
                tracing::warn!(cause = %format!("{cause:#}"), "unavailable");
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(COME_BACK_SOON));
            }
            Self::Internal(cause) => tracing::error!(cause = %format!("{cause:#}"), "internal error"),
            // What is left of such a body is not worth waiting for.
            Self::TooLarge | Self::TooSlow => response.head_mut().set_connection_type(ConnectionType::Close),
            Self::SessionOver => {
                drop(response.headers_mut().insert(LOCATION, HeaderValue::from_static("/login")));
            }
            Self::SetUpFirst => {
                response.extensions_mut().insert(Explained(|t| t.set_up_first));
            }
            Self::NeedsSession => {
                response.extensions_mut().insert(Explained(|t| t.needs_session));
            }
            Self::CrossSite => tracing::warn!("a cross-site request was refused"),
            _ => {}
        }
        response
    }
}

/// What credentials would help (RFC 9110 §11.6.1).
fn challenge(response: &mut HttpResponse, text: &str) {
    if let Ok(value) = HeaderValue::try_from(text) {
        response.headers_mut().insert(WWW_AUTHENTICATE, value);
    }
}
