//! Limits on failed sign-ins (ASVS 6.3.1, 2.4.1).

use std::sync::Arc;

use crate::identity::accounts::name::Login;
use crate::identity::accounts::{KnownDevice, User};
use crate::identity::audit::Client;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{LimitedAttempt, Limiter, Shared};

/// Seconds after which a failure no longer counts.
const WINDOW: i64 = 15 * 60;
const FAILURES_PER_ACCOUNT: usize = 5;
const FAILURES_PER_ADDRESS: usize = 20;

pub struct SignInLimits {
    accounts: Arc<Limiter>,
    addresses: Limiter,
}

impl SignInLimits {
    /// Failures per account, a count that other services share.
    pub fn per_account(clock: &Clock, shared: Option<&Shared>) -> Arc<Limiter> {
        Arc::new(Limiter::new(FAILURES_PER_ACCOUNT, WINDOW, clock.clone()).shared("account", shared))
    }

    pub fn new(accounts: Arc<Limiter>, clock: &Clock, shared: Option<&Shared>) -> Self {
        let addresses = Limiter::new(FAILURES_PER_ADDRESS, WINDOW, clock.clone()).shared("address", shared);
        Self { accounts, addresses }
    }

    /// An attempt with a password. A device that has signed in to the account before is counted separately, so that
    /// failures of others never lock out the owner; others count by account and by address.
    pub async fn password(
        &self,
        login: &Login,
        user: Option<&User>,
        device: &KnownDevice,
        client: &Client,
    ) -> Result<Vec<LimitedAttempt>, Failure> {
        if let Some(user) = user.filter(|user| device.knows(user.id)) {
            return Ok(vec![self.accounts.acquire(&format!("device {} {}", user.id, device.id)).await?]);
        }
        // Username and email belong to one account, so they share one count.
        let account = match user {
            Some(user) => format!("user {}", user.id),
            None => format!("nobody {}", login.key()),
        };
        let address = self.addresses.acquire(&client.rate_limit_subject()).await?;
        match self.accounts.acquire(&account).await {
            Ok(account) => Ok(vec![address, account]),
            Err(refused) => {
                address.refund();
                Err(refused.into())
            }
        }
    }

    /// An attempt with a second-factor code. It requires the password, so no anonymous client can lock a user out; a
    /// device that has signed in to the account before is counted separately.
    pub async fn code(&self, user: &User, device: &KnownDevice) -> Result<LimitedAttempt, Failure> {
        let key = match device.knows(user.id) {
            true => format!("code {} device {}", user.id, device.id),
            false => format!("code {}", user.id),
        };
        Ok(self.accounts.acquire(&key).await?)
    }
}
