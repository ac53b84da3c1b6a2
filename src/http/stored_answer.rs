//! An answer that is stored for a moment, to be given again.

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, SET_COOKIE};
use serde::{Deserialize, Serialize};
use url::Url;

use super::headers::ContentPolicy;

/// Larger answers are not stored.
const MAX_BYTES: usize = 256 * 1024;

#[derive(Serialize, Deserialize)]
pub struct StoredAnswer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    /// The origin that the page's form finally redirects to, if not this one.
    form_to: Option<String>,
}

impl StoredAnswer {
    /// The response, and a copy of it to keep; no copy of errors, and of anything but redirects and pages.
    pub async fn of(
        response: HttpResponse<impl MessageBody + 'static>,
    ) -> (HttpResponse<BoxBody>, Option<Self>) {
        let response = response.map_into_boxed_body();
        let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
        let is_stored = match response.status() {
            StatusCode::SEE_OTHER => true,
            StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY => is_page,
            _ => false,
        };
        if !is_stored {
            return (response, None);
        }
        let (response, body) = response.into_parts();
        let Ok(body) = to_bytes(body).await else { return (response.set_body(BoxBody::new(())), None) };
        let stored = String::from_utf8(body.to_vec()).ok().filter(|body| body.len() <= MAX_BYTES);
        let response = response.set_body(BoxBody::new(body));
        let stored = stored.and_then(|body| Self::copy(&response, body));
        (response, stored)
    }

    fn copy(response: &HttpResponse<BoxBody>, body: String) -> Option<Self> {
        let text = |(name, value): (&HeaderName, &HeaderValue)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        };
        let headers = response.headers().iter().map(text).collect::<Option<_>>()?;
        let form_to = match response.extensions().get::<ContentPolicy>() {
            Some(ContentPolicy::FormTo(origin)) => Some(origin.ascii_serialization()),
            Some(ContentPolicy::ForeignHost { .. } | ContentPolicy::FormElsewhere | ContentPolicy::Inert) => {
                return None;
            }
            None => None,
        };
        Some(Self { status: response.status().as_u16(), headers, body, form_to })
    }

    /// The `Set-Cookie` lines.
    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        let is_cookie = |(name, _): &&(String, String)| *name == SET_COOKIE.as_str();
        self.headers.iter().filter(is_cookie).map(|(_, line)| line.as_str())
    }

    /// The response once more.
    pub fn give(self) -> HttpResponse<BoxBody> {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = HttpResponse::new(status).set_body(BoxBody::new(self.body));
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                response.headers_mut().append(name, value);
            }
        }
        if let Some(url) = self.form_to.and_then(|origin| Url::parse(&origin).ok()) {
            response.extensions_mut().insert(ContentPolicy::FormTo(url.origin()));
        }
        response
    }
}
