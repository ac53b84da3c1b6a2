//! The client of a request: its address, device and request id.

use std::net::IpAddr;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::header::{HeaderMap, HeaderName, USER_AGENT};
use actix_web::{HttpMessage, HttpRequest, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ipnet::IpNet;

use crate::identity::audit::Client;
use crate::platform::keys::random_bytes;

use super::layout::language_of;
use super::log_throttle::LogThrottle;
use super::site::Site;
use super::user_agent::device;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What proxies add to requests and browsers never send.
static FORWARDING: [HeaderName; 5] = [
    FORWARDED_FOR,
    HeaderName::from_static("forwarded"),
    HeaderName::from_static("x-real-ip"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-forwarded-host"),
];

/// An id shared by the log, the response and an error page: a random prefix drawn when the process starts,
/// then a counter. It is not secret, and requesting randomness for every request would cost more than
/// checking the session.
#[derive(Clone)]
pub struct RequestId(pub String);

impl RequestId {
    pub fn next() -> Self {
        static PROCESS: LazyLock<[u8; 6]> = LazyLock::new(random_bytes);
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let [_, _, count @ ..] = COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let mut id = URL_SAFE_NO_PAD.encode(*PROCESS);
        URL_SAFE_NO_PAD.encode_string(count, &mut id);
        Self(id)
    }
}

/// The client of a request.
pub fn client_of(req: &HttpRequest) -> Client {
    let user_agent = req.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Client {
        address: address_of(req),
        device: device(user_agent),
        request_id: req.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone()),
        lang: language_of(req),
    }
}

/// The client's address: the peer's, or the one reported by trusted proxies.
pub fn address_of(req: &HttpRequest) -> IpAddr {
    let peer = req.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |address| address.ip().to_canonical());
    match req.app_data::<web::Data<Site>>() {
        Some(site) => forwarded_address(peer, req.headers(), &site.trusted_proxies).0,
        None => peer,
    }
}

/// Warns of proxies that are not understood: all their clients would count as one.
pub fn warn_of_misread_proxy(req: &HttpRequest, site: &Site) {
    static UNREADABLE: LogThrottle = LogThrottle::new();
    /// Clients on the Internet can send these headers themselves: they must not use up the warning about a proxy nearby.
    static UNLISTED: [LogThrottle; 2] = [LogThrottle::new(), LogThrottle::new()];
    let headers = req.headers();
    let Some(header) = FORWARDING.iter().find(|name| headers.contains_key(*name)) else { return };
    let Some(peer) = req.peer_addr().map(|address| address.ip().to_canonical()) else { return };
    if !is_listed(&peer, &site.trusted_proxies) {
        if UNLISTED[usize::from(is_nearby(&peer))].is_due() {
            tracing::warn!(
                %peer,
                %header,
                "requests with headers of a proxy come from an address that is not in MUNJIGI_TRUSTED_PROXIES; \
                 if it is your proxy, list it: until then all its clients count as one"
            );
        }
    } else if let (_, Some(member)) = forwarded_address(peer, headers, &site.trusted_proxies)
        && UNREADABLE.is_due()
    {
        tracing::warn!(
            %peer,
            ?member,
            "a proxy sends an X-Forwarded-For without a readable address; all clients like this count as one"
        );
    }
}

fn is_listed(address: &IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(address))
}

