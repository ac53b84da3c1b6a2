//! Where to go after sign-in: a path of our own or an allowed origin, nothing else.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

use super::site::Site;

/// The default for members who requested no particular page.
pub const DEFAULT: &str = "/dashboard";

/// Proxies send whole addresses, including the query.
const MAX_BYTES: usize = 4_000;

/// The longest address, in bytes, that fits into a cookie or into a query, beside its other contents.
const MAX_CARRIED: usize = 2_000;

/// Pages that make no sense after sign-in.
const POINTLESS: &[&str] = &["/", "/login", "/logout", "/register"];

/// An address from a visitor, a link or a proxy, validated. The validated value is the one used.
#[derive(Debug, PartialEq, Eq)]
pub enum ReturnTo {
    /// No address was given.
    Nothing,
    /// A page of our own, starting with its path.
    Own(String),
    /// Another origin. The caller decides whether it is allowed.
    OtherOrigin(Url),
    /// An address that must not be followed.
    Invalid,
}

impl ReturnTo {
    pub fn read(wanted: &str, site: &Site) -> Self {
        // Browsers remove tabs and line ends and read a backslash as a slash; no valid address needs either.
        let tricky = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
        if wanted.is_empty() {
            return Self::Nothing;
        }
        if wanted.len() > MAX_BYTES || wanted.contains(tricky) {
            return Self::Invalid;
        }
        let url = if wanted.starts_with('/') { site.public_url.join(wanted) } else { Url::parse(wanted) };
        match url {
            Ok(url) if is_plain(&url) && url.origin() == site.public_url.origin() => {
                let local = &url[url::Position::BeforePath..url::Position::AfterQuery];
                // Browsers read a path such as //evil.example as another host.
                if local.starts_with("//") { Self::Invalid } else { Self::Own(local.to_owned()) }
            }
            Ok(url) if is_plain(&url) => Self::OtherOrigin(url),
            _ => Self::Invalid,
        }
    }
}

/// An http or https address without user information.
fn is_plain(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none()
}

/// A page of our own, unless it makes no sense after sign-in.
pub fn page_or_default(address: String) -> String {
    if is_one_of(&address, POINTLESS) { DEFAULT.to_owned() } else { address }
}

/// Whether one of our addresses sends members on at once, perhaps to another origin.
pub fn sends_members_on(address: &str) -> bool {
    is_one_of(address, &["/login", "/register"])
}

/// Whether an address, however it is written, has one of these paths. A slash at the end is redirected away.
fn is_one_of(address: &str, paths: &[&str]) -> bool {
    let path = percent_decode_str(address.split('?').next().unwrap_or_default()).decode_utf8_lossy();
    let trimmed = path.trim_end_matches('/');
    paths.contains(&if trimmed.is_empty() { "/" } else { trimmed })
}

