//! The proxy's headers about the original request. They count only from trusted proxies, and only if each
//! appears once.

use std::borrow::Cow;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderValue};
use percent_encoding::{CONTROLS, percent_encode};

use crate::forward_auth::rules::Target;
use crate::http::client::is_from_trusted_proxy;
use crate::http::{AppError, Site};

/// Prefixes of the headers that proxies set, with an underscore for each character that is no letter or digit: CGI and
/// WSGI read hyphens and underscores alike, and some servers every such character.
const RESERVED: [&str; 3] = ["x_forwarded_", "x_original_", "remote_"];

/// The original request to the proxy.
pub struct OriginalRequest {
    pub target: Target,
    pub method: Method,
    /// Whether the proxy cannot pass on redirects.
    pub by_nginx: bool,
}

impl OriginalRequest {
    /// From `X-Forwarded-Method -Proto -Host -Uri`.
    ///
    /// # Errors
    /// 400 for headers that are missing, duplicated or cannot be normalised, and for any untrusted peer.
    pub fn by_forward_auth(req: &HttpRequest, site: &Site) -> Result<Self, AppError> {
        let headers = proxy_headers(req)?;
        let target = Target::new(
            one(headers, "x-forwarded-proto")?,
            one(headers, "x-forwarded-host")?,
            &address(headers, "x-forwarded-uri")?,
        );
        Self::new(target, one(headers, "x-forwarded-method")?, false, site)
    }

    /// From `X-Original-URL` and `X-Original-Method`.
    ///
    /// # Errors
    /// As above.
    pub fn by_auth_request(req: &HttpRequest, site: &Site) -> Result<Self, AppError> {
        let headers = proxy_headers(req)?;
        let target = Target::parse(&address(headers, "x-original-url")?);
        Self::new(target, one(headers, "x-original-method")?, true, site)
    }

    fn new(target: Option<Target>, method: &str, by_nginx: bool, site: &Site) -> Result<Self, AppError> {
        let target = target.ok_or_else(|| refuse("the address cannot be normalised"))?;
        // Secure cookies are never sent to such a page, so signing in for it would loop.
        if target.scheme == "http" && site.public_url.scheme() == "https" {
            return Err(refuse("the app uses http; https is required, as for the portal"));
        }
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| refuse("the method is invalid"))?;
        Ok(Self { target, method, by_nginx })
    }
}

/// The proxy's headers, if the peer is trusted and each header is well-formed.
fn proxy_headers(req: &HttpRequest) -> Result<&HeaderMap, AppError> {
    if !is_from_trusted_proxy(req) {
        let peer = req.peer_addr().map(|address| address.ip());
        tracing::warn!(?peer, "proxy headers from a peer that is not listed in MUNJIGI_TRUSTED_PROXIES");
        return Err(AppError::BadRequest);
    }
    let headers = req.headers();
    let is_doubled = headers.get_all("x-forwarded-for").nth(1).is_some();
    if is_doubled || headers.keys().any(|name| is_disguised(name.as_str())) {
        return Err(refuse("a proxy header is duplicated, or imitated with another character for a hyphen"));
    }
    Ok(headers)
}

/// Whether some program would take the name for one of the reserved ones, which have hyphens alone.
fn is_disguised(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let read = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    !name.chars().all(is_plain) && RESERVED.iter().any(|reserved| read.starts_with(reserved))
}

/// Logs the reason, which the response does not contain.
fn refuse(why: &str) -> AppError {
    tracing::info!(why, "forward-auth request rejected");
    AppError::BadRequest
}

/// The one value of a header.
fn one<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, AppError> {
    let value = std::str::from_utf8(one_value(headers, name)?);
    value.map_err(|_| refuse(&format!("{name} is no text")))
}

/// The one value of a header that holds an address. Bytes that are not UTF-8 count as if they were encoded.
fn address<'h>(headers: &'h HeaderMap, name: &str) -> Result<Cow<'h, str>, AppError> {
    let value = one_value(headers, name)?;
    let encoded = |_| Cow::from(percent_encode(value, CONTROLS).to_string());
    Ok(std::str::from_utf8(value).map_or_else(encoded, Cow::from))
}

fn one_value<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h [u8], AppError> {
    let mut values = headers.get_all(name);
    let value = values.next().filter(|_| values.next().is_none());
    value.map(HeaderValue::as_bytes).ok_or_else(|| refuse(&format!("{name} is missing or doubled")))
}
