//! Parsers of settings. An error describes valid values, completing the sentence "… it takes".

use std::fmt::Display;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use lettre::message::Mailbox;
use strum::VariantNames;
use url::{Host, Origin, Url};

use crate::platform::db::PoolSize;
use crate::platform::mail::smtp::SmtpServer;
use crate::platform::redis::{RedisUrl, TlsFiles};

/// Describes valid values, completing the sentence "… it takes".
pub type Expected = &'static str;

pub(super) fn listen(text: &str) -> Result<String, Expected> {
    let is_host = |host: &str| {
        !host.is_empty() && host.chars().all(|letter| letter.is_alphanumeric() || ".-_:[]%".contains(letter))
    };
    let fits = text.rsplit_once(':').is_some_and(|(host, port)| is_host(host) && port.parse::<u16>().is_ok());
    let fits = fits.then(|| text.to_owned());
    fits.ok_or("an address and a port, such as 127.0.0.1:8080, or 0.0.0.0:8080 for every address")
}

/// Whether plain http to this host stays on this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Checks a URL that people open: https, or http on a loopback host, with nothing after the host.
pub fn public_url(text: &str) -> Result<Url, Expected> {
    let url = Url::parse(text).map_err(|_| "a URL such as https://id.example.org")?;
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    match url.scheme() {
        _ if !bare => Err("a URL with nothing after the host, such as https://id.example.org"),
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        _ => Err("a URL that begins with https:// (http:// is for loopback hosts alone)"),
    }
}

/// Whether `host` is the domain or a subdomain of it.
pub fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|left| left.is_empty() || left.ends_with('.'))
}

/// A domain that a host may set cookies for: not an IP address, not a public suffix.
pub(super) fn cookie_domain(text: &str) -> Result<String, Expected> {
    const EXPECTED: Expected = "a domain of your own, such as example.org";
    let name = text.strip_prefix('.').unwrap_or(text);
    let Ok(Host::Domain(name)) = Host::parse(name) else { return Err(EXPECTED) };
    let is_suffix = psl::suffix(name.as_bytes()).is_none_or(|suffix| suffix.as_bytes() == name.as_bytes());
    let fits = name.contains('.') && !is_suffix && name.split('.').all(|label| !label.is_empty());
    if fits { Ok(name) } else { Err(EXPECTED) }
}

/// The problem with a setting. The value is not repeated, because it may contain a password.
pub(super) fn unfit(expected: impl Display) -> String {
    format!("it does not fit; it takes {expected}")
}

/// Refuses URLs: a password in one would be repeated wherever the path is named.
pub(super) fn path(text: &str) -> Result<PathBuf, Expected> {
    if text.contains("://") { Err("the path of a file or folder") } else { Ok(PathBuf::from(text)) }
}

/// A path in a message; a URL in its place is not repeated, because it may contain a password.
pub(super) fn path_shown(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains("://") { "a URL in place of a file".to_owned() } else { text }
}

pub(super) fn redis_url(text: &str) -> Result<String, String> {
    RedisUrl::parse(text, &TlsFiles::default()).map(|_| text.to_owned()).map_err(unfit)
}

/// The domain of EHLO, or an address literal (RFC 5321 §4.1.2).
pub(super) fn smtp_name(text: &str) -> Result<String, Expected> {
    let is_literal = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).is_some_and(|address| {
        let address = address.strip_prefix("IPv6:").unwrap_or(address);
        address.parse::<IpAddr>().is_ok()
    });
    let is_label = |label: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..64).contains(&label.len()) && label.chars().all(fits) && !label.starts_with('-')
    };
    let is_domain = text.contains('.') && text.len() < 254 && text.split('.').all(is_label);
    (is_literal || is_domain)
        .then(|| text.to_owned())
        .ok_or("a domain such as id.example.org, or an address such as [192.0.2.1]")
}

pub(super) fn smtp_server(text: &str) -> Result<SmtpServer, String> {
    SmtpServer::parse(text).map_err(unfit)
}

/// It may contain a password, although none belongs there.
pub(super) fn collector(text: &str) -> Result<Url, String> {
    let fits = |url: &Url| {
        let is_plain = url.query().is_none() && url.fragment().is_none();
        let is_bare = url.username().is_empty() && url.password().is_none();
        matches!(url.scheme(), "http" | "https") && url.has_host() && is_plain && is_bare
    };
    let url = Url::parse(text).ok().filter(fits);
    url.ok_or_else(|| unfit("an http:// or https:// URL, such as http://127.0.0.1:4318"))
}

/// A name that fits into a line of a page.
pub(super) fn site_name(text: &str) -> Result<String, Expected> {
    let fits = (1..=60).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned()).ok_or("a name of at most 60 characters")
}

/// A link on a page, such as to the terms of use.
pub(super) fn link(text: &str) -> Result<Url, Expected> {
    let fits = |url: &Url| match url.scheme() {
        "https" => url.username().is_empty() && url.password().is_none(),
        "http" => is_loopback(url),
        "mailto" => url.path().contains('@'),
        _ => false,
    };
    let url = Url::parse(text).ok().filter(fits);
    url.ok_or("a URL that begins with https:// or mailto:, such as https://example.org/help")
}

