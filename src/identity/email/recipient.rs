//! The recipient of a letter, and whose mail counts together with theirs.

use crate::platform::keys::fingerprint;
use crate::platform::lang::Lang;
use crate::platform::time_zone::TimeZone;

use super::mailbox::{has_subaddress, mailbox};

#[derive(Clone, Debug)]
pub struct Recipient {
    pub address: String,
    /// For the greeting; empty if the owner of the address is unknown.
    pub name: String,
    pub language: Lang,
    pub time_zone: TimeZone,
}

impl Recipient {
    /// An address whose owner is unknown: without a name.
    pub fn anonymous(address: impl Into<String>, language: Lang) -> Self {
        Self { address: address.into(), name: String::new(), language, time_zone: TimeZone::UTC }
    }
}

/// The owner of an account, as the recipient of notices about it.
pub struct Owner {
    pub user_id: i64,
    /// Whether the address is known to be theirs.
    pub is_verified: bool,
    pub recipient: Recipient,
}

impl Owner {
    /// The subject of counts that others must not use up. A verified address has only one account. An unverified one
    /// may belong to someone else: all its subaddresses share a count, which the plain address does not share.
    pub(super) fn rate_limit_subject(&self) -> String {
        let address = &self.recipient.address;
        match (self.is_verified, has_subaddress(address)) {
            (true, _) => format!("user {}", self.user_id),
            (false, true) => fingerprint(&format!("{} +", mailbox(address))),
            (false, false) => fingerprint(&mailbox(address)),
        }
    }
}
