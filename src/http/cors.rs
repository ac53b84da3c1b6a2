//! Opens the API to pages of listed origins (the Fetch standard's CORS protocol). Other origins get no CORS headers.

use std::collections::HashSet;
use std::rc::Rc;

use actix_cors::Cors;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION,
    CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, ORIGIN, RETRY_AFTER, VARY,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};
use url::Origin;

use super::api_path::is_api;
use super::error::AppError;
use super::provider_path::is_open_to_origins;

/// Seconds for which a browser may cache the preflight's answer.
const PREFLIGHT_KEPT: usize = 600;

/// The origins whose pages may call the API, as browsers write them.
#[derive(Clone, Default)]
pub struct Origins(HashSet<String>);

impl Origins {
    pub fn new(origins: &HashSet<Origin>) -> Self {
        Self(origins.iter().map(Origin::ascii_serialization).collect())
    }

    /// Whether this request is for the API and comes from a listed origin, compared byte for byte; false if
    /// it names more than one origin.
    pub fn opens(&self, path: &str, headers: &HeaderMap) -> bool {
        let mut origins = headers.get_all(ORIGIN);
        let (Some(origin), None) = (origins.next(), origins.next()) else { return false };
        is_api(path) && origin.to_str().is_ok_and(|origin| self.0.contains(origin))
    }

    /// What a listed origin may do.
    pub fn policy(&self) -> Rc<Cors> {
        let cors = Cors::default()
            .allowed_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
            .allowed_headers([AUTHORIZATION, CONTENT_TYPE, ACCEPT_LANGUAGE])
            .expose_headers([LOCATION, RETRY_AFTER])
            .supports_credentials()
            .max_age(PREFLIGHT_KEPT);
        Rc::new(self.0.iter().fold(cors, |cors, origin| cors.allowed_origin(origin)))
    }
}

/// Middleware inside the outer one, so that preflight responses also get headers and a log line.
pub async fn cors(
    origins: Rc<Origins>,
    policy: Rc<Cors>,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if is_open_to_origins(req.path()) {
        return open_to_all(req, next).await;
    }
    // The crate would announce to every origin that credentials are allowed, so it runs for listed origins only.
    if origins.opens(req.path(), req.headers()) {
        let opened = policy.new_transform(next).await;
        let opened = opened.map_err(|()| anyhow::anyhow!("the CORS settings are refused"));
        return Ok(opened.map_err(AppError::from)?.call(req).await?.map_into_boxed_body());
    }
    let differs = is_api(req.path()) && !origins.0.is_empty();
    let mut res = next.call(req).await?.map_into_boxed_body();
    if differs {
        res.headers_mut().append(VARY, HeaderValue::from_static("Origin"));
    }
    Ok(res)
}

/// Endpoints for pages of every origin, without credentials.
async fn open_to_all(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let is_preflight = req.method() == Method::OPTIONS
        && req.headers().contains_key(ORIGIN)
        && req.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut res = match is_preflight {
        true => req.into_response(HttpResponse::NoContent().finish()),
        false => next.call(req).await?.map_into_boxed_body(),
    };
    let headers = res.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("WWW-Authenticate, Retry-After"));
    if is_preflight {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        let allowed = HeaderValue::from_static("Authorization, Content-Type");
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
        headers.insert(ACCESS_CONTROL_MAX_AGE, PREFLIGHT_KEPT.into());
    }
    Ok(res)
}
