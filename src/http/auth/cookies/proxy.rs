//! The proxy cookie: a session's key, signed, for every host of the cookie domain. Proxies bring it to `/api/authz`, the
//! only place where it is good for anything.

use actix_web::body::MessageBody;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderValue, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use crate::http::auth::caller::Caller;
use crate::http::cookie_jar::CookieJar;
use crate::identity::Identity;

use super::session::NAME as SESSION;
use crate::identity::sessions::{Id, Key, Kind};

const NAME: &str = "munjigi-proxy";

/// Reads and writes the proxy cookie; writes none where no domain is set.
#[derive(Clone)]
pub struct ProxyCookie {
    jar: CookieJar,
    domain: Option<String>,
    /// Seconds that a remembered session lives at most. Proxies drop what we would send to prolong the cookie.
    keep: i64,
}

impl ProxyCookie {
    pub fn new(jar: CookieJar, domain: Option<String>, keep: i64) -> Self {
        Self { jar, domain, keep }
    }

    /// The session key that the browser brings, if we signed it for this.
    pub fn read(&self, headers: &HeaderMap) -> Option<Key> {
        self.domain.as_ref()?;
        Key::parse(&self.jar.open_shared(NAME, headers)?)
    }

    /// The cookie for a session, unless no domain is set.
    pub fn issue(&self, key: &Key, kind: Kind) -> Option<Cookie<'static>> {
        self.make(key, kind.is_remembered())
    }

    fn make(&self, key: &Key, remembered: bool) -> Option<Cookie<'static>> {
        let keep = remembered.then(|| Duration::seconds(self.keep));
        Some(self.jar.seal_for(self.domain.as_ref()?, NAME, key.as_str(), keep))
    }

    /// What goes along with a line that sets or expires the session cookie.
    fn beside(&self, line: &str) -> Option<Cookie<'static>> {
        let (id, attributes) = self.jar.opened(SESSION, line)?;
        if id.is_empty() {
            return Some(self.jar.seal_for(self.domain.as_ref()?, NAME, "", Some(Duration::ZERO)));
        }
        self.make(&Id(id).key(), attributes.contains("Max-Age"))
    }
}

impl Identity {
    /// The proxy cookie of a caller's own session, unless no domain is set.
    pub fn proxy_cookie_of(&self, caller: &Caller) -> Option<Cookie<'static>> {
        let live = caller.live.as_ref()?;
        self.proxy_cookie.issue(&live.key, live.session.kind)
    }
}

/// Middleware: wherever a response sets the session cookie or takes it away, the proxy cookie goes along. So no sign-in,
/// new id or sign-out, of today or later, can forget it.
pub async fn accompany(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let identity = req.app_data::<web::Data<Identity>>().cloned();
    let mut res = next.call(req).await?;
    let Some(cookie) = identity.as_ref().map(|app| &app.proxy_cookie).filter(|own| own.domain.is_some())
    else {
        return Ok(res);
    };
    let lines = res.headers().get_all(SET_COOKIE).filter_map(|line| line.to_str().ok());
    let beside: Vec<Cookie<'static>> = lines.filter_map(|line| cookie.beside(line)).collect();
    for cookie in beside {
        if let Ok(line) = HeaderValue::try_from(cookie.to_string()) {
            res.headers_mut().append(SET_COOKIE, line);
        }
    }
    Ok(res)
}
