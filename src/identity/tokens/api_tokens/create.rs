//! How an API token is made, and how it is deleted.

use diesel::prelude::*;

use crate::http::{AppError, Client};
use crate::i18n::Texts;
use crate::identity::Identity;
use crate::identity::accounts::user;
use crate::identity::accounts::user::User;
use crate::identity::audit::{Entry, Event};
use crate::identity::sessions as session;
use crate::identity::sessions::Live;
use crate::identity::sessions::last_used::Pace;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::api_tokens;
use crate::platform::schema::api_tokens::dsl;

use super::new_token::NewToken;
use super::rows::{ListedToken, MAX_PER_USER, Row, delete};
use super::text::{ApiToken, stored};

impl NewToken {
    fn row(&self, user_id: i64, token: &ApiToken, now: Timestamp) -> Row<'_> {
        Row {
            user_id,
            hash: stored(&token.hash()),
            name: &self.name,
            scope: self.scopes.to_string(),
            by_password: self.by_password,
            created_at: now,
            expires_at: self.expires_at,
        }
    }
}

/// Why a token was not made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    #[error("the user has as many API tokens as one may have")]
    TooMany,
    #[error("the session has ended meanwhile")]
    SessionOver,
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for MakeError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Identity {
    /// Makes a token for who has a live session. Its text is told this once.
    pub async fn make_api_token(
        &self,
        live: &Live,
        new: NewToken,
        client: &Client,
    ) -> Result<(ApiToken, ListedToken), MakeError> {
        let key = live.key.clone();
        self.make(&live.user, new, client, move |conn| session::is_over(conn, &key)).await
    }

    /// Makes a token for a program whose user was just authenticated. In place of the fifty-first comes the one that was
    /// unused longest of those that were got this way.
    pub async fn api_token_for_program(
        &self,
        user: &User,
        client: &Client,
        t: &Texts,
    ) -> Result<ApiToken, MakeError> {
        let new = NewToken::for_program(client, t);
        Ok(self.make(user, new, client, |_| Ok(false)).await?.0)
    }

    async fn make(
        &self,
        user: &User,
        new: NewToken,
        client: &Client,
        is_over: impl FnOnce(&mut Conn) -> Result<bool, DbError> + Send + 'static,
    ) -> Result<(ApiToken, ListedToken), MakeError> {
        if new.by_password {
            // What was used a moment ago must not pass for unused.
            self.write_token_uses(Pace::AtOnce).await;
        }
        let (token, now, user_id, epoch) = (ApiToken::random(), self.clock.now(), user.id, user.epoch);
        let entry = |event| Entry::new(event, Some(user_id), client, now);
        let (made, replaced) =
            (entry(Event::TokenCreated).about(new.name.clone()), entry(Event::TokenDeleted));
        let work = move |conn: &mut Conn| {
            // Whoever was disabled or ended meanwhile leaves no token behind.
            if is_over(conn)? || !user::holds(conn, user_id, epoch)? {
                return Err(MakeError::SessionOver);
            }
            let mut lines = vec![made];
            if let Some(name) = make_room(conn, user_id, new.by_password)? {
                lines.insert(0, replaced.about(name));
            }
            let row = new.row(user_id, &token, now);
            let id =
                diesel::insert_into(api_tokens::table).values(row).returning(dsl::id).get_result(conn)?;
            let NewToken { name, scopes, expires_at, .. } = new;
            let listed = ListedToken { id, name, scopes, created_at: now, expires_at, last_used_at: None };
            Ok(((token, listed), lines))
        };
        self.change_user_telling(user_id, work).await
    }

    /// Deletes one of the user's own tokens. Anyone else's is not there.
    pub async fn delete_api_token(&self, user_id: i64, id: i64, client: &Client) -> Result<(), AppError> {
        let entry = Entry::new(Event::TokenDeleted, Some(user_id), client, self.clock.now());
        let work = move |conn: &mut Conn| {
            let name = delete(conn, user_id, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>(((), vec![entry.about(name)]))
        };
        self.change_user_telling(user_id, work).await
    }
}

/// Sees to it that the user may have one token more; the name of the one that had to go for it.
fn make_room(conn: &mut Conn, user_id: i64, may_replace: bool) -> Result<Option<String>, MakeError> {
    let own = api_tokens::table.filter(dsl::user_id.eq(user_id));
    let count: i64 = own.count().get_result(conn)?;
    if count < MAX_PER_USER as i64 {
        return Ok(None);
    }
    let mut candidates: Vec<(i64, Timestamp, Option<Timestamp>)> = own
        .filter(dsl::by_password.eq(true))
        .select((dsl::id, dsl::created_at, dsl::last_used_at))
        .load(conn)?;
    candidates.sort_by_key(|(id, created_at, used_at)| (used_at.unwrap_or(*created_at), *id));
    match candidates.first().filter(|_| may_replace) {
        Some((id, ..)) => Ok(delete(conn, user_id, *id)?),
        None => Err(MakeError::TooMany),
    }
}
