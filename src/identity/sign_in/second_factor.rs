//! The second stage: a code, for whoever has given the right password.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use super::pending as stage;
use super::pending::Stage;
use crate::http::auth::cookies::device::Device;
use crate::http::cookie_jar::CookieJar;
use crate::http::{AppError, Client};
use crate::identity::Identity;
use crate::identity::accounts::user;
use crate::identity::accounts::user::User;
use crate::identity::audit;
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::factors as factor;
use crate::identity::credentials::password::Secret;
use crate::identity::sessions::Live;
use crate::identity::sessions::auth_method::{Method, Methods};
use crate::identity::sessions::trusted_devices as trusted;
use crate::identity::sessions::trusted_devices::NewTrust;
use crate::platform::db::DbError;
use crate::platform::keys::{fingerprint, random_secret};
use crate::platform::metrics::SignInMethod;

use super::metrics::counted;
use super::{Authenticated, Refusal, Step};

/// The cookie of a half-finished sign-in.
const COOKIE: &str = "munjigi-stage";

/// Bytes of the way after sign-in that are kept.
const LONGEST_NEXT: usize = 20_000;

/// Somebody whose password was right, and whose second factor is still to come. It is no user: nothing can be done with
/// it but to go on.
pub struct Half {
    pub(super) user: User,
    /// How the first stage was passed.
    pub(super) first: Methods,
    /// Where it is kept, if a browser has gone from one page to the next.
    pub(super) stage: Option<Stage>,
}

impl Half {
    pub(super) fn new(user: User, first: Methods) -> Self {
        Self { user, first, stage: None }
    }

    /// What was chosen with the password: whether to stay signed in, and where to go.
    pub fn wishes(&self) -> (bool, &str) {
        self.stage.as_ref().map_or((false, ""), |stage| (stage.remember, stage.next.as_str()))
    }
}

/// What became of a code.
pub enum Checked {
    Right(Box<Authenticated>),
    Wrong,
    /// The sign-in was finished, or has ended, meanwhile.
    Over,
}

/// Within the write: an end that is no error.
enum Outcome {
    Used(Method, Vec<Entry>),
    Wrong,
    Over,
}

