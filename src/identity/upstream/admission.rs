//! Whose first sign-in makes an account.

use crate::config::{Admission, ProviderConfig, ProviderKind};

use super::person::Person;

/// Why it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdmitted {
    /// No new accounts are made.
    Closed,
    /// The address is in none of the domains, or not proved to be.
    Domain,
    /// The person is in none of the groups.
    Group,
    /// The operator has made no account for the address.
    Uninvited,
}

/// `open`: whether the site makes new accounts at all.
pub fn check(config: &ProviderConfig, person: &Person, open: bool) -> Result<(), NotAdmitted> {
    let admits = match config.admission {
        _ if !open => return Err(NotAdmitted::Closed),
        Admission::Closed => return Err(NotAdmitted::Closed),
        Admission::Invited => return Err(NotAdmitted::Uninvited),
        Admission::Open => true,
        Admission::Domains => {
            domain_of(config, person).is_some_and(|domain| config.domains.contains(&domain))
        }
        Admission::Groups => person.groups.iter().any(|group| config.groups.contains(group)),
    };
    match (admits, config.admission) {
        (true, _) => Ok(()),
        (false, Admission::Groups) => Err(NotAdmitted::Group),
        (false, _) => Err(NotAdmitted::Domain),
    }
}

/// The domain that vouches for the person. At Google that is the organisation's: a private account may have any address
/// (Google: "Validate an ID token").
fn domain_of(config: &ProviderConfig, person: &Person) -> Option<String> {
    if config.kind == ProviderKind::Google {
        return person.hosted_domain.as_ref().map(|domain| domain.to_lowercase());
    }
    let email = person.proved_email()?;
    email.key.current.rsplit_once('@').map(|(_, domain)| domain.to_owned())
}