/// An address of this machine or of a private network.
fn is_nearby(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

/// Whether the peer is a trusted proxy.
pub fn is_from_trusted_proxy(req: &HttpRequest) -> bool {
    let peer = req.peer_addr().map(|address| address.ip().to_canonical());
    let site = req.app_data::<web::Data<Site>>();
    peer.zip(site).is_some_and(|(peer, site)| is_listed(&peer, &site.trusted_proxies))
}

/// The parent span of the request (W3C Trace Context), if a trusted proxy sent exactly one.
pub fn traceparent(req: &HttpRequest) -> Option<&str> {
    let mut lines = req.headers().get_all("traceparent");
    let only = lines.next().filter(|_| lines.next().is_none())?;
    only.to_str().ok().filter(|_| is_from_trusted_proxy(req))
}

/// Walks `X-Forwarded-For` from the right, past trusted proxies and empty members, which are no members
/// (RFC 9110 §5.6.1). The first untrusted address is the client; anything to its left may be forged. A member that
/// cannot be read ends the walk and is returned too: the client is then the proxy that sent it.
fn forwarded_address<'h>(
    peer: IpAddr,
    headers: &'h HeaderMap,
    trusted: &[IpNet],
) -> (IpAddr, Option<&'h str>) {
    if !is_listed(&peer, trusted) {
        return (peer, None);
    }
    let lines: Vec<&str> =
        headers.get_all(FORWARDED_FOR).map(|value| value.to_str().unwrap_or("?")).collect();
    let mut client = peer;
    let hops = lines.iter().flat_map(|line| line.split(',')).map(str::trim).filter(|hop| !hop.is_empty());
    for hop in hops.rev() {
        let Some(address) = parse_hop(hop) else {
            return (client, Some(hop));
        };
        client = address;
        if !is_listed(&client, trusted) {
            break;
        }
    }
    (client, None)
}

/// An address, with or without a port, brackets or the zone of a link-local one.
fn parse_hop(text: &str) -> Option<IpAddr> {
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']').filter(|(_, port)| port.is_empty() || port.starts_with(':'))?.0,
        None => text,
    };
    let bare = bare.split_once('%').map_or(bare, |(address, _zone)| address);
    let address = bare.parse().or_else(|_| text.parse().map(|socket: std::net::SocketAddr| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        forwarded_address(peer.parse().unwrap(), &headers, &trusted).0.to_string()
    }

    #[test]
    fn forwarded_addresses_count_from_trusted_proxies_only() {
        let ours = &["10.0.0.0/8", "::1/128"];
        assert_eq!(
            client("203.0.113.9", &["198.51.100.1"], ours),
            "203.0.113.9",
            "an untrusted peer speaks for itself"
        );
        assert_eq!(client("10.0.0.1", &[], ours), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1"], ours), "198.51.100.1");
        assert_eq!(
            client("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"], ours),
            "198.51.100.1",
            "forged ones stand left"
        );
        assert_eq!(
            client("10.0.0.1", &["1.1.1.1", "198.51.100.1"], ours),
            "198.51.100.1",
            "several lines are one list"
        );
        assert_eq!(client("::1", &["[2001:db8::1]:4711"], ours), "2001:db8::1");
        assert_eq!(client("10.0.0.1", &["::ffff:198.51.100.1"], ours), "198.51.100.1");
        assert_eq!(
            client("10.0.0.1", &["198.51.100.1, junk"], ours),
            "10.0.0.1",
            "what cannot be read ends the walk"
        );
        for (forwarded, expected) in [
            ("198.51.100.1,", "198.51.100.1"),
            (",198.51.100.1, ,\t,", "198.51.100.1"),
            ("8.8.8.8, 198.51.100.1,, 10.0.0.2,", "198.51.100.1"),
            ("", "10.0.0.1"),
            (",,", "10.0.0.1"),
            ("198.51.100.1:4711", "198.51.100.1"),
            ("fe80::1%eth0", "fe80::1"),
            ("[fe80::1%eth0]:4711", "fe80::1"),
            ("198.51.100.1, unknown, 10.0.0.2", "10.0.0.2"),
            ("198.51.100.1, [2001:db8::1", "10.0.0.1"),
            ("198.51.100.1, [2001:db8::1]junk", "10.0.0.1"),
            ("198.51.100.1, 10.0.0.256", "10.0.0.1"),
        ] {
            assert_eq!(client("10.0.0.1", &[forwarded], ours), expected, "{forwarded}");
        }
        assert_eq!(client("10.0.0.1", &["198.51.100.1", "", ","], ours), "198.51.100.1");
    }
}
