//! The device cookie, which records the accounts that have signed in from this browser; and the cookie of a
//! trusted device.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::site::Site;
use crate::identity::accounts::{KnownDevice, MAX_ACCOUNTS};

const NAME: &str = "munjigi-device";
const KEEP: Duration = Duration::days(365);

/// One token for each account that trusts this browser.
const TRUST: &str = "munjigi-trust";

/// The browser identified by its signed cookie, or a new one.
pub fn read(site: &Site, headers: &HeaderMap) -> KnownDevice {
    let known = site.cookies.open(NAME, headers).and_then(|value| parse(&value));
    let trust = site.cookies.open(TRUST, headers).unwrap_or_default();
    let trust = trust.split('~').filter(|token| !token.is_empty()).take(MAX_ACCOUNTS).map(str::to_owned);
    KnownDevice { trust: trust.collect(), ..known.unwrap_or_else(KnownDevice::unknown) }
}

fn parse(value: &str) -> Option<KnownDevice> {
    let mut parts = value.split('~');
    let id = parts.next()?.to_owned();
    let users = parts.filter_map(|user| user.parse().ok()).collect();
    Some(KnownDevice { id, users, trust: Vec::new() })
}

/// The device cookie after `user_id` has signed in on this device.
pub fn remember(site: &Site, device: &KnownDevice, user_id: i64) -> Cookie<'static> {
    let earlier = device.users.iter().copied().filter(|user| *user != user_id);
    let users = std::iter::once(user_id).chain(earlier).take(MAX_ACCOUNTS);
    let users: String = users.map(|user| format!("~{user}")).collect();
    site.cookies.seal(NAME, &format!("{}{users}", device.id), Some(KEEP))
}

/// The cookie that makes this a trusted device, by `token`, for the given number of seconds.
pub fn trust(site: &Site, device: &KnownDevice, token: &str, keep_seconds: i64) -> Cookie<'static> {
    let earlier = device.trust.iter().map(String::as_str).take(MAX_ACCOUNTS - 1);
    let tokens: Vec<&str> = std::iter::once(token).chain(earlier).collect();
    site.cookies.seal(TRUST, &tokens.join("~"), Some(Duration::seconds(keep_seconds)))
}

/// Re-signs the browser's cookies with the current keys if older keys signed them.
pub fn resigned(site: &Site, headers: &HeaderMap) -> Vec<Cookie<'static>> {
    let both = [(NAME, KEEP), (TRUST, Duration::seconds(site.trusted_device))];
    let outdated = both.into_iter().filter(|(name, _)| site.cookies.is_outdated(name, headers));
    let resigned = outdated.filter_map(|(name, keep)| {
        Some(site.cookies.seal(name, &site.cookies.open(name, headers)?, Some(keep)))
    });
    resigned.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Settings};
    use crate::platform::clock::Clock;
    use crate::platform::keys::{Keys, SecretKey};
    use actix_web::http::header::{COOKIE, HeaderValue};
    use url::Url;

    #[test]
    fn a_device_knows_the_last_five_users_who_signed_in_on_it() {
        let config = Config::from_settings(Settings::default()).unwrap();
        let keys = Keys::of_one(&SecretKey::random());
        let site = Site::new(&config, Url::parse("https://id.example.org").unwrap(), &keys, Clock::default());
        let mut headers = HeaderMap::new();
        let first = read(&site, &headers);
        let mut cookie = remember(&site, &first, 1);
        for user in 2..=6 {
            let pair = format!("{}={}", cookie.name(), cookie.value());
            headers.insert(COOKIE, HeaderValue::try_from(pair).unwrap());
            let device = read(&site, &headers);
            assert!(device.knows(user - 1) && !device.knows(user));
            assert_eq!(device.id, first.id);
            cookie = remember(&site, &device, user);
        }
        let pair = format!("{}={}", cookie.name(), cookie.value());
        headers.insert(COOKIE, HeaderValue::try_from(pair).unwrap());
        let device = read(&site, &headers);
        assert!(!device.knows(1) && (2..=6).all(|user| device.knows(user)));
    }
}
