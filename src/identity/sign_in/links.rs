//! Sign-in by a mailed link.

use crate::identity::accounts::user::{self, User};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{LinkPurpose, LinkToken, find_link};
use crate::identity::sessions::Method;
use crate::identity::unit_of_work::{Failure, System, Writer};
use crate::platform::metrics::SignInMethod;

use super::attempt::Attempt;
use super::metrics::counted;
use super::outcome::{Outcome, Rejection, Stage};
use super::sign_in::SignIn;

impl SignIn {
    /// Signs in by a mailed link, once. It replaces only the password: the second factor is still required if the
    /// account has one.
    pub async fn with_link(&self, token: LinkToken, attempt: &Attempt) -> Result<Outcome, Failure> {
        match counted(SignInMethod::MailLink, self.check_link(token, attempt).await)? {
            Ok(stage) => self.resume(stage, attempt).await,
            Err(rejection) => Ok(Outcome::Rejected(rejection)),
        }
    }

    async fn check_link(
        &self,
        token: LinkToken,
        attempt: &Attempt,
    ) -> Result<Result<Stage, Rejection>, Failure> {
        match use_link(&self.writer, token, &attempt.client).await? {
            Some(user) => Ok(Ok(self.advance(user, Method::Mail, attempt).await?)),
            None => Ok(Err(Rejection::InvalidLink)),
        }
    }
}

async fn use_link(writer: &Writer, token: LinkToken, client: &Client) -> Result<Option<User>, Failure> {
    let client = client.clone();
    let used = writer.write(System, move |write| {
        let now = write.now();
        let Some(found) = find_link(write.read(), &token, &[LinkPurpose::SignIn], now)? else {
            return Ok(None);
        };
        let Some(id) = found.user_id else { return Ok(None) };
        let same = |user: &User| !user.disabled && user.email == found.email;
        let Some(user) = user::find(write.read(), id)?.filter(same) else { return Ok(None) };
        if !found.use_up(write)? {
            return Ok(None);
        }
        // Opening the link proves access to the mailbox.
        user::verify_email(write, id)?;
        write.record(Entry::new(Event::SignInLinkUsed, Some(id), &client, now));
        Ok::<_, Failure>(Some(user))
    });
    used.await
}
