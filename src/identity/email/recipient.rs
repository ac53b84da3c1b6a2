//! Whom a letter is for.

use crate::platform::lang::Lang;

#[derive(Clone, Debug)]
pub struct Recipient {
    pub address: String,
    /// To greet with; empty where it is not known whose the address is.
    pub name: String,
    pub language: Lang,
}

impl Recipient {
    /// An address of which it is not known whose it is: without any name.
    pub fn anonymous(address: impl Into<String>, language: Lang) -> Self {
        Self { address: address.into(), name: String::new(), language }
    }
}
