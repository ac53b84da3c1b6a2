//! The apps that people have connected, as they see and end them.

use std::sync::Arc;

use crate::identity::audit::{Client as Caller, Entry, Event};
use crate::identity::sessions::{ActiveSession, AsSession, Sessions};
use crate::identity::unit_of_work::{Failure, Writer, fails_by};
use crate::platform::db::{Db, DbError};

use super::clients::OidcClients;
use super::code;
use super::consent::{self, ConnectedApp};
use super::grant;
use super::logins;

/// Why an app was not disconnected.
#[derive(Debug, thiserror::Error)]
pub enum DisconnectError {
    #[error("the user has not connected this app")]
    NotFound,
    #[error(transparent)]
    Failed(#[from] Failure),
}

fails_by!(DisconnectError: DbError);

pub struct ConnectedApps {
    db: Db,
    writer: Writer,
    clients: Arc<OidcClients>,
    sessions: Arc<Sessions>,
}

impl ConnectedApps {
    pub fn new((db, writer): (Db, Writer), clients: Arc<OidcClients>, sessions: Arc<Sessions>) -> Self {
        Self { db, writer, clients, sessions }
    }

    /// The apps that a user has connected, by name.
    pub async fn of_user(&self, user_id: i64) -> Result<Vec<ConnectedApp>, DbError> {
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
