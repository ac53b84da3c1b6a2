//! Limits on failed sign-ins (ASVS 6.3.1, 2.4.1).

use std::sync::Arc;

use crate::identity::accounts::name::Login;
use crate::identity::accounts::{KnownDevice, User};
use crate::identity::audit::Client;
use crate::identity::credentials::{Guess, GuessLimits, Secret};
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{Limiter, Shared};

/// Seconds after which a failure no longer counts.
const WINDOW: i64 = 15 * 60;
const FAILURES_PER_ADDRESS: usize = 20;

pub struct SignInLimits {
    guesses: Arc<GuessLimits>,
    addresses: Limiter,
    passkeys: Limiter,
}

impl SignInLimits {
    /// `shared`: the counts that all nodes share, if they do.
    pub fn new(guesses: Arc<GuessLimits>, clock: &Clock, shared: Option<&Shared>) -> Self {
        let by_address =
            |name| Limiter::new(FAILURES_PER_ADDRESS, WINDOW, clock.clone()).shared(name, shared);
        Self { guesses, addresses: by_address("address"), passkeys: by_address("passkey") }
    }

    /// An attempt with a password. A device that has signed in to the account before is counted separately, so that
    /// failures of others never lock out the owner; others count by what they typed and by address.
    pub async fn password(
        &self,
        login: &Login,
        user: Option<&User>,
        device: &KnownDevice,
        client: &Client,
    ) -> Result<Guess, Failure> {
        if let Some(user) = user.filter(|user| device.knows(user)) {
            return Ok(self.guesses.by_device(Secret::Password, user.id, &device.id).await?);
        }
        let address = self.addresses.acquire(&client.rate_limit_subject()).await?;
        match self.guesses.by_login(login).await {
            Ok(guess) => Ok(guess.with(address)),
            Err(reached) => {
                address.refund();
                Err(reached.into())
            }
        }
    }

    /// An attempt with a second factor. A device that has signed in to the account before is counted separately.
    pub async fn second_factor(&self, user: &User, device: &KnownDevice) -> Result<Guess, Failure> {
        Ok(match device.knows(user) {
            true => self.guesses.by_device(Secret::SecondFactor, user.id, &device.id).await?,
            false => self.guesses.by_unknown_device(user.id).await?,
        })
    }

    /// A refused passkey of an unknown user. Counted afterwards: a passkey cannot be guessed, so a right one is never
    /// refused for the failures of others at the same address.
    pub async fn refused_passkey(&self, client: &Client) -> Result<(), Failure> {
        Ok(self.passkeys.acquire(&client.rate_limit_subject()).await.map(drop)?)
    }
}
