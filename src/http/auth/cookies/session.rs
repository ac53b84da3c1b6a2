//! The session cookie: the session id, signed, for the browser alone.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::cookie_jar as cookies;
use crate::http::cookie_jar::CookieJar;

use crate::identity::sessions::{Id, Live};

pub(super) const NAME: &str = "munjigi";

/// Reads and writes the session cookie.
#[derive(Clone)]
pub struct SessionCookie {
    jar: CookieJar,
}

impl SessionCookie {
    pub fn new(jar: CookieJar) -> Self {
        Self { jar }
    }

    /// Its name as the browser knows it.
    pub fn full_name(https: bool) -> String {
        cookies::full_name(NAME, https)
    }

    /// The session id that the browser brings, if we signed it. Asks no store.
    pub fn read(&self, headers: &HeaderMap) -> Option<Id> {
        self.jar.open(NAME, headers).map(Id)
    }

    /// A cookie for this id: gone with the browser, or kept for `keep_seconds`.
    pub fn issue(&self, id: &Id, keep_seconds: Option<i64>) -> Cookie<'static> {
        self.jar.seal(NAME, &id.0, keep_seconds.map(Duration::seconds))
    }

    /// Sent again after a renewal, so that a persistent cookie lives as long as its session, and after the keys have
    /// changed, so that the old ones can be forgotten.
    pub fn reissue(&self, live: &Live, headers: &HeaderMap, idle_seconds: i64) -> Option<Cookie<'static>> {
        let keep = live.session.kind.is_remembered().then_some(idle_seconds);
        let is_due = live.renewed && keep.is_some() || self.jar.is_outdated(NAME, headers);
        Some(self.issue(live.id.as_ref().filter(|_| is_due)?, keep))
    }

    pub fn expire(&self) -> Cookie<'static> {
        self.jar.expire(NAME)
    }
}
