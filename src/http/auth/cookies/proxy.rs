//! The proxy cookie: a session's key, signed, for every host of the cookie domain. Proxies bring it to `/api/authz`, the
//! only place that accepts it.

use actix_web::body::MessageBody;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderValue, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use crate::http::site::Site;
use crate::identity::sessions::{ActiveSession, Key};

use super::session::NAME as SESSION;

const NAME: &str = "munjigi-proxy";

/// The session key that the browser brings, if we signed it for this.
pub fn read(site: &Site, headers: &HeaderMap) -> Option<Key> {
    site.cookie_domain.as_ref()?;
    Key::parse(&site.cookies.open_shared(NAME, headers)?)
}

/// The cookie of a session, unless no domain is set.
pub fn for_session(site: &Site, active: &ActiveSession) -> Option<Cookie<'static>> {
    issue(site, &active.key, active.session.kind.is_remembered())
}

/// Proxies drop what would prolong the cookie, so one of a remembered session is kept as long as that may live.
pub fn issue(site: &Site, key: &Key, remembered: bool) -> Option<Cookie<'static>> {
    let keep = remembered.then(|| Duration::seconds(site.remembered.absolute));
    Some(site.cookies.seal_for(site.cookie_domain.as_ref()?, NAME, key.as_str(), keep))
}

/// What goes with a line that sets or expires the session cookie.
fn proxy_cookie_for(site: &Site, line: &str) -> Option<Cookie<'static>> {
    let (id, attributes) = site.cookies.opened(SESSION, line)?;
    if id.is_empty() {
        let domain = site.cookie_domain.as_ref()?;
        return Some(site.cookies.seal_for(domain, NAME, "", Some(Duration::ZERO)));
    }
    issue(site, &Key::of(&id), attributes.contains("Max-Age"))
}

/// Middleware: wherever a response sets or expires the session cookie, the proxy cookie goes with it. So no sign-in, new id
/// or sign-out, of today or later, can forget it.
pub async fn set_proxy_cookie(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let site = req.app_data::<web::Data<Site>>().filter(|site| site.cookie_domain.is_some()).cloned();
    let mut res = next.call(req).await?;
    let Some(site) = site else { return Ok(res) };
    let lines = res.headers().get_all(SET_COOKIE).filter_map(|line| line.to_str().ok());
    let cookies: Vec<Cookie<'static>> = lines.filter_map(|line| proxy_cookie_for(&site, line)).collect();
    for cookie in cookies {
        if let Ok(line) = HeaderValue::try_from(cookie.to_string()) {
            res.headers_mut().append(SET_COOKIE, line);
        }
    }
    Ok(res)
}
