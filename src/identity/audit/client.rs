//! What is known about the client of a request.

use std::net::IpAddr;

use crate::platform::lang::Lang;

/// The origin of a request, and the language of the response.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    /// Such as "Firefox · Linux"; empty when unknown.
    pub device: String,
    pub request_id: String,
    /// For mail to a user who has not chosen a language.
    pub lang: Lang,
}

impl Client {
    /// The key by which rate limits count this client.
    pub fn rate_limit_subject(&self) -> String {
        rate_limit_subject(self.address)
    }
}

/// The addresses that share one limit: an IPv4 address, or an IPv6 /64, which usually belongs to one subscriber.
pub fn rate_limit_subject(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_ipv6_network_is_one_subject() {
        let of = |text: &str| rate_limit_subject(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
