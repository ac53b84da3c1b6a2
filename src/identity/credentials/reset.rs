//! One-time links for choosing a new password: mailed, or handed over by staff. Only the hash of a link's token is
//! stored.

use std::sync::Arc;

use diesel::prelude::*;

use crate::identity::accounts::{AccountError, Accounts, Mail, User, revocation, user};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{Letter, LinkPurpose, LinkToken, NewLink, Notice, find_link};
use crate::identity::invalid::Invalid;
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Conn, Db, DbError};
use crate::platform::schema::password_links::{self, dsl};

use super::error::CredentialError;
use super::factors;
use super::password::{NO_PASSWORD, Password};
use super::passwords::Passwords;

/// A link handed over by staff is valid for a day, in seconds.
const LIFETIME: i64 = 24 * 3600;

/// Mailed links that lead to a new password.
pub const MAILED: &[LinkPurpose] = &[LinkPurpose::PasswordReset, LinkPurpose::Recovery];

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
        let reset = self.writer.write(System, move |write| {
            let Some(recovered) = set_password(write, &token, id, &hash)? else { return Ok(false) };
            let now = write.now();
            write.record(Entry::new(Event::PasswordReset, Some(id), &client, now));
            if recovered {
                write.record(Entry::new(Event::FactorsRemoved, Some(id), &client, now));
            }
            user::notify(write, &outbox, id, Notice::PasswordChanged, Some(&client))?;
            Ok::<_, Failure>(true)
        });
        Ok(reset.await?)
    }

    /// Revokes a member's password and sessions; returns a link for choosing a new one, to be handed over by staff,
    /// and their username.
    ///
    /// # Errors
    /// `Forbidden` for members of staff: anyone with the link could take over the account.
    pub async fn issue_link(
        &self,
        by: i64,
        id: i64,
        client: &Client,
    ) -> Result<(LinkToken, String), AccountError> {
        let token = LinkToken::random();
        let issued = token.clone();
        let issuing =
            self.accounts.change_as_staff(by, id, client, Event::PasswordRequired, move |write, user| {
                if user.staff {
                    return Err(AccountError::Forbidden);
                }
                require_new_password(write, id, &issued)?;
                Ok(Some(user.username.clone()))
            });
        Ok((token, issuing.await?.unwrap_or_default()))
    }

    /// Mails the owner a recovery link. The member of staff who starts it never sees the link, and nothing changes
    /// until it is used.
    pub async fn mail_recovery(&self, by: i64, id: i64, client: &Client) -> Result<(), AccountError> {
        let (mail, language) = (self.mail.clone(), client.lang);
        let mailed =
            self.accounts.change_as_staff(by, id, client, Event::RecoveryStarted, move |write, user| {
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

    /// When the open link issued by staff expires, if there is one.
    pub async fn open_until(&self, user_id: i64) -> Result<Option<Timestamp>, DbError> {
        let now = self.clock.now();
        let read = move |conn: &mut Conn| {
            let open = password_links::table.filter(dsl::user_id.eq(user_id).and(dsl::expires_at.gt(now)));
            Ok(open.select(dsl::expires_at).first(conn).optional()?)
        };
        self.db.run(read).await
    }
}

/// Revokes the password and all sessions, and issues a link that replaces any earlier one.
fn require_new_password(write: &mut Write<'_>, user_id: i64, token: &LinkToken) -> Result<(), DbError> {
    if revocation::set_password(write, user_id, NO_PASSWORD)?.is_none() {
        return Ok(());
    }
    let now = write.now();
    let row = (
        dsl::token_hash.eq(token.hash()),
        dsl::user_id.eq(user_id),
        dsl::created_at.eq(now),
        dsl::expires_at.eq(now + LIFETIME),
    );
    diesel::insert_into(password_links::table).values(row).execute(write.uncached())?;
    Ok(())
}

fn user_of(conn: &mut Conn, token: &LinkToken, now: Timestamp) -> Result<Option<User>, DbError> {
    if let Some(mailed) = find_link(conn, token, MAILED, now)? {
        let Some(user_id) = mailed.user_id else { return Ok(None) };
        // It was sent to the address that the account had then: if that has changed, the link is invalid.
        let same = |user: &User| !user.disabled && user.email == mailed.email;
        return Ok(user::find(conn, user_id)?.filter(same));
    }
    let valid = password_links::table.find(token.hash()).filter(dsl::expires_at.gt(now));
    let Some(user_id) = valid.select(dsl::user_id).first(conn).optional()? else { return Ok(None) };
    Ok(user::find(conn, user_id)?.filter(|user| !user.disabled && !user.staff))
}

/// Sets the password and uses the link up. Returns whether it was a recovery, which removes all second factors; none
/// if the link was used or has expired since.
fn set_password(
    write: &mut Write<'_>,
    token: &LinkToken,
    user_id: i64,
    hash: &str,
) -> Result<Option<bool>, DbError> {
    let now = write.now();
    if user_of(write.read(), token, now)?.is_none_or(|user| user.id != user_id) {
        return Ok(None);
    }
    let mut recovered = false;
    if let Some(mailed) = find_link(write.read(), token, MAILED, now)? {
        if mailed.is_for(LinkPurpose::Recovery) {
            factors::remove_all(write, user_id)?;
            recovered = true;
        }
        // Opening the link proves access to the mailbox.
        user::verify_email(write, user_id)?;
    }
    revocation::set_password(write, user_id, hash)?;
    Ok(Some(recovered))
}

/// Deletes links that have expired.
pub(in crate::identity) fn purge(conn: &mut Conn, now: Timestamp) -> Result<(), DbError> {
    diesel::delete(password_links::table.filter(dsl::expires_at.le(now))).execute(conn)?;
    Ok(())
}
