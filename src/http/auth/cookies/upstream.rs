//! The cookie that ties a sign-in by another provider to the browser that began it.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::site::Site;
use crate::platform::keys::random_secret;

const NAME: &str = "munjigi-provider";
/// Longer than a sign-in may take, so that a second one does not shorten the first.
const KEEP: Duration = Duration::hours(1);

/// The browser's secret.
pub fn read(site: &Site, headers: &HeaderMap) -> Option<String> {
    site.cookies.open(NAME, headers)
}

/// The browser's secret, or a new one, and its cookie. An existing one is reused, so that two pages in one browser do not
/// invalidate each other.
pub fn renew(site: &Site, headers: &HeaderMap) -> (String, Cookie<'static>) {
    let secret = read(site, headers).unwrap_or_else(random_secret);
    let cookie = site.cookies.seal(NAME, &secret, Some(KEEP));
    (secret, cookie)
}
