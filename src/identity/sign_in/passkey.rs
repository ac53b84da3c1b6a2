//! Sign-in by a passkey alone.

use std::sync::Arc;

use crate::identity::accounts::{Accounts, user};
use crate::identity::credentials::{ChallengeBinding, PasskeyAnswer, Passkeys, Shown};
use crate::identity::sessions::{Method, Methods};
use crate::identity::unit_of_work::Failure;
use crate::platform::metrics::SignInMethod;

use super::attempt::Attempt;
use super::authenticated::Authenticated;
use super::limits::SignInLimits;
use super::outcome::{Outcome, Rejection};
use super::records::SignInRecords;
use super::stages::SignInStages;

pub struct PasskeySignIn {
    accounts: Arc<Accounts>,
    passkeys: Arc<Passkeys>,
    limits: Arc<SignInLimits>,
    records: Arc<SignInRecords>,
    stages: Arc<SignInStages>,
}

impl PasskeySignIn {
    pub fn new(
        (accounts, passkeys): (Arc<Accounts>, Arc<Passkeys>),
        (limits, records): (Arc<SignInLimits>, Arc<SignInRecords>),
        stages: Arc<SignInStages>,
    ) -> Self {
        Self { accounts, passkeys, limits, records, stages }
    }

    /// Signs in by a passkey alone. Its device has verified its user, so it counts as two factors. `browser` is the
    /// token that binds the challenge to the browser that requested it.
    pub async fn with_passkey(
        &self,
        answer: &PasskeyAnswer,
        browser: Option<&str>,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let checked = self.check_any_passkey(answer, browser, attempt).await;
        self.stages.resume(SignInMethod::Passkey, checked, attempt).await
    }

    async fn check_any_passkey(
        &self,
        answer: &PasskeyAnswer,
        browser: Option<&str>,
        attempt: &Attempt,
    ) -> Result<Result<Authenticated, Rejection>, Failure> {
        // The cookie is issued with the page and lasts longer than its challenge.
        let Some(token) = browser else { return Ok(Err(Rejection::LatePasskey)) };
        let binding = ChallengeBinding::browser(token);
        let shown = self.passkeys.verify_assertion(answer, binding, |write, stored| {
            Ok(user::find(write.read(), stored.user_id)?.filter(|user| !user.disabled))
        });
        let user = match shown.await? {
            Shown::Accepted(user) => user,
            Shown::Late => return Ok(Err(Rejection::LatePasskey)),
            Shown::Unrelated => return Ok(Err(Rejection::WrongPasskey)),
            Shown::Refused => {
                self.limits.refused_passkey(&attempt.client).await?;
                self.records.record_failure(None, &attempt.client).await;
                return Ok(Err(Rejection::WrongPasskey));
            }
        };
        // With the password, the client learns the reason.
        if self.accounts.must_verify(&user) {
            return Ok(Err(Rejection::WrongPasskey));
        }
        Ok(Ok(Authenticated::new(user, Methods::from(Method::Passkey))))
    }
}