/// Where the browser was going, as a link to a page says: `next`, or else `rd`, which proxies send.
pub fn requested(query: &str) -> String {
    let find = |wanted: &str| {
        let mut fields = url::form_urlencoded::parse(query.as_bytes());
        fields.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    find("next").or_else(|| find("rd")).unwrap_or_default()
}

/// The address of one of our pages, with where the browser was going, as received. The page validates it.
pub fn with_next(path: &str, wanted: &str) -> String {
    if wanted.is_empty() || wanted.len() > MAX_CARRIED {
        return path.to_owned();
    }
    format!("{path}?next={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC))
}

/// A page of our own to return to, or else the home page.
pub fn back(wanted: &str, site: &Site) -> String {
    match ReturnTo::read(wanted, site) {
        ReturnTo::Own(address) => address,
        _ => "/".to_owned(),
    }
}

/// Where the user was going, encoded for a cookie; none if it is too long for one.
pub fn to_cookie(wanted: &str) -> String {
    URL_SAFE_NO_PAD.encode(if wanted.len() <= MAX_CARRIED { wanted } else { "" })
}

/// Decodes the cookie's value. The caller decides whether to follow it.
pub fn from_cookie(value: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(value).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Settings};
    use crate::platform::clock::Clock;
    use crate::platform::keys::{Keys, SecretKey};
    use proptest::prelude::*;

    fn site() -> Site {
        let settings =
            Settings { allowed_origins: Some("https://app.example.org".to_owned()), ..Settings::default() };
        let config = Config::from_settings(settings).unwrap();
        let (url, keys) = (Url::parse("https://id.example.org").unwrap(), Keys::of_one(&SecretKey::random()));
        Site::new(&config, url, &keys, Clock::default())
    }

    #[test]
    fn own_paths_and_allowed_origins_are_followed() {
        let site = site();
        for (wanted, address) in [
            ("/sessions", "/sessions"),
            ("/board?page=2&q=%20x", "/board?page=2&q=%20x"),
            ("https://id.example.org/security", "/security"),
            ("/a/../profile#top", "/profile"),
            ("https://app.example.org/x?y#z", "https://app.example.org/x?y#z"),
            ("https://APP.example.org", "https://app.example.org/"),
            ("/가", "/%EA%B0%80"),
        ] {
            assert_eq!(destination(wanted, &site), address, "{wanted}");
        }
    }

    #[test]
    fn anything_else_leads_to_the_dashboard() {
        let site = site();
        for wanted in [
            "",
            "sessions",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " //evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/%09/../..//evil.example",
            "https://evil.example",
            "HTTPS://EVIL.example",
            "http://id.example.org/",
            "https://id.example.org:444/x",
            "https://id.example.org@evil.example/",
            "https://id.example.org:x@evil.example/",
            "https://user@id.example.org/x",
            "https://id.example.org.evil.example/",
            "https://app.example.org.evil.example",
            "http://app.example.org",
            "https://app.example.org:8443",
            "https://xapp.example.org",
            "https://app.example.org.",
            "https:evil.example",
            "https:/evil.example",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://id.example.org/x",
            "https://[::1]/",
            "https://0x7f.1/",
            "/login",
            "/logout",
            "/register?x",
            "/login/?next=https://app.example.org/",
            "/%6cogin?next=/sessions",
            "/register//",
            "/login?next=/login",
            "https://evil。example",
            "https://ⓔvil.example",
            "//",
            "https://",
            "/\u{2028}/evil.example",
            "／／evil.example",
            &format!("/{}", "a".repeat(5000)),
        ] {
            assert_eq!(destination(wanted, &site), DEFAULT, "{wanted:?}");
        }
    }

    #[test]
    fn where_a_browser_was_going_is_carried_from_page_to_page() {
        for (query, wanted) in [
            ("next=%2Fboard%3Fq%3D1&rd=/x", "/board?q=1"),
            ("rd=https://app.example.org/&rm=GET", "https://app.example.org/"),
            ("next=&rd=/x", ""),
            ("x=1", ""),
            ("", ""),
        ] {
            assert_eq!(requested(query), wanted, "{query}");
            let address = with_next("/login", wanted);
            assert_eq!(requested(address.strip_prefix("/login").unwrap().trim_start_matches('?')), wanted);
        }
        assert_eq!(with_next("/login", ""), "/login");
        assert_eq!(with_next("/login", &"x".repeat(2_001)), "/login", "too long to go along");
    }

    /// Where a browser is sent if it may go to our own pages and to allowed origins (ASVS 3.7.2).
    fn destination(wanted: &str, site: &Site) -> String {
        match ReturnTo::read(wanted, site) {
            ReturnTo::Own(address) => page_or_default(address),
            ReturnTo::OtherOrigin(url) if site.allowed_origins.contains(&url.origin()) => url.into(),
            _ => DEFAULT.to_owned(),
        }
    }

    proptest! {
        #[test]
        fn no_text_leads_elsewhere(wanted in "(https?:)?[/\\\\@.:?#%a-z\t 0-9]{0,40}|\\PC{0,40}") {
            let site = site();
            let address = destination(&wanted, &site);
            let landed = site.public_url.join(&address).expect("a URL");
            let host = landed.host_str();
            prop_assert!(host == Some("id.example.org") || host == Some("app.example.org"), "{} -> {}", wanted, landed);
            prop_assert!(address.chars().all(|c| c.is_ascii_graphic()));
        }
    }
}
