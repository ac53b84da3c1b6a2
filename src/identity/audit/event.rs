//! Events of accounts and of the site, and the codes that are stored.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// Each is stored and logged by its code, which is its name in snake case and never changes once released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    Registered,
    SignedIn,
    SignInFailed,
    SignedOut,
    SessionEnded,
    OthersEnded,
    AllEnded,
    RefreshReused,
    PasswordChanged,
    PasswordFailed,
    PasswordConfirmed,
    ProviderConfirmed,
    PasswordRequired,
    /// A link to a new password was shown to staff, because there is no mail server.
    PasswordLinkShown,
    PasswordReset,
    /// Staff had seen the link, so its user may not be the owner.
    ShownLinkUsed,
    PasswordResetAsked,
    RecoveryStarted,
    SignInLinkSent,
    SignInLinkUsed,
    EmailVerified,
    /// Staff or the operator know that the address is the user's.
    EmailVouched,
    EmailChangeAsked,
    TotpAdded,
    TotpRemoved,
    PasskeyAdded,
    PasskeyRenamed,
    PasskeyRemoved,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorFailed,
    SecondFactorConfirmed,
    FactorsRemoved,
    /// An account elsewhere signs in from now on.
    IdentityLinked,
    IdentityUnlinked,
    /// The other provider has ended the session that this one began with.
    ProviderSignedOut,
    DeviceTrusted,
    DeviceForgotten,
    EmailChanged,
    AccountDeleted,
    Disabled,
    Enabled,
    Promoted,
    Demoted,
    GroupCreated,
    GroupChanged,
    GroupDeleted,
    GroupJoined,
    GroupLeft,
    PostEdited,
    PostDeleted,
    ApplicationAdded,
    ApplicationChanged,
    ApplicationRemoved,
    AppSecretRotated,
    AppSecretEnded,
    /// The file that declared it does so no longer.
    AppDisabled,
    AppEnabled,
    AppSignedIn,
    AppConnected,
    AppDisconnected,
    AppCodeReused,
    AppRefreshReused,
    TokenCreated,
    TokenDeleted,
    KeysRotated,
    KeysForgotten,
    AuditExported,
}

impl Event {
    pub const ALL: &[Event] = Event::VARIANTS;

    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Parses a code; none if this version does not know it.
    pub fn parse(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_distinct_and_read_back() {
        let codes: HashSet<_> = Event::ALL.iter().map(|event| event.code()).collect();
        assert_eq!(codes.len(), Event::ALL.len());
        assert!(Event::ALL.iter().all(|event| Event::parse(event.code()) == Some(*event)));
        assert_eq!(Event::PasswordResetAsked.code(), "password_reset_asked");
    }
}
