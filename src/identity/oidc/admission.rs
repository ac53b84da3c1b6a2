//! Which people an app admits.

use std::sync::Arc;

use crate::config::Required;
use crate::identity::accounts::Member;
use crate::identity::sessions::{ActiveSession, Key, Session, SessionReader, SessionUnavailable};
use crate::platform::db::DbError;

use super::client::OidcClient;
use super::clients::OidcClients;
use super::metadata_document::is_server;
use super::registration::Level;

/// Why a person may not sign in to an app now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// They are in none of its groups.
    Group,
    /// They have not used a second factor.
    Level,
}

/// Whether the app admits a person in this session.
fn admit(client: &OidcClient, member: &Member, session: &Session, required: Required) -> Result<(), Barred> {
    if !client.is_open_to(member) {
        return Err(Barred::Group);
    }
    let two_factors = session.methods.are_two_factors();
    let wants_two = client.registration.level == Level::TwoFactor;
    if (wants_two && !two_factors) || member.lacks_required_factor(required) {
        return Err(Barred::Level);
    }
    Ok(())
}

/// Decides whether apps admit people, by their sessions as they are now.
#[derive(Clone)]
pub struct Admission {
    clients: Arc<OidcClients>,
    reader: Arc<SessionReader>,
    second_factor: Required,
}

impl Admission {
    pub fn new(clients: Arc<OidcClients>, reader: Arc<SessionReader>, second_factor: Required) -> Self {
        Self { clients, reader, second_factor }
    }

    /// All apps, some of which are servers that others call.
    pub async fn apps(&self) -> Result<Arc<Vec<Arc<OidcClient>>>, DbError> {
        self.clients.all().await
    }

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

    /// The session with this key, if it is this user's and has not ended.
    pub async fn active_session(
        &self,
        key: &Key,
        user_id: i64,
    ) -> Result<Option<ActiveSession>, SessionUnavailable> {
        let active = self.reader.check_key(key).await?;
        Ok(active.filter(|active| active.user.id == user_id))
    }
}
