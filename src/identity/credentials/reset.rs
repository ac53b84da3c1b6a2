//! One-time links for choosing a new password, mailed to the owner. Without a mail server, a link that staff require is
//! shown to them, and the trail says so.

use std::sync::Arc;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::identity::accounts::{
    AccountError, Accounts, Mail, NO_PASSWORD, StaffActor, User, identities, revocation, user,
};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{Letter, LinkPurpose, LinkToken, NewLink, Notice, find_link, link_expiry};
use crate::identity::invalid::Invalid;
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Conn, Db, DbError};
use crate::platform::schema::password_links::{self, dsl};

use super::error::CredentialError;
use super::factors;
use super::password::Password;
use super::passwords::Passwords;

/// Links that lead to a new password.
pub const MAILED: &[LinkPurpose] =
    &[LinkPurpose::PasswordReset, LinkPurpose::Recovery, LinkPurpose::NewPassword];

/// What is stored with a link that staff have required.
#[derive(Serialize, Deserialize)]
struct RequiredBy {
    /// The member of staff.
    id: i64,
    /// Whether they have seen the link.
    shown: bool,
}

/// A new password that staff have required.
pub struct Required {
    pub username: String,
    /// The link to hand over; none if it was mailed to the owner.
    pub link: Option<LinkToken>,
}

pub struct PasswordReset {
    db: Db,
    writer: Writer,
    clock: Clock,
    accounts: Arc<Accounts>,
    passwords: Arc<Passwords>,
    mail: Mail,
}

impl PasswordReset {
    pub fn new(
        (db, writer): (Db, Writer),
        clock: Clock,
        accounts: Arc<Accounts>,
        passwords: Arc<Passwords>,
        mail: Mail,
    ) -> Self {
        Self { db, writer, clock, accounts, passwords, mail }
    }

    /// The owner of a valid link. Consumes nothing.
    pub async fn owner(&self, token: &LinkToken) -> Result<Option<User>, DbError> {
        let (token, now) = (token.clone(), self.clock.now());
        self.db.run(move |conn| user_of(conn, &token, now)).await
    }

    /// Sets the password, which uses up this link and all others; false if another request was faster.
    pub async fn reset(
        &self,
        token: LinkToken,
        user: &User,
        new: Password,
        client: &Client,
    ) -> Result<bool, CredentialError> {
        let hashed = self.passwords.hash(new, user.personal_words(), client).await?;
        let hash = hashed.map_err(|problem| Invalid::one("new_password", problem))?;
        let (id, client, outbox) = (user.id, client.clone(), self.mail.outbox.clone());
        let reset = self.writer.of_user(id).write(System, move |write| {
            let Some(used) = set_password(write, &token, id, &hash)? else { return Ok(false) };
            let now = write.now();
            match used.shown_to {
                Some(staff) => {
                    write.record(Entry::new(Event::ShownLinkUsed, Some(id), &client, now).about(staff));
                }
                None => write.record(Entry::new(Event::PasswordReset, Some(id), &client, now)),
            }
            if used.recovered {
                write.record(Entry::new(Event::FactorsRemoved, Some(id), &client, now));
            }
            if used.recovered || used.proved_first {
                identities::unlink_all(write, &outbox, id, &client)?;
            }
            user::notify(write, &outbox, id, Notice::PasswordChanged, Some(&client))?;
            Ok::<_, Failure>(true)
        });
        Ok(reset.await?)
    }

    /// Revokes a member's password and sessions, and mails the owner a link for choosing a new one. Without a mail
    /// server it is returned, for staff to hand over.
    ///
    /// # Errors
    /// `Forbidden` for members of staff: anyone with the link could take over the account.
    pub async fn require(&self, by: StaffActor, id: i64) -> Result<Required, AccountError> {
        let (mail, staff) = (self.mail.clone(), by.clone());
        let requiring = self.accounts.change_as_staff(by, id, Event::PasswordRequired, move |write, user| {
            if user.staff {
                return Err(AccountError::Forbidden);
            }
            Ok(Some(require_new_password(write, &mail, user, &staff)?))
        });
        requiring.await?.ok_or(AccountError::NotFound)
    }

    /// Mails the owner a recovery link. The member of staff who starts it never sees the link, and nothing changes
    /// until it is used.
    pub async fn mail_recovery(&self, by: StaffActor, id: i64) -> Result<(), AccountError> {
        let (mail, language) = (self.mail.clone(), by.client.lang);
        let mailed = self.accounts.change_as_staff(by, id, Event::RecoveryStarted, move |write, user| {
            if user.staff || user.disabled {
                return Err(AccountError::Forbidden);
            }
            let link = NewLink {
                purpose: LinkPurpose::Recovery,
                user_id: Some(id),
                email: &user.email,
                payload: String::new(),
                browser: None,
            };
            let secrets = mail.links.issue(write, &link)?;
            Ok(Some(mail.outbox.queue(write, &user.recipient(language), &Letter::Recovery(secrets))?))
        });
        mailed.await.map(drop)
    }

