//! Which addresses a request may reach (server-side request forgery, ASVS 1.3.6).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where a request may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To a host that the operator or staff have named: anywhere but to link-local and reserved addresses, where clouds
    /// serve the secrets of a machine.
    Named,
    /// To a host that anyone may have named: to public addresses only.
    Public,
}

impl Reach {
    /// Why no address of a host may be reached.
    pub(super) fn refusal(self) -> &'static str {
        match self {
            Self::Named => "its addresses are link-local or reserved, which are never called",
            Self::Public => "it is at no public address",
        }
    }

    /// Whether a server may be called at this address.
    pub(super) fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Named => !is_never_a_server(embedded(address)),
            Self::Public => is_public(address),
        }
    }
}

/// The IPv4 address that an IPv6 address stands for: mapped or compatible (RFC 4291 §2.5.5), by 6to4 (RFC 3056), or by
/// NAT64 (RFC 6052 §2.1).
fn embedded(address: IpAddr) -> IpAddr {
    let address = address.to_canonical();
    let IpAddr::V6(v6) = address else { return address };
    match v6.segments() {
        [0x2002, ..] => IpAddr::V4(v4_at(v6, 2)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, _] | [0, 0, 0, 0, 0, 0, high, _] if high != 0 => {
            IpAddr::V4(v4_at(v6, 12))
        }
        _ => address,
    }
}

/// The IPv4 address that begins at this byte.
fn v4_at(address: Ipv6Addr, start: usize) -> Ipv4Addr {
    let octets = address.octets();
    Ipv4Addr::new(octets[start], octets[start + 1], octets[start + 2], octets[start + 3])
}

fn is_never_a_server(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let first = v4.octets()[0];
            v4.is_link_local() || v4.is_multicast() || first == 0 || first >= 240
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

/// Whether an address is on the public Internet (the registries of RFC 6890).
fn is_public(address: IpAddr) -> bool {
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
    match address.segments() {
        // NAT64 (RFC 6052) and 6to4 (RFC 3056) lead to an IPv4 address.
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => is_public_v4(v4_at(address, 12)),
        [0x2002, ..] => is_public_v4(v4_at(address, 2)),
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
            let allowed = (Reach::Named.allows(parsed), Reach::Public.allows(parsed));
            assert_eq!(allowed, (named, public), "{address}");
        }
    }

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
            assert!(!Reach::Named.allows(address.parse().unwrap()), "{address}");
        }
        for address in
            ["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd00::1", "2001:db8::1", "64:ff9b::10.0.0.1"]
        {
            assert!(Reach::Named.allows(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for address in
            ["93.184.215.14", "1.1.1.1", "100.63.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::1.1.1.1"]
        {
            assert!(Reach::Public.allows(address.parse().unwrap()), "{address}");
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
            assert!(!Reach::Public.allows(address.parse().unwrap()), "{address}");
        }
    }
}
