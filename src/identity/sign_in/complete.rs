//! Completes every kind of sign-in: creates and records the session, ends previous ones, notifies the owner.

use crate::identity::accounts::identities;
use crate::identity::audit::{Entry, Event};
use crate::identity::sessions::{SessionKind, upstream_sessions};
use crate::identity::tokens::TokenError;
use crate::identity::unit_of_work::{AuthorityLost, Failure, System};

use super::attempt::{Attempt, Issue};
use super::authenticated::Authenticated;
use super::outcome::SignedIn;
use super::sign_in::SignIn;
use super::sign_out::end_presented;

impl SignIn {
    /// Creates the session of a user who has passed all stages.
    pub async fn complete(&self, user: &Authenticated, attempt: &Attempt) -> Result<SignedIn, Failure> {
        let client = &attempt.client;
        let trust = if attempt.trust_device { self.records.trust_device(user, client).await? } else { None };
        let kind = match attempt.issue {
            Issue::Cookie { remember: true } => SessionKind::Remembered,
            Issue::Cookie { remember: false } => SessionKind::Browser,
            Issue::Tokens { .. } => SessionKind::Client,
        };
        let is_known = attempt.device.knows(user);
        // A program is recognised by earlier sign-ins, so this one must not be recorded yet.
        if kind == SessionKind::Client && !is_known {
            self.records.notify_of_program(user, client).await;
        }
        let session = self.sessions.sessions.begin(user.new_session(kind, client)).await?;
        if let Some(upstream) = user.upstream().cloned() {
            let (key, id, until) = (session.key(), user.id, self.sessions.sessions.latest_expiry());
            let noted = self.writer.of_user(id).write(System, move |write| {
                let owner = identities::owner(write.read(), &upstream.issuer, &upstream.subject)?;
                upstream_sessions::add(write, (&key, id), &upstream, until)?;
                Ok::<_, Failure>(owner == Some(id))
            });
            if !noted.await? {
                // It was unlinked since the sign-in began.
                self.sessions.sessions.end(&session.key()).await?;
                return Err(AuthorityLost::Session.into());
            }
        }
        let entry = Entry::new(Event::SignedIn, Some(user.id), client, self.records.clock.now());
        self.writer.record_entry(entry.counted_as(user.way()), client).await;
        let tokens = match attempt.issue {
            Issue::Cookie { .. } => None,
            Issue::Tokens { scopes } => {
                let issued = self.tokens.issue_pair(&session.key(), user.id, user.epoch, scopes).await;
                Some(issued.map_err(as_failure)?)
            }
        };
        end_presented(&self.tokens, &self.sessions, &attempt.presented).await?;
        if kind != SessionKind::Client && !is_known {
            self.records.notify_of_browser(user, client).await;
        }
        Ok(SignedIn { user: user.clone().into_user(), session, kind, tokens, trust })
    }
}

/// A new session that no longer exists was revoked concurrently.
fn as_failure(error: TokenError) -> Failure {
    match error {
        TokenError::Failed(failure) => failure,
        TokenError::Invalid | TokenError::ScopesExceeded => AuthorityLost::Session.into(),
    }
}
