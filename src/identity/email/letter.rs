//! Letters as data. The outbox is given their renderer at the start.

use crate::identity::audit::Client;
use crate::platform::clock::Timestamp;
use crate::platform::mail::{self, Mailer};

use super::links::LinkSecrets;
use super::recipient::Recipient;

/// The subject of a letter.
pub enum Letter {
    PasswordReset(LinkSecrets),
    SignIn(LinkSecrets),
    /// Started by staff. The owner has no page open, so the letter names the one where its code is typed.
    Recovery(LinkSecrets),
    Register(LinkSecrets),
    VerifyEmail(LinkSecrets),
    ChangeEmail(LinkSecrets),
    /// A client has entered the address of an existing account.
    AddressTaken,
    Notice {
        notice: Notice,
        at: Timestamp,
        client: Option<Client>,
    },
    /// Lets the operator check that mail arrives.
    Test,
}

/// An event that the owner of an account is notified of, without any secret (ASVS 6.3.5, 6.3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    NewDevice,
    PasswordChanged,
    /// A second factor, or the recovery codes.
    FactorsChanged,
    /// Sent to the current address.
    AddressMoving,
    /// Sent to the previous address.
    AddressMoved,
}

/// Renders letters.
pub trait RenderLetter: Send + Sync {
    fn render(&self, letter: &Letter, recipient: &Recipient, mailer: &Mailer) -> mail::Letter;
}
