//! How often one may fail, and how much hashing one address may ask for at a time (ASVS 6.3.1, 2.4.1).

use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;

use crate::http::client::neighbourhood;
use crate::http::{AppError, Client};
use crate::platform::clock::Clock;
use crate::platform::rate_limit::{KeyedSemaphore, LimitReached, LimitedAttempt, Limiter, Shared};

use crate::http::auth::cookies::device::Device;
use crate::identity::accounts::name::Login;
use crate::identity::accounts::user::User;
use crate::identity::sessions::Session;

/// Seconds after which a failure is forgotten.
const WINDOW: i64 = 15 * 60;
const FAILURES_PER_ACCOUNT: usize = 5;
const FAILURES_PER_ADDRESS: usize = 20;
/// Accounts that one address may create, or learn to be taken, within an hour.
const REGISTRATIONS_PER_ADDRESS: usize = 100;

/// Mails that one address may ask for, and that one account is sent for the asking, within an hour.
const MAILS_PER_ADDRESS: usize = 20;
const MAILS_PER_ACCOUNT: usize = 5;

/// Posts that one member may write within an hour.
const POSTS_PER_MEMBER: usize = 60;

/// How often one may end all other sessions within an hour.
const ENDS_PER_MEMBER: usize = 60;

/// Changes by one member that are under way at once; more wait for their turn, so that nobody fills the writer's queue.
const CHANGES_AT_ONCE: usize = 4;
const CHANGE_WAIT: Duration = Duration::from_secs(10);

/// How long a search waits for the one before it.
const SEARCH_WAIT: Duration = Duration::from_secs(2);

/// How long one waits for an equal registration.
const NAME_WAIT: Duration = Duration::from_secs(10);

pub struct Limits {
    accounts: Limiter,
    addresses: Limiter,
    registrations: Limiter,
    mails: Limiter,
    mails_to: Limiter,
    codes: Limiter,
    posts: Limiter,
    ends: Limiter,
    changes: KeyedSemaphore,
    names: KeyedSemaphore,
    hashing: KeyedSemaphore,
    searches: KeyedSemaphore,
}

impl Limits {
    /// `hashing_threads`: one address keeps at most twice as many hashes going, so that others get their turn.
    /// `shared`: what all nodes count together, if they do.
    pub fn new(clock: &Clock, hashing_threads: usize, hash_wait: Duration, shared: Option<&Shared>) -> Self {
        let limiter = |name, max, window| Limiter::new(max, window, clock.clone()).shared(name, shared);
        Self {
            accounts: limiter("account", FAILURES_PER_ACCOUNT, WINDOW),
            addresses: limiter("address", FAILURES_PER_ADDRESS, WINDOW),
            registrations: limiter("registration", REGISTRATIONS_PER_ADDRESS, 3600),
            mails: limiter("mail", MAILS_PER_ADDRESS, 3600),
            mails_to: limiter("mail-to", MAILS_PER_ACCOUNT, 3600),
            codes: limiter("code", FAILURES_PER_ADDRESS, WINDOW),
            posts: limiter("post", POSTS_PER_MEMBER, 3600),
            ends: limiter("end", ENDS_PER_MEMBER, 3600),
            changes: KeyedSemaphore::new(CHANGES_AT_ONCE, CHANGE_WAIT),
            searches: KeyedSemaphore::new(1, SEARCH_WAIT),
            names: KeyedSemaphore::new(1, NAME_WAIT),
            hashing: KeyedSemaphore::new(2 * hashing_threads, hash_wait),
        }
    }

    /// An attempt to sign in. A device that has signed in to the account before is judged by itself, so that strangers'
    /// failures never lock out the owner; strangers count by account and by address.
    pub async fn sign_in(
        &self,
        login: &Login,
        user: Option<&User>,
        device: &Device,
        client: &Client,
    ) -> Result<Vec<LimitedAttempt>, LimitReached> {
        if let Some(user) = user.filter(|user| device.knows(user.id)) {
            return Ok(vec![self.accounts.acquire(&format!("device {} {}", user.id, device.id())).await?]);
        }
        // Username and email lead to one account, so they share one count.
        let account = match user {
            Some(user) => format!("user {}", user.id),
            None => format!("nobody {}", login.key()),
        };
        let address = self.addresses.acquire(&neighbourhood(client.address)).await?;
        match self.accounts.acquire(&account).await {
            Ok(account) => Ok(vec![address, account]),
            Err(refused) => {
                address.refund();
                Err(refused)
            }
        }
    }

