//! Step-up: a sensitive act asks again who it is, unless that was shown within the last ten minutes. What opens a way into
//! the account asks for the second factor, where there is one (ASVS 7.5.1, 7.5.3).

use actix_web::cookie::Cookie;
use actix_web::{HttpMessage, HttpRequest};

use crate::http::{AppError, Client};

use super::Shown;
use crate::http::auth::caller::Carrier;
use crate::http::auth::locks::CurrentUser;
use crate::identity::Identity;
use crate::identity::accounts::user;
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::password::{NO_PASSWORD, Secret};
use crate::identity::sessions::auth_method::Method;
use crate::identity::sessions::{Id, Rotation};

/// What an act asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The password, or the second factor where there is one.
    Either,
    /// The second factor where there is one, or else the password.
    Factor,
    /// The second factor where there is one, or else nothing: for an act that takes the password by itself.
    Second,
}

/// The ways that do for an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    pub password: bool,
    pub factor: bool,
}

impl Ask {
    /// Nobody is asked for a password that there is not, where there is another way.
    fn ways(self, has_password: bool, has_factor: bool) -> Ways {
        let password = match self {
            Self::Either => has_password || !has_factor,
            Self::Factor => !has_factor,
            Self::Second => false,
        };
        Ways { password, factor: has_factor }
    }
}

/// What was sent along to show who one is; empty where nothing was.
#[derive(Default)]
pub struct Proof {
    pub password: Secret,
    /// Of the authenticator app, or for recovery.
    pub code: String,
    pub passkey: Option<Shown>,
}

impl Proof {
    /// As programs send it along.
    pub fn of_call(password: Option<Secret>, code: Option<String>) -> Self {
        Self { password: password.unwrap_or_default(), code: code.unwrap_or_default(), passkey: None }
    }
}

/// Why an act is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// Nothing was sent that would do.
    Nothing,
    /// What was sent is not right.
    Wrong(Sent),
}

/// What was sent and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    Password,
    Code,
    Passkey,
}

/// The session's new cookie, on its way from the step-up to the answer.
pub struct NewCookie(pub Cookie<'static>);

impl CurrentUser {
    /// The ways that do for an act that asks for this.
    pub fn ways(&self, ask: Ask) -> Ways {
        ask.ways(self.user.password_hash != NO_PASSWORD, self.user.factors_since.is_some())
    }

    /// Whether enough was shown lately. A token may have been seen by others since its session began, so for it that
    /// counts alone which was shown again on purpose.
    fn has_shown(&self, ways: Ways, now: i64) -> bool {
        let counts = self.carrier == Carrier::SessionCookie || self.session.proved_again;
        let recent = match ways {
            Ways { password: true, .. } => self.session.proof_is_recent(now),
            Ways { factor: true, .. } => self.session.factor_is_recent(now),
            Ways { password: false, factor: false } => return true,
        };
        counts && recent
    }
}

impl Identity {
    /// Checks what was sent, needed or not: how somebody has shown who they are just now, or none where they did lately.
    ///
    /// # Errors
    /// 429 when too much was wrong.
    pub(crate) async fn show_again(
        &self,
        current: &CurrentUser,
        ways: Ways,
        proof: Proof,
        client: &Client,
    ) -> Result<Result<Option<Method>, Lacking>, AppError> {
        Ok(match self.check_proof(current, ways, proof, client).await? {
            Err(Lacking::Nothing) if current.has_shown(ways, self.clock.now()) => Ok(None),
            shown => shown.map(Some),
        })
    }

    /// Checks what was sent, whatever was shown lately: the strongest of it that would do.
    ///
    /// # Errors
    /// 429 when too much was wrong.
    pub async fn check_proof(
        &self,
        current: &CurrentUser,
        ways: Ways,
        proof: Proof,
        client: &Client,
    ) -> Result<Result<Method, Lacking>, AppError> {
        let Proof { password, code, passkey } = proof;
        let (sent, shown) = if let Some(shown) = passkey.filter(|_| ways.factor) {
            let right = self.prove_by_passkey(current, &shown, client).await?;
            (Sent::Passkey, right.then_some(Method::Passkey))
        } else if ways.factor && !code.is_empty() {
            (Sent::Code, self.prove_by_code(current, &code, client).await?)
        } else if ways.password && !password.is_empty() {
            let right = self.prove(current, password, client).await?;
            (Sent::Password, right.then_some(Method::Password))
        } else {
            return Ok(Err(Lacking::Nothing));
        };
        Ok(shown.ok_or(Lacking::Wrong(sent)))
    }

    /// Whoever has shown who they are has a session of higher standing, so it gets a new id (ASVS 7.2.4).
    pub async fn raise(
        &self,
        current: &CurrentUser,
        method: Method,
        client: &Client,
    ) -> Result<Id, AppError> {
        let (user_id, epoch) = (current.user.id, current.user.epoch);
        let event = if method.is_second() { Event::SecondFactorConfirmed } else { Event::PasswordConfirmed };
        let entry = Entry::new(event, Some(user_id), client, self.clock.now());
        let rotation = Rotation { epoch, proved: Some(method) };
        // Hashing takes a while: whoever was disabled meanwhile does nothing more.
        self.rotate(current, rotation, entry, move |conn| user::holds(conn, user_id, epoch)).await
    }

    /// The same for a browser: the member by their session from now on. The answer gets its cookie.
    pub(crate) async fn raise_cookie(
        &self,
        req: &HttpRequest,
        current: &CurrentUser,
        method: Method,
        client: &Client,
    ) -> Result<CurrentUser, AppError> {
        let id = self.raise(current, method, client).await?;
        req.extensions_mut().insert(NewCookie(self.session_cookie(&id, current.session.kind)));
        let live = self.sessions.check(&id).await?.ok_or(AppError::SessionOver)?;
        Ok(current.going_on_as(live))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_alone_is_no_way_around_a_second_factor() {
        let ways = |ask: Ask, has_factor| {
            let Ways { password, factor } = ask.ways(true, has_factor);
            (password, factor)
        };
        assert_eq!(ways(Ask::Either, false), (true, false));
        assert_eq!(ways(Ask::Either, true), (true, true));
        assert_eq!(ways(Ask::Factor, false), (true, false));
        assert_eq!(ways(Ask::Factor, true), (false, true));
        assert_eq!(ways(Ask::Second, false), (false, false));
        assert_eq!(ways(Ask::Second, true), (false, true));
        assert!(!Ask::Either.ways(false, true).password, "there is none");
        assert!(Ask::Either.ways(false, false).password, "and yet nothing is for the taking");
    }
}
