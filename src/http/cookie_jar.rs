//! Cookies: read from the raw header by exact name, written with every protection, signed where it matters.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{COOKIE, HeaderMap};

use crate::platform::keys::Signers;

use super::cookie_names::CookieNames;

/// Of cookies that other hosts can set too, no more than this many are looked at in one request.
const HANDFUL: usize = 5;

/// Seals and opens signed cookies. What is signed is the name without prefix and port. Over plain http, signed cookies
/// and tokens are also read under the name without a port that earlier versions gave them, unless there is a newer one;
/// they are never written or expired under it, because on port 8080 it is another installation's.
#[derive(Clone)]
pub struct CookieJar {
    signers: Signers,
    names: CookieNames,
    /// What follows each name: the port, or nothing.
    suffix: String,
}

/// The values of a cookie in a request, under its name and under its older name.
#[derive(Default)]
struct Found<'h> {
    current: Values<'h>,
    older: Values<'h>,
}

#[derive(Default)]
struct Values<'h> {
    first: Option<&'h [u8]>,
    is_doubled: bool,
}

/// A signed cookie. Anyone may have written it.
#[derive(Clone, Copy)]
pub struct SignedCookie<'h> {
    pub value: &'h str,
    signature: &'h str,
    is_older: bool,
}

impl<'h> Found<'h> {
    fn is_older(&self) -> bool {
        self.current.first.is_none()
    }

    fn value(&self) -> Option<&'h str> {
        if self.is_older() { self.older.value() } else { self.current.value() }
    }
}

impl<'h> Values<'h> {
    fn add(&mut self, value: &'h [u8]) {
        self.is_doubled = self.first.is_some();
        self.first.get_or_insert(value);
    }

    /// None if two cookies share the name.
    fn value(&self) -> Option<&'h str> {
        self.first.filter(|_| !self.is_doubled).and_then(text)
    }
}

impl CookieJar {
    pub fn new(signers: Signers, names: CookieNames) -> Self {
        Self { signers, names, suffix: names.suffix() }
    }

    /// The value of a cookie sealed by this server; none if it is missing, duplicated or not ours.
    pub fn open(&self, name: &str, headers: &HeaderMap) -> Option<String> {
        self.verified(name, self.read_any(name, headers)?)
    }

