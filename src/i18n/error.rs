//! Titles and sentences of the error pages.

use actix_web::http::StatusCode;

use super::locales::ErrorTexts;

impl ErrorTexts {
    /// Title and sentence for a status.
    pub fn of(&self, status: StatusCode) -> (&'static str, &'static str) {
        match status.as_u16() {
            400 => (self.bad_request, self.bad_request_help),
            401 => (self.unauthorized, self.unauthorized_help),
            403 => (self.forbidden, self.forbidden_help),
            404 => (self.not_found, self.not_found_help),
            405 => (self.method, self.method_help),
            409 => (self.conflict, self.conflict_help),
            408 => (self.timeout, self.timeout_help),
            413 => (self.too_large, self.too_large_help),
            415 => (self.media_type, self.media_type_help),
            421 => (self.misdirected, self.misdirected_help),
            422 => (self.unprocessable, self.unprocessable_help),
            429 => (self.too_many, self.too_many_help),
            500 => (self.internal, self.internal_help),
            503 => (self.unavailable, self.unavailable_help),
            _ => (self.other, self.other_help),
        }
    }
}
