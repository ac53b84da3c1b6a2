//! What apps have been allowed follows sessions and users, in the transaction that changes those, whichever service it is.

use crate::identity::unit_of_work::{Observer, Write};
use crate::platform::db::DbError;
use crate::platform::near_cache::Topic;

use super::{code, grant, logins};

pub struct AppsFollow;

impl Observer for AppsFollow {
    fn committing(&self, write: &mut Write<'_>) -> Result<(), DbError> {
        follow_sessions(write)?;
        let disconnected: Vec<i64> = write.changes().disconnected().collect();
        for user_id in disconnected {
            grant::end_of_user(write, user_id, None)?;
            logins::end_of_user(write, user_id, None)?;
        }
        if write.changes().concern_everyone() || write.changes().concern(Topic::OidcClients) {
            grant::end_unfit(write, None)?;
            return logins::end_unfit(write, None);
        }
        let users: Vec<i64> = write.changes().users().collect();
        for user_id in users {
            grant::end_unfit(write, Some(user_id))?;
            logins::end_unfit(write, Some(user_id))?;
        }
        Ok(())
    }

    fn deleting_user(&self, write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
        logins::end_of_user(write, id, None)
    }
}

fn follow_sessions(write: &mut Write<'_>) -> Result<(), DbError> {
    let (ended, moved) = write.changes().sessions();
    for moved in moved {
        grant::move_session(write, &moved.from, &moved.to, moved.epoch)?;
        code::move_session(write, &moved.from, &moved.to, moved.epoch)?;
        logins::move_session(write, &moved.from, &moved.to, moved.epoch)?;
        if !moved.two_factors {
            let strict = logins::end_weakened(write, &moved.to)?;
            grant::end_of_session_at(write, &moved.to, &strict)?;
        }
    }
    if !ended.is_empty() {
        grant::end_of_sessions(write, &ended)?;
        logins::end_of_sessions(write, &ended)?;
    }
    Ok(())
}
