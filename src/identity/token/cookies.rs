//! Tokens as cookies, for browser apps on our own site: scripts never see them.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::web::cookies::CookieJar;

use super::Pair;
use super::access::LIFETIME;

const ACCESS: &str = "munjigi-access";
const REFRESH: &str = "munjigi-refresh";

/// The refresh token travels nowhere else.
const REFRESH_PATH: &str = "/api/auth";

/// Reads and writes the token cookies.
#[derive(Clone)]
pub struct TokenCookies {
    jar: CookieJar,
}

impl TokenCookies {
    pub fn new(jar: CookieJar) -> Self {
        Self { jar }
    }

    pub fn access<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        self.jar.read(ACCESS, headers)
    }

    pub fn refresh<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        self.jar.read_below(REFRESH, headers)
    }

    /// Each goes when its token does.
    pub fn issue(&self, pair: &Pair) -> [Cookie<'static>; 2] {
        let keep = |seconds| Some(Duration::seconds(seconds));
        [
            self.jar.write(ACCESS, pair.access.clone(), keep(pair.expires_in.min(LIFETIME))),
            self.jar.write_below(REFRESH_PATH, REFRESH, pair.refresh.clone(), keep(pair.refresh_expires_in)),
        ]
    }

    pub fn expire(&self) -> [Cookie<'static>; 2] {
        let gone = Some(Duration::ZERO);
        [
            self.jar.write(ACCESS, String::new(), gone),
            self.jar.write_below(REFRESH_PATH, REFRESH, String::new(), gone),
        ]
    }
}
