//! What a request behind a proxy is for: scheme, host, port and path, normalised once.

use percent_encoding::{CONTROLS, utf8_percent_encode};
use url::{Host, Url};

use super::path::Readings;

/// The longest address, in bytes; no browser sends a longer one.
const MAX_BYTES: usize = 8_000;

/// The requested address behind a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// Lower case, Punycode, without a dot at its end; IPv6 in brackets.
    pub host: String,
    pub port: u16,
    /// What the path may be read as.
    pub path: Readings,
    /// Path and query, to return to: as they were sent, without characters that an address cannot hold.
    place: String,
}

impl Target {
    /// Parses a whole address, as nginx sends it.
    pub fn parse(address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, place) = rest.split_at(end);
        Self::new(scheme, authority, if place.is_empty() { "/" } else { place })
    }

    /// Builds it from its parts, as the other proxies send them. None if it cannot be normalised.
    pub fn new(scheme: &str, authority: &str, place: &str) -> Option<Self> {
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "https" | "wss" => "https",
            "http" | "ws" => "http",
            _ => return None,
        };
        let (host, port) = host_and_port(scheme, authority)?;
        if place.len() > MAX_BYTES || place.bytes().any(|b| b.is_ascii_control() || b == b' ') {
            return None;
        }
        let path = Readings::of(place.split('?').next().unwrap_or_default())?;
        Some(Self { scheme, host, port, path, place: encoded(place) })
    }

    /// Scheme, host and port, as browsers write them.
    pub fn origin(&self) -> String {
        let Self { scheme, host, port, .. } = self;
        match (*scheme, port) {
            ("https", 443) | ("http", 80) => format!("{scheme}://{host}"),
            _ => format!("{scheme}://{host}:{port}"),
        }
    }

    /// The whole address, to return to after sign-in.
    pub fn address(&self) -> String {
        format!("{}{}", self.origin(), self.place)
    }
}

/// Encodes what no browser sends unencoded: a fragment, and spaces and control characters beyond ASCII.
fn encoded(place: &str) -> String {
    const FRAGMENT: &percent_encoding::AsciiSet = &CONTROLS.add(b'#');
    let is_odd = |c: char| c == '#' || c.is_control() || c.is_whitespace();
    let pieces = place.split_inclusive(is_odd).map(|piece| match piece.chars().next_back() {
        Some(last) if is_odd(last) => {
            let (plain, odd) = piece.split_at(piece.len() - last.len_utf8());
            format!("{plain}{}", utf8_percent_encode(odd, FRAGMENT))
        }
        _ => piece.to_owned(),
    });
    pieces.collect()
}

/// A host in its canonical form, and the port if there is one.
pub fn host_and_port(scheme: &str, authority: &str) -> Option<(String, u16)> {
    let odd = |c: char| c.is_control() || c.is_whitespace() || "@/\\?#%,*".contains(c);
    if authority.is_empty() || authority.contains(odd) {
        return None;
    }
    let url = Url::parse(&format!("{scheme}://{authority}/")).ok()?;
    let port = url.port_or_known_default()?;
    let host = match url.host()? {
        Host::Domain(name) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            let fits = name.split('.').all(|label| !label.is_empty());
            fits.then(|| name.to_owned())?
        }
        address => address.to_string(),
    };
    Some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_place_has_one_name() {
        let plain = Target::parse("https://app.example.org/x?y=1").unwrap();
        for address in [
            "HTTPS://App.Example.ORG/x?y=1",
            "https://app.example.org:443/x?y=1",
            "https://app.example.org./x?y=1",
            "wss://app.example.org.:443/x?y=1",
            "https://app.example.org:/x?y=1",
        ] {
            assert_eq!(Target::parse(address).as_ref(), Some(&plain), "{address}");
        }
        assert_eq!(plain.address(), "https://app.example.org/x?y=1");
        assert_eq!(Target::parse("https://앱.example.org").unwrap().host, "xn--rf5b.example.org");
        assert_eq!(Target::parse("http://0x7f.1:8080/").unwrap().origin(), "http://127.0.0.1:8080");
        assert_eq!(Target::parse("https://[::1]:444/a").unwrap().address(), "https://[::1]:444/a");
        assert_eq!(Target::parse("https://app.example.org?x").map(|target| target.host), None);
    }

    #[test]
    fn what_cannot_be_normalised_is_refused() {
        for address in [
            "",
            "app.example.org",
            "//app.example.org",
            "ftp://app.example.org/",
            "javascript://app.example.org/",
            "https://",
            "https:///x",
            "https://app.example.org@evil.example/",
            "https://user:x@app.example.org/",
            "https://app.example.org:99999/",
            "https://app.example.org:x/",
            "https://app..example.org/",
            "https://app.example.org../",
            "https://.example.org/",
            "https://app%2eexample.org/",
            "https://app.example.org,evil.example/",
            "https://*.example.org/",
            "https://app.example.org\\x/",
            "https://app.example.org/ x",
            "https://1.2.3.999/",
            "https://exa mple.org/",
            "https://example.org\0/",
        ] {
            assert_eq!(Target::parse(address), None, "{address:?}");
        }
        assert_eq!(Target::parse(&format!("https://a.example/{}", "a".repeat(8_000))), None);
    }

    #[test]
    fn an_address_to_return_to_has_no_fragment_and_no_spaces() {
        for (sent, address) in [
            ("https://app.example.org/x#y?z#", "https://app.example.org/x%23y?z%23"),
            ("https://app.example.org/x?\u{2028}\u{a0}", "https://app.example.org/x?%E2%80%A8%C2%A0"),
            ("https://app.example.org/가?나", "https://app.example.org/가?나"),
        ] {
            assert_eq!(Target::parse(sent).unwrap().address(), address);
        }
    }

    proptest! {
        #[test]
        fn a_normalised_address_is_normal(address in "https?://[A-Za-z0-9.:@\\[\\]%-]{1,20}/\\PC{0,20}") {
            if let Some(target) = Target::parse(&address) {
                prop_assert_eq!(Target::parse(&target.address()).map(|again| again.address()), Some(target.address()));
            }
        }
    }
}
