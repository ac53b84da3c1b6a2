//! Signing in: limits, the password check that takes equal time for everyone, and the device cookie.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use crate::clock::Clock;
use crate::web::client::neighbourhood;
use crate::web::cookies::CookieJar;
use crate::web::limit::{Attempt, Limiter, Refused};
use crate::web::{AppError, Client};

use super::Identity;
use super::audit::Event;
use super::hasher::{Busy, Verdict};
use super::name::Login;
use super::password::Secret;
use super::session::{Beginning, Id, Unknown};
use super::user::{self, User};

/// Seconds after which a failure is forgotten.
const WINDOW: i64 = 15 * 60;
const FAILURES_PER_ACCOUNT: usize = 5;
const FAILURES_PER_ADDRESS: usize = 20;
/// Accounts that one address may create within an hour.
const REGISTRATIONS_PER_ADDRESS: usize = 100;

const DEVICE_COOKIE: &str = "munjigi-device";
const DEVICE_KEPT: Duration = Duration::days(365);
/// Accounts that one browser is remembered for.
const ACCOUNTS_PER_DEVICE: usize = 5;

/// Limits on failures (ASVS 6.3.1) and on registrations.
pub struct SignInLimits {
    accounts: Limiter,
    addresses: Limiter,
    registrations: Limiter,
    names: Limiter,
}

impl SignInLimits {
    pub fn new(clock: &Clock) -> Self {
        Self {
            accounts: Limiter::new(FAILURES_PER_ACCOUNT, WINDOW, clock.clone()),
            addresses: Limiter::new(FAILURES_PER_ADDRESS, WINDOW, clock.clone()),
            registrations: Limiter::new(REGISTRATIONS_PER_ADDRESS, 3600, clock.clone()),
            names: Limiter::new(1, 1, clock.clone()),
        }
    }

    /// Runs `register` unless this address has made too many accounts lately.
    pub async fn registration<T>(
        &self,
        client: &Client,
        register: impl Future<Output = Result<Option<T>, AppError>>,
    ) -> Result<Option<T>, AppError> {
        let attempt = self.registrations.enter(&neighbourhood(client.address)).await?;
        let made = register.await?;
        if made.is_some() {
            // Here a success is what is counted.
            attempt.failed();
        }
        Ok(made)
    }

    /// One registration of a name at a time: of many equal ones only the first costs a hash.
    pub async fn turn_for_name(&self, key: &str) -> Result<Attempt, Refused> {
        self.names.enter(key).await
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        Self::TooMany { retry_after: refused.retry_after }
    }
}

impl From<Busy> for AppError {
    fn from(busy: Busy) -> Self {
        Self::Unavailable(busy.into())
    }
}

impl From<Unknown> for AppError {
    fn from(unknown: Unknown) -> Self {
        Self::Unavailable(unknown.into())
    }
}

/// Why someone was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Unknown name or wrong password; nobody is told which.
    Wrong,
    /// Said only to who knew the password.
    Disabled,
}

/// A browser that has signed in before. Its failures are counted apart, so that strangers' failures never lock out
/// the owner's own device.
pub struct Device {
    id: String,
    users: Vec<i64>,
}

impl Device {
    /// The device that this browser was told to be, or a new one.
    pub fn of(headers: &HeaderMap, cookies: &CookieJar) -> Self {
        let known = cookies.open(DEVICE_COOKIE, headers).and_then(|value| Self::parse(&value));
        known.unwrap_or_else(|| Self { id: crate::keys::random_id(), users: Vec::new() })
    }

    fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split('~');
        let id = parts.next()?.to_owned();
        Some(Self { id, users: parts.filter_map(|user| user.parse().ok()).collect() })
    }

    /// The cookie of this device after `user_id` has signed in on it.
    pub fn remember(mut self, user_id: i64, cookies: &CookieJar) -> Cookie<'static> {
        self.users.retain(|user| *user != user_id);
        self.users.insert(0, user_id);
        self.users.truncate(ACCOUNTS_PER_DEVICE);
        let users: String = self.users.iter().map(|user| format!("~{user}")).collect();
        cookies.seal(DEVICE_COOKIE, &format!("{}{users}", self.id), Some(DEVICE_KEPT))
    }

    fn knows(&self, user: &User) -> bool {
        self.users.contains(&user.id)
    }
}

impl Identity {
    /// Checks a name and a password.
    ///
    /// # Errors
    /// 429 when too many attempts have failed, 503 when hashing or the database is too busy.
    pub async fn authenticate(
        &self,
        login: &str,
        password: Secret,
        device: &Device,
        client: &Client,
    ) -> Result<Result<User, Refusal>, AppError> {
        let login = Login::parse(login);
        let wanted = login.clone();
        let user = self.db.run(move |conn| user::find_by_login(conn, &wanted)).await?;
        let known_here = user.as_ref().filter(|user| device.knows(user));
        let attempts = match known_here {
            Some(user) => vec![self.limits.accounts.enter(&format!("{} {}", user.id, device.id)).await?],
            None => {
                // Username and email lead to one account, so they share one count.
                let account =
                    user.as_ref().map_or_else(|| login.key().to_owned(), |user| format!("#{}", user.id));
                vec![
                    self.limits.addresses.enter(&neighbourhood(client.address)).await?,
                    self.limits.accounts.enter(&account).await?,
                ]
            }
        };
        let stored = user.as_ref().map(|user| user.password_hash.clone());
        let verdict = self.hasher.verify(password.clone(), stored).await?;
        let Some(user) = user.clone().filter(|_| verdict != Verdict::Wrong) else {
            attempts.into_iter().for_each(|attempt| attempt.failed());
            self.audit(Event::SignInFailed, user.map(|user| user.id), client).await;
            return Ok(Err(Refusal::Wrong));
        };
        if user.disabled {
            self.audit(Event::SignInFailed, Some(user.id), client).await;
            return Ok(Err(Refusal::Disabled));
        }
        if verdict == Verdict::RightButOutdated {
            self.renew_hash(&user, password).await;
        }
        Ok(Ok(user))
    }

    /// Checks the password of someone who is signed in already. Failures count as those of the account's owner.
    pub async fn prove(
        &self,
        user: &User,
        session: &Id,
        password: Secret,
        client: &Client,
    ) -> Result<bool, AppError> {
        let attempt = self.limits.accounts.enter(&format!("{} {}", user.id, session.key().as_str())).await?;
        let right = self.hasher.verify(password, Some(user.password_hash.clone())).await? != Verdict::Wrong;
        if !right {
            attempt.failed();
            self.audit(Event::PasswordFailed, Some(user.id), client).await;
        }
        Ok(right)
    }

    /// Begins a session for someone who was just authenticated.
    pub async fn begin_session(&self, user: &User, remember: bool, client: &Client) -> Result<Id, AppError> {
        let beginning = Beginning {
            user_id: user.id,
            epoch: user.epoch,
            remember,
            device: client.device.clone(),
            address: client.address.to_string(),
        };
        let id = self.sessions.begin(beginning).await?;
        self.audit(Event::SignedIn, Some(user.id), client).await;
        Ok(id)
    }

    /// The session cookie for `id`.
    pub fn session_cookie(&self, id: &Id, remember: bool) -> Cookie<'static> {
        self.cookie.issue(id, remember.then_some(self.config.remembered.idle))
    }

    async fn renew_hash(&self, user: &User, password: Secret) {
        let Ok(new) = self.hasher.hash_known(password).await else {
            return;
        };
        let (id, old) = (user.id, user.password_hash.clone());
        if let Err(error) = self.db.write(move |conn| user::renew_hash(conn, id, &old, &new)).await {
            tracing::warn!(%error, "an old password hash was not renewed");
        }
    }
}
