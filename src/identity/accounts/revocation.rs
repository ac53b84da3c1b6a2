//! Revokes a user's sessions, tokens and links by a new epoch. Each session and token names the epoch in which it was
//! issued, and is rejected in any other.

use diesel::prelude::*;

use crate::identity::marks;
use crate::identity::unit_of_work::Write;
use crate::platform::db::{Conn, DbError};
use crate::platform::near_cache::{Topic, follow_sql};
use crate::platform::schema::users::{self, dsl};
use crate::platform::schema::{api_tokens, mail_tokens, password_links};

use super::error::AccountError;
use super::mailbox;
use super::name::Email;

/// A link for choosing a password is tied to the account's state: every change of access to the account revokes it.
pub(in crate::identity) fn revoke_links(write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
    let conn = write.uncached();
    diesel::delete(mail_tokens::table.filter(mail_tokens::user_id.eq(id))).execute(conn)?;
    diesel::delete(password_links::table.filter(password_links::user_id.eq(id))).execute(conn)?;
    Ok(())
}

fn delete_api_tokens(write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
    diesel::delete(api_tokens::table.filter(api_tokens::user_id.eq(id))).execute(write.user(id))?;
    Ok(())
}

/// Deletes the API tokens that programs got for a name and a password. Without a second factor, the password alone was
/// enough.
pub(in crate::identity) fn delete_password_tokens(write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
    let own = api_tokens::table.filter(api_tokens::user_id.eq(id).and(api_tokens::by_password.eq(true)));
    diesel::delete(own).execute(write.user(id))?;
    Ok(())
}

/// The stored epoch of the user, after revoking sessions of earlier ones; none if there is no such user.
fn revoke_earlier(write: &mut Write<'_>, id: i64) -> Result<Option<i64>, DbError> {
    let epoch = users::table.find(id).select(dsl::epoch).first(write.read()).optional()?;
    if epoch.is_some() {
        write.revoke(id, epoch);
    }
    Ok(epoch)
}

/// If the user's epoch is still `epoch`, increments it, stores a new password, ends all sessions and tokens, and
/// deletes the API tokens.
pub(in crate::identity) fn change_password(
    write: &mut Write<'_>,
    id: i64,
    epoch: i64,
    hash: &str,
) -> Result<bool, DbError> {
    let same = users::table.find(id).filter(dsl::epoch.eq(epoch));
    let changed_at = dsl::password_changed_at.eq(write.now());
    let change = (dsl::password_hash.eq(hash), changed_at, dsl::epoch.eq(epoch + 1));
    revoke_links(write, id)?;
    delete_api_tokens(write, id)?;
    write.disconnect_apps(id);
    let changed = diesel::update(same).set(change).execute(write.user(id))? == 1;
    revoke_earlier(write, id)?;
    Ok(changed)
}

/// Sets a password whatever the epoch, ends all sessions and tokens, and deletes the API tokens. Returns the new
/// epoch, if the user exists.
pub(in crate::identity) fn set_password(
    write: &mut Write<'_>,
    id: i64,
    hash: &str,
) -> Result<Option<i64>, DbError> {
    let changed_at = dsl::password_changed_at.eq(write.now());
    let change = (dsl::password_hash.eq(hash), changed_at, dsl::epoch.eq(dsl::epoch + 1));
    diesel::update(users::table.find(id)).set(change).execute(write.user(id))?;
    delete_api_tokens(write, id)?;
    revoke_links(write, id)?;
    revoke_earlier(write, id)
}

/// Increments the epoch if it is still `epoch`, which ends all sessions and tokens of the user except one that moves
/// to the new epoch. They stay in the store until `revoke_others` names them or they expire.
pub(in crate::identity) fn advance_epoch(
    write: &mut Write<'_>,
    id: i64,
    epoch: i64,
) -> Result<bool, DbError> {
    let same = users::table.find(id).filter(dsl::epoch.eq(epoch));
    Ok(diesel::update(same).set(dsl::epoch.eq(epoch + 1)).execute(write.user(id))? == 1)
}

