//! Limits on requested mail and on wrong mailed codes.

use crate::identity::audit::Client;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{LimitedAttempt, Limiter, Shared};

/// Mails that one address may request, and that one account receives on request, per hour.
const MAILS_PER_ADDRESS: usize = 20;
const MAILS_PER_ACCOUNT: usize = 5;

/// Wrong codes that one address may send per quarter of an hour.
const WRONG_CODES_PER_ADDRESS: usize = 20;
const WINDOW: i64 = 15 * 60;

pub struct MailLimits {
    requests: Limiter,
    letters: Limiter,
    codes: Limiter,
}

impl MailLimits {
    /// `shared`: the counts that all nodes share, if they do.
    pub fn new(clock: &Clock, shared: Option<&Shared>) -> Self {
        let limiter = |name, max, window| Limiter::new(max, window, clock.clone()).shared(name, shared);
        Self {
            requests: limiter("mail", MAILS_PER_ADDRESS, 3600),
            letters: limiter("mail-to", MAILS_PER_ACCOUNT, 3600),
            codes: limiter("code", WRONG_CODES_PER_ADDRESS, WINDOW),
        }
    }

    /// A client's request for a mail. It counts whatever its outcome.
    pub async fn request(&self, client: &Client) -> Result<(), Failure> {
        Ok(self.requests.acquire(&client.rate_limit_subject()).await.map(drop)?)
    }

    /// A mail to a user by id, or to an address by its key, whichever client requests it.
    pub async fn letter(&self, to: &str) -> Result<(), Failure> {
        Ok(self.letters.acquire(to).await.map(drop)?)
    }

    /// A mailed code that a client types. Wrong codes are also counted for each mail.
    pub async fn code(&self, client: &Client) -> Result<LimitedAttempt, Failure> {
        Ok(self.codes.acquire(&client.rate_limit_subject()).await?)
    }

    /// Runs what a typed code authorises: none for a wrong one, which counts against the client's address.
    pub async fn try_code<T, E: From<Failure>>(
        &self,
        client: &Client,
        work: impl Future<Output = Result<Option<T>, E>>,
    ) -> Result<Option<T>, E> {
        let attempt = self.code(client).await?;
        let done = work.await?;
        if done.is_some() {
            attempt.refund();
        }
        Ok(done)
    }
}
