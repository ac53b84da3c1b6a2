//! Signing in: the password check that takes equal time for everyone, and what a browser gets when it is right.

use actix_web::cookie::Cookie;
use actix_web::http::header::HeaderMap;

use crate::i18n::login::Login;
use crate::web::cookies::CookieJar;
use crate::web::{AppError, Client};
use crate::work_queue::Full;

use super::Identity;
use super::audit::Event;
use super::device::Device;
use super::hasher::Verdict;
use super::name::Login as Name;
use super::password::{PasswordProblem, Secret};
use super::session::{Beginning, Id, Kind, Live, Unknown};
use super::user::{self, User};

impl From<Full> for AppError {
    fn from(full: Full) -> Self {
        Self::Unavailable(full.into())
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
    /// The same: the address must be confirmed first.
    Unverified,
}

impl Refusal {
    pub fn text(self, t: &Login) -> &'static str {
        match self {
            Self::Wrong => t.wrong,
            Self::Disabled => t.disabled,
            Self::Unverified => t.unverified,
        }
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
        let login = Name::parse(login);
        let wanted = login.clone();
        let user = self.db.run(move |conn| user::find_by_login(conn, &wanted)).await?;
        let attempts = self.limits.sign_in(&login, user.as_ref(), device, client).await?;
        let stored = user.as_ref().map(|user| user.password_hash.clone());
        let verdict = match self.verify(password.clone(), stored, client).await {
            Ok(verdict) => verdict,
            Err(error) => {
                attempts.into_iter().for_each(|attempt| attempt.forgive());
                return Err(error);
            }
        };
        let Some(user) = user.clone().filter(|_| verdict != Verdict::Wrong) else {
            drop(attempts);
            self.audit_failure(user.map(|user| user.id), client).await;
            return Ok(Err(Refusal::Wrong));
        };
        attempts.into_iter().for_each(|attempt| attempt.forgive());
        if user.disabled {
            self.audit_failure(Some(user.id), client).await;
            return Ok(Err(Refusal::Disabled));
        }
        if self.must_verify(&user) {
            return Ok(Err(Refusal::Unverified));
        }
        if verdict == Verdict::RightButOutdated {
            self.renew_hash(&user, password).await;
        }
        Ok(Ok(user))
    }

    /// Checks the password of someone who is signed in already.
    pub async fn prove(&self, live: &Live, password: Secret, client: &Client) -> Result<bool, AppError> {
        let attempt = self.limits.proof(&live.session).await?;
        let right = match self.verify(password, Some(live.user.password_hash.clone()), client).await {
            Ok(verdict) => verdict != Verdict::Wrong,
            Err(error) => {
                attempt.forgive();
                return Err(error);
            }
        };
        if right {
            attempt.forgive();
        } else {
            drop(attempt);
            self.audit(Event::PasswordFailed, Some(live.user.id), client).await;
        }
        Ok(right)
    }

    /// What to store for a new password of someone of whom others know what is in `about`.
    pub async fn hash_new(
        &self,
        password: Secret,
        about: Vec<String>,
        client: &Client,
    ) -> Result<Result<String, PasswordProblem>, AppError> {
        let _turn = self.limits.turn_to_hash(client).await?;
        Ok(self.hasher.hash_new(password, about).await?)
    }

    async fn verify(
        &self,
        password: Secret,
        stored: Option<String>,
        client: &Client,
    ) -> Result<Verdict, AppError> {
        let _turn = self.limits.turn_to_hash(client).await?;
        Ok(self.hasher.verify(password, stored).await?)
    }

    /// Signs in someone who was just authenticated: the cookies for the browser. Whoever was signed in there before is
    /// signed out, for an id from before sign-in is never kept (ASVS 7.2.4).
    pub async fn welcome(
        &self,
        user: &User,
        remember: bool,
        client: &Client,
        headers: &HeaderMap,
        cookies: &CookieJar,
    ) -> Result<[Cookie<'static>; 2], AppError> {
        let kind = if remember { Kind::Remembered } else { Kind::Browser };
        let id = self.sessions.begin(beginning(user, kind, client)).await?;
        self.let_in(user, id, kind, client, headers, cookies).await
    }

    /// The same for somebody who has opened a mailed link, and shown no password.
    pub async fn welcome_by_mail(
        &self,
        user: &User,
        client: &Client,
        headers: &HeaderMap,
        cookies: &CookieJar,
    ) -> Result<[Cookie<'static>; 2], AppError> {
        let kind = Kind::Browser;
        let id = self.sessions.begin_unproved(beginning(user, kind, client)).await?;
        self.let_in(user, id, kind, client, headers, cookies).await
    }

    async fn let_in(
        &self,
        user: &User,
        id: Id,
        kind: Kind,
        client: &Client,
        headers: &HeaderMap,
        cookies: &CookieJar,
    ) -> Result<[Cookie<'static>; 2], AppError> {
        self.audit(Event::SignedIn, Some(user.id), client).await;
        if let Some(old) = self.cookie.read(headers) {
            self.sessions.end(&old.key()).await?;
        }
        let device = Device::of(headers, cookies);
        if !device.knows(user.id) {
            self.notify_of_device(user, client).await;
        }
        Ok([self.session_cookie(&id, kind), device.remember(user.id, cookies)])
    }

    async fn renew_hash(&self, user: &User, password: Secret) {
        let Ok(new) = self.hasher.hash(password).await else { return };
        let (id, old) = (user.id, user.password_hash.clone());
        if let Err(error) =
            self.change_user(id, None, move |conn| user::renew_hash(conn, id, &old, &new)).await
        {
            tracing::warn!(%error, "an old password hash was not renewed");
        }
    }
}

fn beginning(user: &User, kind: Kind, client: &Client) -> Beginning {
    Beginning {
        user_id: user.id,
        epoch: user.epoch,
        kind,
        device: client.device.clone(),
        address: client.address.to_string(),
    }
}
