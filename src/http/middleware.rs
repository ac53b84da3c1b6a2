//! Middleware around every request: checks before the handler; afterwards error pages or problems, headers
//! and a log line.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER,
};
use actix_web::http::{ConnectionType, Method};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;
use futures_util::FutureExt;

use crate::platform::metrics;
use crate::platform::metrics::Route;
use crate::platform::traces::{Answered, Span};

use super::api_path::{is_api, is_disguised_api};
use super::body;
use super::body::BesideUnread;
use super::client::{RequestId, address_of, is_from_trusted_proxy, traceparent, warn_of_misread_proxy};
use super::error::AppError;
use super::error::DeniedBy;
use super::page::Page;
use super::site::Site;
use super::{cross_site, problem};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the log line needs from the request, copied before the request is passed on.
struct RequestLog {
    started: Instant,
    id: String,
    method: Method,
    path: String,
    address: IpAddr,
    span: Span,
    site: web::Data<Site>,
}

/// The outermost middleware of the app. It refuses foreign host names before anything else reads the request.
pub async fn respond(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let log = RequestLog::of(&req);
    req.extensions_mut().insert(RequestId(log.id.clone()));
    warn_of_misread_proxy(req.request(), &log.site);
    if let Err(error) = log.site.hosts.check(req.request(), is_from_trusted_proxy) {
        let mut res = reject_unread(req, error).await;
        log.finish(Route::NONE, res.response_mut());
        return Ok(res);
    }
    let mut res = match log.span.around(AssertUnwindSafe(next.call(req)).catch_unwind()).await {
        Ok(Ok(res)) => res.map_into_boxed_body(),
        Ok(Err(error)) => return Err(log.fallback_500(&error.to_string())),
        Err(_) => return Err(log.fallback_500("a handler panicked")),
    };
    if is_api(&log.path) && is_session_over(res.response()) {
        res = res.error_response(AppError::Unauthorized);
    }
    if has_no_body(res.response()) {
        res = render_error(res, &log.id);
    }
    let route = res.request().app_data::<Route>().copied().unwrap_or(Route::NONE);
    log.finish(route, res.response_mut());
    Ok(res)
}

/// The innermost middleware: rejects requests before a handler sees them.
pub async fn check_request(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if answers_with_tokens(req.path()) {
        req.headers_mut().remove(ACCEPT_ENCODING);
    }
    let site = req.app_data::<web::Data<Site>>().expect("the app has its site").clone();
    let allowed = cross_site::is_allowed(req.method(), req.path(), req.headers(), &site);
    let read = match allowed {
        _ if is_disguised_api(req.path()) => Err(AppError::BadRequest),
        true => body::read(&mut req).await,
        false => Err(AppError::CrossSite),
    };
    match read {
        Ok(()) => Ok(next.call(req).await?.map_into_boxed_body()),
        Err(error) => Ok(reject_unread(req, error).await),
    }
}

/// Whether answers contain tokens or codes. They are not compressed: the length of a compressed answer reveals what a secret in
/// it has in common with what a caller has sent (BREACH), and such answers are too short to gain from it.
fn answers_with_tokens(path: &str) -> bool {
    path.starts_with("/oauth/") || path.starts_with("/api/auth/")
}

/// The response to a request whose body could not be read completely.
async fn reject_unread(mut req: ServiceRequest, error: AppError) -> ServiceResponse<BoxBody> {
    let unread = req.take_payload();
    let id = req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let res = render_error(req.error_response(error), &id);
    let (req, response) = res.into_parts();
    let (response, page) = response.into_parts();
    let page = to_bytes(page).await.unwrap_or_default();
    ServiceResponse::new(req, response.set_body(BoxBody::new(BesideUnread::new(page, unread))))
}

impl RequestLog {
    fn of(req: &ServiceRequest) -> Self {
        Self {
            started: Instant::now(),
            id: RequestId::next().0,
            method: req.method().clone(),
            path: req.path().to_owned(),
            address: address_of(req.request()),
            span: Span::of_request(|| traceparent(req.request())),
            site: req.app_data::<web::Data<Site>>().expect("the app has its site").clone(),
        }
    }

