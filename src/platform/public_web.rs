//! Requests to addresses that anyone may choose: they reach public addresses only, so that no outsider sees through this
//! server into the network that it stands in (server-side request forgery, ASVS 1.3.6).

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{Request, Uri};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

/// For a whole request, from the name to the end of the response.
const TIMEOUT: Duration = Duration::from_secs(3);
/// Bytes of a response's head, and of its body.
const LONGEST: usize = 5 * 1024;

/// The web as tests know it: names with their addresses, and one server that stands at all of them.
#[derive(Clone, Debug)]
pub struct TestWeb {
    pub names: HashMap<String, IpAddr>,
    pub server: SocketAddr,
    /// The authority of its certificate, PEM.
    pub authority: Vec<u8>,
}

/// Sends requests; cheap to clone. Blocks.
#[derive(Clone, Debug)]
pub struct PublicWeb(Agent);

impl PublicWeb {
    pub fn new(test_web: Option<&TestWeb>) -> Self {
        let roots = test_web.map_or(RootCerts::WebPki, |web| {
            let read = parse_pem(&web.authority).filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            });
            RootCerts::Specific(Arc::new(read.collect()))
        });
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .https_only(true)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(LONGEST)
            .max_idle_connections(0)
            .proxy(None)
            .user_agent(concat!("munjigi/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        let resolver = PublicOnly { names: DefaultResolver::default(), test_web: test_web.cloned() };
        Self(Agent::with_parts(config, DefaultConnector::default(), resolver))
    }

    /// The status and the body of a JSON document.
    ///
    /// # Errors
    /// Why there is none, such as its size.
    pub fn get_json(&self, url: &str) -> Result<(u16, Vec<u8>), Error> {
        let response = self.0.run(Request::get(url).header("accept", "application/json").body(())?)?;
        let status = response.status().as_u16();
        Ok((status, response.into_body().with_config().limit(LONGEST as u64).read_to_vec()?))
    }
}

/// Resolves names, and leaves out what is not public: those that are left are connected to, so that a name cannot change its
/// mind in between.
#[derive(Debug)]
struct PublicOnly {
    names: DefaultResolver,
    test_web: Option<TestWeb>,
}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let mut allowed = self.empty();
        match &self.test_web {
            None => {
                let found = self.names.resolve(uri, config, timeout)?;
                found.iter().filter(|address| is_public(address.ip())).for_each(|one| allowed.push(*one));
            }
            Some(web) => {
                let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
                let found = web.names.get(host).copied().or_else(|| host.parse().ok());
                found.filter(|address| is_public(*address)).iter().for_each(|_| allowed.push(web.server));
            }
        }
        match allowed.is_empty() {
            true => Err(Error::Other("it is at no public address".into())),
            false => Ok(allowed),
        }
    }
}

/// Whether an address is on the public Internet (the registries of RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = matches!(
        (a, b, c),
        (0 | 127, ..)
            | (100, 64..128, _)
            | (192, 0, 0)
            | (198, 18..20, _)
            | (240.., ..)
            | (192, 88, 99)
            | (192, 31, 196)
            | (192, 52, 193)
            | (192, 175, 48)
    );
    !(is_special
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let octets = address.octets();
    let v4 = |start: usize| {
        is_public_v4(Ipv4Addr::new(octets[start], octets[start + 1], octets[start + 2], octets[start + 3]))
    };
    match address.segments() {
        // NAT64 (RFC 6052) and 6to4 (RFC 3056) lead to an IPv4 address.
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => v4(12),
        [0x2002, ..] => v4(2),
        // Teredo, ORCHID, benchmarking and documentation.
        [0x2001, 0 | 2 | 0xdb8 | 0x10..0x30, ..] | [0x3fff, 0..0x1000, ..] => false,
        // Global unicast (RFC 4291 §2.4); everything else is local or reserved.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for address in
            ["93.184.215.14", "1.1.1.1", "100.63.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::1.1.1.1"]
        {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.1.2.3",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1.1.1.1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_resolves_to_no_public_address_is_not_called() {
        for url in [
            "https://127.0.0.1/",
            "https://localhost/",
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://169.254.169.254/latest/",
            "https://[::ffff:10.0.0.1]/",
        ] {
            let error = PublicWeb::new(None).get_json(url).unwrap_err().to_string();
            assert!(error.contains("public"), "{url}: {error}");
        }
        assert!(PublicWeb::new(None).get_json("http://1.1.1.1/").is_err(), "https alone");
    }
}
