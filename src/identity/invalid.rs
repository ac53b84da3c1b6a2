//! Why values were rejected, as types: pages, the API and the command line translate them to text.

/// Rejected values, each with its field; an empty field stands for the whole input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid input: {0:?}")]
pub struct Invalid<R: std::fmt::Debug = Reason>(pub Vec<(&'static str, R)>);

impl<R: std::fmt::Debug> Invalid<R> {
    pub fn one(field: &'static str, reason: impl Into<R>) -> Self {
        Self(vec![(field, reason.into())])
    }
}

/// Collects the problems of several values, so that all are reported together.
pub struct Checks<R: std::fmt::Debug = Reason>(Vec<(&'static str, R)>);

impl<R: std::fmt::Debug> Default for Checks<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: std::fmt::Debug> Checks<R> {
    pub fn add(&mut self, field: &'static str, reason: impl Into<R>) {
        self.0.push((field, reason.into()));
    }

    /// The value, or none after recording the reason.
    pub fn check<T, P: Into<R>>(&mut self, field: &'static str, read: Result<T, P>) -> Option<T> {
        read.map_err(|reason| self.add(field, reason)).ok()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn finish<T>(self, value: T) -> Result<T, Invalid<R>> {
        if self.0.is_empty() { Ok(value) } else { Err(Invalid(self.0)) }
    }

    pub fn into_invalid(self) -> Invalid<R> {
        Invalid(self.0)
    }
}

/// Why one value was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Name(NameProblem),
    Password(PasswordProblem),
    Token(TokenProblem),
    Application(ApplicationProblem),
    Group(GroupProblem),
    /// Another account has this name or address.
    Taken,
    WrongPassword,
    /// The new password is the current one.
    SamePassword,
    WrongCode,
    /// The code is not the authenticator app's.
    WrongAppCode,
    EmptyCode,
    /// Not among the offered options.
    BadChoice,
    EmptyPasskeyName,
    /// The browser's answer is invalid.
    PasskeyRefused,
    /// The browser has answered too long after the page had asked for it.
    PasskeyLate,
    /// The account has this passkey already, or too many.
    PasskeyKnown,
    /// The account would have no way to sign in.
    LastWayIn,
}

/// Why a username, an address or a display name was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    Empty,
    TooLong,
    Characters,
    /// An invisible character.
    Invisible,
    /// More than 64 bytes before the `@` (RFC 5321 §4.5.3.1.1).
    LongLocalPart,
    /// Not an email address.
    NoAddress,
    /// Letters of another script that look like Latin ones.
    LookAlike,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    Empty,
    TooShort,
    TooLong,
    /// Among the passwords, words and patterns that attackers try first.
    Common,
    /// Based on the username, the email, or this product's name.
    Personal,
}

/// Why a new API token was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenProblem {
    EmptyName,
    NoScopes,
    /// More than the request itself is allowed.
    BeyondGranted,
    PastExpiry,
    LateExpiry,
    InvalidExpiry,
    /// The user has as many as allowed.
    TooMany,
}

/// Why an app was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationProblem {
    EmptyName,
    LongName,
    OddName,
    EmptyAddress,
    LongAddress,
    OddAddress,
    /// Neither http nor https.
    Scheme,
    /// A name or a password before the host.
    Userinfo,
    Icon,
    /// A group was deleted after the form was shown.
    GroupsGone,
}

/// Why a group, or a member of one, was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupProblem {
    EmptyName,
    LongName,
    OddName,
    TakenName,
    NoSuchUser,
}

macro_rules! reasons {
    ($($variant:ident($problem:ident);)+) => {
        $(impl From<$problem> for Reason {
            fn from(problem: $problem) -> Self {
                Self::$variant(problem)
            }
        })+
    };
}

reasons! {
    Name(NameProblem);
    Password(PasswordProblem);
    Token(TokenProblem);
    Application(ApplicationProblem);
    Group(GroupProblem);
}
