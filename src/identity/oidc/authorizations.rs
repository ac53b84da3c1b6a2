//! Consent, and the code that an app gets for it.

use std::sync::Arc;

use crate::identity::audit::{Client as Caller, Entry, Event};
use crate::identity::sessions::{ActiveSession, AsSession};
use crate::identity::unit_of_work::{Failure, Writer};
use crate::platform::db::{Db, DbError, Locks};

use super::admission::Admission;
use super::client::{self, OidcClient};
use super::code::{self, CodeRequest};
use super::consent::{self, Consent};
use super::grant::AccessRequest;

pub struct Authorizations {
    db: Db,
    writer: Writer,
    admission: Admission,
}

impl Authorizations {
    pub fn new((db, writer): (Db, Writer), admission: Admission) -> Self {
        Self { db, writer, admission }
    }

    /// What decides whether an app admits a person.
    pub fn admission(&self) -> &Admission {
        &self.admission
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
}
