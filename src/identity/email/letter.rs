//! Letters as data. What puts them into words is handed to the outbox at the start.

use crate::identity::audit::Client;
use crate::platform::clock::Timestamp;
use crate::platform::mail::{self, Mailer};

use super::links::LinkSecrets;
use super::recipient::Recipient;

/// What a letter is about.
pub enum Letter {
    PasswordReset(LinkSecrets),
    SignIn(LinkSecrets),
    /// Started by staff. No page has asked for it, so the letter names the one where its code is typed.
    Recovery(LinkSecrets),
    Register(LinkSecrets),
    VerifyEmail(LinkSecrets),
    ChangeEmail(LinkSecrets),
    /// Someone has typed the address of an account that exists.
    AddressTaken,
    Notice {
        notice: Notice,
        at: Timestamp,
        client: Option<Client>,
    },
    /// Shows the operator that mail arrives.
    Test,
}

/// What the owner of an account is notified of, without any secret (ASVS 6.3.5, 6.3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    NewDevice,
    PasswordChanged,
    /// A second factor, or the recovery codes.
    FactorsChanged,
    /// To the address as it still is.
    AddressMoving,
    /// To the address as it was.
    AddressMoved,
}

/// Puts letters into words.
pub trait RenderLetter: Send + Sync {
    fn render(&self, letter: &Letter, recipient: &Recipient, mailer: &Mailer) -> mail::Letter;
}
