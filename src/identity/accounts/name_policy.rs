//! Which names people may give themselves. Staff and the command line are not bound by it.

use std::sync::Arc;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::Keys;

use super::error::AccountError;
use super::name::Username;
use super::reserved_names::ReservedNames;
use super::retired_names::RetiredNames;

/// Cheap to clone.
#[derive(Clone)]
pub struct NamePolicy {
    reserved: Arc<ReservedNames>,
    retired: RetiredNames,
}

impl NamePolicy {
    /// `reserved`: names besides the built-in ones. `retired`: seconds for which the name of a deleted account stays taken.
    pub fn new(reserved: &[String], retired: i64, keys: &Keys) -> Self {
        Self { reserved: Arc::new(ReservedNames::new(reserved)), retired: RetiredNames::new(keys, retired) }
    }

    /// Whether the name is reserved or retired. The answer to people is the same as for one that is taken.
    pub(in crate::identity) fn withholds(
        &self,
        conn: &mut Conn,
        name: &Username,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        Ok(self.reserved.contains(name) || self.retired.contains(conn, name, now)?)
    }

    /// # Errors
    /// `UsernameTaken` if the name is withheld.
    pub(in crate::identity) fn require_free(
        &self,
        write: &mut Write<'_>,
        name: &Username,
    ) -> Result<(), AccountError> {
        let now = write.now();
        if self.withholds(write.read(), name, now)? { Err(AccountError::UsernameTaken) } else { Ok(()) }
    }

    /// Retires the name of an account that is about to be deleted.
    pub(in crate::identity) fn retire(&self, write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
        self.retired.retire(write, id)
    }
}
