//! The service that checks and changes passwords.

use std::sync::Arc;
use std::time::Duration;

use crate::identity::accounts::{User, revocation, user};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{Notice, Outbox};
use crate::identity::invalid::{Invalid, PasswordProblem, Reason};
use crate::identity::sessions::{ActiveSession, Id, Method, Rotation, Sessions};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::rate_limit::KeyedSemaphore;

use super::error::CredentialError;
use super::guess_limits::{GuessLimits, Secret};
use super::hasher::{Hasher, PasswordCheck};
use super::password::Password;

pub struct Passwords {
    hasher: Hasher,
    /// Limits the concurrent hashes of one client, so that others get their turn.
    hashing: KeyedSemaphore,
    guesses: Arc<GuessLimits>,
    sessions: Arc<Sessions>,
    writer: Writer,
    outbox: Outbox,
}

impl Passwords {
    /// One address runs at most `2 * threads` hashes at a time, and waits for its turn for at most `max_wait`.
    pub fn new(
        hasher: Hasher,
        (threads, max_wait): (usize, Duration),
        guesses: Arc<GuessLimits>,
        sessions: Arc<Sessions>,
        (writer, outbox): (Writer, Outbox),
    ) -> Self {
        Self {
            hasher,
            hashing: KeyedSemaphore::new(2 * threads, max_wait),
            guesses,
            sessions,
            writer,
            outbox,
        }
    }

    /// The hash of a new password; others may associate the words in `about` with its user.
    pub async fn hash(
        &self,
        password: Password,
        about: Vec<String>,
        client: &Client,
    ) -> Result<Result<String, PasswordProblem>, Failure> {
        let _permit = self.permit(client).await?;
        Ok(self.hasher.hash_new(password, about).await?)
    }

    /// Whether a new password would be accepted, if the request is rejected for another reason anyway.
    pub async fn check(
        &self,
        password: Password,
        about: Vec<String>,
        client: &Client,
    ) -> Result<Result<(), PasswordProblem>, Failure> {
        let _permit = self.permit(client).await?;
        Ok(self.hasher.check(password, about).await?)
    }

    /// Checks a password against a stored hash. Without one it takes as long and fails.
    pub async fn verify_or_decoy(
        &self,
        password: Password,
        stored: Option<String>,
        client: &Client,
    ) -> Result<PasswordCheck, Failure> {
        let _permit = self.permit(client).await?;
        Ok(self.hasher.verify(password, stored).await?)
    }

    async fn permit(&self, client: &Client) -> Result<tokio::sync::OwnedSemaphorePermit, Failure> {
        self.hashing.acquire(&client.rate_limit_subject()).await.ok_or_else(Failure::busy)
    }

    /// Checks the password of a signed-in user.
    pub async fn confirm(
        &self,
        active: &ActiveSession,
        password: Password,
        client: &Client,
    ) -> Result<bool, Failure> {
        let guess = self.guesses.in_session(Secret::Password, &active.session).await?;
        let stored = Some(active.user.password_hash.clone());
        let right = match self.verify_or_decoy(password, stored, client).await {
            Ok(check) => check != PasswordCheck::Wrong,
            Err(error) => {
                guess.refund();
                return Err(error);
            }
        };
        if right {
            guess.refund();
        } else {
            drop(guess);
            self.writer.record(Event::PasswordFailed, Some(active.user.id), client).await;
        }
        Ok(right)
    }

    /// Changes the password, which ends all other sessions; returns this session's new id.
    pub async fn change(
        &self,
        active: &ActiveSession,
        old: Password,
        new: Password,
        client: &Client,
    ) -> Result<Id, CredentialError> {
        if old.is_empty() || !self.confirm(active, old.clone(), client).await? {
            return Err(Invalid::one("current_password", Reason::WrongPassword).into());
        }
        if old == new {
            return Err(Invalid::one("new_password", Reason::SamePassword).into());
        }
        let hashed = self.hash(new, active.user.personal_words(), client).await?;
        let hash = hashed.map_err(|problem| Invalid::one("new_password", problem))?;
        let (id, epoch, outbox) = (active.user.id, active.user.epoch, self.outbox.clone());
        let by = client.clone();
        let change = move |write: &mut Write<'_>| {
            let changed = revocation::change_password(write, id, epoch, &hash)?;
            user::notify(write, &outbox, id, Notice::PasswordChanged, Some(&by))?;
            Ok::<_, Failure>(changed)
        };
        let entry = Entry::new(Event::PasswordChanged, Some(id), client, self.sessions.now());
        let rotation = Rotation { epoch: epoch + 1, authenticated: Some(Method::Password), removed: None };
        Ok(self.sessions.rotate(active, rotation, entry, change).await?)
    }

    /// Hashes a correct password again, at the current cost.
    pub async fn rehash(&self, user: &User, password: Password) {
        let Ok(new) = self.hasher.hash(password).await else { return };
        let (id, old) = (user.id, user.password_hash.clone());
        let rehashed = self
            .writer
            .of_user(id)
            .write(System, move |write| Ok::<_, Failure>(user::rehash(write, id, &old, &new)?));
        if let Err(error) = rehashed.await {
            tracing::warn!(%error, "the password hash was not upgraded");
        }
    }
}
