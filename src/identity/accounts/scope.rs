//! What a token may do. Rules apply as well: a token never does more than its user may.

use std::fmt;

use strum::{EnumString, IntoStaticStr, VariantArray};

/// One permission of a token. Its name never changes once released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum Scope {
    #[strum(serialize = "profile:read")]
    ProfileRead,
    #[strum(serialize = "profile:write")]
    ProfileWrite,
    #[strum(serialize = "sessions:read")]
    SessionsRead,
    #[strum(serialize = "sessions:write")]
    SessionsWrite,
    #[strum(serialize = "posts:read")]
    PostsRead,
    #[strum(serialize = "posts:write")]
    PostsWrite,
    #[strum(serialize = "security:read")]
    SecurityRead,
    #[strum(serialize = "security:write")]
    SecurityWrite,
}

impl Scope {
    pub const ALL: &[Scope] = Scope::VARIANTS;

    /// As named in tokens and the API.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// Managing passwords and API tokens requires a sign-in; no API token may do it.
    pub fn is_for_api_tokens(self) -> bool {
        !matches!(self, Self::SecurityRead | Self::SecurityWrite)
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes(u16);

impl Scopes {
    pub fn all() -> Self {
        Scope::ALL.iter().copied().collect()
    }

    /// Every scope that an API token may have.
    pub fn for_api_tokens() -> Self {
        Scope::ALL.iter().copied().filter(|scope| scope.is_for_api_tokens()).collect()
    }

    /// Parses names separated by spaces (RFC 6749 §3.3); none if one is unknown.
    pub fn parse(text: &str) -> Option<Self> {
        text.split(' ').filter(|name| !name.is_empty()).map(Scope::parse).collect()
    }

    /// The scopes in an API token's row, except any that require a session.
    pub fn of_api_token(stored: &str) -> Self {
        let scopes = Self::parse(stored).unwrap_or_default();
        scopes.iter().filter(|scope| scope.is_for_api_tokens()).collect()
    }

    pub fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    pub fn are_within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.iter().copied().filter(move |scope| self.contains(*scope))
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, scope) in self.iter().enumerate() {
            write!(formatter, "{}{}", if index == 0 { "" } else { " " }, scope.name())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_survive_their_way_through_a_token() {
        for scopes in [Scopes::default(), Scopes::all(), [Scope::PostsRead].into_iter().collect()] {
            assert_eq!(Scopes::parse(&scopes.to_string()), Some(scopes));
        }
        assert_eq!(Scopes::parse("posts:write  posts:read").unwrap().to_string(), "posts:read posts:write");
    }

    #[test]
    fn an_unknown_scope_is_none_at_all() {
        for text in ["posts", "posts:read,posts:write", "posts:read everything", "POSTS:READ", "posts:read\n"]
        {
            assert_eq!(Scopes::parse(text), None, "{text}");
        }
    }
}
