//! The service that issues, reads and refreshes tokens.

use std::sync::Arc;
use std::time::Duration;

use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use url::Url;

use crate::identity::accounts::Scopes;
use crate::identity::audit::{Client, Event};
use crate::identity::sessions::{ActiveSession, Key, SessionReader, SessionUnavailable, Sessions};
use crate::identity::unit_of_work::{Failure, System, Writer, fails_by};
use crate::platform::db::DbError;
use crate::platform::keys::Keys;
use crate::platform::rate_limit::KeyedSemaphore;

use super::access::{self, Access, Grant};
use super::pair::TokenPair;
use super::presented::Presented;
use super::refresh::{self, Next, RefreshKeys, RefreshOutcome, RefreshToken, Series};
use super::signing::{CachedRing, Jwks, KeyRing, LIFETIME};

/// Access tokens whose verified signature is cached.
const VERIFIED: usize = 20_000;

/// Concurrent refreshes of one user; more wait, so that no user fills the writer's queue.
const REFRESHES_AT_ONCE: usize = 4;
const REFRESH_WAIT: Duration = Duration::from_secs(10);

/// Why no tokens were issued.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The refresh token is invalid or expired, or its session has ended.
    #[error("invalid or expired token")]
    Invalid,
    /// More scopes are requested than were granted; nothing has been used up.
    #[error("more scopes were requested than granted")]
    ScopesExceeded,
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(TokenError: DbError, SessionUnavailable);

/// The keys that sign tokens.
pub struct TokenKeys {
    /// Issuer and audience: the public URL, without a trailing slash.
    issuer: String,
    keys: Keys,
    ring: CachedRing,
    refresh: RefreshKeys,
}

impl TokenKeys {
    pub fn new(keys: &Keys, public_url: &Url) -> Self {
        Self {
            issuer: public_url.as_str().trim_end_matches('/').to_owned(),
            keys: keys.clone(),
            ring: CachedRing::default(),
            refresh: RefreshKeys::new(keys),
        }
    }

    fn ring(&self) -> Arc<KeyRing> {
        self.ring.of(&self.keys.ring())
    }
}

pub struct Tokens {
    keys: TokenKeys,
    /// By the SHA-256 of the token.
    verified: Cache<[u8; 32], Arc<Access>>,
    reader: Arc<SessionReader>,
    sessions: Arc<Sessions>,
    writer: Writer,
    refreshes: KeyedSemaphore,
}

impl Tokens {
    pub fn new(keys: TokenKeys, reader: Arc<SessionReader>, sessions: Arc<Sessions>, writer: Writer) -> Self {
        Self {
            keys,
            verified: Cache::new(VERIFIED),
            reader,
            sessions,
            writer,
            refreshes: KeyedSemaphore::new(REFRESHES_AT_ONCE, REFRESH_WAIT),
        }
    }

    /// A signed access token.
    pub fn sign_access(&self, grant: Grant<'_>) -> Result<String, Failure> {
        Ok(access::sign(&self.keys.ring(), &self.keys.issuer, grant)?)
    }

    /// The active session of an access token, and its scopes. None if it is invalid for any reason.
    pub async fn authenticate(
        &self,
        token: &str,
    ) -> Result<Option<(ActiveSession, Scopes)>, SessionUnavailable> {
        let Some(access) = self.read(token) else { return Ok(None) };
        if !access.is_valid_at(self.sessions.now()) {
            return Ok(None);
        }
        let active = self.reader.check_key(&access.session).await?;
        let same =
            |active: &ActiveSession| active.user.id == access.user_id && active.user.epoch == access.epoch;
        Ok(active.filter(same).map(|active| (active, access.scopes)))
    }

    /// The token's contents, if a live key has signed it. Verified signatures are cached.
    fn read(&self, token: &str) -> Option<Arc<Access>> {
        let (ring, now) = (self.keys.ring(), self.sessions.now());
        let hash: [u8; 32] = Sha256::digest(token).into();
        if let Some(access) = self.verified.get(&hash) {
            return ring.holds(&access.kid, now).then_some(access);
        }
        let access = Arc::new(access::read(&ring, &self.keys.issuer, token, now)?);
        self.verified.insert(hash, Arc::clone(&access));
        Some(access)
    }

    /// The public keys.
    pub fn jwks(&self) -> Jwks {
        self.keys.ring().jwks(self.sessions.now())
    }

