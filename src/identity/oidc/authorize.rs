//! Consent, and the code that an app gets for it.

use std::sync::Arc;

use crate::identity::accounts::Member;
use crate::identity::audit::{Client as Caller, Entry, Event};
use crate::identity::sessions::{ActiveSession, AsSession, Session};
use crate::identity::unit_of_work::{Failure, fails_by};
use crate::platform::db::{DbError, Locks};

use super::admission::{Barred, admit};
use super::client::{self, OidcClient};
use super::code::{self, CodeRequest};
use super::consent::{self, ConnectedApp, Consent};
use super::grant::{self, AccessRequest};
use super::logins;
use super::metadata_document::is_server;
use super::provider::OidcProvider;

/// Why an app was not disconnected.
#[derive(Debug, thiserror::Error)]
pub enum DisconnectError {
    #[error("the user has not connected this app")]
    NotFound,
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(DisconnectError: DbError);

impl OidcProvider {
    /// Whether the app admits a person in this session.
    pub fn admits(&self, client: &OidcClient, member: &Member, session: &Session) -> Result<(), Barred> {
        admit(client, member, session, self.second_factor)
    }

    /// Whether the servers that an app which describes itself asks for admit the person: it has no groups of its own. A server
    /// that is disabled or gone admits no one.
    pub async fn servers_admit(
        &self,
        client: &OidcClient,
        resources: &[String],
        (member, session): (&Member, &Session),
    ) -> Result<Result<(), Barred>, DbError> {
        if !client.describes_itself() || resources.is_empty() {
            return Ok(Ok(()));
        }
        let all = self.clients.all().await?;
        Ok(resources.iter().try_for_each(|resource| {
            let servers = all.iter().filter(|server| is_server(server));
            let mut offering =
                servers.filter(|server| server.registration.resources.contains(resource)).peekable();
            offering.peek().ok_or(Barred::Group)?;
            offering.try_for_each(|server| admit(server, member, session, self.second_factor))
        }))
    }

    /// Whether the person must be asked before the app gets this.
    pub async fn needs_consent(
        &self,
        client: &OidcClient,
        user_id: i64,
        asked: &AccessRequest,
    ) -> Result<bool, DbError> {
        if client.registration.first_party {
            return Ok(false);
        }
        let id = client.id;
        let allowed = self.db.run(move |conn| consent::find(conn, user_id, id)).await?;
        Ok(allowed.is_none_or(|allowed| !allowed.covers(&asked.consent())))
    }

    /// A code for this app. With `consented`, the person has just allowed it, and is not asked again; otherwise there is none if
    /// they have withdrawn their consent since it was checked.
    pub async fn issue_code(
        &self,
        active: &ActiveSession,
        client: &Arc<OidcClient>,
        request: CodeRequest,
        (consented, from): (bool, &Caller),
    ) -> Result<Option<String>, Failure> {
        let (client, key, from) = (Arc::clone(client), active.key.clone(), from.clone());
        let (user_id, epoch) = (active.user.id, active.user.epoch);
        let locks = if client.describes_itself() { Locks::All } else { Locks::user(user_id) };
        let issued = self.writer.holding(locks).write(AsSession::of(active), move |write| {
            let entry = |event, at| Entry::new(event, Some(user_id), &from, at).about(client.name.clone());
            let client_row = match client.describes_itself() {
                true => client::store_described(write, &client)?,
                false => client.id,
            };
            let needed = request.details.consent();
            let is_allowed =
                |allowed: Option<Consent>| allowed.is_some_and(|allowed| allowed.covers(&needed));
            if consented {
                consent::add(write, user_id, client_row, &needed)?;
                write.record(entry(Event::AppConnected, write.now()));
            } else if !client.registration.first_party
                && !is_allowed(consent::find(write.read(), user_id, client_row)?)
            {
                return Ok(None);
            }
            write.record(entry(Event::AppSignedIn, write.now()));
            Ok::<_, Failure>(Some(code::add(write, ((client_row, user_id), (&key, epoch)), &request)?))
        });
        issued.await
    }

    /// The apps that a user has connected, by name.
    pub async fn connected_apps(&self, user_id: i64) -> Result<Vec<ConnectedApp>, DbError> {
        self.db.run(move |conn| consent::of_user(conn, user_id)).await
    }

    /// Ends what a user has allowed an app, and asks again next time. Returns the name of the app.
    pub async fn disconnect(
        &self,
        active: &ActiveSession,
        client_id: &str,
        from: &Caller,
    ) -> Result<String, DisconnectError> {
        let all = self.clients.all().await?;
        let client = all.iter().find(|client| client.client_id == client_id);
        let client = Arc::clone(client.ok_or(DisconnectError::NotFound)?);
        let (user_id, id, name) = (active.user.id, client.id, client.name.clone());
        let from = from.clone();
        let withdrawn = self.writer.of_user(user_id).write(AsSession::of(active), move |write| {
            if !consent::remove(write, user_id, id)? {
                return Err(DisconnectError::NotFound);
            }
            code::delete_unused(write, user_id, id)?;
            let ended = grant::of_user(write.read(), user_id)?;
            grant::end_of_user(write, user_id, Some(id))?;
            logins::end_of_user(write, user_id, Some(id))?;
            let entry = Entry::new(Event::AppDisconnected, Some(user_id), &from, write.now());
            write.record(entry.about(name));
            Ok(ended)
        });
        for grant in withdrawn.await?.iter().filter(|grant| grant.client == id && grant.is_offline()) {
            self.sessions.end(&grant.session).await?;
        }
        Ok(client.name.clone())
    }
}
