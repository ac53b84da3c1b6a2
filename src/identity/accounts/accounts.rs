//! The service that finds and changes accounts, for their owners and for staff.

use crate::config::{Required, Verification};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::Notice;
use crate::identity::invalid::{Invalid, Reason};
use crate::identity::unit_of_work::{Authority, Failure, System, Write, Writer};
use crate::platform::db::{Db, DbError, Locks};
use crate::platform::lang::Lang;

use super::authority::StaffActor;
use super::error::AccountError;
use super::group;
use super::last_staff;
use super::limits::AccountLimits;
use super::mail::{AddressLink, Mail};
use super::member::{self, GroupName, Member, lacks_required_factor};
use super::name::{Email, Login};
use super::name_policy::NamePolicy;
use super::profile_change::{self, ProfileChange};
use super::revocation;
use super::user::{self, User};

/// The settings for accounts.
#[derive(Clone, Copy, Debug)]
pub struct AccountPolicy {
    pub verification: Verification,
    pub second_factor: Required,
}

/// The result of a profile change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileOutcome {
    Saved,
    /// The new address takes effect once it is confirmed.
    ConfirmationSent,
}

pub struct Accounts {
    db: Db,
    writer: Writer,
    policy: AccountPolicy,
    names: NamePolicy,
    limits: std::sync::Arc<AccountLimits>,
    mail: Mail,
}

impl Accounts {
    pub fn new(
        (db, writer): (Db, Writer),
        (policy, names): (AccountPolicy, NamePolicy),
        limits: std::sync::Arc<AccountLimits>,
        mail: Mail,
    ) -> Self {
        Self { db, writer, policy, names, limits, mail }
    }

    /// The member, read from SQL.
    pub async fn member(&self, id: i64) -> Result<Option<Member>, DbError> {
        self.db.run(move |conn| member::find(conn, id)).await
    }

    pub async fn by_login(&self, login: &Login) -> Result<Option<User>, DbError> {
        let login = login.clone();
        self.db.run(move |conn| user::find_by_login(conn, &login)).await
    }

    /// Whether letters reach people.
    pub fn sends_mail(&self) -> bool {
        self.mail.outbox.delivers()
    }

    /// Whether this user must verify their address before signing in.
    pub fn must_verify(&self, user: &User) -> bool {
        self.policy.verification == Verification::Required && user.email_verified_at.is_none()
    }

    /// Whether this user must set up a second factor before using the account.
    pub async fn must_set_up_factor(&self, user: &User) -> Result<bool, DbError> {
        let id = user.id;
        let by_group = self.db.run(move |conn| member::is_asked_by_a_group(conn, id)).await?;
        Ok(lacks_required_factor(user, by_group, self.policy.second_factor))
    }

    /// Changes the profile. If addresses are verified, a new one takes effect only after that.
    pub async fn update_profile(
        &self,
        by: impl Authority,
        user: &User,
        mut change: ProfileChange,
        client: &Client,
    ) -> Result<ProfileOutcome, AccountError> {
        // The same address again is no change: it stays verified.
        change.email.take_if(|email| email.shown == user.email);
        let confirmed = self.policy.verification != Verification::Off;
        let moving = change.email.take_if(|_| confirmed);
        // Learning that an address is taken counts like a registration; other profile changes do not count.
        let attempt = match change.email {
            Some(_) => Some(self.limits.registration(client).await?),
            None => None,
        };
        let stored = self.store_profile(by, user, change, client).await;
        if let Err(AccountError::EmailTaken | AccountError::UsernameTaken) = stored {
            return Err(Invalid::one("email", Reason::Taken).into());
        }
        attempt.into_iter().for_each(|attempt| attempt.refund());
        stored?;
        let Some(email) = moving else { return Ok(ProfileOutcome::Saved) };
        self.request_email_change(user, email, client).await?;
        Ok(ProfileOutcome::ConfirmationSent)
    }

    /// Changes a profile for an API token.
    ///
    /// # Errors
    /// `NeedsSession` if the email would change.
    pub async fn update_profile_with_token(
        &self,
        by: impl Authority,
        user: &User,
        change: ProfileChange,
        client: &Client,
    ) -> Result<(), AccountError> {
        if change.changes_email(user) {
            return Err(AccountError::NeedsSession);
        }
        self.store_profile(by, user, change, client).await
    }

    async fn store_profile(
        &self,
        by: impl Authority,
        user: &User,
        change: ProfileChange,
        client: &Client,
    ) -> Result<(), AccountError> {
        if change == ProfileChange::default() {
            return Ok(());
        }
        // No other account may have the address, however it is written.
        let locks = if change.email.is_some() { Locks::All } else { Locks::user(user.id) };
        let (user, client, outbox) = (user.clone(), client.clone(), self.mail.outbox.clone());
        let stored = self.writer.holding(locks).write(by, move |write| {
            profile_change::store(write, &user, &change)?;
            if change.changes_email(&user) {
                outbox.notify(write, &user.owner(client.lang), Notice::AddressMoved, Some(&client))?;
                write.record(Entry::new(Event::EmailChanged, Some(user.id), &client, write.now()));
            }
            Ok(())
        });
        stored.await
    }

