//! The second stage: a code or a passkey from a user who has passed the first.

use std::sync::Arc;

use crate::identity::accounts::{User, identities, user};
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::{Ceremony, Credentials, PasskeyAnswer, Shown, factors};
use crate::identity::sessions::{Method, Methods, UpstreamSession};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::keys::fingerprint;
use crate::platform::metrics::SignInMethod;

use super::attempt::{Attempt, Issue};
use super::authenticated::Authenticated;
use super::limits::SignInLimits;
use super::outcome::{Outcome, Rejection};
use super::pending::{self, PendingRow, PendingSignIn};
use super::stages::SignInStages;

/// The outcome of a code within the write. No outcome is an error.
enum CodeOutcome {
    Used(Method),
    Wrong,
    /// Before the code was checked.
    Ended(Rejection),
}

pub struct SecondFactorSignIn {
    db: Db,
    writer: Writer,
    clock: Clock,
    credentials: Credentials,
    limits: Arc<SignInLimits>,
    stages: Arc<SignInStages>,
}

impl SecondFactorSignIn {
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        credentials: Credentials,
        limits: Arc<SignInLimits>,
        stages: Arc<SignInStages>,
    ) -> Self {
        Self { db, writer, clock, credentials, limits, stages }
    }

    /// The pending sign-in of a token, if it is still valid.
    pub async fn pending(&self, token: String) -> Result<Option<PendingSignIn>, DbError> {
        let now = self.clock.now();
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

    /// Completes a pending sign-in by a code in one write: of concurrent requests with one code, one succeeds.
    pub async fn with_code(
        &self,
        pending: &PendingSignIn,
        code: &str,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let checked = self.check_code(pending, code, attempt).await;
        self.stages.resume(SignInMethod::SecondFactor, checked, &as_chosen(pending, attempt)).await
    }

    /// Completes a pending sign-in by a passkey of the same user.
    pub async fn with_passkey(
        &self,
        pending: &PendingSignIn,
        answer: &PasskeyAnswer,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let checked = self.check_passkey(pending, answer, attempt).await;
        self.stages.resume(SignInMethod::SecondFactor, checked, &as_chosen(pending, attempt)).await
    }

    /// Asks for one of the user's passkeys; none if the user has none.
    pub async fn passkey_for(&self, pending: &PendingSignIn) -> Result<Option<Ceremony>, Failure> {
        self.credentials.passkeys.begin_assertion(&pending.binding()).await
    }

    pub(super) async fn check_code(
        &self,
        pending: &PendingSignIn,
        code: &str,
        attempt: &Attempt,
    ) -> Result<Result<Authenticated, Rejection>, Failure> {
        let guess = self.limits.second_factor(&pending.user, &attempt.device).await?;
        let (id, epoch) = (pending.user.id, pending.user.epoch);
        let (keys, code) = (self.credentials.factors.keys().clone(), code.to_owned());
        let (row, client) = (pending.row.clone(), attempt.client.clone());
        let upstream = pending.upstream.clone();
        let used = self.writer.of_user(id).write(System, move |write| {
            if let Some(rejection) = why_ended(write, (row.as_ref(), upstream.as_ref()), (id, epoch))? {
                return Ok(CodeOutcome::Ended(rejection));
            }
            let Some(method) = factors::use_code(write, &keys, id, &code)? else {
                row.iter().try_for_each(|row| pending::count_failure(write, &row.token_hash))?;
                return Ok(CodeOutcome::Wrong);
            };
            if let Some(row) = &row {
                pending::end(write, &row.token_hash)?;
            }
            if method == Method::Recovery {
                write.record(Entry::new(Event::RecoveryCodeUsed, Some(id), &client, write.now()));
            }
            Ok::<_, Failure>(CodeOutcome::Used(method))
        });
        match used.await {
            Ok(CodeOutcome::Used(method)) => {
                guess.refund();
                let user = Authenticated::new(pending.user.clone(), pending.first.with(method));
                Ok(Ok(user.by(pending.upstream.clone())))
            }
            Ok(CodeOutcome::Ended(rejection)) => {
                guess.refund();
                Ok(Err(rejection))
            }
            Ok(CodeOutcome::Wrong) => {
                drop(guess);
                factors::record_wrong_code(&self.writer, id, &attempt.client).await;
                Ok(Err(Rejection::WrongCode))
            }
            Err(error) => {
                guess.refund();
                Err(error)
            }
        }
    }

    async fn check_passkey(
        &self,
        pending: &PendingSignIn,
        answer: &PasskeyAnswer,
        attempt: &Attempt,
    ) -> Result<Result<Authenticated, Rejection>, Failure> {
        let Some(row) = pending.row.clone() else { return Ok(Err(Rejection::Expired)) };
        if row.is_exhausted() {
            return Ok(Err(Rejection::Exhausted));
        }
        let (id, epoch, token_hash) = (pending.user.id, pending.user.epoch, row.token_hash.clone());
        let (passkeys, upstream) = (&self.credentials.passkeys, pending.upstream.clone());
        let shown = passkeys.verify_assertion(answer, pending.binding(), move |write, _| {
            let open = why_ended(write, (Some(&row), upstream.as_ref()), (id, epoch))?.is_none();
            Ok((open && pending::end(write, &row.token_hash)?).then_some(()))
        });
        match shown.await? {
            Shown::Accepted(()) => {
                let methods = pending.first.with(Method::Passkey);
                Ok(Ok(Authenticated::new(pending.user.clone(), methods).by(pending.upstream.clone())))
            }
            Shown::Late => Ok(Err(Rejection::LatePasskey)),
            Shown::Unrelated => Ok(Err(Rejection::WrongPasskey)),
            Shown::Refused => {
                // Counted afterwards: a passkey cannot be guessed, so a right one is never refused for failures.
                drop(self.limits.second_factor(&pending.user, &attempt.device).await?);
                let counted = self.writer.of_user(id).write(System, move |write| {
                    Ok::<_, Failure>(pending::count_failure(write, &token_hash)?)
                });
                counted.await?;
                factors::record_wrong_code(&self.writer, id, &attempt.client).await;
                Ok(Err(Rejection::WrongPasskey))
            }
        }
    }
}

/// The attempt with the choices of the first stage.
fn as_chosen(pending: &PendingSignIn, attempt: &Attempt) -> Attempt {
    Attempt { issue: Issue::Cookie { remember: pending.remember() }, ..attempt.clone() }
}

/// Why a pending sign-in has ended: its user has changed since the first stage, the account elsewhere by which it began is
/// no longer theirs, or its row, if it is stored, is no longer valid. None while it is open.
fn why_ended(
    write: &mut Write<'_>,
    (row, upstream): (Option<&PendingRow>, Option<&UpstreamSession>),
    (user_id, epoch): (i64, i64),
) -> Result<Option<Rejection>, DbError> {
    let now = write.now();
    if let Some(row) = row {
        match pending::find(write.read(), &row.token_hash, now)? {
            None => return Ok(Some(Rejection::Expired)),
            Some(row) if row.is_exhausted() => return Ok(Some(Rejection::Exhausted)),
            Some(_) => {}
        }
    }
    if let Some(upstream) = upstream
        && identities::owner(write.read(), &upstream.issuer, &upstream.subject)? != Some(user_id)
    {
        return Ok(Some(Rejection::Expired));
    }
    let active = user::is_active(write.read(), user_id, epoch)?;
    Ok((!active).then_some(Rejection::Expired))
}
