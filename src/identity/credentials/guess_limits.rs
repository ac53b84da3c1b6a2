//! Limits on guesses of an account's password and codes (ASVS 6.3.1). A client that has signed in to the account before
//! has a count of its own, so that failures of others never lock out its owner. Such clients share one more count: a
//! client that signs in repeatedly, for one device or session after another, gains no guesses by it.

use crate::identity::accounts::name::Login;
use crate::identity::sessions::Session;
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{LimitReached, LimitedAttempt, Limiter, Shared};

/// Seconds after which a failure no longer counts.
pub const WINDOW: i64 = 15 * 60;
/// Failures of unknown devices, of one known device, and of one session.
const FAILURES: usize = 5;
/// Failures of all devices and sessions of one account.
const FAILURES_OF_ALL: usize = 20;

/// What is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    Password,
    /// A code or a passkey.
    SecondFactor,
}

pub struct GuessLimits {
    own: Limiter,
    all: Limiter,
}

/// A guess in progress, in every count that it concerns. It counts as failed unless it is refunded.
#[must_use]
pub struct Guess(Vec<LimitedAttempt>);

impl Guess {
    /// The guess was right, or was not checked.
    pub fn refund(self) {
        self.0.into_iter().for_each(LimitedAttempt::refund);
    }

    /// The same guess, counted by `other` too.
    pub fn with(mut self, other: LimitedAttempt) -> Self {
        self.0.push(other);
        self
    }
}

impl GuessLimits {
    /// `shared`: the counts that all nodes share, if they do.
    pub fn new(clock: &Clock, shared: Option<&Shared>) -> Self {
        let limiter = |max, name| Limiter::new(max, WINDOW, clock.clone()).shared(name, shared);
        Self { own: limiter(FAILURES, "account"), all: limiter(FAILURES_OF_ALL, "devices") }
    }

    /// A password from an unknown device. Counted by what was typed, whether an account has that name or not: a count by account
    /// would show that a name and an address belong together.
    pub async fn by_login(&self, login: &Login) -> Result<Guess, LimitReached> {
        Ok(Guess(vec![self.own.acquire(&format!("login {}", login.key())).await?]))
    }

    /// A code from an unknown device. It requires the password, so no anonymous client can use up this count.
    pub async fn by_unknown_device(&self, user_id: i64) -> Result<Guess, LimitReached> {
        Ok(Guess(vec![self.own.acquire(&format!("code {user_id}")).await?]))
    }

    /// From a device that has signed in to the account.
    pub async fn by_device(&self, secret: Secret, user_id: i64, device: &str) -> Result<Guess, LimitReached> {
        let key = match secret {
            Secret::Password => format!("device {user_id} {device}"),
            Secret::SecondFactor => format!("code {user_id} device {device}"),
        };
        self.with_all(secret, user_id, &key).await
    }

    /// In a session. Its count survives a change of the session id.
    pub async fn in_session(&self, secret: Secret, session: &Session) -> Result<Guess, LimitReached> {
        let of = format!("proof {} {}", session.user_id, session.signed_in_at);
        let key = match secret {
            Secret::Password => of,
            Secret::SecondFactor => format!("code {of}"),
        };
        self.with_all(secret, session.user_id, &key).await
    }

    async fn with_all(&self, secret: Secret, user_id: i64, key: &str) -> Result<Guess, LimitReached> {
        let own = self.own.acquire(key).await?;
        let kind = match secret {
            Secret::Password => "password",
            Secret::SecondFactor => "code",
        };
        match self.all.acquire(&format!("{kind} {user_id}")).await {
            Ok(all) => Ok(Guess(vec![own, all])),
            Err(reached) => {
                own.refund();
                Err(reached)
            }
        }
    }
}
