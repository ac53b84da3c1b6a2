//! The proxy cookie: a session's key, signed, for every host of the cookie domain. Proxies forward it to
//! `/api/authz`, which is the only endpoint that accepts it.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderValue, SET_COOKIE};
use actix_web::middleware::Next;

use crate::http::ctx::service;
use crate::http::site::Site;
use crate::identity::sessions::{ActiveSession, Key};

use super::session::NAME as SESSION;

const NAME: &str = "munjigi-proxy";

/// The session keys in the browser's cookies, if this server signed them for this purpose. Usually there is one.
pub fn read(site: &Site, headers: &HeaderMap) -> Vec<Key> {
    if site.cookie_domain.is_none() {
        return Vec::new();
    }
    let mut keys: Vec<Key> = Vec::new();
    for key in site.cookies.open_shared(NAME, headers).iter().filter_map(|value| Key::parse(value)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The cookie of a session; none if no domain is set.
pub fn for_session(site: &Site, active: &ActiveSession) -> Option<Cookie<'static>> {
    issue(site, &active.key, active.session.kind.is_remembered())
}

/// Proxies drop the headers that would renew the cookie, so a remembered session's cookie lasts for the
/// session's maximum lifetime.
pub fn issue(site: &Site, key: &Key, remembered: bool) -> Option<Cookie<'static>> {
    let keep = remembered.then(|| Duration::seconds(site.remembered.absolute));
    Some(site.cookies.seal_for(site.cookie_domain.as_ref()?, NAME, key.as_str(), keep))
}

/// The proxy cookie to send with a `Set-Cookie` line that sets or expires the session cookie.
fn proxy_cookie_for(site: &Site, line: &str) -> Option<Cookie<'static>> {
    let (id, attributes) = site.cookies.opened(SESSION, line)?;
    if id.is_empty() {
        let domain = site.cookie_domain.as_ref()?;
        return Some(site.cookies.seal_for(domain, NAME, "", Some(Duration::ZERO)));
    }
    issue(site, &Key::of(&id), attributes.contains("Max-Age"))
}

/// Middleware: whenever a response sets or expires the session cookie, it does the same to the proxy cookie.
/// No sign-in, session rotation or sign-out can forget it, now or later. Needed only with a cookie domain.
pub async fn set_proxy_cookie(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let site = service::<Site>(req.request())?;
    let mut res = next.call(req).await?;
    let lines = res.headers().get_all(SET_COOKIE).filter_map(|line| line.to_str().ok());
    let cookies: Vec<Cookie<'static>> = lines.filter_map(|line| proxy_cookie_for(&site, line)).collect();
    for cookie in cookies {
        if let Ok(line) = HeaderValue::try_from(cookie.to_string()) {
            res.headers_mut().append(SET_COOKIE, line);
        }
    }
    Ok(res)
}
