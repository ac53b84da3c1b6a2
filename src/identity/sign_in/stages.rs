//! From one stage to the next: every kind of sign-in continues by `advance`.

use crate::identity::accounts::{User, user};
use crate::identity::sessions::{Method, Methods, trusted_devices};
use crate::identity::unit_of_work::{Failure, System};
use crate::platform::db::DbError;
use crate::platform::keys::{fingerprint, random_secret};
use crate::platform::metrics::SignInMethod;

use super::attempt::{Attempt, Issue};
use super::authenticated::Authenticated;
use super::metrics::Ended;
use super::outcome::{Outcome, Rejection, Stage};
use super::pending::{self, PendingRow, PendingSignIn};
use super::records::SignInRecords;
use super::sign_in::SignIn;

/// Maximum length of a stored return address, in bytes.
const LONGEST_RETURN_TO: usize = 20_000;

impl SignIn {
    /// The stage after the first: an account with a second factor requires it, except on a trusted device.
    pub(super) async fn advance(
        &self,
        user: User,
        first: Method,
        attempt: &Attempt,
    ) -> Result<Stage, Failure> {
        let first = Methods::from(first);
        if user.factors_since.is_none() {
            return Ok(Stage::Passed(Authenticated::new(user, first)));
        }
        let hashes: Vec<String> = attempt.device.trust.iter().map(|token| fingerprint(token)).collect();
        let (owner, now) = (user.clone(), self.records.clock.now());
        let asks = self.records.trusted_device > 0 && !hashes.is_empty();
        let is_trusted =
            asks && self.db.run(move |conn| trusted_devices::holds(conn, &owner, &hashes, now)).await?;
        Ok(match is_trusted {
            true => Stage::Passed(Authenticated::new(user, first.with(Method::TrustedDevice))),
            false => Stage::SecondFactor(PendingSignIn::new(user, first)),
        })
    }

    /// Counts a stage, then completes the sign-in, or suspends it until the second factor arrives.
    pub(super) async fn resume(
        &self,
        method: SignInMethod,
        checked: Result<Result<impl Ended + Into<Stage>, Rejection>, Failure>,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        Ok(match self.records.counted(method, checked)?.map(Into::into) {
            Ok(Stage::Passed(user)) => Outcome::SignedIn(Box::new(self.complete(&user, attempt).await?)),
            Ok(Stage::SecondFactor(pending)) => {
                Outcome::SecondFactorRequired(suspend(&self.records, &pending, attempt).await?)
            }
            Err(rejection) => Outcome::Rejected(rejection),
        })
    }

    /// The pending sign-in of a token, if it is still valid.
    pub async fn pending(&self, token: String) -> Result<Option<PendingSignIn>, DbError> {
        let now = self.records.clock.now();
        let find = move |conn: &mut _| {
            let Some(row) = pending::find(conn, &fingerprint(&token), now)? else { return Ok(None) };
            let user = user::find(conn, row.user_id)?;
            let fits = |user: &User| user.epoch == row.epoch && !user.disabled;
            let first = Methods::from(row.first);
            let upstream = row.upstream.as_deref().and_then(|text| serde_json::from_str(text).ok());
            Ok(user.filter(fits).map(|user| PendingSignIn { user, first, row: Some(row), upstream }))
        };
        self.db.run(find).await
    }
}

/// Stores a pending sign-in for the next page; returns its token.
async fn suspend(
    records: &SignInRecords,
    pending: &PendingSignIn,
    attempt: &Attempt,
) -> Result<String, Failure> {
    let (token, return_to) = (random_secret(), &attempt.return_to);
    let row = PendingRow {
        token_hash: fingerprint(&token),
        user_id: pending.user.id,
        epoch: pending.user.epoch,
        first: pending.first.into(),
        remember: attempt.issue == Issue::Cookie { remember: true },
        // Longer addresses are invalid anyway.
        next: if return_to.len() <= LONGEST_RETURN_TO { return_to.clone() } else { String::new() },
        expires_at: records.clock.now() + pending::LIFETIME,
        failures: 0,
        upstream: pending.upstream.as_ref().and_then(|upstream| serde_json::to_string(upstream).ok()),
    };
    let stored = records
        .writer
        .of_user(row.user_id)
        .write(System, move |write| Ok::<_, Failure>(pending::begin(write, &row)?));
    stored.await?;
    Ok(token)
}
