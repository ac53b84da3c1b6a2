//! Requests to other servers: bounded in time and size, without redirects, and never to addresses that are not a server's.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ureq::http::header::{CONTENT_TYPE, HeaderName};
use ureq::http::{Method, Request, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::work_queue::WorkQueue;

/// How long a request may take, the lookup of its host included.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of an answer that are read; a longer one is an error.
const LONGEST_ANSWER: u64 = 512 * 1024;
/// Requests that run at once, and those that wait for one of them.
const THREADS: usize = 8;
const WAITING: usize = 64;

/// Where a request may go. Redirects are not followed, and what counts is the address that the host has at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To a host that the operator has named: anywhere but link-local addresses, where clouds serve the secrets of a machine.
    Named,
    /// To a host that another server has named: to public addresses only.
    Public,
}

/// A request to send.
pub struct Outgoing {
    pub url: String,
    pub reach: Reach,
    pub headers: Vec<(HeaderName, String)>,
    /// The fields of a form to post; without one it is a GET.
    pub form: Option<String>,
}

pub struct Incoming {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Why there is no answer. It says nothing of the request, which may hold secrets.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(String);

/// Cheap to clone. Its threads begin with the first request.
#[derive(Clone)]
pub struct HttpClient {
    queue: WorkQueue,
    named: Agent,
    public: Agent,
}

impl Default for HttpClient {
    fn default() -> Self {
        let queue = WorkQueue::start("http", THREADS, WAITING, || ());
        Self { queue, named: agent(Reach::Named), public: agent(Reach::Public) }
    }
}

impl Outgoing {
    pub fn get(url: impl Into<String>, reach: Reach) -> Self {
        Self { url: url.into(), reach, headers: Vec::new(), form: None }
    }

    pub fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl HttpClient {
    pub async fn send(&self, request: Outgoing) -> Result<Incoming, NoAnswer> {
        let agent = if request.reach == Reach::Named { self.named.clone() } else { self.public.clone() };
        let sent = self.queue.run(move || blocking(&agent, request));
        match tokio::time::timeout(PATIENCE, sent).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(NoAnswer("too many requests are waiting".to_owned())),
            Err(_) => Err(NoAnswer("there was no answer within 5 seconds".to_owned())),
        }
    }
}

fn blocking(agent: &Agent, request: Outgoing) -> Result<Incoming, NoAnswer> {
    let method = if request.form.is_some() { Method::POST } else { Method::GET };
    let mut built = Request::builder().method(method).uri(&request.url);
    for (name, value) in request.headers {
        built = built.header(name, value);
    }
    if request.form.is_some() {
        built = built.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let built = built.body(request.form.unwrap_or_default().into_bytes());
    let built = built.map_err(|_| NoAnswer("the address cannot be used".to_owned()))?;
    let (head, mut body) = agent.run(built).map_err(|error| NoAnswer(described(&error)))?.into_parts();
    let body = body.with_config().limit(LONGEST_ANSWER).read_to_vec();
    let body = body.map_err(|error| NoAnswer(described(&error)))?;
    Ok(Incoming { status: head.status.as_u16(), body })
}

fn described(error: &Error) -> String {
    match error {
        Error::Timeout(_) => "there was no answer within 5 seconds".to_owned(),
        Error::HostNotFound => "there is no host of this name".to_owned(),
        Error::BodyExceedsLimit(_) => "the answer is too long".to_owned(),
        other => other.to_string(),
    }
}

fn agent(reach: Reach) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent("munjigi")
        .build();
    Agent::with_parts(config, DefaultConnector::default(), Guard { reach, inner: DefaultResolver::default() })
}

/// Checks the addresses that are connected to, so that no name can lead to another one later.
struct Guard {
    reach: Reach,
    inner: DefaultResolver,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        for address in found.iter().filter(|address| is_allowed(address.ip(), self.reach)) {
            allowed.push(*address);
        }
        match allowed.is_empty() {
            true => Err(Error::Other("its host has an address that is not allowed".into())),
            false => Ok(allowed),
        }
    }
}

/// Whether a server may be asked at this address.
pub fn is_allowed(address: IpAddr, reach: Reach) -> bool {
    let address = embedded(address);
    !is_never_a_server(address) && (reach == Reach::Named || is_public(address))
}

/// The IPv4 address that an IPv6 address stands for: mapped, by 6to4, or by NAT64.
fn embedded(address: IpAddr) -> IpAddr {
    let address = address.to_canonical();
    let IpAddr::V6(v6) = address else { return address };
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        IpAddr::V4(Ipv4Addr::new(a, b, c, d))
    };
    match v6.segments() {
        [0x2002, high, low, ..] => inner(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0, 0, 0, 0, 0, 0, high, low] if high != 0 => {
            inner(high, low)
        }
        _ => address,
    }
}

fn is_never_a_server(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_multicast()
                || v4.octets()[0] == 0
                || v4.octets()[0] >= 240
        }
        IpAddr::V6(v6) => {
            v6.is_unicast_link_local() || v6.is_unspecified() || v6.is_multicast() || is_cloud(v6)
        }
    }
}

/// Where AWS serves the secrets of a machine by IPv6.
fn is_cloud(address: Ipv6Addr) -> bool {
    address.segments() == [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254]
}

/// IANA's registries of special-purpose addresses (RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            let is_benchmark = a == 198 && (18..20).contains(&b);
            let is_special = (a, b, c) == (192, 0, 0) || v4.is_documentation();
            !(v4.is_private() || v4.is_loopback() || is_shared || is_benchmark || is_special)
        }
        IpAddr::V6(v6) => v6.segments()[0] & 0xe000 == 0x2000 && v6.segments()[..2] != [0x2001, 0xdb8],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_local_addresses_are_never_asked_and_private_ones_only_where_the_operator_says_so() {
        for (address, named, public) in [
            ("169.254.169.254", false, false),
            ("::ffff:169.254.169.254", false, false),
            ("::169.254.169.254", false, false),
            ("2002:a9fe:a9fe::1", false, false),
            ("64:ff9b::a9fe:a9fe", false, false),
            ("fe80::1", false, false),
            ("fd00:ec2::254", false, false),
            ("0.0.0.0", false, false),
            ("0.1.2.3", false, false),
            ("::", false, false),
            ("224.0.0.1", false, false),
            ("255.255.255.255", false, false),
            ("127.0.0.1", true, false),
            ("::1", true, false),
            ("10.1.2.3", true, false),
            ("172.16.0.1", true, false),
            ("192.168.1.1", true, false),
            ("100.64.0.1", true, false),
            ("192.0.0.192", true, false),
            ("198.18.0.1", true, false),
            ("64:ff9b::7f00:1", true, false),
            ("fc00::1", true, false),
            ("1.1.1.1", true, true),
            ("2606:4700:4700::1111", true, true),
        ] {
            let parsed = address.parse().unwrap();
            let allowed = (is_allowed(parsed, Reach::Named), is_allowed(parsed, Reach::Public));
            assert_eq!(allowed, (named, public), "{address}");
        }
    }
}
