//! Sign-in by a passkey alone.

use crate::identity::accounts::user;
use crate::identity::credentials::{ChallengeBinding, PasskeyAnswer, Shown};
use crate::identity::sessions::{Method, Methods};
use crate::identity::unit_of_work::Failure;
use crate::platform::metrics::SignInMethod;

use super::attempt::Attempt;
use super::authenticated::Authenticated;
use super::outcome::{Outcome, Rejection};
use super::sign_in::SignIn;

impl SignIn {
    /// Signs in by a passkey alone. Its device has verified its user, so it counts as two factors. `browser` is the
    /// token that binds the challenge to the browser that requested it.
    pub async fn with_passkey(
        &self,
        answer: &PasskeyAnswer,
        browser: Option<&str>,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let checked = self.check_any_passkey(answer, browser, attempt).await;
        self.resume(SignInMethod::Passkey, checked, attempt).await
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
        let shown = self.credentials.passkeys.verify_assertion(answer, binding, |write, stored| {
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
