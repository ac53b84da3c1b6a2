//! The service that creates, checks and deletes API tokens. Valid tokens are checked in memory: their owner never
//! changes, and their scopes are cached with the user.

use std::sync::Arc;

use diesel::prelude::*;
use quick_cache::sync::Cache;

use crate::identity::accounts::{ApiTokenGrant, AsUser, Member, User, user};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{Notice, Outbox};
use crate::identity::invalid::{Invalid, TokenProblem};
use crate::identity::sessions::{
    ActiveSession, AsSession, FlushMode, LastUsed, LastUsedTracker, SessionReader, SessionUnavailable,
};
use crate::identity::unit_of_work::{Authority, Failure, System, Write, Writer};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Db, Locks};
use crate::platform::outage::Outage;
use crate::platform::schema::api_tokens::{self, dsl};

use super::error::ApiTokenError;
use super::new_token::NewToken;
use super::rows::{self, ApiTokenRow, ListedToken, MAX_PER_USER};
use super::text::{ApiToken, TokenHash, stored};

/// Tokens whose owner is cached.
const REMEMBERED: usize = 20_000;

/// The owner of a token. It never changes, because neither id is reused.
struct Owner {
    token_id: i64,
    user_id: i64,
    last_used: LastUsed,
}

pub struct ApiTokens {
    db: Db,
    writer: Writer,
    clock: Clock,
    reader: Arc<SessionReader>,
    outbox: Outbox,
    client_lifetime: i64,
    owners: Cache<TokenHash, Arc<Owner>>,
    /// Last-used times that are not stored yet, by token id.
    uses: LastUsedTracker<i64, Timestamp>,
}

