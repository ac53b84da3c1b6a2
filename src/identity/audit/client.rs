//! The client of a request, as far as it is known.

use std::net::IpAddr;

use crate::platform::lang::Lang;

/// Where a request comes from, and in which language to answer.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    /// Such as "Firefox · Linux"; empty when unknown.
    pub device: String,
    pub request_id: String,
    /// For a mail to a user who has chosen no language.
    pub lang: Lang,
}

impl Client {
    /// What limits count this client by.
    pub fn rate_limit_subject(&self) -> String {
        rate_limit_subject(self.address)
    }
}

/// The addresses that share one limit: an IPv4 address, or an IPv6 network of 64 bits, which one person holds.
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
