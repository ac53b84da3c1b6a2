//! Letters as data. The outbox is given their renderer at the start.

use strum::IntoStaticStr;

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
    /// Staff require a new password. Its code is typed where that of a recovery is.
    NewPassword(LinkSecrets),
    Register(LinkSecrets),
    VerifyEmail(LinkSecrets),
    ChangeEmail(LinkSecrets),
    /// A client has entered the address of an existing account.
    AddressTaken,
    Notice {
        notice: Notice,
        at: Timestamp,
        client: Option<Client>,
        /// Whether further ones of this kind are withheld for an hour.
        is_last: bool,
    },
    /// Lets the operator check that mail arrives.
    Test,
}

/// An event that the owner of an account is notified of, without any secret (ASVS 6.3.5, 6.3.7). The names are
/// stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Notice {
    NewDevice,
    PasswordChanged,
    /// It was set before anyone had proved the address.
    PasswordRemoved,
    /// A second factor, or the recovery codes.
    FactorsChanged,
    /// An account elsewhere signs in from now on.
    IdentityLinked,
    IdentityUnlinked,
    /// A program got an API token for the password.
    TokenCreated,
    /// Sent to the current address.
    AddressMoving,
    /// Sent to the previous address.
    AddressMoved,
}

impl Notice {
    /// The name that is stored.
    pub(super) fn name(self) -> &'static str {
        self.into()
    }
}

/// Renders letters.
pub trait RenderLetter: Send + Sync {
    fn render(&self, letter: &Letter, recipient: &Recipient, mailer: &Mailer) -> mail::Letter;
}
