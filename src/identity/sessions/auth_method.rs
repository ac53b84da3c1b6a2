//! How a user has authenticated, and the strength of that.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// One way to authenticate, by its bit. Named as in tokens and the API (RFC 8176 §2, if it defines a name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
pub enum Method {
    /// The password was typed.
    #[strum(serialize = "pwd")]
    Password = 1,
    /// A code of the authenticator app.
    #[strum(serialize = "otp")]
    Totp = 2,
    /// A recovery code.
    #[strum(serialize = "recovery")]
    Recovery = 4,
    /// A passkey whose device has verified its user.
    #[strum(serialize = "hwk")]
    Passkey = 8,
    /// A link or a code mailed to the account's address.
    #[strum(serialize = "mail")]
    Mail = 32,
    /// An account at another provider. The name is ours.
    #[strum(serialize = "fed")]
    Provider = 64,
    /// A browser that has passed the second factor before and has been trusted since.
    #[strum(serialize = "trusted_device")]
    TrustedDevice = 16,
}

/// More than one factor was used (RFC 8176 §2).
const MULTIPLE: &str = "mfa";

impl Method {
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it can be the second factor, after a password or a mailed link.
    pub fn is_second(self) -> bool {
        !matches!(self, Self::Password | Self::Mail | Self::Provider)
    }
}

/// All methods used in a session so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Methods(u8);

impl Methods {
    pub const PASSWORD: Self = Self(Method::Password as u8);

    pub fn with(self, method: Method) -> Self {
        Self(self.0 | method as u8)
    }

    pub fn without(self, method: Method) -> Self {
        Self(self.0 & !(method as u8))
    }

    /// Those that are no second factor.
    pub fn without_second_factors(self) -> Self {
        let second = Method::VARIANTS.iter().filter(|method| method.is_second());
        second.fold(self, |methods, method| methods.without(*method))
    }

    pub fn contains(self, method: Method) -> bool {
        self.0 & method as u8 != 0
    }

    /// Whether a second factor was among them.
    pub fn are_two_factors(self) -> bool {
        Method::VARIANTS.iter().any(|method| method.is_second() && self.contains(*method))
    }

    /// Whether a session with these began with a second factor instead of a trusted device.
    pub fn were_shown_now(self) -> bool {
        [Method::Totp, Method::Recovery, Method::Passkey].into_iter().any(|method| self.contains(method))
    }

    /// For the `amr` claim (RFC 8176 §1).
    pub fn names(self) -> Vec<&'static str> {
        let methods =
            Method::VARIANTS.iter().filter(|method| self.contains(**method)).map(|method| method.name());
        methods.chain(self.are_two_factors().then_some(MULTIPLE)).collect()
    }
}

/// As stored in a pending sign-in.
impl From<i32> for Methods {
    fn from(bits: i32) -> Self {
        Self(u8::try_from(bits).unwrap_or_default())
    }
}

impl From<Methods> for i32 {
    fn from(methods: Methods) -> Self {
        methods.0.into()
    }
}

impl From<Method> for Methods {
    fn from(method: Method) -> Self {
        Self(method as u8)
    }
}

/// Sessions from before methods were stored began with a password.
impl Default for Methods {
    fn default() -> Self {
        Self::PASSWORD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_factors_are_reported_as_mfa() {
        assert_eq!(Methods::default().names(), ["pwd"]);
        assert_eq!(Methods::PASSWORD.with(Method::Totp).names(), ["pwd", "otp", "mfa"]);
        assert_eq!(Methods::PASSWORD.with(Method::Recovery).names(), ["pwd", "recovery", "mfa"]);
        assert_eq!(Methods::from(Method::Passkey).names(), ["hwk", "mfa"]);
        assert_eq!(Methods::from(Method::Mail).names(), ["mail"]);
        let stored = i32::from(Methods::from(Method::Mail).with(Method::TrustedDevice));
        assert_eq!(Methods::from(stored).names(), ["mail", "trusted_device", "mfa"]);
        assert!(!Methods::PASSWORD.with(Method::Password).are_two_factors());
        let all = Method::VARIANTS.iter().fold(Methods::PASSWORD, |methods, method| methods.with(*method));
        assert_eq!(all.without_second_factors().names(), ["pwd", "mail", "fed"]);
        assert_eq!(Methods::from(Method::Passkey).without(Method::Passkey).names(), Vec::<&str>::new());
    }
}
