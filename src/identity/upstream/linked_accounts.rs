//! Accounts elsewhere that are linked to one here, by its owner.

use std::sync::Arc;

use crate::identity::accounts::{AsUser, LinkedIdentity, NotLinked, WaysIn, identities, user};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{Notice, Outbox};
use crate::identity::invalid::{Invalid, Reason};
use crate::identity::sessions::{ActiveSession, Sessions, UpstreamEnd, upstream_sessions};
use crate::identity::unit_of_work::{Failure, Write, Writer, fails_by};
use crate::platform::db::{Db, DbError};

use super::attempt;
use super::attempts::Attempts;
use super::error::UpstreamError;
use super::person::Person;

/// Why an account elsewhere stays linked.
#[derive(Debug, thiserror::Error)]
pub enum UnlinkError {
    #[error("no such account is linked")]
    NotFound,
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(UnlinkError: DbError);

pub struct LinkedAccounts {
    db: Db,
    writer: Writer,
    attempts: Arc<Attempts>,
    sessions: Arc<Sessions>,
    outbox: Outbox,
    ways_in: WaysIn,
}

impl LinkedAccounts {
    pub fn new(
        (db, writer): (Db, Writer),
        attempts: Arc<Attempts>,
        sessions: Arc<Sessions>,
        (outbox, ways_in): (Outbox, WaysIn),
    ) -> Self {
        Self { db, writer, attempts, sessions, outbox, ways_in }
    }

    /// What the user has linked, at providers of today and of earlier settings.
    pub async fn of_user(&self, user_id: i64) -> Result<Vec<LinkedIdentity>, DbError> {
        self.db.run(move |conn| identities::of_user(conn, user_id)).await
    }

    /// The person who waits in this browser for the owner of an account: how they recognise themselves there.
    pub async fn waiting_label(
        &self,
        name: &str,
        browser: Option<&str>,
    ) -> Result<(String, String), UpstreamError> {
        let waiting = self.attempts.waiting(name, browser).await?;
        Ok((waiting.person.label(), waiting.return_to))
    }

    /// Links the person who waits in this browser to the member's account, once.
    pub async fn link_waiting(
        &self,
        (name, browser): (&str, Option<&str>),
        active: &ActiveSession,
        client: &Client,
    ) -> Result<(Result<(), NotLinked>, String), UpstreamError> {
        let waiting = self.attempts.waiting(name, browser).await?;
        let place = (name.to_owned(), browser.unwrap_or_default().to_owned());
        let linked = self.write_link(active, waiting.person, client, move |write| {
            attempt::depart(write, (&place.0, &place.1))
        });
        Ok((linked.await?, waiting.return_to))
    }

    /// Links a person whom the member has just signed in as at the provider.
    pub async fn link(
        &self,
        active: &ActiveSession,
        person: Person,
        client: &Client,
    ) -> Result<Result<(), NotLinked>, UpstreamError> {
        self.write_link(active, person, client, |_| Ok(true)).await
    }

    async fn write_link(
        &self,
        active: &ActiveSession,
        person: Person,
        client: &Client,
        first: impl FnOnce(&mut Write<'_>) -> Result<bool, DbError> + Send + 'static,
    ) -> Result<Result<(), NotLinked>, UpstreamError> {
        let (id, client, outbox) = (active.user.id, client.clone(), self.outbox.clone());
        let linked = self.writer.write(AsUser::of(&active.user), move |write| {
            if !first(write)? {
                return Err(UpstreamError::Stale);
            }
            if let Err(why) = identities::add(write, id, &person.identity())? {
                return Ok(Err(why));
            }
            let Some(user) = user::find(write.read(), id)? else { return Err(UpstreamError::Stale) };
            let is_theirs =
                person.proved_email().is_some_and(|email| email.shown.eq_ignore_ascii_case(&user.email));
            if is_theirs && user.email_verified_at.is_none() {
                user::verify_email(write, id)?;
                write.record(Entry::new(Event::EmailVerified, Some(id), &client, write.now()));
            }
            identities::record(
                write,
                Event::IdentityLinked,
                id,
                (&person.provider, &person.label()),
                &client,
            );
            user::notify(write, &outbox, id, Notice::IdentityLinked, Some(&client))?;
            Ok(Ok(()))
        });
        linked.await
    }

    /// Unlinks the account at a provider, unless it is the last way in. Sessions that began with it end, except this one.
    pub async fn unlink(
        &self,
        active: &ActiveSession,
        provider: &str,
        client: &Client,
    ) -> Result<(), UnlinkError> {
        let (id, name, by) = (active.user.id, provider.to_owned(), client.clone());
        let (ways_in, outbox) = (self.ways_in.clone(), self.outbox.clone());
        let unlinked = self.writer.of_user(id).write(AsUser::of(&active.user), move |write| {
            let Some((issuer, subject)) = identities::at_provider(write.read(), id, &name)? else {
                return Err(UnlinkError::NotFound);
            };
            let label = identities::remove(write, id, &name)?.unwrap_or_default();
            if !ways_in.has_any(write.read(), id)? {
                return Err(Invalid::one("", Reason::LastWayIn).into());
            }
            identities::record(write, Event::IdentityUnlinked, id, (&name, &label), &by);
            user::notify(write, &outbox, id, Notice::IdentityUnlinked, Some(&by))?;
            let end = UpstreamEnd { issuer, subject: Some(subject), sid: None };
            Ok(upstream_sessions::of(write.read(), &end)?)
        });
        for (key, _) in unlinked.await? {
            if key != active.key {
                self.sessions.end(&key).await?;
            }
        }
        Ok(())
    }
}