impl Identity {
    /// Keeps a half-finished sign-in for the next page; the browser gets the one cookie that names it.
    pub async fn keep_half(
        &self,
        half: &Half,
        remember: bool,
        next: &str,
        cookies: &CookieJar,
    ) -> Result<Cookie<'static>, AppError> {
        let token = random_secret();
        let stage = Stage {
            token_hash: fingerprint(&token),
            user_id: half.user.id,
            epoch: half.user.epoch,
            first: half.first.into(),
            remember,
            // What is longer leads nowhere anyway.
            next: if next.len() <= LONGEST_NEXT { next.to_owned() } else { String::new() },
            expires_at: self.clock.now() + stage::LIFETIME,
        };
        self.db.write(move |conn| stage::begin(conn, &stage)).await?;
        Ok(cookies.seal(COOKIE, &token, Some(Duration::seconds(stage::LIFETIME))))
    }

    /// The half-finished sign-in that a browser brings, if it still lives.
    pub async fn find_half(
        &self,
        headers: &HeaderMap,
        cookies: &CookieJar,
    ) -> Result<Option<Half>, AppError> {
        let Some(token) = cookies.open(COOKIE, headers) else { return Ok(None) };
        let now = self.clock.now();
        let found = self.db.run(move |conn| {
            let Some(stage) = stage::find(conn, &fingerprint(&token), now)? else { return Ok(None) };
            let user = user::find(conn, stage.user_id)?;
            let fits = |user: &User| user.epoch == stage.epoch && !user.disabled;
            let first = Methods::from(stage.first);
            Ok::<_, DbError>(user.filter(fits).map(|user| Half { user, first, stage: Some(stage) }))
        });
        Ok(found.await?)
    }

    /// Makes the browser forget it.
    pub fn forget_half(&self, cookies: &CookieJar) -> Cookie<'static> {
        cookies.expire(COOKIE)
    }

    /// Checks the code of a half-finished sign-in, and ends it if that was right: all of it at once, so that of many who
    /// come with one code, one wins.
    ///
    /// # Errors
    /// 429 when too many codes were wrong.
    pub async fn finish(
        &self,
        half: &Half,
        code: &str,
        device: &Device,
        client: &Client,
    ) -> Result<Checked, AppError> {
        counted(SignInMethod::SecondFactor, self.second_stage(half, code, device, client).await)
    }

    async fn second_stage(
        &self,
        half: &Half,
        code: &str,
        device: &Device,
        client: &Client,
    ) -> Result<Checked, AppError> {
        let attempt = self.limits.code(&half.user, device).await?;
        let (id, epoch, now) = (half.user.id, half.user.epoch, self.clock.now());
        let (keys, code, stage) = (self.factors.clone(), code.to_owned(), half.stage.clone());
        let client_of = client.clone();
        let done = self.db.write(move |conn| {
            if !user::holds(conn, id, epoch)? {
                return Ok(Outcome::Over);
            }
            if let Some(stage) = &stage
                && stage::find(conn, &stage.token_hash, now)?.is_none()
            {
                return Ok(Outcome::Over);
            }
            let Some(method) = factor::use_code(conn, &keys, id, &code, now)? else {
                return Ok(Outcome::Wrong);
            };
            if let Some(stage) = &stage {
                stage::end(conn, &stage.token_hash)?;
            }
            let used = (method == Method::Recovery)
                .then(|| Entry::new(Event::RecoveryCodeUsed, Some(id), &client_of, now));
            let entries: Vec<Entry> = used.into_iter().collect();
            entries.iter().try_for_each(|entry| audit::record(conn, entry))?;
            Ok::<_, AppError>(Outcome::Used(method, entries))
        });
        match done.await {
            Ok(Outcome::Used(method, entries)) => {
                attempt.refund();
                entries.iter().for_each(Entry::log);
                let methods = half.first.with(method);
                Ok(Checked::Right(Box::new(Authenticated { user: half.user.clone(), methods })))
            }
            Ok(Outcome::Over) => {
                attempt.refund();
                Ok(Checked::Over)
            }
            Ok(Outcome::Wrong) => {
                drop(attempt);
                self.audit_wrong_code(id, client).await;
                Ok(Checked::Wrong)
            }
            Err(error) => {
                attempt.refund();
                Err(error)
            }
        }
    }

    /// All stages in one, for programs: name, password, and the code where the account has a second factor.
    pub async fn authenticate_at_once(
        &self,
        login: &str,
        password: Secret,
        code: Option<&str>,
        device: &Device,
        client: &Client,
    ) -> Result<Result<Authenticated, Refusal>, AppError> {
        counted(SignInMethod::Api, self.every_stage(login, password, code, device, client).await)
    }

    async fn every_stage(
        &self,
        login: &str,
        password: Secret,
        code: Option<&str>,
        device: &Device,
        client: &Client,
    ) -> Result<Result<Authenticated, Refusal>, AppError> {
        let user = match self.first_stage(login, password, device, client).await? {
            Err(refusal) => return Ok(Err(refusal)),
            Ok(Step::Through(user)) => user,
            Ok(Step::Second(half)) => {
                let Some(code) = code.filter(|code| !code.is_empty()) else {
                    return Ok(Err(Refusal::CodeNeeded));
                };
                match self.second_stage(&half, code, device, client).await? {
                    Checked::Right(user) => *user,
                    Checked::Wrong | Checked::Over => return Ok(Err(Refusal::WrongCode)),
                }
            }
        };
        match self.must_set_up(&user).await? {
            true => Ok(Err(Refusal::SetUpFirst)),
            false => Ok(Ok(user)),
        }
    }

    /// Checks a code of someone who is signed in already, and uses it up.
    pub async fn prove_by_code(
        &self,
        live: &Live,
        code: &str,
        client: &Client,
    ) -> Result<Option<Method>, AppError> {
        let attempt = self.limits.code_proof(&live.session).await?;
        let (id, now) = (live.user.id, self.clock.now());
        let (keys, code) = (self.factors.clone(), code.to_owned());
        let used = self.db.write(move |conn| factor::use_code(conn, &keys, id, &code, now)).await;
        match used {
            Ok(Some(method)) => {
                attempt.refund();
                if method == Method::Recovery {
                    self.audit(Event::RecoveryCodeUsed, Some(id), client).await;
                }
                Ok(Some(method))
            }
            Ok(None) => {
                drop(attempt);
                self.audit_wrong_code(id, client).await;
                Ok(None)
            }
            Err(error) => {
                attempt.refund();
                Err(AppError::from(error))
            }
        }
    }

    /// Trusts the browser not to be asked for the second factor again, where that is allowed: its cookie.
    pub async fn trust_device(
        &self,
        user: &Authenticated,
        device: &Device,
        client: &Client,
        cookies: &CookieJar,
    ) -> Result<Option<Cookie<'static>>, AppError> {
        let keep = self.config.trusted_device;
        if keep == 0 {
            return Ok(None);
        }
        let (token, now) = (random_secret(), self.clock.now());
        let new = NewTrust {
            token_hash: fingerprint(&token),
            user_id: user.id,
            epoch: user.epoch,
            device: client.device.clone(),
            address: client.address.to_string(),
            now,
            until: now + keep,
        };
        let entry = Entry::new(Event::DeviceTrusted, Some(user.id), client, now);
        self.act(Some(entry), move |conn| trusted::add(conn, &new)).await?;
        Ok(Some(device.trusted_by(&token, keep, cookies)))
    }

    pub(super) async fn audit_wrong_code(&self, user_id: i64, client: &Client) {
        let now = self.clock.now();
        let entry = Entry::new(Event::SecondFactorFailed, Some(user_id), client, now);
        let noted =
            self.change_user(user_id, Some(entry), move |conn| user::note_failure(conn, user_id, now));
        if let Err(error) = noted.await {
            tracing::error!(%error, "a wrong code was not recorded");
        }
    }
}
