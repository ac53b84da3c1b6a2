//! Tokens as cookies, for same-site browser apps. Scripts cannot read them.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::HeaderMap;

use crate::http::cookie_names::CookieNames;
use crate::http::site::Site;
use crate::identity::tokens::TokenPair;

const ACCESS: &str = "munjigi-access";
const REFRESH: &str = "munjigi-refresh";

/// The refresh token is sent to this path only.
const REFRESH_PATH: &str = "/api/auth";

/// The name of the access token's cookie in the browser.
pub fn access_name(names: CookieNames) -> String {
    names.host_only(ACCESS)
}

pub fn access<'h>(site: &Site, headers: &'h HeaderMap) -> Option<&'h str> {
    site.cookies.read_any(ACCESS, headers)
}

/// The refresh tokens in cookies. A host of the same domain can set one beside ours, or in its place.
pub fn refresh<'h>(site: &Site, headers: &'h HeaderMap) -> Vec<&'h str> {
    site.cookies.read_below(REFRESH, headers)
}

/// Both cookies last as long as the session. When a page signs out, it finds the session by the access token,
/// even an expired one, because the refresh cookie is not sent there.
pub fn issue(site: &Site, pair: &TokenPair) -> [Cookie<'static>; 2] {
    write(site, [&pair.access, &pair.refresh], pair.refresh_expires_in)
}

pub fn expire(site: &Site) -> [Cookie<'static>; 2] {
    write(site, ["", ""], 0)
}

fn write(site: &Site, [access, refresh]: [&str; 2], keep_seconds: i64) -> [Cookie<'static>; 2] {
    let keep = Some(Duration::seconds(keep_seconds));
    let mut cookies = [
        site.cookies.write(ACCESS, access.to_owned(), keep),
        site.cookies.write_below(REFRESH_PATH, REFRESH, refresh.to_owned(), keep),
    ];
    // No link leads to the API, so other sites never need to send these cookies.
    cookies.iter_mut().for_each(|cookie| cookie.set_same_site(SameSite::Strict));
    cookies
}
