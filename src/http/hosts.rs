//! The host names that the server answers to. A page under any other name shares neither our origin nor our
//! cookies, so a name that an attacker points at this server (DNS rebinding) must not act for its visitors.

use std::collections::HashSet;
use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::HOST;
use url::{Host, Url};

use super::error::AppError;

/// Proxies ask below this path under the app's name, or under the name of their upstream.
const FORWARD_AUTH: &str = "/api/authz/";

/// Names and addresses, without ports, because a port makes no other site.
pub struct Hosts {
    /// In lower case, other scripts in Punycode, without the trailing dot.
    names: Vec<String>,
    addresses: Vec<IpAddr>,
}

impl Hosts {
    /// The host of the public URL first, because most requests name it.
    pub fn new(public_url: &Url, allowed: &HashSet<Host>) -> Self {
        let own = public_url.host().map(|host| host.to_owned());
        let mut hosts = Self { names: Vec::new(), addresses: Vec::new() };
        for host in own.iter().chain(allowed) {
            match host {
                Host::Domain(name) => hosts.names.push(name.trim_end_matches('.').to_owned()),
                Host::Ipv4(address) => hosts.addresses.push((*address).into()),
                Host::Ipv6(address) => hosts.addresses.push(IpAddr::from(*address).to_canonical()),
            }
        }
        hosts
    }

    /// Checks every name in the request: `Host`, and the authority of an absolute target. Servers differ in
    /// which of the two they use. Probes may use any name, and so may trusted proxies that ask about a request.
    ///
    /// # Errors
    /// 421 for a name that is not ours (RFC 9110 §7.4); 400 if there is none, several or a malformed one
    /// (RFC 9112 §3.2).
    pub fn check(
        &self,
        req: &HttpRequest,
        is_from_trusted_proxy: impl FnOnce(&HttpRequest) -> bool,
    ) -> Result<(), AppError> {
        let path = req.path();
        if matches!(path, "/healthz" | "/readyz") {
            return Ok(());
        }
        let asks = path.starts_with(FORWARD_AUTH);
        if asks && is_from_trusted_proxy(req) {
            return Ok(());
        }
        let mut lines = req.headers().get_all(HOST);
        let line = lines.next().map(|line| line.to_str().unwrap_or_default());
        let authority = req.uri().authority().map(|authority| authority.as_str());
        if lines.next().is_some() || line.or(authority).is_none() {
            return Err(AppError::BadRequest);
        }
        for text in line.into_iter().chain(authority) {
            let name = without_port(text).ok_or(AppError::BadRequest)?;
            if !self.answer_to(name) {
                let setting = if asks { "MUNJIGI_TRUSTED_PROXIES" } else { "MUNJIGI_ALLOWED_HOSTS" };
                let peer = req.peer_addr().map(|peer| peer.ip().to_canonical());
                tracing::info!(host = ?text, ?peer, "the request is for a host that is not ours; {setting} lists exceptions");
                return Err(AppError::Misdirected);
            }
        }
        Ok(())
    }

    fn answer_to(&self, name: &str) -> bool {
        if self.names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return true;
        }
        match name.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(address) => address.is_loopback() || self.addresses.contains(&address),
            Err(_) => is_localhost(name),
        }
    }
}

/// `localhost` and names below it, which browsers never look up elsewhere (RFC 6761 §6.3).
fn is_localhost(name: &str) -> bool {
    let top = name.rsplit('.').next().unwrap_or_default();
    top.eq_ignore_ascii_case("localhost") && !name.starts_with('.')
}

/// The name or address in a `Host` header, without brackets, port and trailing dot (RFC 3986 §3.2). None if it
/// is malformed.
fn without_port(host: &str) -> Option<&str> {
    let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(rest) = host.strip_prefix('[') {
        let (address, rest) = rest.split_once(']')?;
        let is_whole = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
        return (is_whole && address.parse::<std::net::Ipv6Addr>().is_ok()).then_some(address);
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let name = name.strip_suffix('.').unwrap_or(name);
    (!name.is_empty() && is_port(port)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hosts() -> Hosts {
        let url = Url::parse("https://id.example.org").unwrap();
        Hosts::new(&url, &["munjigi", "10.0.0.5"].map(|host| Host::parse(host).unwrap()).into())
    }

    fn answers(host: &str) -> bool {
        without_port(host).is_some_and(|name| hosts().answer_to(name))
    }

    #[test]
    fn own_listed_and_loopback_names_are_answered() {
        for host in
            ["id.example.org", "ID.example.ORG.:8443", "munjigi:80", "10.0.0.5:80", "localhost", "[::1]:8080"]
        {
            assert!(answers(host), "{host}");
        }
        for host in
            ["", "evil.example", "x.munjigi", "10.0.0.55", ".localhost", "localhost..", "::1", "[10.0.0.5]"]
        {
            assert!(!answers(host), "{host}");
        }
    }

    proptest! {
        #[test]
        fn no_name_below_a_foreign_domain_is_answered(start in "(id\\.example\\.org|localhost|127\\.0\\.0\\.1)?[-a-z0-9.@:#/\\[\\]]{0,20}") {
            let host = format!("{start}.evil.example");
            prop_assert!(!answers(&host), "{}", host);
        }
    }
}
