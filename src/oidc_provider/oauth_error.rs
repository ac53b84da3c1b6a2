//! Errors of the endpoints that programs call (RFC 6749 §5.2).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE};
use serde_json::json;

use crate::identity::oidc::TokenRefusal;
use crate::identity::unit_of_work::Failure;

/// Seconds after which an app may try again when a dependency does not answer.
const COME_BACK_SOON: u64 = 2;

pub fn refuse(refusal: &TokenRefusal) -> HttpResponse {
    let Some(code) = refusal.code() else { return fail(refusal) };
    let status = match refusal {
        TokenRefusal::InvalidClient => StatusCode::UNAUTHORIZED,
        _ => StatusCode::BAD_REQUEST,
    };
    let mut response = HttpResponse::build(status);
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"apps\", charset=\"UTF-8\""));
    }
    response.insert_header((PRAGMA, "no-cache"));
    response.json(json!({"error": code, "error_description": refusal.to_string()}))
}

/// A dependency did not answer, or the app has tried too often.
fn fail(refusal: &TokenRefusal) -> HttpResponse {
    let (status, code, wait) = match refusal {
        TokenRefusal::Failed(Failure::TooManyAttempts { retry_after }) => {
            (StatusCode::TOO_MANY_REQUESTS, "temporarily_unavailable", Some(*retry_after))
        }
        TokenRefusal::Failed(Failure::Unavailable(cause)) => {
            tracing::warn!(cause = %format!("{cause:#}"), "unavailable");
            (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", Some(COME_BACK_SOON))
        }
        other => {
            tracing::error!(cause = %other, "internal error");
            (StatusCode::INTERNAL_SERVER_ERROR, "server_error", None)
        }
    };
    let mut response = HttpResponse::build(status);
    if let Some(seconds) = wait {
        response.insert_header((RETRY_AFTER, seconds));
    }
    response.json(json!({"error": code}))
}
