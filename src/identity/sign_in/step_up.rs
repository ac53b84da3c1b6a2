//! Step-up: a sensitive action requires authentication within the last ten minutes. An action that grants access to
//! the account requires the second factor, if the account has one (ASVS 7.5.1, 7.5.3).

use std::sync::Arc;

use crate::identity::accounts::{NO_PASSWORD, User, user};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::credentials::{Credentials, PasskeyAnswer, Password, Shown};
use crate::identity::sessions::{ActiveSession, Id, Method, Rotation, Sessions};
use crate::identity::unit_of_work::Failure;

/// What an action requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReauthPolicy {
    /// The password, or the second factor if there is one.
    Either,
    /// The second factor if there is one, or else the password.
    Factor,
    /// The second factor if there is one, or else nothing: for an action that requires the password itself.
    Second,
}

/// The proofs that an action accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptedProofs {
    pub password: bool,
    pub factor: bool,
}

impl ReauthPolicy {
    /// An account without a password needs none if it has another proof.
    fn accepted(self, has_password: bool, has_factor: bool) -> AcceptedProofs {
        let password = match self {
            Self::Either => has_password || !has_factor,
            Self::Factor => !has_factor,
            Self::Second => false,
        };
        AcceptedProofs { password, factor: has_factor }
    }

    /// The proofs that it accepts from this user.
    pub fn accepted_from(self, user: &User) -> AcceptedProofs {
        self.accepted(user.password_hash != NO_PASSWORD, user.factors_since.is_some())
    }
}

/// What was sent for re-authentication; empty if nothing was.
#[derive(Default)]
pub struct ReauthProof {
    pub password: Password,
    /// From the authenticator app, or a recovery code.
    pub code: String,
    pub passkey: Option<PasskeyAnswer>,
}

impl ReauthProof {
    /// As sent by programs.
    pub fn of_call(password: Option<Password>, code: Option<String>) -> Self {
        Self { password: password.unwrap_or_default(), code: code.unwrap_or_default(), passkey: None }
    }
}

/// Why an action was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReauthError {
    /// No accepted proof was sent.
    Missing,
    /// The proof that was sent is wrong.
    Wrong(Supplied),
}

/// A proof that was sent and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supplied {
    Password,
    Code,
    Passkey,
    /// Shown too long after the page had asked for it.
    LatePasskey,
}

/// The member of a step-up.
#[derive(Clone, Copy)]
pub struct Reauth<'a> {
    pub active: &'a ActiveSession,
    /// Whether the session was presented by the session cookie. Others may have seen a token since sign-in, so for a
    /// token only re-authentication counts.
    pub by_cookie: bool,
    pub accepted: AcceptedProofs,
    pub client: &'a Client,
}

impl Reauth<'_> {
    /// Whether the user has authenticated recently enough.
    fn is_recent(&self, now: i64) -> bool {
        let session = &self.active.session;
        let recent = match self.accepted {
            AcceptedProofs { password: true, .. } => session.is_recently_authenticated(now),
            AcceptedProofs { factor: true, .. } => session.is_second_factor_recent(now),
            AcceptedProofs { password: false, factor: false } => return true,
        };
        recent && (self.by_cookie || session.reauthenticated)
    }
}

pub struct StepUp {
    credentials: Credentials,
    sessions: Arc<Sessions>,
}

impl StepUp {
    pub fn new(credentials: Credentials, sessions: Arc<Sessions>) -> Self {
        Self { credentials, sessions }
    }

    /// Checks the proof that was sent, even if none is required: returns how the user has just authenticated, or none
    /// if a recent authentication suffices.
    pub async fn require(
        &self,
        reauth: Reauth<'_>,
        proof: ReauthProof,
    ) -> Result<Result<Option<Method>, ReauthError>, Failure> {
        Ok(match self.verify(reauth, proof).await? {
            Err(ReauthError::Missing) if reauth.is_recent(self.sessions.now()) => Ok(None),
            verified => verified.map(Some),
        })
    }

    /// Checks the proof that was sent, however recently the user has authenticated: the strongest one that is accepted.
    pub async fn verify(
        &self,
        Reauth { active, accepted, client, .. }: Reauth<'_>,
        proof: ReauthProof,
    ) -> Result<Result<Method, ReauthError>, Failure> {
        let Credentials { passwords, factors, passkeys, .. } = &self.credentials;
        let ReauthProof { password, code, passkey } = proof;
        let (supplied, method) = if let Some(answer) = passkey.filter(|_| accepted.factor) {
            match passkeys.confirm(active, &answer, client).await? {
                Shown::Accepted(()) => (Supplied::Passkey, Some(Method::Passkey)),
                Shown::Late => (Supplied::LatePasskey, None),
                Shown::Refused | Shown::Unrelated => (Supplied::Passkey, None),
            }
        } else if accepted.factor && !code.is_empty() {
            (Supplied::Code, factors.confirm_code(active, &code, client).await?)
        } else if accepted.password && !password.is_empty() {
            let right = passwords.confirm(active, password, client).await?;
            (Supplied::Password, right.then_some(Method::Password))
        } else {
            return Ok(Err(ReauthError::Missing));
        };
        Ok(method.ok_or(ReauthError::Wrong(supplied)))
    }

    /// Re-authentication raises the privileges of a session, so it gets a new id (ASVS 7.2.4).
    pub async fn elevate(
        &self,
        active: &ActiveSession,
        method: Method,
        client: &Client,
    ) -> Result<Id, Failure> {
        let (user_id, epoch) = (active.user.id, active.user.epoch);
        let event = match method {
            Method::Provider => Event::ProviderConfirmed,
            method if method.is_second() => Event::SecondFactorConfirmed,
            _ => Event::PasswordConfirmed,
        };
        let entry = Entry::new(event, Some(user_id), client, self.sessions.now());
        let rotation = Rotation { epoch, authenticated: Some(method), removed: None };
        // Hashing takes a while: a user who was disabled concurrently must not continue.
        let change = move |write: &mut crate::identity::unit_of_work::Write<'_>| {
            Ok(user::is_active(write.read(), user_id, epoch)?)
        };
        self.sessions.rotate(active, rotation, entry, change).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_alone_is_no_way_around_a_second_factor() {
        let accepted = |policy: ReauthPolicy, has_factor| {
            let AcceptedProofs { password, factor } = policy.accepted(true, has_factor);
            (password, factor)
        };
        assert_eq!(accepted(ReauthPolicy::Either, false), (true, false));
        assert_eq!(accepted(ReauthPolicy::Either, true), (true, true));
        assert_eq!(accepted(ReauthPolicy::Factor, false), (true, false));
        assert_eq!(accepted(ReauthPolicy::Factor, true), (false, true));
        assert_eq!(accepted(ReauthPolicy::Second, false), (false, false));
        assert_eq!(accepted(ReauthPolicy::Second, true), (false, true));
        assert!(!ReauthPolicy::Either.accepted(false, true).password, "there is none");
        assert!(ReauthPolicy::Either.accepted(false, false).password, "and yet nothing is free");
    }
}
