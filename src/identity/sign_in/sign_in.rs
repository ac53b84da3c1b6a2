//! Signing in, in stages: the password, whose check takes equal time for everyone; the second factor, where there is one;
//! and then what a browser gets.

use std::ops::Deref;

use actix_web::cookie::Cookie;
use actix_web::http::header::HeaderMap;

use crate::http::cookie_jar::CookieJar;
use crate::http::{AppError, Client};
use crate::i18n::login::Login;
use crate::platform::keys::fingerprint;
use crate::platform::metrics::Way;
use crate::platform::work_queue::Full;

use crate::http::auth::cookies::device::Device;
use crate::identity::Identity;
use crate::identity::accounts::name::Login as Name;
use crate::identity::accounts::user;
use crate::identity::accounts::user::User;
use crate::identity::audit::Event;
use crate::identity::credentials::hasher::Verdict;
use crate::identity::credentials::password::{PasswordProblem, Secret};
use crate::identity::sessions::auth_method::{Method, Methods};
use crate::identity::sessions::trusted_devices as trusted;
use crate::identity::sessions::{Beginning, Kind, Live, Unknown};

use super::metrics::counted;

use super::second_factor::Half;

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
    /// The password was right, and the account has a second factor.
    CodeNeeded,
    /// The code that came with the right password was not.
    WrongCode,
    /// The account must have a second factor and has none yet; only a browser can set one up.
    SetUpFirst,
}

impl Refusal {
    pub fn text(self, t: &Login) -> &'static str {
        match self {
            Self::Wrong => t.wrong,
            Self::Disabled => t.disabled,
            Self::Unverified => t.unverified,
            Self::CodeNeeded => t.code_needed,
            Self::WrongCode => t.wrong_code,
            Self::SetUpFirst => t.set_up_first,
        }
    }

    /// The field that it is about; empty where that is all of the form.
    pub fn field(self) -> &'static str {
        match self {
            Self::CodeNeeded | Self::WrongCode => "code",
            _ => "",
        }
    }
}

/// Somebody who has passed every stage that their account asks for. Only the stages make one, and no session begins
/// without.
#[derive(Clone)]
pub struct Authenticated {
    pub(super) user: User,
    pub(super) methods: Methods,
}

impl Authenticated {
    /// Whoever has just made the account. There is no second factor on it yet.
    pub fn newcomer(user: User) -> Result<Self, AppError> {
        match user.factors_since {
            None => Ok(Self { user, methods: Methods::PASSWORD }),
            Some(_) => Err(AppError::Forbidden),
        }
    }

    pub fn methods(&self) -> Methods {
        self.methods
    }
}

impl Deref for Authenticated {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

/// Where a browser is asked for the second factor.
pub const VERIFY: &str = "/login/verify";

/// What a browser gets.
pub enum Entered {
    /// The cookies of a session that has begun.
    In([Cookie<'static>; 2]),
    /// The cookie of a half-finished sign-in; the way leads on to `VERIFY`.
    Halfway(Cookie<'static>),
}

/// Where a right password leads.
pub enum Step {
    /// Nothing more is asked for.
    Through(Authenticated),
    /// The second factor is.
    Second(Half),
}

impl Identity {
    /// The first stage: checks a name and a password.
    ///
    /// # Errors
    /// 429 when too many attempts have failed, 503 when hashing or the database is too busy.
    pub async fn authenticate(
        &self,
        login: &str,
        password: Secret,
        device: &Device,
        client: &Client,
    ) -> Result<Result<Step, Refusal>, AppError> {
        counted(Way::Password, self.first_stage(login, password, device, client).await)
    }

    pub(super) async fn first_stage(
        &self,
        login: &str,
        password: Secret,
        device: &Device,
        client: &Client,
    ) -> Result<Result<Step, Refusal>, AppError> {
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
        self.next_stage(Method::Password, user, device).await.map(Ok)
    }

    /// What follows for whoever has come by a mailed link.
    pub async fn after_mail(&self, user: User, device: &Device) -> Result<Step, AppError> {
        counted(Way::MailLink, self.next_stage(Method::Mail, user, device).await)
    }

    /// What follows the first stage, by whichever method it was passed: an account with a second factor is asked for it,
    /// but on a device that is trusted.
    async fn next_stage(&self, first: Method, user: User, device: &Device) -> Result<Step, AppError> {
        let first = Methods::from(first);
        if user.factors_since.is_none() {
            return Ok(Step::Through(Authenticated { user, methods: first }));
        }
        let hashes: Vec<String> = device.trust().iter().map(|token| fingerprint(token)).collect();
        let (asked, now) = (user.clone(), self.clock.now());
        let trusts = self.config.trusted_device > 0 && !hashes.is_empty();
        let trusted = trusts && self.db.run(move |conn| trusted::holds(conn, &asked, &hashes, now)).await?;
        Ok(match trusted {
            true => Step::Through(Authenticated { user, methods: first.with(Method::TrustedDevice) }),
            false => Step::Second(Half::new(user, first)),
        })
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

    /// What a browser gets after the first stage.
    pub async fn enter(
        &self,
        step: Step,
        wishes: (bool, &str),
        client: &Client,
        headers: &HeaderMap,
        cookies: &CookieJar,
    ) -> Result<Entered, AppError> {
        let (remember, next) = wishes;
        Ok(match step {
            Step::Through(user) => {
                Entered::In(self.welcome(&user, remember, client, headers, cookies).await?)
            }
            Step::Second(half) => Entered::Halfway(self.keep_half(&half, remember, next, cookies).await?),
        })
    }

    /// Signs in someone who has passed every stage: the cookies for the browser. Whoever was signed in there before is
    /// signed out, for an id from before sign-in is never kept (ASVS 7.2.4).
    pub async fn welcome(
        &self,
        user: &Authenticated,
        remember: bool,
        client: &Client,
        headers: &HeaderMap,
        cookies: &CookieJar,
    ) -> Result<[Cookie<'static>; 2], AppError> {
        let kind = if remember { Kind::Remembered } else { Kind::Browser };
        let id = self.sessions.begin(Beginning::of(user, kind, client)).await?;
        self.audit(Event::SignedIn, Some(user.id), client).await;
        self.end_brought_by(headers, None).await?;
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
