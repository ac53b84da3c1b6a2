//! The stages of a sign-in: the first proof, then the second factor if the account has one, then the session or tokens.
//! Every kind of sign-in continues by `advance` and ends in `complete`.

use std::sync::Arc;

use crate::identity::accounts::{User, identities};
use crate::identity::audit::{Entry, Event};
use crate::identity::sessions::{
    Key, Method, Methods, SessionKind, Sessions, UpstreamSession, upstream_ends, upstream_sessions,
};
use crate::identity::tokens::{TokenError, Tokens};
use crate::identity::unit_of_work::{AuthorityLost, Failure, System, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::keys::{fingerprint, random_secret};
use crate::platform::metrics::SignInMethod;

use super::attempt::{Attempt, Issue};
use super::authenticated::Authenticated;
use super::metrics::Ended;
use super::outcome::{Outcome, Rejection, SignedIn, Stage};
use super::pending::{self, PendingRow, PendingSignIn};
use super::records::SignInRecords;
use super::sign_out::SignOut;

/// Maximum length of a stored return address, in bytes.
const LONGEST_RETURN_TO: usize = 20_000;

pub struct SignInStages {
    db: Db,
    writer: Writer,
    clock: Clock,
    sessions: Arc<Sessions>,
    tokens: Arc<Tokens>,
    sign_out: Arc<SignOut>,
    records: Arc<SignInRecords>,
}

impl SignInStages {
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        (sessions, tokens): (Arc<Sessions>, Arc<Tokens>),
        sign_out: Arc<SignOut>,
        records: Arc<SignInRecords>,
    ) -> Self {
        Self { db, writer, clock, sessions, tokens, sign_out, records }
    }

    /// The stage after the first: an account with a second factor requires it, except on a trusted device.
    pub(super) async fn advance(
        &self,
        user: User,
        first: Method,
        attempt: &Attempt,
    ) -> Result<Stage, Failure> {
        let first = Methods::from(first);
        if user.factors_since.is_none() {
            return Ok(Stage::Passed(Authenticated::new(user, first)));
        }
        Ok(match self.records.trusts_device(&user, &attempt.device).await? {
            true => Stage::Passed(Authenticated::new(user, first.with(Method::TrustedDevice))),
            false => Stage::SecondFactor(PendingSignIn::new(user, first)),
        })
    }

    /// Counts a stage, then completes the sign-in, or suspends it until the second factor arrives.
    pub(super) async fn resume(
        &self,
        method: SignInMethod,
        checked: Result<Result<impl Ended + Into<Stage>, Rejection>, Failure>,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        Ok(match self.records.counted(method, checked)?.map(Into::into) {
            Ok(Stage::Passed(user)) => Outcome::SignedIn(Box::new(self.complete(&user, attempt).await?)),
            Ok(Stage::SecondFactor(pending)) => {
                Outcome::SecondFactorRequired(self.suspend(&pending, attempt).await?)
            }
            Err(rejection) => Outcome::Rejected(rejection),
        })
    }

    /// Stores a pending sign-in for the next page; returns its token.
    async fn suspend(&self, pending: &PendingSignIn, attempt: &Attempt) -> Result<String, Failure> {
        let (token, return_to) = (random_secret(), &attempt.return_to);
        let row = PendingRow {
            token_hash: fingerprint(&token),
            user_id: pending.user.id,
            epoch: pending.user.epoch,
            first: pending.first.into(),
            remember: attempt.issue == Issue::Cookie { remember: true },
            // Longer addresses are invalid anyway.
            next: if return_to.len() <= LONGEST_RETURN_TO { return_to.clone() } else { String::new() },
            expires_at: self.clock.now() + pending::LIFETIME,
            failures: 0,
            upstream: pending.upstream.as_ref().and_then(|upstream| serde_json::to_string(upstream).ok()),
        };
        let stored = self
            .writer
            .of_user(row.user_id)
            .write(System, move |write| Ok::<_, Failure>(pending::begin(write, &row)?));
        stored.await?;
        Ok(token)
    }

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
        let session = self.sessions.begin(user.new_session(kind, client)).await?;
        if let Some(upstream) = user.upstream()
            && !self.follows(&session.key(), user.id, upstream).await?
        {
            self.sessions.end(&session.key()).await?;
            return Err(AuthorityLost::Session.into());
        }
        let entry = Entry::new(Event::SignedIn, Some(user.id), client, self.clock.now());
        self.writer.record_entry(entry.counted_as(user.way()), client).await;
        let tokens = match attempt.issue {
            Issue::Cookie { .. } => None,
            Issue::Tokens { scopes } => {
                let issued = self.tokens.issue_pair(&session.key(), user.id, user.epoch, scopes).await;
                Some(issued.map_err(as_failure)?)
            }
        };
        self.sign_out.end_unrecorded(&attempt.presented).await?;
        if kind != SessionKind::Client && !is_known {
            self.records.notify_of_browser(user, client).await;
        }
        Ok(SignedIn { user: user.clone().into_user(), session, kind, tokens, trust })
    }

    /// Notes the session at a provider that a new one began with, so that it ends with that; false if the account there was
    /// unlinked since the sign-in began, or that session has ended.
    async fn follows(&self, key: &Key, id: i64, upstream: &UpstreamSession) -> Result<bool, Failure> {
        let (key, until) = (key.clone(), self.sessions.latest_expiry());
        let (noting, now) = (upstream.clone(), self.clock.now());
        let noted = self.writer.of_user(id).write(System, move |write| {
            let owner = identities::owner(write.read(), &noting.issuer, &noting.subject)?;
            upstream_sessions::add(write, (&key, id), &noting, until)?;
            Ok::<_, Failure>(owner == Some(id))
        });
        let (is_theirs, upstream) = (noted.await?, upstream.clone());
        // Only now: an end that comes later finds the session.
        let is_over = self.db.run(move |conn| upstream_ends::is_over(conn, &upstream, now));
        Ok(is_theirs && !is_over.await?)
    }
}

/// A new session that no longer exists was revoked concurrently.
fn as_failure(error: TokenError) -> Failure {
    match error {
        TokenError::Failed(failure) => failure,
        TokenError::Invalid | TokenError::ScopesExceeded => AuthorityLost::Session.into(),
    }
}
