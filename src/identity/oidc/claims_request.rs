//! Single claims that an app asks for by the `claims` parameter (OpenID Connect Core 1.0 §5.5).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::scope_set::ScopeSet;

/// Each claim with the scope that asks for it too, and by which the person allows it (§5.4).
pub const CLAIMS: [(&str, &str); 8] = [
    ("name", "profile"),
    ("preferred_username", "profile"),
    ("updated_at", "profile"),
    ("locale", "profile"),
    ("zoneinfo", "profile"),
    ("email", "email"),
    ("email_verified", "email"),
    ("groups", "groups"),
];

/// The names of claims, by where they go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimsRequest {
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub id_token: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub userinfo: BTreeSet<String>,
}

impl ClaimsRequest {
    /// Those that this server knows, of scopes that the app is registered for. A claim that is left out is no error
    /// (§5.5.1).
    pub fn read(claims: &Value, registered: &BTreeSet<String>) -> Self {
        let asked = |place: &str| {
            let known = CLAIMS.iter().filter(|(_, scope)| registered.contains(*scope));
            let asked = known.filter(|(name, _)| claims[place].get(*name).is_some());
            asked.map(|(name, _)| (*name).to_owned()).collect()
        };
        Self { id_token: asked("id_token"), userinfo: asked("userinfo") }
    }

    /// Those of scopes that fit.
    pub fn within(&self, fits: impl Fn(&str) -> bool) -> Self {
        let of = |names: &BTreeSet<String>| {
            let known = CLAIMS.iter().filter(|(name, scope)| names.contains(*name) && fits(scope));
            known.map(|(name, _)| (*name).to_owned()).collect()
        };
        Self { id_token: of(&self.id_token), userinfo: of(&self.userinfo) }
    }

    pub fn is_empty(&self) -> bool {
        self.id_token.is_empty() && self.userinfo.is_empty()
    }

    /// The scopes that ask for these claims.
    pub fn scopes(&self) -> ScopeSet {
        let asked = |name: &&(&str, &str)| self.id_token.contains(name.0) || self.userinfo.contains(name.0);
        CLAIMS.iter().filter(asked).map(|(_, scope)| (*scope).to_owned()).collect()
    }
}
