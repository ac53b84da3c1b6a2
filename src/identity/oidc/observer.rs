//! Grants follow their sessions and their users, in the transaction that changes those, whichever service it is.

use std::sync::Arc;

use crate::identity::unit_of_work::{Observer, Observers, Write};
use crate::platform::db::DbError;
use crate::platform::near_cache::Topic;

use super::{code, grant};

struct GrantsFollow;

/// The observers that every writer of the server and of the command line has.
pub fn observers() -> Observers {
    Arc::new([Box::new(GrantsFollow) as Box<dyn Observer>])
}

impl Observer for GrantsFollow {
    fn committing(&self, write: &mut Write<'_>) -> Result<(), DbError> {
        let (ended, moved) = write.changes().sessions();
        for moved in moved {
            grant::move_session(write, &moved.from, &moved.to, moved.epoch)?;
            code::move_session(write, &moved.from, &moved.to, moved.epoch)?;
        }
        if !ended.is_empty() {
            grant::end_of_sessions(write, &ended)?;
        }
        let disconnected: Vec<i64> = write.changes().disconnected().collect();
        for user_id in disconnected {
            grant::end_of_user(write, user_id, None)?;
        }
        if write.changes().concern_everyone() || write.changes().concern(Topic::OidcClients) {
            return grant::end_unfit(write, None);
        }
        let users: Vec<i64> = write.changes().users().collect();
        for user_id in users {
            grant::end_unfit(write, Some(user_id))?;
        }
        Ok(())
    }
}
