//! What apps learn of people (OpenID Connect Core 1.0 §5.1).

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha512};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::identity::accounts::Member;
use crate::platform::clock::Timestamp;

use super::claims_request::CLAIMS;
use super::grant::Details;
use super::registration::SigningAlg;
use super::scope_set::ScopeSet;

/// The levels of an authentication, as apps ask for them and learn them (§2).
pub const ACR_ONE: &str = "urn:munjigi:acr:1fa";
pub const ACR_TWO: &str = "urn:munjigi:acr:2fa";

pub fn acr(two_factors: bool) -> &'static str {
    if two_factors { ACR_TWO } else { ACR_ONE }
}

/// The claims that these scopes ask for, and those that are asked for by name.
pub fn of_member(member: &Member, scope: &ScopeSet, named: &BTreeSet<String>) -> Map<String, Value> {
    let value = |name: &str| match name {
        "name" => Some(json!(member.name())),
        "preferred_username" => Some(json!(member.username)),
        "updated_at" => Some(json!(member.updated_at())),
        "locale" => member.language().map(|lang| json!(lang.code())),
        "zoneinfo" => member.time_zone().map(|zone| json!(zone)),
        "email" => Some(json!(member.email)),
        "email_verified" => Some(json!(member.email_verified_at.is_some())),
        "groups" => Some(json!(member.groups.iter().map(|group| &group.name).collect::<Vec<_>>())),
        _ => None,
    };
    let asked = CLAIMS.iter().filter(|(name, of)| scope.contains(of) || named.contains(*name));
    asked.filter_map(|(name, _)| Some(((*name).to_owned(), value(name)?))).collect()
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
