//! Users as rows.

use diesel::prelude::*;

use crate::identity::audit::Client;
use crate::identity::email::{Notice, Outbox, Owner, Recipient};
use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, lower};
use crate::platform::lang::Lang;
use crate::platform::near_cache::Topic;
use crate::platform::schema::users::{self, dsl};
use crate::platform::time_zone::TimeZone;

use super::error::AccountError;
use super::mailbox;
use super::name::{Email, Login, Username};
use super::preferences::Theme;

/// Stored instead of a hash if there is no password: no input matches it.
pub const NO_PASSWORD: &str = "!";

#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct User {
    pub id: i64,
    pub username: String,
    pub email: String,
    pub display_name: String,
    pub password_hash: String,
    pub password_changed_at: Timestamp,
    language: Option<String>,
    theme: String,
    pub staff: bool,
    pub disabled: bool,
    pub epoch: i64,
    pub created_at: Timestamp,
    /// When a sign-in to this account last failed.
    pub last_failure_at: Option<Timestamp>,
    /// Since when the account has a second factor; every change of factors updates it.
    pub factors_since: Option<Timestamp>,
    /// When the address was verified.
    pub email_verified_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    time_zone: Option<String>,
}

impl User {
    /// The name to greet them by.
    pub fn name(&self) -> &str {
        if self.display_name.is_empty() { &self.username } else { &self.display_name }
    }

    /// Their choice; `None` follows the browser.
    pub fn language(&self) -> Option<Lang> {
        self.language.as_deref().and_then(Lang::parse)
    }

    /// The name of the time zone of their choice; `None` follows the browser.
    pub fn time_zone(&self) -> Option<&str> {
        self.time_zone.as_deref()
    }

    pub fn theme(&self) -> Theme {
        Theme::parse(&self.theme).unwrap_or_default()
    }

    /// When the profile last changed.
    pub fn updated_at(&self) -> Timestamp {
        self.updated_at.unwrap_or(self.created_at)
    }

    /// Words that others may associate with them, for checking a new password.
    pub fn personal_words(&self) -> Vec<String> {
        vec![self.username.clone(), self.email.clone(), self.display_name.clone()]
    }

    /// The recipient of a letter to this user; `fallback` is the language of the client that causes it.
    pub fn recipient(&self, fallback: Lang) -> Recipient {
        Recipient {
            address: self.email.clone(),
            name: self.name().to_owned(),
            language: self.language().unwrap_or(fallback),
            time_zone: self.time_zone().and_then(TimeZone::named).unwrap_or(TimeZone::UTC),
        }
    }

    /// The recipient of a notice about this account.
    pub fn owner(&self, fallback: Lang) -> Owner {
        Owner {
            user_id: self.id,
            is_verified: self.email_verified_at.is_some(),
            recipient: self.recipient(fallback),
        }
    }
}

#[cfg(test)]
impl User {
    pub fn example(id: i64) -> Self {
        Self {
            id,
            username: format!("user{id}"),
            email: format!("user{id}@example.org"),
            display_name: String::new(),
            password_hash: String::new(),
            password_changed_at: 0,
            language: None,
            theme: "auto".to_owned(),
            staff: false,
            disabled: false,
            epoch: 0,
            created_at: 0,
            last_failure_at: None,
            factors_since: None,
            email_verified_at: None,
            updated_at: None,
            time_zone: None,
        }
    }
}

/// An account to create; the password has been checked and hashed.
pub struct NewUser {
    pub username: Username,
    pub email: Email,
    pub password_hash: String,
    pub staff: bool,
    /// Whether the address is verified.
    pub verified: bool,
}

pub(in crate::identity) fn create(write: &mut Write<'_>, new: &NewUser) -> Result<User, AccountError> {
    let now = write.now();
    let email_key = mailbox::claim(write, &new.email.key, None)?;
    let row = (
        dsl::username.eq(&new.username.shown),
        dsl::username_key.eq(&new.username.key),
        dsl::email.eq(&new.email.shown),
        dsl::email_key.eq(email_key),
        dsl::password_hash.eq(&new.password_hash),
        dsl::password_changed_at.eq(now),
        dsl::staff.eq(new.staff),
        // Epochs only increase. Starting at the time of creation, none matches a user of an earlier database.
        dsl::epoch.eq(now),
        dsl::created_at.eq(now),
        dsl::email_verified_at.eq(new.verified.then_some(now)),
    );
    let id = diesel::insert_into(users::table).values(row).returning(dsl::id).get_result(write.uncached())?;
    find(write.read(), id)?.ok_or(AccountError::NotFound)
}

pub(in crate::identity) fn find(conn: &mut Conn, id: i64) -> Result<Option<User>, DbError> {
    Ok(users::table.find(id).select(User::as_select()).first(conn).optional()?)
}

