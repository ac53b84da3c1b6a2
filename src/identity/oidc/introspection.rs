//! What introspection returns.

use serde::Serialize;

use crate::platform::clock::Timestamp;

use super::scope_set::ScopeSet;

/// The answer about a token (RFC 7662 §2.2).
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Introspection {
    Inactive { active: bool },
    Active(Box<ActiveToken>),
}

/// An active token: of a person by an app, or of an app itself.
#[derive(Debug, Serialize)]
pub struct ActiveToken {
    pub active: bool,
    pub iss: String,
    pub client_id: String,
    pub scope: ScopeSet,
    pub sub: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub person: Option<OfPerson>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub access: Option<OfAccess>,
}

/// What is only said of a person.
#[derive(Debug, Serialize)]
pub struct OfPerson {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    pub sid: String,
    pub auth_time: Timestamp,
    pub acr: &'static str,
}

/// What is only said of access tokens.
#[derive(Debug, Serialize)]
pub struct OfAccess {
    pub token_type: &'static str,
    pub exp: Timestamp,
    pub iat: Timestamp,
    pub jti: String,
    pub aud: String,
}

impl Introspection {
    pub const INACTIVE: Self = Self::Inactive { active: false };

    pub fn is_active(&self) -> bool {
        matches!(self, Self::Active(_))
    }
}
