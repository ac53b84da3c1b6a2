//! The recipient of a letter.

use crate::platform::lang::Lang;

#[derive(Clone, Debug)]
pub struct Recipient {
    pub address: String,
    /// For the greeting; empty if the owner of the address is unknown.
    pub name: String,
    pub language: Lang,
}

impl Recipient {
    /// An address whose owner is unknown: without a name.
    pub fn anonymous(address: impl Into<String>, language: Lang) -> Self {
        Self { address: address.into(), name: String::new(), language }
    }
}
