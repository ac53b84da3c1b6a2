//! Tokens as cookies, for browser apps on our own site: scripts never see them.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::HeaderMap;

use crate::http::cookie_jar::full_name;
use crate::http::site::Site;
use crate::identity::tokens::TokenPair;

const ACCESS: &str = "munjigi-access";
const REFRESH: &str = "munjigi-refresh";

/// The refresh token travels nowhere else.
const REFRESH_PATH: &str = "/api/auth";

/// The name of the access token's cookie as the browser knows it.
pub fn access_name(https: bool) -> String {
    full_name(ACCESS, https)
}

pub fn access<'h>(site: &Site, headers: &'h HeaderMap) -> Option<&'h str> {
    site.cookies.read(ACCESS, headers)
}

pub fn refresh<'h>(site: &Site, headers: &'h HeaderMap) -> Option<&'h str> {
    site.cookies.read_below(REFRESH, headers)
}

/// Both stay as long as the session: an access token that has expired still tells a page which session to end at sign-out,
/// for the other cookie does not reach it.
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
    // Nobody follows a link to the API, so no other site needs to bring them.
    cookies.iter_mut().for_each(|cookie| cookie.set_same_site(SameSite::Strict));
    cookies
}