    /// An attempt to prove the password of a session's own user. The count outlives a change of the session id.
    pub async fn proof(&self, session: &Session) -> Result<LimitedAttempt, LimitReached> {
        self.accounts.acquire(&format!("proof {} {}", session.user_id, session.signed_in_at)).await
    }

    /// A code that is to finish a sign-in. Nobody gets this far without the password, so no stranger locks anyone out;
    /// and a device that has signed in to the account before is judged by itself.
    pub async fn code(&self, user: &User, device: &Device) -> Result<LimitedAttempt, LimitReached> {
        let key = match device.knows(user.id) {
            true => format!("code {} device {}", user.id, device.id()),
            false => format!("code {}", user.id),
        };
        self.accounts.acquire(&key).await
    }

    /// A code that is typed into a session.
    pub async fn code_proof(&self, session: &Session) -> Result<LimitedAttempt, LimitReached> {
        self.accounts.acquire(&format!("code proof {} {}", session.user_id, session.signed_in_at)).await
    }

    /// A registration. Here it is the success that counts, and being told that a name is taken.
    pub async fn registration(&self, client: &Client) -> Result<LimitedAttempt, LimitReached> {
        self.registrations.acquire(&neighbourhood(client.address)).await
    }

    /// A mail that somebody asks for. Asking counts, whatever comes of it.
    pub async fn mail(&self, client: &Client) -> Result<(), LimitReached> {
        self.mails.acquire(&neighbourhood(client.address)).await.map(drop)
    }

    /// A mail to a user by id, or to an address by its key, asked for by whomever.
    pub async fn mail_to(&self, whom: &str) -> Result<(), LimitReached> {
        self.mails_to.acquire(whom).await.map(drop)
    }

    /// A code that somebody types from a mail. Each mail has its own count of wrong ones besides.
    pub async fn mailed_code(&self, client: &Client) -> Result<LimitedAttempt, LimitReached> {
        self.codes.acquire(&neighbourhood(client.address)).await
    }

    /// One registration of a name at a time: of many equal ones only the first costs a hash.
    pub async fn turn_for_name(&self, key: &str) -> Result<OwnedSemaphorePermit, AppError> {
        self.names.acquire(key).await.ok_or_else(too_busy)
    }

    /// A post. Here it is the success that counts.
    pub async fn post(&self, user_id: i64) -> Result<LimitedAttempt, LimitReached> {
        self.posts.acquire(&user_id.to_string()).await
    }

    /// The end of all other sessions, which counts whether or not there were any.
    pub async fn end_others(&self, user_id: i64) -> Result<(), LimitReached> {
        self.ends.acquire(&user_id.to_string()).await.map(drop)
    }

    /// A member's turn to change something of their own.
    pub async fn turn_to_change(&self, user_id: i64) -> Result<OwnedSemaphorePermit, AppError> {
        self.changes.acquire(&user_id.to_string()).await.ok_or_else(too_busy)
    }

    /// A turn to search: one at a time for this client, and one at a time for all, for a search reads a lot.
    pub async fn turn_to_search(&self, client: &Client) -> Result<[OwnedSemaphorePermit; 2], AppError> {
        let own = self.searches.acquire(&neighbourhood(client.address)).await.ok_or_else(too_busy)?;
        Ok([own, self.searches.acquire("").await.ok_or_else(too_busy)?])
    }

    /// A turn to hash for this client.
    pub async fn turn_to_hash(&self, client: &Client) -> Result<OwnedSemaphorePermit, AppError> {
        self.hashing.acquire(&neighbourhood(client.address)).await.ok_or_else(too_busy)
    }
}

fn too_busy() -> AppError {
    AppError::Unavailable(anyhow::anyhow!("too much waits for a turn"))
}

impl From<LimitReached> for AppError {
    fn from(reached: LimitReached) -> Self {
        Self::TooMany { retry_after: reached.retry_after }
    }
}
