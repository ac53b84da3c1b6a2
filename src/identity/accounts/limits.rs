//! Limits on how many accounts a client may create, or learn to be taken.

use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;

use crate::identity::audit::Client;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{KeyedSemaphore, LimitedAttempt, Limiter, Shared};

/// Accounts that a client may create, or learn to be taken, per hour.
const REGISTRATIONS_PER_ADDRESS: usize = 100;

/// How long a registration waits for another with the same name.
const NAME_WAIT: Duration = Duration::from_secs(10);

pub struct AccountLimits {
    registrations: Limiter,
    names: KeyedSemaphore,
}

impl AccountLimits {
    /// `shared`: the counts that all nodes share, if they do.
    pub fn new(clock: &Clock, shared: Option<&Shared>) -> Self {
        let registrations = Limiter::new(REGISTRATIONS_PER_ADDRESS, 3600, clock.clone());
        Self {
            registrations: registrations.shared("registration", shared),
            names: KeyedSemaphore::new(1, NAME_WAIT),
        }
    }

    /// A registration. Success counts, and so does learning that a name is taken.
    pub async fn registration(&self, client: &Client) -> Result<LimitedAttempt, Failure> {
        Ok(self.registrations.acquire(&client.rate_limit_subject()).await?)
    }

    /// One registration per name at a time: of many identical requests only the first costs a hash.
    pub async fn name(&self, key: &str) -> Result<OwnedSemaphorePermit, Failure> {
        self.names.acquire(key).await.ok_or_else(Failure::busy)
    }
}
