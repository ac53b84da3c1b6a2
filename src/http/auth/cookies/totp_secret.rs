//! The cookie that stores the secret of an authenticator app, encrypted, while the app is being set up: a page that is
//! loaded again shows the same secret, which the app has scanned already.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::site::Site;
use crate::identity::sessions::ActiveSession;
use crate::platform::clock::Timestamp;

const NAME: &str = "munjigi-totp";
/// Seconds for which a secret may be set up.
const KEEP: i64 = 30 * 60;

/// The encrypted secret that this session was shown.
pub fn read(site: &Site, headers: &HeaderMap, active: &ActiveSession, now: Timestamp) -> Option<String> {
    let value = site.cookies.open(NAME, headers)?;
    let (until, rest) = value.split_once('~')?;
    let until: Timestamp = until.parse().ok()?;
    let sealed = rest.strip_prefix(&of(active))?.strip_prefix('~')?;
    // A clock that was set back does not make it last longer.
    (now < until && until <= now + KEEP).then(|| sealed.to_owned())
}

pub fn issue(site: &Site, active: &ActiveSession, sealed: &str, now: Timestamp) -> Cookie<'static> {
    let value = format!("{}~{}~{sealed}", now + KEEP, of(active));
    site.cookies.seal(NAME, &value, Some(Duration::seconds(KEEP)))
}

pub fn expire(site: &Site) -> Cookie<'static> {
    site.cookies.expire(NAME)
}

/// The session, whatever its id: a step-up changes that.
fn of(active: &ActiveSession) -> String {
    format!("{}.{}", active.user.id, active.session.signed_in_at)
}
