//! The session cookie: the signed session id, for this host only.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::{HeaderMap, SET_COOKIE};

use crate::http::cookie_names::CookieNames;
use crate::http::site::Site;
use crate::identity::sessions::{ActiveSession, Id, SessionKind};

pub(super) const NAME: &str = "munjigi";

/// The cookie's name in the browser.
pub fn full_name(names: CookieNames) -> String {
    names.host_only(NAME)
}

/// The session id in the browser's cookie, if this server signed it. Does not query a store.
pub fn read(site: &Site, headers: &HeaderMap) -> Option<Id> {
    site.cookies.open(NAME, headers).map(Id::from_text)
}

/// The cookie of a session: deleted with the browser session, or persistent for as long as the session may be idle.
pub fn issue(site: &Site, id: &Id, kind: SessionKind) -> Cookie<'static> {
    site.cookies.seal(NAME, id.as_str(), keep(site, kind))
}

/// The id of a new session whose cookie these headers of a response set.
pub fn set_by(site: &Site, headers: &HeaderMap) -> Option<Id> {
    let lines = headers.get_all(SET_COOKIE).filter_map(|line| line.to_str().ok());
    let ids = lines.filter_map(|line| Some(site.cookies.opened(NAME, line)?.0));
    ids.last().filter(|id| !id.is_empty()).map(Id::from_text)
}

/// Sent again after a renewal, so that a persistent cookie lasts as long as its session; and after a key
/// rotation, so that old keys can be removed.
pub fn reissue(site: &Site, active: &ActiveSession, headers: &HeaderMap) -> Option<Cookie<'static>> {
    let (id, kind) = (active.id.as_ref()?, active.session.kind);
    match active.renewed && kind.is_remembered() {
        true => Some(issue(site, id, kind)),
        false => site.cookies.renewed(NAME, headers, keep(site, kind)),
    }
}

/// How long the browser keeps the cookie; `None` until it is closed.
fn keep(site: &Site, kind: SessionKind) -> Option<Duration> {
    kind.is_remembered().then(|| Duration::seconds(site.remembered.idle))
}

pub fn expire(site: &Site) -> Cookie<'static> {
    site.cookies.expire(NAME)
}
