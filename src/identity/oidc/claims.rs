//! What apps learn of people (OpenID Connect Core 1.0 §5.1).

use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha512};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::identity::accounts::Member;
use crate::platform::clock::Timestamp;

use super::grant::Details;
use super::registration::SigningAlg;
use super::scope_set::ScopeSet;

/// The levels of an authentication, as apps ask for them and learn them (§2).
pub const ACR_ONE: &str = "urn:munjigi:acr:1fa";
pub const ACR_TWO: &str = "urn:munjigi:acr:2fa";

pub fn acr(two_factors: bool) -> &'static str {
    if two_factors { ACR_TWO } else { ACR_ONE }
}

/// The claims that these scopes ask for.
pub fn of_member(member: &Member, scope: &ScopeSet) -> Map<String, Value> {
    let mut claims = Map::new();
    let mut set = |name: &str, value: Value| drop(claims.insert(name.to_owned(), value));
    if scope.contains("profile") {
        set("name", json!(member.name()));
        set("preferred_username", json!(member.username));
        set("updated_at", json!(member.updated_at()));
        if let Some(lang) = member.language() {
            set("locale", json!(lang.code()));
        }
        if let Some(zone) = member.time_zone() {
            set("zoneinfo", json!(zone));
        }
    }
    if scope.contains("email") {
        set("email", json!(member.email));
        set("email_verified", json!(member.email_verified_at.is_some()));
    }
    if scope.contains("groups") {
        set("groups", json!(member.groups.iter().map(|group| &group.name).collect::<Vec<_>>()));
    }
    claims
}

/// The claims of an ID token (§2).
#[derive(Serialize)]
pub struct IdClaims<'c> {
    pub iss: &'c str,
    pub sub: String,
    pub aud: &'c str,
    pub exp: Timestamp,
    pub iat: Timestamp,
    pub auth_time: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<&'c str>,
    pub acr: &'static str,
    pub amr: &'c [String],
    pub sid: String,
    pub at_hash: String,
    #[serde(flatten)]
    pub person: Map<String, Value>,
}

/// The claims of an access token for an API (RFC 9068 §2.2).
#[derive(Serialize)]
pub struct AccessClaims<'c> {
    pub iss: &'c str,
    pub sub: String,
    pub aud: &'c str,
    pub client_id: &'c str,
    pub exp: Timestamp,
    pub iat: Timestamp,
    pub jti: &'c str,
    pub scope: &'c ScopeSet,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication<'c>>,
}

/// How the person had authenticated (§2.2.1).
#[derive(Serialize)]
pub struct Authentication<'c> {
    auth_time: Timestamp,
    acr: &'static str,
    amr: &'c [String],
}

impl<'c> Authentication<'c> {
    pub fn of(details: &'c Details) -> Self {
        Self { auth_time: details.auth_time, acr: acr(details.two_factors), amr: &details.amr }
    }
}

/// Binds an ID token to the access token beside it (§3.1.3.6).
pub fn at_hash(access_token: &str, alg: SigningAlg) -> String {
    match alg {
        SigningAlg::Rs256 | SigningAlg::Es256 => URL_SAFE_NO_PAD.encode(&Sha256::digest(access_token)[..16]),
        SigningAlg::EdDsa => URL_SAFE_NO_PAD.encode(&Sha512::digest(access_token)[..32]),
    }
}
