//! How somebody has shown who they are, and what that is worth.

use serde::{Deserialize, Serialize};

/// Declares the methods with their names, so that none lacks one.
macro_rules! methods {
    ($($(#[doc = $doc:literal])+ $method:ident = $bit:literal, $name:literal;)+) => {
        /// One way to show who one is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Method {
            $($(#[doc = $doc])+ $method = $bit,)+
        }

        impl Method {
            const ALL: &[Method] = &[$(Method::$method),+];

            /// As tokens and the API tell it (RFC 8176 §2, where it has a name).
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$method => $name,)+
                }
            }
        }
    };
}

methods! {
    /// The password was typed.
    Password = 1, "pwd";
    /// A code of the authenticator app.
    Totp = 2, "otp";
    /// A recovery code.
    Recovery = 4, "recovery";
    /// A passkey, whose device has made sure who holds it.
    Passkey = 8, "hwk";
    /// A link or a code that was mailed to the account's address.
    Mail = 32, "mail";
    /// A browser that has passed the second factor before, and is trusted since.
    TrustedDevice = 16, "trusted_device";
}

/// More than one factor has been shown (RFC 8176 §2).
const MULTIPLE: &str = "mfa";

impl Method {
    /// Whether it can be the second factor, beside a password or a mailed link.
    pub fn is_second(self) -> bool {
        !matches!(self, Self::Password | Self::Mail)
    }
}

/// Every method by which a session was proved so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Methods(u8);

impl Methods {
    pub const PASSWORD: Self = Self(Method::Password as u8);

    pub fn with(self, method: Method) -> Self {
        Self(self.0 | method as u8)
    }

    pub fn contains(self, method: Method) -> bool {
        self.0 & method as u8 != 0
    }

    /// Whether a second factor was among them.
    pub fn are_two_factors(self) -> bool {
        Method::ALL.iter().any(|method| method.is_second() && self.contains(*method))
    }

    /// Whether a second factor was shown, and not only remembered, when a session with these began.
    pub fn were_shown_now(self) -> bool {
        [Method::Totp, Method::Recovery, Method::Passkey].into_iter().any(|method| self.contains(method))
    }

    /// For the `amr` claim (RFC 8176 §1).
    pub fn names(self) -> Vec<&'static str> {
        let methods = Method::ALL.iter().filter(|method| self.contains(**method)).map(|method| method.name());
        methods.chain(self.are_two_factors().then_some(MULTIPLE)).collect()
    }
}

/// As a half-finished sign-in keeps them.
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

/// A session from before methods were kept was begun by a password.
impl Default for Methods {
    fn default() -> Self {
        Self::PASSWORD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_factors_are_told_as_such() {
        assert_eq!(Methods::default().names(), ["pwd"]);
        assert_eq!(Methods::PASSWORD.with(Method::Totp).names(), ["pwd", "otp", "mfa"]);
        assert_eq!(Methods::PASSWORD.with(Method::Recovery).names(), ["pwd", "recovery", "mfa"]);
        assert_eq!(Methods::from(Method::Passkey).names(), ["hwk", "mfa"]);
        assert_eq!(Methods::from(Method::Mail).names(), ["mail"]);
        let kept = i32::from(Methods::from(Method::Mail).with(Method::TrustedDevice));
        assert_eq!(Methods::from(kept).names(), ["mail", "trusted_device", "mfa"]);
        assert!(!Methods::PASSWORD.with(Method::Password).are_two_factors());
    }
}
