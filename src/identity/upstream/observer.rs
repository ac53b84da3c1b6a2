//! What is noted of providers' sessions follows the sessions here, in the transaction that changes those.

use crate::identity::sessions::upstream_sessions;
use crate::identity::unit_of_work::{Observer, Write};
use crate::platform::db::DbError;

pub struct SessionsFollow;

impl Observer for SessionsFollow {
    fn committing(&self, write: &mut Write<'_>) -> Result<(), DbError> {
        let (ended, moved) = write.changes().sessions();
        for moved in moved {
            upstream_sessions::move_session(write, &moved.from, &moved.to)?;
        }
        if !ended.is_empty() {
            upstream_sessions::forget(write, &ended)?;
        }
        Ok(())
    }

    /// They are deleted with their user.
    fn deleting_user(&self, _: &mut Write<'_>, _: i64) -> Result<(), DbError> {
        Ok(())
    }
}
