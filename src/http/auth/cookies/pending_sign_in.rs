//! The cookie of a pending sign-in, which holds its token.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::site::Site;
use crate::identity::sign_in::PENDING_SECONDS;

const NAME: &str = "munjigi-stage";

pub fn read(site: &Site, headers: &HeaderMap) -> Option<String> {
    site.cookies.open(NAME, headers)
}

pub fn issue(site: &Site, token: &str) -> Cookie<'static> {
    site.cookies.seal(NAME, token, Some(Duration::seconds(PENDING_SECONDS)))
}

pub fn expire(site: &Site) -> Cookie<'static> {
    site.cookies.expire(NAME)
}
