//! The device cookie: a browser that has signed in before, and to which accounts.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, web};

use crate::http::Site;
use crate::http::cookie_jar::CookieJar;

const NAME: &str = "munjigi-device";
const KEPT: Duration = Duration::days(365);
/// Accounts that one browser is remembered for.
const MAX_ACCOUNTS: usize = 5;

/// The cookie of a browser that is trusted: a token for each account that trusts it.
const TRUST: &str = "munjigi-trust";

/// A browser by its signed cookie, or a new one. That opens nothing; it only keeps failures apart. A browser that is
/// trusted by an account spares its user the second factor.
pub struct Device {
    id: String,
    users: Vec<i64>,
    trust: Vec<String>,
}

impl Device {
    pub fn of(headers: &HeaderMap, cookies: &CookieJar) -> Self {
        let known = cookies.open(NAME, headers).and_then(|value| Self::parse(&value));
        let new = || Self { id: crate::platform::keys::random_id(), users: Vec::new(), trust: Vec::new() };
        let trust = cookies.open(TRUST, headers).unwrap_or_default();
        let trust = trust.split('~').filter(|token| !token.is_empty()).take(MAX_ACCOUNTS).map(str::to_owned);
        Self { trust: trust.collect(), ..known.unwrap_or_else(new) }
    }

    /// What the browser brings under keys that were replaced since, under those in use.
    pub fn resigned(req: &HttpRequest, trusted_for: i64) -> Vec<Cookie<'static>> {
        let Some(site) = req.app_data::<web::Data<Site>>() else { return Vec::new() };
        let (cookies, headers) = (&site.cookies, req.headers());
        let both = [(NAME, KEPT), (TRUST, Duration::seconds(trusted_for))];
        let outdated = both.into_iter().filter(|(name, _)| cookies.is_outdated(name, headers));
        outdated
            .filter_map(|(name, keep)| Some(cookies.seal(name, &cookies.open(name, headers)?, Some(keep))))
            .collect()
    }

    fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split('~');
        let id = parts.next()?.to_owned();
        Some(Self { id, users: parts.filter_map(|user| user.parse().ok()).collect(), trust: Vec::new() })
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether this user has signed in here before.
    pub fn knows(&self, user_id: i64) -> bool {
        self.users.contains(&user_id)
    }

    /// What it brings to be taken for a trusted one.
    pub fn trust(&self) -> &[String] {
        &self.trust
    }

    /// The cookie of this device once `token` makes it a trusted one, for so many seconds.
    pub fn trusted_by(&self, token: &str, keep_seconds: i64, cookies: &CookieJar) -> Cookie<'static> {
        let earlier = self.trust.iter().map(String::as_str).take(MAX_ACCOUNTS - 1);
        let tokens: Vec<&str> = std::iter::once(token).chain(earlier).collect();
        cookies.seal(TRUST, &tokens.join("~"), Some(Duration::seconds(keep_seconds)))
    }

    /// The cookie of this device after `user_id` has signed in on it.
    pub fn remember(mut self, user_id: i64, cookies: &CookieJar) -> Cookie<'static> {
        self.users.retain(|user| *user != user_id);
        self.users.insert(0, user_id);
        self.users.truncate(MAX_ACCOUNTS);
        let users: String = self.users.iter().map(|user| format!("~{user}")).collect();
        cookies.seal(NAME, &format!("{}{users}", self.id), Some(KEPT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::keys::{KeyPurpose, Keys, SecretKey, Signers};
    use actix_web::http::header::{COOKIE, HeaderValue};

    #[test]
    fn a_device_knows_the_last_five_who_signed_in_on_it() {
        let keys = Keys::of_one(&SecretKey::random());
        let jar = CookieJar::new(Signers::new(&keys, KeyPurpose::Cookies), true);
        let mut headers = HeaderMap::new();
        let first = Device::of(&headers, &jar);
        let id = first.id().to_owned();
        let mut cookie = first.remember(1, &jar);
        for user in 2..=6 {
            let pair = format!("{}={}", cookie.name(), cookie.value());
            headers.insert(COOKIE, HeaderValue::try_from(pair).unwrap());
            let device = Device::of(&headers, &jar);
            assert!(device.knows(user - 1) && !device.knows(user));
            assert_eq!(device.id(), id);
            cookie = device.remember(user, &jar);
        }
        let pair = format!("{}={}", cookie.name(), cookie.value());
        headers.insert(COOKIE, HeaderValue::try_from(pair).unwrap());
        let device = Device::of(&headers, &jar);
        assert!(!device.knows(1) && (2..=6).all(|user| device.knows(user)));
    }
}
