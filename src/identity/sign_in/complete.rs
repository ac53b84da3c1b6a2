//! Completes every kind of sign-in: creates and records the session, ends previous ones, notifies the owner.

use crate::identity::accounts::user;
use crate::identity::audit::{Client, Entry, Event, rate_limit_subject};
use crate::identity::email::Notice;
use crate::identity::sessions::SessionKind;
use crate::identity::sessions::trusted_devices::{self, NewTrust};
use crate::identity::tokens::TokenError;
use crate::identity::unit_of_work::{AuthorityLost, Failure, System};
use crate::platform::keys::{fingerprint, random_secret};

use super::attempt::{Attempt, Issue};
use super::authenticated::Authenticated;
use super::outcome::{DeviceTrust, SignedIn};
use super::sign_in::SignIn;

/// A younger account has no other browser to compare with, in seconds.
const NEW_ACCOUNT_AGE: i64 = 3600;
/// A program that has not signed in for this long counts as new, in seconds.
const PROGRAM_MEMORY: i64 = 90 * 24 * 3600;

impl SignIn {
    /// Creates the session of a user who has passed all stages.
    pub async fn complete(&self, user: &Authenticated, attempt: &Attempt) -> Result<SignedIn, Failure> {
        let client = &attempt.client;
        let trust = if attempt.trust_device { self.trust_device(user, client).await? } else { None };
        let kind = match attempt.issue {
            Issue::Cookie { remember: true } => SessionKind::Remembered,
            Issue::Cookie { remember: false } => SessionKind::Browser,
            Issue::Tokens { .. } => SessionKind::Client,
        };
        let is_known = attempt.device.knows(user.id);
        // A program is recognised by earlier sign-ins, so this one must not be recorded yet.
        if kind == SessionKind::Client && !is_known {
            self.notify_of_program(user, client).await;
        }
        let session = self.sessions.sessions.begin(user.new_session(kind, client)).await?;
        self.writer.record(Event::SignedIn, Some(user.id), client).await;
        let tokens = match attempt.issue {
            Issue::Cookie { .. } => None,
            Issue::Tokens { scopes } => {
                let issued = self.tokens.issue_pair(&session.key(), user.id, user.epoch, scopes).await;
                Some(issued.map_err(as_failure)?)
            }
        };
        self.end_presented(&attempt.presented).await?;
        if kind != SessionKind::Client && !is_known {
            self.notify_of_browser(user, client).await;
        }
        Ok(SignedIn { user: user.clone().into_user(), session, kind, tokens, trust })
    }

    /// Marks the browser as trusted, so that it may skip the second factor, if that is allowed.
    async fn trust_device(
        &self,
        user: &Authenticated,
        client: &Client,
    ) -> Result<Option<DeviceTrust>, Failure> {
        let keep = self.records.trusted_device;
        if keep == 0 {
            return Ok(None);
        }
        let (token, now) = (random_secret(), self.records.clock.now());
        let new = NewTrust {
            token_hash: fingerprint(&token),
            user_id: user.id,
            epoch: user.epoch,
            device: client.device.clone(),
            address: client.address.to_string(),
            now,
            until: now + keep,
        };
        let entry = Entry::new(Event::DeviceTrusted, Some(user.id), client, now);
        let trusted = self.writer.write(System, move |write| {
            write.record(entry);
            Ok::<_, Failure>(trusted_devices::add(write, &new)?)
        });
        trusted.await?;
        Ok(Some(DeviceTrust { token, keep }))
    }

    /// Notifies the owner of a sign-in from a new browser, except the one in which the account was created.
    async fn notify_of_browser(&self, user: &Authenticated, client: &Client) {
        let is_new_account = user.created_at > self.records.clock.now() - NEW_ACCOUNT_AGE;
        let is_first = is_new_account && self.records.audit.is_first_sign_in(user.id).await.unwrap_or(false);
        if !is_first {
            self.notify_new_device(user.id, client).await;
        }
    }

    /// The same for a program, which stores no cookie: it is recognised by its name and its address.
    async fn notify_of_program(&self, user: &Authenticated, client: &Client) {
        let since = self.records.clock.now() - PROGRAM_MEMORY;
        let earlier = self.records.audit.sign_in_addresses(user.id, client.device.clone(), since).await;
        let here = client.rate_limit_subject();
        let is_here =
            |address: &String| address.parse().is_ok_and(|address| rate_limit_subject(address) == here);
        if !earlier.unwrap_or_default().iter().any(is_here) {
            self.notify_new_device(user.id, client).await;
        }
    }

    /// If the notice cannot be queued, the sign-in still succeeds.
    async fn notify_new_device(&self, user_id: i64, client: &Client) {
        let (outbox, client) = (self.records.outbox.clone(), client.clone());
        let queued = self.writer.write(System, move |write| {
            Ok::<_, Failure>(user::notify(write, &outbox, user_id, Notice::NewDevice, Some(&client))?)
        });
        if let Err(error) = queued.await {
            tracing::error!(%error, "a notice of a new device was not queued");
        }
    }
}

/// A new session that no longer exists was revoked concurrently.
fn as_failure(error: TokenError) -> Failure {
    match error {
        TokenError::Failed(failure) => failure,
        TokenError::Invalid | TokenError::ScopesExceeded => AuthorityLost::Session.into(),
    }
}
