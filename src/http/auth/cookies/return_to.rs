//! The way on after a second factor is set up: a page or an app that asked for one.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::auth::redirect_target::Landing;
use crate::http::{Site, return_to as next};
use crate::identity::Identity;

const NAME: &str = "munjigi-way";
/// As long as setting up may take.
const KEPT: Duration = Duration::minutes(30);

/// Keeps where the browser was going. Whether that is followed is decided at the end.
pub fn keep(wanted: &str, site: &Site) -> Cookie<'static> {
    site.cookies.write(NAME, next::to_cookie(wanted), Some(KEPT))
}

/// Where it leads; none if there is nowhere in particular to go.
pub async fn on(headers: &HeaderMap, app: &Identity, site: &Site) -> Option<String> {
    let wanted = next::from_cookie(site.cookies.read(NAME, headers)?)?;
    let landing = Landing::find(&wanted, app, site).await;
    landing.notice.is_none().then_some(landing.address)
}

pub fn forget(site: &Site) -> Cookie<'static> {
    site.cookies.expire(NAME)
}