/// Ends all sessions and tokens of the user if the epoch is still `epoch`, and increments it. For writes that give
/// one session a new id in the new epoch.
pub(in crate::identity) fn revoke_others(
    write: &mut Write<'_>,
    id: i64,
    epoch: i64,
) -> Result<bool, DbError> {
    let advanced = advance_epoch(write, id, epoch)?;
    write.revoke(id, Some(epoch + 1));
    Ok(advanced)
}

/// Ends all sessions and tokens of the user, whatever the epoch.
pub(in crate::identity) fn revoke_all(write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
    diesel::update(users::table.find(id)).set(dsl::epoch.eq(dsl::epoch + 1)).execute(write.user(id))?;
    revoke_earlier(write, id)?;
    Ok(())
}

/// The mark that ends the sessions of everyone who has signed in until its time, while `revoke_range` goes through the users.
pub(super) const ENDING_ALL: &str = "ending_all";

/// Ends the sessions of everyone at once, until `finish_revoking_everyone`. The sessions are refused, and still in the store.
pub(in crate::identity) fn begin_revoking_everyone(write: &mut Write<'_>) -> Result<(), DbError> {
    let now = write.now();
    tell_everyone(write, |conn| marks::set(conn, ENDING_ALL, now))
}

/// After `revoke_range` for all users.
pub(in crate::identity) fn finish_revoking_everyone(write: &mut Write<'_>) -> Result<(), DbError> {
    tell_everyone(write, |conn| marks::remove(conn, ENDING_ALL))
}

/// A change that concerns everyone, and no row of a user.
fn tell_everyone(
    write: &mut Write<'_>,
    work: impl FnOnce(&mut Conn) -> Result<(), DbError>,
) -> Result<(), DbError> {
    follow_sql::tell_everyone(write.range(i64::MIN, i64::MIN), work)
}

/// Ends all sessions and tokens of the users with ids after `after`, up to `last`, whatever their epochs; returns how many
/// users these are. One change stands for all.
pub(in crate::identity) fn revoke_range(
    write: &mut Write<'_>,
    after: i64,
    last: i64,
) -> Result<usize, DbError> {
    let among = users::table.filter(dsl::id.gt(after).and(dsl::id.le(last)));
    let conn = write.range(after, last);
    follow_sql::tell_everyone(conn, |conn| {
        Ok(diesel::update(among).set(dsl::epoch.eq(dsl::epoch + 1)).execute(conn)?)
    })
}

/// Disables or enables a user. A disabled user cannot sign in; their sessions end and their API tokens are deleted.
/// Neither is restored when the user is enabled again. Returns whether anything changed.
pub(in crate::identity) fn set_disabled(
    write: &mut Write<'_>,
    id: i64,
    disabled: bool,
) -> Result<bool, DbError> {
    let other = users::table.find(id).filter(dsl::disabled.ne(disabled));
    let change = (dsl::disabled.eq(disabled), dsl::epoch.eq(dsl::epoch + 1));
    let changed = diesel::update(other).set(change).execute(write.user(id))? == 1;
    revoke_links(write, id)?;
    if disabled {
        delete_api_tokens(write, id)?;
    }
    if changed {
        revoke_earlier(write, id)?;
    }
    Ok(changed)
}

pub(in crate::identity) fn set_staff(write: &mut Write<'_>, id: i64, staff: bool) -> Result<(), DbError> {
    diesel::update(users::table.find(id)).set(dsl::staff.eq(staff)).execute(write.user(id))?;
    revoke_links(write, id)
}

/// Sets a confirmed address; links mailed to the previous one are no longer valid.
pub(in crate::identity) fn change_email(
    write: &mut Write<'_>,
    id: i64,
    email: &Email,
) -> Result<(), AccountError> {
    let verified_at = (dsl::email_verified_at.eq(write.now()), dsl::updated_at.eq(write.now()));
    let key = mailbox::claim(write, &email.key, Some(id))?;
    let change = (dsl::email.eq(&email.shown), dsl::email_key.eq(key), verified_at);
    diesel::update(users::table.find(id)).set(change).execute(write.user(id))?;
    Ok(revoke_links(write, id)?)
}

/// Deletes the account and everything that belongs to it. Its posts stay, without an author.
pub(in crate::identity) fn delete(write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
    write.topic(Topic::Posts);
    write.deleting_user(id)?;
    diesel::delete(users::table.find(id)).execute(write.user(id))?;
    write.revoke(id, None);
    Ok(())
}
