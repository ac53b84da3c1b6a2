//! The cookie that ties a passkey challenge to the browser that requested it, before sign-in.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::site::Site;
use crate::platform::keys::random_secret;

const NAME: &str = "munjigi-passkey";

pub fn read(site: &Site, headers: &HeaderMap) -> Option<String> {
    site.cookies.open(NAME, headers)
}

/// The browser's token, or a new one, and its cookie. An existing token is reused, so that two pages in one
/// browser do not invalidate each other.
pub fn renew(site: &Site, headers: &HeaderMap) -> (String, Cookie<'static>) {
    let token = read(site, headers).unwrap_or_else(random_secret);
    let cookie = site.cookies.seal(NAME, &token, Some(Duration::hours(1)));
    (token, cookie)
}
