//! Users: plain functions on a connection.

use diesel::prelude::*;
use diesel::result::Error;

use crate::http::page::{PageMember, Theme};
use crate::i18n::Lang;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError, violated_unique};
use crate::platform::schema::password_links;
use crate::platform::schema::users;
use crate::platform::schema::users::dsl;

use super::name::{Email, Login, Username};
use crate::identity::email::token as mail_token;
use crate::identity::tokens::api_tokens as api_token;

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
    /// When signing in to this account last failed.
    pub last_failure_at: Option<Timestamp>,
    /// Since when the account has a second factor; every change of factors moves it on.
    pub factors_since: Option<Timestamp>,
    /// When the address was shown to be theirs.
    pub email_verified_at: Option<Timestamp>,
}

impl User {
    /// How we greet them.
    pub fn name(&self) -> &str {
        if self.display_name.is_empty() { &self.username } else { &self.display_name }
    }

    /// Their choice; none means whatever the browser asks for.
    pub fn language(&self) -> Option<Lang> {
        self.language.as_deref().and_then(Lang::parse)
    }

    pub fn theme(&self) -> Theme {
        Theme::parse(&self.theme).unwrap_or_default()
    }

    /// What others may know of them, for the check of a new password.
    pub fn known_facts(&self) -> Vec<String> {
        vec![self.username.clone(), self.email.clone(), self.display_name.clone()]
    }

    pub fn on_page(&self) -> PageMember {
        PageMember {
            name: self.name().to_owned(),
            language: self.language(),
            theme: self.theme(),
            staff: self.staff,
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
        }
    }
}

/// An account to be made; the password has been checked and hashed.
pub struct NewUser {
    pub username: Username,
    pub email: Email,
    pub password_hash: String,
    pub staff: bool,
    /// Whether the address is known to be theirs.
    pub verified: bool,
}

/// What the database's constraints refused.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("the username is taken")]
    UsernameTaken,
    #[error("the email address is taken")]
    EmailTaken,
    #[error("the session has ended meanwhile")]
    SessionOver,
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Error> for SaveError {
    fn from(error: Error) -> Self {
        match violated_unique(&error).as_deref() {
            Some("users.username_key") => Self::UsernameTaken,
            Some("users.email_key") => Self::EmailTaken,
            _ => Self::Db(error.into()),
        }
    }
}