    /// Headers, metrics and the log line. The query is not logged: it may hold private data.
    fn finish(&self, route: Route, response: &mut HttpResponse<BoxBody>) {
        self.site.headers.apply(response);
        if self.site.is_draining() {
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        if let Ok(id) = HeaderValue::try_from(self.id.as_str()) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let took = self.started.elapsed();
        metrics::request(route, &self.method, response.status(), took);
        self.span.answered(Answered {
            route: route.pattern(),
            method: metrics::method_name(&self.method),
            status: response.status().as_u16(),
            request_id: &self.id,
        });
        tracing::info!(
            request_id = %self.id,
            method = %self.method,
            path = ?self.path,
            status = response.status().as_u16(),
            us = took.as_micros() as u64,
            address = %self.address,
            "request"
        );
    }

    /// The response when the handler returned none: the request is lost, the process continues.
    fn fallback_500(&self, cause: &str) -> Error {
        tracing::error!(request_id = %self.id, cause, "internal error");
        let body = format!("500 Internal Server Error\nRequest {}\n", self.id);
        let mut response =
            HttpResponse::InternalServerError().content_type("text/plain; charset=utf-8").body(body);
        self.finish(Route::NONE, &mut response);
        InternalError::from_response(cause.to_owned(), response).into()
    }
}

/// The session was revoked while the request was in progress: a page redirects to sign-in, a program gets an error.
fn is_session_over(response: &HttpResponse<BoxBody>) -> bool {
    let error = response.error().and_then(|error| error.as_error::<AppError>());
    matches!(error, Some(AppError::SessionOver))
}

/// Errors that handlers have already rendered.
const RENDERED: [&str; 3] = ["text/html", problem::CONTENT_TYPE, "application/json"];

/// An error that has no page yet.
fn has_no_body(response: &HttpResponse<BoxBody>) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error && !RENDERED.iter().any(|known| kind.starts_with(known))
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    page: &'a Page,
    status: u16,
    title: &'static str,
    sentence: &'static str,
    request_id: &'a str,
    retry_after: Option<u64>,
    /// The rule that denied the request, shown to staff.
    rule: Option<String>,
}

impl ErrorPage<'_> {
    /// The gate says which: shut, open to nowhere, or resting.
    fn drawing(&self) -> &'static str {
        match self.status {
            401 | 403 | 421 | 429 => "gate-shut",
            404 | 405 | 409 => "gate-open",
            _ => "gate-rest",
        }
    }
}

fn render_error(res: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let (req, response) = res.into_parts();
    let (kind, body) = if is_api(req.path()) {
        (problem::CONTENT_TYPE, problem::of(&req, &response, id))
    } else {
        match render(&req, &response, id) {
            Ok(html) => ("text/html; charset=utf-8", html),
            Err(error) => ("text/plain; charset=utf-8", error.status_code().to_string()),
        }
    };
    let mut response = response.set_body(BoxBody::new(body));
    response.headers_mut().remove(CONTENT_ENCODING);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    ServiceResponse::new(req, response)
}

fn render(req: &HttpRequest, response: &HttpResponse<BoxBody>, id: &str) -> Result<String, AppError> {
    let page = Page::of(req);
    let status = response.status();
    let (title, sentence) = page.t.error.of(status);
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let is_staff = page.member.as_ref().is_some_and(|member| member.staff);
    let denied = response.extensions().get::<DeniedBy>().map(|by| by.0.clone());
    let template = ErrorPage {
        page: &page,
        status: status.as_u16(),
        title,
        sentence,
        request_id: id,
        retry_after,
        rule: denied.filter(|_| is_staff),
    };
    template.render().map_err(|error| AppError::Internal(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Settings};
    use crate::platform::clock::Clock;
    use crate::platform::keys::{Keys, SecretKey};
    use actix_web::http::StatusCode;
    use actix_web::{App, middleware::from_fn, test};
    use url::Url;

    #[actix_web::test]
    async fn a_panic_is_one_500_and_the_next_request_is_served() {
        let config = Config::from_settings(Settings::default()).unwrap();
        let keys = Keys::of_one(&SecretKey::random());
        let site = web::Data::new(Site::new(
            &config,
            Url::parse("https://id.example.org").unwrap(),
            &keys,
            Clock::default(),
        ));
        let app = App::new()
            .app_data(site)
            .route("/panic", web::get().to(async || -> HttpResponse { panic!("secret inside") }))
            .route("/fine", web::get().to(async || "fine"))
            .wrap(from_fn(respond));
        let app = test::init_service(app).await;
        let request =
            |uri| test::TestRequest::get().uri(uri).insert_header(("host", "id.example.org")).to_request();
        let call = test::try_call_service(&app, request("/panic"));
        let response = call.await.expect_err("the last resort").error_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(response.headers().contains_key("content-security-policy"));
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("secret"));
        let fine = test::call_service(&app, request("/fine")).await;
        assert_eq!(fine.status(), StatusCode::OK);
        assert!(fine.headers().contains_key("x-request-id"));
    }
}
