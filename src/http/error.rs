//! The errors of a request and their responses. The middleware renders the page.

use std::rc::Rc;

use actix_web::body::BoxBody;
use actix_web::http::ConnectionType;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};

use crate::board::PostProblem;
use crate::i18n::translate::Translate;
use crate::i18n::{ErrorTexts, Texts};
use crate::identity::invalid::Invalid;

use super::problems::Problems;

/// `Retry-After`, in seconds, when a dependency is unreachable or too busy.
const COME_BACK_SOON: u64 = 2;

/// Challenges a program to authenticate within the last ten minutes (RFC 9470 §3).
const STEP_UP: &str = "Bearer error=\"insufficient_user_authentication\", max_age=\"600\"";

/// The rule that denied a request, passed on to the error page.
#[derive(Clone)]
pub struct DeniedBy(pub String);

/// A more helpful sentence than that of the status, passed on to the response.
#[derive(Clone, Copy)]
pub struct Explained(pub fn(&ErrorTexts) -> &'static str);

/// Refused values, passed on to the middleware, which knows the language.
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
    /// The request is for a host name that is not ours (RFC 9110 §15.5.20).
    #[error("not for this host")]
    Misdirected,
    #[error("a cross-site request")]
    CrossSite,
    /// The request has no valid credentials (RFC 9110 §15.5.2).
    #[error("no valid credentials")]
    Unauthorized,
    /// A sign-in failed. Contains only reasons that may be disclosed.
    #[error("the sign-in failed")]
    SignInFailed(Problems),
    /// The token is malformed, expired or revoked (RFC 6750 §3.1).
    #[error("invalid or expired token")]
    BadToken,
    /// The token lacks this scope.
    #[error("the token lacks the scope {0}")]
    OutOfScope(&'static str),
    /// Only a session may do this, not an API token.
    #[error("only a session may do this")]
    NeedsSession,
    #[error("not allowed")]
    Forbidden,
    /// The account must have a second factor and has none yet.
    #[error("a second factor must be set up first")]
    SetUpFirst,
    /// A sensitive action requires re-authentication. Holds the page, and the seconds to wait after too many
    /// wrong attempts.
    #[error("re-authentication required")]
    Confirm { html: String, retry_after: Option<u64> },
    /// The same for a program (RFC 9470 §3), with the proofs that it may send.
    #[error("re-authentication required")]
    ReauthRequired(Problems),
    /// A rule denied the request. `rule` is for the log and for staff; with `hidden`, the response is 404 and
    /// does not disclose that the object exists.
    #[error("denied by {rule}")]
    Denied { rule: String, hidden: bool },
    /// The session was revoked while the request was in progress: redirect to sign-in.
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
    /// The submitted values are invalid: the API's counterpart to a page that shows a refused form.
    #[error("what was sent has faults")]
    Refused(Problems),
    /// The same, not yet translated into the request's language.
    #[error(transparent)]
    Invalid(Invalid),
    #[error(transparent)]
    InvalidPost(Invalid<PostProblem>),
    #[error("it was changed concurrently")]
    Conflict,
    #[error("too many attempts")]
    TooMany { retry_after: u64 },
    /// A dependency is unreachable or too busy. No user is signed out because of this.
    #[error("unavailable: {0}")]
    Unavailable(anyhow::Error),
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
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

    /// The response without a page. Causes are logged here, once, and never included in the response.
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
                response.extensions_mut().insert(Explained(|t| t.reauth_required));
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
            // Do not wait for the rest of the body.
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
            Self::CrossSite => tracing::warn!("cross-site request rejected"),
            _ => {}
        }
        response
    }
}

/// The credentials that would be accepted (RFC 9110 §11.6.1).
fn challenge(response: &mut HttpResponse, text: &str) {
    if let Ok(value) = HeaderValue::try_from(text) {
        response.headers_mut().insert(WWW_AUTHENTICATE, value);
    }
}
