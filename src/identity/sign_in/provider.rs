//! Sign-in by an account at another provider.

use std::sync::Arc;

use crate::identity::accounts::{Accounts, User, identities, user};
use crate::identity::sessions::{Method, UpstreamSession};
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::metrics::SignInMethod;

use super::attempt::Attempt;
use super::outcome::{Outcome, Rejection, Stage};
use super::records::SignInRecords;
use super::stages::SignInStages;

pub struct ProviderSignIn {
    accounts: Arc<Accounts>,
    writer: Writer,
    records: Arc<SignInRecords>,
    stages: Arc<SignInStages>,
}

impl ProviderSignIn {
    pub fn new(
        accounts: Arc<Accounts>,
        writer: Writer,
        records: Arc<SignInRecords>,
        stages: Arc<SignInStages>,
    ) -> Self {
        Self { accounts, writer, records, stages }
    }

    /// Signs in the user whom an account at another provider belongs to. It replaces only the password: the second factor is
    /// still required if the account has one.
    pub async fn with_provider(
        &self,
        user: User,
        upstream: UpstreamSession,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let checked = self.check_provider(user, upstream, attempt).await;
        self.stages.resume(SignInMethod::Provider, checked, attempt).await
    }

    async fn check_provider(
        &self,
        user: User,
        upstream: UpstreamSession,
        attempt: &Attempt,
    ) -> Result<Result<Stage, Rejection>, Failure> {
        if user.disabled {
            self.records.record_failure(Some(user.id), &attempt.client).await;
            return Ok(Err(Rejection::Disabled));
        }
        if self.accounts.must_verify(&user) {
            return Ok(Err(Rejection::Unverified));
        }
        let (id, epoch, seen) = (user.id, user.epoch, upstream.clone());
        let is_same = self.writer.of_user(id).write(System, move |write| {
            let is_theirs = identities::used(write, id, (&seen.issuer, &seen.subject))?;
            Ok::<_, Failure>(is_theirs && user::is_active(write.read(), id, epoch)?)
        });
        if !is_same.await? {
            return Ok(Err(Rejection::Expired));
        }
        Ok(Ok(match self.stages.advance(user, Method::Provider, attempt).await? {
            Stage::Passed(user) => Stage::Passed(user.by(Some(upstream))),
            Stage::SecondFactor(mut pending) => {
                pending.upstream = Some(upstream);
                Stage::SecondFactor(pending)
            }
        }))
    }
}
