//! What comes of an attempt to sign in.

use crate::identity::accounts::User;
use crate::identity::sessions::{Id, SessionKind};
use crate::identity::tokens::TokenPair;

use super::authenticated::Authenticated;
use super::pending::PendingSignIn;

pub enum Outcome {
    SignedIn(Box<SignedIn>),
    /// The token of the pending sign-in, for the browser.
    SecondFactorRequired(String),
    Rejected(Rejection),
}

/// A session has begun.
pub struct SignedIn {
    pub user: User,
    pub session: Id,
    pub kind: SessionKind,
    pub tokens: Option<TokenPair>,
    pub trust: Option<DeviceTrust>,
}

/// What makes the browser a trusted one.
pub struct DeviceTrust {
    pub token: String,
    /// Seconds.
    pub keep: i64,
}

/// Why an attempt was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// Unknown name or wrong password; the client is not told which.
    WrongPassword,
    /// Told only to a client that knew the password.
    Disabled,
    /// The same: the address must be verified first.
    Unverified,
    /// The password was right, and the account has a second factor.
    CodeRequired,
    WrongCode,
    WrongPasskey,
    /// The account must have a second factor and has none yet; only a browser can set one up.
    SetupRequired,
    /// The pending sign-in was finished, or has ended.
    Expired,
    /// A mailed link that is invalid, expired or used up.
    InvalidLink,
}

impl Rejection {
    /// The field that it is about; empty where that is all of the form.
    pub fn field(self) -> &'static str {
        match self {
            Self::CodeRequired | Self::WrongCode => "code",
            _ => "",
        }
    }
}

/// Where a passed first stage leads.
pub(super) enum Stage {
    Passed(Authenticated),
    SecondFactor(PendingSignIn),
}
