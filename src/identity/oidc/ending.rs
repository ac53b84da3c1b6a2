//! The end of a grant.

use crate::identity::audit::{Client as Caller, Entry, Event};
use crate::identity::unit_of_work::{Failure, System, Write};

use super::grant::{self, Grant};
use super::logins;
use super::provider::OidcProvider;

impl OidcProvider {
    /// Ends a grant, and the session that its tokens stand on if it is their own.
    pub(super) async fn end_grant(&self, grant: &Grant) -> Result<(), Failure> {
        let (id, user_id) = (grant.id, grant.user_id);
        let own_session = grant.is_offline().then(|| grant.session.as_str().to_owned());
        let ended = self.writer.of_user(user_id).write(System, move |write| {
            if let Some(session) = &own_session {
                // The person goes on at the app: a logout token would end that too.
                logins::forget(write, session)?;
            }
            Ok::<_, Failure>(grant::end(write, id, user_id)?)
        });
        ended.await?;
        if grant.is_offline() {
            self.sessions.end(&grant.session).await?;
        }
        Ok(())
    }

    /// Records an event about an app. A failure is only logged.
    pub(super) async fn record_about(&self, event: Event, user_id: i64, from: &Caller, name: String) {
        let from = from.clone();
        let recorded = self.writer.of_user(user_id).write(System, move |write: &mut Write<'_>| {
            write.record(Entry::new(event, Some(user_id), &from, write.now()).about(name));
            Ok::<_, Failure>(())
        });
        if let Err(error) = recorded.await {
            tracing::error!(%error, ?event, "an event was not recorded");
        }
    }
}