    /// A signed cookie whose signature is not verified yet.
    pub fn signed<'h>(&self, name: &str, headers: &'h HeaderMap) -> Option<SignedCookie<'h>> {
        let found = self.find(name, headers);
        let (value, signature) = found.value()?.rsplit_once('.')?;
        Some(SignedCookie { value, signature, is_older: found.is_older() })
    }

    /// Whether this server sealed the cookie under this name.
    pub fn is_ours(&self, name: &str, cookie: SignedCookie<'_>) -> bool {
        self.signers.verify(&[name, cookie.value], cookie.signature)
    }

    /// The browser's cookie to send again: if older keys signed it, or it has an older name.
    pub fn renewed(
        &self,
        name: &str,
        headers: &HeaderMap,
        keep: Option<Duration>,
    ) -> Option<Cookie<'static>> {
        let is_outdated =
            |cookie: &SignedCookie<'_>| cookie.is_older || self.signers.is_outdated(cookie.signature);
        let cookie = self.signed(name, headers).filter(is_outdated)?;
        self.is_ours(name, cookie).then(|| self.seal(name, cookie.value, keep))
    }

    /// A signed cookie. Without `keep` it is a session cookie. `value` must be plain: letters, digits, `-_.~`.
    pub fn seal(&self, name: &str, value: &str, keep: Option<Duration>) -> Cookie<'static> {
        let signature = self.signers.sign(&[name, value]);
        self.write(name, format!("{value}.{signature}"), keep)
    }

    /// The value of an unsigned cookie by its exact name. None if two cookies share the name.
    pub fn read<'h>(&self, name: &str, headers: &'h HeaderMap) -> Option<&'h str> {
        self.find(name, headers).current.value()
    }

    /// The same, also under its older name. For cookies that prove where they come from.
    pub fn read_any<'h>(&self, name: &str, headers: &'h HeaderMap) -> Option<&'h str> {
        self.find(name, headers).value()
    }

    /// Looks once at each cookie of the request and allocates nothing, because every request does this several times.
    fn find<'h>(&self, name: &str, headers: &'h HeaderMap) -> Found<'h> {
        let mut found = Found::default();
        for pair in pairs(headers) {
            if let Some(value) = value_of(pair, [self.names.host_prefix(), name, &self.suffix]) {
                found.current.add(value);
            } else if self.names.has_changed()
                && let Some(value) = value_of(pair, ["", name, ""])
            {
                found.older.add(value);
            }
        }
        found
    }

    /// An unsigned cookie, for a preference that is not security-relevant.
    pub fn write(&self, name: &str, value: String, keep: Option<Duration>) -> Cookie<'static> {
        let mut cookie = Cookie::build(self.full_name(name), value)
            .path("/")
            .secure(self.names.is_https())
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish();
        cookie.set_max_age(keep);
        cookie
    }

    /// The same, sent only to `path` and below. `__Host-` does not allow that, so the name starts with `__Secure-`.
    pub fn write_below(
        &self,
        path: &'static str,
        name: &str,
        value: String,
        keep: Option<Duration>,
    ) -> Cookie<'static> {
        let mut cookie = self.write(name, value, keep);
        cookie.set_name(self.names.below_path(name));
        cookie.set_path(path);
        cookie
    }

    /// The values of a cookie limited to a path, at most `HANDFUL`. Any host of the domain can set one of the same
    /// name, so there may be several, and the caller decides which of them counts.
    pub fn read_below<'h>(&self, name: &str, headers: &'h HeaderMap) -> Vec<&'h str> {
        let full_name = self.names.below_path(name);
        let is_older = self.names.has_changed() && values(&full_name, headers).next().is_none();
        let name = if is_older { name } else { &full_name };
        values(name, headers).take(HANDFUL).filter_map(text).collect()
    }

    /// Every cookie with a name of this server, as `name=value`, in alphabetical order.
    pub fn own(&self, headers: &HeaderMap) -> Vec<String> {
        let pairs = pairs(headers).map(|pair| String::from_utf8_lossy(pair).into_owned());
        let is_own = |pair: &String| {
            let prefixes = ["__Host-", "__Secure-"];
            let name = prefixes.iter().find_map(|prefix| pair.strip_prefix(prefix)).unwrap_or(pair);
            name.starts_with("munjigi")
        };
        let mut own: Vec<String> = pairs.filter(is_own).collect();
        own.sort();
        own
    }

    /// Makes the browser delete the cookie.
    pub fn expire(&self, name: &str) -> Cookie<'static> {
        self.write(name, String::new(), Some(Duration::ZERO))
    }

    /// A signed cookie for every host of a domain. It is sent over https only. Its name, which is part of
    /// what is signed, distinguishes it from our own cookies.
    pub fn seal_for(&self, domain: &str, name: &str, value: &str, keep: Option<Duration>) -> Cookie<'static> {
        let signature = self.signers.sign(&[name, value]);
        let mut cookie = Cookie::build(shared_name(name), format!("{value}.{signature}"))
            .domain(domain.to_owned())
            .path("/")
            .secure(true)
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish();
        cookie.set_max_age(keep);
        cookie
    }

    /// The values of cookies created by `seal_for`, of at most `HANDFUL` cookies. Any host of the domain, and of the
    /// domains above it, can set one of the same name: another installation, or a malicious app.
    pub fn open_shared(&self, name: &str, headers: &HeaderMap) -> Vec<String> {
        let full_name = shared_name(name);
        let sealed = values(&full_name, headers).take(HANDFUL).filter_map(text);
        sealed.filter_map(|sealed| self.verified(name, sealed)).collect()
    }

    /// The value in a response's `Set-Cookie` line, if this server sealed it under this name.
    pub fn opened<'l>(&self, name: &str, line: &'l str) -> Option<(String, &'l str)> {
        let (cookie, attributes) = line.split_once(';').unwrap_or((line, ""));
        let sealed = cookie.strip_prefix(&self.full_name(name))?.strip_prefix('=')?;
        Some((self.verified(name, sealed).unwrap_or_default(), attributes))
    }

    fn verified(&self, name: &str, sealed: &str) -> Option<String> {
        let (value, signature) = sealed.rsplit_once('.')?;
        self.signers.verify(&[name, value], signature).then(|| value.to_owned())
    }

    fn full_name(&self, name: &str) -> String {
        self.names.host_only(name)
    }
}

/// Browsers accept it only from a host within the domain, over https (RFC 6265bis §4.1.3.1).
fn shared_name(name: &str) -> String {
    format!("__Secure-{name}")
}

/// The cookies of a request, as `name=value`. Nothing is decoded and only spaces and tabs are trimmed, so that no other
/// name matches ours and a malformed cookie does not hide it.
fn pairs(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    headers.get_all(COOKIE).flat_map(|header| {
        let (line, mut start) = (header.as_bytes(), 0);
        let ends = memchr::memchr_iter(b';', line).chain([line.len()]);
        ends.map(move |end| trim(&line[std::mem::replace(&mut start, end + 1)..end]))
    })
}

