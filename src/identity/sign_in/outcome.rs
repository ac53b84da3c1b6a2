//! Outcomes of a sign-in attempt.

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

/// A new session.
pub struct SignedIn {
    pub user: User,
    pub session: Id,
    pub kind: SessionKind,
    pub tokens: Option<TokenPair>,
    pub trust: Option<DeviceTrust>,
}

/// Makes the browser a trusted device.
pub struct DeviceTrust {
    pub token: String,
    /// Seconds.
    pub keep: i64,
}

/// Why an attempt was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// Unknown name or wrong password; the response does not distinguish them.
    WrongPassword,
    /// Reported only to a client that knew the password.
    Disabled,
    /// Reported likewise: the address must be verified first.
    Unverified,
    /// The password was correct, and the account has a second factor.
    CodeRequired,
    WrongCode,
    WrongPasskey,
    /// Shown too long after the page had asked for it. It is no failure.
    LatePasskey,
    /// The account requires a second factor and has none yet; only a browser can set one up.
    SetupRequired,
    /// The pending sign-in was completed or has expired.
    Expired,
    /// The pending sign-in has ended after too many wrong codes.
    Exhausted,
    /// The mailed link is invalid, expired or used up.
    InvalidLink,
}

impl Rejection {
    /// The field that it concerns; empty for the whole form.
    pub fn field(self) -> &'static str {
        match self {
            Self::CodeRequired | Self::WrongCode => "code",
            _ => "",
        }
    }
}

/// The result of a stage that was passed.
pub(super) enum Stage {
    Passed(Authenticated),
    SecondFactor(PendingSignIn),
}

impl From<Authenticated> for Stage {
    fn from(user: Authenticated) -> Self {
        Self::Passed(user)
    }
}
