//! Tokens: what programs carry instead of a session cookie. Each is good only for as long as its session, or its user, is.

pub mod access;
pub mod api_token;
pub mod cookies;
pub mod pair;
pub mod refresh;
pub mod scope;
pub mod signing;

use std::sync::Arc;

use quick_cache::sync::Cache;
use url::Url;

use crate::platform::keys::Keys;

use access::Access;
use api_token::ApiTokens;
use refresh::RefreshKeys;
use signing::KeptRing;

pub use cookies::TokenCookies;
pub use pair::Pair;
pub use scope::{Scope, Scopes};
pub use signing::Jwks;

/// Access tokens whose signature need not be checked again.
const VERIFIED: usize = 20_000;

/// What tokens are made with, and read by.
pub struct Tokens {
    /// Who issues them, and for whom: the public address, without a slash at its end.
    issuer: String,
    keys: Keys,
    ring: KeptRing,
    refresh: RefreshKeys,
    /// By the token's SHA-256.
    verified: Cache<[u8; 32], Arc<Access>>,
    api: ApiTokens,
}

impl Tokens {
    pub fn new(keys: &Keys, public_url: &Url) -> Self {
        Self {
            issuer: public_url.as_str().trim_end_matches('/').to_owned(),
            keys: keys.clone(),
            ring: KeptRing::default(),
            refresh: RefreshKeys::new(keys),
            verified: Cache::new(VERIFIED),
            api: ApiTokens::default(),
        }
    }
}
