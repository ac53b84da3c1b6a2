//! Errors as the API tells them: `application/problem+json` (RFC 9457).

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::Page;

pub const CONTENT_TYPE: &str = "application/problem+json";

/// What went wrong, for programs by its status, for people in their language.
#[derive(Serialize)]
struct Problem<'a> {
    /// No page of its own tells more than the status does (RFC 9457 §4.2.1).
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'static str,
    request_id: &'a str,
}

/// Whether a program asks, not a browser that shows pages.
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

pub fn of_status(req: &HttpRequest, status: StatusCode, request_id: &str) -> String {
    let (title, detail) = Page::of(req).t.error.of(status);
    let problem = Problem { r#type: "about:blank", title, status: status.as_u16(), detail, request_id };
    serde_json::to_string(&problem).expect("texts and a number are JSON")
}
