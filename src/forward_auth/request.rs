//! What a proxy tells of the request that it holds back. It counts from trusted proxies alone, and if it is told once.

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::HeaderMap;

use crate::forward_auth::rules::Target;
use crate::http::client::is_from_trusted_proxy;
use crate::http::{AppError, Site};

/// Beginnings of the names that proxies write. Some programs take an underscore in a name for a hyphen.
const RESERVED: [&str; 3] = ["x_forwarded_", "x_original_", "remote_"];

/// The request that somebody sent to the proxy.
pub struct OriginalRequest {
    pub target: Target,
    pub method: Method,
    /// Whether the proxy understands no redirect.
    pub by_nginx: bool,
}

impl OriginalRequest {
    /// From `X-Forwarded-Method -Proto -Host -Uri`.
    ///
    /// # Errors
    /// 400 for what is missing, doubled or cannot be normalised, and for whatever an untrusted peer says.
    pub fn by_forward_auth(req: &HttpRequest, site: &Site) -> Result<Self, AppError> {
        let headers = told(req)?;
        let target = Target::new(
            one(headers, "x-forwarded-proto")?,
            one(headers, "x-forwarded-host")?,
            one(headers, "x-forwarded-uri")?,
        );
        Self::new(target, one(headers, "x-forwarded-method")?, false, site)
    }

    /// From `X-Original-URL` and `X-Original-Method`.
    ///
    /// # Errors
    /// As above.
    pub fn by_auth_request(req: &HttpRequest, site: &Site) -> Result<Self, AppError> {
        let headers = told(req)?;
        let target = Target::parse(one(headers, "x-original-url")?);
        Self::new(target, one(headers, "x-original-method")?, true, site)
    }

    fn new(target: Option<Target>, method: &str, by_nginx: bool, site: &Site) -> Result<Self, AppError> {
        let target = target.ok_or_else(|| refuse("the address cannot be normalised"))?;
        // Cookies for https never reach such a page: whoever signed in for it would be sent to sign in again, and again.
        if target.scheme == "http" && site.public_url.scheme() == "https" {
            return Err(refuse("the app is asked for by http; it takes https, as the portal does"));
        }
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| refuse("the method is none"))?;
        Ok(Self { target, method, by_nginx })
    }
}

/// The headers, if whoever wrote them is trusted and wrote each as it should be.
fn told(req: &HttpRequest) -> Result<&HeaderMap, AppError> {
    if !is_from_trusted_proxy(req) {
        let peer = req.peer_addr().map(|address| address.ip());
        tracing::warn!(?peer, "it asks as proxies do, but is not listed in MUNJIGI_TRUSTED_PROXIES");
        return Err(AppError::BadRequest);
    }
    let headers = req.headers();
    let is_disguised = |name: &str| {
        name.contains('_') && RESERVED.iter().any(|reserved| name.replace('-', "_").starts_with(reserved))
    };
    let is_doubled = headers.get_all("x-forwarded-for").nth(1).is_some();
    if is_doubled || headers.keys().any(|name| is_disguised(name.as_str())) {
        return Err(refuse("a proxy's header is doubled, or imitated with an underscore"));
    }
    Ok(headers)
}

/// Says in the log what the answer does not.
fn refuse(why: &str) -> AppError {
    tracing::info!(why, "a proxy's question was refused");
    AppError::BadRequest
}

/// The one value of a header.
fn one<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, AppError> {
    let mut values = headers.get_all(name);
    let value = values.next().filter(|_| values.next().is_none());
    let text = value.and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    text.ok_or_else(|| refuse(&format!("{name} is missing, doubled or no text")))
}
