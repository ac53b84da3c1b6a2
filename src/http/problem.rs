//! Errors of the API: `application/problem+json` (RFC 9457).

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::{Explained, Untranslated};
use super::page::Page;
use super::problems::{Problem, Problems};

pub const CONTENT_TYPE: &str = "application/problem+json";

/// What went wrong, for programs by its status, for people in their language (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDetails<'a> {
    /// No separate page says more than the status does (RFC 9457 §4.2.1).
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

/// The problem for a response that has none yet.
pub fn of(req: &HttpRequest, response: &HttpResponse<BoxBody>, request_id: &str) -> String {
    let status = response.status();
    let page = Page::of(req);
    let (title, detail) = page.t.error.of(status);
    let extensions = response.extensions();
    let detail = extensions.get::<Explained>().map_or(detail, |Explained(text)| text(&page.t.error));
    let translated = extensions.get::<Untranslated>().map(|invalid| invalid.translate(page.t));
    let faults = translated.as_ref().or_else(|| extensions.get::<Problems>());
    let faults = faults.map(Problems::list).unwrap_or_default();
    fn error(fault: &Problem) -> FieldError<'_> {
        let slash = if fault.field.is_empty() { "" } else { "/" };
        FieldError { detail: &fault.text, pointer: format!("#{slash}{}", fault.field) }
    }
    let problem = ProblemDetails {
        r#type: "about:blank",
        title,
        status: status.as_u16(),
        detail,
        request_id,
        errors: faults.iter().map(error).collect(),
    };
    serde_json::to_string(&problem).expect("texts and a number are JSON")
}