    /// The first pair of a session, or of one that continues under a new key.
    ///
    /// # Errors
    /// `Invalid` if the session has ended since.
    pub async fn issue_pair(
        &self,
        key: &Key,
        user_id: i64,
        epoch: i64,
        scopes: Scopes,
    ) -> Result<TokenPair, TokenError> {
        let keys = self.keys.refresh.clone();
        let series = Series { session: key.clone(), user_id, scopes, until: self.sessions.latest_expiry() };
        let issued = self.writer.of_user(user_id).write(System, move |write| {
            let token = refresh::begin(write, &keys, &series)?;
            Ok::<_, Failure>(Next { token, made_at: write.now(), scopes })
        });
        let next = issued.await?;
        let active = self.reader.check_key(key).await?.filter(|active| active.user.epoch == epoch);
        self.pair(&active.ok_or(TokenError::Invalid)?, next)
    }

    /// Of refresh tokens in cookies, the one to use: the newest of the session that the access token in a cookie names.
    /// Nothing is looked up or used up.
    ///
    /// The refresh cookie has a path, so other hosts of the domain can set one too (RFC 6265 §8.6): a token of their own
    /// would sign the browser in as another user. They cannot set the access cookie.
    pub fn newest_of_session(&self, access: &str, refresh: &[&str]) -> Option<RefreshToken> {
        let session = access::session_named(access)?;
        let tokens = refresh.iter().filter_map(|text| self.keys.refresh.parse(text));
        tokens.filter(|token| token.session == session).max_by_key(RefreshToken::generation)
    }

    /// The next pair, for a refresh token; with fewer scopes if requested. Reuse of a token ends its session.
    pub async fn refresh(
        &self,
        text: &str,
        scopes: Option<Scopes>,
        client: &Client,
    ) -> Result<TokenPair, TokenError> {
        let token = self.keys.refresh.parse(text).ok_or(TokenError::Invalid)?;
        let active = self.reader.check_key(&token.session).await?.ok_or(TokenError::Invalid)?;
        let _permit = self.refreshes.acquire(&active.user.id.to_string()).await.ok_or_else(Failure::busy)?;
        let (keys, epoch) = (self.keys.refresh.clone(), active.user.epoch);
        let used = self.writer.of_user(active.user.id).write(System, move |write| {
            Ok::<_, Failure>(refresh::use_up(write, &keys, &token, scopes, epoch)?)
        });
        match used.await? {
            RefreshOutcome::Next(next) => self.pair(&active, next),
            RefreshOutcome::TooMuch => Err(TokenError::ScopesExceeded),
            RefreshOutcome::Gone => Err(TokenError::Invalid),
            RefreshOutcome::Reused => {
                self.sessions.end(&active.key).await?;
                self.writer.record(Event::RefreshReused, Some(active.user.id), client).await;
                Err(TokenError::Invalid)
            }
        }
    }

    fn pair(&self, active: &ActiveSession, next: Next) -> Result<TokenPair, TokenError> {
        let Next { token: refresh, made_at, scopes } = next;
        let grant = Grant {
            user_id: active.user.id,
            epoch: active.user.epoch,
            session: &active.key,
            scopes,
            amr: active.amr(),
            authenticated_at: active.session.authenticated_at,
            issued_at: made_at,
            id: refresh.access_id(scopes),
        };
        Ok(TokenPair {
            access: self.sign_access(grant)?,
            expires_in: made_at + LIFETIME - self.sessions.now(),
            scopes,
            refresh: refresh.as_str().to_owned(),
            refresh_expires_in: self.sessions.seconds_left(&active.session),
            user: Arc::clone(&active.user),
        })
    }

    /// The sessions that the credentials in a request name.
    pub fn sessions_of(&self, presented: &Presented) -> Vec<Key> {
        let session = presented.session.as_ref().map(|id| id.key());
        let refresh = presented.refresh_tokens.iter().filter_map(|text| self.keys.refresh.parse(text));
        let access = presented.access_tokens.iter().filter_map(|text| self.read(text));
        let mut keys: Vec<Key> = session.into_iter().collect();
        keys.extend(refresh.map(|token| token.session));
        keys.extend(access.map(|access| access.session.clone()));
        keys.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        keys.dedup();
        keys
    }
}
