//! Sign-out: ends all sessions that a request presents, by any carrier.

use crate::identity::audit::{Client, Event};
use crate::identity::sessions::{ActiveSession, SessionServices};
use crate::identity::tokens::{Presented, Tokens};
use crate::identity::unit_of_work::Failure;

use super::sign_in::SignIn;

impl SignIn {
    /// Ends all sessions that the request presents, and records their users. Accepts ended sessions too.
    pub async fn sign_out(&self, presented: &Presented, client: &Client) -> Result<(), Failure> {
        for active in end_presented(&self.tokens, &self.sessions, presented).await? {
            self.writer.record(Event::SignedOut, Some(active.user.id), client).await;
        }
        Ok(())
    }
}

/// The same without recording; returns those that were active.
pub(super) async fn end_presented(
    tokens: &Tokens,
    sessions: &SessionServices,
    presented: &Presented,
) -> Result<Vec<ActiveSession>, Failure> {
    let mut ended = Vec::new();
    for key in tokens.sessions_of(presented) {
        let active = sessions.reader.check_key(&key).await.ok().flatten();
        sessions.sessions.end(&key).await?;
        ended.extend(active);
    }
    Ok(ended)
}