    /// When the open link that staff have required expires, if there is one.
    pub async fn open_until(&self, user_id: i64) -> Result<Option<Timestamp>, DbError> {
        let now = self.clock.now();
        let read = move |conn: &mut Conn| match link_expiry(conn, user_id, LinkPurpose::NewPassword, now)? {
            Some(until) => Ok(Some(until)),
            None => {
                let earlier = dsl::user_id.eq(user_id).and(dsl::expires_at.gt(now));
                let earlier = password_links::table.filter(earlier).select(dsl::expires_at);
                Ok(earlier.first(conn).optional()?)
            }
        };
        self.db.run(read).await
    }
}

/// Revokes the password and all sessions, and issues a link that replaces any earlier one.
fn require_new_password(
    write: &mut Write<'_>,
    mail: &Mail,
    user: &User,
    by: &StaffActor,
) -> Result<Required, DbError> {
    revocation::set_password(write, user.id, NO_PASSWORD)?;
    let shown = !mail.outbox.delivers();
    let link = NewLink {
        purpose: LinkPurpose::NewPassword,
        user_id: Some(user.id),
        email: &user.email,
        payload: serde_json::to_string(&RequiredBy { id: by.id, shown }).unwrap_or_default(),
        browser: None,
    };
    let secrets = mail.links.issue(write, &link)?;
    let username = user.username.clone();
    if shown {
        write.record(by.entry(Event::PasswordLinkShown, Some(user.id), write.now()));
        return Ok(Required { username, link: Some(secrets.token) });
    }
    mail.outbox.queue(write, &user.recipient(by.client.lang), &Letter::NewPassword(secrets))?;
    Ok(Required { username, link: None })
}

fn user_of(conn: &mut Conn, token: &LinkToken, now: Timestamp) -> Result<Option<User>, DbError> {
    if let Some(link) = find_link(conn, token, MAILED, now)? {
        let Some(user_id) = link.user_id else { return Ok(None) };
        // It was sent to the address that the account had then: if that has changed, the link is invalid.
        let is_required = link.is_for(LinkPurpose::NewPassword);
        let same = |user: &User| !user.disabled && user.email == link.email && !(is_required && user.staff);
        return Ok(user::find(conn, user_id)?.filter(same));
    }
    // Earlier versions stored the links that staff hand over elsewhere.
    let earlier = password_links::table.find(token.hash()).filter(dsl::expires_at.gt(now));
    let Some(user_id) = earlier.select(dsl::user_id).first(conn).optional()? else { return Ok(None) };
    Ok(user::find(conn, user_id)?.filter(|user| !user.disabled && !user.staff))
}

/// A link that has set a password.
#[derive(Default)]
struct UsedLink {
    /// It was a recovery, which removes all second factors and unlinks accounts elsewhere.
    recovered: bool,
    /// The address was unproved until now: another person may have registered it, and linked accounts elsewhere that
    /// would still sign in.
    proved_first: bool,
    /// The member of staff who has seen the link; empty if their account was deleted or the version that made the link
    /// did not store it.
    shown_to: Option<String>,
}

/// Sets the password and uses the link up; none if the link was used or has expired since.
fn set_password(
    write: &mut Write<'_>,
    token: &LinkToken,
    user_id: i64,
    hash: &str,
) -> Result<Option<UsedLink>, DbError> {
    let now = write.now();
    if user_of(write.read(), token, now)?.is_none_or(|user| user.id != user_id) {
        return Ok(None);
    }
    let mut used = UsedLink::default();
    match find_link(write.read(), token, MAILED, now)? {
        None => used.shown_to = Some(String::new()),
        Some(link) => match serde_json::from_str::<RequiredBy>(&link.payload) {
            Ok(required) if required.shown => {
                let staff = user::find(write.read(), required.id)?;
                used.shown_to = Some(staff.map(|staff| staff.username).unwrap_or_default());
            }
            _ => {
                used.recovered = link.is_for(LinkPurpose::Recovery);
                // Opening a mailed link proves access to the mailbox.
                used.proved_first = user::verify_email(write, user_id)?;
            }
        },
    }
    if used.recovered {
        factors::remove_all(write, user_id)?;
    }
    revocation::set_password(write, user_id, hash)?;
    Ok(Some(used))
}

/// Deletes links of earlier versions that have expired.
pub(in crate::identity) fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("password_links", "expires_at"), write.now(), most)
}
