//! Which account has an address. Earlier versions compared addresses by full case folding, and their nodes may run beside
//! this one, so a row is stored by the key that they know, unless another mailbox has taken it.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::users::{self, dsl};

use super::error::AccountError;
use super::name::EmailKey;

/// A row whose key may be that of the mailbox.
#[derive(Queryable)]
struct Row {
    id: i64,
    email: String,
    stored_key: String,
}

impl Row {
    fn is_of(&self, key: &EmailKey) -> bool {
        match EmailKey::of(&self.email) {
            Some(own) if own.is_ambiguous() => own.current == key.current,
            _ => self.stored_key == key.current,
        }
    }
}

fn candidates(conn: &mut Conn, key: &EmailKey) -> Result<Vec<Row>, DbError> {
    let by_key = users::table.filter(dsl::email_key.eq_any([&key.current, &key.former]));
    Ok(by_key.select((dsl::id, dsl::email, dsl::email_key)).load(conn)?)
}

/// The id of the account with this address.
pub(super) fn owner(conn: &mut Conn, key: &EmailKey) -> Result<Option<i64>, DbError> {
    Ok(candidates(conn, key)?.iter().find(|row| row.is_of(key)).map(|row| row.id))
}

/// The key by which to store an address for the account `own`, or for a new one. Such a write runs alone, so that
/// it stays free until then.
///
/// # Errors
/// `EmailTaken` if another account has the address.
pub(super) fn claim(write: &mut Write<'_>, key: &EmailKey, own: Option<i64>) -> Result<String, AccountError> {
    let mut others = candidates(write.read(), key)?;
    others.retain(|row| Some(row.id) != own);
    if others.iter().any(|row| row.is_of(key)) {
        return Err(AccountError::EmailTaken);
    }
    if others.iter().all(|row| row.stored_key != key.former) {
        return Ok(key.former.clone());
    }
    // The row of another mailbox that is stored by this one's key gives it up.
    for row in others.iter().filter(|row| row.stored_key == key.current) {
        let Some(own) = EmailKey::of(&row.email) else { continue };
        diesel::update(users::table.find(row.id))
            .set(dsl::email_key.eq(own.current))
            .execute(write.user(row.id))?;
    }
    Ok(key.current.clone())
}
