//! A token as it is asked for, and why that is refused.

use crate::http::Client;
use crate::http::form::Problems;
use crate::i18n::Texts;
use crate::identity::accounts::name::{NameProblem, display_name};
use crate::identity::accounts::scope::{Scope, Scopes};
use crate::platform::clock::Timestamp;

/// A token that expires later might as well never do so: ten years, in seconds.
const LATEST_EXPIRY: i64 = 3_653 * 86_400;

/// When a token is to expire, as it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    Never,
    At(Timestamp),
    /// Asked for in words that make no sense.
    Odd,
}

/// A token as it is to be.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub(super) name: String,
    pub(super) scopes: Scopes,
    pub(super) expires_at: Option<Timestamp>,
    /// A program gets it for a name and a password.
    pub(super) by_password: bool,
}

impl NewToken {
    /// From what was asked for: scopes by their names, of which none goes beyond what was `granted` to who asks.
    pub fn parse(
        name: &str,
        scopes: &[String],
        expiry: Expiry,
        granted: Scopes,
        now: Timestamp,
        t: &Texts,
    ) -> Result<Self, Problems> {
        let name = token_name(name, t).map_err(|text| ("name", text));
        let scopes = token_scopes(scopes, granted, t).map_err(|text| ("scopes", text));
        let expires_at = expiry.within(now, t).map_err(|text| ("expires_at", text));
        match (name, scopes, expires_at) {
            (Ok(name), Ok(scopes), Ok(expires_at)) => {
                Ok(Self { name, scopes, expires_at, by_password: false })
            }
            (name, scopes, expires_at) => {
                let mut problems = Problems::default();
                for (field, text) in [name.err(), scopes.err(), expires_at.err()].into_iter().flatten() {
                    problems.add(field, text);
                }
                Err(problems)
            }
        }
    }

    /// What a program gets for its user's name and password, named after the program.
    pub(super) fn for_program(client: &Client, t: &Texts) -> Self {
        let name = token_name(&client.device, t).unwrap_or_else(|_| t.tokens.some_program.to_owned());
        Self { name, scopes: Scopes::for_api_tokens(), expires_at: None, by_password: true }
    }
}

fn token_name(typed: &str, t: &Texts) -> Result<String, &'static str> {
    match display_name(typed) {
        Ok(name) if !name.is_empty() => Ok(name),
        Ok(_) | Err(NameProblem::Empty) => Err(t.tokens.empty_name),
        Err(odd) => Err(odd.of_display_name(&t.field)),
    }
}

fn token_scopes(names: &[String], granted: Scopes, t: &Texts) -> Result<Scopes, &'static str> {
    let read = |name: &String| Scope::parse(name).filter(|scope| scope.is_for_api_tokens());
    let scopes: Scopes = names.iter().map(read).collect::<Option<_>>().ok_or(t.field.bad_choice)?;
    if scopes.is_empty() {
        return Err(t.tokens.no_scopes);
    }
    if scopes.are_within(granted) { Ok(scopes) } else { Err(t.tokens.beyond_granted) }
}

impl Expiry {
    fn within(self, now: Timestamp, t: &Texts) -> Result<Option<Timestamp>, &'static str> {
        match self {
            Self::Never => Ok(None),
            Self::At(at) if at <= now => Err(t.tokens.past_expiry),
            Self::At(at) if at > now + LATEST_EXPIRY => Err(t.tokens.late_expiry),
            Self::At(at) => Ok(Some(at)),
            Self::Odd => Err(t.tokens.odd_expiry),
        }
    }
}