pub fn create(conn: &mut Conn, new: &NewUser, now: Timestamp) -> Result<User, SaveError> {
    let row = (
        dsl::username.eq(&new.username.shown),
        dsl::username_key.eq(&new.username.key),
        dsl::email.eq(&new.email.shown),
        dsl::email_key.eq(&new.email.key),
        dsl::password_hash.eq(&new.password_hash),
        dsl::password_changed_at.eq(now),
        dsl::staff.eq(new.staff),
        // Epochs only grow. Beginning at the time of creation, none fits a user of an earlier database.
        dsl::epoch.eq(now),
        dsl::created_at.eq(now),
        dsl::email_verified_at.eq(new.verified.then_some(now)),
    );
    let id = diesel::insert_into(users::table).values(row).returning(dsl::id).get_result(conn)?;
    find(conn, id)?.ok_or(SaveError::Db(Error::NotFound.into()))
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Option<User>, DbError> {
    Ok(users::table.find(id).select(User::as_select()).first(conn).optional()?)
}

pub fn find_by_login(conn: &mut Conn, login: &Login) -> Result<Option<User>, DbError> {
    let found = match login {
        Login::Username(key) => {
            users::table.filter(dsl::username_key.eq(key)).select(User::as_select()).first(conn)
        }
        Login::Email(key) => {
            users::table.filter(dsl::email_key.eq(key)).select(User::as_select()).first(conn)
        }
    };
    Ok(found.optional()?)
}

/// Every user, by name.
pub fn all(conn: &mut Conn) -> Result<Vec<User>, DbError> {
    let mut users: Vec<User> = users::table.select(User::as_select()).load(conn)?;
    users.sort_by_cached_key(|user| user.username.to_lowercase());
    Ok(users)
}

/// Whether the username and the email of a refused account belong to others.
pub fn taken(conn: &mut Conn, username: &Username, email: &Email) -> Result<(bool, bool), DbError> {
    let by_name = users::table.filter(dsl::username_key.eq(&username.key));
    let by_email = users::table.filter(dsl::email_key.eq(&email.key));
    Ok((
        diesel::select(diesel::dsl::exists(by_name)).get_result(conn)?,
        diesel::select(diesel::dsl::exists(by_email)).get_result(conn)?,
    ))
}

pub fn set_language(conn: &mut Conn, id: i64, language: Lang) -> Result<(), DbError> {
    diesel::update(users::table.find(id)).set(dsl::language.eq(language.code())).execute(conn)?;
    Ok(())
}

/// A link to choose a password is for the account as it was: whatever changes who may use it closes the link.
pub(super) fn close_links(conn: &mut Conn, id: i64) -> Result<(), DbError> {
    mail_token::close_all(conn, id)?;
    diesel::delete(password_links::table.filter(password_links::user_id.eq(id))).execute(conn)?;
    Ok(())
}

/// Stores a new password, ends every session and token, and deletes the API tokens, if the user's epoch is still
/// `epoch`; it is one more then.
/// Whoever was ended by a newer epoch changes nothing.
pub fn change_password(
    conn: &mut Conn,
    id: i64,
    epoch: i64,
    hash: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let same = users::table.find(id).filter(dsl::epoch.eq(epoch));
    let change = (dsl::password_hash.eq(hash), dsl::password_changed_at.eq(now), dsl::epoch.eq(epoch + 1));
    close_links(conn, id)?;
    api_token::delete_all(conn, id)?;
    Ok(diesel::update(same).set(change).execute(conn)? == 1)
}

/// Sets a password whatever the epoch, for the operator; ends every session and token, and deletes the API tokens.
pub fn set_password(conn: &mut Conn, id: i64, hash: &str, now: Timestamp) -> Result<(), DbError> {
    let change =
        (dsl::password_hash.eq(hash), dsl::password_changed_at.eq(now), dsl::epoch.eq(dsl::epoch + 1));
    diesel::update(users::table.find(id)).set(change).execute(conn)?;
    api_token::delete_all(conn, id)?;
    close_links(conn, id)
}

/// Replaces the hash of a password that stays the same, unless it was changed meanwhile.
pub fn renew_hash(conn: &mut Conn, id: i64, old: &str, new: &str) -> Result<(), DbError> {
    let unchanged = users::table.find(id).filter(dsl::password_hash.eq(old));
    diesel::update(unchanged).set(dsl::password_hash.eq(new)).execute(conn)?;
    Ok(())
}

/// Ends every session of the user and its tokens, if the epoch is still `epoch`; it is one more then.
pub fn next_epoch(conn: &mut Conn, id: i64, epoch: i64) -> Result<bool, DbError> {
    let same = users::table.find(id).filter(dsl::epoch.eq(epoch));
    Ok(diesel::update(same).set(dsl::epoch.eq(epoch + 1)).execute(conn)? == 1)
}

/// Ends every session of the user and its tokens, whatever the epoch.
pub fn end_everything(conn: &mut Conn, id: i64) -> Result<(), DbError> {
    diesel::update(users::table.find(id)).set(dsl::epoch.eq(dsl::epoch + 1)).execute(conn)?;
    Ok(())
}

/// A disabled user cannot sign in; what was signed in ends, API tokens are deleted, and neither comes back when the user
/// is enabled again. Whether that changed anything.
pub fn set_disabled(conn: &mut Conn, id: i64, disabled: bool) -> Result<bool, DbError> {
    let other = users::table.find(id).filter(dsl::disabled.ne(disabled));
    let change = (dsl::disabled.eq(disabled), dsl::epoch.eq(dsl::epoch + 1));
    let changed = diesel::update(other).set(change).execute(conn)? == 1;
    close_links(conn, id)?;
    if disabled {
        api_token::delete_all(conn, id)?;
    }
    Ok(changed)
}

/// Whether the user is enabled and of this epoch: what a session needs, asked once more where an act is committed.
pub fn holds(conn: &mut Conn, id: i64, epoch: i64) -> Result<bool, DbError> {
    let same = users::table.find(id).filter(dsl::epoch.eq(epoch).and(dsl::disabled.eq(false)));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// The staff flag was taken away, or the account disabled, before an act was committed.
#[derive(Debug, thiserror::Error)]
#[error("no member of staff any more")]
pub struct NoLongerStaff;

/// Asked once more where an act of staff is committed.
pub fn must_be_staff<E: From<DbError> + From<NoLongerStaff>>(conn: &mut Conn, id: i64) -> Result<(), E> {
    let staff = users::table.find(id).filter(dsl::staff.eq(true).and(dsl::disabled.eq(false)));
    match diesel::select(diesel::dsl::exists(staff)).get_result(conn).map_err(DbError::from)? {
        true => Ok(()),
        false => Err(NoLongerStaff.into()),
    }
}

pub fn note_failure(conn: &mut Conn, id: i64, now: Timestamp) -> Result<(), DbError> {
    diesel::update(users::table.find(id)).set(dsl::last_failure_at.eq(now)).execute(conn)?;
    Ok(())
}

pub fn set_staff(conn: &mut Conn, id: i64, staff: bool) -> Result<(), DbError> {
    diesel::update(users::table.find(id)).set(dsl::staff.eq(staff)).execute(conn)?;
    close_links(conn, id)
}

pub fn delete(conn: &mut Conn, id: i64) -> Result<(), DbError> {
    diesel::delete(users::table.find(id)).execute(conn)?;
    Ok(())
}