    /// Mails the new address a link that confirms it, or, if it is taken, a notice to its owner; notifies the old
    /// address.
    async fn request_email_change(
        &self,
        user: &User,
        email: Email,
        client: &Client,
    ) -> Result<(), AccountError> {
        let may_send = self.mail.may_send(&email, client).await?;
        let (user, client, mail) = (user.clone(), client.clone(), self.mail.clone());
        let queued = self.writer.of_user(user.id).write(System, move |write| {
            let link = AddressLink { user: Some(&user), email, payload: String::new(), browser: None };
            mail.send_link(write, link, (may_send, client.lang))?;
            write.record(Entry::new(Event::EmailChangeAsked, Some(user.id), &client, write.now()));
            let owner = user.owner(client.lang);
            Ok(mail.outbox.notify(write, &owner, Notice::AddressMoving, Some(&client))?)
        });
        queued.await
    }

    pub async fn set_language(&self, id: i64, language: Lang) -> Result<(), Failure> {
        self.writer.of_user(id).write(System, move |write| Ok(user::set_language(write, id, language)?)).await
    }

    /// Deletes the account. Its name stays taken for a while.
    ///
    /// # Errors
    /// `LastStaff` if no other staff account can sign in.
    pub async fn delete(&self, by: impl Authority, id: i64, client: &Client) -> Result<(), AccountError> {
        let (client, names) = (client.clone(), self.names.clone());
        let deleted = self.writer.write(by, move |write| {
            last_staff::require_another(write, id)?;
            names.retire(write, id)?;
            write.record(Entry::new(Event::AccountDeleted, Some(id), &client, write.now()));
            Ok(revocation::delete(write, id)?)
        });
        deleted.await
    }

    /// Disables another member's account.
    pub async fn disable(&self, by: StaffActor, id: i64) -> Result<(), AccountError> {
        self.change_as_staff(by, id, Event::Disabled, |write, user| {
            last_staff::require_another(write, user.id)?;
            Ok(revocation::set_disabled(write, user.id, true)?.then_some(()))
        })
        .await
        .map(drop)
    }

    /// Enables another member's account.
    pub async fn enable(&self, by: StaffActor, id: i64) -> Result<(), AccountError> {
        self.change_as_staff(by, id, Event::Enabled, |write, user| {
            Ok(revocation::set_disabled(write, user.id, false)?.then_some(()))
        })
        .await
        .map(drop)
    }

    /// Marks another member's address as theirs, if it is still the one that staff saw.
    pub async fn vouch_email(&self, by: StaffActor, id: i64, seen: String) -> Result<(), AccountError> {
        self.change_as_staff(by, id, Event::EmailVouched, move |write, user| {
            if user.email != seen {
                return Ok(None);
            }
            Ok(user::verify_email(write, user.id)?.then_some(()))
        })
        .await
        .map(drop)
    }

    /// Ends all sessions of another member.
    pub async fn end_sessions(&self, by: StaffActor, id: i64) -> Result<(), AccountError> {
        self.change_as_staff(by, id, Event::AllEnded, |write, user| {
            Ok(Some(revocation::revoke_all(write, user.id)?))
        })
        .await
        .map(drop)
    }

    /// Changes another member's account by `work` and records it if anything changed.
    pub(in crate::identity) async fn change_as_staff<T: Send + 'static>(
        &self,
        by: StaffActor,
        id: i64,
        event: Event,
        work: impl FnOnce(&mut Write<'_>, &User) -> Result<Option<T>, AccountError> + Send + 'static,
    ) -> Result<Option<T>, AccountError> {
        if by.id == id {
            return Err(AccountError::Forbidden);
        }
        let changed = self.writer.write(by.clone(), move |write| {
            let user = user::find(write.read(), id)?.ok_or(AccountError::NotFound)?;
            let done = work(write, &user)?;
            if done.is_some() {
                write.record(by.entry(event, Some(id), write.now()));
            }
            Ok(done)
        });
        changed.await
    }

    /// Adds a user to groups and removes them from others. Concurrent changes by other staff are preserved.
    pub async fn set_groups(
        &self,
        by: StaffActor,
        id: i64,
        switched: impl Fn(i64) -> Option<bool> + Send + 'static,
    ) -> Result<(), AccountError> {
        let changed = self.writer.write(by.clone(), move |write| {
            user::find(write.read(), id)?.ok_or(AccountError::NotFound)?;
            for GroupName { id: group, name } in group::names(write.read())? {
                let Some(joins) = switched(group) else { continue };
                if let Some(event) = group::set_member(write, group, (id, joins))? {
                    write.record(by.entry(event, Some(id), write.now()).about(name));
                }
            }
            Ok(())
        });
        changed.await
    }

    /// Records what a member of staff is about to do if it changes no account.
    pub async fn record_as_staff(
        &self,
        by: StaffActor,
        event: Event,
        subject: String,
    ) -> Result<(), Failure> {
        let recorded = self.writer.of_user(by.id).write(by.clone(), move |write| {
            write.record(by.entry(event, None, write.now()).about(subject));
            Ok(())
        });
        recorded.await
    }
}
