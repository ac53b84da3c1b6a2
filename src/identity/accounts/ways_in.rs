//! What one can sign in with: the last way in stays.

use std::sync::Arc;

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::platform::db::{Conn, DbError};
use crate::platform::schema::passkeys;

use super::identities;
use super::user::{self, NO_PASSWORD};

/// What this site offers beside passwords.
#[derive(Clone, Debug)]
pub struct WaysIn {
    /// Names of providers.
    providers: Arc<[String]>,
    passkeys: bool,
}

impl WaysIn {
    pub fn new(providers: impl Iterator<Item = String>, passkeys: bool) -> Self {
        Self { providers: providers.collect(), passkeys }
    }

    /// Whether the user can sign in. What is of no use here does not count: an account at a provider that was removed, or
    /// a passkey where the site has another name.
    pub(in crate::identity) fn has_any(&self, conn: &mut Conn, id: i64) -> Result<bool, DbError> {
        let Some(user) = user::find(conn, id)? else { return Ok(false) };
        if user.password_hash != NO_PASSWORD {
            return Ok(true);
        }
        let own = passkeys::table.filter(passkeys::user_id.eq(id));
        if self.passkeys && diesel::select(exists(own)).get_result(conn)? {
            return Ok(true);
        }
        let linked = identities::of_user(conn, id)?;
        Ok(linked.iter().any(|identity| self.providers.contains(&identity.provider)))
    }
}
