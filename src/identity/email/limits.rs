//! Limits on requested mail and on wrong mailed codes.

use crate::identity::audit::Client;
use crate::identity::unit_of_work::Failure;
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{LimitedAttempt, Limiter, Shared};

use super::mailbox::mailbox;
use super::recipient::Owner;

/// Mails that one address may request, and that one mailbox receives on request, per hour.
const MAILS_PER_ADDRESS: usize = 20;
const MAILS_PER_MAILBOX: usize = 5;

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
            letters: limiter("mail-to", MAILS_PER_MAILBOX, 3600),
            codes: limiter("code", WRONG_CODES_PER_ADDRESS, WINDOW),
        }
    }

    /// A client's request for a mail. It counts whatever its outcome.
    pub async fn request(&self, client: &Client) -> Result<(), Failure> {
        Ok(self.requests.acquire(&client.rate_limit_subject()).await.map(drop)?)
    }

    /// A mail to an address, whichever client requests it for whichever account.
    pub async fn letter(&self, address: &str) -> Result<(), Failure> {
        Ok(self.letters.acquire(&mailbox(address)).await.map(drop)?)
    }

    /// A mail that the owner of an account requests from a device that has signed in to it. Anyone can claim an address
    /// that is not verified, and sign in with as many devices as they like: those share a count.
    pub async fn letter_to_device(&self, owner: &Owner, device: &str) -> Result<(), Failure> {
        let device = if owner.is_verified { device } else { "any" };
        let subject = format!("{} device {device}", owner.rate_limit_subject());
        Ok(self.letters.acquire(&subject).await.map(drop)?)
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
