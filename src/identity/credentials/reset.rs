//! One-time links by which a user chooses a new password. Only the hash of a link's token is stored.

use diesel::prelude::*;

use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{fingerprint, random_secret};
use crate::platform::schema::password_links;
use crate::platform::schema::password_links::dsl;

use super::factors as factor;
use super::password::NO_PASSWORD;
use crate::identity::accounts::user;
use crate::identity::accounts::user::User;
use crate::identity::accounts::verification as address;
use crate::identity::email::token as mail_token;
use crate::identity::email::token::Purpose;

/// A link that staff hand over in person is good for a day, in seconds.
pub const LIFETIME: i64 = 24 * 3600;

/// Mailed links that lead to a new password.
pub const MAILED: &[Purpose] = &[Purpose::PasswordReset, Purpose::Recovery];

/// The secret in a link: 256 random bits, base64url.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub fn random() -> Self {
        Self(random_secret())
    }

    /// As it came back; whether it opens anything, the table says.
    pub fn typed(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> String {
        fingerprint(&self.0)
    }
}

/// Takes the user's password away, ends every session, and opens one link in place of any earlier one. The user's new
/// epoch.
pub fn require_new_password(
    conn: &mut Conn,
    user_id: i64,
    token: &Token,
    now: Timestamp,
) -> Result<Option<i64>, DbError> {
    user::set_password(conn, user_id, NO_PASSWORD, now)?;
    let Some(user) = user::find(conn, user_id)? else { return Ok(None) };
    let row = (
        dsl::token_hash.eq(token.hash()),
        dsl::user_id.eq(user_id),
        dsl::created_at.eq(now),
        dsl::expires_at.eq(now + LIFETIME),
    );
    diesel::insert_into(password_links::table).values(row).execute(conn)?;
    Ok(Some(user.epoch))
}

/// Whose link it is, while it is good, whether staff have shown it or it was mailed. Looking consumes nothing.
pub fn user_of(conn: &mut Conn, token: &Token, now: Timestamp) -> Result<Option<User>, DbError> {
    if let Some(mailed) = mail_token::find(conn, token, MAILED, now)? {
        let Some(user_id) = mailed.user_id else { return Ok(None) };
        // It went to the address that the account has: if that is another one by now, it is nobody's.
        let same = |user: &User| !user.disabled && user.email == mailed.email;
        return Ok(user::find(conn, user_id)?.filter(same));
    }
    let good = password_links::table.find(token.hash()).filter(dsl::expires_at.gt(now));
    let Some(user_id) = good.select(dsl::user_id).first(conn).optional()? else { return Ok(None) };
    Ok(user::find(conn, user_id)?.filter(|user| !user.disabled && !user.staff))
}

/// What a link has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Nothing: it has been used up or has expired meanwhile.
    TooLate,
    PasswordSet,
    /// The same, and every second factor is gone.
    Recovered,
}

/// Sets the password, which uses this link and every other up.
pub fn set_password(
    conn: &mut Conn,
    token: &Token,
    user_id: i64,
    hash: &str,
    now: Timestamp,
) -> Result<Done, DbError> {
    if user_of(conn, token, now)?.is_none_or(|user| user.id != user_id) {
        return Ok(Done::TooLate);
    }
    let mut done = Done::PasswordSet;
    if let Some(mailed) = mail_token::find(conn, token, MAILED, now)? {
        if mailed.is_for(Purpose::Recovery) {
            factor::remove_all(conn, user_id, now)?;
            done = Done::Recovered;
        }
        // Who opened it reads what is mailed there.
        address::verify_email(conn, user_id, now)?;
    }
    user::set_password(conn, user_id, hash, now)?;
    Ok(done)
}

/// Whether a link is open, and until when.
pub fn open_until(conn: &mut Conn, user_id: i64, now: Timestamp) -> Result<Option<Timestamp>, DbError> {
    let open = password_links::table.filter(dsl::user_id.eq(user_id).and(dsl::expires_at.gt(now)));
    Ok(open.select(dsl::expires_at).first(conn).optional()?)
}

pub fn purge(conn: &mut Conn, now: Timestamp) -> QueryResult<()> {
    diesel::delete(password_links::table.filter(dsl::expires_at.le(now))).execute(conn).map(drop)
}
