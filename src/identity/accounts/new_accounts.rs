//! What every new account goes through, by a form or by another provider: free names, limits, and proof of the address.

use std::sync::Arc;

use crate::config::Verification;
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::invalid::{Checks, Reason};
use crate::identity::unit_of_work::{System, Write, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};

use super::error::AccountError;
use super::limits::AccountLimits;
use super::mail::{AddressLink, Mail};
use super::name::{Email, Username};
use super::name_policy::NamePolicy;
use super::user::{self, NewUser, User};
use super::verification;

/// Cheap to clone.
#[derive(Clone)]
pub struct NewAccounts {
    db: Db,
    writer: Writer,
    clock: Clock,
    names: NamePolicy,
    limits: Arc<AccountLimits>,
    mail: Mail,
    verification: Verification,
}

impl NewAccounts {
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        (verification, names): (Verification, NamePolicy),
        limits: Arc<AccountLimits>,
        mail: Mail,
    ) -> Self {
        Self { db, writer, clock, names, limits, mail, verification }
    }

    pub(in crate::identity) fn limits(&self) -> &AccountLimits {
        &self.limits
    }

    /// Whether there is no account before its address is verified.
    pub(in crate::identity) fn must_verify(&self, is_verified: bool) -> bool {
        self.verification == Verification::Required && !is_verified
    }

    /// The first of these names that one may have; none if there is none.
    pub(in crate::identity) async fn first_free(
        &self,
        candidates: Vec<Username>,
    ) -> Result<Option<Username>, DbError> {
        let (names, now) = (self.names.clone(), self.clock.now());
        let free = self.db.run(move |conn| {
            for name in candidates {
                if !user::name_taken(conn, &name)? && !names.withholds(conn, &name, now)? {
                    return Ok::<_, DbError>(Some(name));
                }
            }
            Ok(None)
        });
        free.await
    }

    /// Rejects names that belong to others, and those that are reserved or retired. If addresses are verified, only the
    /// owner of an address learns that it is taken.
    pub(in crate::identity) async fn refuse_taken(
        &self,
        username: &Username,
        email: &Email,
        is_verified: bool,
    ) -> Result<(), AccountError> {
        let (username, email) = (username.clone(), email.clone());
        let (names, now) = (self.names.clone(), self.clock.now());
        let taken = self.db.run(move |conn| {
            let (name_taken, email_taken) = user::taken(conn, &username, &email)?;
            Ok::<_, DbError>((name_taken || names.withholds(conn, &username, now)?, email_taken))
        });
        let (name_taken, email_taken) = taken.await?;
        let mut checks = Checks::<Reason>::default();
        if name_taken {
            checks.add("username", Reason::Taken);
        }
        if email_taken && !self.must_verify(is_verified) {
            checks.add("email", Reason::Taken);
        }
        if checks.is_empty() { Ok(()) } else { Err(checks.into_invalid().into()) }
    }

    /// Creates the account, and asks its user by mail to verify the address if that is optional. `first` and `then` run
    /// in the same write; returned is the user as `then` leaves them.
    pub(in crate::identity) async fn create(
        &self,
        new: NewUser,
        client: &Client,
        first: impl FnOnce(&mut Write<'_>) -> Result<(), AccountError> + Send + 'static,
        then: impl FnOnce(&mut Write<'_>, User) -> Result<User, AccountError> + Send + 'static,
    ) -> Result<User, AccountError> {
        let asks = self.verification == Verification::Optional && !new.verified;
        let may_send = asks && self.mail.limits.letter(&new.email.shown).await.is_ok();
        let mail = may_send.then(|| self.mail.clone());
        let (names, client) = (self.names.clone(), client.clone());
        let created = self.writer.write(System, move |write| {
            first(write)?;
            names.require_free(write, &new.username)?;
            let user = user::create(write, &new)?;
            let done = then(write, user.clone())?;
            if let Some(mail) = mail {
                verification::queue(write, &mail, &user, &client)?;
            }
            write.record(Entry::new(Event::Registered, Some(user.id), &client, write.now()));
            Ok(done)
        });
        created.await
    }

    /// Mails this link, which creates the account, or a notice to the owner of the address if one exists. The client cannot
    /// distinguish the two. `first` runs in the same write.
    pub(in crate::identity) async fn register_by_mail(
        &self,
        link: AddressLink<'static>,
        client: &Client,
        first: impl FnOnce(&mut Write<'_>) -> Result<(), AccountError> + Send + 'static,
    ) -> Result<(), AccountError> {
        let may_send = self.mail.may_send(&link.email, client).await?;
        let (mail, language) = (self.mail.clone(), client.lang);
        let queued = self.writer.write(System, move |write| {
            first(write)?;
            Ok(mail.send_link(write, link, (may_send, language))?)
        });
        queued.await
    }
}
