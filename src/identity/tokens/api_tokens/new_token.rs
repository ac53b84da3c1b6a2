//! A requested token, and why it is rejected.

use crate::identity::accounts::name::display_name;
use crate::identity::accounts::{Scope, Scopes};
use crate::identity::invalid::{Checks, Invalid, NameProblem, Reason, TokenProblem};
use crate::platform::clock::Timestamp;

/// The latest expiry: ten years, in seconds. Later ones are practically never.
const LATEST_EXPIRY: i64 = 3_653 * 86_400;

/// When a token expires, as requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    Never,
    At(Timestamp),
    /// The requested value is malformed.
    Invalid,
}

/// A validated token.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub(super) name: String,
    pub(super) scopes: Scopes,
    pub(super) expires_at: Option<Timestamp>,
    /// Issued to a program for a name and a password.
    pub(super) by_password: bool,
}

impl NewToken {
    /// Parses the request: scopes by name, none beyond those `granted` to the caller.
    pub fn parse(
        name: &str,
        scopes: &[String],
        expiry: Expiry,
        granted: Scopes,
        now: Timestamp,
    ) -> Result<Self, Invalid> {
        let mut checks = Checks::<Reason>::default();
        let name = checks.check("name", token_name(name));
        let scopes = checks.check("scopes", token_scopes(scopes, granted));
        let expires_at = checks.check("expires_at", expiry.within(now));
        match (name, scopes, expires_at) {
            (Some(name), Some(scopes), Some(expires_at)) => {
                Ok(Self { name, scopes, expires_at, by_password: false })
            }
            _ => Err(checks.into_invalid()),
        }
    }

    /// The token for a program that sends name and password, named after the program or else `otherwise`.
    pub(super) fn for_program(device: &str, otherwise: &str, expires_at: Option<Timestamp>) -> Self {
        let name = token_name(device).unwrap_or_else(|_| otherwise.to_owned());
        Self { name, scopes: Scopes::for_api_tokens(), expires_at, by_password: true }
    }
}

fn token_name(typed: &str) -> Result<String, Reason> {
    match display_name(typed) {
        Ok(name) if !name.is_empty() => Ok(name),
        Ok(_) | Err(NameProblem::Empty) => Err(TokenProblem::EmptyName.into()),
        Err(odd) => Err(odd.into()),
    }
}

fn token_scopes(names: &[String], granted: Scopes) -> Result<Scopes, Reason> {
    let read = |name: &String| Scope::parse(name).filter(|scope| scope.is_for_api_tokens());
    let scopes: Scopes = names.iter().map(read).collect::<Option<_>>().ok_or(Reason::BadChoice)?;
    if scopes.is_empty() {
        return Err(TokenProblem::NoScopes.into());
    }
    if scopes.are_within(granted) { Ok(scopes) } else { Err(TokenProblem::BeyondGranted.into()) }
}

impl Expiry {
    fn within(self, now: Timestamp) -> Result<Option<Timestamp>, TokenProblem> {
        match self {
            Self::Never => Ok(None),
            Self::At(at) if at <= now => Err(TokenProblem::PastExpiry),
            Self::At(at) if at > now + LATEST_EXPIRY => Err(TokenProblem::LateExpiry),
            Self::At(at) => Ok(Some(at)),
            Self::Invalid => Err(TokenProblem::InvalidExpiry),
        }
    }
}
