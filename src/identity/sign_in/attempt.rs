//! An attempt to sign in, as data: pages and the API make it from cookies and headers, other protocols from theirs.

use crate::identity::accounts::{KnownDevice, Scopes};
use crate::identity::audit::Client;
use crate::identity::tokens::Presented;

#[derive(Clone)]
pub struct Attempt {
    pub client: Client,
    pub device: KnownDevice,
    pub issue: Issue,
    /// The sessions that the client has already: they end, for an id from before sign-in is never kept (ASVS 7.2.4).
    pub presented: Presented,
    /// Where to go afterwards, as it was typed.
    pub return_to: String,
    /// Whether the device is to be trusted from now on.
    pub trust_device: bool,
}

/// What the client gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    /// A session in a browser.
    Cookie { remember: bool },
    /// A session of a program, with tokens.
    Tokens { scopes: Scopes },
}
