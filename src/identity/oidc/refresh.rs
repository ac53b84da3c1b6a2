//! Refresh tokens of apps: each is used once, for the next one.

use diesel::prelude::*;

use crate::identity::accounts::user;
use crate::identity::audit::{Client as Caller, Event};
use crate::identity::sessions::ended;
use crate::identity::tokens::succession::{SeriesToken, Stored, Succession, Turn};
use crate::identity::unit_of_work::{Failure, System, Write};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::oidc_grants::{self, dsl};

use super::admission::admit;
use super::client::OidcClient;
use super::client_auth::AuthenticatedClient;
use super::grant::{self, Grant};
use super::issue::Issued;
use super::offered::Offered;
use super::provider::OidcProvider;
use super::registration::GrantType;
use super::scope_set::ScopeSet;
use super::token_error::TokenRefusal;

const INVALID: TokenRefusal =
    TokenRefusal::InvalidGrant("the refresh token is invalid, or its session has ended");

/// The state of a grant's series.
#[derive(Queryable)]
struct Series {
    generation: i64,
    hash: Option<String>,
    salt: String,
    refreshed_at: Timestamp,
    epoch: i64,
}

/// The first refresh token of a grant.
pub fn begin(write: &mut Write<'_>, keys: &Succession, grant: i64) -> Result<String, DbError> {
    let token = keys.first(&grant.to_string());
    store(write, grant, &token, "")?;
    Ok(token.as_str().to_owned())
}

fn store(write: &mut Write<'_>, grant: i64, token: &SeriesToken, salt: &str) -> Result<(), DbError> {
    let change = (
        dsl::refresh_generation.eq(token.generation),
        dsl::refresh_hash.eq(token.hash()),
        dsl::refresh_salt.eq(salt),
        dsl::refreshed_at.eq(write.now()),
    );
    diesel::update(oidc_grants::table.find(grant)).set(change).execute(write.uncached())?;
    Ok(())
}

fn series(conn: &mut Conn, grant: i64) -> Result<Option<Series>, DbError> {
    let columns =
        (dsl::refresh_generation, dsl::refresh_hash, dsl::refresh_salt, dsl::refreshed_at, dsl::epoch);
    Ok(oidc_grants::table.find(grant).select(columns).first(conn).optional()?)
}

/// What this token is by what is stored; stores its successor if it is the current one.
fn take_turn(
    write: &mut Write<'_>,
    keys: &Succession,
    token: &SeriesToken,
    (grant, unused): (&Grant, i64),
) -> Result<Turn, DbError> {
    let now = write.now();
    let Some(series) = series(write.read(), grant.id)? else { return Ok(Turn::Unknown) };
    // Checked again in the transaction: an app whose session ended concurrently gets no new token.
    let is_over = ended::is_over(write.read(), &grant.session)?;
    if is_over || !user::is_active(write.read(), grant.user_id, series.epoch)? {
        return Ok(Turn::Unknown);
    }
    let Some(hash) = &series.hash else { return Ok(Turn::Unknown) };
    let stored =
        Stored { hash, salt: &series.salt, generation: series.generation, made_at: series.refreshed_at };
    let turn = keys.turn(token, &stored, now);
    match &turn {
        Turn::Current { .. } if now >= series.refreshed_at + unused => return Ok(Turn::Unknown),
        Turn::Current { next, salt } => store(write, grant.id, next, salt)?,
        Turn::Repeated(_) | Turn::Reused | Turn::Unknown => {}
    }
    Ok(turn)
}

impl OidcProvider {
    /// The next tokens for a refresh token (RFC 6749 §6). Reuse of an old one ends the grant (RFC 9700 §4.14.2).
    pub async fn refresh(
        &self,
        app: &AuthenticatedClient,
        (text, scope, resource): (&str, Option<&str>, Option<&str>),
        from: &Caller,
    ) -> Result<Issued, TokenRefusal> {
        let client = &app.client;
        if !client.registration.allows(GrantType::RefreshToken) {
            return Err(TokenRefusal::UnauthorizedClient("the app is not registered for refresh tokens"));
        }
        let (token, mut found) = self.find_refresh(text).await?.ok_or(INVALID)?;
        if found.client != client.id {
            return Err(INVALID);
        }
        let _permit = self.refreshes.acquire(&found.user_id.to_string()).await.ok_or_else(Failure::busy)?;
        let active = self.reader.check_key(&found.session).await?;
        let active = active.filter(|active| active.user.id == found.user_id).ok_or(INVALID)?;
        let person = (&*active.user, &*active.session);
        let servers = self.servers_admit(client, &found.details.resources(), person).await?;
        if servers.is_err() || admit(client, person.0, person.1, self.second_factor).is_err() {
            return Err(INVALID);
        }
        let scope = narrowed(&found, scope)?;
        let details = found.details.clone();
        let resource = details.choose(resource)?;
        let all = self.clients.all().await?;
        let is_offline = found.is_offline();
        if !Offered::to(client, &all, &details.resources()).narrow(&mut found.details, is_offline) {
            return Err(INVALID);
        }
        let chosen: Vec<String> = resource.iter().map(|&one| one.to_owned()).collect();
        let scope = Offered::to(client, &all, &chosen).token(&scope, resource)?;
        let (keys, grant) = (self.refresh_keys.clone(), found.clone());
        let unused = client.registration.lifetimes.refresh();
        let turn = self
            .writer
            .of_user(found.user_id)
            .write(System, move |write| Ok::<_, Failure>(take_turn(write, &keys, &token, (&grant, unused))?));
        let next = match turn.await? {
            Turn::Current { next, .. } | Turn::Repeated(next) => next,
            Turn::Unknown => return Err(INVALID),
            Turn::Reused => {
                self.end_grant(&found).await?;
                self.record_about(Event::AppRefreshReused, found.user_id, from, client.name.clone()).await;
                return Err(INVALID);
            }
        };
        let issued = self.issue(client, &active.user, &found, (scope, None, resource)).await?;
        Ok(Issued { refresh_token: Some(next.as_str().to_owned()), ..issued })
    }

    /// A refresh token of this server, and its grant as SQL has it.
    pub(super) async fn find_refresh(&self, text: &str) -> Result<Option<(SeriesToken, Grant)>, DbError> {
        let parsed = self.refresh_keys.parse(text);
        let Some((token, id)) = parsed
            .and_then(|token| Some((token.series.parse::<i64>().ok()?, token)))
            .map(|(id, token)| (token, id))
        else {
            return Ok(None);
        };
        let grant = self.db.run(move |conn| grant::find(conn, id)).await?;
        Ok(grant.map(|grant| (token, grant)))
    }

    /// Whether this is the current refresh token of its grant, and not unused for too long.
    pub(super) async fn is_current(
        &self,
        client: &OidcClient,
        token: &SeriesToken,
        grant: &Grant,
    ) -> Result<bool, DbError> {
        let (id, hash, now) = (grant.id, token.hash(), self.clock.now());
        let unused = client.registration.lifetimes.refresh();
        let series = self.db.run(move |conn| series(conn, id)).await?;
        Ok(series.is_some_and(|series| series.hash == Some(hash) && now < series.refreshed_at + unused))
    }
}

/// The scope of the next access token: what was granted, or less.
fn narrowed(grant: &Grant, asked: Option<&str>) -> Result<ScopeSet, TokenRefusal> {
    let granted = &grant.details.scope;
    let asked = asked.map_or_else(|| granted.clone(), ScopeSet::parse);
    match asked.is_within(granted) {
        true => Ok(asked),
        false => Err(TokenRefusal::InvalidScope("more scopes are asked for than were granted")),
    }
}
