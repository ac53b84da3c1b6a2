//! Step-up by a provider, for a member who has no password.

use std::sync::Arc;

use crate::identity::accounts::{Member, NO_PASSWORD, identities};
use crate::identity::audit::Client;
use crate::identity::sessions::{ActiveSession, Id, Method, upstream_sessions};
use crate::identity::sign_in::StepUp;
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::db::{Db, DbError};

use super::person::Person;
use super::providers::Providers;

pub struct ProviderStepUp {
    providers: Arc<Providers>,
    db: Db,
    writer: Writer,
    step_up: Arc<StepUp>,
}

impl ProviderStepUp {
    pub fn new((db, writer): (Db, Writer), providers: Arc<Providers>, step_up: Arc<StepUp>) -> Self {
        Self { providers, db, writer, step_up }
    }

    /// The providers that can prove again that it is this member: of those that they have linked, if they have no password.
    pub async fn provers(&self, member: &Member) -> Result<Vec<String>, DbError> {
        if member.password_hash != NO_PASSWORD {
            return Ok(Vec::new());
        }
        let id = member.id;
        let linked = self.db.run(move |conn| identities::of_user(conn, id)).await?;
        let can = |name: &String| self.providers.get(name).is_ok_and(|provider| provider.can_ask_again());
        Ok(linked.into_iter().map(|identity| identity.provider).filter(can).collect())
    }

    /// Whether this provider can.
    pub async fn can_prove(&self, member: &Member, name: &str) -> Result<bool, DbError> {
        Ok(self.provers(member).await?.iter().any(|known| known == name))
    }

    /// Notes that the member has proved again that it is them, if the account there is theirs. Returns the session's new id.
    pub async fn confirm(
        &self,
        active: &ActiveSession,
        person: &Person,
        client: &Client,
    ) -> Result<Option<Id>, Failure> {
        let (issuer, subject) = (person.issuer.clone(), person.subject.clone());
        let owner = self.db.run(move |conn| identities::owner(conn, &issuer, &subject)).await?;
        if owner != Some(active.user.id) {
            return Ok(None);
        }
        if person.sid.is_some() {
            // Before the session gets its new key: the sign-out there must find it at any time.
            let (key, upstream) = (active.key.clone(), person.session());
            let renewed = self.writer.of_user(active.user.id).write(System, move |write| {
                Ok::<_, Failure>(upstream_sessions::renew(write, &key, &upstream)?)
            });
            renewed.await?;
        }
        Ok(Some(self.step_up.elevate(active, Method::Provider, client).await?))
    }
}