/// A `Contact` of security.txt (RFC 9116 §2.5.3).
pub(super) fn contact(text: &str) -> Result<Url, Expected> {
    let fits = |url: &Url| match url.scheme() {
        "mailto" => url.path().contains('@'),
        "https" => true,
        _ => false,
    };
    let is_line = !text.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    let url = Url::parse(text).ok().filter(|url| is_line && fits(url));
    url.ok_or("addresses with commas, such as mailto:security@example.org, https://example.org/security")
}

pub(super) fn sender(text: &str) -> Result<Mailbox, Expected> {
    text.parse().map_err(|_| "an address, such as Munjigi <id@example.org>")
}

/// A name as people type it; `identity` compares it as it compares usernames.
pub(super) fn username(text: &str) -> Result<String, Expected> {
    let fits = text.chars().count() <= 32 && text.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c));
    fits.then(|| text.to_owned()).ok_or("usernames with commas, such as boss, 사장")
}

pub(super) fn bcrypt_cost(text: &str) -> Result<u32, Expected> {
    text.parse().ok().filter(|cost| (10..=16).contains(cost)).ok_or("a whole number from 10 to 16")
}

/// Seconds, from 1 to ten years.
pub fn duration(text: &str) -> Result<i64, Expected> {
    const TEN_YEARS: Duration = Duration::from_secs(10 * 365 * 24 * 3600);
    humantime::parse_duration(text)
        .ok()
        .filter(|duration| (Duration::from_secs(1)..=TEN_YEARS).contains(duration))
        .map(|duration| duration.as_secs() as i64)
        .ok_or("a duration from 1s to ten years, such as 30m, 2h or 14d")
}

/// Seconds as `duration` reads them, in the largest unit that divides them.
pub fn duration_text(seconds: i64) -> String {
    let units = [(24 * 3600, "d"), (3600, "h"), (60, "m"), (1, "s")];
    let fits = |(length, _): &&(i64, &str)| seconds % length == 0;
    let (length, unit) = units.iter().find(fits).unwrap_or(&(1, "s"));
    format!("{}{unit}", seconds / length)
}

/// The same, or 0 if it is off.
pub(super) fn duration_or_off(text: &str) -> Result<i64, Expected> {
    const EXPECTED: Expected = "a duration from 1s to ten years, such as 30d, or off";
    if matches!(text, "off" | "0") { Ok(0) } else { duration(text).map_err(|_| EXPECTED) }
}

/// One of a fixed set of words.
pub(super) fn word<T: FromStr + VariantNames>(text: &str) -> Result<T, String> {
    let expected = |(last, others): (&&str, &[&str])| format!("{} or {last}", others.join(", "));
    text.parse().map_err(|_| T::VARIANTS.split_last().map(expected).unwrap_or_default())
}

pub(super) fn on_or_off(text: &str) -> Result<bool, Expected> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("on or off"),
    }
}

pub(super) fn entries(text: &str) -> Result<usize, Expected> {
    text.parse().ok().filter(|count| *count <= 100_000_000).ok_or("a whole number up to 100000000")
}

pub(super) fn connections(text: &str) -> Result<u32, Expected> {
    let (fewest, most) = PoolSize::BOUNDS;
    text.parse().ok().filter(|count| (fewest..=most).contains(count)).ok_or("a whole number from 6 to 500")
}

pub(super) fn megabytes(text: &str) -> Result<u64, Expected> {
    let number = text.parse().ok().filter(|count| *count <= 1_000_000);
    number.ok_or("a whole number of megabytes, up to 1000000")
}

pub(super) fn log_level(text: &str) -> Result<String, Expected> {
    tracing_subscriber::EnvFilter::try_new(text)
        .map(|_| text.to_owned())
        .map_err(|_| "error, warn, info, debug, trace, or directives such as munjigi=debug")
}

pub(super) fn network(text: &str) -> Result<IpNet, Expected> {
    let single = || IpAddr::from_str(text).map(IpNet::from);
    IpNet::from_str(text)
        .or_else(|_| single())
        .map_err(|_| "addresses or networks with commas, such as 10.0.0.0/8, ::1")
}

/// A host name or an IP address. IPv6 with or without brackets.
pub(super) fn host(text: &str) -> Result<Host, Expected> {
    const EXPECTED: Expected =
        "host names or addresses with commas and without ports, such as munjigi, 10.0.0.5";
    if let Ok(address) = text.parse() {
        return Ok(Host::Ipv6(address));
    }
    let is_plain = |name: &str| {
        let name = name.strip_suffix('.').unwrap_or(name);
        let is_label = |label: &str| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        name.split('.').all(is_label)
    };
    match Host::parse(text) {
        Ok(Host::Domain(name)) if !is_plain(&name) => Err(EXPECTED),
        host => host.map_err(|_| EXPECTED),
    }
}

pub(super) fn origin(text: &str) -> Result<Origin, Expected> {
    const EXPECTED: Expected = "origins with commas, such as https://app.example.org";
    let url = Url::parse(text).map_err(|_| EXPECTED)?;
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if bare && matches!(url.scheme(), "http" | "https") { Ok(url.origin()) } else { Err(EXPECTED) }
}

/// With plain http, an attacker on the network could impersonate the origin.
pub(super) fn cors_origin(text: &str) -> Result<Origin, Expected> {
    let url = public_url(text).map_err(
        |_| "origins with commas, https:// or on a loopback host, such as https://app.example.org",
    )?;
    Ok(url.origin())
}
