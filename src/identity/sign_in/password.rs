//! The first stage by name and password, checked in equal time for every name.

use std::sync::Arc;

use crate::identity::accounts::Accounts;
use crate::identity::accounts::name::Login;
use crate::identity::credentials::{Password, PasswordCheck, Passwords};
use crate::identity::sessions::Method;
use crate::identity::unit_of_work::Failure;
use crate::platform::metrics::SignInMethod;

use super::attempt::Attempt;
use super::authenticated::Authenticated;
use super::limits::SignInLimits;
use super::outcome::{Outcome, Rejection, Stage};
use super::records::SignInRecords;
use super::second_factor::SecondFactorSignIn;
use super::stages::SignInStages;

pub struct PasswordSignIn {
    accounts: Arc<Accounts>,
    passwords: Arc<Passwords>,
    limits: Arc<SignInLimits>,
    records: Arc<SignInRecords>,
    stages: Arc<SignInStages>,
    second_factor: Arc<SecondFactorSignIn>,
}

impl PasswordSignIn {
    pub fn new(
        (accounts, passwords): (Arc<Accounts>, Arc<Passwords>),
        (limits, records): (Arc<SignInLimits>, Arc<SignInRecords>),
        stages: Arc<SignInStages>,
        second_factor: Arc<SecondFactorSignIn>,
    ) -> Self {
        Self { accounts, passwords, limits, records, stages, second_factor }
    }

    /// Signs in by name and password.
    pub async fn with_password(
        &self,
        login: &str,
        password: Password,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let checked = self.check_password(login, password, attempt).await;
        self.stages.resume(SignInMethod::Password, checked, attempt).await
    }

    /// All stages in one, for programs: name, password, and the code if the account has a second factor.
    pub async fn authenticate(
        &self,
        login: &str,
        password: Password,
        code: Option<&str>,
        attempt: &Attempt,
    ) -> Result<Result<Authenticated, Rejection>, Failure> {
        self.records.counted(SignInMethod::Api, self.every_stage(login, password, code, attempt).await)
    }

    async fn every_stage(
        &self,
        login: &str,
        password: Password,
        code: Option<&str>,
        attempt: &Attempt,
    ) -> Result<Result<Authenticated, Rejection>, Failure> {
        let user = match self.check_password(login, password, attempt).await? {
            Err(rejection) => return Ok(Err(rejection)),
            Ok(Stage::Passed(user)) => user,
            Ok(Stage::SecondFactor(pending)) => {
                let Some(code) = code.filter(|code| !code.is_empty()) else {
                    return Ok(Err(Rejection::CodeRequired));
                };
                match self.second_factor.check_code(&pending, code, attempt).await? {
                    Ok(user) => user,
                    Err(_) => return Ok(Err(Rejection::WrongCode)),
                }
            }
        };
        match self.accounts.must_set_up_factor(&user).await? {
            true => Ok(Err(Rejection::SetupRequired)),
            false => Ok(Ok(user)),
        }
    }

    async fn check_password(
        &self,
        login: &str,
        password: Password,
        attempt: &Attempt,
    ) -> Result<Result<Stage, Rejection>, Failure> {
        let (login, client) = (Login::parse(login), &attempt.client);
        let user = self.accounts.by_login(&login).await?;
        let guess = self.limits.password(&login, user.as_ref(), &attempt.device, client).await?;
        let stored = user.as_ref().map(|user| user.password_hash.clone());
        let check = match self.passwords.verify_or_decoy(password.clone(), stored, client).await {
            Ok(check) => check,
            Err(error) => {
                guess.refund();
                return Err(error);
            }
        };
        let Some(user) = user.clone().filter(|_| check != PasswordCheck::Wrong) else {
            drop(guess);
            self.records.record_failure(user.map(|user| user.id), client).await;
            return Ok(Err(Rejection::WrongPassword));
        };
        if user.disabled {
            // It stays counted: each is recorded.
            drop(guess);
            self.records.record_failure(Some(user.id), client).await;
            return Ok(Err(Rejection::Disabled));
        }
        guess.refund();
        if self.accounts.must_verify(&user) {
            return Ok(Err(Rejection::Unverified));
        }
        if check == PasswordCheck::RightButOutdated {
            self.passwords.rehash(&user, password).await;
        }
        self.stages.advance(user, Method::Password, attempt).await.map(Ok)
    }
}
