//! Is this API token good? From memory: whose it is never changes, and what it may do is kept with its user.

use std::sync::Arc;

use quick_cache::sync::Cache;

use crate::identity::Identity;
use crate::identity::accounts::member::Member;
use crate::identity::sessions::Unknown;
use crate::identity::sessions::last_used::{Noted, Pace, Uses};
use crate::platform::clock::Timestamp;

use super::rows::{HeldToken, ListedToken, find, note_uses, of_user};
use super::text::{ApiToken, TokenHash};

/// Tokens whose owner is remembered.
const REMEMBERED: usize = 20_000;

/// Whose a token is. True for good: neither id is ever given twice.
struct Owner {
    token_id: i64,
    user_id: i64,
    noted: Noted,
}

/// What is remembered of API tokens.
pub struct ApiTokens {
    owners: Cache<TokenHash, Arc<Owner>>,
    /// Last uses that have not been written yet, by the token's id.
    uses: Uses<i64, Timestamp>,
}

impl Default for ApiTokens {
    fn default() -> Self {
        Self { owners: Cache::new(REMEMBERED), uses: Uses::default() }
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
        if owner.noted.is_news(now) {
            self.tokens.api.uses.note(held.id, now);
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
        let owner = Arc::new(Owner { token_id, user_id, noted: Noted::at(noted_at.unwrap_or(0)) });
        self.tokens.api.owners.insert(hash, Arc::clone(&owner));
        Ok(Some(owner))
    }

    /// The user's tokens, the newest first.
    pub async fn api_tokens_of(&self, user_id: i64) -> Result<Vec<ListedToken>, Unknown> {
        let mut listed = self.db.run(move |conn| of_user(conn, user_id)).await?;
        for token in &mut listed {
            token.last_used_at = token.last_used_at.max(self.tokens.api.uses.latest(&token.id));
        }
        Ok(listed)
    }

    /// Writes the gathered times of last use.
    pub async fn write_token_uses(&self, pace: Pace) {
        let store = async |batch: Vec<_>| self.db.write(move |conn| note_uses(conn, &batch)).await;
        if let Err(error) = self.tokens.api.uses.write(pace, store).await {
            tracing::warn!(%error, "times of last use of API tokens were not recorded");
        }
    }
}
