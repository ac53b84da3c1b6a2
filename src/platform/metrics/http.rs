//! Requests, by the pattern of their route.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use super::{Label, Times, figures, register_times, seconds};

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

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    method: &'static str,
    status: u16,
}

pub(super) struct Http {
    requests: Family<Answered, Counter>,
    durations: Times<[Label; 1]>,
}

impl Http {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let requests = Family::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        let help = "From a request's head to its answer's";
        Self { requests, durations: register_times(registry, "http_request_duration", help) }
    }
}

/// A request was answered.
pub fn request(route: Route, method: &Method, status: StatusCode, took: Duration) {
    let Some(figures) = figures() else { return };
    let answered =
        Answered { route: route.0, method: method_name(method).unwrap_or("other"), status: status.as_u16() };
    figures.http.requests.get_or_create(&answered).inc();
    figures.http.durations.get_or_create(&[("route", route.0)]).observe(seconds(took));
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
