//! Errors as the API tells them: `application/problem+json` (RFC 9457).

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use utoipa::ToSchema;

use super::Page;
use super::error::Explained;
use super::form::{self, Problems};

pub const CONTENT_TYPE: &str = "application/problem+json";

/// What went wrong, for programs by its status, for people in their language (RFC 9457).
#[derive(Serialize, ToSchema)]
pub struct Problem<'a> {
    /// No page of its own tells more than the status does (RFC 9457 §4.2.1).
    #[schema(example = "about:blank")]
    r#type: &'static str,
    title: &'static str,
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    detail: &'static str,
    /// By it the operator finds the request in the log.
    request_id: &'a str,
    /// One for each field that is wrong, as in the example of RFC 9457 §3.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError<'a>>,
}

#[derive(Serialize, ToSchema)]
struct FieldError<'a> {
    detail: &'a str,
    /// Where in the body it stands (RFC 6901, as a fragment).
    #[schema(example = "#/title")]
    pointer: String,
}

/// Whether a program asks, not a browser that shows pages.
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path.starts_with("/.well-known/")
}

/// Whether a path of the API is written such that only routes, which decode it, take it for one. Nobody who means well
/// encodes plain letters.
pub fn is_disguised_api(path: &str) -> bool {
    path.contains('%') && !is_api(path) && is_api(&percent_decode_str(path).decode_utf8_lossy())
}

/// The problem of a response that has none yet.
pub fn of(req: &HttpRequest, response: &HttpResponse<BoxBody>, request_id: &str) -> String {
    let status = response.status();
    let page = Page::of(req);
    let (title, detail) = page.t.error.of(status);
    let extensions = response.extensions();
    let detail = extensions.get::<Explained>().map_or(detail, |Explained(text)| text(&page.t.error));
    let faults = extensions.get::<Problems>().map(Problems::list).unwrap_or_default();
    fn error(fault: &form::Problem) -> FieldError<'_> {
        let slash = if fault.field.is_empty() { "" } else { "/" };
        FieldError { detail: &fault.text, pointer: format!("#{slash}{}", fault.field) }
    }
    let problem = Problem {
        r#type: "about:blank",
        title,
        status: status.as_u16(),
        detail,
        request_id,
        errors: faults.iter().map(error).collect(),
    };
    serde_json::to_string(&problem).expect("texts and a number are JSON")
}
