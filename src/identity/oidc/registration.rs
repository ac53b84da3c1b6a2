//! What an app is registered with, in the terms of RFC 7591 and OpenID Connect Dynamic Client Registration 1.0 §2.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantNames};

use super::redirect_uri::RedirectUri;

/// A choice that is given and stored by its name.
macro_rules! choice {
    ($(#[$attribute:meta])* pub enum $choice:ident { $($variants:tt)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize, EnumString, IntoStaticStr, VariantNames)]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $choice { $($variants)* }

        impl $choice {
            pub fn name(self) -> &'static str {
                self.into()
            }
        }
    };
}

choice! {
    /// How an app proves that it is itself at the token endpoint.
    #[derive(Default)]
    pub enum AuthMethod {
        /// A secret, by HTTP Basic or in the form: an app registered for one may use either.
        #[default]
        ClientSecretBasic,
        ClientSecretPost,
        /// A JWT signed with its own key (RFC 7523).
        PrivateKeyJwt,
        /// Nothing: a program on people's devices, which cannot hold a secret. PKCE is required.
        None,
    }
}

impl AuthMethod {
    pub fn has_secret(self) -> bool {
        matches!(self, Self::ClientSecretBasic | Self::ClientSecretPost)
    }
}

choice! {
    /// What an app may exchange for tokens.
    pub enum GrantType {
        AuthorizationCode,
        RefreshToken,
        ClientCredentials,
        DeviceCode,
    }
}

choice! {
    /// How strongly a person must have signed in.
    #[derive(Default)]
    pub enum Level {
        #[default]
        OneFactor,
        TwoFactor,
    }
}

choice! {
    /// How an app knows people (OpenID Connect Core 1.0 §8).
    #[derive(Default)]
    pub enum SubjectType {
        /// By a name that other apps know too.
        #[default]
        Public,
        /// By a name that apps of other sectors cannot link to theirs.
        Pairwise,
    }
}

choice! {
    /// The algorithm of an app's ID tokens (RFC 7518 §3.1, RFC 8037). RS256 is the one that every client knows.
    #[derive(Default)]
    pub enum SigningAlg {
        #[default]
        #[serde(rename = "RS256")]
        #[strum(serialize = "RS256")]
        Rs256,
        #[serde(rename = "ES256")]
        #[strum(serialize = "ES256")]
        Es256,
        #[serde(rename = "EdDSA")]
        #[strum(serialize = "EdDSA")]
        EdDsa,
    }
}

/// Seconds for which an app's tokens are valid, where they differ from what is usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenLifetimes {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Of a refresh token that is not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh: Option<i64>,
}

impl TokenLifetimes {
    /// Of an access token: one that this server checks, or one for an API, which learns of its end by its expiry only.
    pub fn access(&self, for_api: bool) -> i64 {
        self.access.unwrap_or(if for_api { 5 * 60 } else { 3600 })
    }

    pub fn id(&self) -> i64 {
        self.id.unwrap_or(3600)
    }

    pub fn refresh(&self) -> i64 {
        self.refresh.unwrap_or(14 * 24 * 3600)
    }
}

/// What an app is registered with. Stored as JSON; a field that a later version adds has a default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registration {
    pub redirect_uris: Vec<RedirectUri>,
    pub auth_method: AuthMethod,
    pub grants: BTreeSet<GrantType>,
    pub scopes: BTreeSet<String>,
    pub level: Level,
    /// Whether it is the operator's own, so that no user is asked for consent.
    pub first_party: bool,
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    /// Where logout tokens are sent (Back-Channel Logout 1.0 §2.2).
    pub backchannel_logout_uri: Option<String>,
    /// The public keys of `private_key_jwt` (RFC 7517).
    pub jwks: Option<serde_json::Value>,
    /// Where they are fetched from instead.
    pub jwks_uri: Option<String>,
    pub id_token_alg: SigningAlg,
    pub subject_type: SubjectType,
    pub lifetimes: TokenLifetimes,
    /// The APIs that it may ask access tokens for (RFC 8707).
    pub resources: BTreeSet<String>,
    /// The name of the preset that it was added with.
    pub preset: String,
}

impl Registration {
    pub fn allows(&self, grant: GrantType) -> bool {
        self.grants.contains(&grant)
    }

    /// The hosts of its redirect URIs, without those of people's own machines.
    pub fn hosts(&self) -> BTreeSet<String> {
        self.redirect_uris.iter().filter_map(RedirectUri::host).collect()
    }

    /// Whether people sign in to it, rather than it acting for itself alone.
    pub fn has_people(&self) -> bool {
        self.allows(GrantType::AuthorizationCode) || self.allows(GrantType::DeviceCode)
    }
}