impl ApiTokens {
    /// `client_lifetime`: seconds that tokens for a name and a password are valid; 0 if they do not expire.
    pub fn new(
        (db, writer): (Db, Writer),
        clock: Clock,
        reader: Arc<SessionReader>,
        outbox: Outbox,
        client_lifetime: i64,
    ) -> Self {
        let (owners, uses) = (Cache::new(REMEMBERED), LastUsedTracker::default());
        Self { db, writer, clock, reader, outbox, client_lifetime, owners, uses }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The user and scopes of an API token. None if it is invalid for any reason.
    pub async fn authenticate(
        &self,
        text: &str,
    ) -> Result<Option<(Arc<Member>, ApiTokenGrant)>, SessionUnavailable> {
        let Some(token) = ApiToken::parse(text) else { return Ok(None) };
        let Some(owner) = self.owner_of(token.hash()).await? else { return Ok(None) };
        let Some(user) = self.reader.member(owner.user_id).await? else { return Ok(None) };
        let now = self.clock.now();
        let grant = user.api_tokens.iter().find(|grant| grant.id == owner.token_id).copied();
        let Some(grant) = grant.filter(|grant| grant.is_valid_at(now) && !user.disabled) else {
            return Ok(None);
        };
        if owner.last_used.is_due(now) {
            self.uses.record(grant.id, now);
        }
        Ok(Some((user, grant)))
    }

    async fn owner_of(&self, hash: TokenHash) -> Result<Option<Arc<Owner>>, SessionUnavailable> {
        match self.owners.get(&hash) {
            Some(owner) => Ok(Some(owner)),
            // Boxed: every request moves its future, and few of them miss.
            None => Box::pin(self.load_owner(hash)).await,
        }
    }

    async fn load_owner(&self, hash: TokenHash) -> Result<Option<Arc<Owner>>, SessionUnavailable> {
        let found = self.db.run(move |conn| rows::find(conn, &hash)).await?;
        let Some((token_id, user_id, used_at)) = found else { return Ok(None) };
        // A token that this node has not seen may be newer than the cached user.
        self.reader.cache().users.invalidate(&user_id);
        let owner = Arc::new(Owner { token_id, user_id, last_used: LastUsed::at(used_at.unwrap_or(0)) });
        self.owners.insert(hash, Arc::clone(&owner));
        Ok(Some(owner))
    }

    /// The user's tokens, newest first.
    pub async fn list(&self, user_id: i64) -> Result<Vec<ListedToken>, SessionUnavailable> {
        let mut listed = self.db.run(move |conn| rows::of_user(conn, user_id)).await?;
        for token in &mut listed {
            token.last_used_at = token.last_used_at.max(self.uses.latest(&token.id));
        }
        Ok(listed)
    }

    /// Stores the gathered last-used times.
    pub async fn flush_last_used(&self, mode: FlushMode) {
        let store = async |batch: Vec<_>| {
            let stored = self
                .writer
                .holding(Locks::named("last used", ""))
                .write(System, move |write| Ok::<_, Failure>(rows::store_uses(write, &batch)?));
            stored.await
        };
        static OUTAGE: Outage = Outage::new(
            "last-used times of API tokens are not stored",
            "last-used times of API tokens are stored again",
        );
        match self.uses.flush(mode, store).await {
            Ok(0) => {}
            Ok(_) => OUTAGE.worked(),
            Err(error) => OUTAGE.failed(&error),
        }
    }

    /// Creates a token for a user with a session. Its text is returned only here.
    pub async fn create(
        &self,
        active: &ActiveSession,
        new: NewToken,
        client: &Client,
    ) -> Result<(ApiToken, ListedToken), ApiTokenError> {
        self.create_by(AsSession::of(active), active.user.id, new, client).await
    }

    /// Creates a token for a program whose user has just authenticated, and notifies the owner. If the user has fifty
    /// already, it replaces the least recently used one that was created this way. `otherwise` names a program that
    /// does not say its name.
    pub async fn create_for_client(
        &self,
        user: &User,
        otherwise: &str,
        client: &Client,
    ) -> Result<ApiToken, ApiTokenError> {
        let expires_at = (self.client_lifetime > 0).then(|| self.now() + self.client_lifetime);
        let new = NewToken::for_program(&client.device, otherwise, expires_at);
        Ok(self.create_by(AsUser::of(user), user.id, new, client).await?.0)
    }

    async fn create_by(
        &self,
        by: impl Authority,
        user_id: i64,
        new: NewToken,
        client: &Client,
    ) -> Result<(ApiToken, ListedToken), ApiTokenError> {
        if new.by_password {
            // Store recent uses first, so that a token in use does not count as unused.
            self.flush_last_used(FlushMode::Immediate).await;
        }
        let (token, client, outbox) = (ApiToken::random(), client.clone(), self.outbox.clone());
        let created = self.writer.of_user(user_id).write(by, move |write| {
            let entry = |event, name: String, now| Entry::new(event, Some(user_id), &client, now).about(name);
            let now = write.now();
            if let Some(name) = make_room(write, user_id, new.by_password)? {
                write.record(entry(Event::TokenDeleted, name, now));
            }
            write.record(entry(Event::TokenCreated, new.name.clone(), now));
            if new.by_password {
                user::notify(write, &outbox, user_id, Notice::TokenCreated, Some(&client))?;
            }
            let listed = insert(write, user_id, new, &token)?;
            Ok((token, listed))
        });
        created.await
    }

    /// Limits the lifetime of tokens for a name and a password that have none, counted from now: those of versions that
    /// gave them no expiry.
    pub async fn limit_lifetimes(&self) -> Result<(), Failure> {
        let lifetime = self.client_lifetime;
        if lifetime == 0 {
            return Ok(());
        }
        self.writer.write_in_batches(move |write, most| rows::limit_lifetimes(write, lifetime, most)).await
    }

    /// Deletes one of the user's own tokens, and returns its name. Others are not found.
    pub async fn delete(&self, user_id: i64, id: i64, client: &Client) -> Result<String, ApiTokenError> {
        let client = client.clone();
        let deleted = self.writer.of_user(user_id).write(System, move |write| {
            let name = rows::delete(write, user_id, id)?.ok_or(ApiTokenError::NotFound)?;
            let entry = Entry::new(Event::TokenDeleted, Some(user_id), &client, write.now());
            write.record(entry.about(name.clone()));
            Ok(name)
        });
        deleted.await
    }
}

fn insert(
    write: &mut Write<'_>,
    user_id: i64,
    new: NewToken,
    token: &ApiToken,
) -> Result<ListedToken, ApiTokenError> {
    let now = write.now();
    let row = ApiTokenRow {
        user_id,
        hash: stored(&token.hash()),
        name: &new.name,
        scope: new.scopes.to_string(),
        by_password: new.by_password,
        created_at: now,
        expires_at: new.expires_at,
    };
    let id = diesel::insert_into(api_tokens::table)
        .values(row)
        .returning(dsl::id)
        .get_result(write.user(user_id))?;
    let NewToken { name, scopes, expires_at, by_password } = new;
    Ok(ListedToken { id, name, scopes, by_password, created_at: now, expires_at, last_used_at: None })
}

/// Ensures that the user may have one more token; returns the name of the token that was deleted for it.
fn make_room(
    write: &mut Write<'_>,
    user_id: i64,
    may_replace: bool,
) -> Result<Option<String>, ApiTokenError> {
    let own = api_tokens::table.filter(dsl::user_id.eq(user_id));
    let count: i64 = own.count().get_result(write.read())?;
    if count < MAX_PER_USER as i64 {
        return Ok(None);
    }
    let mut candidates: Vec<(i64, Timestamp, Option<Timestamp>)> = own
        .filter(dsl::by_password.eq(true))
        .select((dsl::id, dsl::created_at, dsl::last_used_at))
        .load(write.read())?;
    candidates.sort_by_key(|(id, created_at, used_at)| (used_at.unwrap_or(*created_at), *id));
    match candidates.first().filter(|_| may_replace) {
        Some((id, ..)) => Ok(rows::delete(write, user_id, *id)?),
        None => Err(Invalid::one("", TokenProblem::TooMany).into()),
    }
}
