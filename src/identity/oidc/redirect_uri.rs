//! Where an app lets the browser return to.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// Bytes of a redirect URI.
const LONGEST: usize = 2_000;

/// Schemes that a browser runs or reads itself: a redirect there would be an attack.
const FORBIDDEN: [&str; 14] = [
    "about",
    "blob",
    "chrome",
    "data",
    "file",
    "filesystem",
    "ftp",
    "intent",
    "javascript",
    "mailto",
    "view-source",
    "vbscript",
    "ws",
    "wss",
];

/// Why a redirect URI cannot be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedirectUriProblem {
    #[error("it is longer than 2000 bytes")]
    Long,
    #[error("it is not an absolute address such as https://app.example.org/callback")]
    NotAbsolute,
    #[error("it has a fragment (#…), which a redirect URI must not have")]
    Fragment,
    #[error("it contains a user name or a password")]
    Userinfo,
    #[error(
        "it contains spaces, control characters, backslashes or letters outside ASCII; write them percent-encoded"
    )]
    Characters,
    #[error("http:// is accepted for localhost, 127.0.0.1 and [::1] only; use https://")]
    PlainHttp,
    #[error("browsers treat addresses of this scheme in a special way")]
    Scheme,
}

/// An address that an app has registered, as registered: it is compared byte by byte (RFC 9700 §2.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// An address of a website, of this machine (RFC 8252 §7.3), or of an app's own scheme (§7.1).
    pub fn parse(typed: &str) -> Result<Self, RedirectUriProblem> {
        use RedirectUriProblem::{Characters, Fragment, Long, NotAbsolute, PlainHttp, Scheme, Userinfo};
        if typed.len() > LONGEST {
            return Err(Long);
        }
        if typed.contains('#') {
            return Err(Fragment);
        }
        if !typed.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
            return Err(Characters);
        }
        let url = Url::parse(typed).map_err(|_| NotAbsolute)?;
        let is_web = matches!(url.scheme(), "http" | "https");
        let authority = format!("{}://", url.scheme());
        if is_web && !typed.to_ascii_lowercase().starts_with(&authority) {
            return Err(NotAbsolute);
        }
        if FORBIDDEN.contains(&url.scheme()) {
            return Err(Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Userinfo);
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(PlainHttp);
        }
        Ok(Self(typed.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a request may name `asked`: the same bytes, or, for a program on the person's own machine that was
    /// registered without a port, the same with any port, since it listens on whichever is free (RFC 8252 §7.3).
    pub fn matches(&self, asked: &str) -> bool {
        self.0 == asked || self.loopback_without_port().is_some_and(|parts| has_any_port(asked, parts))
    }

    /// What stands before and after the place of the port.
    fn loopback_without_port(&self) -> Option<(&str, &str)> {
        let url = Url::parse(&self.0).ok()?;
        let rest = self.0.strip_prefix("http://")?;
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let has_port = authority.rsplit_once(']').map_or(authority, |(_, after)| after).contains(':');
        (is_loopback(&url) && !has_port).then(|| self.0.split_at("http://".len() + authority.len()))
    }

    /// The host of a website; none for a person's own machine or an app's own scheme.
    pub fn host(&self) -> Option<String> {
        let url = Url::parse(&self.0).ok()?;
        let is_web = matches!(url.scheme(), "http" | "https") && !is_loopback(&url);
        url.host_str().filter(|_| is_web).map(str::to_owned)
    }

    /// Scheme, host and port, for `Content-Security-Policy` and pages; the scheme alone for an app's own.
    pub fn origin(&self) -> String {
        match Url::parse(&self.0) {
            Ok(url) if url.origin().is_tuple() => url.origin().ascii_serialization(),
            Ok(url) => format!("{}:", url.scheme()),
            Err(_) => String::new(),
        }
    }
}

fn has_any_port(asked: &str, (before, after): (&str, &str)) -> bool {
    let port = asked
        .strip_prefix(before)
        .and_then(|rest| rest.strip_prefix(':'))
        .and_then(|rest| rest.strip_suffix(after));
    port.is_some_and(|port| !port.starts_with(['0', '+']) && port.parse::<u16>().is_ok())
}

/// Whether the host is this machine, by name or by number.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_of_websites_own_machines_and_own_schemes_can_be_registered() {
        for uri in [
            "https://app.example.org/oauth2/callback",
            "https://app.example.org:8443/cb?tenant=1",
            "http://localhost/cb",
            "http://127.0.0.1:8000/cb",
            "http://[::1]/cb",
            "app.immich:///oauth-callback",
            "com.example.app:/cb",
            "cursor://anysphere.cursor-mcp/oauth/callback",
        ] {
            assert_eq!(RedirectUri::parse(uri).map(|uri| uri.0).as_deref(), Ok(uri));
        }
    }

    #[test]
    fn what_a_browser_would_run_or_anybody_could_read_cannot() {
        use RedirectUriProblem::*;
        for (uri, problem) in [
            ("javascript:alert(1)", Scheme),
            ("JavaScript://app.example.org/%0aalert(1)", Scheme),
            ("data:text/html,x", Scheme),
            ("blob:https://app.example.org/x", Scheme),
            ("http://app.example.org/cb", PlainHttp),
            ("http://localhost.example.org/cb", PlainHttp),
            ("http://127.0.0.1.example.org/cb", PlainHttp),
            ("https://app.example.org/cb#", Fragment),
            ("https://user@app.example.org/cb", Userinfo),
            ("https://app.example.org\\@evil.example/cb", Characters),
            ("https://app.example.org/a b", Characters),
            ("https://app.example.org/\r\nx", Characters),
            ("https:app.example.org/cb", NotAbsolute),
            ("/cb", NotAbsolute),
            ("app.example.org/cb", NotAbsolute),
            ("", NotAbsolute),
        ] {
            assert_eq!(RedirectUri::parse(uri), Err(problem), "{uri}");
        }
        assert_eq!(RedirectUri::parse(&format!("https://a/{}", "a".repeat(2_000))), Err(Long));
    }

    #[test]
    fn a_request_matches_byte_by_byte() {
        let uri = RedirectUri::parse("https://app.example.org/cb?x=1").unwrap();
        assert!(uri.matches("https://app.example.org/cb?x=1"));
        for other in [
            "https://app.example.org/cb",
            "https://app.example.org/cb?x=1&y=2",
            "https://app.example.org/cb/?x=1",
            "https://app.example.org/./cb?x=1",
            "https://APP.example.org/cb?x=1",
            "https://app.example.org:443/cb?x=1",
            "https://app.example.org@evil.example/cb?x=1",
            "https://app.example.org/cb?x=1#f",
            "http://app.example.org/cb?x=1",
            " https://app.example.org/cb?x=1",
        ] {
            assert!(!uri.matches(other), "{other}");
        }
    }

    #[test]
    fn a_program_on_this_machine_may_listen_on_any_port() {
        for (registered, asked) in [
            ("http://localhost/cb", "http://localhost:49152/cb"),
            ("http://127.0.0.1/cb?x=1", "http://127.0.0.1:1/cb?x=1"),
            ("http://[::1]/cb", "http://[::1]:65535/cb"),
            ("http://localhost", "http://localhost:3000"),
        ] {
            assert!(RedirectUri::parse(registered).unwrap().matches(asked), "{asked}");
        }
        for (registered, asked) in [
            ("http://localhost/cb", "http://localhost:/cb"),
            ("http://localhost/cb", "http://localhost:0/cb"),
            ("http://localhost/cb", "http://localhost:65536/cb"),
            ("http://localhost/cb", "http://localhost:80@evil.example/cb"),
            ("http://localhost/cb", "http://localhost:80/x/cb"),
            ("http://localhost/cb", "http://127.0.0.1:80/cb"),
            ("http://localhost/cb", "https://localhost:80/cb"),
            ("http://localhost:8000/cb", "http://localhost:8001/cb"),
            ("http://[::1]:8000/cb", "http://[::1]:8001/cb"),
            ("https://localhost/cb", "https://localhost:8001/cb"),
        ] {
            assert!(!RedirectUri::parse(registered).unwrap().matches(asked), "{asked}");
        }
    }

    proptest! {
        #[test]
        fn only_itself_or_its_ports_ever_match(asked in "http://localhost[:@/0-9a-z.?#]{0,20}/cb") {
            let uri = RedirectUri::parse("http://localhost/cb").unwrap();
            let leads_there = Url::parse(&asked).is_ok_and(|url| {
                url.host_str() == Some("localhost") && url.path() == "/cb" && url.username().is_empty()
                    && url.query().is_none() && url.fragment().is_none()
            });
            prop_assert!(!uri.matches(&asked) || leads_there, "{}", asked);
        }
    }
}
