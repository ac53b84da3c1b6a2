//! Is this API token good? From memory: whose it is never changes, and what it may do is kept with its user.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use quick_cache::sync::Cache;

use crate::clock::Timestamp;
use crate::identity::Identity;
use crate::identity::member::Member;
use crate::identity::session::Unknown;

use super::text::{ApiToken, TokenHash};
use super::{HeldToken, ListedToken, find, note_uses, of_user};

/// Tokens whose owner is remembered.
const REMEMBERED: usize = 20_000;

/// The last use is noted at most so often a token, in seconds.
const NOTED_EVERY: i64 = 60;

/// Times of last use that are written in one step.
const NOTED_AT_ONCE: usize = 500;
const BETWEEN_BATCHES: Duration = Duration::from_millis(50);

/// Whose a token is. True for good: neither id is ever given twice.
struct Owner {
    token_id: i64,
    user_id: i64,
    noted_at: AtomicI64,
}

impl Owner {
    /// Whether this use is worth noting.
    fn is_news(&self, now: Timestamp) -> bool {
        let before = self.noted_at.load(Ordering::Relaxed);
        now - before >= NOTED_EVERY
            && self.noted_at.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// What is remembered of API tokens.
pub struct ApiTokens {
    owners: Cache<TokenHash, Arc<Owner>>,
    /// Last uses that have not been written yet, by the token's id.
    uses: Mutex<HashMap<i64, Timestamp>>,
}

impl Default for ApiTokens {
    fn default() -> Self {
        Self { owners: Cache::new(REMEMBERED), uses: Mutex::default() }
    }
}

impl ApiTokens {
    fn uses(&self) -> MutexGuard<'_, HashMap<i64, Timestamp>> {
        self.uses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes out some, at most `count`.
    fn take_uses(&self, count: usize) -> Vec<(i64, Timestamp)> {
        let mut gathered = self.uses();
        let ids: Vec<i64> = gathered.keys().take(count).copied().collect();
        ids.into_iter().filter_map(|id| gathered.remove_entry(&id)).collect()
    }
}

impl Identity {
    /// The user of an API token, and what is known of it. None means that it is no good, for whatever reason.
    pub async fn check_api_token(&self, text: &str) -> Result<Option<(Arc<Member>, HeldToken)>, Unknown> {
        let Some(token) = ApiToken::parse(text) else { return Ok(None) };
        let Some(owner) = self.owner_of(token.hash()).await? else { return Ok(None) };
        let Some(user) = self.sessions.user(owner.user_id).await? else { return Ok(None) };
        let now = self.clock.now();
        let held = user.api_tokens.iter().find(|held| held.id == owner.token_id).copied();
        let Some(held) = held.filter(|held| held.is_timely(now) && !user.disabled) else { return Ok(None) };
        if owner.is_news(now) {
            self.tokens.api.uses().insert(held.id, now);
        }
        Ok(Some((user, held)))
    }

    async fn owner_of(&self, hash: TokenHash) -> Result<Option<Arc<Owner>>, Unknown> {
        if let Some(owner) = self.tokens.api.owners.get(&hash) {
            return Ok(Some(owner));
        }
        let found = self.db.run(move |conn| find(conn, &hash)).await?;
        let Some((token_id, user_id, noted_at)) = found else { return Ok(None) };
        // A token that is new here may be newer than what is kept of its user.
        self.sessions.near_cache().users.invalidate(&user_id);
        let owner = Arc::new(Owner { token_id, user_id, noted_at: AtomicI64::new(noted_at.unwrap_or(0)) });
        self.tokens.api.owners.insert(hash, Arc::clone(&owner));
        Ok(Some(owner))
    }

    /// The user's tokens, the newest first.
    pub async fn api_tokens_of(&self, user_id: i64) -> Result<Vec<ListedToken>, Unknown> {
        let mut listed = self.db.run(move |conn| of_user(conn, user_id)).await?;
        let uses = self.tokens.api.uses();
        for token in &mut listed {
            token.last_used_at = token.last_used_at.max(uses.get(&token.id).copied());
        }
        Ok(listed)
    }

    /// Writes the gathered times of last use, in batches so small that nobody who writes waits long.
    pub async fn flush_token_uses(&self) {
        while self.write_token_uses().await {}
    }

    /// The same without haste.
    pub async fn trickle_token_uses(&self) {
        while self.write_token_uses().await {
            tokio::time::sleep(BETWEEN_BATCHES).await;
        }
    }

    /// Writes one batch; whether there was one.
    async fn write_token_uses(&self) -> bool {
        let batch = self.tokens.api.take_uses(NOTED_AT_ONCE);
        if batch.is_empty() {
            return false;
        }
        let written = self.db.write(move |conn| note_uses(conn, &batch)).await;
        if let Err(error) = &written {
            tracing::warn!(%error, "times of last use of API tokens were not recorded");
        }
        written.is_ok()
    }
}
