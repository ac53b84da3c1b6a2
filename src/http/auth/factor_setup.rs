//! Members who must set up a second factor: every page redirects them to the setup page until they have done so.

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::page::see_other;
use crate::http::return_to::requested;

/// The page for setting up a second factor.
pub const PAGE: &str = "/security/totp";

/// Redirects to the setup page, which returns to the requested page afterwards if the request was for a page.
pub(super) fn redirect_to_setup(req: &ServiceRequest) -> HttpResponse {
    let address = match req.path() {
        "/" => PAGE.to_owned(),
        _ if !req.method().is_safe() => PAGE.to_owned(),
        "/login" | "/register" => match requested(req.query_string()) {
            wanted if wanted.is_empty() => PAGE.to_owned(),
            wanted => setup_url(&wanted),
        },
        path => setup_url(req.uri().path_and_query().map_or(path, |place| place.as_str())),
    };
    see_other(&address).finish()
}

/// The address of the setup page, including where to go next.
pub fn setup_url(wanted: &str) -> String {
    format!("{PAGE}?next={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC))
}

/// Pages that signed-in members do not need; they are redirected immediately.
pub(super) fn redirects_members(req: &ServiceRequest) -> bool {
    req.method().is_safe() && matches!(req.path(), "/" | "/login" | "/register")
}