pub(in crate::identity) fn find_by_login(conn: &mut Conn, login: &Login) -> Result<Option<User>, DbError> {
    match login {
        Login::Username(key) => {
            let named = users::table.filter(dsl::username_key.eq(key));
            Ok(named.select(User::as_select()).first(conn).optional()?)
        }
        Login::Email(key) => match mailbox::owner(conn, key)? {
            Some(id) => find(conn, id),
            None => Ok(None),
        },
    }
}

/// At most `count` users by name, in lower case, after this one; and the name of the last.
pub(in crate::identity) fn page(
    conn: &mut Conn,
    after: &str,
    count: i64,
) -> Result<(Vec<User>, Option<String>), DbError> {
    let name = || lower(dsl::username);
    let some = users::table.filter(name().gt(after)).order(name()).limit(count);
    let rows: Vec<(User, String)> = some.select((User::as_select(), name())).load(conn)?;
    let last = rows.last().map(|(_, name)| name.clone());
    Ok((rows.into_iter().map(|(user, _)| user).collect(), last))
}

/// The id of the user at most `count` after this id; none if no user comes after it.
pub(in crate::identity) fn id_after(conn: &mut Conn, after: i64, count: i64) -> Result<Option<i64>, DbError> {
    let some = users::table.filter(dsl::id.gt(after)).order(dsl::id).limit(count).select(dsl::id);
    Ok(some.load(conn)?.last().copied())
}

/// Whether the username and the email of a rejected account belong to other users.
pub(in crate::identity) fn taken(
    conn: &mut Conn,
    username: &Username,
    email: &Email,
) -> Result<(bool, bool), DbError> {
    Ok((name_taken(conn, username)?, mailbox::owner(conn, &email.key)?.is_some()))
}

/// Whether an account has this username, or one that is too close to it.
pub(in crate::identity) fn name_taken(conn: &mut Conn, username: &Username) -> Result<bool, DbError> {
    let by_name = users::table.filter(dsl::username_key.eq(&username.key));
    Ok(diesel::select(diesel::dsl::exists(by_name)).get_result(conn)?)
}

/// Whether the user is enabled and has this epoch, as a session requires.
pub(in crate::identity) fn is_active(conn: &mut Conn, id: i64, epoch: i64) -> Result<bool, DbError> {
    let same = users::table.find(id).filter(dsl::epoch.eq(epoch).and(dsl::disabled.eq(false)));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

pub(in crate::identity) fn set_language(
    write: &mut Write<'_>,
    id: i64,
    language: Lang,
) -> Result<(), DbError> {
    let language = (dsl::language.eq(language.code()), dsl::updated_at.eq(write.now()));
    diesel::update(users::table.find(id)).set(language).execute(write.user(id))?;
    Ok(())
}

/// Replaces the hash of an unchanged password, unless the password was changed concurrently.
pub(in crate::identity) fn rehash(
    write: &mut Write<'_>,
    id: i64,
    old: &str,
    new: &str,
) -> Result<(), DbError> {
    let unchanged = users::table.find(id).filter(dsl::password_hash.eq(old));
    diesel::update(unchanged).set(dsl::password_hash.eq(new)).execute(write.user(id))?;
    Ok(())
}

/// Gives a new account its display name.
pub(in crate::identity) fn set_display_name(
    write: &mut Write<'_>,
    id: i64,
    name: &str,
) -> Result<(), DbError> {
    if name.is_empty() {
        return Ok(());
    }
    // Posts show their authors' names.
    write.topic(Topic::Posts);
    diesel::update(users::table.find(id)).set(dsl::display_name.eq(name)).execute(write.user(id))?;
    Ok(())
}

/// Marks the address as verified; false if it is already.
pub(in crate::identity) fn verify_email(write: &mut Write<'_>, id: i64) -> Result<bool, DbError> {
    let unverified = users::table.find(id).filter(dsl::email_verified_at.is_null());
    let verified = (dsl::email_verified_at.eq(write.now()), dsl::updated_at.eq(write.now()));
    Ok(diesel::update(unverified).set(verified).execute(write.user(id))? > 0)
}

pub(in crate::identity) fn record_failure(write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
    let at = dsl::last_failure_at.eq(write.now());
    diesel::update(users::table.find(id)).set(at).execute(write.user(id))?;
    Ok(())
}

/// Notifies the owner of an account.
pub(in crate::identity) fn notify(
    write: &mut Write<'_>,
    outbox: &Outbox,
    id: i64,
    notice: Notice,
    client: Option<&Client>,
) -> Result<(), DbError> {
    let Some(user) = find(write.read(), id)? else { return Ok(()) };
    let fallback = client.map_or(Lang::En, |client| client.lang);
    outbox.notify(write, &user.owner(fallback), notice, client)
}
