//! How many accounts one address may create, or learn to be taken.

use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;

use crate::identity::audit::Client;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{KeyedSemaphore, LimitedAttempt, Limiter, Shared};

/// Accounts that one address may create, or learn to be taken, within an hour.
const REGISTRATIONS_PER_ADDRESS: usize = 100;

/// How long a registration waits for an equal one.
const NAME_WAIT: Duration = Duration::from_secs(10);

pub struct AccountLimits {
    registrations: Limiter,
    names: KeyedSemaphore,
}

impl AccountLimits {
    /// `shared`: what all nodes count together, if they do.
    pub fn new(clock: &Clock, shared: Option<&Shared>) -> Self {
        let registrations = Limiter::new(REGISTRATIONS_PER_ADDRESS, 3600, clock.clone());
        Self {
            registrations: registrations.shared("registration", shared),
            names: KeyedSemaphore::new(1, NAME_WAIT),
        }
    }

    /// A registration. Success counts here, and learning that a name is taken.
    pub async fn registration(&self, client: &Client) -> Result<LimitedAttempt, Failure> {
        Ok(self.registrations.acquire(&client.rate_limit_subject()).await?)
    }

    /// One registration of a name at a time: of many equal ones only the first costs a hash.
    pub async fn name(&self, key: &str) -> Result<OwnedSemaphorePermit, Failure> {
        self.names.acquire(key).await.ok_or_else(Failure::busy)
    }
}
