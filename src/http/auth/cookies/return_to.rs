//! Where to go once a second factor is set up: a page or an app that required one.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::return_to::{from_cookie, to_cookie};
use crate::http::site::Site;

const NAME: &str = "munjigi-way";
/// As long as setting up may take.
const KEEP: Duration = Duration::minutes(30);

/// Keeps where the browser was going, as it was typed. Whether that is followed is decided at the end.
pub fn issue(site: &Site, wanted: &str) -> Cookie<'static> {
    site.cookies.write(NAME, to_cookie(wanted), Some(KEEP))
}

pub fn read(site: &Site, headers: &HeaderMap) -> Option<String> {
    from_cookie(site.cookies.read(NAME, headers)?)
}

pub fn expire(site: &Site) -> Cookie<'static> {
    site.cookies.expire(NAME)
}
