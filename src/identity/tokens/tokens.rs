//! Tokens: what programs carry instead of a session cookie. Each is good only for as long as its session, or its user, is.

use std::sync::Arc;

use quick_cache::sync::Cache;
use url::Url;

use crate::platform::keys::Keys;

use super::access::Access;
use super::api_tokens::ApiTokens;
use super::refresh::RefreshKeys;
use super::signing::KeptRing;

/// Access tokens whose signature need not be checked again.
const VERIFIED: usize = 20_000;

/// What tokens are made with, and read by.
pub struct Tokens {
    /// Who issues them, and for whom: the public address, without a slash at its end.
    pub(super) issuer: String,
    pub(super) keys: Keys,
    pub(super) ring: KeptRing,
    pub(super) refresh: RefreshKeys,
    /// By the token's SHA-256.
    pub(super) verified: Cache<[u8; 32], Arc<Access>>,
    pub(super) api: ApiTokens,
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
