//! Addresses that mail is sent to.

use std::str::FromStr;

use lettre::Address;
use lettre::address::AddressError;

use super::failure::Undeliverable;

/// Parses an address. Its local part may have every visible character beyond ASCII (RFC 6531 §3.3), also the marks of
/// scripts, which `lettre` does not accept. Its domain becomes ASCII (RFC 5891).
pub(super) fn parse(text: &str) -> Result<Address, Undeliverable> {
    let (local, domain) = text.rsplit_once('@').ok_or(Undeliverable::Domain)?;
    let domain = idna::domain_to_ascii(domain).map_err(|_| Undeliverable::Domain)?;
    if local.chars().any(|c| !c.is_ascii() && (c.is_control() || c.is_whitespace())) {
        return Err(AddressError::InvalidUser.into());
    }
    let ascii: String = local.chars().map(|c| if c.is_ascii() { c } else { 'a' }).collect();
    let checked = Address::from_str(&format!("{ascii}@{domain}"))?;
    Ok(Address::new_dangerous(local, checked.domain()))
}
