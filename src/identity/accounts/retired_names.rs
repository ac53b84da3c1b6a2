//! Names of deleted accounts. They stay taken for a while: apps that know people by their names would take a newcomer for
//! the former owner.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::Keys;
use crate::platform::schema::retired_names::{self, dsl};
use crate::platform::schema::users;

use super::name::Username;

/// Retires names, and finds them. Only a keyed hash of a name is stored, and when it ends.
#[derive(Clone)]
pub struct RetiredNames {
    keys: Keys,
    /// Seconds for which a name stays taken; 0 gives it away at once.
    keep: i64,
}

impl RetiredNames {
    pub fn new(keys: &Keys, keep: i64) -> Self {
        Self { keys: keys.clone(), keep }
    }

    fn hash(&self, key: &str) -> String {
        self.keys.persistent().retired_names.sign(&[key])
    }

    pub(super) fn contains(&self, conn: &mut Conn, name: &Username, now: Timestamp) -> Result<bool, DbError> {
        if self.keep == 0 {
            return Ok(false);
        }
        let taken = retired_names::table.find(self.hash(&name.key)).filter(dsl::until.gt(now));
        Ok(diesel::select(diesel::dsl::exists(taken)).get_result(conn)?)
    }

    /// Retires the name of an account that is about to be deleted.
    pub(super) fn retire(&self, write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
        if self.keep == 0 {
            return Ok(());
        }
        let key =
            users::table.find(id).select(users::username_key).first::<String>(write.read()).optional()?;
        let Some(key) = key else { return Ok(()) };
        let (hash, until, conn) = (self.hash(&key), write.now() + self.keep, write.uncached());
        // It may be retired from before, if the command line gave it again.
        diesel::delete(retired_names::table.find(&hash)).execute(conn)?;
        let row = (dsl::name_hash.eq(&hash), dsl::until.eq(until));
        diesel::insert_into(retired_names::table).values(row).execute(conn)?;
        Ok(())
    }
}

/// Deletes names that are free again.
pub(in crate::identity) fn purge(write: &mut Write<'_>, most: i64) -> Result<usize, DbError> {
    write.delete_until(("retired_names", "until"), write.now(), most)
}
