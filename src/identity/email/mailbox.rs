//! The mailbox behind an address.

/// The same text for every address of one mailbox, for counting its mail: without case, and without a subaddress
/// (RFC 5233), of which anyone can make as many as they like.
pub fn mailbox(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else { return address.to_lowercase() };
    let name = subaddressed(local).map_or(local, |(name, _)| name);
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned());
    format!("{name}@{domain}").to_lowercase()
}

/// Whether the address has a subaddress.
pub(super) fn has_subaddress(address: &str) -> bool {
    address.rsplit_once('@').is_some_and(|(local, _)| subaddressed(local).is_some())
}

fn subaddressed(local: &str) -> Option<(&str, &str)> {
    local.split_once('+').filter(|(name, _)| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_mailbox_count_as_one() {
        for same in ["mina@example.org", "Mina@Example.ORG", "mina+a@example.org", "MINA+b+c@example.org"] {
            assert_eq!(mailbox(same), "mina@example.org");
        }
        assert_eq!(mailbox("mina@Bücher.example"), mailbox("mina@xn--bcher-kva.example"));
        for other in ["minas@example.org", "mina@example.com", "mi.na@example.org", "+mina@example.org"] {
            assert_ne!(mailbox(other), "mina@example.org");
        }
        assert_eq!(mailbox("+a@example.org"), "+a@example.org");
        assert!(has_subaddress("mina+a@example.org") && !has_subaddress("mina@example+org"));
    }
}
