//! The browser that asked for a mail: a code typed there counts, and one typed anywhere else does not (ASVS 6.6.2).

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::cookie_jar::CookieJar;
use crate::http::return_to as next;
use crate::platform::keys::{fingerprint, random_secret};

use crate::identity::email::token::LIFETIME;

const NAME: &str = "munjigi-asked";

/// A random id that the browser keeps as long as the mail is good, and where it was going. Only a hash of the id is
/// stored.
#[derive(Clone)]
pub struct Asked {
    id: String,
    next: String,
}

impl Asked {
    pub fn random() -> Self {
        Self { id: random_secret(), next: String::new() }
    }

    /// The same, on the way to `next`, as a visitor typed it.
    pub fn on_the_way_to(next: String) -> Self {
        Self { next, ..Self::random() }
    }

    pub fn of(headers: &HeaderMap, cookies: &CookieJar) -> Option<Self> {
        let value = cookies.open(NAME, headers)?;
        let (id, next) = value.split_once('~').unwrap_or((&value, ""));
        Some(Self { id: id.to_owned(), next: next::from_cookie(next).unwrap_or_default() })
    }

    /// By whom a request was made; who did not ask has nothing to await.
    pub fn by_whom(headers: &HeaderMap, cookies: &CookieJar) -> Self {
        Self::of(headers, cookies).unwrap_or_else(Self::random)
    }

    pub fn cookie(&self, cookies: &CookieJar) -> Cookie<'static> {
        let value = format!("{}~{}", self.id, next::to_cookie(&self.next));
        cookies.seal(NAME, &value, Some(Duration::seconds(LIFETIME)))
    }

    /// Where the browser was going; whether that is followed, others decide.
    pub fn next(&self) -> &str {
        &self.next
    }

    pub fn forget(cookies: &CookieJar) -> Cookie<'static> {
        cookies.expire(NAME)
    }

    pub fn hash(&self) -> String {
        fingerprint(&self.id)
    }
}
