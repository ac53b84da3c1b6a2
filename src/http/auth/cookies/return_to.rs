//! Where to go once a second factor is set up: the page or app that required one.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::return_to::{from_cookie, to_cookie};
use crate::http::site::Site;

const NAME: &str = "munjigi-way";
/// The time allowed for the setup.
const KEEP: Duration = Duration::minutes(30);

/// Stores where the browser was going, as received. The address is validated when it is used.
pub fn issue(site: &Site, wanted: &str) -> Cookie<'static> {
    site.cookies.write(NAME, to_cookie(wanted), Some(KEEP))
}

pub fn read(site: &Site, headers: &HeaderMap) -> Option<String> {
    from_cookie(site.cookies.read(NAME, headers)?)
}

pub fn expire(site: &Site) -> Cookie<'static> {
    site.cookies.expire(NAME)
}
