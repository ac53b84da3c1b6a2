//! HTTP requests to addresses that others have chosen, such as those of apps. They follow no redirects, use no proxy, and
//! never reach link-local addresses, where clouds keep the credentials of machines.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{Method, Request, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

/// For a whole request, from the name to the end of the response.
pub const TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of a response's head, and of its body, that are read.
const LONGEST: u64 = 64 * 1024;

/// Sends requests; cheap to clone. Blocks.
#[derive(Clone, Debug)]
pub struct Outgoing(Agent);

/// What the other side answered.
#[derive(Clone, Debug)]
pub struct Answered {
    pub status: u16,
    /// Seconds since 1970, if it has sent the time.
    pub date: Option<i64>,
    pub location: Option<String>,
    /// As far as it could be read.
    pub body: Vec<u8>,
}

impl Default for Outgoing {
    fn default() -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(LONGEST as usize)
            // An idle connection may be closed by the other side just as the next request begins.
            .max_idle_connections(0)
            .proxy(None)
            .user_agent(concat!("munjigi/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(Agent::with_parts(config, DefaultConnector::default(), NoLinkLocal::default()))
    }
}

impl Outgoing {
    /// Posts a form.
    ///
    /// # Errors
    /// Why there is no response.
    pub fn post_form(&self, url: &str, body: String) -> Result<Answered, Error> {
        let request = Request::post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cache-control", "no-store");
        answered(self.0.run(request.body(body)?)?)
    }

    /// Fetches a document.
    ///
    /// # Errors
    /// As for `post_form`.
    pub fn get(&self, url: &str) -> Result<Answered, Error> {
        answered(self.0.run(Request::get(url).header("accept", "application/json").body(())?)?)
    }

    /// Asks what an address takes, which changes nothing there (RFC 9110 §9.3.7).
    pub fn options(&self, url: &str) -> Result<Answered, Error> {
        answered(self.0.run(Request::builder().method(Method::OPTIONS).uri(url).body(())?)?)
    }
}

fn answered(response: ureq::http::Response<ureq::Body>) -> Result<Answered, Error> {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let date = header("date").and_then(|text| jiff::fmt::rfc2822::parse(text).ok());
    let (date, location) =
        (date.map(|date| date.timestamp().as_second()), header("location").map(str::to_owned));
    let status = response.status().as_u16();
    // The status counts, even if the body is too long or breaks off.
    let body = response.into_body().with_config().limit(LONGEST).read_to_vec().unwrap_or_default();
    Ok(Answered { status, date, location, body })
}

/// Whether an address is link-local, in whichever form.
pub fn is_link_local(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_unicast_link_local()
                || embedded(address).is_some_and(|address| address.is_link_local())
        }
    }
}

/// The IPv4 address that an IPv6 one leads to: by NAT64 (RFC 6052 §2.1), 6to4 (RFC 3056), or as a compatible one
/// (RFC 4291 §2.5.5.1).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let octets = address.octets();
    let at =
        |start: usize| Ipv4Addr::new(octets[start], octets[start + 1], octets[start + 2], octets[start + 3]);
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, ..] | [0, 0, 0, 0, 0, 0, ..] => Some(at(12)),
        [0x2002, ..] => Some(at(2)),
        _ => None,
    }
}

/// Resolves names, and leaves out what must not be reached: the addresses that are left are those that are connected to.
#[derive(Debug, Default)]
struct NoLinkLocal(DefaultResolver);

impl Resolver for NoLinkLocal {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let mut allowed = self.empty();
        for address in self.0.resolve(uri, config, timeout)?.iter() {
            if !is_link_local(address.ip()) {
                allowed.push(*address);
            }
        }
        if allowed.is_empty() {
            return Err(Error::Other("link-local addresses are never called".into()));
        }
        Ok(allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_local_addresses_are_known_in_every_form() {
        for address in [
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "::169.254.169.254",
            "64:ff9b::169.254.169.254",
            "2002:a9fe:a9fe::1",
            "fe80::1",
            "febf::1",
        ] {
            assert!(is_link_local(address.parse().unwrap()), "{address}");
        }
        for address in
            ["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd00::1", "2001:db8::1", "64:ff9b::10.0.0.1"]
        {
            assert!(!is_link_local(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn an_address_that_resolves_to_none_that_may_be_reached_is_not_called() {
        for url in [
            "http://169.254.169.254/latest/meta-data/",
            "http://[fe80::1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://2852039166/",
            "http://0xa9fea9fe/",
        ] {
            let error = Outgoing::default().options(url).unwrap_err().to_string();
            assert!(error.contains("link-local"), "{url}: {error}");
        }
    }
}
