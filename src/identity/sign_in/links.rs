//! Sign-in by a mailed link.

use std::sync::Arc;

use crate::identity::accounts::user::{self, User};
use crate::identity::accounts::{NO_PASSWORD, identities, revocation};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{LinkPurpose, LinkToken, Notice, Outbox, find_link};
use crate::identity::sessions::Method;
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::db::{DbError, Locks};
use crate::platform::metrics::SignInMethod;

use super::attempt::Attempt;
use super::outcome::{Outcome, Rejection, Stage};
use super::stages::SignInStages;

pub struct LinkSignIn {
    writer: Writer,
    outbox: Outbox,
    stages: Arc<SignInStages>,
}

impl LinkSignIn {
    pub fn new(writer: Writer, outbox: Outbox, stages: Arc<SignInStages>) -> Self {
        Self { writer, outbox, stages }
    }

    /// Signs in by a mailed link, once. It replaces only the password: the second factor is still required if the
    /// account has one.
    pub async fn with_link(&self, token: LinkToken, attempt: &Attempt) -> Result<Outcome, Failure> {
        let checked = self.check_link(token, attempt).await;
        self.stages.resume(SignInMethod::MailLink, checked, attempt).await
    }

    async fn check_link(
        &self,
        token: LinkToken,
        attempt: &Attempt,
    ) -> Result<Result<Stage, Rejection>, Failure> {
        match self.use_link(token, &attempt.client).await? {
            Some(user) => Ok(Ok(self.stages.advance(user, Method::Mail, attempt).await?)),
            None => Ok(Err(Rejection::InvalidLink)),
        }
    }

    async fn use_link(&self, token: LinkToken, client: &Client) -> Result<Option<User>, Failure> {
        let (outbox, client) = (self.outbox.clone(), client.clone());
        let used = self.writer.holding(Locks::none()).write(System, move |write| {
            let now = write.now();
            let find = |write: &mut Write<'_>| find_link(write.read(), &token, &[LinkPurpose::SignIn], now);
            let Some(id) = find(write)?.and_then(|link| link.user_id) else { return Ok(None) };
            write.wait_for(&Locks::user(id))?;
            let Some(found) = find(write)?.filter(|link| link.user_id == Some(id)) else { return Ok(None) };
            let same = |user: &User| !user.disabled && user.email == found.email;
            let Some(user) = user::find(write.read(), id)?.filter(same) else { return Ok(None) };
            if !found.use_up(write)? {
                return Ok(None);
            }
            // Opening the link proves access to the mailbox.
            let is_first_proof = user::verify_email(write, id)?;
            write.record(Entry::new(Event::SignInLinkUsed, Some(id), &client, now));
            match is_first_proof {
                true => Ok(end_earlier_access(write, &outbox, &user, &client)?),
                false => Ok::<_, Failure>(Some(user)),
            }
        });
        used.await
    }
}

/// Another person may have registered the address before its owner proved it: their password, sessions, tokens and accounts
/// elsewhere sign in no more. Returns the user as they are now.
fn end_earlier_access(
    write: &mut Write<'_>,
    outbox: &Outbox,
    user: &User,
    client: &Client,
) -> Result<Option<User>, DbError> {
    identities::unlink_all(write, outbox, user.id, client)?;
    if user.password_hash != NO_PASSWORD {
        write.record(Entry::new(Event::PasswordRequired, Some(user.id), client, write.now()));
        user::notify(write, outbox, user.id, Notice::PasswordRemoved, Some(client))?;
    }
    revocation::set_password(write, user.id, NO_PASSWORD)?;
    user::find(write.read(), user.id)
}