/// The values of the cookies with this name.
fn values<'h>(name: &str, headers: &'h HeaderMap) -> impl Iterator<Item = &'h [u8]> {
    pairs(headers).filter_map(move |pair| value_of(pair, ["", name, ""]))
}

/// The value if the cookie has the name, given in three parts.
fn value_of<'h>(pair: &'h [u8], [prefix, name, suffix]: [&str; 3]) -> Option<&'h [u8]> {
    // The position of the sign rules out most cookies without a comparison of names.
    let (full, value) = pair.split_at_checked(prefix.len() + name.len() + suffix.len())?;
    let value = value.strip_prefix(b"=")?;
    let rest = full.strip_prefix(prefix.as_bytes())?.strip_prefix(name.as_bytes())?;
    (rest == suffix.as_bytes()).then_some(value)
}

fn text(value: &[u8]) -> Option<&str> {
    std::str::from_utf8(value).ok()
}

fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::keys::{KeyPurpose, Keys, SecretKey};
    use actix_web::http::header::HeaderValue;
    use proptest::prelude::*;

    fn jar_with(byte: &str, names: CookieNames) -> CookieJar {
        let keys = Keys::of_one(&SecretKey::from_hex(&byte.repeat(64)).ok().unwrap());
        CookieJar::new(Signers::new(&keys, KeyPurpose::Cookies), names)
    }

    fn jar_of(byte: &str) -> CookieJar {
        jar_with(byte, CookieNames::Https)
    }

    fn plain_jar_of(byte: &str, port: u16) -> CookieJar {
        jar_with(byte, CookieNames::Http { port })
    }

    fn jar() -> CookieJar {
        jar_of("ab")
    }

    fn headers(values: &[&[u8]]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for value in values {
            map.append(COOKIE, HeaderValue::from_bytes(value).unwrap());
        }
        map
    }

    #[test]
    fn what_was_sealed_opens_under_its_own_name_only() {
        let cookie = jar().seal("munjigi", "abc", None);
        assert_eq!(cookie.name(), "__Host-munjigi");
        let pair = format!("x=1; {}={}", cookie.name(), cookie.value());
        assert_eq!(jar().open("munjigi", &headers(&[pair.as_bytes()])).as_deref(), Some("abc"));
        let renamed = format!("__Host-other={}", cookie.value());
        assert_eq!(jar().open("other", &headers(&[renamed.as_bytes()])), None);
        let other_key = jar_of("cd");
        assert_eq!(other_key.open("munjigi", &headers(&[pair.as_bytes()])), None);
    }

    #[test]
    fn a_cookie_of_the_domain_is_distinguished_from_ours() {
        let cookie = jar().seal_for("example.org", "munjigi-proxy", "abc", None);
        assert_eq!(cookie.name(), "__Secure-munjigi-proxy");
        assert_eq!((cookie.domain(), cookie.secure()), (Some("example.org"), Some(true)));
        let line = format!("{}={}", cookie.name(), cookie.value());
        assert_eq!(jar().open_shared("munjigi-proxy", &headers(&[line.as_bytes()])), ["abc"]);
        let ours = format!("__Host-munjigi={}", cookie.value());
        assert_eq!(jar().open("munjigi", &headers(&[ours.as_bytes()])), None);
        let session = jar().seal("munjigi", "abc", None);
        let theirs = format!("__Secure-munjigi-proxy={}", session.value());
        assert_eq!(jar().open_shared("munjigi-proxy", &headers(&[theirs.as_bytes()])), [""; 0]);
    }

    #[test]
    fn a_line_that_sets_a_cookie_is_read_by_its_exact_name() {
        let set = jar().seal("munjigi", "abc", Some(Duration::hours(1))).to_string();
        let (value, attributes) = jar().opened("munjigi", &set).unwrap();
        assert!(value == "abc" && attributes.contains("Max-Age=3600"), "{attributes}");
        let gone = jar().expire("munjigi").to_string();
        assert_eq!(jar().opened("munjigi", &gone).unwrap().0, "");
        for other in ["__Host-munjigi-device=x.y", "munjigi=x.y", "x=__Host-munjigi=y", ""] {
            assert_eq!(jar().opened("munjigi", other), None, "{other}");
        }
    }

    #[test]
    fn ports_of_one_host_do_not_share_names_and_older_names_are_only_read() {
        let (first, other) = (plain_jar_of("ab", 9001), plain_jar_of("cd", 9002));
        let (default, before) = (plain_jar_of("cd", 8080), plain_jar_of("ab", 8080));
        let pair = |jar: &CookieJar, value: &str| {
            let cookie = jar.seal("munjigi", value, None);
            format!("{}={}", cookie.name(), cookie.value())
        };
        let read = |line: String| {
            let headers = headers(&[line.as_bytes()]);
            (first.open("munjigi", &headers), first.renewed("munjigi", &headers, None).is_some())
        };
        let found = |value: &str, outdated| (Some(value.to_owned()), outdated);
        let own = pair(&first, "own");
        assert!(own.starts_with("munjigi-9001="), "{own}");
        assert_eq!(
            read(format!("{}; {own}; {}", pair(&default, "x"), pair(&other, "x"))),
            found("own", false)
        );
        assert_eq!(read(pair(&before, "older")), found("older", true));
        assert_eq!(read(format!("{}; {own}", pair(&before, "older"))), found("own", false));
        assert_eq!(read(pair(&default, "x")), (None, false), "another installation's");
        assert_eq!(read(pair(&other, "x")), (None, false));
        assert_eq!(read(format!("munjigi-9001=x.y; {}", pair(&before, "older"))), (None, false));
        assert_eq!(first.expire("munjigi").name(), "munjigi-9001");
        let refresh = |line: &str| {
            let headers = headers(&[line.as_bytes()]);
            first.read_below("munjigi-refresh", &headers).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(refresh("munjigi-refresh=a; munjigi-refresh-9001=b"), ["b"]);
        assert_eq!(refresh("munjigi-refresh=a; munjigi-refresh-9002=b"), ["a"]);
        let preference = headers(&[b"munjigi-lang=ko"]);
        assert_eq!(first.read("munjigi-lang", &preference), None, "anybody could have written it");
        // On https nothing but the one name counts.
        assert_eq!(jar().open("munjigi", &headers(&[pair(&before, "older").as_bytes()])), None);
    }

    #[test]
    fn look_alike_names_are_not_ours() {
        let good = jar().seal("munjigi", "good", None);
        let evil = jar().seal("munjigi", "evil", None);
        for name in [
            "%5F%5FHost-munjigi",
            "\u{2000}__Host-munjigi",
            "\u{85}__Host-munjigi",
            "__host-munjigi",
            "__Host-munjigi ",
            "=__Host-munjigi",
        ] {
            let line = format!("{name}={}; {}={}", evil.value(), good.name(), good.value());
            assert_eq!(
                jar().open("munjigi", &headers(&[line.as_bytes()])).as_deref(),
                Some("good"),
                "{name}"
            );
        }
    }

    #[test]
    fn a_doubled_cookie_counts_as_none() {
        let cookie = jar().seal("munjigi", "abc", None);
        let pair = format!("{}={}", cookie.name(), cookie.value());
        let twice = format!("{pair}; {pair}");
        assert_eq!(jar().open("munjigi", &headers(&[twice.as_bytes()])), None);
        assert_eq!(jar().open("munjigi", &headers(&[pair.as_bytes(), pair.as_bytes()])), None);
    }

    #[test]
    fn a_broken_neighbour_does_not_hide_ours() {
        let cookie = jar().seal("munjigi", "abc", None);
        let mut line = b"bad=\xff\xfe; ;;=; \x80".to_vec();
        line.extend(format!("; {}={}", cookie.name(), cookie.value()).as_bytes());
        assert_eq!(jar().open("munjigi", &headers(&[&line])).as_deref(), Some("abc"));
    }

    #[test]
    fn a_changed_bit_closes_it() {
        let cookie = jar().seal("munjigi", "abc", None);
        let sealed = cookie.value().as_bytes();
        for place in 0..sealed.len() {
            let mut bent = sealed.to_vec();
            bent[place] ^= 1;
            let line = [b"__Host-munjigi=", &bent[..]].concat();
            let Ok(value) = HeaderValue::from_bytes(&line) else {
                continue;
            };
            let mut map = HeaderMap::new();
            map.insert(COOKIE, value);
            assert_eq!(jar().open("munjigi", &map), None, "bit at {place}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_forged_values_never_open(line in proptest::collection::vec(32u8..=255, 0..200)) {
            let Ok(value) = HeaderValue::from_bytes(&line) else { return Ok(()) };
            let mut map = HeaderMap::new();
            map.insert(COOKIE, value);
            prop_assert_eq!(jar().open("munjigi", &map), None);
            let _ = jar().read("a", &map);
        }
    }
}
