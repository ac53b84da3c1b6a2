//! The browser that requested a mail: a mailed code is valid only in this browser (ASVS 6.6.2).

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::return_to::{from_cookie, to_cookie};
use crate::http::site::Site;
use crate::identity::email::LIFETIME;
use crate::platform::keys::{fingerprint, random_secret};

const NAME: &str = "munjigi-asked";

/// A random id, stored in the browser for as long as the mail is valid, and where the browser was going. The
/// server stores only a hash of the id.
#[derive(Clone)]
pub struct RequestingBrowser {
    id: String,
    return_to: String,
}

impl RequestingBrowser {
    pub fn random() -> Self {
        Self { id: random_secret(), return_to: String::new() }
    }

    /// The same, with the `return_to` address as it was received.
    pub fn returning_to(return_to: String) -> Self {
        Self { return_to, ..Self::random() }
    }

    pub fn read(site: &Site, headers: &HeaderMap) -> Option<Self> {
        let value = site.cookies.open(NAME, headers)?;
        let (id, return_to) = value.split_once('~').unwrap_or((&value, ""));
        Some(Self { id: id.to_owned(), return_to: from_cookie(return_to).unwrap_or_default() })
    }

    /// The browser, or a new one that has requested nothing yet.
    pub fn read_or_random(site: &Site, headers: &HeaderMap) -> Self {
        Self::read(site, headers).unwrap_or_else(Self::random)
    }

    pub fn cookie(&self, site: &Site) -> Cookie<'static> {
        let value = format!("{}~{}", self.id, to_cookie(&self.return_to));
        site.cookies.seal(NAME, &value, Some(Duration::seconds(LIFETIME)))
    }

    pub fn expire(site: &Site) -> Cookie<'static> {
        site.cookies.expire(NAME)
    }

    /// Where the browser was going, as it was received.
    pub fn return_to(&self) -> &str {
        &self.return_to
    }

    pub fn hash(&self) -> String {
        fingerprint(&self.id)
    }
}
