//! What apps have been allowed follows sessions and users, in the transaction that changes those, whichever service it is.

use crate::identity::unit_of_work::{Observer, Write};
use crate::platform::db::DbError;

use super::unfit::Whose;
use super::{code, grant, logins};

/// Users in one statement.
const AT_ONCE: usize = 1_000;

pub struct AppsFollow;

impl Observer for AppsFollow {
    fn committing(&self, write: &mut Write<'_>) -> Result<(), DbError> {
        follow_sessions(write)?;
        let disconnected: Vec<i64> = write.changes().disconnected().collect();
        for user_id in disconnected {
            grant::end_of_user(write, user_id, None)?;
            logins::end_of_user(write, user_id, None)?;
        }
        if write.changes().concern_everyone() {
            return end_unfit(write, Whose::Everyone);
        }
        if let Some((after, last)) = write.changes().range() {
            end_unfit(write, Whose::Range { after, last })?;
        }
        let users: Vec<i64> = write.changes().users().collect();
        for some in users.chunks(AT_ONCE) {
            end_unfit(write, Whose::Users(some))?;
        }
        Ok(())
    }

    fn deleting_user(&self, write: &mut Write<'_>, id: i64) -> Result<(), DbError> {
        logins::end_of_user(write, id, None)
    }
}

/// Ends grants and sign-ins to apps that may not go on.
pub(super) fn end_unfit(write: &mut Write<'_>, whose: Whose<'_>) -> Result<(), DbError> {
    grant::end_unfit(write, whose)?;
    logins::end_unfit(write, whose)
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
