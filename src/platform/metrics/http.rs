//! Requests, by the pattern of their route.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};

use super::figures::figures;

/// The pattern that a path has met, such as `/board/{id}`: data of each resource.
#[derive(Clone, Copy, Debug)]
pub struct Route(pub &'static str);

impl Route {
    /// No resource has this path, or the door turned the request away before one was looked for.
    pub const NONE: Route = Route("none");

    /// Nothing where no resource was found.
    pub fn pattern(self) -> Option<&'static str> {
        (self.0 != Self::NONE.0).then_some(self.0)
    }
}

/// A request was answered.
pub fn request(route: Route, method: &Method, status: StatusCode, took: Duration) {
    let Some(figures) = figures() else { return };
    figures.http_requests(route.0, method_name(method).unwrap_or("other"), status.as_u16()).inc();
    figures.http_request_duration(route.0).observe(took.as_secs_f64());
}

/// Whatever else a stranger calls a method has no name here.
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
