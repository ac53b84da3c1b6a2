//! An attempt to sign in, as data: pages and the API build it from cookies and headers, other protocols from theirs.

use crate::identity::accounts::{KnownDevice, Scopes};
use crate::identity::audit::Client;
use crate::identity::tokens::Presented;

#[derive(Clone)]
pub struct Attempt {
    pub client: Client,
    pub device: KnownDevice,
    pub issue: Issue,
    /// The client's existing sessions: they end, because an id from before sign-in is never reused (ASVS 7.2.4).
    pub presented: Presented,
    /// Where to go afterwards, as received.
    pub return_to: String,
    /// Whether to trust the device from now on.
    pub trust_device: bool,
}

/// What the client receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    /// A session in a browser.
    Cookie { remember: bool },
    /// A session of a program, with tokens.
    Tokens { scopes: Scopes },
}
