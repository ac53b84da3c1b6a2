//! Requests by the pattern of their route.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};

use super::registry::metrics;

/// The pattern that a path matched, such as `/board/{id}`; app data of each resource.
#[derive(Clone, Copy, Debug)]
pub struct Route(pub &'static str);

impl Route {
    /// No resource matches the path, or the request was rejected before routing.
    pub const NONE: Route = Route("none");

    /// None if no resource was found.
    pub fn pattern(self) -> Option<&'static str> {
        (self.0 != Self::NONE.0).then_some(self.0)
    }
}

/// Records an answered request.
pub fn request(route: Route, method: &Method, status: StatusCode, took: Duration) {
    let Some(metrics) = metrics() else { return };
    metrics.http_requests(route.0, method_name(method).unwrap_or("other"), status.as_u16()).inc();
    metrics.http_request_duration(route.0).observe(took.as_secs_f64());
}

/// The standard name of a method; none for any other, which may be made up.
pub fn method_name(method: &Method) -> Option<&'static str> {
    Some(match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => return None,
    })
}
