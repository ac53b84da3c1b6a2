//! The device cookie, which records the accounts that have signed in from this browser; and the cookie of a
//! trusted device.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::http::site::Site;
use crate::identity::accounts::{KnownAccount, KnownDevice, MAX_ACCOUNTS, User};

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
    let accounts = parts.filter_map(parse_account).collect();
    Some(KnownDevice { id, accounts, trust: Vec::new() })
}

/// User and epoch, such as `7.3`; cookies of earlier versions have no epoch.
fn parse_account(text: &str) -> Option<KnownAccount> {
    let (user, epoch) = match text.split_once('.') {
        Some((user, epoch)) => (user, Some(epoch.parse().ok()?)),
        None => (text, None),
    };
    Some(KnownAccount { user_id: user.parse().ok()?, epoch })
}

/// The device cookie after a user has signed in on this device.
pub fn remember(site: &Site, device: &KnownDevice, user: &User) -> Cookie<'static> {
    site.cookies.seal(NAME, &value(device, KnownAccount::of(user)), Some(KEEP))
}

/// The cookie's value with `newest` before the other accounts.
fn value(device: &KnownDevice, newest: KnownAccount) -> String {
    let earlier = device.accounts.iter().copied().filter(|account| account.user_id != newest.user_id);
    let accounts = std::iter::once(newest).chain(earlier).take(MAX_ACCOUNTS);
    let accounts: String = accounts
        .map(|KnownAccount { user_id, epoch }| match epoch {
            Some(epoch) => format!("~{user_id}.{epoch}"),
            None => format!("~{user_id}"),
        })
        .collect();
    format!("{}{accounts}", device.id)
}

/// The cookie that makes this a trusted device, by `token`, for the given number of seconds.
pub fn trust(site: &Site, device: &KnownDevice, token: &str, keep_seconds: i64) -> Cookie<'static> {
    let earlier = device.trust.iter().map(String::as_str).take(MAX_ACCOUNTS - 1);
    let tokens: Vec<&str> = std::iter::once(token).chain(earlier).collect();
    site.cookies.seal(TRUST, &tokens.join("~"), Some(Duration::seconds(keep_seconds)))
}

/// The browser's cookies to send again: signed with the current keys if older keys signed them, and with the epoch in
/// which a member with an active session, `user`, is now. A device that has never signed in to the account stays unknown.
pub fn renewed(site: &Site, headers: &HeaderMap, user: Option<&User>) -> Vec<Cookie<'static>> {
    let jar = &site.cookies;
    let moved = user.zip(jar.signed(NAME, headers)).and_then(|(user, cookie)| {
        // Few have moved, so the signature is verified last.
        let known = parse(cookie.value).filter(|known| known.knew(user) && jar.is_ours(NAME, cookie))?;
        Some(remember(site, &known, user))
    });
    let trust = jar.renewed(TRUST, headers, Some(Duration::seconds(site.trusted_device)));
    moved.or_else(|| jar.renewed(NAME, headers, Some(KEEP))).into_iter().chain(trust).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts(value: &str) -> Vec<(i64, Option<i64>)> {
        let known = parse(value).unwrap();
        known.accounts.iter().map(|account| (account.user_id, account.epoch)).collect()
    }

    #[test]
    fn a_device_knows_the_last_five_users_who_signed_in_on_it() {
        let mut known = value(&KnownDevice::unknown(), KnownAccount { user_id: 1, epoch: Some(1) });
        for user_id in [2, 3, 4, 5, 2, 6] {
            known = value(&parse(&known).unwrap(), KnownAccount { user_id, epoch: Some(10 + user_id) });
        }
        assert_eq!(
            accounts(&known),
            [(6, Some(16)), (2, Some(12)), (5, Some(15)), (4, Some(14)), (3, Some(13))]
        );
        known = value(&parse(&known).unwrap(), KnownAccount { user_id: 3, epoch: Some(20) });
        assert_eq!(accounts(&known)[0], (3, Some(20)), "one epoch for each");
        assert_eq!(accounts(&known).len(), 5);
    }

    #[test]
    fn accounts_have_epochs_unless_an_earlier_version_wrote_them() {
        assert_eq!(accounts("id~7.3~8~9.0"), [(7, Some(3)), (8, None), (9, Some(0))]);
        assert_eq!(accounts("id"), []);
        assert_eq!(accounts("id~~x~7.~.3~7.3.1~-1.x~9223372036854775808.1"), []);
    }
}
