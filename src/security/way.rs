//! The way on after a second factor is set up: a page or an app that asked for one.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::gate::landing::Landing;
use crate::identity::Identity;
use crate::web::Site;

const NAME: &str = "munjigi-way";
/// As long as setting up may take.
const KEPT: Duration = Duration::minutes(30);
/// Bytes that a cookie has room for; a longer way is forgotten.
const LONGEST: usize = 2_000;

/// Keeps where the browser was going. Whether that is followed is decided at the end.
pub fn keep(wanted: &str, site: &Site) -> Cookie<'static> {
    let wanted = if wanted.len() <= LONGEST { wanted } else { "" };
    site.cookies.write(NAME, URL_SAFE_NO_PAD.encode(wanted), Some(KEPT))
}

/// Where it leads; none if there is nowhere in particular to go.
pub async fn on(headers: &HeaderMap, app: &Identity, site: &Site) -> Option<String> {
    let wanted = URL_SAFE_NO_PAD.decode(site.cookies.read(NAME, headers)?).ok()?;
    let landing = Landing::find(&String::from_utf8(wanted).ok()?, app, site).await;
    landing.notice.is_none().then_some(landing.address)
}

pub fn forget(site: &Site) -> Cookie<'static> {
    site.cookies.expire(NAME)
}
