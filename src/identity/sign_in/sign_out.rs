//! Sign-out: ends all sessions that a request presents, by any carrier.

use std::sync::Arc;

use crate::identity::audit::{Client, Event};
use crate::identity::sessions::{ActiveSession, SessionServices};
use crate::identity::tokens::{Presented, Tokens};
use crate::identity::unit_of_work::{Failure, Writer};

pub struct SignOut {
    tokens: Arc<Tokens>,
    sessions: SessionServices,
    writer: Writer,
}

impl SignOut {
    pub fn new(tokens: Arc<Tokens>, sessions: SessionServices, writer: Writer) -> Self {
        Self { tokens, sessions, writer }
    }

    /// Ends all sessions that the request presents, and records their users. Accepts ended sessions too.
    pub async fn end_sessions(&self, presented: &Presented, client: &Client) -> Result<(), Failure> {
        for active in self.end_unrecorded(presented).await? {
            self.writer.record(Event::SignedOut, Some(active.user.id), client).await;
        }
        Ok(())
    }

    /// The same without recording; returns those that were active.
    pub(super) async fn end_unrecorded(&self, presented: &Presented) -> Result<Vec<ActiveSession>, Failure> {
        let mut ended = Vec::new();
        for key in self.tokens.sessions_of(presented) {
            let active = self.sessions.reader.check_key(&key).await.ok().flatten();
            self.sessions.sessions.end(&key).await?;
            ended.extend(active);
        }
        Ok(ended)
    }
}
